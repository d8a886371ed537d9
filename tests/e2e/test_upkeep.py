"""Upkeep as a Dagster asset, and what it keeps of Dagster's own history."""

import datetime as dt

import dagster as dg
import pytest

from assets.definitions import build_definitions
from assets.indexing import index_state, reindex
from assets.retention import RUN_AGE, delete_old_runs, standing_runs
from assets.runs import publish_range
from assets.upkeep import round_of_upkeep
from warehouse.lake import Lake
from warehouse.upkeep import Policy, figures

pytestmark = pytest.mark.slow

STORY = "Ferry strike ends in {}\n\nATHENS, Feb 5 - Crews of the ferries went back to work on Wednesday, unions said.\n"


@pytest.fixture
def published(house):
    for day in ("2020-02-05", "2020-02-06"):
        house.drop(f"post/{day}/story.txt", STORY.format(day))
    assert not house.publish().problems
    return house


def test_the_asset_shows_figures_before_and_after(published):
    definitions = build_definitions(published.settings)
    result = definitions.resolve_job_def("keep_up").execute_in_process(instance=published.instance)
    assert result.success
    metadata = result.asset_materializations_for_node("upkeep")[0].metadata
    assert metadata["snapshots/before"].value >= 3
    assert metadata["snapshots/after"].value >= 1
    with Lake.open(published.lake) as lake:
        assert metadata["live_files/after"].value == figures(lake).live_files > 0
    assert metadata["indexed_days"].value == 1, "the day published last; the first was taken in with it"
    assert len(published.query("FROM articles")) == 2


def test_the_index_is_brought_up_to_date_and_made_anew_when_worn(published):
    silent = published.listener.say
    with Lake.open(published.lake) as lake:
        assert index_state(lake).stale_days == 1
        assert round_of_upkeep(lake, published.instance, Policy(), silent).indexed_days == 1
        state = index_state(lake)
        assert (state.stale_days, state.contents, state.sightings, state.is_worn) == (0, 1, 2, False)
    published.drop("post/2020-02-06/story.txt", STORY.format("night") + "\nBoats are to leave at nine.\n")
    assert not published.publish().problems
    with Lake.open(published.lake) as lake:
        assert round_of_upkeep(lake, published.instance, Policy(), silent).indexed_days == 1
        state = index_state(lake)
        assert (state.contents, state.sightings, state.live_sightings) == (2, 2, 2), "what the day had before is gone"
        with lake.writing() as connection:
            made = reindex(connection, lake)
        assert (made.contents, made.bytes) == (2, state.bytes)


def test_the_run_over_the_days_leaves_no_stage_and_does_not_keep_up(published):
    assert list((published.lake / "stage").iterdir()) == []
    assert {stage for stage, _ in published.listener.steps} == {"ingest", "parse", "dedup", "extract", "publish"}


def test_runs_are_kept_as_long_as_something_of_them_stands(published):
    with dg.DagsterInstance.ephemeral() as instance:
        ids = [
            publish_range(published.settings, days, instance, published.listener).run_id
            for days in (["2020-02-05"], ["2020-02-05"], ["2020-02-06"])
        ]
        now = dt.datetime.now(dt.UTC)
        with Lake.open(published.lake) as lake:
            standing = standing_runs(lake)
        assert standing == set(ids[1:])
        assert delete_old_runs(instance, standing, now) == 0
        assert delete_old_runs(instance, standing, now + RUN_AGE + dt.timedelta(minutes=1)) == 1
        assert set(instance.get_run_ids()) == set(ids[1:])
        latest = instance.get_materialized_partitions(dg.AssetKey("publish"))
        assert latest == {"2020-02-05", "2020-02-06"}
