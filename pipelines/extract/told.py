"""What a date tells by itself: days, months, years, quarters, seasons and centuries by their names and numbers.

Each rule takes the words of an expression, the day of publication and whether the sentence looks ahead. A weekday or a
date without its year lies on or before publication unless the sentence looks ahead. Rules that reckon from
publication are in `reckoned.py`, parts of a period in `parts.py`.
"""

import calendar
from datetime import date, timedelta

from pipelines.extract import periods
from pipelines.extract.numerals import ordinal
from pipelines.extract.periods import Period

Result = tuple[Period, str, float]  # the days, the rule that read them, confidence

MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
WEEKDAYS = {name.lower(): i for i, name in enumerate(calendar.day_abbr)}
STEPS = {"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "the": 0, "next": 1, "coming": 1}
SEASONS = frozenset({"spring", "summer", "autumn", "fall", "winter"})
PLACES = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1, "final": -1}


def weekday(words: list[str], published: date, ahead: bool) -> Result:
    if any(word in MONTHS for word in words):
        return dated(words, published, ahead)
    number = WEEKDAYS[words[0][:3]]
    if words[-1] == "week":
        return periods.day(monday(published, STEPS[words[-2]]) + timedelta(number)), "weekday", 0.9
    if ahead:
        return (
            periods.day(published + timedelta((number - published.weekday() - 1) % 7 + 1)),
            "weekday_ahead",
            0.8,
        )
    return periods.day(published - timedelta((published.weekday() - number) % 7)), "weekday", 0.9


def monday(published: date, weeks: int) -> date:
    return published + timedelta(7 * weeks - published.weekday())


def dated(words: list[str], published: date, ahead: bool) -> Result:
    """A month with a day or two, in either order, with or without a year."""
    month = next(MONTHS[word] for word in words if word in MONTHS)
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
        return published.year + STEPS[words[-2]]
    return int(words[-1]) if words[-1].isdigit() and len(words[-1]) == 4 else None


def spelt_day(words: list[str], published: date, ahead: bool) -> Result:
    """'first of May', 'twenty-first of March 2019'."""
    return dated([str(ordinal(words)), *words[words.index("of") + 1 :]], published, ahead)


def day_of(words: list[str], published: date, ahead: bool) -> Result:
    """'5th of next month'."""
    month = periods.month(published.year, published.month + STEPS[words[-2]])
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


def month(words: list[str], published: date, ahead: bool) -> Result:
    number = MONTHS[words[0]]
    if year := _year_told(words, published):
        return periods.month(year, number), "month" if words[-1] == "year" else "absolute_month", 0.97
    if number == published.month:
        return periods.month(published.year, number), "month_near", 0.8
    first = _open_date([date(published.year + y, number, 1) for y in (-1, 0, 1)], published, ahead)
    if first > published and not ahead:
        first = first.replace(year=first.year - 1)
    return periods.month(first.year, number), "month_near", 0.8


def iso(words: list[str], published: date, ahead: bool) -> Result:
    return periods.day(date(*map(int, words))), "absolute_day", 0.99


def numeric(words: list[str], published: date, ahead: bool) -> Result:
    """15/01/2020, 01/15/2020 or, where either reads, the one that is nearest to publication."""
    a, b, year = map(int, words)
    readings = [at for at in {_day_or_none(year, b, a), _day_or_none(year, a, b)} if at]
    if not readings:
        raise ValueError(words)
    confidence = 0.95 if len(readings) == 1 else 0.5
    return periods.day(periods.nearest(sorted(readings), published)), "absolute_day", confidence


def dotted(words: list[str], published: date, ahead: bool) -> Result:
    day, month, year = map(int, words)
    return periods.day(date(year, month, day)), "absolute_day", 0.95


def years(words: list[str], published: date, ahead: bool) -> Result:
    first, last = int(words[0]), int(words[-1])
    if last < 100:
        last += first // 100 * 100
    if first > last:
        raise ValueError(words)
    return periods.years(first, last), "absolute_years", 0.95


def year(words: list[str], published: date, ahead: bool) -> Result:
    return periods.years(int(words[-1]), int(words[-1])), "absolute_year", 0.9


def decade(words: list[str], published: date, ahead: bool) -> Result:
    return periods.around(date(int(words[0]), 1, 1), "decade"), "absolute_decade", 0.95


def century(words: list[str], published: date, ahead: bool) -> Result:
    return periods.century(ordinal(words)), "absolute_century", 0.95


def season(words: list[str], published: date, ahead: bool) -> Result:
    """'summer of 2018', 'winter 2016-17', 'spring last year'; a winter is told by the year in which it begins."""
    year = _year_told(words, published)
    if year and words[-1] != "year":
        return periods.season(year, words[0]), "absolute_season", 0.95
    years = [int(word) for word in words if word.isdigit()]
    if not year and (years[0] + 1) % 100 != years[1]:
        raise ValueError(words)
    return periods.season(year or years[0], words[0]), "season" if year else "absolute_season", 0.95


def quarter(words: list[str], published: date, ahead: bool) -> Result:
    year = _year_told(words, published)
    if not year:
        raise ValueError(words)
    number = int(words[1]) if words[0] == "q" else PLACES[words[0]] % 5
    return periods.quarter(year, number), "quarter" if words[-1] == "year" else "absolute_quarter", 0.95


def week_of(words: list[str], published: date, ahead: bool) -> Result:
    day, rule, confidence = dated(words[2:], published, ahead)
    return periods.week(day.first), rule, confidence
