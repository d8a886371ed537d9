"""When an article was published, by the best evidence there is, with its basis and where the evidence stands.

In order: what the page or record says (meta), a day in its address (url), a day in the file's own name (name), the
dateline, a date line in head or foot (text), a caption's day with the weekday words of the story (inferred), a day that
the lead names with its weekday (text), the two days that numbers in a date line can mean (text), a month in the address
(url), the day of a change alone (text). Failing all, the day on which the page was fetched or the drop arrived stands
in (arrival).
That day is no evidence: it only bounds, for nothing is published later than a day after it was seen (time zones allow
for that one day). Likewise a change bounds: what was changed had been published, that day or before.
"""

import datetime as dt
import re
from typing import NamedTuple

from pipelines.parse.captions import Caption
from pipelines.parse.lines import Line
from pipelines.parse.roles import CONTENT, Structure
from pipelines.parse.written_dates import (
    WrittenDate,
    last_such_day,
    next_weekday,
    stamped_date,
    weekday_of,
    weekdays_in,
    written_dates,
)

_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d{2})[/-]?([01]\d)[/-]?([0-3]\d)(?!\d)")
"""Only years in which there were pages: an article's number may look like a day of the year 1031."""
_MONTH_IN_ADDRESS = re.compile(r"/((?:19|20)\d{2})[/-]([01]?\d)(?=/(?!\d{1,2}(?:/|$))|-[^\d]|$)")
_NOT_PAST = frozenset(
    "next until till by before from every each last coming chaque dès prochain próximo cada hasta desde bis ab nächsten"
    " kommenden jeden gelecek her до с со каждый следующий следующую المقبل كل".split()
)
"""Words before a weekday that is not the last such day."""
_TO_COME = re.compile(
    r"\b(?:will|would|is to|are to|until|till|by|before|since|scheduled|due|planned|expected)\b", re.IGNORECASE
)
_FEASTS = frozenset("black good ash palm easter bloody super maundy cyber".split())
_FULL_STOP = re.compile(r"[.!?]\s")
_BEFORE_WEEKDAY, _BEFORE_DATE, _LEAD = 20, 60, 2
"""Characters read before a weekday and a date, paragraphs of the lead."""
_LONGEST_STAMP = 200
_HALF_A_YEAR, _WEEK = dt.timedelta(days=180), dt.timedelta(days=6)
_YEAR = re.compile(r"(?:19|20)\d\d\b")
_EARLIEST = dt.date(1700, 1, 1)
"""No news is older; a day before is a slip of a machine or of reading."""
_FIRST_CRAWL = dt.date(1996, 1, 1)
"""No archive of the web has an older page; a time of fetching before is that of a clock that was not set."""


class Published(NamedTuple):
    """Day of publication, its basis, the bounds of what the evidence allows, and the evidence's offsets in the text."""

    on: dt.date
    basis: str
    low: dt.date | None
    high: dt.date
    start: int | None
    end: int | None


class Beside(NamedTuple):
    """What is known beside the text: page address, time stamp of page or record, path of the drop, language."""

    url: str | None
    stamp: str | None
    path: str
    lang: str | None


class _Evidence(NamedTuple):
    on: dt.date | None
    basis: str
    start: int | None = None
    end: int | None = None


def seen_on(arrival_day: dt.date, fetched: str | None) -> dt.date:
    """The day on which the page was fetched, where a crawler wrote that down, else that on which the drop arrived."""
    on = stamped_date(fetched) if fetched else None
    return on if on is not None and _FIRST_CRAWL <= on < arrival_day else arrival_day


def find_published(structure: Structure, beside: Beside, seen: dt.date) -> tuple[Published, bool]:
    """The publication day, and whether evidence was set aside because it lies later than a day after `seen`."""
    last = seen + dt.timedelta(days=1)
    changed, too_late = _of_change(structure, beside.lang, last)
    latest = changed.high if changed else last
    month = _month_in(beside.url, latest) if beside.url else None
    for on, basis, start, end in _stated(structure, beside, month, latest):
        if on is None or on < _EARLIEST:
            continue
        if on <= last:
            return Published(on, basis, on, on, start, end), too_late
        too_late = True
    story = [line for line, role in zip(structure.lines, structure.roles, strict=True) if role in CONTENT]
    found = _inferred(structure, story, latest, beside.lang) or _in_lead(story, latest)
    if month and not (found and month[0] <= found.on <= month[1]):
        found = Published(month[0], "url", *month, *_place_of(beside.url, structure))
    either = _of_two(structure.published, latest)
    if changed and not either and not (month and month[1] < changed.on):
        # Of a page that tells of its last change alone, that was mostly the day it came out.
        return changed._replace(low=min(found.low, changed.on) if found and found.low else None), too_late
    found = found or either
    return found or Published(seen, "arrival", None, latest, None, None), too_late


def _of_change(structure: Structure, lang: str | None, last: dt.date) -> tuple[Published | None, bool]:
    """What the day of a change says, and whether it lies after the last day there is."""
    written = structure.updated
    if written is None:
        return None, False
    on = _one_reading(written, structure, lang)
    first, high = (on, on) if on else sorted((written.on, written.other or written.on))
    if not _EARLIEST <= first <= high <= last:
        return None, high > last
    return Published(first, "text", None, high, written.start, written.end), False


def _stated(
    structure: Structure, beside: Beside, month: tuple[dt.date, dt.date] | None, latest: dt.date
) -> list[_Evidence]:
    """Every day that something states outright, the most trusted first."""
    found = []
    if beside.stamp:
        found.append(_Evidence(_of_stamp(beside.stamp, structure, beside.lang, latest), "meta"))
    if beside.url:
        found.append(_Evidence(_day_in(beside.url), "url", *_place_of(beside.url, structure)))
    found.append(_Evidence(_day_in(beside.path.rpartition("/")[2]), "name"))
    if structure.dateline and (written := structure.dateline.date):
        on = written.on if written.has_year else _with_year(written, structure, month, latest)
        found.append(_Evidence(on, "dateline", written.start, written.end))
    if said := structure.published:
        found.append(_Evidence(_one_reading(said, structure, beside.lang), "text", said.start, said.end))
    return found


def _of_stamp(stamp: str, structure: Structure, lang: str | None, latest: dt.date) -> dt.date | None:
    """The day of a page's or record's own date: a machine's, or one written for people."""
    if on := stamped_date(stamp):
        return on
    written = next((found for found in written_dates(stamp[:_LONGEST_STAMP], latest) if found.has_year), None)
    return _one_reading(written, structure, lang) if written else None


def _one_reading(written: WrittenDate, structure: Structure, lang: str | None) -> dt.date | None:
    """The day of a date line; of '05/02/2020' the reading that the language or the story's weekday words speak for."""
    if written.other is None or (lang is not None and lang != "en"):
        return written.on
    pairs = zip(structure.lines, structure.roles, strict=True)
    story = [line.text for line, role in pairs if role in CONTENT][: _LEAD + 1]
    told = {weekday_of(match[0]) for text in story for match in weekdays_in(text)}
    # Stories tell of the day itself or of the day before.
    fitting = [on for on in (written.on, written.other) if {on.weekday(), (on.weekday() - 1) % 7} & told]
    return fitting[0] if len(fitting) == 1 else None


def _of_two(written: WrittenDate | None, latest: dt.date) -> Published | None:
    """The two days that a date line like '05/02/2018' can name, as bounds; nothing tells which of them it is."""
    if written is None or written.other is None:
        return None
    days = sorted(on for on in (written.on, written.other) if on <= latest)
    return Published(days[0], "text", days[0], days[-1], written.start, written.end) if days else None


def _place_of(url: str | None, structure: Structure) -> tuple[int | None, int | None]:
    if url is None or url != structure.url:
        return None, None
    return next((line.start, line.end) for line in structure.lines if line.text == url)


def _with_year(
    written: WrittenDate, structure: Structure, month: tuple[dt.date, dt.date] | None, latest: dt.date
) -> dt.date:
    """A dateline's day in the year that other dates of the text point to: old texts arrive years later."""
    captions = structure.captions.values()
    said = next((date.on for date in (structure.published, structure.updated) if date and date.has_year), None)
    if said is None:
        said = max((on for caption in captions if (on := _day_of(caption)) and on <= latest), default=None)
    if said is None and month:
        said = month[1]
    if said is None or said < _EARLIEST:
        return written.on
    return last_such_day(written.on.month, written.on.day, min(said + _HALF_A_YEAR, latest)) or written.on


def _day_in(name: str) -> dt.date | None:
    match = _IN_ADDRESS.search(name)
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def _month_in(url: str, latest: dt.date) -> tuple[dt.date, dt.date] | None:
    """First and last day of the month that an address names ('/ps/2015/11/249880.htm')."""
    match = _MONTH_IN_ADDRESS.search(url)
    if match is None or not 1 <= int(match[2]) <= 12:
        return None
    first = dt.date(int(match[1]), int(match[2]), 1)
    last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    return (first, min(last, latest)) if first <= latest else None


def _inferred(structure: Structure, story: list[Line], latest: dt.date, lang: str | None) -> Published | None:
    """From the latest caption's day on, the last day that the story's weekday words name within a week.

    'Early on Thursday' under a picture of Sunday 2 February 2020 was published on the 6th: a story does not tell of
    days to come, and its picture is of the days it tells of.
    """
    days = ((on, -at) for at, caption in structure.captions.items() if (on := _day_of(caption)) and on <= latest)
    taken, at = max(days, default=(None, 0))
    if taken is None or taken < _EARLIEST:
        return None
    best, start, end = taken, None, None
    for line in story:
        text = line.text
        if lang == "en" and "day" not in text:
            continue
        for match in weekdays_in(text, lang):
            day = next_weekday(match[0], taken)
            is_news = best <= day <= latest and (day > best or start is None)
            if is_news and _is_past(text[max(0, match.start() - _BEFORE_DATE) : match.start()]):
                best, start, end = day, line.place(match.start()), line.place(match.end())
    high = min(taken + _WEEK, latest) if start is not None else latest
    if start is None:
        start, end = _place_in(structure.lines[-at], taken, latest)
    return Published(best, "inferred", taken, max(high, best), start, end)


def _place_in(line: Line, on: dt.date, latest: dt.date) -> tuple[int | None, int | None]:
    """Where in the text this line names the day."""
    places = (
        (line.place(each.start), line.place(each.end)) for each in written_dates(line.text, latest) if each.on == on
    )
    return next(places, (None, None))


def _is_past(before: str) -> bool:
    """Whether a weekday behind these characters is the last such day, and not one to come or a feast's."""
    sentence = _FULL_STOP.split(before)[-1]
    words = sentence.lower().split()
    named = words[-1] if words else ""
    return (
        named not in _NOT_PAST
        and named not in _FEASTS
        and words[-2:] != ["on", "the"]
        and not _TO_COME.search(sentence)
    )


def _day_of(caption: Caption) -> dt.date | None:
    return None if caption.is_file_photo else caption.on


def _in_lead(story: list[Line], latest: dt.date) -> Published | None:
    """The day that the lead names in full ('on Wednesday, Feb. 5, 2020'), if that is the day of the week it was.

    Not later than that was the deed; the story came the same day or the next.
    """
    for line in story[:_LEAD]:
        text = line.text
        if ("20" not in text and "19" not in text) or not _YEAR.search(text):
            continue
        for written in written_dates(text, latest):
            before = text[max(0, written.start - _BEFORE_DATE) : written.start]
            names = [weekday_of(match[0]) for match in weekdays_in(before[-_BEFORE_WEEKDAY:])]
            is_named = names[-1:] == [written.on.weekday()]
            if written.has_year and is_named and _EARLIEST < written.on <= latest and not _TO_COME.search(before):
                high = min(written.on + dt.timedelta(days=1), latest)
                return Published(
                    written.on, "text", written.on, high, line.place(written.start), line.place(written.end)
                )
    return None
