"""Parts of a longer time: 'early 2018', 'first two weeks of January', 'last Friday of March', 'second half of 2019'."""

from datetime import date, timedelta

from pipelines.extract import periods
from pipelines.extract.periods import Period
from pipelines.extract.reckoned import relative
from pipelines.extract.told import PLACES, SEASONS, STEPS, WEEKDAYS, Result, century, decade, month, season, year

_UNITS = frozenset({"week", "month", "year", "quarter", "decade"})
_PARTS = {"early": 0, "beginning": 0, "start": 0, "mid": 1, "middle": 1, "late": 2, "end": 2}


def half(words: list[str], published: date, ahead: bool) -> Result:
    whole, rule, confidence = _base(words[3:], published, ahead)
    if words[0] not in ("first", "second", "last", "final"):
        raise ValueError(words)
    return periods.half(whole, words[0] != "first"), f"{rule}_half", confidence


def _base(words: list[str], published: date, ahead: bool) -> Result:
    """What a part is part of: 'this month', 'the year', 'January 2019', '2019', 'the 1990s', 'summer of 2018'."""
    if words[0] in STEPS and words[1] in _UNITS:
        return relative(words, published, ahead)
    if words[0] == "the":
        words = words[1:]
    if "century" in words:
        return century(words, published, ahead)
    if words[0] in SEASONS:
        return season(words, published, ahead)
    if words[0].isdigit():
        return (decade if words[-1] == "s" else year)(words, published, ahead)
    return month(words, published, ahead)


def _after_of(words: list[str]) -> int:
    return next(i for i, word in enumerate(words) if word in ("of", "in")) + 1


def edge(words: list[str], published: date, ahead: bool) -> Result:
    """'first two weeks of January', 'last quarter of 2019', 'second week of March'."""
    at = _after_of(words)
    whole, rule, confidence = _base(words[at:], published, ahead)
    unit = words[at - 2].removesuffix("s")
    number, count = PLACES[words[0]], int(words[1]) if at > 3 else 1
    if at == 3 and unit != words[1]:
        raise ValueError(words)  # 'the first days of January' do not say how many
    if number > 1:
        if count > 1:
            raise ValueError(words)
        return periods.nth(whole, number, unit), f"{rule}_nth", confidence
    period = periods.edge(whole, count, unit, number < 0)
    return period, f"{rule}_edge", confidence


def nth(words: list[str], published: date, ahead: bool) -> Result:
    """'first Monday of March', 'last weekend in May 2019'."""
    whole, rule, confidence = _base(words[3:], published, ahead)
    if words[1] == "weekend":
        first = periods.nth_weekday(whole, PLACES[words[0]], 5)
        return Period(first, first + timedelta(1), "day"), f"{rule}_nth", confidence
    day = periods.nth_weekday(whole, PLACES[words[0]], WEEKDAYS[words[1][:3]])
    return periods.day(day), f"{rule}_nth", confidence


def part(words: list[str], published: date, ahead: bool) -> Result:
    rest = words[2:] if words[1] in ("of", "in") else words[1:]
    whole, rule, confidence = _base(rest, published, ahead)
    return periods.third(whole, _PARTS[words[0]]), f"{rule}_part", confidence - 0.1
