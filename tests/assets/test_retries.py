"""What can pass is tried again after a while, in the same run; what can't fails at once, and no day costs another."""

import errno
import importlib

import dagster as dg
import duckdb
import pyarrow as pa
import pytest

from assets import retries
from assets.failures import can_pass
from warehouse.errors import WarehouseError

pytestmark = pytest.mark.slow

GOOD = "Harbour reopens after storm\n\nThe harbour of Izmir opened again on Monday, the port authority said.\n"
DAYS = ["2020-02-03", "2020-02-04", "2020-02-05"]


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Nobody waits."""
    monkeypatch.setattr(retries, "_FIRST_SECONDS", 0)


class Failing:
    """Stands in for a function and raises each of these errors once, for one day, before it does its work."""

    def __init__(self, function, day, errors):
        self.function, self.day, self.errors, self.calls = function, day, list(errors), []

    def __call__(self, *arguments, **named):
        self.calls.append(arguments)
        if self.day in arguments and self.errors:
            raise self.errors.pop(0)
        return self.function(*arguments, **named)


@pytest.mark.parametrize(
    ("error", "passes"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), True),
        (FileNotFoundError(errno.ENOENT, "No such file or directory"), True),
        (pa.lib.ArrowIOError("Error writing bytes to file. Detail: [errno 28] No space left on device"), True),
        (duckdb.IOException("IO Error: database is locked"), True),
        (duckdb.TransactionException("Transaction conflict: cannot commit"), True),
        (PermissionError(errno.EACCES, "Permission denied"), False),
        (duckdb.BinderException("no such column"), False),
        (WarehouseError("The lake has tables of another version."), False),
        (ValueError("no space left"), False),
        (MemoryError(), False),
    ],
)
def test_what_can_pass_is_told_from_what_cannot(error, passes):
    assert can_pass(error) is passes


@pytest.mark.parametrize("module", ["parse", "dedup", "extract"])
def test_a_stage_is_tried_again_in_the_same_run(house, monkeypatch, module):
    asset = importlib.import_module(f"assets.{module}")
    name = "dedup_day" if module == "dedup" else f"_{module}_day"
    failing = Failing(getattr(asset, name), DAYS[0], [OSError(errno.ENOSPC, "No space left on device")] * 3)
    monkeypatch.setattr(asset, name, failing)
    house.drop(f"post/{DAYS[0]}/a.txt", GOOD)
    assert not house.publish().problems
    assert len(failing.calls) == 4
    said = [line for line in house.listener.lines if "Trying again" in line]
    assert said[0].startswith("The disk is full: free some space")
    assert said[0].endswith("Trying again in 0 seconds (1 of 3).")
    assert len(said) == 3


def test_a_stage_gives_up_after_three_times_more(house, monkeypatch):
    asset = importlib.import_module("assets.parse")
    failing = Failing(asset._parse_day, DAYS[0], [duckdb.IOException("IO Error: database is locked")] * 9)
    monkeypatch.setattr(asset, "_parse_day", failing)
    house.drop(f"post/{DAYS[0]}/a.txt", GOOD)
    [problem] = house.publish().problems
    assert problem.startswith("parse: The catalog is held by another program")
    assert len(failing.calls) == 4


def test_what_cannot_pass_is_not_tried_again(house, monkeypatch):
    asset = importlib.import_module("assets.parse")
    failing = Failing(asset._parse_day, DAYS[0], [ZeroDivisionError("a fault of the code")] * 9)
    monkeypatch.setattr(asset, "_parse_day", failing)
    house.drop(f"post/{DAYS[0]}/a.txt", GOOD)
    assert house.publish().problems == ["parse: ZeroDivisionError: a fault of the code"]
    assert len(failing.calls) == 1


def test_publishing_tries_only_the_day_again_that_could_not_be_published(house, monkeypatch, instance):
    asset = importlib.import_module("assets.publish")
    failing = Failing(asset.link_day, DAYS[1], [duckdb.IOException("IO Error: disk is full")] * 2)
    monkeypatch.setattr(asset, "link_day", failing)
    for day in DAYS:
        house.drop(f"post/{day}/a.txt", GOOD)
    outcome = house.publish()
    assert not outcome.problems
    assert [arguments[1] for arguments in failing.calls] == [*DAYS, DAYS[1], DAYS[1]]
    assert [row["n"] for row in house.query("SELECT count(*) AS n FROM runs GROUP BY arrival_day")] == [1, 1, 1]
    [made, *more] = [
        event
        for event in instance.all_logs(outcome.run_id, of_type=dg.DagsterEventType.ASSET_MATERIALIZATION)
        if event.dagster_event.asset_key == dg.AssetKey("publish") and event.dagster_event.partition == DAYS[0]
    ]
    assert not more
    assert made.asset_materialization.metadata["rows/articles"].value == 1


def test_a_day_that_goes_on_failing_keeps_no_other_from_being_published(house, monkeypatch):
    asset = importlib.import_module("assets.publish")
    failing = Failing(asset.link_day, DAYS[1], [duckdb.IOException("IO Error: disk is full")] * 9)
    monkeypatch.setattr(asset, "link_day", failing)
    for day in DAYS:
        house.drop(f"post/{day}/a.txt", GOOD)
    [problem] = house.publish().problems
    assert problem.startswith(f"{DAYS[1]} was not published: The disk is full")
    assert sorted(str(row["arrival_day"]) for row in house.query("FROM drops")) == [DAYS[0], DAYS[2]]
    assert house.due() == [DAYS[1]]
