"""The inbox's sensor and the schedules ask for days that are due: once for each need, and not all at once."""

import datetime as dt
import os
import subprocess
import sys

import dagster as dg
import pytest
from filelock import FileLock

from assets.liveness import alive, is_dead
from assets.requests import days_of, key
from assets.resources import Wirehouse
from assets.schedules import hourly, nightly_retry
from assets.sensors import dead_runs, inbox
from warehouse.ledger import Due

pytestmark = pytest.mark.slow

GOOD = "Harbour reopens after storm\n\nThe harbour of Izmir opened again on Monday, the port authority said.\n"
DAY = "2020-02-03"


@dg.op
def wait():
    pass


@dg.job
def waiting():
    wait()


class Daemon:
    """Looks as Dagster's daemon does: keeps the cursor, and runs only what it has not run for the same key."""

    def __init__(self, house, instance):
        self.house, self.instance, self.cursor, self.keys = house, instance, None, set()
        self.wirehouse = Wirehouse(raw=str(house.raw), lake=str(house.lake), ner="rules")

    def look(self):
        """The requests of one tick, and why there are none."""
        with dg.build_sensor_context(
            instance=self.instance, cursor=self.cursor, resources={"wirehouse": self.wirehouse}
        ) as context:
            result = inbox(context)
        if isinstance(result, dg.SkipReason):
            return [], result.skip_message
        self.cursor = result.cursor
        new = [request for request in result.run_requests if request.run_key not in self.keys]
        self.keys |= {request.run_key for request in new}
        return [request.partition_key for request in new], result.skip_reason and result.skip_reason.skip_message

    def days(self):
        return self.look()[0]

    def tick(self, schedule, moment):
        """What the schedule asks for at the moment."""
        with dg.build_schedule_context(
            instance=self.instance, scheduled_execution_time=moment, resources={"wirehouse": self.wirehouse}
        ) as context:
            result = schedule(context)
        return [] if isinstance(result, dg.SkipReason) else [request.partition_key for request in result]


@pytest.fixture
def own_instance(tmp_path):
    """An instance on disk: of another a schedule knows nothing."""
    folder = tmp_path / "dagster"
    folder.mkdir()
    with dg.DagsterInstance.local_temp(str(folder)) as instance:
        yield instance


@pytest.fixture
def daemon(house, own_instance):
    return Daemon(house, own_instance)


def unfinished_run(instance, tags, status=dg.DagsterRunStatus.STARTED):
    return instance.create_run_for_job(waiting, tags=tags, status=status)


def test_the_same_content_is_asked_for_once(house, daemon):
    house.drop(f"post/{DAY}/a.txt", GOOD)
    assert daemon.days() == [DAY]
    days, why = daemon.look()
    assert days == []
    assert "have been asked for" in why
    assert not house.publish([DAY]).problems
    assert daemon.look() == ([], "Nothing new in the inbox.")


def test_changed_content_is_asked_for_again_and_so_is_a_change_back(house, daemon):
    other = GOOD.replace("Izmir", "Volos")
    for number, content in enumerate([GOOD, other, GOOD, other, GOOD]):
        house.drop(f"post/{DAY}/a.txt", content, age_seconds=3600 - 60 * number)
        assert daemon.days() == [DAY], number
        assert daemon.days() == []
        assert not house.publish([DAY]).problems
        assert daemon.days() == []


def test_a_day_that_failed_is_left_alone_until_its_drops_change_or_the_night_comes(house, daemon):
    house.drop(f"post/{DAY}/a.txt", GOOD)
    assert daemon.days() == [DAY]  # and its run fails: nothing is published
    assert [daemon.days() for _ in range(5)] == [[]] * 5
    assert daemon.tick(nightly_retry, dt.datetime(2020, 2, 10, 2, 30, tzinfo=dt.UTC)) == [DAY]
    house.drop(f"post/{DAY}/b.txt", GOOD.replace("Izmir", "Volos"))
    assert daemon.days() == [DAY]


def test_a_day_that_a_run_is_about_to_take_is_not_asked_for(house, daemon, own_instance):
    for day in (DAY, "2020-02-04", "2020-02-05"):
        house.drop(f"post/{day}/a.txt", GOOD)
    span = {"dagster/asset_partition_range_start": DAY, "dagster/asset_partition_range_end": "2020-02-04"}
    run = unfinished_run(own_instance, span, dg.DagsterRunStatus.NOT_STARTED)
    assert daemon.days() == ["2020-02-05"]
    own_instance.report_run_failed(run)
    assert daemon.days() == [DAY, "2020-02-04"]


def test_a_backlog_is_taken_bit_by_bit_and_what_is_new_comes_first(house, daemon, own_instance):
    today = dt.datetime.now(dt.UTC).date().isoformat()
    old = [f"2020-02-{number:02}" for number in range(1, 15)]
    for day in [*old, today]:
        house.drop(f"post/{day}/a.txt", GOOD)
    assert daemon.days() == [today, *old[:9]]
    runs = [unfinished_run(own_instance, {"dagster/partition": day}) for day in [today, *old[:9]]]
    days, why = daemon.look()
    assert days == []
    assert why == "5 days are due; they wait until fewer than 10 runs do."
    for run in runs[:3]:
        own_instance.report_run_failed(run)
    assert daemon.days() == old[9:12]


def test_a_look_does_not_wait_for_a_writer(house, daemon):
    house.drop(f"post/{DAY}/a.txt", GOOD)
    house.due()
    house.drop(f"post/{DAY}/b.txt", GOOD.replace("Izmir", "Volos"))
    with FileLock(house.lake / "writer.lock"):
        days, why = daemon.look()
    assert days == []
    assert why.startswith("Another writer is at work on the lake")
    assert daemon.days() == [DAY]


def test_a_missing_inbox_is_said(house, daemon):
    house.raw.rmdir()
    assert daemon.look() == ([], f"There is no folder {house.raw} for drops.")


def test_every_hour_the_current_and_the_previous_day_are_looked_at(house, daemon, own_instance):
    days = ["2020-02-01", "2020-02-02", "2020-02-03", "2020-02-04"]
    for day in days:
        house.drop(f"post/{day}/a.txt", GOOD)
    unfinished_run(own_instance, {"dagster/partition": "2020-02-03"})
    midnight = dt.datetime(2020, 2, 3, tzinfo=dt.UTC)
    assert daemon.tick(hourly, midnight) == ["2020-02-02"]
    assert not house.publish(days).problems
    assert daemon.tick(hourly, midnight) == []


def test_a_need_is_named_by_day_content_and_last_publication():
    first = Due(DAY, "a" * 64, None)
    assert key(first) == f"{DAY} {'a' * 16} after nothing"
    assert len({key(first), key(first._replace(content="b" * 64)), key(first._replace(published_by="run"))}) == 3


@pytest.mark.parametrize(
    ("tags", "days"),
    [
        ({"dagster/partition": DAY}, [DAY]),
        (
            {"dagster/asset_partition_range_start": DAY, "dagster/asset_partition_range_end": "2020-02-09"},
            [DAY, "2020-02-09"],
        ),
        ({"other": "x"}, []),
    ],
)
def test_a_run_is_for_the_days_its_tags_say(tags, days):
    assert days_of(tags) == days


def test_a_killed_run_is_found_dead_and_a_living_one_is_not(house, own_instance):
    killed, living, elsewhere = (unfinished_run(own_instance, {}) for _ in range(3))
    program = (
        "import sys, pathlib; from assets.liveness import alive\n"
        "with alive(pathlib.Path(sys.argv[1]), sys.argv[2]): print('alive', flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(house.lake), killed.run_id],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "alive\n"
    with alive(house.lake, living.run_id):
        for run in (killed, living):
            os.utime(house.lake / "running" / run.run_id, (0, 0))  # their grace is over
        assert not is_dead(house.lake, killed)
        process.kill()
        process.communicate()
        with dg.build_sensor_context(
            instance=own_instance, resources={"wirehouse": Wirehouse(raw=str(house.raw), lake=str(house.lake))}
        ) as sensor:
            assert dead_runs(sensor).skip_message == "1 runs were found dead."
    assert own_instance.get_run_by_id(killed.run_id).status == dg.DagsterRunStatus.FAILURE
    for run in (living, elsewhere):
        assert own_instance.get_run_by_id(run.run_id).status == dg.DagsterRunStatus.STARTED
    assert list((house.lake / "running").iterdir()) == []
