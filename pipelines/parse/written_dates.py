"""Dates as a text writes them out: '5 February 2020', 'Feb. 5', '2020-02-05', '05.02.2020', '5 ŞUBAT 2020'.

Only what names a day is read here. Expressions such as 'last week' are extract/dates.py's; which date is that of
publication is published.py's.
"""

import datetime as dt
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import NamedTuple

from pipelines.parse.calendar import MONTHS, MONTHS_OF_TWO_WORDS, MONTHS_WITH_YEAR, WEEKDAYS, plain_word

_DIGITS = re.compile(r"\d+")
_WORD = r"[^\W\d_]{2,11}"
_YEAR_FIRST = re.compile(r"(\d{4})(?:\s?[-/.年년]\s?)(\d{1,2})(?:\s?[-/.月월]\s?)(\d{1,2})(?!\d|\.\d)")
_NUMERIC = re.compile(r"(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?![\d:]|[./]\d|-\d{1,4}(?![\d:]))")
_DAY_FIRST = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th|er|[.ºª°])?[\s-](?:de\s|of\s)?((?:كانون|تشرين)\s{_WORD}|{_WORD})\b\.?"
    r"(?:(?:,?\s(?:de\s|del\s)?|-)(\d{4})\b(?!:))?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(\d{1,2})([^\W\d_]{3,9})(\d{4})(?!\d)")
_MONTH_BEFORE = re.compile(rf"({_WORD})\.?[\s-]$")
_DAY_AFTER_MONTH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?(?![\d:/]|\.\d)(?:(?:\s?,\s?|\s|-)(\d{4})\b(?!:))?", re.IGNORECASE
)
_LONGEST_MONTH = 13
_SHORT = 160
_FIRST_YEAR = 1500
"""Four digits below this are the number of something."""
_WEEKDAY_IN_ENGLISH = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_WEEKDAY = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|lunes|martes|miércoles"
    r"|jueves|viernes|sábado|domingo|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag|lunedì|martedì|mercoledì"
    r"|giovedì|venerdì|sabato|domenica|(?:segunda|terça|quarta|quinta|sexta)-feira|Pazartesi|Salı|Çarşamba|Perşembe|Cuma"
    r"|Cumartesi|Pazar|понедельник|вторник|сред[ау]|четверг|пятниц[ау]|суббот[ау]|воскресенье|ال[إا]ثنين|الثلاثاء|ال[أا]ربعاء"
    r"|الخميس|الجمعة|السبت|ال[أا]حد)\b"
)
"""The weekdays as stories write them, in their case: 'sun' is no day, nor is a 'pazar', a market."""


class WrittenDate(NamedTuple):
    """A day and where it stands in the string that was read; `has_year` is false where the year was supplied.

    `other` is the other reading of numbers that can be read both ways ('05/02/2020').
    """

    on: dt.date
    start: int
    end: int
    has_year: bool
    other: dt.date | None = None


def first_date(text: str, latest: dt.date, day_first: bool | None = None) -> WrittenDate | None:
    """The first written day in the text that can be read in one way only; see written_dates."""
    return next((found for found in written_dates(text, latest, day_first) if found.other is None), None)


def written_dates(text: str, latest: dt.date, day_first: bool | None = None) -> Iterator[WrittenDate]:
    """The written days in the text, in order.

    One without a year is the last such day that is not after `latest`. In '05/02/2020' the day comes first or not, as
    `day_first` says; without that `other` is the month-first reading, unless one of the numbers can be no month or one
    of the two days would lie after `latest`.
    """
    # A short line is asked for its dates again and again, as a date line, a byline, a caption; a paragraph once.
    return iter(_of_line(text, latest, day_first)) if len(text) <= _SHORT else _read(text, latest, day_first)


@lru_cache(maxsize=256)
def _of_line(text: str, latest: dt.date, day_first: bool | None) -> tuple[WrittenDate, ...]:
    return tuple(_read(text, latest, day_first))


def _read(text: str, latest: dt.date, day_first: bool | None) -> Iterator[WrittenDate]:
    done = 0
    for digits in _DIGITS.finditer(text):
        if digits.start() < done:
            continue
        found = _date_at(text, digits.start(), digits.end(), latest, day_first)
        if found is not None and found.start >= done:
            yield found
            done = found.end


def _date_at(text: str, start: int, end: int, latest: dt.date, day_first: bool | None) -> WrittenDate | None:
    """The day whose first digits stand from start to end."""
    if end - start == 4:
        match = _YEAR_FIRST.match(text, start)
        on = _date(int(match[1]), int(match[2]), int(match[3])) if match else None
        return WrittenDate(on, start, match.end(), has_year=True) if match and on else None
    if end - start > 2:
        return None
    if match := _NUMERIC.match(text, start):
        readings = _numeric(int(match[1]), int(match[3]), match[4], match[2], latest, day_first)
        return WrittenDate(readings[0], start, match.end(), True, *readings[1:]) if readings else None
    if match := _DAY_FIRST.match(text, start):
        month = month_of(match[2]) or (MONTHS_WITH_YEAR.get(match[2].lower()) if match[3] else None)
        if month:
            return _written(int(match[1]), month, match[3], start, match.end(), latest)
    if match := _COMPACT.match(text, start):
        month = month_of(match[2])
        return _written(int(match[1]), month, match[3], start, match.end(), latest) if month else None
    before = _MONTH_BEFORE.search(text, max(0, start - _LONGEST_MONTH), start)
    month = month_of(before[1]) if before else None
    if before and month and (match := _DAY_AFTER_MONTH.match(text, start)):
        return _written(int(match[1]), month, match[2], before.start(), match.end(), latest)
    return None


def month_of(word: str) -> int | None:
    """The number of the month of this name, in any of the languages; None if it names none."""
    plain = plain_word(word)
    return MONTHS.get(plain) or MONTHS_OF_TWO_WORDS.get(plain)


def weekday_of(word: str) -> int | None:
    """0 for the name of a Monday in any of the languages, None if the word names no day of the week."""
    return WEEKDAYS.get(plain_word(word))


def _written(day: int, month: int, year: str | None, start: int, end: int, latest: dt.date) -> WrittenDate | None:
    on = _date(int(year), month, day) if year else last_such_day(month, day, latest)
    return WrittenDate(on, start, end, bool(year)) if on else None


def last_such_day(month: int, day: int, latest: dt.date) -> dt.date | None:
    """The last day of this month and number not after `latest`; None if there is none in that year or the last."""
    on = _date(latest.year, month, day)
    return on if on is not None and on <= latest else _date(latest.year - 1, month, day)


def _numeric(first: int, second: int, year: str, mark: str, latest: dt.date, day_first: bool | None) -> list[dt.date]:
    """The days that two numbers and a year can name. Between points the day always comes first."""
    number = int(year) if len(year) == 4 else latest.year // 100 * 100 + int(year)
    if len(year) == 2 and number > latest.year:
        number -= 100
    by_day, by_month = _date(number, second, first), _date(number, first, second)
    if mark == "." or by_day == by_month or (day_first is True and by_day):
        return [by_day] if by_day else []
    if day_first is False and by_month:
        return [by_month]
    return [on for on in (by_day, by_month) if on and (on <= latest or not (by_day and by_month))]


def stamped_date(stamp: str) -> dt.date | None:
    """The day of a machine's time stamp, ISO 8601 or RFC 2822, in the stamp's own time zone."""
    try:
        return dt.datetime.fromisoformat(stamp.strip()).date()
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(stamp).date()
    except (ValueError, OverflowError):
        return None


def weekdays_in(text: str, lang: str | None = None) -> Iterator[re.Match[str]]:
    """The weekdays that the text names, as its language (any, if that is not known) writes them."""
    # A word boundary before the names would make the search ten times slower, so it is looked at afterwards.
    for match in (_WEEKDAY_IN_ENGLISH if lang == "en" else _WEEKDAY).finditer(text):
        if not text[match.start() - 1 : match.start()].isalnum():
            yield match


def next_weekday(name: str, since: dt.date) -> dt.date:
    """The first day on or after `since` that is the weekday of this name."""
    return since + dt.timedelta(days=((weekday_of(name) or 0) - since.weekday()) % 7)


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day) if year >= _FIRST_YEAR else None
    except ValueError:
        return None
