"""What Dagster costs a backfill of 30 days of 200 articles: `python -m benchmarks.backfill`.

Work is what the five stages do for a day, down to the commit; the rest is orchestration: starting, Dagster's runs,
steps, events and pages, looking at the inbox, opening the lake. Both in seconds of CPU, with memory on the way.
"""

import argparse
import datetime as dt
import importlib
import os
import shutil
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.corpus import generate, write
from benchmarks.job import NER, OUT

_WORK = {
    "ingest": "_ingest_day", "parse": "_parse_day", "dedup": "dedup_day", "extract": "_extract_day",
    "publish": "_try_day",
}  # fmt: skip
"""What does the work of one day in each asset's module."""
_EVERY = 5
_MB = 1024 * 1024


def timed(function: Callable[..., Any], stage: str, spent: Counter[str], resident: list[int]) -> Callable[..., Any]:
    """The function, its CPU seconds added up; after each publication the memory that the process holds is noted."""

    def call(*arguments: Any, **named: Any) -> Any:
        before = time.process_time()
        try:
            return function(*arguments, **named)
        finally:
            spent[stage] += time.process_time() - before  # type: ignore[assignment]
            if stage == "publish":
                pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
                resident.append(pages * os.sysconf("SC_PAGE_SIZE") // _MB)

    return call


def main() -> None:
    """Generates, computes, prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--articles", type=int, default=200, help="articles a day")
    options = parser.parse_args()
    home = OUT / "backfill"
    shutil.rmtree(home, ignore_errors=True)
    write(home / "raw", generate(options.days * options.articles, 5, days=options.days))
    shutil.copy(Path(__file__).parent.parent / "dagster.yaml", home)
    os.environ["DAGSTER_HOME"] = str(home.absolute())
    began = time.perf_counter(), time.process_time()
    from assets.settings import Settings
    from assets.work import publish_again

    spent: Counter[str] = Counter()
    resident: list[int] = []
    for stage, name in _WORK.items():
        module = importlib.import_module(f"assets.{stage}")
        setattr(module, name, timed(getattr(module, name), stage, spent, resident))
    where = Settings((home / "raw").absolute(), (home / "lake").absolute(), home.absolute(), ner=NER)
    days = sorted({path.name for path in where.raw.glob("*/????-??-??")})
    first, last = dt.date.fromisoformat(days[0]), dt.date.fromisoformat(days[-1])
    outcome = publish_again(where, first, last, allow_fewer=False, force=False)
    if outcome.problems:
        raise SystemExit("\n".join(outcome.problems))
    clock, cpu = time.perf_counter() - began[0], time.process_time() - began[1]
    work = sum(spent.values())
    count = len(outcome.published)
    print(f"{count} days of {options.articles} articles: {cpu:.1f} s of CPU, {clock:.1f} s by the clock")
    print("work: " + ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in spent.items()))
    print(f"orchestration: {cpu - work:.1f} s, {(cpu - work) / count:.2f} s a day")
    print(f"memory in MB after every {_EVERY} days: " + " ".join(str(held) for held in resident[_EVERY - 1 :: _EVERY]))


if __name__ == "__main__":
    main()
