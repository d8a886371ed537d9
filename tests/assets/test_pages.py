"""What Dagster's pages show of an asset: nothing from a drop becomes markup, and the plot is a picture of the days."""

import base64
import re
import xml.etree.ElementTree as ET

import dagster as dg
import pytest

from assets.definitions import build_definitions
from assets.markdown import escaped, table
from assets.plot import Plot, picture, svg
from warehouse.tables import TABLES

DAY = "2020-02-03"
HOSTILE = (
    "<img src=x onerror=alert(1)> ![t](http://t.example/x.png) [c](javascript:alert(1)) **b** _i_ `c` | # www.e.example"
)
STORY = (
    "\n\nThe harbour of Izmir opened again on Monday, the port authority said. Ferries sail to Chios twice a week.\n"
)


def visible(markdown):
    """The text that GitHub's Markdown shows of escaped text."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", markdown).replace("\u2060", "")


@pytest.mark.parametrize("text", [HOSTILE, r"\[a](b)", "a\n\n# b", "&lt;b&gt;", "\u202e~~x~~", "- x", "1. x", "|---|"])
def test_what_came_with_a_drop_is_shown_and_is_no_markup(text):
    shown = escaped(text)
    assert "\n" not in shown
    assert not re.search(r"[!-/:-@\[-`{-~]", re.sub(r"\\[!-/:-@\[-`{-~]", "", shown)), "all punctuation is escaped"
    whole = " ".join(text.split())
    assert visible(shown) == (whole if len(whole) <= 100 else whole[:99] + "…")


@pytest.mark.parametrize("address", ["http://e.example", "WWW.e.example", "www.e.example", "a@e.example"])
def test_a_bare_address_makes_no_link(address):
    unescaped = re.sub(r"\\(.)", r"\1", escaped(address))
    assert not re.search(r"https?://|www\.|\w@\w", unescaped, re.IGNORECASE)


def test_rows_become_a_table_and_none_a_sentence():
    assert table([], "The day has none.") == "The day has none\\."
    assert table([{"headline": "a|b", "copies": 2}], "") == "| headline | copies |\n| --- | --- |\n| a\\|b | 2 |"


def test_a_plot_stands_its_bars_on_one_another_and_draws_shares_on_the_right():
    plot = Plot(["2020-02-03", "2020-02-04"], {"articles": [30, 0], "rejects": [10, 4]}, ("copies", [50.0, 0.0]))
    root = ET.fromstring(svg(plot))
    space = "{http://www.w3.org/2000/svg}"
    bars = [rect for rect in root.iter(f"{space}rect") if float(rect.get("x", "0")) > 52 and rect.get("height") != "10"]
    heights = [float(bar.get("height")) for bar in bars]
    assert len(bars) == 3, "a count of nothing is no bar"
    assert heights[0] / heights[1] == pytest.approx(3, rel=0.01)
    assert float(bars[1].get("y")) + heights[1] == pytest.approx(float(bars[0].get("y")), abs=0.11)
    texts = [text.text for text in root.iter(f"{space}text")]
    assert {"articles", "rejects", "copies", "40", "100%", "2020-02-03", "2020-02-04"} <= set(texts)
    markdown = picture(plot, "articles and rejects a day")
    data = re.fullmatch(r"!\[articles and rejects a day\]\(data:image/svg\+xml;base64,([\w+/=]+)\)", markdown)
    assert base64.b64decode(data[1]).decode() == svg(plot)
    assert picture(Plot([], {}), "") == "No day has been published yet."


def test_each_days_materialisation_has_rows_a_sample_and_the_last_days(house, instance):
    house.drop(f"post/{DAY}/a.txt", HOSTILE + STORY)
    house.drop("post/2020-02-04/b.txt", "Harbour reopens after storm" + STORY)
    house.drop("post/2020-02-04/c.txt", b"")
    outcome = house.publish()
    assert not outcome.problems
    events = instance.all_logs(outcome.run_id, of_type=dg.DagsterEventType.ASSET_MATERIALIZATION)
    made = [event.dagster_event.step_materialization_data.materialization for event in events]
    assert {(one.asset_key.to_user_string(), one.partition) for one in made} == {
        (name, day) for name in ("ingest", "parse", "dedup", "extract", "publish") for day in (DAY, "2020-02-04")
    }
    for one in made:
        assert one.metadata["dagster/partition_row_count"].value >= 1
        assert one.metadata["last_days"].value.startswith("![") or one.asset_key.to_user_string() == "dedup"
        sample = one.metadata["sample"].value
        assert sample.startswith(("| ", "The day has none"))
        assert not re.search(r"(?<!\\)<|(?<!\\)!\[|(?<!\\)\]\(", sample)
    [published] = [one for one in made if one.asset_key == dg.AssetKey("publish") and one.partition == "2020-02-04"]
    assert published.metadata["dagster/partition_row_count"].value == 1
    assert published.metadata["rows/rejects"].value == 1


def test_every_asset_says_what_it_is_whose_it_is_and_what_its_columns_mean(house):
    specs = list(build_definitions(house.settings).resolve_all_asset_specs())
    assert len(specs) >= 5
    for spec in specs:
        assert spec.description.endswith(".")
        assert spec.owners == ["team:wirehouse"]
        assert spec.kinds
        assert spec.group_name in ("stages", "warehouse", "upkeep")
        if spec.group_name == "upkeep":
            continue  # it has no columns
        columns = spec.metadata["dagster/column_schema"].columns
        assert all(column.description.endswith(".") for column in columns)
        assert [column.name for column in columns] in [list(table.columns) for table in TABLES.values()]
        assert spec.metadata["dictionary"].value.startswith("## ")


def test_the_launchpad_opens_with_what_a_run_needs(house):
    job = build_definitions(house.settings).resolve_job_def("publish_days")
    config = job.partitioned_config.get_run_config_for_partition_key(DAY)["resources"]["wirehouse"]["config"]
    assert config == {
        "raw": str(house.raw),
        "lake": str(house.lake),
        "ner": "rules",
        "allow_fewer": False,
        "is_replay": False,
        "window_days": 90,
        "relink": False,
        "catalog": "",
    }
