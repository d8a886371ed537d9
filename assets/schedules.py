"""Schedules: the current and the previous day every hour, every night whatever is still due, then upkeep."""

import datetime as dt

import dagster as dg

from assets.jobs import KEEP_UP, PUBLISH_DAYS
from assets.requests import look, not_taken, request, unfinished
from assets.resources import Wirehouse
from warehouse.errors import WarehouseError
from warehouse.ledger import Due


@dg.schedule(
    job_name=PUBLISH_DAYS,
    cron_schedule="0 * * * *",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Publishes the current and the previous day (UTC) if they are due, also after a failure.",
)
def hourly(context: dg.ScheduleEvaluationContext, wirehouse: Wirehouse) -> list[dg.RunRequest] | dg.SkipReason:
    """Asks for the two days as of the tick's own time."""
    today = context.scheduled_execution_time.astimezone(dt.UTC).date()
    days = {today.isoformat(), (today - dt.timedelta(days=1)).isoformat()}
    return _ask(context, wirehouse, days)


@dg.schedule(
    job_name=PUBLISH_DAYS,
    cron_schedule="30 2 * * *",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Tries every day again that is due after all: those whose run failed, whatever the reason was.",
)
def nightly_retry(context: dg.ScheduleEvaluationContext, wirehouse: Wirehouse) -> list[dg.RunRequest] | dg.SkipReason:
    """Asks for all days that are due and that no run is about to publish."""
    return _ask(context, wirehouse, None)


nightly_upkeep = dg.ScheduleDefinition(
    name="nightly_upkeep",
    job_name=KEEP_UP,
    cron_schedule="30 3 * * *",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Looks after the lake, its index and Dagster's own history.",
)


def _ask(
    context: dg.ScheduleEvaluationContext, wirehouse: Wirehouse, days: set[str] | None
) -> list[dg.RunRequest] | dg.SkipReason:
    try:
        due: list[Due] = look(wirehouse)
    except WarehouseError as error:
        return dg.SkipReason(str(error))
    wanted = [one for one in due if days is None or one.day in days]
    wanted = not_taken(wanted, unfinished(context.instance))
    return [request(one, by_key=False) for one in wanted] or dg.SkipReason(
        "No day is due that no run is about to take."
    )
