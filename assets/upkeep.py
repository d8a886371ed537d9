"""Asset `upkeep`: one round over the lake and over Dagster's own history, with figures before and after.

What is done to the lake is warehouse/upkeep.py's, what to Dagster's history retention.py's.
"""

import datetime as dt
from collections.abc import Callable

import dagster as dg
from rich.table import Table

from assets.output import console
from assets.progress import say
from assets.resources import Wirehouse
from assets.retention import delete_old_runs, standing_runs
from warehouse.lake import Lake
from warehouse.upkeep import Figures, Policy, Upkeep, keep_up

_DONE = {
    "expired_snapshots": "snapshots expired",
    "merged_files": "files merged of tables written anew",
    "deleted_files": "superseded files deleted",
    "deleted_orphans": "files of no snapshot deleted",
    "removed_stages": "stages of failed runs removed",
    "removed_partials": "unfinished files removed",
    "deleted_runs": "old Dagster runs deleted",
}


@dg.asset(
    group_name="upkeep",
    kinds={"duckdb", "ducklake"},
    description="Snapshots expired, small files merged, what nothing needs any more removed. Readers and runs go on.",
)
def upkeep(context: dg.AssetExecutionContext, wirehouse: Wirehouse) -> dg.MaterializeResult[None]:
    """One round, with what was done and the figures before and after as metadata."""
    done, runs = round_of_upkeep(wirehouse.open_lake(), context.instance, Policy(), lambda line: say(context, line))
    return dg.MaterializeResult(metadata=_metadata(done, runs))


def round_of_upkeep(
    lake: Lake, instance: dg.DagsterInstance, policy: Policy, on_wait: Callable[[str], None]
) -> tuple[Upkeep, int]:
    """Upkeep of the lake, then of Dagster's history; gives what was done and how many runs were deleted."""
    now = dt.datetime.now(dt.UTC)
    # Derived indexes of the lake are made anew here, before the figures, once there are any.
    return keep_up(lake, now, policy, on_wait), delete_old_runs(instance, standing_runs(lake), now)


def _counts(done: Upkeep, runs: int) -> dict[str, int]:
    counts: dict[str, int] = {**done._asdict(), "deleted_runs": runs}
    return {name: counts[name] for name in _DONE}


def _metadata(done: Upkeep, runs: int) -> dict[str, int]:
    figures = {
        f"{name}/{moment}": value
        for name in Figures._fields
        for moment, value in (("before", getattr(done.before, name)), ("after", getattr(done.after, name)))
    }
    return _counts(done, runs) | figures


def show_upkeep(done: Upkeep, runs: int) -> None:
    """What was done, and the lake before and after, for a person."""
    counts = {name: count for name, count in _counts(done, runs).items() if count}
    for name, count in counts.items():
        console.print(f"{count:>9}  {_DONE[name]}")
    if not counts:
        console.print("There was nothing to do.")
    shown = Table(box=None, pad_edge=False, header_style="bold")
    shown.add_column("")
    for column in ("before", "after"):
        shown.add_column(column, justify="right")
    for name in Figures._fields:
        shown.add_row(name.replace("_", " "), f"{getattr(done.before, name):,}", f"{getattr(done.after, name):,}")
    console.print()
    console.print(shown)
