"""What Dagster loads: assets, jobs, schedules, sensors and the resource. Nothing else is defined here."""

import dagster as dg

from assets.alerts import alert
from assets.dedup import dedup
from assets.extract import extract
from assets.ingest import ingest
from assets.jobs import publish_days
from assets.parse import parse
from assets.publish import publish
from assets.resources import Wirehouse
from assets.schedules import hourly, nightly_retry
from assets.sensors import dead_runs, inbox
from assets.settings import Settings, settings


def build_definitions(where: Settings) -> dg.Definitions:
    """The definitions for these folders."""
    wirehouse = Wirehouse(raw=str(where.raw), lake=str(where.lake), ner=where.ner, window_days=where.window_days)
    return dg.Definitions(
        assets=[ingest, parse, dedup, extract, publish],
        jobs=[publish_days(where)],
        schedules=[hourly, nightly_retry],
        sensors=[inbox, dead_runs, alert],
        resources={"wirehouse": wirehouse},
        executor=dg.in_process_executor,
    )


defs = build_definitions(settings())
