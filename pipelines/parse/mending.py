"""Mojibake: text decoded with the wrong encoding before it came here ('donâ€™t'), mended where that is certain.

Certain is what gives the very same characters when it is broken again in the same way; ftfy says what looks broken.
Only fields and bodies are mended, a document's own text never is.
"""

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ftfy import TextFixerConfig

_TYPICAL = re.compile(
    "[âÃÂÐÑØÙÄÅвРС][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u0402-\u040f\u0452-\u045f\u0490\u0491\u2013-\u203a\u20ac\u2116\u2122\ufffd]"
)
"""Two characters as UTF-8 makes them when it is read as Windows-1252, Latin-1 or Windows-1251: one set after the other,
so that the search runs at the speed of one set."""
_LOST_QUOTE = "â€\ufffd"
"""The closing quotation mark: its last byte is a control character, which the reader replaced."""
_DAMAGED = re.compile("[âÃÂÐÑØÙÄÅ]\ufffd|â€\ufffd")


class Mended(NamedTuple):
    """The text as it was meant; `lengths` has for each of its characters how many stand for it in the text as it is."""

    text: str
    lengths: list[int]

    def offset(self, at: int) -> int:
        """The place in the text as it is of place `at` in the mended one."""
        return sum(self.lengths[:at])


def looks_broken(text: str) -> bool:
    """Whether the text has two characters side by side that mojibake has: fast, and right text may have them too."""
    return _TYPICAL.search(text) is not None


def mend(text: str) -> Mended | None:
    """The text mended; None where nothing is broken, or where it is not certain what it was."""
    if not looks_broken(text):
        return None
    from ftfy import fix_encoding_and_explain

    # The opening mark beside it makes the lost one certain.
    found = text.replace(_LOST_QUOTE, "â€\x9d") if "â€œ" in text else text
    steps = fix_encoding_and_explain(found, _only_encoding()).explanation or []
    if not steps or len(steps) % 2:
        return None
    lengths = [1] * len(found)
    for wrong, right in zip(steps[::2], steps[1::2], strict=True):
        if (wrong.action, right) != ("encode", ("decode", "utf-8")):
            return None
        read = found.encode(wrong.parameter).decode("utf-8")
        if read.encode("utf-8").decode(wrong.parameter) != found:
            return None
        at, summed = 0, []
        for character in read:
            count = len(character.encode("utf-8"))
            summed.append(sum(lengths[at : at + count]))
            at += count
        found, lengths = read, summed
    return None if "\ufffd" in found else Mended(found, lengths)


@cache
def _only_encoding() -> "TextFixerConfig":
    """ftfy does much more: none of it gives back the same characters when it is undone."""
    from ftfy import TextFixerConfig

    return TextFixerConfig(
        restore_byte_a0=False, replace_lossy_sequences=False, decode_inconsistent_utf8=False, fix_c1_controls=False
    )


def is_damaged(text: str) -> bool:
    """Whether the text is broken beyond mending: bytes of it were replaced on the way."""
    return _DAMAGED.search(text) is not None
