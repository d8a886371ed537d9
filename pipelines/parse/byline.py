"""Who wrote it: bylines ('By Ines Falkenrath in Tunis'), and the desk's note at the end ('Reporting by …')."""

import datetime as dt
import re
from collections.abc import Callable
from typing import NamedTuple

from pipelines.parse.dateline import DateLine, has_digit, is_around_date, read_date_line
from pipelines.parse.tidy import tidy
from pipelines.parse.written_dates import written_dates

_LONGEST, _SHORT = 160, 80
_BY_WORDS = (
    "from par propos por de texto von van da di door od av af"
    " بقلم كتب كتبت أعد إعداد تحرير تقرير مراسلنا حاوره حاورته".split()
)
_BY_NOUNS = (
    "words story text texte testo author authors auteur auteurs autore autor autora autorin report"
    " reporter bericht reportage"
    " correspondent interview entretien entrevista gespräch redaktion yazar yazan haber muhabir röportaj"
    " автор авторы текст"
    " беседовал беседовала корреспондент репортаж интервью الكاتب حوار مراسل".split()
)
_BY = frozenset([*_BY_WORDS, *_BY_NOUNS])
_PREFIX = re.compile(
    rf"(?:(?:[^\W\d_]+\s){{0,3}}?by|{'|'.join(_BY_WORDS)}|propos recueillis par|texto de)(?:\s?:)?\s"
    rf"|(?:{'|'.join(_BY_NOUNS)}|texto)\s?:\s",
    re.IGNORECASE,
)
_TOLD = re.compile(r"[,|•·/–—]|\s-\s")
_NO_END = ("?", "!", ":", ".”", '."')
_BESIDE = " ,|•·/–—-"
_CALLING_WORDS = 6
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[:.h]\d+)*")
_STOP = re.compile(r"[|•·]")
_INITIAL_END = re.compile(r"\b(?:[^\W\d_a-zß-ÿ]|Jr|Sr)\.$")
_PARTS = re.compile(r"\s*[|•·/]\s*|\s+[-–—]\s+")
_NAMES = re.compile(
    r",\s+(?:and\s|et\s|y\s)?|\s+(?:and|et|y|e|und|ve|и|&|with|con|avec)\s+|\sو(?=\w{2})|;\s", re.IGNORECASE
)
_PLACED = re.compile(r"\s(?:in|en|à|from|for|aus|of)\s.*$")
_PARTICLE = r"(?:de|del|della|der|den|di|da|do|dos|du|la|le|van|von|bin|bint|ibn|ben|al|el|ter|ten|af|y|i)"
_NAME_WORDS = rf"[^\W\d_][\w.'’-]*(?:\s(?:{_PARTICLE}\s)*[^\W\d_][\w.'’-]*){{0,4}}"
_NAME = re.compile(_NAME_WORDS)
_BY_PARTICLE = re.compile(rf"{_PARTICLE}(?:$|['’-])|d['’]")
_JOBS = frozenset(
    "correspondent reporter editor writer journalist staff columnist producer analyst photographer"
    " bureau chief desk newsroom"
    " contributor contributing fellow agencies agency service team news our special foreign political"
    " diplomatic economics"
    " journaliste correspondant correspondante rédaction rédacteur envoyé envoyée spécial spéciale agences corresponsal"
    " redacción redactor periodista enviado enviada especial agencias korrespondent korrespondentin"
    " redakteur redakteurin"
    " redaktion muhabir muhabiri editör servisi корреспондент редактор редакция مراسل محرر وكالات الوكالات".split()
)
_OF_CALLING = _JOBS | frozenset("and the a of at by und der die et la le les y el los ve и و".split())
_DESK_VERB = (
    r"(?:report(?:ing|ed)|writ(?:ing|ten)|edit(?:ing|ed)|compiled|produced|rédigé|édité|redacción|edición|redigiert"
    r"|bearbeitet|bericht|reportage|redaktion|rédaction|haber|editör|репортаж|редактор)"
)
_DESK = re.compile(rf"(?:(?:additional|with|further)\s)?{_DESK_VERB}(?:\s(?:by|de|par|von)\s|\s?:\s)", re.IGNORECASE)
_DESK_BEGINNINGS = frozenset(
    verb[:6]
    for verb in "additional with re with ed furthe report writin writte editin edited compil produc rédigé édité"
    " redacc edició redigi bearbe berich redakt rédact haber: editör репорт редакт".split(" ")
)
_REPORTER = re.compile(
    r"(?:(?:additional |further |with )?report(?:ing|ed|s)? by |reportage (?:de |par )"
    r"|(?:bericht|reportage|haber|репортаж)(?: von| de)?\s?:?\s)",
    re.IGNORECASE,
)
_DESK_PARTS = re.compile(
    r"[;)\]]\s?|\.\s|,\s(?=(?:additional |with |further )?"
    r"(?:editing|edited|writing|written|reporting|compiled|bearbeitet|redaktion)\b)"
)
_REPORTED = re.compile(
    rf"(?P<names>{_NAME_WORDS}(?:(?:,\s|\sand\s){_NAME_WORDS}){{0,3}}) (?:reported from|contributed (?:to"
    rf"|reporting)|reports from)\b"
)
_LONGEST_DESK = 300
_TURKISH = re.compile("[İĞŞ]")
_TURKISH_LOWER = str.maketrans("Iİ", "ıi")


class Byline(NamedTuple):
    """The authors a byline names, and the date it may carry, whose offsets count from `dates_at`.

    `is_said` where a word says so ('By'), not only a calling or an outlet beside the name.
    """

    authors: list[str]
    dates: DateLine | None
    dates_at: int
    is_said: bool


def read_byline(
    line: str,
    latest: dt.date,
    day_first: bool | None = None,
    is_outlet: Callable[[str], bool] | None = None,
    *,
    is_bare: bool = False,
) -> Byline | None:
    """The byline in the line, None if the line is no byline.

    One without 'By' is told by a calling ('…, Staff Writer'), by an outlet behind the name, by a date, or, where a name
    has to be an author's (`is_bare`), by nothing: full names, and perhaps a place behind a mark.
    """
    if len(line) > _LONGEST or line.endswith(_NO_END) or (line[-1] == "." and not _INITIAL_END.search(line)):
        return None
    rest, dates, dates_at = line, None, 0
    if has_digit(line):
        found = next(written_dates(line, latest, day_first), None)
        if found is None:
            return None
        start, end = _around(line, found.start, found.end)
        dates, dates_at = read_date_line(line[start:end], latest, day_first), start
        if dates is None:
            return None
        rest = f"{line[:start].rstrip(_BESIDE)} | {line[end:].lstrip(_BESIDE)}".strip(" |")
        if not rest:
            return None
    prefix = _PREFIX.match(rest) if _may_have_prefix(rest) else None
    if (
        prefix is None
        and dates is None
        and not is_bare
        and not _TOLD.search(rest)
        and (len(rest) > _SHORT or not _is_calling(rest))
    ):
        return None
    first, *others = _PARTS.split(rest[prefix.end() :] if prefix else rest)
    read = _read_names(first, None if prefix else is_outlet)
    if read is None:
        return None
    names, is_told = read
    for part in filter(None, others):
        if _is_calling(part) or (is_outlet is not None and is_outlet(part)):
            is_told = True
        elif not _NAME.fullmatch(part) and "@" not in part:
            return None
    if prefix:
        # 'Van Gogh in Gozo' and 'Di Maio in Gozo' begin with a word for 'by', too.
        is_sure = "by" in prefix[0].lower().split() or all(name.isupper() or _is_full_name(name) for name in names)
        return Byline(names, dates, dates_at, is_said=True) if is_sure else None
    is_full = bool(names) and all(map(_is_full_name, names))
    if is_told and not names:
        # 'Police chief killed in Idlib' has a calling, but says more.
        is_nothing_else = all(_is_only_calling(part, is_outlet) for part in [first, *others] if part)
        return Byline([], dates, dates_at, is_said=False) if is_nothing_else else None
    if is_told:
        return Byline(names, dates, dates_at, is_said=False) if is_full else None
    is_alone = is_full and (dates is not None or (is_bare and len(line) <= _SHORT))
    return Byline(names, dates, dates_at, is_said=False) if is_alone else None


def read_authors(said: str) -> list[str]:
    """The names in what a page or record has for its author, tidied; as it stands where it is not surely several."""
    prefix = _PREFIX.match(said) if said and _may_have_prefix(said) else None
    bare = said[prefix.end() :] if prefix else said
    names, is_told = _read_names(bare, None) or ([], False)
    is_sure = bool(prefix) or is_told or len(names) > 1
    return names if names and is_sure and all(map(_is_full_name, names)) else [said]


def _may_have_prefix(line: str) -> bool:
    """Whether one of the first words announces an author: a look before the pattern that takes it apart."""
    words = line[:60].lower().split(None, 4)
    return words[0].rstrip(":") in _BY or "by" in words or "by:" in words or words[0][-1] == ":"


def _around(line: str, start: int, end: int) -> tuple[int, int]:
    """From where to where the date at start to end goes with its weekday, time and the words that announce it."""
    for word in reversed(list(_WORD.finditer(line, 0, start))):
        if not is_around_date(word[0]) or (word.end() < start and _STOP.search(line, word.end(), start)):
            break
        start = word.start()
    for word in _WORD.finditer(line, end):
        if not is_around_date(word[0]):
            break
        end = word.end()
    return start, end


def _read_names(part: str, is_outlet: Callable[[str], bool] | None) -> tuple[list[str], bool] | None:
    """The names in the first part of a byline, and whether a calling or an outlet stands beside them."""
    names: list[str] = []
    is_told = False
    for at, piece in enumerate(_NAMES.split(part)):
        whole = tidy(piece).strip(" ,.")
        if not whole:
            continue
        if _is_calling(whole) or (is_outlet is not None and is_outlet(whole)):
            is_told = True
            continue
        name = _PLACED.sub("", whole)
        if not _NAME.fullmatch(name) or any(
            word[0].islower() and not _BY_PARTICLE.match(word) for word in name.split()
        ):
            return None
        if at == 0 or " " in name:  # 'By Ines Falkenrath, Tunis'
            names.append(_cased(name))
    return names, is_told


def _is_calling(part: str) -> bool:
    words = [word.strip(",.") for word in part.lower().split()]
    return len(words) <= _CALLING_WORDS and not _JOBS.isdisjoint(words)


def _is_only_calling(part: str, is_outlet: Callable[[str], bool] | None) -> bool:
    """Whether all that the part says is a calling, whose, and where: 'Our correspondent in Tunis'."""
    for at, piece in enumerate(_NAMES.split(part)):
        words = [word for word in _PLACED.sub("", piece).split() if word.lower().strip(",.") not in _OF_CALLING]
        is_known = not words or (is_outlet is not None and (is_outlet(piece) or is_outlet(" ".join(words))))
        if not is_known and (at == 0 or len(words) > 1):  # 'Bay Radio, Tunis'
            return False
    return True


def _is_full_name(name: str) -> bool:
    return 2 <= len(name.split()) <= 5


def _cased(name: str) -> str:
    """'INES FALKENRATH' as people write it; initials and short forms ('AFP') stay."""
    if not name.isupper() or " " not in name:
        return name
    if _TURKISH.search(name):
        return " ".join(word[:1] + word[1:].translate(_TURKISH_LOWER).lower() for word in name.split())
    return name.title()


def read_desk(line: str) -> list[str] | None:
    """The reporters a desk's note names ('(Reporting by …; Editing by …)'), None if the line is no such note."""
    if len(line) > _LONGEST_DESK:
        return None
    if " report" in line or " contributed " in line:
        match = _REPORTED.match(line)
        if match:
            read = _read_names(match["names"], None)
            return read[0] if read else None
    bare = line.lstrip("([* ")
    if bare[:6].lower() not in _DESK_BEGINNINGS or not _DESK.match(bare):
        return None
    names: list[str] = []
    for part in _DESK_PARTS.split(bare):
        if found := _REPORTER.match(part):
            read = _read_names(part[found.end() :].strip(" .)"), None)
            names += read[0] if read else []
    return names
