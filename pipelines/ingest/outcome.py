"""What comes of bytes on their way through a drop: a document's row with its notices, or its reject.

A document's member is its way into the file: names of an archive's members, numbers of records, joined by '!'.
`feed.jsonl!3` is the third line of a member, `3` the third line of the file. A packing of one stream (gzip and the
like) is no step on that way. `format` says what the bytes were and what they lay in, from inside to outside:
`jsonl+gzip+zip`.
"""

import hashlib
import json
from typing import NamedTuple

from pipelines.ingest.decode import Decoded
from pipelines.ingest.record import RecordText, dump_meta
from pipelines.ingest.refused import Refused
from pipelines.records import Document, Notice, Reject, content_id

READER_VERSION = "2"
"""Raise it with every change that makes another text of the same bytes."""
RECORDS = ("json", "jsonl", "csv", "tsv", "feed")
"""Formats whose members are kept as the JSON of one record."""


class Read(NamedTuple):
    """One document, its reject where it can't be used, what is worth knowing of it; a reject's bytes as `content`."""

    document: Document
    reject: Reject | None
    notices: list[Notice]
    content: bytes | None = None


class Piece(NamedTuple):
    """Bytes on their way to being documents, and what they count as: `kept` are those that sha256 and size are of.

    For the file these are its bytes as it lies there, whatever is unpacked of it; for a member, its own. `depth`
    counts the packings and archives around it; `charset` and `said` are what a web server said of it.
    """

    data: bytes
    kept: bytes
    sha256: str | None
    member: str | None = None
    packing: str = ""
    depth: int = 0
    charset: str | None = None
    said: dict[str, str] | None = None

    def inside(self, step: str | int, data: bytes, container: str | None = None) -> "Piece":
        """A member or record in these bytes; `container` is what they are, if `format` is to tell."""
        member = str(step) if self.member is None else f"{self.member}!{step}"
        packing = f"+{container}{self.packing}" if container else self.packing
        return self._replace(data=data, kept=data, sha256=None, member=member, packing=packing)

    def unpacked(self, data: bytes, packing: str) -> "Piece":
        """The same out of a packing of one stream."""
        piece = self._replace(data=data, packing=f"+{packing}{self.packing}").deeper()
        return piece if self.member is None else piece._replace(kept=data, sha256=None)

    def deeper(self) -> "Piece":
        """The same with one more packing or archive around it."""
        return self._replace(depth=self.depth + 1)


def is_record(member: str | None) -> bool:
    """Whether the member is a record by its number; a file in an archive has a name."""
    return member is not None and member.rpartition("!")[2].isdigit()


class Outcomes:
    """Makes the rows of one file's documents."""

    def __init__(self, path: str, outlet_hint: str | None, sha256: str, kept_bytes: int) -> None:
        self._path, self._outlet_hint, self._sha256, self._kept_bytes = path, outlet_hint, sha256, kept_bytes

    def used(self, format_: str, piece: Piece, content: RecordText, how: Decoded) -> Read:
        """A document that can be used."""
        meta = content.meta
        if piece.said:
            found = json.loads(meta) if meta else {}
            # A page's address is where it was found; of the records in one answer each may have its own.
            meta = dump_meta({**piece.said, **found} if format_ in RECORDS else {**found, **piece.said})
        document = self._row(format_, piece, how.encoding or None, content.text, meta)
        notices = []
        if how.is_detected:
            notices.append(Notice(document.document_id, "ingest", "encoding_detected", how.encoding))
        if replaced := content.text.count("\ufffd"):
            invalid = min(how.invalid, replaced)  # those of the whole file may stand in other documents of it
            if invalid:
                detail = f"{invalid} in {how.encoding}"
                notices.append(Notice(document.document_id, "ingest", "invalid_sequences", detail))
            if replaced > invalid:
                detail = f"{replaced - invalid} replaced"
                notices.append(Notice(document.document_id, "ingest", "control_characters", detail))
        return Read(document, None, notices)

    def rejected(self, format_: str, piece: Piece, refused: Refused) -> Read:
        """A document that can't be used."""
        document = self._row(format_, piece, None, None, None)
        content = piece.kept if len(piece.kept) <= self._kept_bytes else None
        return Read(document, self._reject(document, refused, document.sha256), [], content)

    def unread(self, piece: Piece, size: int, refused: Refused) -> Read:
        """A member that there are no bytes of, only a name. The file's hash tells it from others."""
        document = self._row("unread", piece._replace(sha256=self._sha256), None, None, None)._replace(bytes=size)
        return Read(document, self._reject(document, refused, None), [])

    def _reject(self, document: Document, refused: Refused, sha256: str | None) -> Reject:
        member, reason = document.member, refused.reason
        reject_id = content_id(self._path, member, reason)
        return Reject(
            reject_id, document.document_id, self._path, member, "ingest", reason, refused.detail, sha256
        )  # fmt: skip

    def _row(self, format_: str, piece: Piece, encoding: str | None, text: str | None, meta: str | None) -> Document:
        sha256 = piece.sha256 or hashlib.sha256(piece.kept).hexdigest()
        document_id = content_id(self._path, piece.member, sha256)
        return Document(
            document_id, self._path, piece.member, self._outlet_hint, len(piece.kept), sha256,
            format_ + piece.packing, READER_VERSION, encoding, text, meta,
        )  # fmt: skip
