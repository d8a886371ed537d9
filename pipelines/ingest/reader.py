"""A drop's bytes to its documents, by what the bytes are and not by the file's name.

Each format has its own reader beside this file; this one finds the way into packings and archives, asks the right
reader, and holds all to the limits. What comes out of it is made in outcome.py. Pure: the bytes are given, nothing is
opened and nothing written here. One document is held at a time, beside the bytes it lies in.
"""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from pipelines.ingest.archive import Tar, Zip
from pipelines.ingest.decode import Decoded, decode, is_wide
from pipelines.ingest.feed import feed_entries
from pipelines.ingest.fields import DEFAULT_FIELDS, Fields
from pipelines.ingest.html_page import read_html
from pipelines.ingest.json_record import Entry, as_entries, begins_like_json, json_entries, parse_record
from pipelines.ingest.limits import Limits
from pipelines.ingest.mail import messages, read_mail
from pipelines.ingest.markup import hold_to_tags
from pipelines.ingest.outcome import READER_VERSION, RECORDS, Outcomes, Piece, Read, is_record
from pipelines.ingest.patience import TooSlow, within
from pipelines.ingest.pdf import read_pdf
from pipelines.ingest.record import RecordText, read_record, records_in
from pipelines.ingest.refused import Refused
from pipelines.ingest.sniff import PACKINGS, declared_encoding, kind_of_bytes, kind_of_text
from pipelines.ingest.table import find_table, has_text_column, rows
from pipelines.ingest.unpack import Room, unpack
from pipelines.ingest.warc import read_page, warc_records
from pipelines.records import Document, content_id

__all__ = ["READER_VERSION", "Read", "read_drop", "unread_document"]

_LEVELS = 3
"""Lists of records inside of a record of a list: what services answer has one."""
_NO_DEPTH = frozenset({"warc", "mbox"})
"""What a document may lie in without that it is any deeper: files of records."""
_NO_ENCODING = Decoded("", "", is_detected=False, has_replaced=False)
_Made = TypeVar("_Made")


def read_drop(
    path: str,
    outlet_hint: str | None,
    data: bytes,
    sha256: str,
    limits: Limits,
    fields: Fields = DEFAULT_FIELDS,
    member: str | None = None,
    held_as: str | None = None,
) -> Iterator[Read]:
    """Every document in the file's bytes, with its reject where it can't be used, and what is worth knowing of it.

    A file that holds no document at all gives one, rejected. What a reject was read from comes as its content, unless
    it is larger than a document may be. To read that again, give its bytes and SHA-256, its `member` and, as
    `held_as`, its document's format: ids come out as they did out of the whole file.
    """
    reading = _Reading(Outcomes(path, outlet_hint, sha256, limits.document_bytes), limits, fields, len(data))
    piece = Piece(data, data, sha256, member)
    if member is not None and held_as is not None:
        kind, plus, packing = held_as.partition("+")
        depth = sum(part not in _NO_DEPTH for part in packing.split("+") if part)
        yield from reading.read_again(piece._replace(packing=plus + packing, depth=depth), kind)
    else:
        yield from reading.read_whole(piece)


def unread_document(path: str, outlet_hint: str | None, size: int, sha256: str) -> Document:
    """The row of a file that is refused before it is read."""
    document_id = content_id(path, None, sha256)
    return Document(document_id, path, None, outlet_hint, size, sha256, "unread", READER_VERSION, None, None, None)


class _Reading:
    """The reading of one file: what all its documents share."""

    def __init__(self, outcomes: Outcomes, limits: Limits, fields: Fields, file_bytes: int) -> None:
        self._outcomes, self._limits, self._fields = outcomes, limits, fields
        self._room = Room(limits, file_bytes)
        self._members = 0

    def read_whole(self, piece: Piece) -> Iterator[Read]:
        """The documents in the file."""
        if len(piece.data) > self._limits.file_bytes:
            refused = Refused("too_large", f"{len(piece.data)} bytes, the limit is {self._limits.file_bytes}")
            yield self._outcomes.rejected("unread", piece, refused)
        else:
            yield from self.read(piece)

    def read(self, piece: Piece, kind: str | None = None) -> Iterator[Read]:
        """The documents in the bytes; `kind` is what they are, where that is known."""
        if not piece.data or piece.data.isspace():
            refused = Refused("empty", f"{len(piece.data)} bytes, none of them text")
            yield self._outcomes.rejected("text", piece, refused)
            return
        kind = kind or kind_of_bytes(piece.data)
        try:
            if kind in PACKINGS:
                yield from self._packed(piece, kind)
            elif kind in ("zip", "tar"):
                yield from self._archive(piece, kind)
            elif kind == "warc":
                yield from self._warc(piece)
            elif kind == "mbox":
                yield from self._mailbox(piece)
            elif kind == "mail":
                yield from self._mail(piece)
            elif kind == "pdf":
                self._hold_to_limit(piece.data)
                yield self._outcome(kind, piece, self._patiently(read_pdf, piece.data), _NO_ENCODING)
            else:
                yield from self._text(piece, kind)
        except Refused as refused:
            yield self._outcomes.rejected(kind, piece, refused)

    def read_again(self, piece: Piece, kind: str) -> Iterator[Read]:
        """One member's bytes as they were kept when they were refused."""
        entry = parse_record(piece.data) if kind in RECORDS and is_record(piece.member) else None
        # Rows and entries of feeds are kept as JSON; what is none is the table or the feed itself.
        if entry and not (kind in ("csv", "tsv", "feed") and isinstance(entry.value, Refused)):
            yield from self._entries(kind, piece, iter([entry]), None)
        elif piece.packing.startswith("+warc"):
            yield from self._page(piece)
        else:
            yield from self.read(piece, "mail" if kind == "mail" else None)

    def _packed(self, piece: Piece, packing: str) -> Iterator[Read]:
        self._go_deeper(piece)
        data, damage = unpack(packing, piece.data, self._room)
        if damage is None:
            yield from self.read(piece.unpacked(data, packing))
            return
        # What holds many documents is used as far as it goes; of one document, half would be a wrong text.
        kind = kind_of_bytes(data)
        if kind == "json":
            data = data[: data.rfind(b"\n") + 1]
        if kind in ("tar", "warc") or (kind == "json" and (json_entries(data, self._limits) or "")[:1] == ("jsonl",)):
            inside = self.read(piece.unpacked(data, packing), kind)
            yield from (found for found in inside if found.document.member != piece.member)
        raise damage

    def _archive(self, piece: Piece, kind: str) -> Iterator[Read]:
        self._go_deeper(piece)
        archive = Zip(piece.data, self._limits) if kind == "zip" else Tar(piece.data, self._limits)
        is_empty = True
        for name, size, data in archive.members(self._room):
            is_empty = False
            self._count()
            if isinstance(data, Refused):
                yield self._outcomes.unread(piece.inside(name, b"", archive.packing), size, data)
            else:
                inside = piece.inside(name, data, archive.packing)
                yield from self.read(inside.deeper())
        if is_empty:
            raise Refused("empty", f"a {archive.packing} without files")

    def _warc(self, piece: Piece) -> Iterator[Read]:
        is_empty = True
        for number, data in warc_records(piece.data):
            for found in self._page(piece.inside(number, data, "warc")):
                is_empty = False
                yield found
        if is_empty:
            raise Refused("empty", "a web archive without pages")

    def _page(self, piece: Piece) -> Iterator[Read]:
        try:
            page = read_page(piece.data, self._room, self._limits)
        except Refused as refused:
            yield self._outcomes.rejected("unread", piece, refused)
            return
        if page is not None:
            self._count()
            said = {name: value for name, value in (("url", page.url), ("fetched", page.fetched)) if value}
            yield from self.read(piece._replace(data=page.data, charset=page.charset, said=said))

    def _mailbox(self, piece: Piece) -> Iterator[Read]:
        for number, message in messages(piece.data):
            self._count()
            yield from self.read(piece.inside(number, message, "mbox"), "mail")

    def _mail(self, piece: Piece) -> Iterator[Read]:
        self._hold_to_limit(piece.data)
        content, how, attached = self._patiently(read_mail, piece.data)
        yield self._outcome("mail", piece, content, how)
        for number, message in enumerate(attached, 1):
            inside = piece.inside(number, message).deeper()
            try:
                self._go_deeper(piece)
                self._count()
            except Refused as refused:  # the message itself has been used
                yield self._outcomes.rejected("mail", inside, refused)
                return
            yield from self.read(inside, "mail")

    def _text(self, piece: Piece, kind: str) -> Iterator[Read]:
        """What no magic number tells of: JSON, pages, feeds, tables, plain text."""
        data, decoded = piece.data, None
        if is_wide(data) and (decoded := decode(data)):
            data = decoded.text.encode()
            kind = "json" if begins_like_json(data) else kind
        if kind == "json" and (found := json_entries(data, self._limits)):
            yield from self._entries(found[0], piece, found[1], decoded)
            return
        kind = "text"
        try:
            if len(data) > self._limits.document_bytes and not self._is_table(data):
                self._hold_to_limit(data)
            decoded = decoded or decode(data, piece.charset or declared_encoding(data))
            if decoded is None:
                raise Refused("binary", f"{len(data)} bytes, beginning with {data[:8]!r}")
            if not decoded.text or decoded.text.isspace():
                raise Refused("empty", "nothing but white space")
            kind = kind_of_text(decoded.text)
            if kind in ("html", "feed"):
                hold_to_tags(decoded.text)
            if kind == "html":
                page = self._patiently(read_html, decoded.text)
                refused = Refused("no_text_in_page", f"{len(decoded.text)} characters of HTML")
                yield self._outcome(kind, piece, page or refused, decoded)
            elif kind == "feed":
                entries = as_entries(self._patiently(feed_entries, decoded.text))
                yield from self._entries(kind, piece, entries, decoded)
            elif kind == "xml":
                raise Refused("unknown_xml", f"beginning with {decoded.text[:80]!r}")
            elif table := find_table(decoded.text, self._fields):
                kind = "tsv" if table.delimiter == "\t" else "csv"
                if not has_text_column(table, self._fields):
                    raise Refused("no_text_column", f"the columns are {', '.join(table.header)[:160]}")
                yield from self._entries(kind, piece, rows(decoded.text, table, self._limits), decoded)
            else:
                yield self._outcome(kind, piece, RecordText(decoded.text, None), decoded)
        except Refused as refused:
            yield self._outcomes.rejected(kind, piece, refused)

    def _is_table(self, data: bytes) -> bool:
        """Whether the bytes open like a table: only of many documents may there be more than a document's worth."""
        head = decode(data[:65536])
        return (
            head is not None and kind_of_text(head.text) == "text" and find_table(head.text, self._fields) is not None
        )

    def _entries(self, format_: str, piece: Piece, entries: Iterator[Entry], how: Decoded | None) -> Iterator[Read]:
        """The records of a file one by one; where it can't be read any further, it is rejected behind them."""
        is_empty = True
        try:
            for entry in entries:
                is_empty = False
                if entry.number is not None:
                    self._count()
                one = piece if entry.number is None else piece.inside(entry.number, entry.data)
                yield from self._entry(format_, one, entry if how is None else entry._replace(how=how))
            if is_empty:
                raise Refused("empty", "no records in it")
        except Refused as refused:
            yield self._outcomes.rejected(format_, piece, refused)

    def _entry(self, format_: str, piece: Piece, entry: Entry, level: int = 0) -> Iterator[Read]:
        """A record, or those in the list that it is or holds."""
        try:
            yield self._outcomes.used(format_, piece, self._record(format_, entry), entry.how)
            return
        except Refused as refused:
            inner = records_in(entry.value, self._fields) if refused.reason == "no_text" and level < _LEVELS else None
            if not inner:
                refused = Refused("empty", "no records in it") if inner == [] else refused
                yield self._outcomes.rejected(format_, piece, refused)
                return
        for one in as_entries(inner, entry.how):
            self._count()
            yield from self._entry(format_, piece.inside(one.number or "", one.data), one, level + 1)

    def _record(self, format_: str, entry: Entry) -> RecordText:
        if isinstance(entry.value, Refused):
            raise entry.value
        self._hold_to_limit(entry.data)
        if not isinstance(entry.value, dict):
            reason = "damaged_row" if format_ in ("csv", "tsv") else "no_text"
            raise Refused(reason, f"no record: {entry.data[:60]!r}")
        # Only HTML inside takes its time; a timer for each plain record would cost as much as reading it.
        if b"<" not in entry.data:
            return read_record(entry.value, self._fields)
        return self._patiently(read_record, entry.value, self._fields)

    def _patiently(self, work: Callable[..., _Made], *arguments: Any) -> _Made:
        """What the work gives. Raises Refused where it takes too long, or goes deeper than Python does."""
        try:
            with within(self._limits.document_seconds):
                return work(*arguments)
        except TooSlow:
            raise Refused("too_slow", f"more than {self._limits.document_seconds:g} seconds of CPU time") from None
        except RecursionError:
            raise Refused("nested_too_deep", "elements within elements") from None

    def _hold_to_limit(self, data: bytes) -> None:
        if len(data) > self._limits.document_bytes:
            raise Refused("too_large", f"{len(data)} bytes, the limit is {self._limits.document_bytes}")

    def _go_deeper(self, piece: Piece) -> None:
        if piece.depth >= self._limits.nesting:
            raise Refused("nested_too_deep", f"inside of {self._limits.nesting} packings and archives")

    def _count(self) -> None:
        self._members += 1
        if self._members > self._limits.members:
            raise Refused("too_many_members", f"more than {self._limits.members} members and records")

    def _outcome(self, format_: str, piece: Piece, content: RecordText | Refused, how: Decoded) -> Read:
        if isinstance(content, Refused):
            return self._outcomes.rejected(format_, piece, content)
        return self._outcomes.used(format_, piece, content, how)
