"""Two expressions of time joined to one: 'from Monday to Wednesday', '28 December 2019 to 4 January 2020'.

What one of them leaves out it has from the other: 'March to May 2019' is March 2019.
"""

import re
from datetime import date
from functools import lru_cache

from pipelines.extract.resolve import Resolved, resolve

Expression = tuple[str, str]  # kind, surface
_YEAR = re.compile(r"\d{4}|year")


@lru_cache(maxsize=10_000)
def resolve_range(one: Expression, other: Expression, published: date, ahead: bool) -> Resolved | None:
    """From the first day of one to the last of the other; None if they are not alike or run backwards."""
    leads = (_is_whole(*one) and not _is_whole(*other)) or (ahead and not _is_whole(*one) and not _is_whole(*other))
    first: Resolved | None
    last: Resolved | None
    if leads:
        first = resolve(*one, published, ahead)
        last = _beside(other, published, first, is_later=True)
    else:
        last = resolve(*other, published, ahead)
        first = _beside(one, published, last, is_later=False)
    if not first or not last or first.first > last.first or first.last > last.last or first.grain != last.grain:
        return None
    anchor = last.anchor or first.anchor
    rule = "range" if anchor else "absolute_range"
    return Resolved(first.first, last.last, first.grain, anchor and published, rule, min(first[5], last[5]))


def _is_whole(kind: str, surface: str) -> bool:
    """Whether it tells its year, or needs none."""
    return kind not in ("weekday", "month_day", "day_month", "month") or bool(_YEAR.search(surface))


def _beside(open_one: Expression, published: date, known: Resolved | None, is_later: bool) -> Resolved | None:
    """An expression as the nearest on its side of the one that is known."""
    kind, surface = open_one
    if not known or _is_whole(kind, surface):
        return known and resolve(kind, surface, published, is_later)
    if kind == "weekday" and not any(map(str.isdigit, surface)):
        return resolve(kind, surface, known.first, is_later)
    year = known.first.year
    for candidate in (year, year + 1 if is_later else year - 1):
        found = resolve(kind, f"{surface} {candidate}", published, is_later)
        if found and (found.first >= known.first if is_later else found.first <= known.first):
            return found
    return None
