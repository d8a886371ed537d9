"""What Dagster loads: assets, jobs, schedules, sensors and the resource. Nothing else is defined here."""

import dagster as dg

from assets.alerts import alert
from assets.dedup import dedup
from assets.extract import extract
from assets.ingest import ingest
from assets.jobs import keep_up, publish_days, wirehouse_config
from assets.parse import parse
from assets.publish import publish
from assets.resources import Wirehouse
from assets.schedules import hourly, nightly_retry, nightly_upkeep
from assets.sensors import dead_runs, inbox
from assets.settings import Settings, settings
from assets.upkeep import upkeep


def build_definitions(where: Settings) -> dg.Definitions:
    """The definitions for these folders."""
    wirehouse = Wirehouse(**wirehouse_config(where))
    return dg.Definitions(
        assets=[ingest, parse, dedup, extract, publish, upkeep],
        jobs=[publish_days(where), keep_up(where)],
        schedules=[hourly, nightly_retry, nightly_upkeep],
        sensors=[inbox, dead_runs, alert],
        resources={"wirehouse": wirehouse},
        executor=dg.in_process_executor,
    )


defs = build_definitions(settings())
