"""Bad input of deduplication in the lake: crowds of equal texts, of empty ones, of single words, and giants.

`make bench-crowds` takes each crowd through the stage `dedup` and through the transaction that publishes it, in a
process of its own, with articles, signatures and links but no names. It prints CPU seconds of the last day by what they
went into and those of all days, the most memory held, what making the texts up takes included, and what became of them:
how many links, and how many articles are in the largest cluster.
"""

import argparse
import datetime as dt
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple

from assets.dedup import dedup_day
from benchmarks.job import OUT
from benchmarks.million import PARTS, Meter, publish, stage_articles
from benchmarks.stories import Story, generate
from warehouse.lake import Lake
from warehouse.stage import Stage

FIRST = dt.date(2021, 3, 1)
BODY = next(generate(1, 1)).body
GIANT_WORDS = 3_000_000  # 20 MB


class Crowd(NamedTuple):
    """The body of each text by its number, the days they come on, and the most texts that make sense."""

    title: str
    body: Callable[[int], str]
    days: int = 1
    most: int = sys.maxsize


def giant(number: int) -> str:
    """20 MB in paragraphs, and some more of it in each text."""
    ends = range(70, GIANT_WORDS + 700 * number, 70)
    return "\n\n".join(" ".join(f"w{at * at % 1_000_003}" for at in range(end - 70, end)) for end in ends)


CROWDS = {
    "identical": Crowd("one story", lambda number: BODY),
    "days": Crowd("one story, over five days", lambda number: BODY, 5),
    "empty": Crowd("no text", lambda number: ""),
    "word": Crowd("one word, the same", lambda number: "Goal"),
    "words": Crowd("one word, all different", lambda number: f"word{number}"),
    "counted": Crowd("one story with a counter", lambda number: f"{BODY}\n\nRead by {number} people so far."),
    "giant": Crowd("20 MB of text", giant, 1, 3),
}


def measure(crowd: Crowd, count: int) -> str:
    """One crowd, as a line of the table."""
    OUT.mkdir(exist_ok=True)
    folder = Path(mkdtemp(prefix="crowd-", dir=OUT))
    count = min(count, crowd.most)
    meter, before = Meter(), dict[str, float]()
    with Lake.open(folder) as lake:
        for number in range(crowd.days):
            before = dict(meter.spent)
            day = FIRST + dt.timedelta(days=number)
            some = range(count * number // crowd.days, count * (number + 1) // crowd.days)
            stage = Stage(folder, "crowd")
            stage_articles(stage, str(day), [_story(crowd, day, at) for at in some])
            meter.part("sign", dedup_day)(stage, str(day))
            publish(lake, stage, str(day), meter)
            stage.clear()
        sizes = "SELECT count(*) AS size FROM duplicates GROUP BY cluster_id"
        counted = lake.connection.execute(f"SELECT sum(size)::BIGINT, max(size) + 1 FROM ({sizes})").fetchone()
    shutil.rmtree(folder)
    costs = [meter.spent[part] - before[part] for part in PARTS]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cost = "".join(f"{cost:>8.2f}" for cost in [*costs, sum(costs), sum(meter.spent.values())])
    links, largest = counted or (0, 1)
    return f"{crowd.title:<27}{count:>10,}{cost}{peak:>9,.0f}{links or 0:>10,}{largest or 1:>10,}"


def _story(crowd: Crowd, day: dt.date, number: int) -> Story:
    name = f"{number:08}"
    return Story(name, f"outlet-{number % 100}", day, "News", crowd.body(number), name, "original", None, "")


def main() -> None:
    """Each crowd by itself."""
    parser = argparse.ArgumentParser(description="Crowds of equal, empty, tiny and giant texts through deduplication.")
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--only", nargs="*", choices=CROWDS, default=list(CROWDS))
    parser.add_argument("--alone", choices=CROWDS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.alone:
        print(measure(CROWDS[options.alone], options.count), flush=True)
        return
    titles = "".join(f"{title:>8}" for title in [*PARTS, "day", "all"])
    print(f"{'each article has':<27}{'articles':>10}{titles}{'peak MB':>9}{'links':>10}{'cluster':>10}", flush=True)
    for name in options.only:
        command = [sys.executable, "-m", "benchmarks.crowds", "--alone", name, "--count", str(options.count)]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
