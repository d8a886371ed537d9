"""What an expression of time comes to: from its words and the day of publication to first and last day.

The expressions are found by `dates.py` and joined by `ranges.py`. The rules are in `told.py`, `reckoned.py` and
`parts.py`, the arithmetic of days in `periods.py`.
"""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from pipelines.extract import parts, reckoned, told
from pipelines.extract.numerals import words_of
from pipelines.extract.told import Result


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


_RULES: dict[str, Callable[[list[str], date, bool], Result]] = {
    "weekday": told.weekday,
    "month_day": told.dated,
    "day_month": told.dated,
    "spelt_day": told.spelt_day,
    "day_of": told.day_of,
    "month": told.month,
    "iso": told.iso,
    "numeric": told.numeric,
    "dotted": told.dotted,
    "years": told.years,
    "year": told.year,
    "decade": told.decade,
    "century": told.century,
    "season": told.season,
    "quarter": told.quarter,
    "half": parts.half,
    "edge": parts.edge,
    "nth": parts.nth,
    "part": parts.part,
    "near": reckoned.near,
    "relative": reckoned.relative,
    "window": reckoned.window,
    "ago": reckoned.ago,
    "within": reckoned.within,
    "week_of": told.week_of,
    "weekend": reckoned.weekend,
}
