"""When an article was published, by the best evidence there is, with its basis and where the evidence stands.

In order: what the page or record says (meta), a day in its address (url), a day in the file's own name (name), the
dateline, a date line (text), a caption's day with the weekday words of the story (inferred). Failing all, the arrival
day stands in (arrival). The arrival day is no evidence: it only bounds, for nothing is published later than a day
after it arrived (time zones allow for that one day).
"""

import datetime as dt
import re
from typing import NamedTuple

from pipelines.parse.roles import Marked, Structure
from pipelines.parse.written_dates import WEEKDAY, next_weekday, stamped_date

_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d{2})[/-]?([01]\d)[/-]?([0-3]\d)(?!\d)")
"""Only years in which there were pages: an article's number may look like a day of the year 1031."""
_NOT_PAST = re.compile(r"\b(?:next|until|till|by|before|from|every|each|last|coming|on the)\s$", re.IGNORECASE)


_EARLIEST = dt.date(1700, 1, 1)
"""No news is older; a day before is a slip of a machine or of reading."""


class Published(NamedTuple):
    """Day of publication, its basis, the bounds of what the evidence allows, and the evidence's offsets in the text."""

    on: dt.date
    basis: str
    low: dt.date | None
    high: dt.date
    start: int | None
    end: int | None


def find_published(
    structure: Structure, url: str | None, stamp: str | None, path: str, arrival_day: dt.date
) -> tuple[Published, bool]:
    """The publication day, and whether evidence was set aside because it lies after the arrival day plus one.

    `url` is the page's address, `stamp` what page or record give as time of publication, `path` the drop's.
    """
    latest = arrival_day + dt.timedelta(days=1)
    too_late = False
    for on, basis, start, end in _evidence(structure, url, stamp, path):
        if on is None or on < _EARLIEST:
            continue
        if on <= latest:
            return Published(on, basis, on, on, start, end), too_late
        too_late = True
    inferred = _inferred(structure.blocks, latest)
    return inferred or Published(arrival_day, "arrival", None, latest, None, None), too_late


def _evidence(
    structure: Structure, url: str | None, stamp: str | None, path: str
) -> list[tuple[dt.date | None, str, int | None, int | None]]:
    """Every day that something states outright, the most trusted first."""
    found: list[tuple[dt.date | None, str, int | None, int | None]] = []
    if stamp:
        found.append((stamped_date(stamp), "meta", None, None))
    if url:
        block = next((block for block in structure.blocks if block.text == url), None) if url == structure.url else None
        start, end = (block.start, block.end) if block else (None, None)
        found.append((_day_in(url), "url", start, end))
    found.append((_day_in(path.rpartition("/")[2]), "name", None, None))
    if structure.dateline and (written := structure.dateline.date):
        at = structure.dateline_start
        found.append((written.on, "dateline", at + written.start, at + written.end))
    if written := structure.date_line:
        found.append((written.on, "text", written.start, written.end))
    return found


def _day_in(name: str) -> dt.date | None:
    match = _IN_ADDRESS.search(name)
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def _inferred(blocks: list[Marked], latest: dt.date) -> Published | None:
    """From the latest caption's day on, the last day that the story's weekday words name within a week.

    'Early on Thursday' under a picture of Sunday 2 February 2020 was published on the 6th: a story does not tell of
    days to come, and its picture is of the days it tells of.
    """
    days = [day for block in blocks if (day := _day_of_story(block)) and day <= latest]
    if not days:
        return None
    taken = max(days)
    if taken < _EARLIEST:
        return None
    best, start, end = taken, None, None
    for block in blocks:
        if block.role != "body":
            continue
        for match in WEEKDAY.finditer(block.text):
            day = next_weekday(match[0], taken)
            if best <= day <= latest and not _NOT_PAST.search(block.text, max(0, match.start() - 12), match.start()):
                if day > best or start is None:
                    start, end = block.start + match.start(), block.start + match.end()
                best = day
    high = min(taken + dt.timedelta(days=6), latest) if start is not None else latest
    return Published(best, "inferred", taken, max(high, best), start, end)


def _day_of_story(block: Marked) -> dt.date | None:
    return block.caption.on if block.caption and not block.caption.is_file_photo else None
