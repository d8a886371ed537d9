"""A copy of the lake while others write, and the way back while others read and write."""

import threading

import pytest

from warehouse.backup import backup, restore
from warehouse.connect import connect
from warehouse.errors import WarehouseError
from warehouse.kept import Kept
from warehouse.lake import Lake
from warehouse.session import Session
from warehouse.upkeep import figures

pytestmark = pytest.mark.slow

WAIT = 30


def publish(lake, day, rows):
    with lake.transaction(f"publish {day}") as connection:
        connection.execute("DELETE FROM outlet_sightings WHERE arrival_day = ?::DATE", [day])
        connection.execute(
            "INSERT INTO outlet_sightings SELECT ?::DATE, 'o' || n, 'name', NULL, NULL, false, 1 FROM range(?) r(n)",
            [day, rows],
        )


def rows_of(folder):
    session = Session(folder)
    rows = session.query("SELECT arrival_day::VARCHAR AS day, count(*) AS rows FROM outlet_sightings GROUP BY 1")
    session.close()
    return {row["day"]: row["rows"] for row in rows.to_pylist()}


def test_the_copy_is_a_lake_with_its_history_and_kept_bytes(tmp_path, folder):
    with Lake.open(folder) as lake:
        publish(lake, "2020-02-06", 3)
        before = lake.connection.execute("SELECT max(snapshot_id) FROM lake.snapshots()").fetchone()[0]
        publish(lake, "2020-02-06", 5)
    Kept(folder).keep("ab12", b"bytes")
    Kept(folder).keep("cd34", b"")
    (folder / "stage" / "a run").mkdir(parents=True)
    made = backup(folder, tmp_path / "deep" / "copy", iter)
    copy = tmp_path / "deep" / "copy"
    assert rows_of(copy) == {"2020-02-06": 5}
    connection = connect(copy, read_only=True)
    assert connection.execute(f"SELECT count(*) FROM outlet_sightings AT (VERSION => {before})").fetchone() == (3,)
    connection.close()
    assert {path.name for path in copy.iterdir() if path.is_dir()} == {"data", "rejected"}
    assert Kept(copy).path("ab12").read_bytes() == b"bytes"
    assert Kept(copy).path("cd34").read_bytes() == b""
    assert made.bytes == sum(path.stat().st_size for path in (copy / "data").rglob("*.parquet")) + len(b"bytes")


def test_a_folder_that_holds_something_is_not_written_to(tmp_path, folder):
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "mine.txt").write_text("mine")
    with pytest.raises(WarehouseError, match="not empty"):
        backup(folder, tmp_path / "copy", iter)
    assert [path.name for path in (tmp_path / "copy").iterdir()] == ["mine.txt"]


def test_it_is_of_one_moment_though_a_writer_goes_on(tmp_path, folder):
    """The writer publishes in between, and takes no turn from the copy."""
    with Lake.open(folder) as lake:
        publish(lake, "2020-02-06", 3)

        def watched(paths):
            for number, path in enumerate(paths):
                publish(lake, "2020-02-06", 10 + number)
                publish(lake, "2020-02-07", number)
                yield path

        backup(folder, tmp_path / "copy", watched)
        assert rows_of(folder)["2020-02-06"] > 3
    assert rows_of(tmp_path / "copy") == {"2020-02-06": 3}


def test_upkeep_deletes_nothing_while_it_copies(tmp_path, folder):
    from warehouse.upkeep import deleting

    deleted = threading.Event()

    def watched(paths):
        thread = threading.Thread(target=lambda: (deleting(folder).acquire(), deleted.set()), daemon=True)
        thread.start()
        for path in paths:
            assert not deleted.is_set()
            yield path

    backup(folder, tmp_path / "copy", watched)
    assert deleted.wait(WAIT)


def test_there_and_back(tmp_path, folder):
    with Lake.open(folder) as lake:
        publish(lake, "2020-02-06", 3)
    backup(folder, tmp_path / "copy", iter)
    with Lake.open(folder) as lake:
        publish(lake, "2020-02-06", 5)
        publish(lake, "2020-02-07", 1)
    with pytest.raises(WarehouseError, match="--force"):
        restore(tmp_path / "copy", folder, iter, force=False)
    assert rows_of(folder) == {"2020-02-06": 5, "2020-02-07": 1}
    restore(tmp_path / "copy", folder, iter, force=True)
    assert rows_of(folder) == {"2020-02-06": 3}
    with Lake.open(folder) as lake:
        assert figures(lake).orphan_files == 2 + 0, "what was published since"
        publish(lake, "2020-02-07", 2)
    assert rows_of(folder) == {"2020-02-06": 3, "2020-02-07": 2}
    restore(tmp_path / "copy", tmp_path / "elsewhere", iter, force=False)
    assert rows_of(tmp_path / "elsewhere") == {"2020-02-06": 3}


def test_open_readers_and_writers_go_on_in_the_restored_lake(tmp_path, folder):
    with Lake.open(folder) as writer:
        publish(writer, "2020-02-06", 3)
        backup(folder, tmp_path / "copy", iter)
        for number in range(4):
            publish(writer, "2020-02-07", 5 + number)
        reader = Session(folder)
        assert reader.one("SELECT count(*) AS rows FROM outlet_sightings")["rows"] == 3 + 8
        restore(tmp_path / "copy", folder, iter, force=True)
        assert reader.one("SELECT count(*) AS rows FROM outlet_sightings")["rows"] == 3
        publish(writer, "2020-02-08", 2)
        publish(writer, "2020-02-06", 1)
        assert reader.one("SELECT count(*) AS rows FROM outlet_sightings")["rows"] == 2 + 1
        reader.close()
    assert rows_of(folder) == {"2020-02-06": 1, "2020-02-08": 2}


def test_a_copy_that_is_not_whole_is_refused_before_anything_is_touched(tmp_path, folder):
    with Lake.open(folder) as lake:
        publish(lake, "2020-02-06", 3)
    backup(folder, tmp_path / "copy", iter)
    [file] = (tmp_path / "copy" / "data").rglob("outlet_sightings/**/*.parquet")
    file.write_bytes(b"cut")
    with Lake.open(folder) as lake:
        publish(lake, "2020-02-06", 5)
    with pytest.raises(WarehouseError, match="no whole backup"):
        restore(tmp_path / "copy", folder, iter, force=True)
    assert rows_of(folder) == {"2020-02-06": 5}
    with pytest.raises(WarehouseError, match="no backup"):
        restore(tmp_path, folder, iter, force=True)


def test_a_damaged_lake_comes_back(tmp_path, folder, stores):
    with Lake.open(folder) as lake:
        publish(lake, "2020-02-06", 3)
    backup(folder, tmp_path / "copy", iter)
    if stores.is_postgres:
        stores.empty(folder)
    else:
        (folder / "catalog.sqlite").write_bytes(b"no catalog any more" * 1000)
    for number, file in enumerate((folder / "data").rglob("*.parquet")):
        file.write_bytes(b"cut" if number % 2 else bytes(file.stat().st_size))
    restore(tmp_path / "copy", folder, iter, force=True)
    assert rows_of(folder) == {"2020-02-06": 3}
