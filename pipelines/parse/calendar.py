"""Words of the calendar: months and weekdays in the languages that news is read in, and what stands around a date.

Only words; how a date is put together from them is written_dates.py's, what a line made of them is dateline.py's.
"""

_SAME_LETTER = str.maketrans({"ı": "i", "İ": "i", "ſ": "s"})
"""Letters that a reader takes for a Latin one and lower() does not turn into it: 'APRİL' on a Turkish keyboard."""


def plain_word(word: str) -> str:
    """The word in lower case, Turkish i without and with dot being one letter."""
    return word.lower() if word.isascii() else word.translate(_SAME_LETTER).lower()


_MONTHS = (
    # one row a language; twelve months, each with its other forms
    "january,jan february,feb march,mar april,apr may june,jun july,jul august,aug september,sept,sep october,oct"
    " november,nov december,dec",
    "janvier,janv février,fevrier,févr,fév mars avril,avr mai juin juillet,juil août,aout,aoû septembre"
    " octobre novembre"
    " décembre,decembre,déc",
    "enero,ene febrero marzo abril,abr mayo junio julio agosto,ago septiembre,setiembre octubre noviembre"
    " diciembre,dic",
    "januar,jänner februar,feber märz,maerz,mär april mai juni juli august september oktober,okt november dezember,dez",
    "gennaio febbraio marzo aprile maggio giugno,giu luglio,lug agosto settembre ottobre,ott novembre dicembre",
    "janeiro fevereiro,fev março,marco abril maio junho julho agosto setembro outubro novembro dezembro",
    "januari februari maart,mrt april mei juni juli augustus oktober",
    "ocak,oca şubat,şub mart nisan,nis mayıs,mayis haziran,haz temmuz,tem ağustos,ağu eylül,eyl ekim,eki kasım,kas"
    " aralık,ara",
    "января,январь,янв февраля,февраль,фев марта,март,мар апреля,апрель,апр мая,май июня,июнь,июн июля,июль,июл"
    " августа,август,авг сентября,сентябрь,сен,сент октября,октябрь,окт ноября,ноябрь,ноя декабря,декабрь,дек",
    "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "يناير فبراير مارس أبريل,ابريل,إبريل مايو,ماي يونيو,يونيه يوليو,يوليه أغسطس,اغسطس سبتمبر أكتوبر,اكتوبر نوفمبر"
    " ديسمبر",
    "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر",
    "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
)
MONTHS: dict[str, int] = {}
for _row in _MONTHS:
    _names = _row.split()
    if len(_names) < 12:  # the Dutch row leaves out what English has
        _names = [*_names[:8], "september", *_names[8:], "november", "december"]
    for _number, _forms in enumerate(_names, 1):
        MONTHS |= dict.fromkeys(plain_word(_forms).split(","), _number)
# Levantine and Iraqi Arabic count by Syriac names, two of them of two words.
MONTHS |= {"شباط": 2, "آذار": 3, "نيسان": 4, "أيار": 5, "حزيران": 6, "تموز": 7, "آب": 8, "أيلول": 9}
MONTHS_WITH_YEAR = {"gen": 1, "mag": 5, "set": 9, "out": 10}
"""Short forms that are words of English: months only before a year."""
MONTHS_OF_TWO_WORDS = {"كانون الثاني": 1, "تشرين الأول": 10, "تشرين الثاني": 11, "كانون الأول": 12}

_WEEKDAYS = (
    "monday,mon tuesday,tue,tues wednesday,wed thursday,thu,thurs,thur friday,fri saturday,sat sunday,sun",
    "lundi,lun mardi mercredi,mer jeudi,jeu vendredi,ven samedi,sam dimanche,dim",
    "lunes martes miércoles,miercoles jueves viernes sábado,sabado,sáb domingo,dom",
    "montag,mo dienstag,di mittwoch,mi donnerstag,do freitag,fr samstag,sa sonntag,so",
    "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "segunda-feira,segunda terça-feira,terça quarta-feira,quarta quinta-feira,quinta sexta-feira,sexta sábado domingo",
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "pazartesi salı,sali çarşamba,carsamba perşembe,persembe cuma cumartesi pazar",
    "понедельник,пн вторник,вт среда,среду,ср четверг,чт пятница,пятницу,пт суббота,субботу,сб воскресенье,вс",
    "الاثنين,الإثنين الثلاثاء الأربعاء,الاربعاء الخميس الجمعة السبت الأحد,الاحد",
)
WEEKDAYS: dict[str, int] = {
    form: number
    for row in _WEEKDAYS
    for number, forms in enumerate(row.split())
    for form in plain_word(forms).split(",")
}
"""0 for Monday, as datetime counts, by the name of the day."""

FIRST_SAID = frozenset(
    plain_word(
        # that a day is that of publication
        "published posted created date dated issued released on air publié publie publiée paru parue créé le"
        " publicado publicada fecha"
        " veröffentlicht erschienen erstellt stand datum pubblicato data giriş tarih tarihi yayınlanma"
        " yayınlandı yayın oluşturulma eklenme publiziert filed issue release pubblicato publicada"
        " опубликовано дата публикации نشر نُشر نشرت تاريخ النشر الإثنين première publication first"
    ).split()
)
LATER_SAID = frozenset(
    plain_word(
        # that a day is that of a change
        "updated update modified changed edited revised amended last corrected mis mise à jour modifié"
        " actualizado actualizada"
        " actualización modificado aktualisiert aktualisierung geändert letzte aggiornato atualizado"
        " güncelleme güncellendi güncellenme güncel zuletzt überarbeitet"
        " güncellenme son обновлено изменено تحديث آخر تم"
    ).split()
)
SINCE_SAID = frozenset(
    # that a time is told from now on backwards
    plain_word(
        "ago vor hace önce назад منذ today heute bugün hoy aujourd'hui сегодня اليوم yesterday gestern dün"
        " ayer hier вчера"
    ).split()
)
AROUND_DATES = frozenset(
    plain_word(
        # what else a line has that is nothing but a date
        "at on in of for the by and um a am den der vom uhr h hrs hours hour min mins minute minutes read"
        " reading time local o'clock"
        " noon midnight le la du de del el las los a à às as alle ore il di em saat da de bugün г год года в"
        " мск час ч м"
        " الساعة بتوقيت غرينتش في مساء صباحا ظهرا من يوم ص م gmt utc bst cet cest est edt cst cdt mst mdt"
        " pst pdt ist msk eet eest trt"
        " jst kst hkt sgt aest aedt nzst nzdt wib eat cat wat sast pkt bdt ast irst gst et pt ct mt z t am"
        " pm ago il y hace"
        " vor hace once day days heures heure jours horas stunden önce назад lecture lecture: lesezeit"
        " lectura okuma dakika"
        " local m p h online seit stunden minuten minute tagen tag tage heute gestern mez mesz dk dakika"
        " saat önce bugün hoy ayer hier aujourd'hui"
    ).split()
)
