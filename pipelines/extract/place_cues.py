"""What the words around a place name say of its kind, and which name lies within which: 'the town of X in Y province'.

Pure functions over a text and the names in it; `geocode.py` weighs what they find.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple


class PlaceName(NamedTuple):
    """A name taken for a place: text[start:end] is its surface, `name` what is looked up. Offsets are code points."""

    start: int
    end: int
    name: str


_KINDS = {
    "division": "province state region governorate county oblast prefecture department district canton voivodeship krai"
    " emirate republic municipality territory provinces states regions governorates counties oblasts"
    " districts division upstate",
    "settlement": "city town village hamlet port suburb township resort settlement capital downtown cities towns"
    " villages"
    " suburbs neighbourhood neighborhood mayor outskirts municipal airport residents",
    "water": "river lake sea strait gulf canal bay ocean reservoir lagoon rivers creek loch estuary channel",
    "mountain": "mountain mount volcano range peak mountains hill massif",
    "island": "island islands isle atoll islet archipelago",
    "region": "peninsula valley desert plateau plains",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_RULED = frozenset("governor premier legislature lawmakers".split())  # 'governor of X': a division
_RULING = frozenset("governor legislature lawmakers legislators troopers".split())  # 'X lawmakers': a division
# Of the words above those that stand before a name without 'of' as well: 'the river Tay', 'Lake Chad', 'downtown Lima'.
_BARE = frozenset(
    "province state upstate river lake sea strait gulf canal bay ocean lagoon rivers loch mount mountain volcano peak"
    " island isle islands city town village downtown desert".split()
)
_NOT_AFTER = frozenset("capital resort settlement port range hill channel sea peak state".split())
_HEAD = re.compile(r"[\s-]([A-Za-z]+)\b")
_LIST = re.compile(r",\s|,?\s(?:and|or)\s|,?\sand in\s")

# The gap between two names of which the first lies in the second: 'X, Y', 'X in Y', 'X, a town in northern Y'; not
# 'X, and one in Y', 'X greeted the mayor of Y'.
_WORD = r"(?!(?:and|or|but|to|for|from|into|with|while|than|then)\s)[a-z]+"
_LOOSE = r"(?:[a-z-]+ern |[a-z-]+(?:east|west|north|south) |[A-Z][a-z]+ |central |nearby |neighbou?ring )"
_NOUN = r"(?:province|state|region|governorate|county|oblast|prefecture|department|district|island|republic|territory)"
_WITHIN = re.compile(
    rf"(?:\s(?:city|town|village|port|airport|suburb|countryside|district|area))?"
    rf"(?:,\s(?:in\s)?|,?\s\(|\s(?:in|of|inside|within)\s|,\s(?:{_WORD}\s){{0,4}}(?:in|of|inside|within)\s)"
    rf"(?:the\s)?{_LOOSE}{{0,2}}(?:{_NOUN}\sof\s)?"
)
# The gap where the second lies in the first: "Ukraine's second city, Kharkiv", "Syria's Idlib".
_HOLDS = re.compile(
    rf"['’]s?\s(?:{_LOOSE}|second |largest |biggest |main |second-largest |third |port |border |coastal ){{0,4}}"
    rf"(?:(?:city|town|village|capital|port|{_NOUN}|peninsula)(?:,| of)?\s)?"
)
_GAP = 48  # characters; longer ones part two names


class Cues(NamedTuple):
    """By name: its kind where the words beside it tell ('settlement', 'division', 'water' …), whether 'the' stands
    before it, the index of the name that it lies in where a phrase says so, the index of the first name of the list
    that it belongs to."""

    kinds: list[str | None]
    articles: list[bool]
    within: list[int | None]
    lists: list[int | None]


def find_cues(text: str, names: Sequence[PlaceName]) -> Cues:
    """What the text says of each of its place names, given in order of position."""
    count = len(names)
    kinds: list[str | None] = [None] * count
    articles = [False] * count
    within: list[int | None] = [None] * count
    listed = [False] * count  # whether a name goes on with the list that the one before began
    plural: str | None = None
    for i, (start, end, _) in enumerate(names):
        before, after = text[max(0, start - 32) : start], text[end : end + 24]
        articles[i] = before.endswith(("the ", "The "))
        kind, many = _kind_before(before)
        if kind is None:
            kind, several = _kind_after(after)
            if several:  # 'Homs and Hama provinces'
                k = i
                while listed_before(text, names, k) and kinds[k - 1] is None:
                    k -= 1
                    kinds[k] = kind
        if i and start - names[i - 1].end <= _GAP:
            gap = text[names[i - 1].end : start]
            if _LIST.fullmatch(gap):
                listed[i] = True
                kind = kind or plural
            if gap != " and " and _WITHIN.fullmatch(gap):
                within[i - 1] = i
            elif _HOLDS.fullmatch(gap):
                within[i] = i - 1
        if not listed[i]:
            plural = None
        if many:
            plural = kind
        kinds[i] = kind
    for i in range(count - 1, 0, -1):  # 'Toledo and Lima, both in Ohio'
        if listed[i] and within[i] is not None and within[i] != i - 1 and within[i - 1] in (None, i):
            within[i - 1] = within[i] if within[i - 1] is None else within[i - 1]
    lists: list[int | None] = [None] * count
    for i in range(1, count):
        if listed[i]:
            lists[i - 1] = lists[i] = lists[i - 1] if listed[i - 1] else i - 1
    return Cues(kinds, articles, within, lists)


def own_kind(folded: str) -> str | None:
    """The kind that a word at an end of the name itself tells: 'coruh river', 'lake van'; None for a single word."""
    words = folded.split()
    if len(words) < 2:
        return None
    return _KIND_OF.get(words[-1]) or (_KIND_OF.get(words[0]) if words[0] in _BARE else None)


def listed_before(text: str, names: Sequence[PlaceName], i: int) -> bool:
    """Whether name `i` goes on with a list that the name before it belongs to."""
    return (
        i > 0
        and names[i].start - names[i - 1].end <= 8
        and bool(_LIST.fullmatch(text[names[i - 1].end : names[i].start]))
    )


def _kind_before(before: str) -> tuple[str | None, bool]:
    """The kind that the words before a name give it, and whether their noun is a plural."""
    if not before.endswith((" ", "\n")):
        return None, False
    words = before.lower().rsplit(None, 4)[-3:]
    if words and words[-1] == "the":
        words.pop()
    if not words:
        return None, False
    has_of = words[-1] == "of"
    word = words[-2] if has_of and len(words) > 1 else words[-1]
    if word in _RULED:
        return ("division", False) if has_of else (None, False)
    kind = _KIND_OF.get(word)
    if kind is None or (not has_of and word not in _BARE):
        return None, False
    return kind, word.endswith("s") and word != "outskirts"


def _kind_after(after: str) -> tuple[str | None, bool]:
    """The kind that the word after a name gives it, and whether that is a plural: 'Homs and Hama provinces'."""
    head = _HEAD.match(after)
    return _kind_of_head(head[1].lower()) if head else (None, False)


@lru_cache(maxsize=10_000)
def _kind_of_head(word: str) -> tuple[str | None, bool]:
    if word == "state" or word in _RULING:
        return "division", False
    kind = None if word in _NOT_AFTER else _KIND_OF.get(word)
    return kind, kind is not None and word.endswith("s") and word != "residents"
