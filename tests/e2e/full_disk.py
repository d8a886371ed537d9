"""A lake on a disk that has room for so much and no more: `unshare -rm python -m tests.e2e.full_disk FOLDER`.

Each trial leaves a little more room than the one before, so that the disk is full in the stages first, then as data are
written, then as they are committed. Prints a line of JSON for each, and whether the day went in once there was room.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import dagster as dg

from assets import retries
from assets.failures import explain
from benchmarks.corpus import generate
from tests.conftest import House
from tests.rows import rows

DAYS = ["2020-02-03", "2020-02-04"]
_ROOM = 64_000_000
_SPARE = [0, 100_000, 200_000, 400_000, 800_000, 1_600_000]
_LAWS = (Path(__file__).parents[1] / "chaos" / "laws.sql").read_text(encoding="utf-8")


def mount(lake: Path, size: int, *options: str) -> None:
    """The lake's folder as a disk of its own, of this many bytes."""
    words = ["-t", "tmpfs", "-o", ",".join([f"size={size}", *options]), "tmpfs"]
    subprocess.run(["mount", *words, str(lake)], check=True)


def try_it(house: House) -> list[str]:
    """Publishes the second day; what a person is told if it can't be."""
    try:
        return house.publish(DAYS[1:]).problems
    except Exception as error:  # as the command line does
        return [explain(str(error))]


def main() -> None:
    """The trials, until there is room enough."""
    house = House(Path(sys.argv[1]), dg.DagsterInstance.ephemeral())
    house.lake.mkdir()
    mount(house.lake, _ROOM)
    retries._FIRST_SECONDS = 0
    for report in generate(40, 3, words=90, copies=0.4, days=2):
        house.drop(report.name, report.text)
    if problems := house.publish(DAYS[:1]).problems:
        raise SystemExit(problems[0])
    before = rows(house.lake)
    for spare in _SPARE:
        used = shutil.disk_usage(house.lake).used
        mount(house.lake, used + spare, "remount")
        problems = try_it(house)
        mount(house.lake, _ROOM, "remount")
        is_as_before, breaches = rows(house.lake) == before, house.query(_LAWS)
        print(json.dumps({"spare": spare, "problems": problems, "as_before": is_as_before, "breaches": breaches}))
        if not problems:
            break
    print(json.dumps({"problems": try_it(house), "articles": len(rows(house.lake)["articles"])}))


if __name__ == "__main__":
    main()
