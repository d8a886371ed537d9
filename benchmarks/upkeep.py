"""Does publishing slow down as publications pile up? 1,000 in a row, with upkeep now and then and without.

`python -m benchmarks.upkeep` publishes 50 small days over and over, with a round of upkeep after every 50
publications, and prints what publishing a day (checks, transaction, links, commit) took on the way: the median of each
fifty, in milliseconds of CPU and by the clock. `--days 1000` publishes as many different days, so that the lake itself
grows, too.
"""

import argparse
import datetime as dt
import shutil
import statistics
import time
from pathlib import Path

from benchmarks.corpus import generate, write
from benchmarks.job import OUT

GROUP = 50
"""Publications between two rounds of upkeep: two days of hourly runs."""


class Clock:
    """Listens to runs and keeps what each publication took, in seconds of CPU and by the clock."""

    def __init__(self) -> None:
        self.took: list[tuple[float, float]] = []
        self._last = (0.0, 0.0)

    def say(self, line: str) -> None:
        """Lines for a person are of no interest here."""

    def done(self, stage: str, day: str) -> None:
        """From the end of one publication to the end of the next."""
        now = time.process_time(), time.perf_counter()
        if stage == "publish":
            self.took.append((now[0] - self._last[0], now[1] - self._last[1]))
        self._last = now


def measure(
    raw: Path, lake: Path, days: list[str], publications: int, *, with_upkeep: bool
) -> tuple[list[tuple[float, float]], str]:
    """Seconds of each publication, of CPU and by the clock, and the figures of the lake at the end."""
    import dagster as dg

    from assets.runs import publish_range
    from assets.settings import Settings
    from warehouse.lake import Lake
    from warehouse.upkeep import Policy, figures, keep_up

    clock, spent = Clock(), []
    where = Settings(raw=raw.absolute(), lake=lake.absolute(), dagster_home=OUT.absolute(), ner="rules")
    # In a night nothing is as old as a day: files are deleted at once, for nobody reads beside.
    policy = Policy(snapshots=100, grace=dt.timedelta(0))
    with dg.DagsterInstance.ephemeral() as instance:
        for start in range(0, publications, GROUP):
            group = [days[number % len(days)] for number in range(start, start + GROUP)]
            outcome = publish_range(where, group, instance, clock)
            if outcome.problems:
                raise SystemExit("\n".join(outcome.problems))
            with Lake.open(where.lake) as opened:
                if with_upkeep:
                    began = time.perf_counter()
                    keep_up(opened, dt.datetime.now(dt.UTC), policy)
                    spent.append(time.perf_counter() - began)
                last = figures(opened)
    rounds = f"; a round of upkeep took {max(spent):.1f} s at most" if spent else ""
    return clock.took, f"{last.snapshots} snapshots, {last.live_files + last.superseded_files} files{rounds}"


def main() -> None:
    """Prints a line for each way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--publications", type=int, default=1000)
    parser.add_argument("--days", type=int, default=GROUP)
    parser.add_argument("--articles", type=int, default=5, help="articles a day")
    parser.add_argument("--only", choices=["with", "without"])
    options = parser.parse_args()
    OUT.mkdir(exist_ok=True)
    raw = OUT / "upkeep-raw"
    shutil.rmtree(raw, ignore_errors=True)
    write(raw, generate(options.days * options.articles, 7, days=options.days))
    days = sorted({path.name for path in raw.glob("*/????-??-??")})
    print(
        f"{options.publications} publications, {len(days)} days of about {options.articles} articles; ms, median of 50"
    )
    for way in ("with", "without"):
        if options.only in (None, way):
            lake = OUT / f"upkeep-{way}"
            shutil.rmtree(lake, ignore_errors=True)
            took, end = measure(raw, lake, days, options.publications, with_upkeep=way == "with")
            print(f"{way} upkeep: {end}")
            for what, seconds in zip(("CPU", "clock"), zip(*took, strict=True), strict=True):
                medians = [1000 * statistics.median(seconds[at : at + GROUP]) for at in range(0, len(seconds), GROUP)]
                shown = " ".join(f"{median:.0f}" for median in medians)
                print(f"  {what:<6}last to first {medians[-1] / medians[0]:.2f}: {shown}", flush=True)


if __name__ == "__main__":
    main()
