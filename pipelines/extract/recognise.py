"""Which names stand in a paragraph: what the tagger reads, and what the lists know, put together.

The tagger sees persons, organisations and places by their context. The lists know nationalities, titles and thereby
roles, the canonical names of countries and well-known bodies; `things.py` sees buildings, sums of money and the like.
A paragraph is read by itself, so one that was read before, as a copy, a repeat, in an earlier article or in an earlier
run, is not read again.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from pipelines.extract.names import NameRules
from pipelines.extract.reading import Piece
from pipelines.extract.remembered import key_of, packed, unpacked
from pipelines.extract.runs import WORD
from pipelines.extract.tagger import TYPES, Span, Tagger
from pipelines.extract.things import ThingRules, with_things
from pipelines.lookups.lists import Lookups

Map = Callable[[Callable[[str], list[Span]], Iterable[str]], Iterable[list[Span]]]
"""How the tagger is run over many texts: the built-in map, or that of a pool of threads."""

RULES = ("rules", "3")
"""The rules as an extractor, and their version."""
_REMEMBERED = 50_000
"""Paragraphs whose names are remembered: some 50 MB."""
_KNOWN = frozenset({"nationality", "place", "organisation", "person"})
_OPEN = frozenset({"unknown", "acronym", "head"})
"""What only the whole article can tell: left to settle.py."""
_TOLD_BY_LISTS = frozenset({"place", "nationality", "organisation"})
_LOOSE = 0.8  # of the tagger's confidence where capitals say nothing: there it is right less often
_SURE = 0.9
"""From this confidence on what a list knows stands although the tagger saw no name there."""


class Part(NamedTuple):
    """A paragraph to read. One that `is_loose` is in capitals, or has one on nearly every word: they say nothing."""

    text: str
    is_loose: bool = False


class _Reading(NamedTuple):
    """A paragraph's pieces, and what the tagger told of it in the form that is kept; without a tagger, nothing."""

    pieces: list[Piece]
    told: str


class Recogniser:
    """A tagger and the rules, with a memory of paragraphs."""

    def __init__(self, tagger: Tagger | None, rules: NameRules, run: Map = map) -> None:
        """Without a tagger the rules stand alone."""
        self.rules, self.things = rules, ThingRules(rules.lookups)
        self._tagger, self._run = tagger, run
        self._memory: OrderedDict[Part, _Reading] = OrderedDict()
        self._before: Mapping[bytes, str] = {}
        self.told: dict[bytes, str] = {}

    @property
    def has_tagger(self) -> bool:
        """Whether anything but the rules reads names."""
        return self._tagger is not None

    @property
    def name(self) -> str:
        """What names the extractor of a mention."""
        return self._tagger.name if self._tagger else RULES[0]

    @property
    def version(self) -> str:
        """The version of that extractor."""
        return self._tagger.version if self._tagger else RULES[1]

    def extractor(self, type_: str) -> tuple[str, str]:
        """Name and version of what finds names of a type: the tagger those that it knows, the rules all others."""
        return (self.name, self.version) if type_ in TYPES else RULES

    def prime(self, told: Mapping[bytes, str]) -> None:
        """Takes what this tagger told of paragraphs in an earlier run, packed, by the key of the text (remembered.py).

        From here on `told` gathers the same of every paragraph that is read, whether the tagger had to read it or not.
        """
        self._before, self.told = told, {}

    def read(self, parts: Sequence[Part]) -> list[list[Piece]]:
        """The pieces of each paragraph in order of position, their offsets counted from its beginning."""
        fresh = [part for part in dict.fromkeys(parts) if part not in self._memory]
        found = dict(zip(fresh, self._read(fresh), strict=True))
        readings = {part: found[part] if part in found else self._recall(part) for part in parts}
        if self._tagger:
            self.told.update((key_of(part.text), reading.told) for part, reading in readings.items())
        self._memory.update(found)
        while len(self._memory) > _REMEMBERED:
            self._memory.popitem(last=False)
        return [readings[part].pieces for part in parts]

    def _recall(self, part: Part) -> _Reading:
        self._memory.move_to_end(part)
        return self._memory[part]

    def _read(self, parts: Sequence[Part]) -> list[_Reading]:
        if self._tagger is None:
            return [_Reading(self._put_together(part, []), "") for part in parts]
        told = [self._before.get(key_of(part.text)) for part in parts]
        unread = [part.text for part, known in zip(parts, told, strict=True) if known is None]
        tagged = iter(self._run(self._tag, unread))
        readings = []
        for part, known in zip(parts, told, strict=True):
            spans = next(tagged) if known is None else unpacked(known)
            pieces = self._put_together(part, spans)
            readings.append(_Reading(pieces, packed(spans) if known is None else known))
        return readings

    def _put_together(self, part: Part, spans: list[Span]) -> list[Piece]:
        text, is_loose = part
        pieces = self._surely_listed(text) if is_loose else self._listed(text)
        if is_loose:
            spans = [span._replace(confidence=_LOOSE * span.confidence) for span in spans]
        if self._tagger is not None:
            pieces = merge(text, spans, pieces, self.rules.lookups)
        return pieces if is_loose else with_things(text, pieces, self.things.find(text, 0, len(text)))

    def _listed(self, text: str) -> list[Piece]:
        return [_placed(piece, at) for at, piece in self.rules.scan(text, 0, len(text))]

    def _surely_listed(self, text: str) -> list[Piece]:
        """What the lists know for sure of a line whose capitals say nothing."""
        plain = text.title() if text.isupper() else text
        if len(plain) != len(text):
            return []
        return [piece for piece in self._listed(plain) if piece.confidence >= _SURE and piece.type in _TOLD_BY_LISTS]

    def _tag(self, text: str) -> list[Span]:
        assert self._tagger is not None
        return self._tagger.tag([text])[0]


def merge(text: str, spans: Sequence[Span], pieces: Sequence[Piece], lookups: Lookups) -> list[Piece]:
    """The tagger's names with what the lists know of them, and the lists' own where the tagger saw none.

    In order of position, none overlapping another: of two that would, the first stands.
    """
    found: list[Piece] = []
    at = 0
    for span in spans:
        while at < len(pieces) and pieces[at].end <= span.start:
            found += _alone(pieces[at])
            at += 1
        first = at
        while at < len(pieces) and pieces[at].start < span.end:
            at += 1
        found += _together(text, span, pieces[first:at], lookups)
    for piece in pieces[at:]:
        found += _alone(piece)
    out: list[Piece] = []
    for piece in found:
        if not out or piece.start >= out[-1].end:
            out.append(piece)
    return out


def _alone(piece: Piece) -> list[Piece]:
    """A piece of the lists where the tagger saw nothing."""
    return [piece] if piece.type in _OPEN or piece.confidence >= _SURE else []


def _together(text: str, span: Span, pieces: Sequence[Piece], lookups: Lookups) -> list[Piece]:
    """One name of the tagger's and the pieces of the lists that overlap it."""
    for piece in pieces:
        if (piece.start, piece.end) == (span.start, span.end):
            if piece.type == span.type:
                return [piece._replace(confidence=max(piece.confidence, span.confidence))]
            if piece.type == "nationality" or (piece.type in _KNOWN and piece.confidence >= 0.95):
                return [piece]
            if piece.type == "acronym" and span.type == "organisation":
                return [piece._replace(confidence=span.confidence)]
    if span.type in ("organisation", "place"):
        # Corpora cut such names short, and so does who learnt from them: 'Syrian | Observatory for Human Rights'.
        whole = (piece for piece in pieces if piece.type == span.type and piece.start <= span.start)
        if wider := next((piece for piece in whole if piece.end >= span.end), None):
            return [wider._replace(confidence=max(wider.confidence, span.confidence))]
    role, before = None, list[Piece]()
    if span.type == "person":
        role = next((piece.role for piece in pieces if piece.role and piece.start >= span.start), None)
        span, worn = _untitled(text, span, lookups)
        role = role or worn
    elif span.type == "place":
        before = [piece for piece in pieces[:1] if piece.type == "nationality" and piece.start == span.start]
        rest = text[before[0].end : span.end].split() if before else []
        if rest and all(word.islower() for word in rest):
            return before  # 'the Syrian coast'
        if rest and lookups.divisions.union(lookups.things).issuperset(rest):
            before = []  # 'Ashanti Region', 'Dutch Harbor'
        span = _bare(text, span._replace(start=before[0].end) if before else span)
    if span.start >= span.end:
        return before
    name = " ".join(text[span.start : span.end].split())
    return [*before, Piece(span.start, span.end, span.type, name, span.confidence, role, None, None, False)]


def _untitled(text: str, span: Span, lookups: Lookups) -> tuple[Span, str | None]:
    """The name without the titles before it, and the first of these."""
    role, words = None, list(WORD.finditer(text, span.start, span.end))
    first = 0
    while first < len(words):
        longest = lookups.longest.get(words[first][0], 0)
        for count in range(min(longest, len(words) - first), 0, -1):
            known = lookups.known.get(" ".join(word[0] for word in words[first : first + count]))
            if known and known.type == "title":
                role, first = role or known.name, first + count
                break
        else:
            break
    return (span._replace(start=words[first].start()), role) if first < len(words) else (span, None)


def _bare(text: str, span: Span) -> Span:
    """The place without words in small letters at its ends: 'southern', 'airport'."""
    words = list(WORD.finditer(text, span.start, span.end))
    named = [word for word in words if not word[0].isalpha() or not word[0].islower()]
    return span._replace(start=named[0].start(), end=named[-1].end()) if named else span


def _placed(piece: Piece, at: int) -> Piece:
    return piece._replace(start=at + piece.start, end=at + piece.end)
