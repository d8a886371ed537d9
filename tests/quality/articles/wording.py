"""Words of the calendar and of labels in the languages of the set, forms of quotation marks, names of photographers.

What an outlet says is in layouts/, what a story says is in stories/; here is only what both need in every language.
"""

import re

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
}
WEEKDAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "tr": "Pazartesi Salı Çarşamba Perşembe Cuma Cumartesi Pazar",
    "ru": "понедельник вторник среда четверг пятница суббота воскресенье",
    "ar": "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
}
AND = {"en": " and ", "fr": " et ", "es": " y ", "de": " und ", "tr": " ve ", "ru": " и ", "ar": " و"}
LABELS = {
    "en": {
        name: name.capitalize()
        for name in [
            "live",
            "updated",
            "opinion",
            "analysis",
            "exclusive",
            "breaking",
            "video",
            "correction",
            "interview",
        ]
    },
    "fr": {
        "live": "En direct",
        "opinion": "Opinion",
        "analysis": "Analyse",
        "exclusive": "Exclusif",
        "interview": "Entretien",
        "video": "Vidéo",
    },
    "es": {
        "opinion": "Opinión",
        "analysis": "Análisis",
        "exclusive": "Exclusiva",
        "interview": "Entrevista",
        "breaking": "Última hora",
    },
    "de": {
        "opinion": "Kommentar",
        "analysis": "Analyse",
        "exclusive": "Exklusiv",
        "interview": "Interview",
        "breaking": "Eilmeldung",
    },
    "tr": {
        "opinion": "Görüş",
        "analysis": "Analiz",
        "exclusive": "Özel",
        "interview": "Röportaj",
        "breaking": "Son dakika",
    },
    "ru": {"opinion": "Мнение", "analysis": "Анализ", "exclusive": "Эксклюзив", "interview": "Интервью"},
    "ar": {"opinion": "رأي", "analysis": "تحليل", "exclusive": "حصري", "interview": "مقابلة", "breaking": "عاجل"},
}
HOMES = {"home", "accueil", "inicio", "startseite", "anasayfa", "ana sayfa", "главная", "الرئيسية"}
"""First crumbs that lead to the front page: no section, so a reader may count them or not."""

PHOTOGRAPHERS = [
    "Ines Falkenrath",
    "Tomo Barisic",
    "Odile Marchetti",
    "Kwabena Sarfo",
    "Lin Yutong",
    "Rafael Quintero",
    "Maren Oksanen",
    "Dilnoza Karimova",
    "Hamza Al-Rifai",
    "Petra Lindqvist",
    "Joao Camargo",
    "Anjali Menon",
    "Sipho Nkabinde",
    "Teuila Faleafa",
    "Bruno Aldana",
]
PICTURE_AGENCIES = [
    "AFP",
    "Corvus Images",
    "Levant Wire",
    "Meridian News Agency",
    "Skylark Pictures",
    "PanAfrica Photo",
    "Northlight",
]

_MARKS = {
    "curly": ("“", "”"),
    "guillemets": ("«\N{NO-BREAK SPACE}", "\N{NO-BREAK SPACE}»"),
    "angled": ("«", "»"),
    "german": ("„", "“"),
}
_OPENING = re.compile(r'(^|[\s(\[—–-])"')


def months(lang: str) -> list[str]:
    """The month names, January first, as they stand in a date."""
    return MONTHS[lang].split()


def weekdays(lang: str) -> list[str]:
    """The weekday names, Monday first."""
    return WEEKDAYS[lang].split()


def quoted(text: str, style: str) -> str:
    """The text with its straight marks turned into those of the style; 'straight' leaves them."""
    if style == "straight":
        return text
    opening, closing = _MARKS[style]
    text = _OPENING.sub(lambda match: match[1] + opening, text).replace('"', closing)
    text = re.sub(r"(^|[\s(“«„])'", r"\1‘", text)
    return text.replace("'", "’")
