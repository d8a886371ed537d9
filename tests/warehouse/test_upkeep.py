"""Upkeep: what is too old or too many goes, nothing that a reader, a writer or a run needs does."""

import datetime as dt
import os
import threading

import pytest

from warehouse.connect import connect
from warehouse.lake import Lake
from warehouse.stage import Stage
from warehouse.upkeep import Policy, figures, keep_up

WAIT = 30
NOW = dt.datetime.now(dt.UTC)
LATER = NOW + dt.timedelta(days=2)
"""When what is superseded today has been so for longer than the grace."""


def publish(lake, day, rows):
    """What publishing does to a lake: a day replaced, a row more in a table that belongs to no day."""
    with lake.transaction(f"publish {day}") as connection:
        connection.execute("DELETE FROM outlet_sightings WHERE arrival_day = ?::DATE", [day])
        connection.execute(
            "INSERT INTO outlet_sightings SELECT ?::DATE, 'o' || n, 'name', NULL, NULL, false, 1 FROM range(?) r(n)",
            [day, rows],
        )
        connection.execute("INSERT INTO runs BY NAME SELECT ? AS run_id, ?::DATE AS arrival_day", [f"run{rows}", day])


def rows(connection):
    return connection.execute("SELECT arrival_day, outlet_id FROM outlet_sightings ORDER BY ALL").fetchall()


def snapshots(lake):
    return [snapshot for (snapshot,) in lake.connection.execute("SELECT snapshot_id FROM lake.snapshots()").fetchall()]


def age(path, days):
    moment = NOW.timestamp() - 86400 * days
    for each in [path, *path.rglob("*")]:
        os.utime(each, (moment, moment))


def test_snapshots_are_capped_by_number(folder):
    with Lake.open(folder) as lake:
        for number in range(8):
            publish(lake, "2020-02-06", number + 1)
        newest, held = max(snapshots(lake)), rows(lake.connection)
        done = keep_up(lake, LATER, Policy(snapshots=3))
        assert done.expired_snapshots == done.before.snapshots - 3
        assert newest in snapshots(lake)
        assert rows(lake.connection) == held


def test_snapshots_that_a_reader_may_be_at_are_above_the_cap(folder):
    with Lake.open(folder) as lake:
        for number in range(4):
            publish(lake, "2020-02-06", number + 1)
        assert keep_up(lake, NOW, Policy(snapshots=1)).expired_snapshots == 0
        assert keep_up(lake, LATER, Policy(snapshots=1)).expired_snapshots > 4


def test_snapshots_are_capped_by_age_and_the_newest_stays(folder):
    with Lake.open(folder) as lake:
        publish(lake, "2020-02-06", 1)
        assert keep_up(lake, NOW).expired_snapshots == 0
        newest = max(snapshots(lake))
        keep_up(lake, NOW + dt.timedelta(days=31))
        assert min(snapshots(lake)) == newest
        assert len(rows(lake.connection)) == 1


def test_tables_of_many_files_or_deleted_rows_are_written_anew(folder):
    with Lake.open(folder) as lake:
        for number in range(6):
            publish(lake, f"2020-02-0{number + 1}", 2)
        with lake.transaction("links") as connection:
            connection.execute("INSERT INTO duplicates (article_id) SELECT 'a' || n FROM range(10) r(n)")
        with lake.transaction("links") as connection:
            connection.execute("DELETE FROM duplicates WHERE article_id < 'a5'")
        before = figures(lake)
        assert keep_up(lake, NOW, Policy(deleted_share=0.6)).merged_files == 0
        assert keep_up(lake, NOW, Policy(files=5)).merged_files == 6 + 1
        assert figures(lake).live_files == before.live_files - 6
        kept = lake.arrow("SELECT article_id FROM duplicates ORDER BY ALL")["article_id"].to_pylist()
        assert kept == ["a5", "a6", "a7", "a8", "a9"]
        assert lake.arrow("FROM runs").num_rows == 6
        assert keep_up(lake, NOW, Policy(files=5)).merged_files == 0
        after = keep_up(lake, LATER, Policy(snapshots=1)).after
        assert (after.live_files, after.superseded_files, after.orphan_files) == (before.live_files - 6, 0, 0)


def test_files_stay_for_the_grace_and_go_after_it(folder):
    with Lake.open(folder) as lake:
        for number in range(4):
            publish(lake, "2020-02-06", number + 1)
        held = rows(lake.connection)
        first = keep_up(lake, NOW, Policy(snapshots=1, files=2))
        assert (first.merged_files, first.deleted_files) == (4, 0)
        assert first.after.data_bytes > first.before.data_bytes
        second = keep_up(lake, LATER, Policy(snapshots=1))  # what expires now waits from now on
        assert (second.expired_snapshots > 4, second.deleted_files >= 4 + 3) == (True, True)
        assert second.after.data_bytes < first.before.data_bytes
        assert (second.after.superseded_files, second.after.orphan_files) == (0, 0)
    with Lake.open(folder) as lake:
        assert rows(lake.connection) == held


def test_cleaning_that_was_cut_short_goes_on(folder):
    """Some of the files are gone already, while the catalog still lists them."""
    with Lake.open(folder) as lake:
        for number in range(4):
            publish(lake, "2020-02-06", number + 1)
        lake.connection.execute("CALL ducklake_expire_snapshots('lake', older_than => now())")
        waiting = lake.arrow("SELECT path FROM __ducklake_metadata_lake.ducklake_files_scheduled_for_deletion")
        (folder / "data" / waiting["path"].to_pylist()[0]).unlink()
        assert keep_up(lake, LATER, Policy(snapshots=1)).after.superseded_files == 0


def test_a_reader_that_began_before_reads_on(folder):
    with Lake.open(folder) as lake:
        for number in range(5):
            publish(lake, "2020-02-06", number + 1)
        with lake.transaction("links") as connection:
            connection.execute("INSERT INTO duplicates (article_id) SELECT 'a' || n FROM range(10) r(n)")
        reader = connect(folder, read_only=True)
        reader.execute("BEGIN")
        seen = reader.execute("SELECT count(*) FROM runs").fetchall()
        for number in range(5):
            publish(lake, "2020-02-06", 10 + number)
        with lake.transaction("links") as connection:
            connection.execute("DELETE FROM duplicates WHERE article_id < 'a8'")
        assert keep_up(lake, NOW, Policy(snapshots=1, files=2)).merged_files == 10 + 1
        # Tables that it had not looked at before they were merged and written anew.
        assert len(rows(reader)) == 5
        assert reader.execute("SELECT count(*) FROM duplicates").fetchall() == [(10,)]
        assert reader.execute("SELECT count(*) FROM runs").fetchall() == seen == [(5,)]
        reader.execute("COMMIT")
        assert len(rows(reader)) == 14
        reader.close()


@pytest.mark.parametrize("reached", ["as it is", "moved", "by a link"])
def test_orphans_older_than_the_grace_go_and_nothing_else(tmp_path, folder, reached):
    with Lake.open(folder) as lake:
        publish(lake, "2020-02-06", 3)
    if reached == "moved":
        folder = folder.rename(tmp_path / "la'ke of ours")
    elif reached == "by a link":
        (tmp_path / "link").symlink_to(folder)
        folder = tmp_path / "link"
    old, young = folder / "data" / "main" / "old.parquet", folder / "data" / "main" / "runs" / "young.parquet"
    for orphan in (old, young):
        orphan.write_bytes(b"what a killed writer left")
    age(old, 2)
    with Lake.open(folder) as lake:
        named = figures(lake).live_files
        done = keep_up(lake, NOW)
        assert done.deleted_orphans == 1
        assert not old.exists()
        assert young.exists()
        assert len(rows(lake.connection)) == 3
        assert done.after.orphan_files == 1
        assert figures(lake).live_files <= named


def test_stages_go_that_nothing_was_written_to_for_days(folder):
    stages = {name: Stage(folder, name) for name in ("failed long ago", "failed just now", "goes on")}
    for stage in stages.values():
        path = stage.path("documents", "2020-02-06")
        path.parent.mkdir(parents=True)
        path.write_bytes(b"staged")
    for name in ("failed long ago", "goes on"):
        age(folder / "stage" / name, 4)
    stages["goes on"].path("documents", "2020-02-07").write_bytes(b"staged now")
    with Lake.open(folder) as lake:
        assert keep_up(lake, NOW).removed_stages == 1
    assert {path.name for path in (folder / "stage").iterdir()} == {"failed just now", "goes on"}


def test_unfinished_files_older_than_a_day_are_removed(folder):
    for path in ("names/old.partial", "names/young.partial", "names/whole.parquet", "rejected/ab/ab12.7.partial"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(b"half")
    for path in ("names/old.partial", "names/whole.parquet", "rejected/ab/ab12.7.partial"):
        age(folder / path, 2)
    with Lake.open(folder) as lake:
        assert keep_up(lake, NOW).removed_partials == 2
    assert {path.name for path in (folder / "names").iterdir()} == {"young.partial", "whole.parquet"}


def test_upkeep_waits_for_a_writer(folder):
    said, waiting, done = [], threading.Event(), threading.Event()

    def on_wait(line):
        said.append(line)
        waiting.set()

    def keep():
        with Lake.open(folder) as second:
            keep_up(second, NOW, Policy(snapshots=1), on_wait)
        done.set()

    with Lake.open(folder) as lake:
        publish(lake, "2020-02-06", 1)
        thread = threading.Thread(target=keep, daemon=True)
        with lake.transaction("a long one") as connection:
            thread.start()
            assert waiting.wait(WAIT)
            connection.execute("DELETE FROM outlet_sightings")
            assert not done.is_set()
        assert done.wait(WAIT)
        thread.join(WAIT)
        assert "Another writer is at work" in said[0]
        assert rows(lake.connection) == []


def test_the_catalog_keeps_no_text_of_rows_that_are_gone(folder):
    """DuckLake keeps the least and the greatest text of each column, and only ever widens them."""
    insert = "INSERT INTO outlet_sightings SELECT DATE '2020-02-06', 'o', ?, NULL, NULL, false, 1"
    with Lake.open(folder) as lake:
        with lake.transaction("publish") as connection:
            connection.execute(insert, ["zz what nobody may know"])
        with lake.transaction("publish again") as connection:
            connection.execute("DELETE FROM outlet_sightings")
            connection.execute(insert, ["middle"])
        for _ in range(2):
            keep_up(lake, LATER, Policy(snapshots=1, grace=dt.timedelta(0)))
        assert [path for path in folder.rglob("*") if path.is_file() and b"nobody may" in path.read_bytes()] == []
        for table in ("ducklake_table_column_stats", "ducklake_file_column_stats"):
            held = lake.arrow(f"FROM __ducklake_metadata_lake.{table} WHERE max_value LIKE '%nobody may%'")
            assert held.num_rows == 0
        for name in ("a first", "z last"):
            with lake.transaction("publish more") as connection:
                connection.execute(insert, [name])
        for name in ("a first", "middle", "z last"):
            assert lake.arrow("FROM outlet_sightings WHERE name = ?", [name]).num_rows == 1
        assert lake.arrow("FROM outlet_sightings WHERE name > 'y'").num_rows == 1


def test_rows_are_found_where_the_bounds_of_a_file_are_not_known(folder):
    """DuckLake knows no greatest text of a file that has U+0000 in it; the column's would be that of other files."""
    insert = "INSERT INTO outlet_sightings SELECT DATE '2020-02-06', 'o' || n, x, NULL, NULL, false, 1"
    with Lake.open(folder) as lake:
        for names in (["aaa", "bbb"], ["yyy", "zzz\0"], ["ccc", None]):
            with lake.transaction("publish") as connection:
                connection.execute(f"{insert} FROM (SELECT unnest(?::VARCHAR[]) AS x, 1 AS n)", [names])
        keep_up(lake, LATER, Policy())
    with Lake.open(folder) as lake:
        assert lake.arrow("FROM outlet_sightings WHERE name = 'yyy'").num_rows == 1
        assert lake.arrow("FROM outlet_sightings WHERE name > 'm'").num_rows == 2
        with lake.transaction("publish more") as connection:
            connection.execute(f"{insert} FROM (SELECT 'later' AS x, 2 AS n)")
    with Lake.open(folder) as lake:
        assert lake.arrow("FROM outlet_sightings WHERE name >= 'later'").num_rows == 3
