"""Finds expressions of time and resolves them against the day of publication to a first and a last day.

One regex, put together in `expressions.py`, finds them; here their neighbours decide whether they are times at all and
what is to come. What they come to is worked out in `resolve.py`, once for each different expression and day. Clock
times and festivals are left alone.
"""

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from pipelines.extract.expressions import COUNTED, GATE, JOINED, JOINT, KINDS
from pipelines.extract.ranges import resolve_range
from pipelines.extract.resolve import resolve

_ANY = "|".join(pattern for _, pattern in KINDS)
_AT_START = re.compile(_ANY)
_INSIDE = re.compile(rf"[\s(\[\"'“‘—]{GATE}(?:{_ANY})")
_WHICH = re.compile("|".join(rf"({pattern})" for _, pattern in KINDS))
_JOINT = re.compile(JOINT)
_CLOSE = frozenset("yesterday today tonight tomorrow".split())

# A bare year, or a month that is also a word or a name, needs one of these before it.
_FIRM = frozenset("in since until till during throughout early late mid last next this between".split())
_LOOSE = frozenset("by from of before after through to around for as the every each".split())
_ITS = frozenset("a an his her its their our my".split())
_ALSO_WORDS = frozenset({"March", "April", "May", "June", "August"})
_NAME_AFTER = re.compile(r"\s(?!I\b)[A-Z]")
_COUNTED = re.compile(COUNTED)
_NAME_OF_OWNER = re.compile(r"\s[A-Z]\w+['’]s\b")
_PLURAL = re.compile(r"\s[a-z]+s\b")
# Days with a name of their own, and papers, clubs and shows named by a day.
_NAMED_DAY = frozenset(
    "Black Good Ash Palm Easter Bloody Super Maundy Whit Shrove Holy Cyber Giving Ruby Freaky Sheffield"
    " Blue Stormy Man Girl Joe Manic Fat Low Trinity Pancake".split()
)
_TITLE_AFTER = re.compile(
    r"\s(?:Times|Mail|Telegraph|Mirror|Express|Sun|Post|Herald|Tribune|Independent|School|Club|Group|Magazine|Review"
    r"|Journal|Night|Evening|Morning|Live|World|News|Day|Street|Road|Avenue|Lane|Square|Hospital|Movement|Youth|Brigades?"
    r"|Commission|Committee|Project|Overture|best|school)\b"
)
# What comes round again is no date.
_EVERY = frozenset("every each any one a an Every Each Any One".split())
_RECURS = re.compile(
    r"\b(?:(?:[eE]very|[eE]ach|[aA]ny)(?:\s(?:other|first|second|third|fourth|last|single|given|and|or|[A-Z][a-z]+),?)*"
    r"|[oO]ne|[oO]n\san?)\s\Z"
)
_RECURRING = re.compile(
    r"(?:\sand\s[A-Z][a-z]+)?\s(?:(?:(?:of|in)\s)?(?:each|every)|annually|of\sthe\smonth"
    r"|(?:morning|afternoon|evening|night)s)\b"
)
_QUOTES = tuple("\"“”'‘’")
# The words of the sentence before an expression that turn it to what is to come; the set only saves time.
_AHEAD_HINTS = frozenset(
    "to due set planned scheduled expected upcoming coming will shall must may might would".split()
)
_AHEAD_HINTS |= {f"{who}{mark}ll" for who in "he she it they we I you".split() for mark in "'’"} | {"won't", "won’t"}
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
_OPENS = re.compile(r"\b(?:(?:begin|start|open|reopen|resume|end|close|return)s?(?:\s\w+)?|takes?\s\w+)\son\s\Z")
# 'The vote is in two weeks', but 'the first in two weeks' and 'rose 10 % in two weeks'.
_DUE_IN = re.compile(
    r"\b(?:is|are|be|due|begins?|starts?|opens?|reopens?|ends?|expires?|closes?|leaves?|returns?|resumes?|retires?"
    r"|arrives?|place|effect)\s[iI]n\s\Z"
)
_NOT_DUE_IN = re.compile(
    r"(?:\b(?:first|second|third|last|times?|\w+est|only|most|once|twice)(?:\s\w+)?|%|percent)\s[iI]n\s\Z"
)
# Names of the calendar, which may be other names or come round again; and what may lie on either side of publication.
_CALENDAR = frozenset("weekday month_day day_month month weekend".split())
_OPEN = frozenset("weekday month_day day_month spelt_day month weekend relative half part edge nth week_of".split())
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
    match = _AT_START.match(text, start, end) or _INSIDE.search(text, start, end)
    while match:
        first, at = match.start() + (match.re is _INSIDE), match.end()
        if one := _found(text, start, end, first, at, published_on):
            found.append(one)
            at = one.end
        match = _INSIDE.search(text, at, end)
    return found


def _found(text: str, start: int, end: int, first: int, last: int, published_on: date) -> Found | None:
    """The expression from `first` to `last` of a paragraph from `start` to `end`, if it comes to something."""
    surface, before, after = text[first:last], text[max(start, first - 80) : first], text[last : min(end, last + 40)]
    kind = _kind_of(surface) or _kind_here(text, first, last)
    words = before.split()
    if not _is_time(kind, surface, before, words, after):
        return None
    ahead = kind in _OPEN and _looks_ahead(kind, before, words)
    if kind in JOINED and (joint := _JOINT.match(text, last, end)):
        other = _AT_START.match(text, joint.end(), end)
        if other and _may_join(kind, joint[0], before):
            span = (kind, surface), (_kind_of(other[0]), other[0])
            if resolved := resolve_range(*span, published_on, ahead):
                return None if _RECURRING.match(text, other.end(), end) else Found(first, other.end(), *resolved)
    if kind == "within":
        first -= len("in ")
    elif kind == "relative" and before.endswith(("the ", "The ")) and _UNIT_STEP.match(surface):
        kind = "window"
    resolved = resolve(kind, surface, published_on, ahead)
    return Found(first, last, *resolved) if resolved else None


@lru_cache(maxsize=50_000)
def _kind_of(surface: str) -> str:
    """The kind of an expression that needs nothing before it."""
    which = _WHICH.fullmatch(surface)
    return KINDS[(which.lastindex or 1) - 1][0] if which else ""


def _kind_here(text: str, first: int, last: int) -> str:
    which = _WHICH.match(text, first, last)
    return KINDS[(which.lastindex or 1) - 1][0] if which else ""


def _may_join(kind: str, joint: str, before: str) -> bool:
    if "and" in joint:
        return before.endswith(("etween ", "etween the "))
    return kind not in ("near", "relative") or joint.strip().isalpha()


def _is_time(kind: str, surface: str, before: str, words: list[str], after: str) -> bool:
    """Whether what stands before and after leaves it a time, and not a name, a number or what recurs."""
    previous = words[-1] if words else ""
    if before.endswith(_QUOTES) and after.startswith(_QUOTES):
        return False
    if kind in _CALENDAR:
        if previous in _NAMED_DAY or (not _EVERY.isdisjoint(words[-6:]) and _RECURS.search(before)):
            return False
        # Most stand before a comma or a full stop, where nothing more can follow.
        if after[:1] == " " and (_RECURRING.match(after) or _TITLE_AFTER.match(after)):
            return False
        if kind == "weekday":
            return not (previous in ("", "the", "The") or previous[-1] in ".?!") or not _NAME_AFTER.match(after)
        if kind == "month":
            return surface not in _ALSO_WORDS or _is_placed_month(previous, after)
        return kind != "weekend" or previous.lower() in _FIRM | _LOOSE
    if kind == "years":
        return not _COUNTED.match(after)
    if kind == "year":
        return _is_placed_year(surface, previous, after)
    if kind == "within":
        return not _NOT_DUE_IN.search(before) and (_looks_ahead(kind, before, words) or bool(_DUE_IN.search(before)))
    # A film, a paper or a show, not a day: 'USA Today'.
    return kind != "near" or surface.lower() not in _CLOSE or surface.islower() or not previous[-1:].isalpha()


def _is_placed_month(previous: str, after: str) -> bool:
    word = previous.lower()
    if word == "in" and _NAME_OF_OWNER.match(after):
        return False
    return word in _FIRM or (word in _LOOSE and not _NAME_AFTER.match(after))


def _is_placed_year(surface: str, previous: str, after: str) -> bool:
    if _COUNTED.match(after) or _TITLE_AFTER.match(after):
        return False
    if surface.endswith("00") and _PLURAL.match(after):
        return False
    word = previous.lower()
    if surface.startswith("year") or word in _FIRM or word in _LOOSE:
        return True
    if previous == "(":
        return after.startswith(")")
    return word in _ITS and not _PLURAL.match(after)


def _looks_ahead(kind: str, before: str, words: list[str]) -> bool:
    if not _AHEAD_HINTS.isdisjoint(words) and _AHEAD.search(before):
        return not _BACK.search(before)
    return kind == "weekday" and words[-1:] == ["on"] and bool(_OPENS.search(before))
