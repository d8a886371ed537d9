"""Backfills from the command line: what is done is not done again, what fails is told, what is well is published."""

import datetime as dt
import importlib
import shutil

import pytest

from assets import runs, work
from assets.settings import REPOSITORY
from pipelines.extract.tagger import TaggerError
from warehouse.lake import Lake
from warehouse.ledger import done_days

pytestmark = pytest.mark.slow

DAYS = [f"2020-02-0{number}" for number in range(1, 7)]
STORY = "Ferry strike ends on day {0}\n\nATHENS, Feb {0} - Crews of the ferries went back to work, unions said.\n"


@pytest.fixture
def house(house, monkeypatch):
    for number, day in enumerate(DAYS, 1):
        house.drop(f"post/{day}/story.txt", STORY.format(number))
    monkeypatch.setenv("DAGSTER_HOME", str(house.settings.dagster_home))
    shutil.copy(REPOSITORY / "dagster.yaml", house.settings.dagster_home)
    return house


def backfill(house, *, force=False, first=DAYS[0], last=DAYS[-1]):
    low, high = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    return work.publish_again(house.settings, low, high, allow_fewer=False, force=force)


def failing_on(monkeypatch, days, error):
    """Parsing fails on these days."""
    parse = importlib.import_module("assets.parse")
    real = parse._parse_day

    def parse_day(*arguments, **named):
        if any(day in days for day in map(str, arguments)):
            raise error
        return real(*arguments, **named)

    monkeypatch.setattr(parse, "_parse_day", parse_day)


def test_after_a_stop_only_what_is_left_is_computed(house, monkeypatch):
    monkeypatch.setattr(runs, "_DAYS_A_RUN", 2)
    real, begun = runs.publish_range, []

    def stopped_at_the_second(where, days, *arguments, **named):
        begun.append(days)
        if len(begun) == 2:
            raise KeyboardInterrupt
        return real(where, days, *arguments, **named)

    monkeypatch.setattr(runs, "publish_range", stopped_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        backfill(house)
    assert backfill(house).published == DAYS[2:]
    assert backfill(house).published == []
    assert backfill(house, force=True, last=DAYS[1]).published == DAYS[:2]
    house.drop(f"post/{DAYS[3]}/story.txt", STORY.format("four"))
    assert backfill(house).published == [DAYS[3]], "its drop is another"


def test_days_are_not_done_when_something_else_holds(house, monkeypatch):
    assert not house.publish(DAYS[:2]).problems
    assert backfill(house, last=DAYS[1]).published == []
    module = importlib.import_module("assets.publish")
    real = module.recipe
    for target in (module, work):
        monkeypatch.setattr(target, "recipe", lambda *given: real(*given) + "'")
    house.drop(f"post/{DAYS[0]}/more.txt", STORY.format("one again"))
    assert not house.publish(DAYS[:1]).problems
    with Lake.open(house.lake) as lake:
        assert lake.arrow("SELECT * FROM runs WHERE recipe IS NULL").num_rows == 1, "its other links are of before"
        assert done_days(lake, "", None) == set()
    assert backfill(house, last=DAYS[1]).published == DAYS[:2]
    assert backfill(house, last=DAYS[1]).published == []


def test_a_day_that_a_stage_fails_on_is_told_and_the_others_are_published(house, monkeypatch):
    failing_on(monkeypatch, {DAYS[3]}, ValueError("no such thing"))
    outcome = backfill(house)
    assert sorted(outcome.published) == [*DAYS[:3], *DAYS[4:]]
    [problem] = outcome.problems
    assert problem.startswith(f"{DAYS[3]} was not published: parse: ")
    assert "no such thing" in problem


def test_what_is_no_days_fault_is_not_tried_day_by_day(house, monkeypatch):
    failing_on(monkeypatch, set(DAYS), TaggerError("The model is not there."))
    outcome = backfill(house)
    assert outcome.published == []
    assert len(outcome.problems) == 3 + 1
    assert outcome.problems[-1].startswith("3 more days were not tried")
