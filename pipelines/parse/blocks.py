"""A text's blocks: the pieces between white space that later get a role each.

A line is a block, unless it belongs to a paragraph that was hard-wrapped at a fixed column. Together the blocks cover
every character that is not white space, each once.
"""

from typing import NamedTuple

_WRAP_LOW, _WRAP_HIGH = 45, 100
"""Columns between which hard-wrapped lines end: mail and agency terminals wrap at 60 to 80."""
_ENDED = (".", "!", "?", ":", ";", "…", '"', "”", "'", "’", ")")


class Block(NamedTuple):
    """One piece of the text from `start` up to `end`, and those characters."""

    start: int
    end: int
    text: str


def blocks(text: str) -> list[Block]:
    """The blocks of the text in order."""
    lines = []
    position = 0
    for raw in text.split("\n" if "\n" in text else "\r"):
        line = raw.strip()
        if line:
            start = position + (len(raw) - len(raw.lstrip()) if raw[0].isspace() else 0)
            lines.append(Block(start, start + len(line), line))
        position += len(raw) + 1
    if not any(_WRAP_LOW <= len(line.text) <= _WRAP_HIGH for line in lines):
        return lines
    joined: list[Block] = []
    group: list[Block] = []
    for block in lines:
        if group and text.count("\n", group[-1].end, block.start) > 1:
            joined += _unwrap(group, text)
            group = []
        group.append(block)
    return joined + _unwrap(group, text)


def _unwrap(group: list[Block], text: str) -> list[Block]:
    """One block if the lines look hard-wrapped, else the lines as they are."""
    if len(group) < 2:
        return group
    inner = group[:-1]
    is_wrapped = (
        all(_WRAP_LOW <= len(line.text) <= _WRAP_HIGH for line in inner)
        and len(group[-1].text) <= _WRAP_HIGH
        and any(not line.text.endswith(_ENDED) for line in inner)
    )
    start, end = group[0].start, group[-1].end
    return [Block(start, end, text[start:end])] if is_wrapped else group
