"""Bytes to text: a byte order mark, else strict UTF-8, else what the page or server declares, else detection.

What is no text at all is said to be binary. The text that comes out is final (records.Document.text). Mending belongs
to an article's body, never here.
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
_WIDE = tuple(mark for mark, _ in _MARKS[1:])
_MAGIC = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF-", b"PK\x03\x04", b"\x7fELF", b"RIFF", b"OggS", b"ID3", b"MZ")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_CONTROL_BYTES = bytes([*range(9), 11, 12, *range(14, 32), 127])
_BINARY_SHARE = 0.02
"""Share of control characters from which bytes without a mark are held to be no text: text has stray ones, if any."""
_SHIFTS = ((b"\x1b$)C", "iso-2022-kr"), (b"\x1b$", "iso-2022-jp-2"), (b"\x1b(", "iso-2022-jp-2"))
"""Escapes by which seven-bit encodings change their set of letters. To UTF-8 such bytes are valid ASCII."""
_LATIN_9 = re.compile(rb"[a-z\xdf-\xff]\xbd|\xbd[a-z\xdf-\xff]|\xa4[ \xa0]?\d|\d[ \xa0]?\xa4")
"""œ and € in ISO 8859-15, which the detector does not know: in its kin they are signs that nobody writes there."""
_LATIN_9_KIN = ("windows-1252", "windows-1254", "iso-8859-2", "iso-8859-4", "windows-1250", "windows-1257")
_WINDOWS_ONLY = re.compile(rb"[\x80-\x9f]")
_WIDER = {
    # What the world calls by the left name is written in the right one (WHATWG Encoding Standard, labels).
    "ascii": "windows-1252", "iso8859-1": "windows-1252", "iso8859-9": "windows-1254", "iso8859-11": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
    # The detector's own names for what Python knows by others.
    "iso-8859-8-i": "iso8859-8", "windows-874": "cp874", "x-mac-cyrillic": "mac-cyrillic",
}  # fmt: skip


class Decoded(NamedTuple):
    """A text without its mark, the encoding it was in, whether that was a guess, whether U+FFFD is in it, and how many
    of these stand for bytes that are invalid in the encoding."""

    text: str
    encoding: str
    is_detected: bool
    has_replaced: bool
    invalid: int = 0


UTF_8 = Decoded("", "utf-8", is_detected=False, has_replaced=False)
"""How most things are encoded, where the text itself is somewhere else."""


def decode(data: bytes, declared: str | None = None) -> Decoded | None:
    """The text in `data`, control characters but tab and line ends replaced one for one by U+FFFD; None if binary.

    `declared` is the encoding that the page or its server names. It is believed if the bytes are valid in it.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return clean(data[len(mark) :].decode(encoding, "replace"), encoding, is_detected=False)
    if data.startswith(_MAGIC):
        return None
    if b"\x00" in data[:4096] and data.count(0) > _BINARY_SHARE * len(data):
        return _without_mark(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        if b"\x00" in data[:4096]:
            return _without_mark(data)
        decoded = _legacy(data, declared)
    else:
        # Nearly all texts are done here; going over their bytes is four times as fast as over their characters.
        if b"\xc2" not in data and "\ufffd" not in text and len(data.translate(None, _CONTROL_BYTES)) == len(data):
            return Decoded(text, "utf-8", is_detected=False, has_replaced=False)
        decoded = (b"\x1b" in data and _shifting(data)) or clean(text, "utf-8", is_detected=False)
    if decoded.has_replaced:
        lost_before = data.count(b"\xef\xbf\xbd") if decoded.encoding == "utf-8" else 0
        if decoded.text.count("\ufffd") - lost_before > _BINARY_SHARE * len(decoded.text):
            return _without_mark(data)
    return decoded


def is_wide(data: bytes) -> bool:
    """Whether these are letters of two or four bytes each: UTF-16 or UTF-32, by mark or by the NULs."""
    return data.startswith(_WIDE) or b"\x00" in data[:64]


def _legacy(data: bytes, declared: str | None) -> Decoded:
    """Bytes that are not UTF-8 throughout."""
    replaced = data.decode("utf-8", "replace")
    invalid = replaced.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    valid = len(replaced) - len(replaced.encode("ascii", "ignore")) - replaced.count("\ufffd")
    # In any other encoding a sequence that is valid UTF-8 is a rare accident, and would be mojibake.
    if valid >= 2 * invalid:
        return clean(replaced, "utf-8", is_detected=False)._replace(invalid=invalid)
    if encoding := python_name(declared):
        try:
            return clean(data.decode(encoding), encoding, is_detected=False)
        except UnicodeError:
            pass
    encoding = find_encoding(data)
    text = data.decode(encoding, "replace")
    return clean(text, encoding, is_detected=True)._replace(invalid=text.count("\ufffd"))


def find_encoding(data: bytes) -> str:
    """The encoding, as Python names it, that bytes which are not UTF-8 are most likely in."""
    encoding = python_name(str(detect(data, allow_utf8=False))) or "windows-1252"
    if encoding in _LATIN_9_KIN and _LATIN_9.search(data) and not _WINDOWS_ONLY.search(data):
        return "iso-8859-15"
    return encoding


def python_name(label: str | None) -> str | None:
    """The codec for an encoding by its label, or for the wider one that usually hides behind it; None if unknown."""
    if not label:
        return None
    name = label.strip().lower()
    if name not in _WIDER:
        try:
            codec = codecs.lookup(name)
        except (LookupError, ValueError):  # ValueError: a NUL in the name
            return None
        if not codec._is_text_encoding or name.replace("_", "-").startswith(("utf", "unicode", "raw-unicode", "idna")):
            return None  # a declaration can't overrule that the bytes are not valid UTF-8
        name = codec.name if codec.name in _WIDER else name
    return _WIDER.get(name, name)


def _shifting(data: bytes) -> Decoded | None:
    """Text in a seven-bit encoding that shifts between sets of letters, None if it is not."""
    for escape, encoding in _SHIFTS:
        if escape in data:
            try:
                return clean(data.decode(encoding), encoding, is_detected=True)
            except UnicodeDecodeError:
                return None
    return None


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
    cleaned = text if text.isprintable() else _CONTROL.sub("\ufffd", text)
    return Decoded(cleaned, encoding, is_detected, "\ufffd" in cleaned)
