"""Finds expressions of time and resolves them against the day of publication to a first and a last day.

One regex finds them; what they come to is worked out in `resolve.py`, once for each different expression
and day. Clock times, festivals and seasons are left alone.
"""

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from pipelines.extract.resolve import resolve

# Each begins with a plain set of letters, here and in every alternative below: the engine then refuses most
# words at their first letter.
_MONTH = (
    r"[JFMASOND](?:(?<=J)(?:anuary|une|uly)|(?<=F)ebruary|(?<=M)(?:arch|ay)|(?<=A)(?:pril|ugust)|(?<=S)eptember"
    r"|(?<=O)ctober|(?<=N)ovember|(?<=D)ecember)\b"
)
_SHORT = (
    r"[JFMASOND](?:(?<=J)(?:an|un|ul)|(?<=F)eb|(?<=M)ar|(?<=A)(?:pr|ug)|(?<=S)ept?|(?<=O)ct|(?<=N)ov|(?<=D)ec)"
    r"\b\.?"
)
_DAY = r"[0-3]?\d(?:st|nd|rd|th)?"
_SPAN = rf"{_DAY}(?:\s?[-–]\s?{_DAY})?"
_YEAR = r"[12]\d\d\d(?![\w%]|[.,:/-]\d)"
_SOME_YEAR = rf"(?:{_YEAR}|(?:this|last|next)\syear\b)"
_NAMED = rf"(?:{_MONTH}|{_SHORT})"
_MONTH_DAY = rf"\s{_SPAN}(?![\w:%]|[.,]\d)(?:,?\s{_YEAR})?"
_DAY_MONTH = rf"{_SPAN}\s(?:of\s)?{_NAMED}(?:,?\s{_YEAR})?"
_WEEKDAY = r"[MTWFS](?:on|ues|ednes|hurs|ri|atur|un)day\b"
_HOURS = r"(?:morning|afternoon|evening)\b"
_COUNT = r"[aotfsen1-9]\w{0,5}"
_UNIT = r"(?:hour|day|week|month|quarter|year|decade)s?\b"
_STEP = r"[lLnNtTpPc](?:ast|ext|his|revious|oming)"
_BASE = rf"(?:(?:this|last|next)\s(?:week|month|year|quarter)\b|{_MONTH}(?:\s{_YEAR})?|{_YEAR})"

# (kind, pattern): the first that matches counts.
_KINDS = (
    ("weekday", rf"{_WEEKDAY}(?:,?\s(?:{_NAMED}{_MONTH_DAY}|{_DAY_MONTH})|\s{_HOURS}|\snight\b)?"),
    ("month_day", rf"{_MONTH}{_MONTH_DAY}"),
    ("month_day", rf"{_SHORT}{_MONTH_DAY}"),
    ("month", rf"{_MONTH}(?:,?\s{_YEAR})?"),
    ("month", rf"{_SHORT}\s{_YEAR}"),
    ("day_month", _DAY_MONTH),
    ("iso", r"[12]\d\d\d-[01]\d-[0-3]\d(?!\w)"),
    ("numeric", r"[0-3]?\d/[0-3]?\d/[12]\d\d\d(?!\w)"),
    ("dotted", r"[0-3]?\d\.[01]?\d\.[12]\d\d\d(?!\w)"),
    ("years", rf"[12]\d\d\d(?:\s?[-–]\s?|\sto\s|\sand\s){_YEAR}"),
    ("decade", r"[12]\d\d0s\b"),
    ("year", _YEAR),
    ("quarter", rf"Q[1-4]\s{_YEAR}"),
    ("quarter", rf"[fst](?:irst|econd|hird|ourth)\s(?:quarter|half)\sof\s{_SOME_YEAR}"),
    ("edge", rf"[lLfF](?:ast|irst)\s(?:{_COUNT}\s)?{_UNIT}\sof\s{_BASE}"),
    ("part", rf"[eEmMlLbBs](?:arly|id|iddle|ate|nd|eginning|tart)(?:\sof\s|\sin\s|\s|-){_BASE}"),
    ("near", r"[yY]esterday\b"),
    ("near", r"[tT](?:oday|omorrow|onight)\b"),
    ("near", rf"[lLtT](?:ast\snight\b|his\s{_HOURS})"),
    ("relative", rf"{_STEP}\s(?:(?:week(?:end)?|month|quarter|year|decade)\b|{_MONTH}|{_WEEKDAY})"),
    ("window", rf"{_STEP}\s{_COUNT}\s{_UNIT}"),
    ("ago", rf"{_COUNT}\s{_UNIT}\sago\b"),
    ("weekend", r"weekend\b"),
)
# The first letters of all of them. It changes nothing but the time, which it halves; a new kind must pass
# it, too.
_GATE = (
    r"(?=[0-9]|J[au]|F[eiro]|M[aoi]|A[pu]|S[aeut]|Oc|No|Ne|De|T[ou]|Th[ui]|We|Q\d|Ye|E[an]|La|Be|P[ar]|Co"
    r"|ye|to[dmn]|th[ir]|tw[eo]|ten|la[st]|ne|pas|pre|com|ea|en|eig|ele|mi|beg|sta|fi[rv]|fou|se[cv]|six"
    r"|an? [hdwmqy]|one|ni|we)"
)
_ANY = "|".join(pattern for _, pattern in _KINDS)
_AT_START = re.compile(_ANY)
_INSIDE = re.compile(rf"[\s(\[\"'“‘—]{_GATE}(?:{_ANY})")
_WHICH = re.compile("|".join(rf"({pattern})" for _, pattern in _KINDS))

# A bare year, or a month that is also a word or a name, needs one of these before it.
_PLACED = re.compile(
    r"\b(?:in|since|until|till|by|from|during|of|before|after|through|throughout|to|around|between|for|as|the|early|late|mid"
    r"|last|next|this|every|each)\s\Z",
    re.IGNORECASE,
)
_ALSO_WORDS = frozenset({"March", "April", "May", "June", "August"})
_NOT_DATES = re.compile(r"(?:Black|Good|Ash|Palm|Easter|Bloody|Super|Maundy)\s\Z")
_TITLES_AFTER = re.compile(
    r"\s(?:Times|Mail|Telegraph|Mirror|Express|Sun|Post|Herald|Tribune|Independent|School|Club)\b"
)
# The words of the sentence before an expression that turn it to what is to come; the first pattern only
# saves time.
_AHEAD_HINT = re.compile(r"ll\b| (?:to|due|set|planned|scheduled|upcoming|coming)\b")
_AHEAD = re.compile(
    r"\b(?:will|shall|(?:he|she|it|they|we|I|you)['’]ll|(?:is|are|was|were)\s(?:to|due|set|scheduled|planned|expected)"
    r"|(?:due|scheduled|set|planned)\s(?:to|for|on)|expected\sto|upcoming|coming)\b[^.]*\Z"
)
_OPEN = frozenset({"weekday", "month_day", "day_month", "month"})  # what may lie on either side of publication


class Found(NamedTuple):
    """A date expression: offsets, first and last day, grain, the day it counts from, rule, confidence."""

    start: int
    end: int
    first: date
    last: date
    grain: str
    anchor: date | None
    rule: str
    confidence: float


def find_dates(text: str, start: int, end: int, published_on: date) -> list[Found]:
    """The expressions of time between two offsets, in order, less a leading preposition or article."""
    at, spans = start, []
    if opening := _AT_START.match(text, start, end):
        at = opening.end()
        spans.append((start, at))
    spans += [(match.start() + 1, match.end()) for match in _INSIDE.finditer(text, at, end)]
    dates = (_found(text, start, first, last, published_on) for first, last in spans)
    return [found for found in dates if found]


def _found(text: str, start: int, first: int, last: int, published_on: date) -> Found | None:
    """The expression from `first` to `last` of a paragraph from `start`, if it comes to something."""
    surface = text[first:last]
    kind = _kind_of(surface)
    if kind in ("year", "month", "weekend") and not _is_placed(kind, surface, text, start, first):
        return None
    if kind == "weekday" and (_NOT_DATES.search(text, max(start, first - 8), first) or _TITLES_AFTER.match(text, last)):
        return None
    ahead = kind in _OPEN and _looks_ahead(text[max(start, first - 80) : first])
    resolved = resolve(kind, surface, published_on, ahead) if kind else None
    return Found(first, last, *resolved) if resolved else None


@lru_cache(maxsize=50_000)
def _kind_of(surface: str) -> str:
    which = _WHICH.match(surface)
    return _KINDS[(which.lastindex or 1) - 1][0] if which else ""


def _looks_ahead(before: str) -> bool:
    return bool(_AHEAD_HINT.search(before) and _AHEAD.search(before))


def _is_placed(kind: str, surface: str, text: str, start: int, first: int) -> bool:
    """Whether the word before a bare year, 'May' or 'weekend' makes it a time."""
    if kind == "month" and surface not in _ALSO_WORDS:
        return True
    return bool(_PLACED.search(text, max(start, first - 12), first))
