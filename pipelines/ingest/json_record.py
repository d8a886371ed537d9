"""JSON and JSON lines to their records, one by one. What a record says is record.py's."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipelines.ingest.decode import UTF_8, Decoded, decode, find_encoding
from pipelines.ingest.limits import Limits
from pipelines.ingest.refused import Refused

_START = re.compile(rb"(?:\xef\xbb\xbf)?[ \t\r\n]*")
_WHITE = re.compile(r"[ \t\r\n]*")
_OBJECT = re.compile(rb"\[?\s*\{\s*(?:\"|\}|\Z)")
"""How JSON begins that no text does; a text may well begin with a bracket."""
_DEEP = "brackets within brackets, deeper than any record"
_DECODER = json.JSONDecoder(strict=False)
"""Lenient with control characters inside of strings: they are replaced later, as in any text."""


class Entry(NamedTuple):
    """A record's number in its file (None: it is the file), its bytes, what they are as JSON, and how they were
    decoded. The value is a Refused where they can't be read."""

    number: str | None
    data: bytes
    value: object
    how: Decoded = UTF_8


def begins_like_json(data: bytes) -> bool:
    """Whether the first character is one that JSON opens with."""
    start = start_of(data)
    return data[start : start + 1] in (b"{", b"[")


def start_of(data: bytes) -> int:
    """Where the first character stands that is neither mark nor white space."""
    match = _START.match(data)
    return match.end() if match else 0


def json_entries(data: bytes, limits: Limits) -> tuple[str, Iterator[Entry]] | None:
    """('json' or 'jsonl', records) where the bytes are JSON or JSON lines; None where they are not.

    A list gives its items; where it is damaged, those before the damage, and the iterator raises Refused. An object
    around a list, as feeds have it, is one entry.
    """
    start, is_small = start_of(data), len(data) <= limits.document_bytes
    looks_like_objects = _OBJECT.match(data, start) is not None
    value: object = Refused("too_large", f"a JSON object of {len(data)} bytes, the limit is {limits.document_bytes}")
    how = UTF_8
    if is_small:  # first as a whole: JSON that was written over several lines may have lines that look like records
        value, how = _parse(data)
        if isinstance(value, list):
            return "json", as_entries(value, how)
        if not isinstance(value, Refused):
            return "json", iter([Entry(None, data, value, how)])
    if looks_like_objects and data[start : start + 1] == b"[":
        decoded = decode(data)
        if decoded is None or "[" not in decoded.text:
            return None
        return "json", as_entries(_list_items(decoded.text), decoded._replace(text=""))
    if _are_lines(data, is_small=is_small):
        return "jsonl", _lines(data)
    if looks_like_objects or (isinstance(value, Refused) and value.detail == _DEEP):
        return "json", iter([Entry(None, data, value, how)])
    return None


def parse_record(data: bytes) -> Entry:
    """The bytes of one record as it came out of its file."""
    value, how = _parse(data)
    return Entry(None, data, value, how)


def _parse(data: bytes, encoding: str | None = None) -> tuple[object, Decoded]:
    """The bytes as JSON, or the Refused that says why not; how they were decoded. `encoding` is that of the file."""
    how = UTF_8
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        decoded = decode(data, encoding)
        if decoded is None:
            return Refused("damaged_json", "it is no text"), UTF_8
        text, how = decoded.text, decoded._replace(text="")
    try:
        return _DECODER.decode(text), how
    except RecursionError:
        return Refused("damaged_json", _DEEP), how
    except ValueError as error:
        return Refused("damaged_json", f"{error}; {len(data)} bytes, beginning with {data[:40]!r}"), how


def as_entries(values: Iterable[object], how: Decoded = UTF_8) -> Iterator[Entry]:
    """Each value as the JSON of a record, numbered from 1."""
    for number, value in enumerate(values, 1):
        try:
            yield Entry(str(number), json.dumps(value).encode(), value, how)
        except RecursionError:  # it was read at a lesser depth of our own calls than this is
            yield Entry(str(number), b"", Refused("damaged_json", _DEEP), how)


def _list_items(text: str) -> Iterator[object]:
    """The items of a list one by one. Raises Refused where it is damaged."""
    at = text.index("[") + 1
    is_first = True
    while True:
        at = _after_white(text, at)
        if is_first and text[at : at + 1] == "]":
            break
        try:
            value, at = _DECODER.raw_decode(text, at)
        except RecursionError as error:
            raise Refused("damaged_json", _DEEP) from error
        except ValueError as error:
            raise Refused("damaged_json", f"the list can be read up to character {at}: {error}") from error
        yield value
        is_first, at = False, _after_white(text, at)
        mark, at = text[at : at + 1], at + 1
        if mark == "]":
            break
        if mark != ",":
            raise Refused("damaged_json", f"the list can be read up to character {at - 1}")
    if _after_white(text, at) < len(text):
        raise Refused("damaged_json", f"something stands behind the list, from character {at} on")


def _after_white(text: str, at: int) -> int:
    match = _WHITE.match(text, at)
    return match.end() if match else at


def _are_lines(data: bytes, *, is_small: bool) -> bool:
    """Whether these are JSON lines: two lines look like an object, or, of a few, one is (the rest may be cut off)."""
    count, objects = 0, []
    for _, line in _each_line(data):
        count += 1
        if line[:1] == b"{" and line[-1:] == b"}":
            objects.append(line)
            if len(objects) > 1:
                return True
    return is_small and count > 1 and any(isinstance(_parse(line)[0], dict) for line in objects)


def _lines(data: bytes) -> Iterator[Entry]:
    encoding: str | None = None
    for number, line in _each_line(data):
        if encoding is None and not line.isascii() and not _is_utf_8(line):
            encoding = find_encoding(data)
        value, how = _parse(line, encoding)
        yield Entry(str(number), line, value, how)


def _each_line(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(number from 1, line without white space around it) of every line that is not blank."""
    at, number = 0, 0
    while at < len(data):
        end = data.find(b"\n", at)
        end = len(data) if end < 0 else end
        number += 1
        if line := data[at:end].strip():
            yield number, line
        at = end + 1


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
