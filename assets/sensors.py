"""Sensors: the inbox, which has days published as drops come, and runs whose process is gone."""

import datetime as dt
import json

import dagster as dg

from assets.jobs import PUBLISH_DAYS
from assets.liveness import is_dead
from assets.requests import key, look, not_taken, request, unfinished
from assets.resources import Wirehouse
from warehouse.errors import WarehouseError

_AT_ONCE = 10
"""Runs that may wait or be at work before the sensor asks for no more: a backlog is taken bit by bit, so that what
has just come does not wait behind all of it."""


@dg.sensor(
    job_name=PUBLISH_DAYS,
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Looks at the inbox and has each day published whose drops are new or changed: today and yesterday"
    " first, then the oldest. A day that failed is not tried again until its drops change; the nightly schedule does.",
)
def inbox(context: dg.SensorEvaluationContext, wirehouse: Wirehouse) -> dg.SensorResult | dg.SkipReason:
    """Asks for the days that are due and were not asked for with the same content before.

    The cursor holds, for each day that is still due, the need (requests.key) that it was asked for.
    """
    try:
        due = look(wirehouse)
    except WarehouseError as error:
        return dg.SkipReason(str(error))
    asked: dict[str, str] = json.loads(context.cursor or "{}")
    asked = {one.day: asked[one.day] for one in due if one.day in asked}
    runs = unfinished(context.instance)
    yesterday = (dt.datetime.now(dt.UTC).date() - dt.timedelta(days=1)).isoformat()
    wanted = [one for one in not_taken(due, runs) if asked.get(one.day) != key(one)]
    wanted.sort(key=lambda one: (one.day < yesterday, one.day))
    chosen = wanted[: max(0, _AT_ONCE - len(runs))]
    asked |= {one.day: key(one) for one in chosen}
    if chosen:
        reason = None
    elif wanted:
        reason = f"{len(wanted)} days are due; they wait until fewer than {_AT_ONCE} runs do."
    elif due:
        reason = f"{len(due)} days are due and have been asked for, {due[0].day} the first: see its last run."
    else:
        reason = "Nothing new in the inbox."
    return dg.SensorResult(
        run_requests=[request(one, by_key=True) for one in chosen],
        cursor=json.dumps(asked, sort_keys=True),
        skip_reason=reason,
    )


@dg.sensor(
    minimum_interval_seconds=60,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Finds runs whose process was killed, or went down with the machine, and reports them as failed:"
    " otherwise they would hold up the queue for ever.",
)
def dead_runs(context: dg.SensorEvaluationContext, wirehouse: Wirehouse) -> dg.SkipReason:
    """Reports runs as failed whose lock nobody holds (liveness.py)."""
    dead = [run for run in unfinished(context.instance) if is_dead(wirehouse.lake_folder, run)]
    for run in dead:
        context.instance.report_run_failed(run, "The run's process is gone: it was killed, or the machine went down.")
    return dg.SkipReason(f"{len(dead)} runs were found dead." if dead else "All runs at work are alive.")
