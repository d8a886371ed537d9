"""What `shared_paragraphs` and `background` cost in a long history: `python -m benchmarks.paragraphs`.

Made-up articles of ten paragraphs each, over a year of days. A third of them are copies that share four fifths of their
paragraphs with the original; one paragraph in ten is background, drawn from 50,000 of which some are far more liked
than others. Only the columns that the questions read are filled.
"""

import argparse
import resource
import tempfile
import time
from pathlib import Path

from warehouse.lake import Lake

DAYS = 365
BACKGROUNDS = 50_000

_ARTICLES = """
CREATE TEMP TABLE made AS
WITH drawn AS (
    SELECT number, hash(number) % 100 < 34 AS is_copy,
           greatest(number - 1 - hash(number, 'source') % 2000, 0)::BIGINT AS source
    FROM range($count) AS numbers(number)
)
SELECT drawn.number, DATE '2021-01-01' + (drawn.number * $days // $count)::INTEGER AS day,
       CASE WHEN drawn.is_copy AND NOT sources.is_copy THEN drawn.source ELSE drawn.number END AS story,
       left(md5(drawn.number::VARCHAR), 20) AS article_id, 'outlet-' || hash(drawn.number, 'outlet') % 40 AS outlet_id
FROM drawn JOIN drawn AS sources ON sources.number = drawn.source
"""
_PARAGRAPHS = """
INSERT INTO paragraphs (paragraph_id, arrival_day, article_id, document_id, ordinal, role, text, text_hash, char_start,
                        char_end)
SELECT article_id || ':p' || ordinal, day, article_id, article_id, ordinal, 'body',
       concat_ws(' ', key, md5(key || 'a'), md5(key || 'b'), md5(key || 'c'), md5(key || 'd'), md5(key || 'e'),
                 md5(key || 'f')),
       left(md5(key), 20), ordinal * 210, ordinal * 210 + 205
FROM (
    SELECT *, CASE WHEN hash(story, ordinal) % 10 = 0
                       THEN 'b' || floor($backgrounds * pow(hash(story, ordinal, 'which') / 18446744073709551615.0, 3))
                   WHEN hash(number, ordinal) % 100 < 80 THEN story || '-' || ordinal
                   ELSE number || '-' || ordinal END AS key
    FROM made, range(10) AS ordinals(ordinal)
    WHERE day = $day::DATE
)
"""
_ASKED = {
    "all, counted": "SELECT count(*), sum(article_count) FROM shared_paragraphs",
    "all, every column but the text": "SELECT * EXCLUDE (text) FROM shared_paragraphs",
    "all, every column": "FROM shared_paragraphs",
    "ten told most often, with text": "FROM shared_paragraphs ORDER BY story_count DESC, text_hash LIMIT 10",
    "background of one article": (
        "FROM background((SELECT [min(article_id)] FROM articles WHERE arrival_day = '2021-11-01'))"
    ),
    "background of one day's articles": (
        "FROM background((SELECT list(article_id) FROM articles WHERE arrival_day = '2021-11-01'))"
    ),
}


def fill(lake: Lake, count: int) -> None:
    """Makes the articles, their links and paragraphs in one transaction."""
    with lake.transaction("made up") as connection:
        connection.execute(_ARTICLES, {"count": count, "days": DAYS})
        connection.execute(
            "INSERT INTO articles (article_id, arrival_day, document_id, outlet_id, published_on)"
            " SELECT article_id, day, article_id, outlet_id, day FROM made"
        )
        connection.execute(
            "INSERT INTO duplicates (article_id, cluster_id, relation, parent_article_id)"
            " SELECT made.article_id, head.article_id, 'near', head.article_id"
            " FROM made JOIN made AS head ON head.number = made.story WHERE made.story <> made.number"
        )
        for (day,) in connection.execute("SELECT DISTINCT day FROM made ORDER BY day").fetchall():
            connection.execute(_PARAGRAPHS, {"backgrounds": BACKGROUNDS, "day": day})


def main() -> None:
    parser = argparse.ArgumentParser(description="Questions after paragraphs that stories share.")
    parser.add_argument("--count", type=int, default=1_000_000, help="articles")
    parser.add_argument("--lake", type=Path, help="a lake made by an earlier run, or to be made and kept")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = args.lake or Path(scratch) / "lake"
        is_new = not folder.exists()
        with Lake.open(folder) as lake:
            if is_new:
                fill(lake, args.count)
            for name, sql in _ASKED.items():
                started, cpu = time.perf_counter(), time.process_time()
                rows = lake.arrow(sql)
                took, used = time.perf_counter() - started, time.process_time() - cpu
                peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
                print(f"{name:<40}{rows.num_rows:>9,} rows{took:>7.2f} s{used:>7.2f} CPU s{peak:>7,.0f} MB at most")


if __name__ == "__main__":
    main()
