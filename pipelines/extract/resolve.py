"""What an expression of time comes to: from its words and the day of publication to first and last day.

The expressions are found by `dates.py`; the arithmetic of days is in `periods.py`. A weekday or a date
without its year lies on or before publication unless the sentence looks ahead.
"""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from pipelines.extract import periods
from pipelines.extract.periods import Period

_MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
_WEEKDAYS = {name.lower(): i for i, name in enumerate(calendar.day_abbr)}
_COUNTS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_NUMBERS = {name: i + 1 for i, name in enumerate(_COUNTS)} | {"a": 1, "an": 1}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_PARTS = {"early": 0, "beginning": 0, "start": 0, "mid": 1, "middle": 1, "late": 2, "end": 2}
_STEPS = {"last": -1, "past": -1, "previous": -1, "this": 0, "next": 1, "coming": 1}
_WORD = re.compile(r"[A-Za-z]+|\d+")


class Resolved(NamedTuple):
    """First and last day, grain, the day it counts from (none if the text says it all), rule, confidence."""

    first: date
    last: date
    grain: str
    anchor: date | None
    rule: str
    confidence: float


@lru_cache(maxsize=50_000)
def resolve(kind: str, surface: str, published: date, ahead: bool) -> Resolved | None:
    """The days that an expression means; None for '31 February' or 'some days ago'."""
    words = [word.lower() for word in _WORD.findall(surface)]
    try:
        period, rule, confidence = _RULES[kind](words, published, ahead)
    except (ValueError, OverflowError, KeyError, IndexError):
        return None
    is_absolute = rule.startswith("absolute")
    return Resolved(*period, None if is_absolute else published, rule, confidence)


_Result = tuple[Period, str, float]


def _weekday(words: list[str], published: date, ahead: bool) -> _Result:
    if len(words) > 2:
        return _date(words[1:], published, ahead)
    number = _WEEKDAYS[words[0][:3]]
    if ahead:
        return (
            periods.day(published + timedelta((number - published.weekday() - 1) % 7 + 1)),
            "weekday_ahead",
            0.8,
        )
    return periods.day(published - timedelta((published.weekday() - number) % 7)), "weekday", 0.9


def _date(words: list[str], published: date, ahead: bool) -> _Result:
    """A month with a day or two, in either order, with or without a year."""
    month = next(_MONTHS[word] for word in words if word in _MONTHS)
    numbers = [int(word) for word in words if word.isdigit()]
    year = numbers.pop() if numbers[-1] > 31 else None
    if year:
        return (
            Period(date(year, month, numbers[0]), date(year, month, numbers[-1]), "day"),
            "absolute_day",
            0.98,
        )
    candidates = [at for y in (-1, 0, 1) if (at := _day_or_none(published.year + y, month, numbers[0]))]
    first = _open_date(candidates, published, ahead)
    return Period(first, first.replace(day=numbers[-1]), "day"), "day_near", 0.85


def _day_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _open_date(candidates: list[date], published: date, ahead: bool) -> date:
    if ahead:
        candidates = [at for at in candidates if at >= published] or candidates
    return periods.nearest(candidates, published)


def _month(words: list[str], published: date, ahead: bool) -> _Result:
    number = _MONTHS[words[0]]
    if len(words) > 1:
        return periods.month(int(words[1]), number), "absolute_month", 0.97
    if number == published.month:
        return periods.month(published.year, number), "month_near", 0.8
    first = _open_date([date(published.year + y, number, 1) for y in (-1, 0, 1)], published, ahead)
    if first > published and not ahead:
        first = first.replace(year=first.year - 1)
    return periods.month(first.year, number), "month_near", 0.8


def _iso(words: list[str], published: date, ahead: bool) -> _Result:
    return periods.day(date(*map(int, words))), "absolute_day", 0.99


def _numeric(words: list[str], published: date, ahead: bool) -> _Result:
    """15/01/2020, 01/15/2020 or, where either reads, the one that is nearest to publication."""
    a, b, year = map(int, words)
    readings = [at for at in {_day_or_none(year, b, a), _day_or_none(year, a, b)} if at]
    if not readings:
        raise ValueError(words)
    confidence = 0.95 if len(readings) == 1 else 0.5
    return periods.day(periods.nearest(sorted(readings), published)), "absolute_day", confidence


def _dotted(words: list[str], published: date, ahead: bool) -> _Result:
    day, month, year = map(int, words)
    return periods.day(date(year, month, day)), "absolute_day", 0.95


def _years(words: list[str], published: date, ahead: bool) -> _Result:
    first, last = int(words[0]), int(words[-1])
    if first > last:
        raise ValueError(words)
    return periods.years(first, last), "absolute_years", 0.95


def _year(words: list[str], published: date, ahead: bool) -> _Result:
    return periods.years(int(words[0]), int(words[0])), "absolute_year", 0.9


def _decade(words: list[str], published: date, ahead: bool) -> _Result:
    return periods.around(date(int(words[0]), 1, 1), "decade"), "absolute_decade", 0.95


def _quarter(words: list[str], published: date, ahead: bool) -> _Result:
    year, rule = _base_year(words, published)
    if words[0] == "q":
        return periods.quarter(year, int(words[1])), rule, 0.95
    number = _ORDINALS[words[0]]
    if words[1] == "quarter":
        return periods.quarter(year, number), rule, 0.95
    first = periods.month(year, 6 * number - 5).first
    return Period(first, periods.month(year, 6 * number).last, "year"), rule, 0.95


def _base_year(words: list[str], published: date) -> tuple[int, str]:
    if words[-1].isdigit():
        return int(words[-1]), "absolute_quarter"
    return published.year + _STEPS[words[-2]], "quarter"


def _base(words: list[str], published: date, ahead: bool) -> _Result:
    """'this month', 'January', 'January 2019' or '2019'."""
    if words[0] in _STEPS:
        return _relative(words, published, ahead)
    return (_year if words[0].isdigit() else _month)(words, published, ahead)


def _edge(words: list[str], published: date, ahead: bool) -> _Result:
    at = words.index("of")
    whole, rule, confidence = _base(words[at + 1 :], published, ahead)
    unit = words[at - 1].removesuffix("s")
    count = _count(words[1]) if at > 2 else 1
    return periods.edge(whole, count, unit, words[0] == "last"), f"{rule}_edge", confidence


def _part(words: list[str], published: date, ahead: bool) -> _Result:
    rest = words[2:] if words[1] in ("of", "in") else words[1:]
    whole, rule, confidence = _base(rest, published, ahead)
    return periods.third(whole, _PARTS[words[0]]), f"{rule}_part", confidence - 0.1


def _near(words: list[str], published: date, ahead: bool) -> _Result:
    days = {"yesterday": -1, "tomorrow": 1, "last": -1}.get(words[0], 0)
    return periods.day(published + timedelta(days)), "near_day", 0.95


def _relative(words: list[str], published: date, ahead: bool) -> _Result:
    """'last week', 'next Tuesday', 'this month', 'last January'."""
    step, unit = _STEPS[words[0]], words[1]
    if unit == "weekend":
        saturday = periods.weekend(published).first + timedelta(7 * max(step, 0))
        return Period(saturday, saturday + timedelta(1), "day"), "weekend", 0.8
    if unit.endswith("day"):
        number = _WEEKDAYS[unit[:3]]
        if step > 0:
            return _weekday([unit], published, True)
        back = (published.weekday() - number - 1) % 7 + 1 if step < 0 else published.weekday() - number
        return periods.day(published - timedelta(back)), "weekday", 0.9
    if unit in _MONTHS:
        year = published.year
        if step < 0 and _MONTHS[unit] >= published.month:
            year -= 1
        elif step > 0 and _MONTHS[unit] <= published.month:
            year += 1
        return periods.month(year, _MONTHS[unit]), "month_near", 0.85
    if words[0] == "past":
        return Period(periods.shifted(published, -1, unit), published, unit), "window", 0.8
    return periods.around(periods.shifted(published, step, unit), unit), f"relative_{unit}", 0.95


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word]


def _window(words: list[str], published: date, ahead: bool) -> _Result:
    """'the past four years' ends, 'the next three days' begins at publication."""
    count, unit = _count(words[1]), words[2].removesuffix("s")
    if unit == "hour":
        count, unit = -(-count // 24), "day"
    if _STEPS[words[0]] > 0:
        last = periods.shifted(published, count, unit)
        return Period(published + timedelta(1), last, unit), "window_ahead", 0.85
    return Period(periods.shifted(published, -count, unit), published, unit), "window", 0.85


def _ago(words: list[str], published: date, ahead: bool) -> _Result:
    count, unit = _count(words[0]), words[1].removesuffix("s")
    if unit == "hour":
        return periods.day(published - timedelta(hours=count)), "ago", 0.7
    return periods.around(periods.shifted(published, -count, unit), unit), "ago", 0.85


def _weekend(words: list[str], published: date, ahead: bool) -> _Result:
    return _relative(["this", "weekend"], published, ahead)


_RULES: dict[str, Callable[[list[str], date, bool], _Result]] = {
    "weekday": _weekday,
    "month_day": _date,
    "day_month": _date,
    "month": _month,
    "iso": _iso,
    "numeric": _numeric,
    "dotted": _dotted,
    "years": _years,
    "decade": _decade,
    "year": _year,
    "quarter": _quarter,
    "edge": _edge,
    "part": _part,
    "near": _near,
    "relative": _relative,
    "window": _window,
    "ago": _ago,
    "weekend": _weekend,
}
