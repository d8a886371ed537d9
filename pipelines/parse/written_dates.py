"""Dates as a text writes them out: '5 February 2020', 'Feb. 5', '2020-02-05'. Only what names a day is read here.

Expressions such as 'last week' are extract/dates.py's; which date is that of publication is published.py's.
"""

import datetime as dt
import re
from email.utils import parsedate_to_datetime
from typing import NamedTuple

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan enero janvier",
            "february feb febrero février fév",
            "march mar marzo mars",
            "april apr abril abr avril",
            "may mayo mai",
            "june jun junio juin",
            "july jul julio juillet juil",
            "august aug agosto ago août",
            "september sep sept septiembre septembre",
            "october oct octubre octobre",
            "november nov noviembre novembre",
            "december dec diciembre dic décembre déc",
        ),
        1,
    )
    for name in names.split()
}
MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
DAY_DATE = re.compile(
    rf"(?P<iso>\b(?P<iso_y>\d{{4}})-(?P<iso_m>\d{{2}})-(?P<iso_d>\d{{2}})(?!\d))"
    rf"|(?P<mdy>\b(?P<mdy_m>{MONTH})\s(?P<mdy_d>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s(?P<mdy_y>\d{{4}})\b)?)"
    rf"|(?P<dmy>\b(?P<dmy_d>\d{{1,2}})(?:st|nd|rd|th|er)?\s(?:de\s)?(?P<dmy_m>{MONTH})(?:,?\s(?:de\s)?(?P<dmy_y>\d{{4}})\b)?)",
    re.IGNORECASE,
)
_SAME_LETTER = str.maketrans({"ı": "i", "İ": "i", "ſ": "s"})
"""Letters that IGNORECASE takes for a Latin one and lower() does not turn into it: 'APRİL' on a Turkish keyboard."""
WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class WrittenDate(NamedTuple):
    """A day and where it stands in the string that was read; `has_year` is false where the year was supplied."""

    on: dt.date
    start: int
    end: int
    has_year: bool


def first_date(text: str, latest: dt.date) -> WrittenDate | None:
    """The first written day in the text. One without a year is the last such day that is not after `latest`."""
    for match in DAY_DATE.finditer(text):
        kind = next(name for name in ("iso", "mdy", "dmy") if match[name])
        month, year = match[f"{kind}_m"], match[f"{kind}_y"]
        number = int(month) if month.isdigit() else _MONTHS[month.translate(_SAME_LETTER).lower().rstrip(".")]
        day = _date(int(year) if year else latest.year, number, int(match[f"{kind}_d"]))
        if day is not None and not year and day > latest:
            day = _date(latest.year - 1, number, day.day)
        if day is not None:
            return WrittenDate(day, match.start(), match.end(), bool(year))
    return None


def stamped_date(stamp: str) -> dt.date | None:
    """The day of a machine's time stamp, ISO 8601 or RFC 2822, in the stamp's own time zone."""
    try:
        return dt.datetime.fromisoformat(stamp.strip()).date()
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(stamp).date()
    except (ValueError, OverflowError):
        found = first_date(stamp, dt.date.max)
        return found.on if found and found.has_year else None


def next_weekday(name: str, since: dt.date) -> dt.date:
    """The first day on or after `since` that is the weekday of this English name."""
    return since + dt.timedelta(days=(_WEEKDAYS.index(name) - since.weekday()) % 7)


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
