"""The dateline that opens a story, 'ANKARA, Feb 5 (MNA) -', and lines that are nothing but a date."""

import datetime as dt
import re
from typing import NamedTuple

from pipelines.parse.calendar import AROUND_DATES, FIRST_SAID, LATER_SAID, SINCE_SAID, plain_word
from pipelines.parse.tidy import tidy
from pipelines.parse.written_dates import WrittenDate, first_date, month_of, weekday_of, written_dates

_LONGEST = 110
"""Longest dateline or date line, in characters."""
_MARK = re.compile(r"\s?(?:--|[–—])\s*|\s-(?:\s+|$)|(?<=[)\]])\s?[-:_](?:\s+|$)|_\s+|(?<=[)\]])-(?=\w)")
_ANY_MARK = re.compile(r"[–—_]|--|\s-(?:\s|$)|[)\]]\s?[-:]")
"""What the pattern above needs, told in a third of its time: most paragraphs have none of it."""
_AGENCY = re.compile(r"[,.]?\s?[(\[](?P<agency>[^()\[\]]{2,40})[)\]]$")
_ACRONYM = re.compile(
    r"[^\W\d_a-zß-öø-ÿа-яё]{2}|AFP|DPA|EFE|APA|PTI|ANI|UPI|KUNA|TASS|SANA|IRNA|WAFA|ANSA|MENA|SPA|QNA|WAM|NNA|ТАСС|РИА"
)
"""Short forms of agencies. Three capitals may as well be a town: 'BOL, Chad'."""
_BETWEEN = re.compile(r",\s*|(?<=[^\W\d_]{4})\.\s+|\s?/\s?")
_PLACE = re.compile(
    r"[^\W\d_][\w.'’-]*(?:\s(?:de|del|da|do|la|el|al|the|of|am|an der|sur|di|[^\W\d_a-zß-öø-ÿа-яё][\w.'’-]*)){0,4}"
)
_NO_PLACE = frozenset(
    "breaking exclusive update updated live video watch analysis opinion interview correction question"
    " answer urgent q a"
    " flash alert note background summary editorial comment advisory corrected refile factbox explainer".split()
)
_SURELY_LATER = frozenset({"updated", "modified", "mise", "mis", "aktualisiert"})
"""'Last updated on …': words that outweigh 'on' and 'date'."""
_ANY_ORDER = frozenset("last first première letzte son".split())
"""Words that tell of a publication only beside a date: 'The last 24 hours' is no date line."""
_DIGIT = re.compile(r"\d")
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[:.h]\d+)*")
_BESIDE = re.compile(r"[,|•·/–—]|\s-\s")
_LONGEST_LOOSE, _WORDS_BESIDE = 70, 3
_TIME = re.compile(r"\d{1,2}(?:[:.h]\d{2}){0,2}")


class Dateline(NamedTuple):
    """A dateline that opens a paragraph: place, agency and day, and how many characters it takes."""

    place: str | None
    agency: str | None
    date: WrittenDate | None
    length: int


class DateLine(NamedTuple):
    """What a line that is nothing but a date says: the day of publication, the day of a later change.

    `is_told` where a word says which of the two it is.
    """

    first: WrittenDate | None
    later: WrittenDate | None
    is_told: bool


def read_dateline(line: str, latest: dt.date) -> Dateline | None:
    """The dateline that opens the paragraph, None if it has none. Its date's offsets count in the line."""
    head = line[:_LONGEST]
    mark = _MARK.search(head) if _ANY_MARK.search(head) else None
    if mark is None or mark.start() < 2:
        return None
    before, agency, written = line[: mark.start()], None, None
    if before.endswith((")", "]")) and (bracket := _AGENCY.search(before)):
        agency, before = tidy(bracket["agency"]), before[: bracket.start()]
    pieces = _pieces(before)
    if has_digit(before):
        written = first_date(before, latest)
        if written is None:
            return None
        pieces, behind = _pieces(before[: written.start]), _pieces(before[written.end :])
        if agency is None and len(behind) == 1 and behind[0].isupper():
            agency = tidy(behind.pop())
        pieces += behind
    if agency is None and len(pieces) > 1:
        if _ACRONYM.fullmatch(pieces[0]) and not pieces[1].isupper():
            agency = pieces.pop(0)
        elif _ACRONYM.fullmatch(pieces[-1]) and not pieces[0].isupper():
            agency = pieces.pop()
    if len(pieces) > 3 or not all(map(_is_place, pieces)):
        return None
    if pieces:
        first = pieces[0]
        is_capital = first.isupper() and len(first) > 2 and first.lower() not in _NO_PLACE
        is_sure = is_capital or bool(agency or written) or len(pieces) > 1
    else:
        is_sure = agency is not None and line[0] in "(["
    if not is_sure or (":" in mark[0] and not (agency or written)):
        return None
    return Dateline(", ".join(map(tidy, pieces)) or None, agency, written, mark.end())


def _pieces(part: str) -> list[str]:
    """What stands between commas, less weekdays and other words around a date."""
    return [
        piece for found in _BETWEEN.split(part) if (piece := found.strip(" ,")) and not is_around_date(piece.strip("."))
    ]


def _is_place(piece: str) -> bool:
    return len(piece) <= 40 and bool(_PLACE.fullmatch(piece)) and (piece[0].isupper() or not piece[0].islower())


def read_date_line(line: str, latest: dt.date, day_first: bool | None = None) -> DateLine | None:
    """The days of a line that is nothing but a date of publication or change, None if it is another line."""
    if len(line) > _LONGEST or not has_digit(line):
        return None
    first = later = None
    is_told = is_later = is_stamp = False
    at = 0
    for written in [*written_dates(line, latest, day_first), None]:
        words = {plain_word(word) for word in _TOKEN.findall(line, at, written.start if written else len(line))}
        if not all(map(is_around_date, words)):
            return None
        if not words.isdisjoint(LATER_SAID) and (words.isdisjoint(FIRST_SAID) or not words.isdisjoint(_SURELY_LATER)):
            is_told = is_later = True
            is_stamp |= not words & LATER_SAID <= _ANY_ORDER
        elif not words.isdisjoint(FIRST_SAID):
            is_told, is_later = True, False
            is_stamp |= not words & FIRST_SAID <= _ANY_ORDER
        elif not words.isdisjoint(SINCE_SAID):
            is_told = True
        is_stamp |= not words.isdisjoint(SINCE_SAID)
        if written is None:
            break
        if is_later:
            later = later or written
        else:
            first = first or written
        at = written.end
    # Without a date it still is such a line if it says so: 'Published 2 hours ago'.
    return DateLine(first, later, is_told) if first or later or is_stamp else None


def read_loose_date_line(line: str, latest: dt.date, day_first: bool | None = None) -> DateLine | None:
    """The day of a short line that names a place or section beside it ('Tunis, 5 February 2020'); None for another."""
    if len(line) > _LONGEST_LOOSE or not has_digit(line):
        return None
    written = next(written_dates(line, latest, day_first), None)
    if written is None or not written.has_year:
        return None
    for part in [*_BESIDE.split(line[: written.start]), *_BESIDE.split(line[written.end :])]:
        words = [word for word in _TOKEN.findall(part) if not is_around_date(word)]
        if len(words) > _WORDS_BESIDE or any(word[0].isdigit() for word in words) or (words and words[0][0].islower()):
            return None
    return DateLine(written, None, is_told=False)


def has_digit(line: str) -> bool:
    """Whether there is a digit in the line."""
    return _DIGIT.search(line) is not None


def is_around_date(word: str) -> bool:
    """Whether the word or number can stand beside a date: a weekday, a time, 'updated', 'at'."""
    word = plain_word(word)
    if not word:
        return True
    if word[0].isdigit():
        return bool(_TIME.fullmatch(word)) or (len(word) == 4 and word.isdigit())
    return (
        word in AROUND_DATES
        or word in FIRST_SAID
        or word in LATER_SAID
        or word in SINCE_SAID
        or weekday_of(word) is not None
        or month_of(word) is not None
    )
