"""A million articles through deduplication, day by day into one lake: time, memory and how right the clusters are.

`python -m benchmarks.million` makes up stories whose copies are known (benchmarks/stories.py), lets copies come up to
two days after their originals, and takes each day of 10,000 through the stage `dedup` and through the transaction that
publishes it, with articles, signatures and links but no names. It prints CPU seconds of the first and the last days by
what they went into, the whole, peak memory, and precision, recall and F1 of all pairs of copies.
"""

import argparse
import datetime as dt
import resource
import shutil
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

import duckdb
import pyarrow as pa

from assets import linking
from assets.dedup import dedup_day
from assets.history import History, open_history
from benchmarks.copies import score
from benchmarks.job import OUT
from benchmarks.stories import BLOCK, Story, generate
from warehouse import links
from warehouse.lake import Lake
from warehouse.stage import Stage
from warehouse.staged import schemas

A_DAY = 10_000
LAG = 3  # days over which the stories of one block come in
FIRST = dt.date(2021, 3, 1)
BATCH = 1024
WINDOW_DAYS = 90
PARTS = ("sign", "write", "index", "probe", "verify", "link")


class Meter:
    """CPU seconds by part; what a part takes within another is its own alone."""

    def __init__(self) -> None:
        self.spent = dict.fromkeys(PARTS, 0.0)
        self._within: list[str] = []
        self._since = 0.0

    def part(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The function, its time booked under `name`."""

        @wraps(work)
        def timed(*arguments: Any, **options: Any) -> Any:
            self._book()
            self._within.append(name)
            try:
                return work(*arguments, **options)
            finally:
                self._book()
                self._within.pop()

        return timed

    def _book(self) -> None:
        now = time.process_time()
        if self._within:
            self.spent[self._within[-1]] += now - self._since
        self._since = now


def by_day(count: int, seed: int) -> Iterator[tuple[dt.date, list[Story]]]:
    """The stories in days: those of a block over LAG days, in their order."""
    waiting: dict[int, list[Story]] = defaultdict(list)
    for number, story in enumerate(generate(count, seed)):
        first = number // A_DAY
        waiting[first + number % BLOCK * LAG // BLOCK].append(story)
        for full in [day for day in waiting if day < first]:
            yield FIRST + dt.timedelta(days=full), waiting.pop(full)
    for day in sorted(waiting):
        yield FIRST + dt.timedelta(days=day), waiting[day]


def stage_articles(stage: Stage, day: str, stories: list[Story]) -> None:
    """The stories as the stage `parse` leaves articles, as far as deduplication looks at them."""
    schema = schemas("articles")
    with stage.writers(day, schema) as writers:
        for start in range(0, len(stories), BATCH):
            some = stories[start : start + BATCH]
            columns = {
                "article_id": [story.article_id for story in some],
                "published_on": [dt.date.fromisoformat(day)] * len(some),
                "outlet_id": [story.outlet for story in some],
                "headline": [story.headline for story in some],
                "body": [story.body for story in some],
            }
            rest = {name: pa.nulls(len(some)) for name in schema["articles"].names if name not in columns}
            writers.write("articles", pa.table({**columns, **rest}))


def publish(lake: Lake, stage: Stage, day: str, meter: Meter) -> None:
    """Articles, signatures and links of the staged day into the lake."""
    with lake.transaction(f"publish {day}") as connection:
        history = meter.part("index", open_history)(connection, lake.folder)
        before = links.day_signatures(connection, day)
        meter.part("write", _insert)(connection, stage, day)
        link, pairs = meter.part("link", linking.link_day), stage.read("pairs", day)
        link(connection, day, before, pairs, history, window_days=WINDOW_DAYS)
        run = "SELECT uuid()::VARCHAR AS run_id, ?::DATE AS arrival_day, now() AS finished_at"
        connection.execute(f"INSERT INTO runs BY NAME {run}", [day])


def _insert(connection: duckdb.DuckDBPyConnection, stage: Stage, day: str) -> None:
    for table in ("articles", "signatures"):
        connection.execute(f"DELETE FROM {table} WHERE arrival_day = ?::DATE", [day])
        file = str(stage.path(table, day))
        connection.execute(
            f"INSERT INTO {table} BY NAME SELECT * FROM read_parquet(?, hive_partitioning = false)", [file]
        )


def main() -> None:
    """Publishes day after day; prints every tenth day and the whole."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    folder = OUT / "million-lake"
    shutil.rmtree(folder, ignore_errors=True)
    meter, known, began = Meter(), dict[str, str](), time.perf_counter()
    History.candidates = meter.part("probe", History.candidates)  # type: ignore[method-assign]
    compare = linking._Asking._compare
    linking._Asking._compare = meter.part("verify", compare)  # type: ignore[method-assign]
    print(
        f"{'articles':>10}" + "".join(f"{part:>9}" for part in PARTS) + f"{'all':>9}{'peak MB':>9}   CPU s of the day"
    )
    with Lake.open(folder) as lake:
        for number, (day, stories) in enumerate(by_day(options.count, options.seed)):
            known |= {story.article_id: story.cluster_id for story in stories}
            stage, before = Stage(folder, "million"), dict(meter.spent)
            stage_articles(stage, str(day), stories)
            meter.part("sign", dedup_day)(stage, str(day))
            publish(lake, stage, str(day), meter)
            stage.clear()
            costs = [meter.spent[part] - before[part] for part in PARTS]
            if number % 10 == 9 or len(known) == options.count:
                _line(len(known), costs)
        found = dict(lake.connection.execute("SELECT article_id, cluster_id FROM duplicates").fetchall())
    _line(len(known), list(meter.spent.values()))
    right = score([found.get(article, article) for article in known], list(known.values()))
    print(f"precision {right.precision:.4f}, recall {right.recall:.4f}, F1 {right.f1:.4f}")
    print(f"{(time.perf_counter() - began) / 60:.1f} minutes with making the stories up")
    shutil.rmtree(folder)


def _line(articles: int, costs: list[float]) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{articles:>10,}" + "".join(f"{cost:>9.2f}" for cost in [*costs, sum(costs)]) + f"{peak:>9,.0f}", flush=True)


if __name__ == "__main__":
    main()
