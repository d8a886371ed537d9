"""Finds expressions of time and resolves them against the day of publication to a first and a last day.

One regex, put together in `expressions.py`, finds them; here their neighbours decide whether they are times at all and
what is to come. What they come to is worked out in `resolve.py`, once for each different expression and day. Clock
times and festivals are left alone.
"""

import re
from datetime import date
from typing import NamedTuple

from pipelines.extract.expressions import COUNTED, GATE, JOINED, JOINT, KINDS
from pipelines.extract.ranges import resolve_range
from pipelines.extract.resolve import resolve

_ANY = "|".join(f"({pattern})" for _, pattern in KINDS)
_AT_START = re.compile(_ANY)
_INSIDE = re.compile(rf"[\s(\[\"'“‘—]{GATE}(?:{_ANY})")
_JOINT = re.compile(JOINT)

# A bare year, or a month that is also a word or a name, needs one of these before it.
_FIRMLY = r"in|since|until|till|during|throughout|early|late|mid|last|next|this|between"
_PLACED = re.compile(
    rf"\b(?:{_FIRMLY}|by|from|of|before|after|through|to|around|for|as|the|every|each)\s\Z", re.IGNORECASE
)
_FIRMLY_PLACED = re.compile(rf"\b(?:{_FIRMLY})\s\Z", re.IGNORECASE)
_ITS = re.compile(r"\b(?:an?|his|her|its|their|our|my)\s\Z")
_ALSO_WORDS = frozenset({"March", "April", "May", "June", "August"})
_NAME_AFTER = re.compile(r"\s(?!I\b)[A-Z]")
_COUNTED = re.compile(COUNTED)
_PLURAL = re.compile(r"\s[a-z]+s\b")
# Days with a name of their own, and papers, clubs and shows named by a day.
_NAMED_DAY = re.compile(
    r"(?:Black|Good|Ash|Palm|Easter|Bloody|Super|Maundy|Whit|Shrove|Holy|Cyber|Giving|Ruby|Freaky|Sheffield"
    r"|Fourth\sof)\s\Z"
)
_TITLE_AFTER = re.compile(
    r"\s(?:Times|Mail|Telegraph|Mirror|Express|Sun|Post|Herald|Tribune|Independent|School|Club|Group|Magazine|Review"
    r"|Journal|Night|Evening|Morning|Live|World|News|best\b|school\b)"
)
# What comes round again is no date.
_RECURS = re.compile(r"\b(?:(?:[eE]very|[eE]ach)(?:\s\w+)?|[oO]ne|[aA]ny|on\san?)\s\Z")
_RECURRING = re.compile(r"\s(?:(?:of|in)\s)?(?:each|every)\b|\sannually\b|\s(?:morning|afternoon|evening|night)s\b")
_LETTER = re.compile(r"[A-Za-z]\s\Z")
# The words of the sentence before an expression that turn it to what is to come; the first pattern only
# saves time.
_AHEAD_HINT = re.compile(
    r"ll\b|won['’]t|m[iu][gs][hst]t\b|may\b|would\b| (?:to|due|set|planned|scheduled|upcoming|coming)\b|[a-z] $"
)
_AHEAD = re.compile(
    r"\b(?:will|shall|must|may|might|would|won['’]t|(?:he|she|it|they|we|I|you)['’]ll"
    r"|(?:is|are|was|were)\s(?:to|due|set|scheduled|planned|expected)"
    r"|(?:due|scheduled|set|planned)\s(?:to|for|on)|expected\s(?:to|on|in)|(?:about|going|ready)\sto"
    r"|(?:plan|hope|intend|want|vow|promise|pledge|expect|agree)(?:s|d|ned|ed)?\sto|upcoming|coming)\b[^.]*\Z"
)
# Though the sentence looks ahead, these look back: 'he will go, he said on Friday', 'it will have stood since March'.
_BACK = re.compile(
    r"(?:\b(?:said|says|told\s[\w\s]{2,30}|announced|reported|wrote|warned|confirmed|added|threatened)"
    r"(?:,?\s(?:late|early))?(?:\son)?|\b[sS]ince)\s\Z"
)
_OPENS = re.compile(
    r"\b(?:begin|start|open|reopen|resume|end|close|return)s?\s(?:\w+\s)?(?:on\s)\Z|\btakes?\s\w+\son\s\Z"
)
# 'The vote is in two weeks', but 'the first in two weeks' and 'rose 10 % in two weeks'.
_DUE_IN = re.compile(
    r"\b(?:is|are|be|due|begins?|starts?|opens?|reopens?|ends?|expires?|closes?|leaves?|returns?|resumes?|retires?"
    r"|arrives?|place|effect)\s[iI]n\s\Z"
)
_NOT_DUE_IN = re.compile(
    r"(?:\b(?:first|second|third|last|time|times|\w+est|only|most|once|twice)(?:\s\w+)?|%|percent)\s[iI]n\s\Z"
)
_OPEN = frozenset({"weekday", "month_day", "day_month", "month", "weekend", "relative", "half", "part", "edge", "nth"})
_UNIT_STEP = re.compile(r"(?:last|next|coming)\s(?:week|fortnight|month|quarter|year|decade)\Z")


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
    found: list[Found] = []
    at, match = start, _AT_START.match(text, start, end)
    first = start
    while match or (match := _INSIDE.search(text, at, end)):
        first, at = match.start() + (match.re is _INSIDE), match.end()
        if one := _found(text, start, end, first, match, published_on):
            found.append(one)
            at = one.end
        match = None
    return found


def _found(text: str, start: int, end: int, first: int, match: re.Match[str], published_on: date) -> Found | None:
    """What begins at `first` in a paragraph from `start` to `end`, if it comes to something."""
    kind, last = KINDS[(match.lastindex or 1) - 1][0], match.end()
    surface, before = text[first:last], text[max(start, first - 80) : first]
    if not _is_time(kind, surface, before, text, last):
        return None
    ahead = kind in _OPEN and _looks_ahead(kind, before)
    if kind in JOINED and (joint := _JOINT.match(text, last, end)):
        other = _AT_START.match(text, joint.end(), end)
        if other and _may_join(kind, joint[0], before):
            span = (kind, surface), (KINDS[(other.lastindex or 1) - 1][0], other[0])
            if resolved := resolve_range(*span, published_on, ahead):
                return Found(first, other.end(), *resolved)
    if kind == "within":
        first -= len("in ")
    elif kind == "relative" and before.endswith(("the ", "The ")) and _UNIT_STEP.match(surface):
        kind = "window"
    resolved = resolve(kind, surface, published_on, ahead)
    return Found(first, last, *resolved) if resolved else None


def _may_join(kind: str, joint: str, before: str) -> bool:
    if "and" in joint:
        return before.endswith(("etween ", "etween the "))
    return kind not in ("near", "relative") or joint.strip().isalpha()


def _is_time(kind: str, surface: str, before: str, text: str, last: int) -> bool:
    """Whether what stands before and after leaves it a time, and not a name, a number or what recurs."""
    if kind in ("year", "years"):
        return not _COUNTED.match(text, last) and (kind == "years" or _is_placed_year(surface, before, text, last))
    if kind == "within":
        return not _NOT_DUE_IN.search(before) and bool(_looks_ahead(kind, before) or _DUE_IN.search(before))
    if kind == "near":
        return surface not in ("Today", "Yesterday", "Tomorrow", "Tonight") or not _LETTER.search(before)
    if kind not in ("weekday", "month_day", "day_month", "month", "weekend"):
        return True
    if _RECURS.search(before) or _RECURRING.match(text, last):
        return False
    if kind == "weekend":
        return bool(_PLACED.search(before))
    if kind == "weekday":
        is_named = before.endswith(("The ", "the ")) and _NAME_AFTER.match(text, last)
        return not (is_named or _NAMED_DAY.search(before) or _TITLE_AFTER.match(text, last))
    if kind == "month":
        return not _NAMED_DAY.search(before) and _is_placed_month(surface, before, text, last)
    return True


def _is_placed_month(surface: str, before: str, text: str, last: int) -> bool:
    if surface not in _ALSO_WORDS:
        return True
    firmly = not _NAME_AFTER.match(text, last)
    return bool((_PLACED if firmly else _FIRMLY_PLACED).search(before))


def _is_placed_year(surface: str, before: str, text: str, last: int) -> bool:
    if surface.startswith("year") or _PLACED.search(before):
        return True
    if before.endswith("("):
        return text.startswith(")", last)
    return bool(_ITS.search(before)) and not _PLURAL.match(text, last)


def _looks_ahead(kind: str, before: str) -> bool:
    if not _AHEAD_HINT.search(before) or _BACK.search(before):
        return False
    return bool(_AHEAD.search(before) or (kind == "weekday" and _OPENS.search(before)))
