"""What stands between headline and story: bylines, date lines, and the dateline 'ANKARA, Feb 5 (MNA) -' itself."""

import datetime as dt
import re
from typing import NamedTuple

from pipelines.parse.tidy import tidy
from pipelines.parse.written_dates import MONTH, WrittenDate, first_date

_UPPER = r"[^\W\d_a-zà-öø-ÿ]"
_DATELINE = re.compile(
    rf"(?P<place>(?:{_UPPER}{{2}}[^\Wa-zà-öø-ÿ\d_]*(?:[ .'’-]+{_UPPER}+)*"
    r"(?:,\s[A-Z][\w.’'-]+(?:\s[A-Z][\w.’'-]+){0,2}?)?"
    rf"|[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){{0,2}}(?=\s\()))"
    rf"(?:,?\s(?P<date>(?i:{MONTH}\s\d{{1,2}}|\d{{1,2}}\s{MONTH})))?"
    r"(?:\s?\((?P<agency>[^()]{2,40})\))?\s?(?:--?|[–—])\s+",
)
_TIME = r"(?:\d{1,2}[:.h]\d{2}(?::\d{2})?\s?(?:[ap]\.?m\.?)?\s?(?:\(?[A-Z]{2,4}\)?|[+-]\d{2}:?\d{2}|Z)?)"
_DATE_LINE = re.compile(
    r"^(?:(?:first |last )?(?:published|updated|posted|date|publié|publicado|actualizado|mis à jour)\s?:?\s?"
    rf"(?:on |le |el )?)?(?:{_TIME}[,\s|-]+)?(?:[a-z]{{3,9}}\.?,?\s)?"
    rf"(?P<date>\d{{4}}-\d{{2}}-\d{{2}}|{MONTH}\s\d{{1,2}}"
    rf"(?:st|nd|rd|th)?,?\s\d{{4}}|\d{{1,2}}(?:st|nd|rd|th|er)?\s(?:de\s)?{MONTH},?\s(?:de\s)?\d{{4}})"
    rf"(?:[,\sT|-]+(?:at\s|à\s)?{_TIME})?$",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_BYLINE = re.compile(r"^(?:By|BY|Par|Por)\s(?P<names>\S.{2,100})$")
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?:\s[\w.'’-]+){0,4}")


class Dateline(NamedTuple):
    """A dateline that opens a paragraph: place, agency and day, and how many characters it takes."""

    place: str
    agency: str | None
    date: WrittenDate | None
    length: int


def read_dateline(line: str, latest: dt.date) -> Dateline | None:
    """The dateline that opens the paragraph, None if it has none. Its date's offsets count in the line."""
    match = _DATELINE.match(line)
    if match is None or not (match["agency"] or match["date"] or "," in match["place"] or match["place"].isupper()):
        return None
    written = None
    if match["date"]:
        found = first_date(match["date"], latest)
        if found:
            written = found._replace(start=match.start("date"), end=match.end("date"))
    agency = tidy(match["agency"]) if match["agency"] else None
    return Dateline(tidy(match["place"]), agency, written, match.end())


def read_date_line(line: str, latest: dt.date) -> WrittenDate | None:
    """The day of a line that is nothing but a date of publication, None if it is another line."""
    if len(line) > 80 or not _DIGIT.search(line):
        return None
    match = _DATE_LINE.match(line)
    if match is None:
        return None
    found = first_date(match["date"], latest)
    return found._replace(start=match.start("date"), end=match.end("date")) if found else None


def read_byline(line: str) -> list[str] | None:
    """The authors a byline names, None if the line is no byline."""
    match = _BYLINE.match(line) if line[:3] in ("By ", "BY ", "Par", "Por", "By\u00a0") else None
    if match is None or line.endswith((".", "?", "!")):
        return None
    names = [tidy(name) for name in re.split(r",\s|\s(?:and|et|y|&)\s", match["names"])]
    return names if all(name[:1].isupper() and _NAME.fullmatch(name) for name in names) else None
