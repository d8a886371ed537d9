"""Which things stand in a paragraph: facilities, events, products, weapons, vehicles, units, sums of money, quantities.

Names are found as runs of capitalised words and numbers and read by `thing_names.py`; figures by `money.py` and
`quantities.py`. What overlaps is settled here: `find` among things, `with_things` between things and other names.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipelines.extract.figures import find_figures
from pipelines.extract.money import MoneyRules
from pipelines.extract.quantities import QuantityRules
from pipelines.extract.reading import Piece
from pipelines.extract.runs import ARTICLE_BEFORE, thing_pattern
from pipelines.extract.thing_names import Around, RunReader, ThingName
from pipelines.lookups.lists import Lookups

TYPES = frozenset({"facility", "event", "product", "weapon", "vehicle", "unit", "money", "quantity"})

_REMEMBERED = 200_000  # different runs; it bounds the memory
_LONGEST = 200  # characters; a longer run is a line of noise
_WRAPPED = 50  # characters of the shortest line that goes on in the next
_LOOKED_BACK = 30  # characters: the words that may stand before a name, 'container ship, the '
_ARTICLES = frozenset({"a", "an", "the"})
_BEFORE_PLACES = frozenset(
    "at in on near outside inside from to into of down across around by past through under over".split()
)
_BEFORE_CARS = frozenset(
    "his her their my our whose white black red blue grey gray silver green stolen old new second-hand".split()
)
_LINE = re.compile(r"\S[^\n]*")
_NEXT = re.compile(r"[ \xa0\n-]([a-z]+)")
_BUILDINGS = frozenset({"White House", "Kremlin", "Pentagon", "Vatican"})
_AT_BUILDING = re.compile(r"\b(?:at|outside|inside|into|around|near|entered|stormed|left|toured) the \Z")
_QUOTES = frozenset("\"'“‘«")
_APPOSED = re.compile(
    r", an? (?:[\w-]+ ){0,2}?(\w+)(?=[,.;]| (?:with|that|which|carrying|from|of|owned|built|operated)\b)"
)
_FURTHER = frozenset({" and ", ", "})
_SURE = 0.9  # from here on a thing is listed by name
_OPEN = frozenset({"unknown", "acronym", "head"})


class Thing(NamedTuple):
    """A thing: text[start:end], its type, of `TYPES`, and how sure the rules are, 0 to 1."""

    start: int
    end: int
    type: str
    confidence: float


class ThingRules:
    """The rules over one set of lists."""

    def __init__(self, lookups: Lookups) -> None:
        lists = lookups.of_things
        peoples = frozenset(phrase for phrase, known in lookups.known.items() if known.type == "nationality")
        self.money, self.quantities = MoneyRules(lists.currencies), QuantityRules(lists.measures, peoples)
        self._lookups, self._names = lookups, lists.names
        self._run = thing_pattern(lookups.particles)
        self._before = {phrase.split()[-1] for phrase in lists.names.words_before}
        self._after = {re.split("[ -]", phrase)[0] for phrase in lists.names.words_after}
        longest_first = sorted(lists.names.words_after, key=len, reverse=True)
        self._phrase_after = re.compile(rf"[ \xa0\n-]({'|'.join(longest_first)})(?!\w)")
        self._memory: dict[tuple[str, tuple[str, str, str]], list[ThingName]] = {}

    def find(self, text: str, start: int, end: int) -> list[Thing]:
        """The things between two offsets of a text in order of position; of two that would overlap the longer."""
        found: list[Thing] = []
        for thing in sorted([*self._named(text, start, end), *self._counted(text, start, end)]):
            if not found or thing.start >= found[-1].end:
                found.append(thing)
            elif thing.end - thing.start > found[-1].end - found[-1].start:
                found[-1] = thing
        return found

    def _counted(self, text: str, start: int, end: int) -> Iterator[Thing]:
        last = start
        for figure in find_figures(text, start, end):
            if figure.start < last:
                continue
            if money := self.money.read(text, figure, last, end):
                last = money.end
                yield Thing(money.start, last, "money", 0.95)
            elif quantity := self.quantities.read(text, figure, last, end):
                last = quantity.end
                yield Thing(quantity.start, last, "quantity", 0.85)

    def _named(self, text: str, start: int, end: int) -> Iterator[Thing]:
        told, told_end = "", 0
        for first, last in self._runs(text, start, end):
            run = text[first:last]
            around = self._around(text, first, last, start, end)
            if told and text[told_end:first] in _FURTHER:
                around = (around[0], told, around[2])  # 'the fields of Rumaila and Majnoon'
            told, told_end = around[1], last
            names = self._memory.get((run, around))
            for name in self._read(run, around) if names is None else names:
                yield Thing(first + name.start, first + name.end, name.type, name.confidence)
            if run in _BUILDINGS and _AT_BUILDING.search(text, max(start, first - _LOOKED_BACK), first):
                yield Thing(first, last, "facility", 0.8)

    def _runs(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Where runs of capitalised words and numbers stand."""
        for match in self._run.finditer(text, start, end):
            first, last = match.span()
            if text[first - 1 : first] == "-" and (
                article := ARTICLE_BEFORE.search(text, max(start, first - 5), first)
            ):
                first = article.start()
            if last - first > _LONGEST:
                continue
            if "\n" not in match[0] or _is_wrapped(text, first, start):
                yield first, last
                continue
            for line in _LINE.finditer(text, first, last):
                yield line.span()

    def _read(self, run: str, around: tuple[str, str, str]) -> list[ThingName]:
        if len(self._memory) >= _REMEMBERED:
            self._memory.clear()
        names = self._memory[run, around] = RunReader(self._lookups, run, Around(*around)).read()
        return names

    def _around(self, text: str, first: int, last: int, start: int, end: int) -> tuple[str, str, str]:
        """What `Around` has, as a plain tuple, which is made faster."""
        word = type_before = type_after = ""
        before = text[max(start, first - _LOOKED_BACK) : first]
        if before[-1:] in _QUOTES:
            before = before[:-1]
        if before[-1:] == " ":
            rest, _, word = before[:-1].rpartition(" ")
            if word in _ARTICLES:
                if rest[-1:] == "," and rest[:-1].rpartition(" ")[2] in self._names.apposed:
                    type_before = "vehicle"
            elif word in self._before:
                phrase = f"{rest.rpartition(' ')[2]} {word}"
                type_before = self._names.words_before.get(phrase) or self._names.words_before.get(word, "")
                word = ""
            else:
                word = "at" if word in _BEFORE_PLACES else "owned" if word in _BEFORE_CARS else ""
        if text[last : last + 2] == ", ":
            apposed = _APPOSED.match(text, last, end)
            if apposed and apposed[1] in self._names.apposed:
                type_before = "vehicle"
        following = _NEXT.match(text, last, end)
        if following is None:
            type_after = "end"
        elif following[1] in self._after and (match := self._phrase_after.match(text, last, end)):
            type_after = self._names.words_after[match[1]]
        elif following[1] in self._lookups.of_things.measures.not_counted:
            type_after = "end"
        return word, type_before, type_after


def _is_wrapped(text: str, at: int, start: int) -> bool:
    """Whether the line there is long enough to have been wrapped; a short one, as in a list, ends what stands on it."""
    line = text.rfind("\n", start, at) + 1 or start
    return text.find("\n", at) - line >= _WRAPPED


def with_things(text: str, pieces: Sequence[Piece], things: Sequence[Thing]) -> list[Piece]:
    """The pieces and the things of a paragraph in order of position, none overlapping another.

    A thing takes the place of what it covers: 'Kabul Airport' is a facility, whatever reads Kabul or all of it as a
    place. A name that covers a thing stands ('Racing 92'), as do a person by the same name and the longer of two
    that cross. What the article would have to settle (`unknown`) gives way.
    """
    out: list[Piece] = []
    at = 0
    for thing in things:
        while at < len(pieces) and pieces[at].end <= thing.start:
            out.append(pieces[at])
            at += 1
        over = at
        while over < len(pieces) and pieces[over].start < thing.end:
            over += 1
        if any(_stands(piece, thing) for piece in pieces[at:over]):
            continue
        name = " ".join(text[thing.start : thing.end].split())
        out.append(Piece(thing.start, thing.end, thing.type, name, thing.confidence))
        at = over
    return [*out, *pieces[at:]]


def _stands(piece: Piece, thing: Thing) -> bool:
    """Whether a name stands against a thing that it overlaps."""
    if piece.type in _OPEN:
        return False
    if piece.type == "person" and thing.confidence < _SURE and (piece.start, piece.end) == (thing.start, thing.end):
        return True
    if thing.start <= piece.start and piece.end <= thing.end:
        return False
    if piece.start <= thing.start and thing.end <= piece.end:
        return True
    return piece.end - piece.start >= thing.end - thing.start
