"""A drop's bytes to its documents, by what the bytes are and not by the file's name.

Each format has its own reader beside this file; this one sniffs, unpacks gzip and gives every document its id. Pure:
the bytes are given, nothing is opened here.
"""

import hashlib
import json
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from pipelines.ingest.decode import Decoded, decode
from pipelines.ingest.html_page import read_html
from pipelines.ingest.json_record import RecordText, read_record
from pipelines.ingest.limits import Limits
from pipelines.records import Document, Notice, Reject, content_id

READER_VERSION = "1"
"""Raise it with every change that makes another text of the same bytes."""


class Read(NamedTuple):
    """One document, its reject where it can't be used, what is worth knowing of it; a reject's bytes as `content`."""

    document: Document
    reject: Reject | None
    notices: list[Notice]
    content: bytes | None = None


def read_drop(path: str, outlet_hint: str | None, data: bytes, sha256: str, limits: Limits) -> Iterator[Read]:
    """Every document in the file's bytes, with its reject where it can't be used, and what is worth knowing of it.

    A file that holds no document at all gives one, rejected.
    """
    maker = _Maker(path, outlet_hint, sha256, len(data))
    if data.startswith(b"\x1f\x8b"):
        unpacked = _gunzip(data, limits.file_bytes)
        maker.packing = "+gzip"
        if isinstance(unpacked, str):
            yield maker.rejected("text", unpacked, "the gzip stream can't be unpacked whole within the limit")
            return
        data = unpacked
    if not data or not data.strip():
        yield maker.rejected("text", "empty", f"{len(data)} bytes, none of them text")
        return
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] in (b"{", b"[") and (records := _json_records(data, limits)) is not None:
        format_, entries = records
        yield from _read_records(maker, format_, entries, limits)
        return
    if len(data) > limits.document_bytes:
        yield maker.rejected("text", "too_large", f"{len(data)} bytes, the limit is {limits.document_bytes}")
        return
    decoded = decode(data)
    if decoded is None:
        yield maker.rejected("text", "binary", f"{len(data)} bytes, beginning with {data[:8]!r}")
    elif not decoded.text.strip():
        yield maker.rejected("text", "empty", "nothing but white space")
    elif _is_html(decoded.text):
        page = read_html(decoded.text)
        if page is None:
            yield maker.rejected("html", "no_text_in_page", f"{len(decoded.text)} characters of HTML")
        else:
            yield maker.document("html", page, decoded)
    else:
        yield maker.document("text", RecordText(decoded.text, None), decoded)


def unread_document(path: str, outlet_hint: str | None, size: int, sha256: str) -> Document:
    """The row of a file that is refused before it is read."""
    document_id = content_id(path, None, sha256)
    return Document(document_id, path, None, outlet_hint, size, sha256, "unread", READER_VERSION, None, None, None)


class _Maker:
    """Builds the documents of one file: what they share, and what a member has of its own."""

    def __init__(self, path: str, outlet_hint: str | None, sha256: str, size: int) -> None:
        self.path, self.outlet_hint, self.packing = path, outlet_hint, ""
        self.sha256, self.size = sha256, size
        self.member: str | None = None

    def of_member(self, member: str, data: bytes) -> "_Maker":
        """The same for one member of the file."""
        maker = _Maker(self.path, self.outlet_hint, hashlib.sha256(data).hexdigest(), len(data))
        maker.packing, maker.member = self.packing, member
        return maker

    def document(self, format_: str, content: RecordText, decoded: Decoded) -> Read:
        """A document that can be used."""
        document = self._row(format_, decoded.encoding, content.text, content.meta)
        notices = []
        if decoded.is_detected:
            notices.append(Notice(document.document_id, "ingest", "encoding_detected", decoded.encoding))
        if decoded.has_replaced and "\ufffd" in content.text:
            count = content.text.count("\ufffd")
            notices.append(Notice(document.document_id, "ingest", "control_characters", f"{count} replaced"))
        return Read(document, None, notices)

    def rejected(self, format_: str, reason: str, detail: str) -> Read:
        """A document that can't be used."""
        document = self._row(format_, None, None, None)
        reject_id = content_id(self.path, self.member, reason)
        reject = Reject(reject_id, document.document_id, self.path, self.member, "ingest", reason, detail, self.sha256)
        return Read(document, reject, [])

    def _row(self, format_: str, encoding: str | None, text: str | None, meta: str | None) -> Document:
        document_id = content_id(self.path, self.member, self.sha256)
        return Document(
            document_id, self.path, self.member, self.outlet_hint, self.size, self.sha256,
            format_ + self.packing, READER_VERSION, encoding, text, meta,
        )  # fmt: skip


def _gunzip(data: bytes, limit: int) -> bytes | str:
    """The unpacked bytes, or the reason why there are none. Several streams in a row are one file, as gzip has it."""
    parts, size = [], 0
    while data:
        stream = zlib.decompressobj(wbits=31)
        try:
            part = stream.decompress(data, limit + 1 - size)
        except zlib.error:
            return "truncated_gzip"
        parts.append(part)
        size += len(part)
        if size > limit:
            return "too_large"
        if not stream.eof:
            return "truncated_gzip"
        data = stream.unused_data.lstrip(b"\x00")  # tape and block devices pad with zeros
    return b"".join(parts)


def _json_records(data: bytes, limits: Limits) -> tuple[str, list[tuple[str | None, bytes]]] | None:
    """('json' or 'jsonl', [(member, bytes)]) where the bytes are JSON or JSON lines; None where they are not."""
    is_small, is_deep = len(data) <= limits.document_bytes, False
    if is_small:  # first as a whole: JSON that was written over several lines may have lines that look like records
        try:
            value = json.loads(data)
            if isinstance(value, list):
                return "json", [(str(number), json.dumps(item).encode()) for number, item in enumerate(value, 1)]
            return "json", [(None, data)]
        except RecursionError:
            is_deep = True
        except ValueError:
            pass
    lines = [(number, line) for number, line in enumerate(data.splitlines(), 1) if line.strip()]
    likely = sum(line.strip()[:1] == b"{" and line.strip()[-1:] == b"}" for _, line in lines)
    # A feed of two lines may have broken off in the second.
    if len(lines) > 1 and (likely > 1 or (is_small and any(_is_object(line) for _, line in lines))):
        return "jsonl", [(str(number), line) for number, line in lines]
    # A text may well begin with a bracket; what looks like an object is held to be one that is damaged.
    is_damaged = is_deep or data.lstrip(b"\xef\xbb\xbf \t\r\n")[:2] in (b'{"', b"{\n", b"{}")
    return ("json", [(None, data)]) if is_damaged or not is_small else None


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _read_records(
    maker: _Maker, format_: str, entries: list[tuple[str | None, bytes]], limits: Limits
) -> Iterator[Read]:
    if not entries:
        yield maker.rejected(format_, "empty", "a JSON list without records")
    for member, data in entries:
        one = maker if member is None else maker.of_member(member, data)
        if len(data) > limits.document_bytes:
            yield one.rejected(format_, "too_large", f"{len(data)} bytes, the limit is {limits.document_bytes}")
            continue
        record = read_record(data)
        if isinstance(record, str):
            yield one.rejected(format_, record, f"{len(data)} bytes, beginning with {data[:40]!r}")
        else:
            decoded = Decoded(record.text, "utf-8", is_detected=False, has_replaced="\ufffd" in record.text)
            yield one.document(format_, record, decoded)


def _is_html(text: str) -> bool:
    start = text[:1024].lstrip().lower()
    return start.startswith(("<!doctype html", "<html")) or (start.startswith("<") and "<html" in start)
