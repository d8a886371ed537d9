"""Reviewed decisions about entities: they win over the rules, and a changed one reaches the past by a backfill."""

import pytest

from pipelines.extract import decisions
from tests.conftest import House

STORY = (
    "Ferry line sold\n\nThe Corran Ferry Company will be sold, its owners said on Monday. CalSea, as islanders call the"
    " Corran Ferry Company, has run since 1951, and CalSea Ltd kept its three boats.\n"
)
ENTRY = """
- action: merge
  type: organisation
  names: [Corran Ferry Company, CalSea]
  into: {name: Corran Ferries}
  date: 2026-11-26
  note: One company under two names.
"""


@pytest.fixture
def house(tmp_path, instance, monkeypatch) -> House:
    """One published day, without any decision."""
    monkeypatch.setattr(decisions, "FILE", tmp_path / "entities.yaml")
    decisions.FILE.write_text("[]\n", "utf-8")
    house = House(tmp_path / "house", instance, ner="shipped")
    house.drop("post/2020-02-03/a.txt", STORY)
    assert not house.publish().problems
    return house


def organisations(house: House) -> list[tuple[str, list[str]]]:
    rows = house.query("SELECT name, aliases FROM entities WHERE type = 'organisation' ORDER BY name")
    return [(row["name"], row["aliases"]) for row in rows]


def test_a_new_decision_is_applied_by_a_backfill_and_told_in_the_log(house):
    assert [name for name, _ in organisations(house)] == ["CalSea Ltd", "Corran Ferry Company"]
    assert house.query("FROM merge_log") == []
    before = {row["entity_id"] for row in house.query("SELECT entity_id FROM entities WHERE type = 'organisation'")}

    decisions.FILE.write_text(ENTRY, "utf-8")
    assert house.due() == [], "a decision alone makes no day due"
    assert not house.publish(["2020-02-03"]).problems

    assert organisations(house) == [("Corran Ferries", ["CalSea", "CalSea Ltd", "Corran Ferry Company"])]
    [log] = house.query("FROM merge_log")
    assert (log["action"], log["decided_by"], log["why"]) == ("merge", "person", "One company under two names.")
    [merged] = house.query("SELECT entity_id FROM entities WHERE type = 'organisation'")
    assert log["after"] == merged["entity_id"]
    assert set(log["before"]) == before
    kinds = house.query(
        "SELECT alias, kind FROM entity_aliases JOIN entities USING (entity_id) WHERE type = 'organisation'"
    )
    assert {row["kind"] for row in kinds} == {"other", "short"}


def test_a_decision_taken_back_leaves_no_trace(house):
    there = house.query("FROM entities ORDER BY entity_id")
    decisions.FILE.write_text(ENTRY, "utf-8")
    assert not house.publish(["2020-02-03"]).problems
    decisions.FILE.write_text("[]\n", "utf-8")
    assert not house.publish(["2020-02-03"]).problems
    assert house.query("FROM entities ORDER BY entity_id") == there
    assert house.query("FROM merge_log") == []


def test_a_broken_file_stops_the_run_with_one_line(house):
    decisions.FILE.write_text("- {action: merge, type: person, names: [A]}\n", "utf-8")
    [problem] = house.publish(["2020-02-03"]).problems
    assert "entities.yaml: an entry needs action, names, date and note" in problem
    assert "\n" not in problem
