"""Taking in one file of the ledger: read from the inbox, or, where that can't be, from what the lake holds of it.

A file that is gone, or is just being written, gives the rows that were published of it. Of what was rejected the lake
keeps the bytes: they are read again, so that a reader that has learnt better can use them though the file is gone.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple

from assets.resources import Wirehouse
from pipelines.ingest.reader import Read, read_drop, unread_document
from pipelines.notices import REJECT_REASONS
from pipelines.records import Document, Notice, Reject, content_id
from warehouse import forgotten
from warehouse.inbox import LedgerRow, outlet_hint, read
from warehouse.kept import Kept
from warehouse.lake import Lake
from warehouse.published import StoredDrops, changed_since_publication, replayed_rejects, stored_drops
from warehouse.stage import Writers

_CHARACTERS = 16_000_000
"""Text held before it is written out, whatever the number of files."""


class _Content(NamedTuple):
    """A line of the staged table `inbox`: what of a file went into the day."""

    path: str
    sha256: str


def is_unread(row: LedgerRow) -> bool:
    """Whether the ledger already says that the file can't be read now."""
    return row.state in ("gone", "changing") or (row.state == "refused" and row.reason == "unreadable")


class Taking:
    """The files of one day on their way into the stage's writers; `say` gets lines for a person."""

    def __init__(
        self,
        wirehouse: Wirehouse,
        lake: Lake,
        day: str,
        writers: Writers,
        now: dt.datetime,
        say: Callable[[str], None],
    ) -> None:
        self._raw, self._reading = wirehouse.raw_folder, wirehouse.reading()
        self._lake, self._day, self._writers, self._now, self._say = lake, day, writers, now, say
        self._kept, self._forgotten = Kept(lake.folder), forgotten.read(lake)
        self._replayed = replayed_rejects(lake, day)
        self._is_replay = wirehouse.is_replay
        self._characters = 0

    def take(self, row: LedgerRow, stored: StoredDrops) -> None:
        """Adds the file's documents, notices and rejects; `stored` is what was published of the unread files."""
        found = row if is_unread(row) else self._read(row)
        if found is not None:
            self._take_stored(found, stored if is_unread(row) else stored_drops(self._lake, self._day, [row.path]))

    def _read(self, row: LedgerRow) -> LedgerRow | None:
        """Reads a file; gives its row as it turned out where it can't be read."""
        if row.state == "refused":
            self._reject_file(row, row.reason or "unreadable")
            return None
        if row.sha256 is None:
            raise ValueError(f"{row.path} is present in the ledger without its hash")
        limits = self._reading.limits
        if row.bytes > limits.file_bytes:
            document = unread_document(row.path, outlet_hint(row.path), row.bytes, row.sha256)
            self._writers.add("documents", document._replace(received_at=row.first_seen_at))
            self._reject_file(row, "too_large", document.document_id)
            return None
        try:
            data, digest = read(self._raw, row.path, limits.file_bytes)
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            self._say(f"{row.path} vanished before it was read; the next run marks it as gone.")
            return row._replace(state="gone")
        except OSError:  # closed to us, or on a disk that is failing: this file's trouble and no other's
            return row._replace(state="refused", reason="unreadable", sha256=None)
        if digest != row.sha256:
            return row._replace(state="changing", sha256=None)
        self._writers.add("inbox", _Content(row.path, digest))
        hint = outlet_hint(row.path)
        for found in read_drop(row.path, hint, data, digest, limits, self._reading.fields(hint)):
            self._add(found, row.first_seen_at)
        return None

    def _add(self, found: Read, first_seen: dt.datetime) -> None:
        if self._forgotten.holds(found.document.document_id, found.document.text):
            self._refuse_document(found.document, "forgotten", first_seen)
            return
        self._writers.add("documents", found.document._replace(received_at=first_seen))
        self._writers.extend("ingest_notices", found.notices)
        if found.reject:
            self._add_reject(found.reject, found.content, first_seen)
        self._characters += len(found.document.text or "")
        if self._characters > _CHARACTERS:
            self._writers.flush()
            self._characters = 0

    def _add_reject(self, reject: Reject, content: bytes | None, first_seen: dt.datetime) -> None:
        is_kept = reject.is_kept
        if content is not None and reject.sha256:
            self._kept.keep(reject.sha256, content)
            is_kept = True
        replayed = self._now if self._is_replay else self._replayed.get(reject.reject_id)
        row = reject._replace(is_kept=is_kept, first_seen_at=first_seen, last_seen_at=self._now, replayed_at=replayed)
        self._writers.add("ingest_rejects", row)

    def _refuse_document(self, document: Document, reason: str, first_seen: dt.datetime) -> None:
        """A document of which nothing is kept but that it was there."""
        self._writers.add("documents", document._replace(text=None, meta=None, received_at=first_seen))
        reject_id = content_id(document.path, document.member, reason, document.document_id)
        place = (document.document_id, document.path, document.member)
        self._add_reject(Reject(reject_id, *place, "inbox", reason, REJECT_REASONS[reason]), None, first_seen)

    def _reject_file(self, row: LedgerRow, reason: str, document_id: str | None = None) -> None:
        reject_id = content_id(row.path, None, reason)
        detail = f"{REJECT_REASONS[reason]} ({row.bytes} bytes)"
        reject = Reject(reject_id, document_id, row.path, None, "inbox", reason, detail, row.sha256)
        self._add_reject(reject, None, row.first_seen_at)
        self._writers.add("inbox", _Content(row.path, row.sha256 or reason))

    def _take_stored(self, row: LedgerRow, stored: StoredDrops) -> None:
        """Takes over what the lake holds of a file that can't be read now.

        A file that it holds nothing of is a reject, unless it is still being written: then it waits for the next run.
        """
        content = row.sha256 or row.reason
        if row.state == "changing":
            self._say(f"{row.path} is still being written; its new content is left to the next run.")
        if not stored.holds(row.path):
            if content and row.state != "changing":
                self._reject_file(row, row.reason or "vanished")
            return
        documents, rejects, notices = stored.of(row.path)
        if row.state == "gone" and self._is_newer(row, documents):
            # What is held is an older content; the reject keeps the newer one due, should the file come back.
            rejects = [reject for reject in rejects if reject["reason"] != "vanished"]
            self._reject_file(row, "vanished")
        elif content:
            self._writers.add("inbox", _Content(row.path, content))
        again = self._take_documents(row, documents, rejects)
        for reject in rejects:
            if reject["document_id"] not in again:
                self._add_reject(Reject(**reject), None, reject["first_seen_at"])
        self._writers.extend("ingest_notices", [Notice(**row) for row in notices if row["document_id"] not in again])

    def _take_documents(
        self, row: LedgerRow, documents: list[dict[str, Any]], rejects: list[dict[str, Any]]
    ) -> set[str]:
        """Takes the stored documents over, those with kept bytes read again; gives the ids of what that replaced.

        The order is that of the file, as far as it is known: the first of equal texts is the article. A file that was
        rejected as a whole comes first, for all that is in it comes of its bytes.
        """
        kept = {reject["document_id"]: reject for reject in rejects if reject["is_kept"] and reject["document_id"]}
        again: set[str] = set()
        taken: set[str] = set()
        for document in sorted(documents, key=lambda document: document["member"] is not None):
            document_id = document["document_id"]
            if document_id in taken:
                continue
            found = self._read_kept(row, kept[document_id], document["format"]) if document_id in kept else []
            for one in found:
                if one.document.document_id not in taken:
                    taken.add(one.document.document_id)
                    again.add(one.document.document_id)
                    self._add(one, row.first_seen_at)
            if found:
                again.add(document_id)  # what a container holds stands in its place
            else:
                taken.add(document_id)
                if self._forgotten.holds(document_id, document["text"]):
                    again.add(document_id)
                    self._refuse_document(Document(**document), "forgotten", row.first_seen_at)
                    continue
                self._writers.add("documents", Document(**document))
                self._characters += len(document["text"] or "")
        return again

    def _read_kept(self, row: LedgerRow, reject: dict[str, Any], held_as: str) -> list[Read]:
        data = self._kept.read(reject["sha256"])
        if data is None:
            return []
        hint = outlet_hint(row.path)
        limits, fields = self._reading.limits, self._reading.fields(hint)
        return list(read_drop(row.path, hint, data, reject["sha256"], limits, fields, reject["member"], held_as))

    def _is_newer(self, row: LedgerRow, documents: list[dict[str, Any]]) -> bool:
        """Whether the ledger's content is another than that of the documents.

        Members of a container do not tell: it is newer if it changed after the day was last published.
        """
        if row.sha256 is None:
            return False
        whole = [document["sha256"] for document in documents if document["member"] is None]
        if whole:
            return row.sha256 not in whole
        return changed_since_publication(self._lake, self._day, row.path)
