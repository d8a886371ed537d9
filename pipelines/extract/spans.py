"""The recognised spans of one article as they go into the resolution, and what is cut off them first.

Recognisers differ in what they take into a span; here a title, an article, a possessive and an acronym in brackets
come off, so that what remains is the name and its offsets still cut it out of the text.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from pipelines.extract.titles import Titles
from pipelines.extract.transliteration import words

_EDGES = " \t\n\r\"“”'‘’«»,;:()[]"
_THE = re.compile(r"(?:the|an?) +(?=\S)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s$|(?<=s)['’]$", re.IGNORECASE)
_BRACKET = re.compile(r"[ \n]*[(\[]([^()\[\]]{2,12})[)\]]?$")

_WORN = frozenset({"person", "organisation", "place", "nationality", "unknown"})
"""Types whose spans are trimmed; of others ('a million dollars', 'The Open') every word belongs."""


class NameSpan(NamedTuple):
    """A recognised name: offsets in code points of the document's text, and person, organisation, place, …"""

    start: int
    end: int
    type: str


class Item(NamedTuple):
    """A span without what is no part of the name. `bracket` is what followed it in brackets."""

    start: int
    end: int
    type: str
    surface: str
    words: tuple[str, ...]
    bracket: str | None = None

    @property
    def is_acronym(self) -> bool:
        """Whether it is written as an acronym: 'SOHR', 'C.R.S.', 'NGOs', but no 'ORSK STEEL'."""
        bare = self.surface.removesuffix("s")
        return bare.isupper() and " " not in bare and 2 <= sum(map(str.isalnum, bare)) <= 8


def items_of(text: str, names: Sequence[NameSpan], titles: Titles) -> list[Item]:
    """Every span as an item, in the same order; one that is all edge (quotes, blanks) stays as it is."""
    return [_item(text, name, titles) for name in names]


def _item(text: str, name: NameSpan, titles: Titles) -> Item:
    start, end = max(0, name.start), min(name.end, len(text))
    if name.type not in _WORN:
        return Item(start, end, name.type, text[start:end], words(text[start:end]) or (text[start:end].casefold(),))
    whole = (start, end)
    bracket = None
    if match := _BRACKET.search(text[start:end]):
        bracket, end = match[1], start + match.start()
    start, end = _trim(text, start, end)
    # 'The Pas': where an article is no part of a place's name, whole_names.py has taken it off.
    is_whole = name.type == "nationality" or (name.type == "place" and text.startswith("The ", start))
    if not is_whole and (match := _THE.match(text, start, end)):
        start = match.end()
    # A possessive may stand within the span; before it, the bare 's' of a plural name ('Foods') may not.
    if match := _POSSESSIVE.search(text[start:end]):
        end = start + match.start()
    if name.type == "person":
        start += titles.leading(text[start:end])
    if start >= end:
        start, end = whole
    surface = text[start:end]
    return Item(start, end, name.type, surface, words(surface.removeprefix("The ")) or (surface.casefold(),), bracket)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGES:
        start += 1
    while start < end and text[end - 1] in _EDGES and not _POSSESSIVE.search(text[start:end]):
        end -= 1
    return start, end


def fullest(surfaces: Counter[str]) -> str:
    """The surface with the most words written out; of equals the one not in capitals, the commonest, the first."""
    if len(surfaces) == 1:
        return " ".join(next(iter(surfaces)).split())
    order = {surface: -at for at, surface in enumerate(surfaces)}

    def fullness(surface: str) -> tuple[int, int, bool, int, int]:
        own = words(surface)
        whole = sum(len(word) > 1 for word in own)
        return whole, len(own), not surface.isupper(), surfaces[surface], order[surface]

    return " ".join(max(surfaces, key=fullness).split())
