"""Does publishing a day cost more as history grows? One day is published over histories of several sizes.

`python -m benchmarks.history` fills lakes with made-up signatures, spread over the 90 days before, which is the worst
case: all of them lie in the window in which near copies are sought. It prints the CPU seconds of `publish`.
"""

import argparse
import shutil
from pathlib import Path

from benchmarks.corpus import generate, write
from benchmarks.job import OUT, in_fresh_process
from warehouse.lake import Lake

_FILL = """
    INSERT INTO signatures BY NAME
    SELECT 'history-' || row AS article_id,
           DATE '2020-02-02' - (row % 90)::INTEGER AS arrival_day,
           DATE '2020-02-02' - (row % 90)::INTEGER AS published_on,
           md5(row::VARCHAR) AS content_hash,
           400 AS shingle_count,
           list_transform(range(42), lambda band: hash(row, band)) AS bands
    FROM range(?) AS made(row)
"""


def publish_cost(raw: Path, history: int) -> float:
    """CPU seconds of the asset `publish` for the one day in `raw`, over a history of that many articles."""
    lake = OUT / "history-lake"
    shutil.rmtree(lake, ignore_errors=True)
    with Lake.open(lake) as opened:
        for start in range(0, history, 100_000):
            with opened.transaction("made-up history") as connection:
                connection.execute(_FILL.replace("range(?)", f"range({start}, {min(start + 100_000, history)})"))
    return in_fresh_process(raw, lake)["publish"]["cpu"]


def main() -> None:
    """Prints one line a size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2_000)
    parser.add_argument("--sizes", type=int, nargs="+", default=[0, 100_000, 1_000_000])
    options = parser.parse_args()
    raw = OUT / "history-raw"
    shutil.rmtree(raw, ignore_errors=True)
    write(raw, generate(options.count, 5))
    print(f"publish, one day of {options.count:,} articles\n{'articles before':>16}{'CPU s':>8}")
    for size in options.sizes:
        print(f"{size:>16,}{publish_cost(raw, size):>8.2f}", flush=True)


if __name__ == "__main__":
    main()
