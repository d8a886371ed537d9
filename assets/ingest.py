"""Asset `ingest`: the inbox's files of a day to documents with their text, and rejects. Formats are pipelines/ingest's.

The ledger is written first, in its own transaction. A file that is gone, or is just being written, gives the rows
that the lake holds of it.
"""

import datetime as dt
from typing import Any, NamedTuple

import dagster as dg

from assets.metadata import column_schema, record_day
from assets.partitions import arrival_days, one_run
from assets.progress import done, say
from assets.resources import Wirehouse
from pipelines.ingest.limits import Limits
from pipelines.ingest.reader import read_drop, unread_document
from pipelines.notices import REJECT_REASONS
from pipelines.records import Document, Notice, Reject, content_id
from warehouse import ledger
from warehouse.inbox import LedgerRow, outlet_hint, read
from warehouse.lake import Lake
from warehouse.published import StoredDrops, stored_drops
from warehouse.stage import Stage, Writers
from warehouse.staged import schemas

_LIMITS = Limits()
_FILES = 500
"""Files taken at a time: enough to fill Parquet row groups, few enough to hold their texts."""
_CHARACTERS = 16_000_000
"""Text held before it is written out, whatever the number of files."""


class _Content(NamedTuple):
    """A line of the staged table `inbox`: what of a file went into the day."""

    path: str
    sha256: str


@dg.asset(
    partitions_def=arrival_days,
    backfill_policy=one_run,
    group_name="stages",
    kinds={"python", "parquet"},
    metadata=column_schema("drops"),
    description="Files of the inbox as documents with their untouched text; what can't be read as rejects.",
)
def ingest(context: dg.AssetExecutionContext, wirehouse: Wirehouse) -> None:
    """Stages documents, ingest_notices, rejects and inbox for each day of the run."""
    stage = wirehouse.stage(context)
    with wirehouse.open_lake() as lake:
        ledger.update(lake, wirehouse.raw_folder, dt.datetime.now(dt.UTC), lambda line: say(context, line))
        for day in context.partition_keys:
            rows = _ingest_day(context, wirehouse, lake, stage, day)
            record_day(context, day, rows, "documents")
            done(context, day)


def _ingest_day(
    context: dg.AssetExecutionContext, wirehouse: Wirehouse, lake: Lake, stage: Stage, day: str
) -> dict[str, int]:
    files = ledger.files_of(lake, day)
    with stage.writers(day, schemas("documents", "ingest_notices", "rejects", "inbox")) as writers:
        for start in range(0, len(files), _FILES):
            chunk, size = files[start : start + _FILES], 0
            stored = stored_drops(lake, day, [row.path for row in chunk if _is_unread(row)])
            _say_gone(context, day, [row.path for row in chunk if row.state == "gone" and stored.holds(row.path)])
            # In the order of paths, whatever can still be read: the first of equal texts is the day's article.
            for row in chunk:
                found = row if _is_unread(row) else _read_file(context, wirehouse, row, writers)
                if isinstance(found, LedgerRow):
                    held = stored if _is_unread(row) else stored_drops(lake, day, [row.path])
                    size += _take_stored(context, found, held, writers)
                else:
                    size += found
                if size > _CHARACTERS:
                    writers.flush()
                    size = 0
            writers.flush()
    return writers.rows


def _is_unread(row: LedgerRow) -> bool:
    """Whether the ledger already says that the file can't be read now."""
    return row.state in ("gone", "changing") or (row.state == "refused" and row.reason == "unreadable")


def _say_gone(context: dg.AssetExecutionContext, day: str, paths: list[str]) -> None:
    if paths:
        say(context, f"{len(paths)} files of {day} are gone ({paths[0]} …); their rows are made from the stored text.")


def _read_file(
    context: dg.AssetExecutionContext, wirehouse: Wirehouse, row: LedgerRow, writers: Writers
) -> int | LedgerRow:
    """Reads a file; gives the characters of text in it, or its row as it turned out where it can't be read."""
    if row.state == "refused":
        _reject_file(writers, row, row.reason or "unreadable")
        return 0
    if row.sha256 is None:
        raise ValueError(f"{row.path} is present in the ledger without its hash")
    if row.bytes > _LIMITS.file_bytes:
        document = unread_document(row.path, outlet_hint(row.path), row.bytes, row.sha256)
        writers.add("documents", document._replace(received_at=row.first_seen_at))
        _reject_file(writers, row, "too_large", document.document_id)
        return 0
    try:
        data, digest = read(wirehouse.raw_folder, row.path, _LIMITS.file_bytes)
    except FileNotFoundError:
        say(context, f"{row.path} vanished before it was read; the next run marks it as gone.")
        return row._replace(state="gone")
    except PermissionError:
        return row._replace(state="refused", reason="unreadable", sha256=None)
    if digest != row.sha256:
        return row._replace(state="changing", sha256=None)
    writers.add("inbox", _Content(row.path, digest))
    size = 0
    for document, reject, notices, _ in read_drop(row.path, outlet_hint(row.path), data, digest, _LIMITS):
        writers.add("documents", document._replace(received_at=row.first_seen_at))
        writers.extend("ingest_notices", notices)
        if reject:
            writers.add("rejects", reject._replace(first_seen_at=row.first_seen_at))
        size += len(document.text or "")
    return size


def _reject_file(writers: Writers, row: LedgerRow, reason: str, document_id: str | None = None) -> None:
    reject_id = content_id(row.path, None, reason)
    detail = f"{REJECT_REASONS[reason]} ({row.bytes} bytes)"
    reject = Reject(reject_id, document_id, row.path, None, "inbox", reason, detail, row.sha256)
    writers.add("rejects", reject._replace(first_seen_at=row.first_seen_at))
    writers.add("inbox", _Content(row.path, row.sha256 or reason))


def _take_stored(context: dg.AssetExecutionContext, row: LedgerRow, stored: StoredDrops, writers: Writers) -> int:
    """Takes over what the lake holds of a file that can't be read now; gives its characters.

    A file that it holds nothing of is a reject, unless it is still being written: then it waits for the next run.
    """
    content = row.sha256 or row.reason
    if row.state == "changing":
        say(context, f"{row.path} is still being written; its new content is left to the next run.")
    if stored.holds(row.path):
        documents, rejects, notices = stored.of(row.path)
        if row.state == "gone" and _is_newer(row, documents):
            # What is held is an older content; the reject keeps the newer one due, should the file come back.
            rejects = [reject for reject in rejects if reject["reason"] != "vanished"]
            _reject_file(writers, row, "vanished")
        elif content:
            writers.add("inbox", _Content(row.path, content))
        writers.extend("documents", [Document(**document) for document in documents])
        writers.extend("rejects", [Reject(**reject) for reject in rejects])
        writers.extend("ingest_notices", [Notice(**notice) for notice in notices])
        return sum(len(document["text"] or "") for document in documents)
    if content and row.state != "changing":
        _reject_file(writers, row, row.reason or "vanished")
    return 0


def _is_newer(row: LedgerRow, documents: list[dict[str, Any]]) -> bool:
    """Whether the ledger's content is another than that of the documents; of a container that can't be told."""
    whole = [document["sha256"] for document in documents if document["member"] is None]
    return bool(whole) and row.sha256 is not None and row.sha256 not in whole
