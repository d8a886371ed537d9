"""Does a day cost more as history grows? The index of bands is asked, and a day published, over histories of all sizes.

`python -m benchmarks.history` prints two tables, in CPU seconds of one core:

- the index alone, filled with made-up signatures that all lie in the window, which is the worst case: a day of 10,000
  articles is asked of it, of which 2,000 are true copies; with the time to fill it and its size on disk;
- the asset `publish` for a day of 2,000 articles, over a lake with so many made-up signatures in the 90 days before.
"""

import argparse
import datetime as dt
import resource
import shutil
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from assets.history import history_of, take_in
from benchmarks.corpus import generate, write
from benchmarks.job import OUT, in_fresh_process
from pipelines.dedup.index import FORM, build
from pipelines.dedup.kernels import BANDS
from pipelines.dedup.signature import content_hashes
from warehouse.band_index import BandIndex, Manifest
from warehouse.lake import Lake

PORTION = 100_000
COPIES, ASKED = 2_000, 10_000
SHARED = 12
"""Bands that a true copy shares with its original here: as many as two texts with two thirds in common do."""
WINDOW = dt.date(2020, 1, 1), dt.date(2020, 3, 31)

_FILL = """
    INSERT INTO signatures BY NAME
    SELECT 'history-' || row AS article_id,
           DATE '2020-02-02' - (row % 90)::INTEGER AS arrival_day,
           DATE '2020-02-02' - (row % 90)::INTEGER AS published_on,
           md5(row::VARCHAR) AS content_hash,
           400 AS shingle_count,
           list_transform(range(42), lambda band: hash(row, band)) AS bands
    FROM range({start}, {end}) AS made(row)
"""
_PUBLISHED = """
    INSERT INTO runs BY NAME
    SELECT 'made up' AS run_id, DATE '2020-02-02' - row::INTEGER AS arrival_day, now() AS finished_at
    FROM range(90) AS made(row)
"""


def index_costs(sizes: list[int]) -> None:
    """Prints a line for each size, growing one index."""
    folder = OUT / "history-index"
    shutil.rmtree(folder, ignore_errors=True)
    index = BandIndex(folder, FORM)
    random = np.random.default_rng(1)
    manifest, originals = Manifest([], {}), np.empty((0, BANDS), dtype=np.uint64)
    held, filling = 0, 0.0
    print(
        f"{'articles':>12}{'fill CPU s':>12}{'size MB':>9}{'segments':>10}{'probe, first':>14}{'warm':>7}{'found':>7}"
    )
    for size in sizes:
        while held < size:
            hashes, bands = _random(random, PORTION, 2), _random(random, PORTION, BANDS)
            originals = bands[:COPIES] if not held else originals
            days = np.full(PORTION, (dt.date(2020, 2, 1) - dt.date(1970, 1, 1)).days, dtype=np.int32)
            began = time.process_time()
            manifest = Manifest(take_in(index, manifest.segments, build(hashes, days, days, bands)), {})
            index.replace(manifest)
            filling += time.process_time() - began
            held += PORTION
        day = _random(np.random.default_rng(2), ASKED, BANDS)
        day[:COPIES, :SHARED] = originals[:, :SHARED]
        own = content_hashes(_random(np.random.default_rng(3), ASKED, 2))
        first, found = _probe(index, own, day)
        warm = min(_probe(index, own, day)[0] for _ in range(3))
        columns = f"{held:>12,}{filling:>12.1f}{index.size() / 1e6:>9,.0f}{len(manifest.segments):>10}"
        print(f"{columns}{first:>14.2f}{warm:>7.2f}{found:>7,}", flush=True)
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")
    shutil.rmtree(folder)


def _probe(index: BandIndex, contents: pa.StringArray, bands: NDArray[np.uint64]) -> tuple[float, int]:
    began = time.process_time()
    found = history_of(index.read()).candidates(contents, bands, *WINDOW, but_day=True)
    return time.process_time() - began, len(found)


def _random(random: np.random.Generator, rows: int, columns: int) -> NDArray[np.uint64]:
    return random.integers(1, 2**64 - 1, (rows, columns), dtype=np.uint64)


def publish_cost(raw: Path, history: int) -> tuple[float, float]:
    """CPU seconds of the asset `publish` for the one day in `raw`, over a history of that many articles.

    The first time, when the index takes in all that history, and the second.
    """
    lake = OUT / "history-lake"
    shutil.rmtree(lake, ignore_errors=True)
    with Lake.open(lake) as opened:
        for start in range(0, history, PORTION):
            with opened.transaction("made-up history") as connection:
                connection.execute(_FILL.format(start=start, end=min(start + PORTION, history)))
        with opened.transaction("made-up publications") as connection:
            connection.execute(_PUBLISHED)
    first = in_fresh_process(raw, lake)["publish"]["cpu"]
    with Lake.open(lake) as opened, opened.transaction("the day is to come anew") as connection:
        connection.execute("DELETE FROM signatures WHERE arrival_day >= DATE '2020-02-03'")
    return first, in_fresh_process(raw, lake, ["2020-02-03"])["publish"]["cpu"]


def main() -> None:
    """Prints both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2_000, help="articles of the day that is published")
    parser.add_argument("--sizes", type=int, nargs="*", default=[0, 100_000, 1_000_000], help="of lakes")
    parser.add_argument(
        "--index", type=int, nargs="+", default=[100_000, 1_000_000, 10_000_000], help="sizes of indexes"
    )
    options = parser.parse_args()
    print(f"index of bands, a day of {ASKED:,} articles with {COPIES:,} true copies asked")
    index_costs(options.index)
    raw = OUT / "history-raw"
    shutil.rmtree(raw, ignore_errors=True)
    write(raw, generate(options.count, 5))
    print(f"\npublish, one day of {options.count:,} articles\n{'articles before':>16}{'first CPU s':>13}{'then':>8}")
    for size in options.sizes:
        first, then = publish_cost(raw, size)
        print(f"{size:>16,}{first:>13.2f}{then:>8.2f}", flush=True)


if __name__ == "__main__":
    main()
