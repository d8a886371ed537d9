"""What Dagster's own history keeps: every run whose publication of a day still stands, others for a while.

With a run its materialisations go. So the run that published what the lake now holds of a day stays, however old;
without it the UI would show the day as missing.
"""

import datetime as dt

import dagster as dg

from warehouse.lake import Lake

RUN_AGE = dt.timedelta(days=30)
"""How long runs are kept of which nothing stands."""
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
        instance.delete_run(run_id)
    return len(leaving)
