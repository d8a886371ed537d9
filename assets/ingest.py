"""Asset `ingest`: the inbox's files of a day to documents with their text, and rejects.

The ledger is written first, in its own transaction. What becomes of one file is taking.py's; formats are
pipelines/ingest's.
"""

import datetime as dt

import dagster as dg

from assets.metadata import OWNERS, Pages, table_metadata
from assets.partitions import arrival_days, one_run
from assets.progress import done, say
from assets.resources import Wirehouse
from assets.retries import tried_again
from assets.taking import Taking, is_unread
from warehouse import ledger
from warehouse.inbox import LedgerRow
from warehouse.lake import Lake
from warehouse.published import stored_drops
from warehouse.stage import Stage
from warehouse.staged import schemas

_FILES = 500
"""Files taken at a time: enough to fill Parquet row groups, few enough to hold their texts."""


@dg.asset(
    partitions_def=arrival_days,
    backfill_policy=one_run,
    group_name="stages",
    kinds={"python", "parquet"},
    owners=OWNERS,
    metadata=table_metadata("drops", "rejects"),
    description="Files of the inbox as documents with their untouched text; what can't be read as rejects.",
)
def ingest(context: dg.AssetExecutionContext, wirehouse: Wirehouse) -> None:
    """Stages documents, ingest_notices, ingest_rejects and inbox for each day of the run."""
    stage, now = wirehouse.stage(context), dt.datetime.now(dt.UTC)
    with tried_again(context):
        lake = wirehouse.open_lake()
        pages = Pages(context, lake, stage, "documents")
        ledger.update(lake, wirehouse.raw_folder, now, lambda line: say(context, line))
        for day in context.partition_keys:
            rows = _ingest_day(context, wirehouse, lake, stage, day, now)
            pages.record(day, rows)
            done(context, day)


def _ingest_day(
    context: dg.AssetExecutionContext, wirehouse: Wirehouse, lake: Lake, stage: Stage, day: str, now: dt.datetime
) -> dict[str, int]:
    files = ledger.files_of(lake, day)
    with stage.writers(day, schemas("documents", "ingest_notices", "ingest_rejects", "inbox")) as writers:
        taking = Taking(wirehouse, lake, day, writers, now, lambda line: say(context, line))
        for start in range(0, len(files), _FILES):
            chunk = files[start : start + _FILES]
            stored = stored_drops(lake, day, [row.path for row in chunk if is_unread(row)])
            _say_gone(context, day, [row for row in chunk if row.state == "gone" and stored.holds(row.path)])
            # In the order of paths, whatever can still be read: the first of equal texts is the day's article.
            for row in chunk:
                taking.take(row, stored)
            writers.flush()
    return writers.rows


def _say_gone(context: dg.AssetExecutionContext, day: str, rows: list[LedgerRow]) -> None:
    if rows:
        say(context, f"{len(rows)} files of {day} are gone ({rows[0].path} …); their rows are made from the lake.")
