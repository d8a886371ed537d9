"""Text as the entity model reads it: words with their offsets, each with its word pieces and its shape.

Words are cut finely, at every hyphen, dot and apostrophe, so that a name can start or end at any of them. The
vocabulary is that of BERT, uncased; the shape of a word brings its case back, and whether a space stands before
it tells 'U.S.' from the end of a sentence. Training and run time both read text through this file alone.
How words make windows is `windows.py`.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+|[^\s]")
# The lengths are bounded, so that a line of a million letters and one '@' takes no longer than another.
MASKED = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,255}")
"""URLs and e-mail addresses: names in them are no mentions. The model reads the word 'link', shaped as a sign."""

SHAPES = 12
SPACED = SHAPES
"""Shapes are 0 to 11; a word with a space before it has its shape plus `SPACED`."""
(_NONE, _LOWER, _TITLE, _CAPITAL, _SHORT_CAPITALS, _CAPITALS, _INNER, _MIXED, _DIGITS, _CODE, _SIGN, _CASELESS) = range(
    12
)

MAY_NAME = frozenset(
    shape + space
    for shape in (_TITLE, _CAPITAL, _SHORT_CAPITALS, _CAPITALS, _INNER, _MIXED, _CODE, _CASELESS)
    for space in (0, SPACED)
)
"""Shapes in which a name's first or only word comes."""

_LONGEST_WORD = 40  # letters; what is longer is noise and becomes one unknown piece
_MOST_PIECES = 10  # of one word; no name needs more, and noise must not fill a window
_REMEMBERED = 200_000  # different words; it bounds the memory


class Word(NamedTuple):
    """One word: its offsets in the text, in code points, its shape and the ids of its pieces."""

    start: int
    end: int
    shape: int
    pieces: tuple[int, ...]


class WordPieces:
    """The vocabulary. `words` reads a text; the same text always gives the same words."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self.ids = {piece: number for number, piece in enumerate(vocabulary)}
        self.opening = self.ids["[CLS]"]
        self.closing = self.ids["[SEP]"]
        self.unknown = self.ids["[UNK]"]
        self._link = (self.ids["link"],)
        self._known: dict[str, tuple[int, tuple[int, ...]]] = {}

    def words(self, text: str) -> list[Word]:
        """The words of a text, in order."""
        known = self._known
        out: list[Word] = []
        links = [match.span() for match in MASKED.finditer(text)] if _may_link(text) else []
        start, previous = 0, -1
        for first, last in (*links, (len(text), len(text))):
            for match in WORD.finditer(text, start, first):
                a, b = match.span()
                surface = match.group()
                entry = known.get(surface)
                if entry is None:
                    entry = self._learn(surface)
                shape, pieces = entry
                out.append(Word(a, b, shape + SPACED if a != previous else shape, pieces))
                previous = b
            if last > first:
                out.append(Word(first, last, _SIGN + SPACED, self._link))
                previous = last
            start = last
        return out

    def _learn(self, surface: str) -> tuple[int, tuple[int, ...]]:
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        entry = self._known[surface] = shape_of(surface), self.pieces(surface)
        return entry

    def pieces(self, surface: str) -> tuple[int, ...]:
        """The ids of one word's pieces: the longest known piece first, as BERT does it (lower case, no accents)."""
        plain = unicodedata.normalize("NFD", surface.lower())
        plain = "".join(letter for letter in plain if unicodedata.category(letter) != "Mn")
        if not plain or len(plain) > _LONGEST_WORD:
            return (self.unknown,)
        ids, out, at = self.ids, [], 0
        while at < len(plain):
            mark = "##" if at else ""
            for stop in range(len(plain), at, -1):
                number = ids.get(mark + plain[at:stop])
                if number is not None:
                    break
            else:
                return (self.unknown,)
            out.append(number)
            at = stop
        return tuple(out[:_MOST_PIECES])


def is_initial(word: Word) -> bool:
    """Whether a space, or nothing, stands before the word."""
    return word.shape >= SPACED


def shape_of(word: str) -> int:
    """How a word is written: lower, Title, C, USA, CAPITALS, McCain, iPod, 12, F16, a sign, or without case."""
    if not word[0].isalnum():
        return _SIGN
    if word.isdigit():
        return _DIGITS
    if any(letter.isdigit() for letter in word):
        return _CODE
    if word.islower():
        return _LOWER
    if word.isupper():
        return _CAPITAL if len(word) == 1 else _SHORT_CAPITALS if len(word) <= 5 else _CAPITALS
    if word[0].isupper():
        return _TITLE if word[1:].islower() else _INNER
    return _MIXED if word.lower() != word else _CASELESS


def _may_link(text: str) -> bool:
    return "@" in text or "www." in text or "://" in text
