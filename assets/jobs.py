"""The jobs: all five assets for a range of arrival days, the partitions they share; and upkeep."""

from typing import Any

import dagster as dg
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

from assets.settings import Settings

PUBLISH_DAYS, KEEP_UP = "publish_days", "keep_up"


def publish_days(where: Settings) -> UnresolvedAssetJobDefinition:
    """The job that publishes days; the launchpad opens with these folders and the choices a person has."""
    return dg.define_asset_job(
        PUBLISH_DAYS,
        selection=dg.AssetSelection.groups("stages", "warehouse"),
        config={"resources": {"wirehouse": {"config": wirehouse_config(where)}}},
        description="Takes the drops of the chosen arrival days all the way into the warehouse.",
    )


def keep_up(where: Settings) -> UnresolvedAssetJobDefinition:
    """The job that looks after the lake, its index and Dagster's own history."""
    return dg.define_asset_job(
        KEEP_UP,
        selection=dg.AssetSelection.groups("upkeep"),
        config={"resources": {"wirehouse": {"config": wirehouse_config(where)}}},
        description="Expires old snapshots, merges small files and removes what nothing needs any more.",
    )


def wirehouse_config(
    where: Settings, *, allow_fewer: bool = False, is_replay: bool = False, relink: bool = False
) -> dict[str, Any]:
    """The resource's configuration for a run. Dagster takes it whole: what a run gives is not filled up by defaults."""
    return {
        "raw": str(where.raw),
        "lake": str(where.lake),
        "ner": where.ner,
        "allow_fewer": allow_fewer,
        "is_replay": is_replay,
        "window_days": where.window_days,
        "relink": relink,
        "catalog": where.catalog,
    }
