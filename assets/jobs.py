"""The one job: all five assets for a range of arrival days, the partitions they share."""

import dagster as dg

publish_days = dg.define_asset_job(
    "publish_days",
    selection=dg.AssetSelection.all(),
    description="Takes the drops of the chosen arrival days all the way into the warehouse.",
)
