"""Days, weeks, months and years as first and last days: the arithmetic behind `dates.py`, without any text.

A period that the calendar does not have (before year 1, 31 February) raises ValueError or OverflowError.
"""

import calendar
from datetime import date, timedelta
from typing import NamedTuple


class Period(NamedTuple):
    """First and last day, both within it, and its unit: day, week, month, quarter, season, year, decade or century."""

    first: date
    last: date
    grain: str


def day(at: date) -> Period:
    """The day itself."""
    return Period(at, at, "day")


def week(at: date) -> Period:
    """Monday to Sunday around a day."""
    first = at - timedelta(at.weekday())
    return Period(first, first + timedelta(6), "week")


def month(year: int, number: int) -> Period:
    """A month; `number` may run over into other years (0 is the December before)."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    return Period(date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1]), "month")


def quarter(year: int, number: int) -> Period:
    """A quarter of a year; `number` may run over as in `month`."""
    return Period(month(year, 3 * number - 2).first, month(year, 3 * number).last, "quarter")


def years(first: int, last: int) -> Period:
    """From one year to another."""
    return Period(date(first, 1, 1), date(last, 12, 31), "year")


def season(year: int, name: str) -> Period:
    """The season that begins in a year, of the northern half of the globe and of the weathermen: from the 1st on."""
    number = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}[name]
    return Period(date(year, number, 1), month(year, number + 2).last, "season")


def century(number: int) -> Period:
    """The 19th from 1801 to 1900."""
    return years(100 * number - 99, 100 * number)._replace(grain="century")


def weekend(at: date) -> Period:
    """The latest Saturday and Sunday of which one at least has begun by this day."""
    saturday = at - timedelta((at.weekday() - 5) % 7)
    return Period(saturday, saturday + timedelta(1), "day")


def shifted(at: date, count: int, unit: str) -> date:
    """A day some units later, or earlier if negative; the 31st may become the 30th."""
    if unit in ("day", "week"):
        return at + timedelta(count * (7 if unit == "week" else 1))
    months = count * {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit]
    into = month(at.year, at.month + months)
    return min(into.first + timedelta(at.day - 1), into.last)


def around(at: date, unit: str) -> Period:
    """The unit that holds a day."""
    if unit == "day":
        return day(at)
    elif unit == "week":
        return week(at)
    elif unit == "month":
        return month(at.year, at.month)
    elif unit == "quarter":
        return quarter(at.year, (at.month + 2) // 3)
    elif unit == "year":
        return years(at.year, at.year)
    elif unit == "century":
        return century((at.year + 99) // 100)
    return years(at.year // 10 * 10, at.year // 10 * 10 + 9)._replace(grain="decade")


def third(whole: Period, part: int) -> Period:
    """The early (0), middle (1) or late (2) third of a period; of a month 1-10, 11-20 and 21 to its end."""
    if whole.grain == "month":
        first = whole.first + timedelta(10 * part)
        return Period(first, whole.last if part == 2 else first + timedelta(9), "month")
    months = (whole.last.year - whole.first.year) * 12 + whole.last.month - whole.first.month + 1
    if months < 3:
        days = (whole.last - whole.first).days + 1
        cuts = [days * k // 3 for k in range(4)]
        return Period(whole.first + timedelta(cuts[part]), whole.first + timedelta(cuts[part + 1] - 1), whole.grain)
    size = months // 3
    first = shifted(whole.first, size * part, "month")
    # The late third ends with the whole: behind it the calendar may end, too.
    return Period(first, whole.last if part == 2 else shifted(first, size, "month") - timedelta(1), whole.grain)


def half(whole: Period, is_second: bool) -> Period:
    """The first or second half of a period; of a month 1-15 and 16 to its end."""
    months = (whole.last.year - whole.first.year) * 12 + whole.last.month - whole.first.month + 1
    if months > 1:
        middle = shifted(whole.first, months // 2, "month")
    else:
        middle = whole.first + timedelta(min(15, ((whole.last - whole.first).days + 1) // 2))
    return whole._replace(first=middle) if is_second else whole._replace(last=middle - timedelta(1))


def nth(whole: Period, number: int, unit: str) -> Period:
    """The second, third … unit of a period, counted from its first day."""
    period = Period(shifted(whole.first, number - 1, unit), shifted(whole.first, number, unit) - timedelta(1), unit)
    if period.last > whole.last:
        raise ValueError(number)
    return period


def nth_weekday(whole: Period, number: int, weekday: int) -> date:
    """The first (1), second … or last (-1) Monday (0), Tuesday … of a period."""
    if number < 0:
        return whole.last - timedelta((whole.last.weekday() - weekday) % 7)
    at = whole.first + timedelta((weekday - whole.first.weekday()) % 7 + 7 * (number - 1))
    if at > whole.last:
        raise ValueError(number)
    return at


def edge(whole: Period, count: int, unit: str, is_last: bool) -> Period:
    """The first or last so many units of a period: 'the last two weeks of January'."""
    if is_last:
        first = shifted(whole.last + timedelta(1), -count, unit)
        return Period(first, whole.last, unit)
    return Period(whole.first, shifted(whole.first, count, unit) - timedelta(1), unit)


def nearest(candidates: list[date], at: date) -> date:
    """The candidate closest to a day, where a day to come counts twice as far as one gone by."""
    return min(candidates, key=lambda c: (c - at).days * 2 if c > at else (at - c).days)
