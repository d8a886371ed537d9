"""The command as a person uses it: real processes, from another folder, on the samples."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-W", "error", "-m", "assets.cli"]


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Raw folder with the samples, lake and Dagster home of their own, after one run from another folder."""
    folder = tmp_path_factory.mktemp("place")
    shutil.copytree(ROOT / "raw" / "samples", folder / "raw" / "samples")
    (folder / "home").mkdir()
    shutil.copy(ROOT / "dagster.yaml", folder / "home")
    done = wirehouse(folder, "run")
    assert done.returncode == 0, done.stderr
    (folder / "first.txt").write_text(done.stdout)
    return folder


def wirehouse(folder, *arguments, stdin=None):
    environment = os.environ | {
        "WIREHOUSE_RAW": str(folder / "raw"),
        "WIREHOUSE_LAKE": str(folder / "lake"),
        "WIREHOUSE_CATALOG": "",
        "DAGSTER_HOME": str(folder / "home"),
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "160",
    }
    return subprocess.run(
        [*COMMAND, *arguments], capture_output=True, text=True, cwd=folder, env=environment, input=stdin, timeout=300
    )


def rows(folder, sql):
    done = wirehouse(folder, "sql", sql, "--format", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_summary_says_what_came_out(place):
    output = (place / "first.txt").read_text()
    for word in (
        "documents",
        "articles",
        "copies found",
        "rejects",
        "entities",
        "seconds",
        "make dev",
        "wirehouse sql",
    ):
        assert word in output
    assert output.count("?\n") == 3, "three questions with their answers"
    assert not (place / ".dagster").exists(), "a run writes nothing where it was started"


def test_counts_match(place):
    [counts] = rows(
        place,
        """SELECT (SELECT count(*) FROM files) AS files, (SELECT count(*) FROM drops) AS drops,
                  (SELECT count(*) FROM articles) AS articles, (SELECT count(*) FROM rejects) AS rejects,
                  (SELECT count(*) FROM drops WHERE status = 'identical') AS identical""",
    )
    files = sum(file.is_file() for file in (place / "raw").rglob("*"))
    assert counts["files"] == files
    assert counts["drops"] == counts["articles"] + counts["identical"] + counts["rejects"]
    assert counts["articles"] >= 40
    assert counts["rejects"] == 3


def test_mentions_cut_out_their_surface(place):
    [found] = rows(
        place,
        """SELECT count(*) AS mentions, count(*) FILTER (
               substr(text, char_start + 1, char_end - char_start) IS DISTINCT FROM surface) AS wrong
           FROM mentions JOIN drops USING (document_id)""",
    )
    assert found["mentions"] > 500
    assert found["wrong"] == 0


def test_a_second_run_has_nothing_to_do(place):
    done = wirehouse(place, "run")
    assert done.returncode == 0
    assert "Nothing new in the inbox" in done.stdout


def test_a_backfill_is_a_run_in_the_instance(place):
    before = rows(place, "SELECT count(*) AS n FROM runs")
    done = wirehouse(place, "backfill", "--from", "2020-02-04", "--to", "2020-02-05")
    assert done.returncode == 0, done.stderr
    assert "2 of 2 days are done already" in done.stderr
    assert rows(place, "SELECT count(*) AS n FROM runs") == before
    done = wirehouse(place, "backfill", "--from", "2020-02-04", "--to", "2020-02-05", "--force")
    assert done.returncode == 0, done.stderr
    assert "Published 2 days" in done.stdout
    assert rows(place, "SELECT count(*) AS n FROM runs")[0]["n"] == before[0]["n"] + 2
    assert list((place / "home" / ".dagster").rglob("runs.db"))


def test_sql_formats(place):
    sql = "SELECT 1 AS a, [1, 2] AS b, DATE '2020-02-06' AS c, NULL AS d, 'x,\"y' AS e"
    assert rows(place, sql) == [{"a": 1, "b": [1, 2], "c": "2020-02-06", "d": None, "e": 'x,"y'}]
    assert rows(place, "SELECT 1 AS a, 2 AS a, 'nan'::DOUBLE AS n") == [{"a": 1, "a_1": 2, "n": None}]
    assert "[/b]" in wirehouse(place, "sql", 'SELECT 1 AS "[/b]"').stdout
    [header, row] = list(csv.reader(io.StringIO(wirehouse(place, "sql", sql, "--format", "csv").stdout)))
    assert header == ["a", "b", "c", "d", "e"]
    assert row[4] == 'x,"y'
    assert "2020-02-06" in wirehouse(place, "sql", stdin=sql).stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["sql", "DELETE FROM articles"], "only reads"),
        (["sql", "SELECT * FROM nowhere"], "nowhere"),
        (["sql", "SELECT * FROM read_csv('/etc/passwd')"], "disabled"),
        (["sql", ""], "no SQL"),
        (["sql", "SELECT 1", "--lake", "/nonexistent/lake"], "no lake"),
        (["run", "--raw", "/nonexistent/raw"], "no folder"),
        (["run", "--from", "yesterday"], "no day"),
        (["run", "--from", "2020-02-09", "--to", "2020-02-03"], "later than"),
        (["sql", "SELECT DATE 'infinity'"], "WIREHOUSE_DEBUG"),
        (["backfill", "--from", "2019-01-02", "--to", "2019-01-01"], "later than"),
        (["backfill", "--from", "2019-01-01", "--to", "2019-01-02"], "No drop arrived"),
    ],
)
def test_an_error_is_one_line_and_a_code(place, arguments, says):
    done = wirehouse(place, *arguments)
    assert done.returncode == 1
    assert done.stderr.startswith("error: ")
    assert len(done.stderr.strip().splitlines()) == 1
    assert says in done.stderr


def test_inspect_gives_one_object_a_document(place):
    drops = place / "raw" / "samples"
    feed = next(drops.rglob("feed.jsonl"))
    ferry = drops / "harbour-post" / "2020-02-03" / "piraeus-ferry.txt"
    done = wirehouse(place, "inspect", str(ferry), str(feed), "--format", "json")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(found) == 5
    first = found[0]
    assert first["path"] == str(ferry)
    assert first["text"] == ferry.read_text()
    assert first["article"]["headline_source"] == "Coast guard"
    for kind in ("mentions", "dates"):
        assert first[kind]
        for row in first[kind]:
            assert first["text"][row["char_start"] : row["char_end"]] == row["surface"]
    assert "headline" in wirehouse(place, "inspect", str(ferry)).stdout


def test_status_export_migrate(place):
    status = wirehouse(place, "status")
    assert status.returncode == 0, status.stderr
    assert "2020-02-09" in status.stdout
    assert "binary" in status.stdout
    target = place / "copy"
    done = wirehouse(place, "export", str(target))
    assert done.returncode == 0, done.stderr
    import polars

    copied = polars.read_parquet(target / "articles", hive_partitioning=True)
    assert len(copied) == rows(place, "SELECT count(*) AS n FROM articles")[0]["n"]
    again = wirehouse(place, "export", str(target))
    assert again.returncode == 1
    assert "not empty" in again.stderr
    assert "up to date" in wirehouse(place, "migrate").stdout


def test_every_verb_has_help(place):
    overview = wirehouse(place, "--help").stdout
    for verb in ("run", "backfill", "sql", "inspect", "status", "export", "migrate"):
        assert verb in overview
        assert wirehouse(place, verb, "--help").returncode == 0
