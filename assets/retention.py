"""What Dagster's own history keeps: every run whose publication of a day still stands, others for a while.

With a run its materialisations go. So the run that published what the lake now holds of a day stays, however old;
without it the UI would show the day as missing. Only of days that a document is taken out of no run stays.
"""

import datetime as dt
from collections.abc import Iterator

import dagster as dg

from assets.dagster_files import delete_run
from warehouse.lake import Lake

RUN_AGE = dt.timedelta(days=30)
"""How long runs are kept of which nothing stands."""
_PAGE = 500
_ENDED = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]


def standing_runs(lake: Lake) -> set[str]:
    """Runs that published what the lake now holds of a day."""
    found = lake.arrow("SELECT arg_max(run_id, finished_at) AS run_id FROM runs GROUP BY arrival_day")
    return set(found["run_id"].to_pylist())


def delete_old_runs(instance: dg.DagsterInstance, standing: set[str], now: dt.datetime) -> int:
    """Deletes ended runs that began more than RUN_AGE ago and are not among `standing`; gives their number."""
    old = instance.get_run_ids(dg.RunsFilter(statuses=_ENDED, created_before=now - RUN_AGE))
    leaving = [run_id for run_id in old if run_id not in standing]
    for run_id in leaving:
        delete_run(instance, run_id)
    return len(leaving)


def delete_runs_over(instance: dg.DagsterInstance, days: list[str]) -> int:
    """Deletes ended runs that recorded anything of these days, for asset pages show names; gives their number.

    What they alone recorded of other days is recorded anew without its figures: the UI goes on to know of the day.
    """
    found = {run_id for key in instance.all_asset_keys() for run_id in _recorded_by(instance, key, days)}
    leaving = [run_id for run_id in sorted(found) if (run := instance.get_run_by_id(run_id)) is None or run.is_finished]
    recorded = {
        (made.asset_key, made.partition)
        for run_id in leaving
        for entry in instance.all_logs(run_id, of_type=dg.DagsterEventType.ASSET_MATERIALIZATION)
        if (made := entry.asset_materialization) and made.partition and made.partition not in days
    }
    for run_id in leaving:
        delete_run(instance, run_id)
    for key, day in sorted(recorded):
        if day not in instance.get_materialized_partitions(key):
            why = "Its run was deleted by `wirehouse forget`."
            instance.report_runless_asset_event(dg.AssetMaterialization(key, partition=day, description=why))
    return len(leaving)


def _recorded_by(instance: dg.DagsterInstance, key: dg.AssetKey, days: list[str]) -> Iterator[str]:
    """Runs that recorded anything of the asset on these days."""
    wanted, cursor = dg.AssetRecordsFilter(asset_key=key, asset_partitions=days), None
    while True:
        page = instance.fetch_materializations(wanted, limit=_PAGE, cursor=cursor)
        yield from (record.run_id for record in page.records)
        if not page.has_more:
            return
        cursor = page.cursor
