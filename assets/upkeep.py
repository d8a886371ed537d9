"""Asset `upkeep`: one round over the index, the lake and Dagster's own history, with figures before and after.

What is done to the lake is warehouse/upkeep.py's, to the index indexing.py's, to Dagster's history retention.py's.
"""

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

import dagster as dg
from rich.table import Table

from assets.indexing import refresh
from assets.metadata import OWNERS
from assets.output import console
from assets.progress import say
from assets.resources import Wirehouse
from assets.retention import delete_old_runs, standing_runs
from warehouse.lake import Lake
from warehouse.upkeep import Figures, Policy, Upkeep, keep_up

_DONE = {
    "indexed_days": "days taken into the index of history",
    "expired_snapshots": "snapshots expired",
    "merged_files": "files merged, of tables written anew",
    "deleted_files": "superseded files deleted",
    "deleted_orphans": "files of no snapshot deleted",
    "removed_stages": "stages of failed runs removed",
    "removed_partials": "unfinished files removed",
    "deleted_runs": "old Dagster runs deleted",
}


class Round(NamedTuple):
    """What one round did: to the lake, to the index of history, to Dagster's history."""

    lake: Upkeep
    indexed_days: int
    deleted_runs: int


@dg.asset(
    group_name="upkeep",
    kinds={"duckdb", "ducklake"},
    owners=OWNERS,
    description="Snapshots expired, small files merged, what nothing needs any more removed. Readers and runs go on.",
)
def upkeep(context: dg.AssetExecutionContext, wirehouse: Wirehouse) -> dg.MaterializeResult[None]:
    """One round, with what was done and the figures before and after as metadata."""
    done = round_of_upkeep(wirehouse.open_lake(), context.instance, Policy(), lambda line: say(context, line))
    return dg.MaterializeResult(metadata=_metadata(done))


def round_of_upkeep(lake: Lake, instance: dg.DagsterInstance, policy: Policy, on_wait: Callable[[str], None]) -> Round:
    """Upkeep of the index, the lake and Dagster's history; gives what was done."""
    now = dt.datetime.now(dt.UTC)
    with lake.writing(on_wait) as connection:
        indexed = refresh(connection, lake)
    done = keep_up(lake, now, policy, on_wait)
    return Round(done, indexed, delete_old_runs(instance, standing_runs(lake), now))


def _counts(done: Round) -> dict[str, int]:
    counts: dict[str, int] = {
        **done.lake._asdict(),
        "indexed_days": done.indexed_days,
        "deleted_runs": done.deleted_runs,
    }
    return {name: counts[name] for name in _DONE}


def _metadata(done: Round) -> dict[str, int]:
    figures = {
        f"{name}/{moment}": value
        for name in Figures._fields
        for moment, value in (("before", getattr(done.lake.before, name)), ("after", getattr(done.lake.after, name)))
    }
    return _counts(done) | figures


def show_upkeep(done: Round) -> None:
    """What was done, and the lake before and after, for a person."""
    counts = {name: count for name, count in _counts(done).items() if count}
    for name, count in counts.items():
        console.print(f"{count:>9}  {_DONE[name]}")
    if not counts:
        console.print("There was nothing to do.")
    shown = Table(box=None, pad_edge=False, header_style="bold")
    shown.add_column("")
    for column in ("before", "after"):
        shown.add_column(column, justify="right")
    for name in Figures._fields:
        before, after = getattr(done.lake.before, name), getattr(done.lake.after, name)
        shown.add_row(name.replace("_", " "), f"{before:,}", f"{after:,}")
    console.print()
    console.print(shown)
