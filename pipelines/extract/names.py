"""The rules for names over a text: every run of capitalised words, read into pieces.

A run is read without its surroundings (`reading.py`), so each different run is read once: `NameRules`
remembers. What needs the article, such as a bare surname, an acronym or a town, comes out `unknown` for
`settle.py` to decide.
"""

import re

from pipelines.extract.reading import Piece, Reading
from pipelines.extract.runs import ARTICLE_BEFORE, run_pattern
from pipelines.lookups.lists import Lookups

_REMEMBERED = 200_000  # different runs; it bounds the memory
_LONGEST = 300  # characters; no name is longer, but a line of noise may be
_OPENINGS = frozenset("\"'“‘«\n[•")
_ENDINGS = frozenset(".!?:…")


class NameRules:
    """The rules over one set of lists."""

    def __init__(self, lookups: Lookups) -> None:
        self.lookups = lookups
        self.pattern = run_pattern(lookups.abbreviations, lookups.particles)
        divisions = "|".join(sorted({*lookups.divisions, *map(str.lower, lookups.divisions)}))
        self.division_after = re.compile(rf" (?:{divisions})\b")
        self._inside: dict[str, tuple[Piece, ...]] = {}
        self._initial: dict[str, tuple[Piece, ...]] = {}

    def scan(self, text: str, start: int, end: int) -> list[tuple[int, Piece]]:
        """All pieces between two offsets of a text, each with the offset at which its run starts."""
        out: list[tuple[int, Piece]] = []
        for match in self.pattern.finditer(text, start, end):
            first, last = match.span()
            before = text[first - 1] if first > start else "\n"
            if before == "-" and (article := ARTICLE_BEFORE.search(text, max(start, first - 5), first)):
                first = article.start()
            is_initial = before in _OPENINGS or (first > start + 1 and text[first - 2] in _ENDINGS)
            if last - first > _LONGEST:
                continue
            run = text[first:last]
            pieces = (self._initial if is_initial else self._inside).get(run)
            if pieces is None:
                pieces = self.read(run, is_initial)
            out.extend([(first, piece) for piece in pieces])
        return out

    def read(self, run: str, is_initial: bool) -> tuple[Piece, ...]:
        """The pieces of a run; `is_initial` where it opens a sentence and its first capital says nothing."""
        memory = self._initial if is_initial else self._inside
        if len(memory) >= _REMEMBERED:
            memory.clear()
        pieces = memory[run] = tuple(Reading(self.lookups, run, is_initial).pieces())
        return pieces
