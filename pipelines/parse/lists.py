"""Items of lists and quoted blocks, told by the mark they begin with and by the lines around them."""

import re
from collections.abc import Sequence

from pipelines.parse.lines import Line

_BULLET = re.compile(r"(?:[•·▪◦‣●■□➢►✓✔*]|[-–.](?=\s)|—(?=\s.*[^.!?…\"”»]$))\s*\S")
_NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s\S")
_SURE_BULLETS = frozenset("•▪◦‣●■□➢►✓✔")


def list_or_quote(lines: Sequence[Line], index: int) -> str | None:
    """list for an item, quote for a quoted block, None for another line."""
    text = lines[index].text
    mark = text[0]
    if mark.isalpha() and text[1:2] not in (".", ")") and text[2:3] not in (".", ")"):
        return None
    if mark == ">" and len(text) > 1:
        return "quote"
    if _BULLET.match(text):
        return "list" if mark in _SURE_BULLETS or _has_neighbour(lines, index, _BULLET, mark) else None
    if _NUMBER.match(text):
        return "list" if _has_neighbour(lines, index, _NUMBER, "") else None
    return None


def _has_neighbour(lines: Sequence[Line], index: int, mark: re.Pattern[str], same: str) -> bool:
    """Whether the line before or behind is an item too, or the line before announces a list."""
    if index and lines[index - 1].plain.endswith(":"):
        return True
    around = [*lines[max(0, index - 1) : index], *lines[index + 1 : index + 2]]
    return any(line.text.startswith(same) and mark.match(line.text) for line in around)
