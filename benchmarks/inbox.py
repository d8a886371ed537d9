"""What files cost that were seen before: a look at an inbox of 100,000, a tick of the inbox's sensor, and a whole
`wirehouse run` with nothing new.

`python -m benchmarks.inbox --count 100000` writes that many one-line drops over thirty days, has the ledger take them
in and notes the days as published, and then prints wall and CPU seconds of the ledger's update, the sensor and the
command, the best of three each.
"""

import argparse
import cProfile
import datetime as dt
import os
import pstats
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import dagster as dg

from assets.resources import Wirehouse
from assets.sensors import inbox
from benchmarks.job import OUT
from warehouse import ledger
from warehouse.lake import Lake

FIRST_DAY = dt.date(2020, 2, 3)
DAYS, OUTLETS = 30, 20
AIM_SECONDS = 2.0
_PUBLISHED = """
    INSERT INTO runs BY NAME
    SELECT 'made-up' AS run_id, arrival_day, now() AS started_at, now() AS finished_at,
           sha256(string_agg(path || ':' || sha256, chr(10) ORDER BY path || ':' || sha256)) AS inbox_digest
    FROM files
    GROUP BY arrival_day
"""
"""As due_days.sql reckons it: reading and publishing them all would take minutes, and add nothing to a look."""


def fill(raw: Path, count: int) -> None:
    """Writes the drops, an hour old."""
    moment = time.time() - 3600
    for number in range(count):
        day = FIRST_DAY + dt.timedelta(days=number % DAYS)
        file = raw / f"outlet-{number // DAYS % OUTLETS}" / day.isoformat() / f"{number:06d}.txt"
        if number < DAYS * OUTLETS:
            file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"note {number} of the day\n")
        os.utime(file, (moment, moment))


def look(raw: Path, lake: Path) -> None:
    """What every run does first."""
    with Lake.open(lake) as opened:
        found = ledger.update(opened, raw, dt.datetime.now(dt.UTC))
        if found.changed or ledger.due_days(opened):
            raise SystemExit("there is something new in the inbox: the figures would not be those of seen files")


def tick(raw: Path, lake: Path) -> None:
    """What the daemon does every half minute."""
    house = {"wirehouse": Wirehouse(raw=str(raw), lake=str(lake))}
    with dg.instance_for_test() as instance, dg.build_sensor_context(instance=instance, resources=house) as context:
        result = inbox(context)
    if not isinstance(result, dg.SensorResult) or result.run_requests:
        raise SystemExit(
            f"the sensor is at a loss or asks for a run: the figures would not be those of seen files: {result}"
        )


def command(raw: Path, lake: Path) -> None:
    """`wirehouse run` in a process of its own."""
    subprocess.run(
        [sys.executable, "-m", "assets.cli", "run", "--raw", str(raw), "--lake", str(lake)],
        check=True,
        stdout=subprocess.DEVNULL,
        env=os.environ | {"DAGSTER_HOME": str(OUT.absolute())},
    )


def best(work: Callable[[], None]) -> tuple[float, float]:
    """Least wall and CPU seconds of three."""
    times = []
    for _ in range(3):
        before, started = _cpu(), time.perf_counter()
        work()
        times.append((time.perf_counter() - started, _cpu() - before))
    return min(wall for wall, _ in times), min(cpu for _, cpu in times)


def _cpu() -> float:
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def main() -> None:
    """Fills, publishes, measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--profile", action="store_true", help="also show where the ledger's update spends its time")
    parser.add_argument("--again", action="store_true", help="use the inbox and lake of the last time")
    options = parser.parse_args()
    raw, lake = (OUT / "inbox-raw").absolute(), (OUT / "inbox-lake").absolute()
    if not options.again:
        shutil.rmtree(raw, ignore_errors=True)
        shutil.rmtree(lake, ignore_errors=True)
        fill(raw, options.count)
        started = time.perf_counter()
        with Lake.open(lake) as opened:
            ledger.update(opened, raw, dt.datetime.now(dt.UTC))
            with opened.transaction("made-up runs") as connection:
                connection.execute(_PUBLISHED)
        print(f"{options.count:,} files, taken in at first sight in {time.perf_counter() - started:.1f} s")
    print(f"{'nothing new':<20}{'wall s':>8}{'CPU s':>8}")
    for name, work in (("ledger.update", look), ("sensor's tick", tick), ("wirehouse run", command)):
        wall, cpu = best(lambda work=work: work(raw, lake))  # type: ignore[misc]
        print(f"{name:<20}{wall:>8.2f}{cpu:>8.2f}   {'within' if wall < AIM_SECONDS else 'beyond'} {AIM_SECONDS:.0f} s")
    if options.profile:
        with cProfile.Profile() as profile:
            look(raw, lake)
        pstats.Stats(profile).sort_stats("cumulative").print_stats(25)


if __name__ == "__main__":
    main()
