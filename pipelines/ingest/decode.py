"""Bytes to text: a byte order mark, else strict UTF-8, else detection. What is no text at all is said to be binary.

The text that comes out is final (records.Document.text). Mending belongs to an article's body, never here.
"""

import codecs
import re
from typing import NamedTuple

from chardetng_py import detect

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with UTF-16's
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF-", b"PK\x03\x04", b"\x7fELF", b"RIFF", b"OggS", b"ID3", b"MZ")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_BINARY_SHARE = 0.02
"""Share of control characters from which bytes without a mark are held to be no text: text has stray ones, if any."""


class Decoded(NamedTuple):
    """A text without its mark, the encoding it was in, and whether that was a guess or characters were replaced."""

    text: str
    encoding: str
    is_detected: bool
    has_replaced: bool


def decode(data: bytes) -> Decoded | None:
    """The text in `data`, control characters but tab and line ends replaced one for one by U+FFFD; None if binary."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return clean(data[len(mark) :].decode(encoding, "replace"), encoding, is_detected=False)
    if data.startswith(_MAGIC):
        return None
    try:
        decoded = clean(data.decode("utf-8"), "utf-8", is_detected=False)
    except UnicodeDecodeError:
        if b"\x00" in data[:4096]:
            return _without_mark(data)
        encoding = str(detect(data, allow_utf8=False)).lower()
        decoded = clean(data.decode(encoding, "replace"), encoding, is_detected=True)
    if decoded.has_replaced and decoded.text.count("\ufffd") > _BINARY_SHARE * len(decoded.text):
        return _without_mark(data)
    return decoded


def _without_mark(data: bytes) -> Decoded | None:
    """UTF-16 that lost its mark shows as Latin letters with a NUL before or behind each; anything else is binary."""
    sample = data[:4096]
    half = len(sample) // 2
    for encoding, nul_at, letter_at in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
        if sample[nul_at::2].count(0) > 0.7 * half and sample[letter_at::2].count(0) < 0.02 * half:
            return clean(data.decode(encoding, "replace"), encoding, is_detected=True)
    return None


def clean(text: str, encoding: str, *, is_detected: bool) -> Decoded:
    """The text with control characters and lone surrogates replaced one for one."""
    cleaned = _CONTROL.sub("\ufffd", text)
    return Decoded(cleaned, encoding, is_detected, "\ufffd" in cleaned)
