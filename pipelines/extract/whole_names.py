"""Place names that hold a possessive or begin with an article, whole again: 'Cox's Bazar', 'The Pas'.

What reads names takes such a word for one that stands beside the name, as it mostly does ('Syria's Idlib', 'The Gulf').
Here the gazetteer is asked whether a place is called so.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipelines.extract.settle import Item
from pipelines.extract.spelling import fold
from pipelines.records import Place

_POSSESSIVES = frozenset({"'s ", "’s "})
_ARTICLE = "The "
_READ_SHORT = frozenset({"place", "unknown"})
_ENDS = frozenset(".!?:;\"'“”‘’…-–—\n")


class Option(NamedTuple):
    """What may be one name: items[first:last], at text[start:end]. `is_sure` where its capital article says so."""

    first: int
    last: int
    start: int
    end: int
    name: str
    is_sure: bool


def options_of(text: str, items: Sequence[Item]) -> list[Option]:
    """What the pieces of one article would make with what is beside them: the names to ask the gazetteer for."""
    options = []
    for i, (base, paragraph, piece) in enumerate(items):
        if piece.type not in _READ_SHORT:
            continue
        start, end = base + piece.start, base + piece.end
        if text[end + 1 : end + 3] == "s " and i + 1 < len(items):
            after = items[i + 1]
            first, last = after.base + after.piece.start, after.base + after.piece.end
            is_beside = after.paragraph == paragraph and text[end:first] in _POSSESSIVES
            if is_beside and after.piece.type in _READ_SHORT:
                options.append(Option(i, i + 2, start, last, text[start:last], True))
        first = start if text.startswith(_ARTICLE, start) else start - len(_ARTICLE)
        if first >= base and text.startswith(_ARTICLE, first) and not text[first - 1 : first].isalnum():
            before = text[max(base, first - 8) : first].rstrip(" ")
            is_within = bool(before) and before[-1] not in _ENDS
            options.append(Option(i, i + 1, first, end, text[first:end], is_within))
    return options


def made_whole(
    text: str,
    items: Sequence[Item],
    options: Sequence[Option],
    found: Mapping[str, Sequence[Place]],
    loose: Sequence[int],
) -> list[Item]:
    """The items with those put together that are one place's own name, by what the gazetteer `found`.

    An article with a capital belongs to the name where it stands so within a sentence of the article, not at its
    beginning and not in one of the paragraphs of index `loose`, whose capitals say nothing.
    """
    options = [option for option in options if _is_own(option.name, found)]
    sure = {option.name for option in options if option.is_sure and items[option.first].paragraph not in loose}
    whole = {option.first: option for option in options if option.name in sure}
    out: list[Item] = []
    at = 0
    while at < len(items):
        option = whole.get(at)
        out.append(_joined(items[option.first : option.last], option) if option else _bare(text, items[at]))
        at = option.last if option else at + 1
    return out


def _is_own(name: str, found: Mapping[str, Sequence[Place]]) -> bool:
    return any(fold(place.name) == fold(name) for place in found.get(name, ()))


def _joined(items: Sequence[Item], option: Option) -> Item:
    piece = max((item.piece for item in items), key=lambda piece: piece.confidence)
    base = items[0].base
    type_ = "place" if len(items) > 1 else piece.type
    where = piece._replace(start=option.start - base, end=option.end - base, type=type_, name=option.name)
    return items[0]._replace(piece=where)


def _bare(text: str, item: Item) -> Item:
    """A place without the article that its reader took in."""
    piece = item.piece
    if piece.type != "place" or not text.startswith(_ARTICLE, item.base + piece.start):
        return item
    return item._replace(
        piece=piece._replace(start=piece.start + len(_ARTICLE), name=piece.name.removeprefix(_ARTICLE))
    )
