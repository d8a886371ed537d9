"""Decides with the whole article in view what its pieces are: a person, an organisation, a place, or no name at all.

Pieces come from `recognise.py`, candidate places from the gazetteer. Who 'Kamau' is and what 'SOHR' stands for is asked
afterwards, in `entities.py`; here that an article has a Kamau and an SOHR only tells that these are names.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipelines.extract.names import NameRules
from pipelines.extract.placing import (
    LARGE,
    MIDDLING,
    best_place,
    country_follows,
    follows_near,
    is_own_name,
    opens_dateline,
)
from pipelines.extract.reading import Piece
from pipelines.lookups.lists import Lookups
from pipelines.records import Place

# What follows a person's name in commas: an age, a clause, 'a farmer'.
_APPOSITION = re.compile(r", (?:\d\d\b|who\b|whose\b|an? (?:\w+ ){0,3}\w+)")

_SURE_PERSON = 0.9  # below it the tagger may have taken a capital that acts for a person
_OPEN = frozenset({"unknown", "acronym", "head"})
_LOOKED_THROUGH = 50_000  # characters, so that a book of an article stays linear

_Settled = tuple[str, float]  # type, confidence


class Item(NamedTuple):
    """A piece at its offset in the document, in the paragraph with this index."""

    base: int
    paragraph: int
    piece: Piece


class Name(NamedTuple):
    """A settled name: where it stands, in which paragraph, and what it is."""

    start: int
    end: int
    paragraph: int
    type: str
    confidence: float


def _is_single(name: str) -> bool:
    return " " not in name


class Settlement:
    """One article's pieces against what the article itself defines: its people, acronyms and countries."""

    def __init__(self, items: Sequence[Item], text: str, rules: NameRules, found: dict[str, list[Place]]) -> None:
        self.items, self.text, self.found = items, text, found
        self.lists: Lookups = rules.lookups
        self.division_after = rules.division_after
        self.people: dict[str, str] = {}
        self.acronyms: set[str] = set()
        self.heads: set[str] = set()
        self.countries = {item.piece.country for item in items if item.piece.country}
        self._last: tuple[int, bool] = (-1, False)
        self._words: dict[str, bool] = {}

    def names(self) -> list[Name]:
        """The settled names in order of position."""
        people = [item.piece.name for item in self.items if item.piece.type == "person"]
        for name in sorted(people, key=_is_single):
            self._learn_person(name)
        items = [self._as_person(item) if item.piece.type == "unknown" else item for item in self.items]
        for i, item in enumerate(items):
            if item.piece.type in ("organisation", "unknown"):
                self._learn_organisation(i, item, items)
        names = [self._settle(item) for item in items]
        return [name for name in names if name]

    def _learn_person(self, name: str) -> None:
        """Every ending of a full name stands for it later: 'Tayyip Erdogan', 'Erdogan'."""
        words = name.split()
        for i in range(len(words)):
            self.people.setdefault(" ".join(words[i:]).casefold(), name)

    def _as_person(self, item: Item) -> Item:
        """An unknown run of two or three words as a person, if what stands around it says so."""
        piece = item.piece
        words = piece.name.split()
        if not 2 <= len(words) <= 4 or piece.kind or self._is_town(piece.name):
            return item
        lists, start, end = self.lists, item.base + piece.start, item.base + piece.end
        for word in words:
            if word in lists.organisation_ends or word in lists.modifiers or word in lists.topics or word.isupper():
                return item
        before = self.text[max(0, start - 24) : start].rstrip(" ,\n").rpartition(" ")[2]
        after = self.text[end : end + 40]
        verb = after.lstrip(" ,").partition(" ")[0].rstrip(".,:")
        if before in lists.callings or verb in lists.person_verbs or _APPOSITION.match(after):
            self._learn_person(piece.name)
            return item._replace(piece=piece._replace(type="person", confidence=0.6))
        return item

    def _is_town(self, name: str) -> bool:
        return any(p.population >= MIDDLING or p.country in self.countries for p in self.found.get(name, ()))

    def _learn_organisation(self, i: int, item: Item, items: list[Item]) -> None:
        """Remember the word that an organisation is called by for short, and the acronym in brackets behind it."""
        piece = item.piece
        words = piece.name.split()
        if piece.type == "organisation" and len(words) > 1:
            self.heads |= self.lists.organisation_ends.intersection(words)
        end = item.base + piece.end
        if self.text[end : end + 2] != " (" or i + 1 >= len(items):
            return
        short = items[i + 1]
        first, last = short.base + short.piece.start, short.base + short.piece.end
        if first != end + 2 or self.text[last : last + 1] != ")":
            return
        acronym = self.text[first:last]
        initials = "".join(word[0] for word in words if word[0].isupper())
        if acronym.isupper() and (piece.type == "organisation" or initials == acronym.replace(".", "")):
            self.acronyms.add(acronym)

    def _settle(self, item: Item) -> Name | None:
        base, paragraph, piece = item
        type_, confidence = piece.type, piece.confidence
        start, end = base + piece.start, base + piece.end
        if type_ == "person" and self._is_capital(piece):
            type_, confidence = "place", 0.7
        elif type_ in _OPEN:
            settled = self._settle_unknown(item)
            if not settled:
                return None
            type_, confidence = settled
        if type_ == "place":
            self._last = (end, confidence > 0.85)
        return Name(start, end, paragraph, type_, confidence)

    def _is_capital(self, piece: Piece) -> bool:
        """Whether a name in doubt is a capital's: 'Kigali denied it'. Who is named in full elsewhere stays a person."""
        if piece.confidence >= _SURE_PERSON or piece.role or self.people.get(piece.name.casefold()) != piece.name:
            return False
        places = self.found.get(piece.name, ())
        return any(place.kind == "capital" and is_own_name(place, piece.name) for place in places)

    def _settle_unknown(self, item: Item) -> _Settled | None:
        piece = item.piece
        if piece.type == "head":
            return ("organisation", 0.7) if piece.name in self.heads and not piece.is_initial else None
        if piece.name in self.acronyms:
            return "organisation", 0.9
        if piece.name.casefold() in self.people:
            return "person", 0.85
        if piece.type == "acronym":
            end = item.base + piece.end
            if piece.start == 0 and opens_dateline(self.text, end, self.found.get(piece.name, [])):
                return "place", 0.8
            return "organisation", 0.6
        return self._as_place(item)

    def _as_place(self, item: Item) -> _Settled | None:
        """An unknown piece as a place: by a cue before it, its country in the article, or its size."""
        piece = item.piece
        name = piece.name
        start, end = item.base + piece.start, item.base + piece.end
        is_told = self._is_told(piece, start, end)
        places = self.found.get(name)
        if not places:
            return ("place", 0.6) if is_told else None
        best = best_place(places, name, self.countries)
        near = best.country in self.countries
        if not is_told:
            if name in self.lists.ambiguous_places:
                return None
            if piece.is_initial and " " not in name and self._is_word(name):
                return None
            if near:
                stands = best.population >= MIDDLING and name not in self.lists.given
            else:
                stands = best.population >= LARGE and name not in self.lists.given and is_own_name(best, name)
            if not stands and not ((near or best.population >= MIDDLING) and self._is_hinted(start, end)):
                return None
        return "place", 0.9 if is_told else 0.8 if near else 0.7

    def _is_word(self, name: str) -> bool:
        """Whether the article has it in lower case too: what opens a sentence is then no name."""
        if name not in self._words:
            self._words[name] = self.text.find(f" {name.lower()} ", 0, _LOOKED_THROUGH) >= 0
        return self._words[name]

    def _is_told(self, piece: Piece, start: int, end: int) -> bool:
        """Whether the text says that it is a place: 'the town of X', 'X province', or next in such a list."""
        if piece.kind == "division" or self.division_after.match(self.text, end):
            return True
        before = self.text[max(0, start - 24) : start]
        if before.endswith(" of "):
            return before[:-4].rpartition(" ")[2] in self.lists.settlements
        return self._last[1] and self._continues(before, start)

    def _is_hinted(self, start: int, end: int) -> bool:
        """Whether it stands where places stand: 'near X', 'Y and X', 'X, Texas'."""
        before = self.text[max(0, start - 30) : start]
        return (
            follows_near(before) or self._continues(before, start) or country_follows(self.text, end, self.lists.known)
        )

    def _continues(self, before: str, start: int) -> bool:
        """Whether the place before it is its neighbour in a list."""
        gap = start - self._last[0]
        return (gap == 2 and before.endswith(", ")) or (gap in (5, 6) and before.endswith(" and "))
