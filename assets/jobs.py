"""The jobs: all five assets for a range of arrival days, the partitions they share."""

import dagster as dg

publish_days = dg.define_asset_job(
    "publish_days",
    selection=dg.AssetSelection.groups("stages", "warehouse"),
    # What the launchpad opens with: the choices a person has; the folders are the ones the UI was started with.
    config={"resources": {"wirehouse": {"config": {"allow_fewer": False, "is_replay": False}}}},
    description="Takes the drops of the chosen arrival days all the way into the warehouse.",
)
