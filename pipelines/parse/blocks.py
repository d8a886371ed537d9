"""A text's blocks: the pieces between white space that later get a role each.

A line is a block, unless it belongs to a paragraph that was hard-wrapped at a fixed column. Together the blocks cover
every character that is not white space, each once.
"""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

_WIDEST, _NARROWEST = 100, 45
"""Columns between which hard-wrapped lines end: mail and agency terminals wrap at 60 to 80."""
_WRAPPED_SHARE, _LEAST_FULL = 0.6, 3
"""Share and number of longer lines behind which the next word had no room, from which a text is wrapped."""
_ENDED = (".", "!", "?", ":", ";", "…", '"', "”", "'", "’", ")")
_ITEM = re.compile(r"(?:[-–—•·*▪◦‣●■□➢►>]|\(?\w{1,2}[.)])\s")


class Block(NamedTuple):
    """One piece of the text from `start` up to `end`, and those characters.

    `breaks` counts the line breaks before it, 1 where it stands right below the block before.
    """

    start: int
    end: int
    text: str
    breaks: int


def blocks(text: str, stands_alone: Callable[[str], bool] | None = None) -> list[Block]:
    """The text's blocks in order. `stands_alone` tells lines that never go on the one above: credits, buttons."""
    return [Block(*span) for span in spans(text, stands_alone or _never)]


Span = tuple[int, int, str, int]
"""A block as a plain tuple: there are many, and a named one costs ten times as much."""


def spans(text: str, stands_alone: Callable[[str], bool]) -> list[Span]:
    """The blocks as plain tuples."""
    mark = "\n" if "\n" in text else "\r"  # as the first Macintosh ended lines
    found: list[Span] = []
    position = breaks = length = 0
    may_be_wrapped = False
    for raw in text.split(mark):
        if raw:
            piece, start = raw, position
            if raw[0].isspace() or raw[-1].isspace():
                piece = raw.strip()
                start += len(raw) - len(raw.lstrip())
            if piece:
                if breaks == 1 and _NARROWEST <= length <= _WIDEST:
                    may_be_wrapped = True
                length = len(piece)
                found.append((start, start + length, piece, breaks))
                breaks = 0
        position += len(raw) + 1
        breaks += 1
    return _unwrapped([Block(*span) for span in found], text, stands_alone) if may_be_wrapped else found


def _never(_: str) -> bool:
    return False


def _unwrapped(lines: list[Block], text: str, stands_alone: Callable[[str], bool]) -> list[Span]:
    """The lines with those of hard-wrapped paragraphs joined."""
    indents = {line.start: _indent(line, text) for line in lines}
    width = max((indents[line.start] + len(line.text) for line in lines if " " in line.text), default=0)
    goes_on = _Wrapping(width, indents, stands_alone) if width <= _WIDEST else None
    is_wrapped = goes_on is not None and goes_on.holds_for(lines)
    joined: list[Span] = []
    run: list[Block] = []
    for line in lines:
        if line.breaks != 1 and run:
            joined += goes_on.join(run, text) if goes_on and is_wrapped else _unwrapped_run(run, text, stands_alone)
            run = []
        run.append(line)
    return joined + (goes_on.join(run, text) if goes_on and is_wrapped else _unwrapped_run(run, text, stands_alone))


def _indent(line: Block, text: str) -> int:
    return line.start - max(text.rfind("\n", 0, line.start), text.rfind("\r", 0, line.start)) - 1


class _Wrapping(NamedTuple):
    """How a text was wrapped: at which column, and how far its lines, by their start, are set in."""

    width: int
    indents: dict[int, int]
    stands_alone: Callable[[str], bool]

    def holds_for(self, lines: list[Block]) -> bool:
        """Whether most of the longer lines are full."""
        full = [
            self._is_full(line, after)
            for line, after in pairwise(lines)
            if after.breaks == 1 and len(line.text) >= _NARROWEST and self._may_go_on(line, after)
        ]
        return sum(full) >= max(_LEAST_FULL, _WRAPPED_SHARE * len(full))

    def join(self, run: list[Block], text: str) -> list[Block]:
        """Lines that stand right below each other, those of a paragraph joined."""
        found = [run[0]]
        for last, line in pairwise(run):
            if self._is_full(last, line) and self._may_go_on(last, line) and not self.stands_alone(line.text):
                start, breaks = found[-1].start, found[-1].breaks
                found[-1] = Block(start, line.end, text[start : line.end], breaks)
            else:
                found.append(line)
        return found

    def _is_full(self, line: Block, after: Block) -> bool:
        """Whether the first word of the line below would not have fitted behind this one."""
        room = self.width - self.indents[line.start] - len(line.text)
        return len(line.text) >= _NARROWEST and room < 1 + len(after.text.split(None, 1)[0])

    def _may_go_on(self, line: Block, after: Block) -> bool:
        """Whether the line below is not set in further and begins no item: a paragraph or a list would begin there."""
        return self.indents[after.start] <= self.indents[line.start] and not _ITEM.match(after.text)


def _unwrapped_run(run: list[Block], text: str, stands_alone: Callable[[str], bool]) -> list[Block]:
    """One block if lines that stand right below each other look hard-wrapped, else the lines as they are."""
    width = max(len(line.text) for line in run)
    if len(run) < 2 or width > _WIDEST or all(line.text.endswith(_ENDED) for line in run[:-1]):
        return run
    wrapping = _Wrapping(width, dict.fromkeys((line.start for line in run), 0), _never)
    if not all(wrapping._is_full(line, after) and not stands_alone(after.text) for line, after in pairwise(run)):
        return run
    start, end = run[0].start, run[-1].end
    return [Block(start, end, text[start:end], run[0].breaks)]
