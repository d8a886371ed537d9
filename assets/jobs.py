"""The jobs: all five assets for a range of arrival days, the partitions they share; and upkeep."""

import dagster as dg

publish_days = dg.define_asset_job(
    "publish_days",
    selection=dg.AssetSelection.groups("stages", "warehouse"),
    description="Takes the drops of the chosen arrival days all the way into the warehouse.",
)
keep_up = dg.define_asset_job(
    "keep_up",
    selection=dg.AssetSelection.groups("upkeep"),
    description="Expires old snapshots, merges small files and removes what nothing needs any more.",
)
