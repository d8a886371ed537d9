"""Which days the daemon is to publish: what schedules and the inbox's sensor share.

A day is asked for when it is due and no run that would publish it is waiting or at work: one that waits takes all
that lies there by then, and of one at work it is not yet known what it took.
"""

import datetime as dt
from collections.abc import Iterable, Mapping

import dagster as dg

from assets.resources import Wirehouse
from warehouse import ledger
from warehouse.errors import WarehouseError
from warehouse.lake import Lake
from warehouse.ledger import Due

_RANGE = ("dagster/asset_partition_range_start", "dagster/asset_partition_range_end")
_UNFINISHED = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]
_PATIENCE_SECONDS = 15.0
"""How long one look reads new files; Dagster ends what takes a minute. The next look goes on, and a run reads all."""


def look(wirehouse: Wirehouse) -> list[Due]:
    """The days that are due, after a look at the inbox that never waits for a writer.

    Raises WarehouseError if there is no raw folder, or if another writer is at work.
    """
    if not wirehouse.raw_folder.is_dir():
        raise WarehouseError(f"There is no folder {wirehouse.raw_folder} for drops.")
    lake = Lake.open(wirehouse.lake_folder, catalog=wirehouse.catalog)
    try:
        ledger.update(lake, wirehouse.raw_folder, dt.datetime.now(dt.UTC), _do_not_wait, _PATIENCE_SECONDS)
        return ledger.due(lake)
    finally:
        lake.close()


def _do_not_wait(_: str) -> None:
    raise WarehouseError("Another writer is at work on the lake; the next look sees what has come meanwhile.")


def key(due: Due) -> str:
    """Names one need of a day: what its inbox holds, and what it was published by before.

    Files changed and changed back make a new need, for there was a publication in between; a run that failed leaves
    the need as it was, so that the same content is not tried over and over.
    """
    return f"{due.day} {due.content[:16]} after {due.published_by or 'nothing'}"


def unfinished(instance: dg.DagsterInstance) -> list[dg.DagsterRun]:
    """Runs of the instance that wait or are at work."""
    return list(instance.get_runs(dg.RunsFilter(statuses=_UNFINISHED)))


def not_taken(due: Iterable[Due], runs: Iterable[dg.DagsterRun]) -> list[Due]:
    """Of the days that are due those that no such run will publish."""
    spans = [days for run in runs if (days := days_of(run.tags))]
    return [one for one in due if not any(days[0] <= one.day <= days[-1] for days in spans)]


def days_of(tags: Mapping[str, str]) -> list[str]:
    """The day that a run is for by its tags, or the first and the last of its range; nothing if it has none."""
    names = ("dagster/partition",) if "dagster/partition" in tags else _RANGE
    return [tags[name] for name in names if name in tags]


def request(due: Due, *, by_key: bool) -> dg.RunRequest:
    """The run that publishes the day; `by_key` has Dagster refuse a second one for the same need."""
    return dg.RunRequest(
        run_key=key(due) if by_key else None, partition_key=due.day, tags={"wirehouse/content": due.content[:16]}
    )
