"""Asset `ingest`: the inbox's files of a day to documents with their text, and rejects. Formats are pipelines/ingest's.

The ledger is written first, in its own transaction. A file that is gone, or is just being written, gives the rows
that the lake holds of it.
"""

import datetime as dt
from typing import NamedTuple

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
from warehouse.published import stored_drops
from warehouse.stage import Stage, Writers
from warehouse.staged import schemas

_LIMITS = Limits()
_FILES = 2000
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
            unread, size = [], 0
            for row in files[start : start + _FILES]:
                if row.state in ("gone", "changing"):
                    unread.append(row)
                elif row.state == "refused":
                    _reject_file(writers, row, row.reason or "unreadable")
                else:
                    found = _read_file(context, wirehouse, row, writers)
                    if isinstance(found, LedgerRow):
                        unread.append(found)
                    else:
                        size += found
                if size > _CHARACTERS:
                    writers.flush()
                    size = 0
            _take_stored(context, lake, day, unread, writers)
            writers.flush()
    return writers.rows


def _read_file(
    context: dg.AssetExecutionContext, wirehouse: Wirehouse, row: LedgerRow, writers: Writers
) -> int | LedgerRow:
    """Reads a present file; gives the characters of text in it, or its row as it turned out where it can't be read."""
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
        _reject_file(writers, row, "unreadable")
        return 0
    if digest != row.sha256:
        return row._replace(state="changing", sha256=None)
    writers.add("inbox", _Content(row.path, digest))
    size = 0
    for document, reject, notices in read_drop(row.path, outlet_hint(row.path), data, digest, _LIMITS):
        writers.add("documents", document._replace(received_at=row.first_seen_at))
        writers.extend("ingest_notices", notices)
        if reject:
            writers.add("rejects", reject._replace(first_seen_at=row.first_seen_at))
        size += len(document.text or "")
    return size


def _reject_file(writers: Writers, row: LedgerRow, reason: str, document_id: str | None = None) -> None:
    reject_id = content_id(row.path, None, reason)
    detail = f"{REJECT_REASONS[reason]} ({row.bytes} bytes)"
    writers.add("rejects", Reject(reject_id, document_id, row.path, None, "inbox", reason, detail, row.first_seen_at))
    writers.add("inbox", _Content(row.path, row.sha256 or reason))


def _take_stored(
    context: dg.AssetExecutionContext, lake: Lake, day: str, rows: list[LedgerRow], writers: Writers
) -> None:
    """Takes over what the lake holds of files that can't be read now; a file it holds nothing of has vanished."""
    stored = stored_drops(lake, day, [row.path for row in rows])
    writers.extend("documents", [Document(**document) for document in stored.documents])
    writers.extend("rejects", [Reject(**reject) for reject in stored.rejects])
    writers.extend("ingest_notices", [Notice(**notice) for notice in stored.notices])
    held = {row["path"] for row in [*stored.documents, *stored.rejects]}
    gone = [row.path for row in rows if row.path in held and row.state == "gone"]
    if gone:
        say(context, f"{len(gone)} files of {day} are gone ({gone[0]} …); their rows are made from the stored text.")
    for row in rows:
        content = row.sha256 or row.reason
        if row.state == "changing":
            say(context, f"{row.path} is still being written; its new content is left to the next run.")
        if row.path in held:
            if content:
                writers.add("inbox", _Content(row.path, content))
        elif content:
            _reject_file(writers, row, row.reason or "vanished")
