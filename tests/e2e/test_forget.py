"""Takedown: a document and all that came of it leave tables, stage, index and, after expiry, files; and stay out."""

import datetime as dt
import os
import shutil
import sqlite3
from contextlib import closing

import pyarrow.parquet as pq
import pytest

from assets.dagster_files import clear_freed_pages
from assets.forgetting import forget
from assets.indexing import index_state
from assets.runs import dagster_at, publish_range
from assets.settings import REPOSITORY
from warehouse.backup import backup, restore
from warehouse.errors import WarehouseError
from warehouse.lake import Lake
from warehouse.opening import opening
from warehouse.sqlite_store import SqliteStore
from warehouse.stage import Stage
from warehouse.upkeep import Policy, keep_up

pytestmark = pytest.mark.slow

WORD = "Zibenthal"
STORY = f"{WORD} accused\n\nATHENS, Feb 5 - Mayor Otto {WORD} took bribes on Wednesday, a court in Athens was told.\n"
OTHER = "Ferry strike ends\n\nATHENS, Feb 5 - Crews of the ferries went back to work on Wednesday, unions said.\n"
LATER = dt.datetime.now(dt.UTC) + dt.timedelta(days=2)
HOLDING = {"drops": "text", "articles": "body", "paragraphs": "text", "mentions": "surface", "entity_sightings": "name"}


@pytest.fixture
def house(house, monkeypatch):
    monkeypatch.setenv("DAGSTER_HOME", str(house.settings.dagster_home))
    shutil.copy(REPOSITORY / "dagster.yaml", house.settings.dagster_home)
    house.drop("post/2020-02-05/story.txt", STORY)
    house.drop("post/2020-02-05/other.txt", OTHER)
    house.drop("herald/2020-02-06/again.txt", STORY)
    house.drop("herald/2020-02-06/longer.txt", OTHER.replace("said", "said, after a night of talks"))
    assert not house.publish().problems
    return house


def document(house, path):
    return house.query(f"SELECT document_id FROM drops WHERE path = '{path}'")[0]["document_id"]


def held(house):
    """How many rows of each table tell of it."""
    return {
        table: found
        for table, column in HOLDING.items()
        if (found := len(house.query(f"SELECT 1 FROM {table} WHERE {column} LIKE '%{WORD}%'")))
    }


def in_files(folder):
    """Parquet files below the folder that tell of it."""
    return [path for path in folder.rglob("*.parquet") if WORD in str(pq.read_table(path).to_pylist())]


def test_it_and_its_like_go_and_the_others_stay(house):
    assert held(house).keys() == HOLDING.keys()
    before = house.query("SELECT path, text FROM drops WHERE text LIKE 'Ferry%' ORDER BY path")
    stage = Stage(house.lake, "a failed run")
    stage.path("documents", "2020-02-05").parent.mkdir(parents=True)
    stage.path("documents", "2020-02-05").write_bytes(STORY.encode())
    opening(house.lake)
    taken = forget(house.settings, [document(house, "post/2020-02-05/story.txt")], "asked for")
    assert not (house.lake / "open.duckdb").exists(), "it has the bounds of text columns"
    assert (taken.documents, taken.left, taken.work.problems) == (2, 0, [])
    assert held(house) == {}
    assert house.query("SELECT path, text FROM drops WHERE text IS NOT NULL ORDER BY path") == before
    rejects = house.query("SELECT path, reason, is_kept FROM rejects ORDER BY path")
    assert [(row["path"], row["reason"]) for row in rejects] == [
        ("herald/2020-02-06/again.txt", "forgotten"),
        ("post/2020-02-05/story.txt", "forgotten"),
    ]
    assert house.query("SELECT why FROM forgotten") == [{"why": "asked for"}]
    assert not stage.path("documents", "2020-02-05").exists()
    with Lake.open(house.lake) as lake:
        state = index_state(lake)
        assert (state.stale_days, state.sightings) == (0, 2)
        assert in_files(house.lake / "data"), "snapshots of before hold it"
        for _ in range(2):  # what expires waits for as long as a transaction may read
            keep_up(lake, LATER, Policy(snapshots=1, grace=dt.timedelta(0)))
    assert in_files(house.lake) == []
    assert [path.name for path in house.lake.rglob("*") if path.is_file() and WORD.encode() in path.read_bytes()] == []


def test_it_stays_out(house):
    forget(house.settings, [document(house, "post/2020-02-05/story.txt")], None)
    assert house.due() == []
    assert not house.publish(["2020-02-05"]).problems
    house.drop("times/2020-02-07/story.txt", STORY)
    assert not house.publish().problems
    (house.raw / "herald/2020-02-06/again.txt").unlink()
    assert not house.publish(["2020-02-06"]).problems
    assert held(house) == {}
    assert len(house.query("FROM rejects WHERE reason = 'forgotten'")) == 3


def test_asset_pages_show_it_no_more_and_still_know_the_other_days(house):
    """A run that also published a day that stays goes, too: its samples have the headline and the names."""
    house.drop("post/2020-02-04/other.txt", OTHER)

    def recorded(instance):
        return {
            (key.to_user_string(), made.partition): str(made.metadata)
            for key in instance.all_asset_keys()
            for record in instance.fetch_materializations(key, limit=100).records
            if (made := record.asset_materialization)
        }

    house.due()
    with dagster_at(house.settings) as instance:
        days = ["2020-02-04", "2020-02-05", "2020-02-06"]
        assert not publish_range(house.settings, days, instance, house.listener).problems
        before = recorded(instance)
        assert any(WORD in shown for shown in before.values())
    forget(house.settings, [document(house, "post/2020-02-05/story.txt")], None)
    with dagster_at(house.settings) as instance:
        after = recorded(instance)
        assert after.keys() == before.keys()
        assert not any(WORD in shown for shown in after.values())
        assert not any(WORD in str(instance.all_logs(run.run_id)) for run in instance.get_runs())


def test_dagsters_files_hold_it_no_more(house, monkeypatch):
    """Nor do its write-ahead logs, results of checks and freed pages, which not every SQLite was built to blank."""
    import importlib

    extract = importlib.import_module("assets.extract")  # the asset of that name hides the module
    connect, extract_batch = sqlite3.connect, extract.extract_batch

    def unblanking(*arguments, **options):
        connection = connect(*arguments, **options)
        connection.execute("PRAGMA secure_delete = OFF")
        return connection

    def shifted(sources, *rest):
        return [
            found._replace(mentions=[one._replace(char_start=one.char_start + 1) for one in found.mentions])
            for found in extract_batch(sources, *rest)
        ]

    def telling():
        files = (house.settings.dagster_home / ".dagster" / "storage").rglob("*")
        return [path.name for path in files if path.is_file() and WORD.encode() in path.read_bytes()]

    monkeypatch.setattr(sqlite3, "connect", unblanking)
    monkeypatch.setattr(sqlite3.dbapi2, "connect", unblanking)
    house.due()
    with dagster_at(house.settings) as instance:
        days = ["2020-02-05", "2020-02-06"]
        assert not publish_range(house.settings, days, instance, house.listener).problems
        monkeypatch.setattr(extract, "extract_batch", shifted)
        [problem, *_] = publish_range(house.settings, days, instance, house.listener).problems
        assert "offsets_true" in problem
        assert WORD in problem
        monkeypatch.setattr(extract, "extract_batch", extract_batch)
        assert len(telling()) > 2
    assert forget(house.settings, [document(house, "post/2020-02-05/story.txt")], None).is_cleared
    assert telling() == []


def test_who_is_in_the_way_of_clearing_is_told(house):
    with dagster_at(house.settings) as instance:
        index = instance.event_log_storage.path_for_shard("index")
        with closing(sqlite3.connect(index)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert not clear_freed_pages(instance, busy_seconds=0.1)
            other.rollback()
        assert clear_freed_pages(instance)


def test_a_run_that_was_at_work_publishes_nothing_of_it(house, monkeypatch):
    """The document is forgotten between its staging and its publication."""
    import importlib

    module = importlib.import_module("assets.publish")
    real = module.publication.show_stage

    def forgotten_meanwhile(connection, stage, day):
        with Lake.open(house.lake) as lake, lake.transaction("forget") as inner:
            from warehouse.forgotten import write

            write(inner, [document(house, "post/2020-02-05/story.txt")], None)
        real(connection, stage, day)

    monkeypatch.setattr(module.publication, "show_stage", forgotten_meanwhile)
    [problem] = house.publish(["2020-02-05"]).problems
    assert "forgotten_kept_out" in problem
    monkeypatch.undo()
    os.environ["DAGSTER_HOME"] = str(house.settings.dagster_home)
    assert forget(house.settings, [], None).left == 0
    assert held(house) == {}


def test_a_restore_brings_it_back_only_until_it_is_forgotten_again(house, tmp_path):
    backup(house.lake, tmp_path / "copy", iter)
    forget(house.settings, [document(house, "post/2020-02-05/story.txt")], "asked for")
    assert restore(tmp_path / "copy", house.lake, iter, force=True).forgotten == 1
    assert held(house), "the copy held it"
    assert house.query("SELECT why FROM forgotten") == [{"why": "asked for"}]
    assert forget(house.settings, [], None).documents == 2
    assert held(house) == {}


def test_a_restore_that_is_killed_as_the_catalog_changes_still_keeps_it_out(house, tmp_path, monkeypatch):
    backup(house.lake, tmp_path / "copy", iter)
    forget(house.settings, [document(house, "post/2020-02-05/story.txt")], "asked for")
    replace = SqliteStore.replace_by

    def killed(store, file):
        replace(store, file)
        raise KeyboardInterrupt

    monkeypatch.setattr(SqliteStore, "replace_by", killed)
    with pytest.raises(KeyboardInterrupt):
        restore(tmp_path / "copy", house.lake, iter, force=True)
    assert house.query("SELECT why FROM forgotten") == [{"why": "asked for"}]
    assert forget(house.settings, [], None).documents == 2
    assert held(house) == {}


def test_what_the_lake_does_not_hold_is_an_error(house):
    with pytest.raises(WarehouseError, match="no document 'nothing'"):
        forget(house.settings, ["nothing"], None)
    assert house.query("FROM forgotten") == []
