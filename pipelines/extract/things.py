"""Which things stand in a paragraph: facilities, events, products, weapons, vehicles, units, sums of money, quantities.

Names are found as runs of capitalised words and numbers and read by `thing_names.py`; figures by `money.py` and
`quantities.py`. What overlaps is settled here: `find` among things, `with_things` between things and other names.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipelines.extract.figures import find_figures
from pipelines.extract.money import MoneyRules
from pipelines.extract.quantities import QuantityRules
from pipelines.extract.reading import Piece
from pipelines.extract.runs import ARTICLE_BEFORE, thing_pattern
from pipelines.extract.thing_names import TELLING, RunReader, ThingName, may_tell
from pipelines.extract.thing_runs import Around
from pipelines.lookups.lists import Lookups

TYPES = frozenset({"facility", "event", "product", "weapon", "vehicle", "unit", "money", "quantity"})

_REMEMBERED = 200_000  # different runs; it bounds the memory
_LONGEST = 200  # characters; a longer run is a line of noise
_ARTICLE = re.compile(r"\b[Tt]he \Z")
_GOES_ON = re.compile(r"[\w-]")
_SHORT_NAMES = 20  # different vehicles of a paragraph that are looked for again
_WRAPPED = 50  # characters of the shortest line that goes on in the next
_LOOKED_BACK = 30  # characters: the words that may stand before a name, 'container ship, the '
_ARTICLES = frozenset({"a", "an", "the"})
_AT_PLACES = frozenset("at near outside inside".split())
_BEFORE_PLACES = frozenset("in on from to into of down across around by past through under over".split())
_BEFORE_CARS = frozenset(
    "his her their my our whose white black red blue grey gray silver green stolen old new second-hand".split()
)
_LINE = re.compile(r"\S[^\n]*")
_BUILDINGS = frozenset({"White House", "Kremlin", "Pentagon", "Vatican"})
_AT_BUILDING = re.compile(r"\b(?:at|outside|inside|into|around|near|entered|stormed|left|toured) the \Z")
_QUOTES = frozenset("\"'“‘«")
_APPOSED = re.compile(
    r", an? (?:[\w-]+ ){0,2}?(\w+)(?=[,.;]| (?:with|that|which|carrying|from|of|owned|built|operated)\b)"
)
_OVER = re.compile(r" (?:into|over|to|from)\b")
_FURTHER = frozenset({" and ", ", "})
_SETTLEMENT_OF = re.compile(r"\b(?:town|village|city|port|hamlet|settlement) of \Z")
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
        names = lists.names
        self._before = (
            dict.fromkeys(_AT_PLACES, "at") | dict.fromkeys(_BEFORE_PLACES, "in") | dict.fromkeys(_BEFORE_CARS, "owned")
        )
        self._before |= {word: word for word in _ARTICLES}
        self._before |= dict.fromkeys(("named", "called"), "named")
        self._before |= {phrase.split()[-1]: "told" for phrase in names.words_before}
        self._after = dict.fromkeys(lists.measures.not_counted, "end")
        self._after |= {re.split("[ -]", phrase)[0]: "told" for phrase in names.words_after}
        longest_first = sorted(names.words_after, key=len, reverse=True)
        self._phrase_after = re.compile(rf"[ \xa0\n-]({'|'.join(longest_first)})(?!\w)")
        self._memory: dict[tuple[str, str, str, str], list[ThingName]] = {}
        self._telling: dict[str, bool] = {}

    def find(self, text: str, start: int, end: int) -> list[Thing]:
        """The things between two offsets of a text in order of position; of two that would overlap the longer."""
        found = _apart([*self._named(text, start, end), *self._counted(text, start, end)])
        if any(thing.type == "vehicle" for thing in found):
            found = _apart([*found, *self._again(text, start, end, found)])
        return found

    def _again(self, text: str, start: int, end: int, found: Sequence[Thing]) -> Iterator[Thing]:
        """Vehicles named again without the words that told them: 'the tanker Amal Star … The Amal Star'."""
        names = {self._short(text[thing.start : thing.end]) for thing in found if thing.type == "vehicle"}
        for name in sorted(names)[:_SHORT_NAMES]:
            at = start
            while (at := text.find(f"he {name}", at, end)) >= 0:
                first, at = at + 3, at + 3 + len(name)
                if _ARTICLE.search(text, max(start, first - 5), first) and not _GOES_ON.match(text, at, end):
                    yield Thing(first, at, "vehicle", 0.7)

    def _short(self, surface: str) -> str:
        """What a vehicle is called later: a ship without its prefix, a car by its maker."""
        first, _, rest = surface.partition(" ")
        if first in self._names.ships:
            return rest or first
        return first if rest and first in self._names.car_makers else surface

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
        for first, last, following in self._runs(text, start, end):
            run = text[first:last]
            is_telling = self._telling.get(run)
            if is_telling is None:
                is_telling = self._remember(run)
            word = before = ""
            at = first - 1 - (text[first - 1 : first] in _QUOTES)
            floor = max(start, at - _LOOKED_BACK)
            begin = max(text.rfind(" ", floor, at), text.rfind("\n", floor, at)) + 1
            if at > start and (cue := self._before.get(text[begin or floor : at])):
                word, before = self._what_is_before(text, cue, at, start)
            if text.startswith(", a", last) and self._is_apposed(text, last, end):
                before = "vehicle"
            if told and text[told_end:first] in _FURTHER:
                before = told  # 'the fields of Rumaila and Majnoon'
            told, told_end = before, last
            after = self._after.get(following, "") if following else "end"
            if after == "told":
                match = self._phrase_after.match(text, last, end)
                after = self._names.words_after[match[1]] if match else ""
                if match and match[1] == "crossing" and not word and _OVER.match(text, match.end(), end):
                    after = ""  # 'Drivers crossing into Poland', but 'the Kafr Lusin crossing into Syria'
            if is_telling or before or after in TELLING:
                names = self._memory.get((run, word, before, after))
                if names is None:
                    names = RunReader(self._lookups, run, Around(word, before, after)).read()
                    self._memory[run, word, before, after] = names
                for name in names:
                    yield Thing(first + name.start, first + name.end, name.type, name.confidence)
                if run in _BUILDINGS and _AT_BUILDING.search(text, max(start, first - _LOOKED_BACK), first):
                    yield Thing(first, last, "facility", 0.8)

    def _runs(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, str | None]]:
        """Where runs of capitalised words and numbers stand, with the word in small letters behind each."""
        for match in self._run.finditer(text, start, end):
            first, last = match.span()
            if text[first - 1 : first] == "-" and (
                article := ARTICLE_BEFORE.search(text, max(start, first - 5), first)
            ):
                first = article.start()
            if last - first > _LONGEST:
                continue
            if "\n" not in match[0] or _is_wrapped(text, first, start):
                yield first, last, match[1]
                continue
            for line in _LINE.finditer(text, first, last):
                yield *line.span(), match[1] if line.end() == last else None

    def _remember(self, run: str) -> bool:
        """Whether a run may name a thing whatever stands around it; forgets all where it has become too much."""
        if len(self._telling) >= _REMEMBERED:
            self._telling.clear()
            self._memory.clear()
        is_telling = self._telling[run] = run in _BUILDINGS or may_tell(self._names, run)
        return is_telling

    def _is_apposed(self, text: str, last: int, end: int) -> bool:
        """Whether 'X, a tanker' says that what ends here is a vehicle."""
        match = _APPOSED.match(text, last, end)
        return bool(match and match[1] in self._names.apposed)

    def _what_is_before(self, text: str, cue: str, at: int, start: int) -> tuple[str, str]:
        """The word that ends at `at` before a run, as `Around` has it, and the type that the words there tell."""
        words = text[max(start, at - _LOOKED_BACK) : at].split()
        if text[at] not in " \n":
            return "", ""
        if cue in _ARTICLES and len(words) > 1 and words[-2][-1:] == ",":
            return cue, "vehicle" if words[-2][:-1] in self._names.apposed else ""
        if cue == "named":
            is_vehicle = len(words) > 1 and words[-2].rstrip(",") in self._names.apposed
            return "", "vehicle" if is_vehicle else ""
        if cue != "told":
            return cue, ""
        told = self._names.words_before
        return "", told.get(" ".join(words[-2:])) or told.get(words[-1], "")


def _apart(things: Iterable[Thing]) -> list[Thing]:
    """In order of position; of two that would overlap the longer, of equals the first."""
    out: list[Thing] = []
    for thing in sorted(things):
        if not out or thing.start >= out[-1].end:
            out.append(thing)
        elif thing.end - thing.start > out[-1].end - out[-1].start:
            out[-1] = thing
    return out


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
        if any(_stands(piece, thing) for piece in pieces[at:over]) or _SETTLEMENT_OF.search(
            text, max(0, thing.start - 16), thing.start
        ):
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
