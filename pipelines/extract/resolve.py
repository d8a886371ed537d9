"""What an expression of time comes to: from its words and the day of publication to first and last day.

The expressions are found by `dates.py` and joined by `ranges.py`; the arithmetic of days is in `periods.py`. A weekday or a date
without its year lies on or before publication unless the sentence looks ahead.
"""

import calendar
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from pipelines.extract import periods
from pipelines.extract.numerals import ordinal, words_of
from pipelines.extract.periods import Period

_MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
_WEEKDAYS = {name.lower(): i for i, name in enumerate(calendar.day_abbr)}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1, "final": -1}
_UNITS = frozenset({"week", "month", "year", "quarter", "decade"})
_SEASONS = frozenset({"spring", "summer", "autumn", "fall", "winter"})
_PARTS = {"early": 0, "beginning": 0, "start": 0, "mid": 1, "middle": 1, "late": 2, "end": 2}
_STEPS = {"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "the": 0, "next": 1, "coming": 1}


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
    try:
        period, rule, confidence = _RULES[kind](words_of(surface), published, ahead)
    except (ValueError, OverflowError, KeyError, IndexError):
        return None
    if period.first > period.last:
        return None
    is_absolute = rule.startswith("absolute")
    return Resolved(*period, None if is_absolute else published, rule, confidence)


_Result = tuple[Period, str, float]


def _weekday(words: list[str], published: date, ahead: bool) -> _Result:
    if any(word in _MONTHS for word in words):
        return _date(words, published, ahead)
    number = _WEEKDAYS[words[0][:3]]
    if words[-1] == "week":
        return periods.day(_monday(published, _STEPS[words[-2]]) + timedelta(number)), "weekday", 0.9
    if ahead:
        return (
            periods.day(published + timedelta((number - published.weekday() - 1) % 7 + 1)),
            "weekday_ahead",
            0.8,
        )
    return periods.day(published - timedelta((published.weekday() - number) % 7)), "weekday", 0.9


def _monday(published: date, weeks: int) -> date:
    return published + timedelta(7 * weeks - published.weekday())


def _date(words: list[str], published: date, ahead: bool) -> _Result:
    """A month with a day or two, in either order, with or without a year."""
    month = next(_MONTHS[word] for word in words if word in _MONTHS)
    numbers = [int(word) for word in words if word.isdigit() and len(word) < 3]
    if year := _year_told(words, published):
        days = Period(date(year, month, numbers[0]), date(year, month, numbers[-1]), "day")
        return days, "day" if words[-1] == "year" else "absolute_day", 0.98
    candidates = [at for y in (-1, 0, 1) if (at := _day_or_none(published.year + y, month, numbers[0]))]
    first = _open_date(candidates, published, ahead)
    return Period(first, first.replace(day=numbers[-1]), "day"), "day_near", 0.85


def _year_told(words: list[str], published: date) -> int | None:
    """The year at the end of an expression: '2019', 'last year'."""
    if words[-1] == "year" and len(words) > 1:
        return published.year + _STEPS[words[-2]]
    return int(words[-1]) if words[-1].isdigit() and len(words[-1]) == 4 else None


def _spelt_day(words: list[str], published: date, ahead: bool) -> _Result:
    """'first of May', 'twenty-first of March 2019'."""
    return _date([str(ordinal(words)), *words[words.index("of") + 1 :]], published, ahead)


def _day_of(words: list[str], published: date, ahead: bool) -> _Result:
    """'5th of next month'."""
    month = periods.month(published.year, published.month + _STEPS[words[-2]])
    return periods.day(month.first.replace(day=int(words[0]))), "day_of_month", 0.95


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
    if year := _year_told(words, published):
        return periods.month(year, number), "month" if words[-1] == "year" else "absolute_month", 0.97
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
    if last < 100:
        last += first // 100 * 100
    if first > last:
        raise ValueError(words)
    return periods.years(first, last), "absolute_years", 0.95


def _year(words: list[str], published: date, ahead: bool) -> _Result:
    return periods.years(int(words[-1]), int(words[-1])), "absolute_year", 0.9


def _decade(words: list[str], published: date, ahead: bool) -> _Result:
    return periods.around(date(int(words[0]), 1, 1), "decade"), "absolute_decade", 0.95


def _century(words: list[str], published: date, ahead: bool) -> _Result:
    return periods.century(ordinal(words)), "absolute_century", 0.95


def _season(words: list[str], published: date, ahead: bool) -> _Result:
    """'summer of 2018', 'winter 2016-17', 'spring last year'; a winter is told by the year in which it begins."""
    year = _year_told(words, published)
    if year and words[-1] != "year":
        return periods.season(year, words[0]), "absolute_season", 0.95
    years = [int(word) for word in words if word.isdigit()]
    if not year and (years[0] + 1) % 100 != years[1]:
        raise ValueError(words)
    return periods.season(year or years[0], words[0]), "season" if year else "absolute_season", 0.95


def _season_near(step: int, name: str, published: date, ahead: bool) -> _Result:
    seasons = [periods.season(published.year + y, name) for y in (-2, -1, 0, 1)]
    if step < 0:
        found = next(season for season in reversed(seasons) if season.last < published)
    elif step > 0:
        found = next(season for season in seasons if season.first > published)
    else:
        running = [season for season in seasons if season.first <= published <= season.last]
        coming = [season for season in seasons if season.first > published]
        same_year = [season for season in seasons if season.first.year == published.year]
        found = (running or (coming if ahead else same_year))[0]
    return found, "season", 0.85


def _quarter(words: list[str], published: date, ahead: bool) -> _Result:
    year = _year_told(words, published)
    if not year:
        raise ValueError(words)
    number = int(words[1]) if words[0] == "q" else _ORDINALS[words[0]] % 5
    return periods.quarter(year, number), "quarter" if words[-1] == "year" else "absolute_quarter", 0.95


def _half(words: list[str], published: date, ahead: bool) -> _Result:
    whole, rule, confidence = _base(words[3:], published, ahead)
    if words[0] not in ("first", "second", "last", "final"):
        raise ValueError(words)
    return periods.half(whole, words[0] != "first"), f"{rule}_half", confidence


def _base(words: list[str], published: date, ahead: bool) -> _Result:
    """What a part is part of: 'this month', 'the year', 'January 2019', '2019', 'the 1990s', 'summer of 2018'."""
    if words[0] in _STEPS and words[1] in _UNITS:
        return _relative(words, published, ahead)
    if words[0] == "the":
        words = words[1:]
    if "century" in words:
        return _century(words, published, ahead)
    if words[0] in _SEASONS:
        return _season(words, published, ahead)
    if words[0].isdigit():
        return (_decade if words[-1] == "s" else _year)(words, published, ahead)
    return _month(words, published, ahead)


def _after_of(words: list[str]) -> int:
    return next(i for i, word in enumerate(words) if word in ("of", "in")) + 1


def _edge(words: list[str], published: date, ahead: bool) -> _Result:
    """'first two weeks of January', 'last quarter of 2019', 'second week of March'."""
    at = _after_of(words)
    whole, rule, confidence = _base(words[at:], published, ahead)
    unit = words[at - 2].removesuffix("s")
    number, count = _ORDINALS[words[0]], int(words[1]) if at > 3 else 1
    if at == 3 and unit != words[1]:
        raise ValueError(words)  # 'the first days of January' do not say how many
    if number > 1:
        if count > 1:
            raise ValueError(words)
        return periods.nth(whole, number, unit), f"{rule}_nth", confidence
    period = periods.edge(whole, count, unit, number < 0)
    return period, f"{rule}_edge", confidence


def _nth(words: list[str], published: date, ahead: bool) -> _Result:
    """'first Monday of March', 'last weekend in May 2019'."""
    whole, rule, confidence = _base(words[3:], published, ahead)
    if words[1] == "weekend":
        first = periods.nth_weekday(whole, _ORDINALS[words[0]], 5)
        return Period(first, first + timedelta(1), "day"), f"{rule}_nth", confidence
    day = periods.nth_weekday(whole, _ORDINALS[words[0]], _WEEKDAYS[words[1][:3]])
    return periods.day(day), f"{rule}_nth", confidence


def _part(words: list[str], published: date, ahead: bool) -> _Result:
    rest = words[2:] if words[1] in ("of", "in") else words[1:]
    whole, rule, confidence = _base(rest, published, ahead)
    return periods.third(whole, _PARTS[words[0]]), f"{rule}_part", confidence - 0.1


def _near(words: list[str], published: date, ahead: bool) -> _Result:
    days = {"yesterday": -1, "tomorrow": 1, "last": -1}.get(words[0], 0)
    if "before" in words:
        days = -2
    elif "after" in words:
        days = 2
    return periods.day(published + timedelta(days)), "near_day", 0.95


def _relative(words: list[str], published: date, ahead: bool) -> _Result:
    """'last week', 'next Tuesday', 'this month', 'last January', 'this past Friday', 'next summer'."""
    if words[0] == "this" and words[1] in _STEPS:
        words = words[1:]
    if words[-2] in ("before", "after"):
        step, unit = -2 if words[-1] == "last" else 2, words[0]
    else:
        step, unit = _STEPS[words[0]], words[1]
    if unit == "weekend":
        return _weekend_near(step, published, ahead), "weekend", 0.8
    if unit.endswith("day"):
        number = _WEEKDAYS[unit[:3]]
        if step > 0 or (words[0] == "this" and ahead):
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
    if unit in _SEASONS:
        return _season_near(step, unit, published, ahead)
    if words[0] == "past" or unit == "fortnight":
        return _window(words, published, ahead)
    return periods.around(periods.shifted(published, step, unit), unit), f"relative_{unit}", 0.95


def _weekend_near(step: int, published: date, ahead: bool) -> Period:
    """Last weekend is over; next weekend is the first to begin; this weekend is the one that is nearer."""
    saturday = _monday(published, 0) + timedelta(5)
    if step < 0 or (step == 0 and not ahead and published.weekday() < 2):
        saturday -= timedelta(7)
    elif step > 0 and published >= saturday:
        saturday += timedelta(7)
    if abs(step) > 1:
        saturday += timedelta(7 if step > 0 else -7)
    return Period(saturday, saturday + timedelta(1), "day")


def _counted(words: list[str]) -> tuple[int, str]:
    """How many of which unit; a fortnight is two weeks, hours are rounded up to days."""
    count, unit = int(words[0]), words[1].removesuffix("s")
    if unit == "fortnight":
        return 2 * count, "week"
    return (-(-count // 24), "day") if unit == "hour" else (count, unit)


def _window(words: list[str], published: date, ahead: bool) -> _Result:
    """'the past four years' ends, 'the next three days' begins at publication."""
    if words[0] == "this" and words[1] in _STEPS:
        words = words[1:]
    count, unit = _counted(words[1:] if words[1].isdigit() else ["1", words[1]])
    if _STEPS[words[0]] > 0:
        last = periods.shifted(published, count, unit)
        return Period(published + timedelta(1), last, unit), "window_ahead", 0.85
    return Period(periods.shifted(published, -count, unit), published, unit), "window", 0.85


def _ago(words: list[str], published: date, ahead: bool) -> _Result:
    """'two weeks ago', 'a month from now'."""
    if words[-1] != "ago":
        return _within(words, published, ahead)
    if words[1].startswith("hour"):
        return periods.day(published - timedelta(hours=int(words[0]))), "ago", 0.7
    count, unit = _counted(words)
    return periods.around(periods.shifted(published, -count, unit), unit), "ago", 0.85


def _within(words: list[str], published: date, ahead: bool) -> _Result:
    """'two weeks' after 'in', where that is a time to come."""
    count, unit = _counted(words)
    return periods.around(periods.shifted(published, count, unit), unit), "from_now", 0.8


def _week_of(words: list[str], published: date, ahead: bool) -> _Result:
    day, rule, confidence = _date(words[2:], published, ahead)
    return periods.week(day.first), rule, confidence


def _weekend(words: list[str], published: date, ahead: bool) -> _Result:
    if ahead:
        return _weekend_near(1, published, ahead), "weekend", 0.8
    return periods.weekend(published), "weekend", 0.8


_RULES: dict[str, Callable[[list[str], date, bool], _Result]] = {
    "weekday": _weekday,
    "month_day": _date,
    "day_month": _date,
    "spelt_day": _spelt_day,
    "day_of": _day_of,
    "month": _month,
    "iso": _iso,
    "numeric": _numeric,
    "dotted": _dotted,
    "years": _years,
    "year": _year,
    "decade": _decade,
    "century": _century,
    "season": _season,
    "quarter": _quarter,
    "half": _half,
    "edge": _edge,
    "nth": _nth,
    "part": _part,
    "near": _near,
    "relative": _relative,
    "window": _window,
    "ago": _ago,
    "within": _within,
    "week_of": _week_of,
    "weekend": _weekend,
}
