"""The lake: made once, written by one at a time, all or nothing, of one version, brought to the next by steps."""

import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import pytest

from warehouse import lake as lake_module
from warehouse.connect import connect
from warehouse.errors import WarehouseError
from warehouse.export import export
from warehouse.lake import Lake, view_names
from warehouse.migrate import migrate
from warehouse.session import Session
from warehouse.tables import LAKE_VERSION, TABLES

ROOT = Path(__file__).parents[2]
WAIT = 30
"""Seconds after which a test gives a thread up: far more than any of them takes."""


def copy(folder):
    return export(folder, folder.parent / "copy")


def outlets(lake):
    return [row["outlet_id"] for row in lake.arrow("SELECT outlet_id FROM outlets ORDER BY ALL").to_pylist()]


def add_outlet(connection, name):
    connection.execute(
        "INSERT INTO outlet_sightings VALUES ('2020-02-06', ?, ?, NULL, NULL, false, 1)", [name, name.title()]
    )


def versions(lake):
    return [row["version"] for row in lake.arrow("SELECT version FROM lake_version ORDER BY ALL").to_pylist()]


# Making and opening


def test_a_new_lake_has_every_table_and_view_and_its_version(tmp_path, stores):
    folder = tmp_path / "not" / "there" / "yet"
    with Lake.open(folder, catalog=stores.catalog()) as lake:
        found = lake.arrow("SHOW TABLES")["name"].to_pylist()
        assert versions(lake) == [LAKE_VERSION]
    views = {name.split("_", 1)[1] for name in view_names()}
    assert set(found) == set(TABLES) | views
    assert {path.name for path in folder.iterdir()} >= {"lake.toml" if stores.is_postgres else "catalog.sqlite"}


def test_every_view_of_a_new_lake_answers(folder):
    with Lake.open(folder) as lake:
        rows = {name: lake.arrow(f"FROM {name.split('_', 1)[1]}").num_rows for name in view_names()}
    assert rows == {name: int(name == "51_freshness") for name in view_names()}


def test_a_lake_opened_again_is_the_same_lake(folder):
    with Lake.open(folder) as lake, lake.transaction("one") as connection:
        add_outlet(connection, "post")
    with Lake.open(folder) as lake:
        assert outlets(lake) == ["post"]
        assert versions(lake) == [LAKE_VERSION]


def test_the_folder_may_have_odd_characters_in_its_name(tmp_path, stores):
    folder = tmp_path / 'l\'ac, "né" 湖'
    with Lake.open(folder, catalog=stores.catalog()) as lake, lake.transaction("one") as connection:
        add_outlet(connection, "post")
    with Lake.open(folder) as lake:
        assert outlets(lake) == ["post"]
    session = Session(folder)
    assert session.one("SELECT count(*) AS n FROM outlets") == {"n": 1}
    session.close()


def test_a_lake_that_was_moved_is_read_where_it_is_now(tmp_path, folder):
    with Lake.open(folder) as lake, lake.transaction("one") as connection:
        add_outlet(connection, "post")
    moved = folder.rename(tmp_path / "moved")
    with Lake.open(moved) as lake:
        assert outlets(lake) == ["post"]


def test_two_processes_that_open_a_new_lake_at_once_make_one(tmp_path, stores):
    folder = tmp_path / "lake"
    code = (
        "import sys; from pathlib import Path; from warehouse.lake import Lake;"
        " Lake.open(Path(sys.argv[1]), catalog=sys.argv[2]).close()"
    )
    command = [sys.executable, "-c", code, str(folder), stores.catalog()]
    started = [subprocess.Popen(command, cwd=ROOT) for _ in range(2)]
    assert [process.wait(WAIT) for process in started] == [0, 0]
    with Lake.open(folder) as lake:
        assert versions(lake) == [LAKE_VERSION]
        created = lake.arrow("SELECT count(*) AS n FROM lake.snapshots() WHERE commit_message = 'create the lake'")
        assert created.to_pylist() == [{"n": 1}]


# Transactions


def test_a_transaction_is_one_snapshot_with_its_message(folder):
    with Lake.open(folder) as lake:
        with lake.transaction("publish 2020-02-06, run it's me") as connection:
            add_outlet(connection, "courier")
            add_outlet(connection, "post")
        last = lake.arrow("SELECT * FROM lake.snapshots() ORDER BY snapshot_id DESC LIMIT 1").to_pylist()[0]
        assert (last["author"], last["commit_message"]) == ("wirehouse", "publish 2020-02-06, run it's me")
        assert outlets(lake) == ["courier", "post"]


@pytest.mark.parametrize("error", [ValueError("wrong"), KeyboardInterrupt()])
def test_an_error_undoes_the_whole_transaction_and_frees_the_lock(folder, error):
    with Lake.open(folder) as lake:
        with pytest.raises(type(error)), lake.transaction("half") as connection:  # noqa: PT012 - the block is the case
            add_outlet(connection, "post")
            raise error
        assert outlets(lake) == []
        with lake.transaction("whole") as connection:
            add_outlet(connection, "courier")
        assert outlets(lake) == ["courier"]


def test_a_failing_statement_undoes_what_came_before_it(folder):
    with Lake.open(folder) as lake:
        with pytest.raises(duckdb.Error), lake.transaction("half") as connection:  # noqa: PT012 - the block is the case
            add_outlet(connection, "post")
            connection.execute("INSERT INTO outlet_sightings VALUES ('no day', 1)")
        assert outlets(lake) == []


def test_a_second_writer_waits_and_says_so(folder):
    said, waiting, done = [], threading.Event(), threading.Event()

    def on_wait(line):
        said.append(line)
        waiting.set()

    def write_second():
        with Lake.open(folder) as second, second.transaction("second", on_wait) as connection:
            add_outlet(connection, "second")
        done.set()

    with Lake.open(folder) as first:
        thread = threading.Thread(target=write_second, daemon=True)
        with first.transaction("first", said.append) as connection:
            thread.start()
            assert waiting.wait(WAIT)
            add_outlet(connection, "first")
            assert not done.is_set()
        assert done.wait(WAIT)
        thread.join(WAIT)
        assert said == [f"Another writer is at work on {folder}; waiting for it to finish."]
        assert outlets(first) == ["first", "second"]
        order = first.arrow("SELECT commit_message AS said FROM lake.snapshots() ORDER BY snapshot_id DESC LIMIT 2")
        assert order.to_pylist() == [{"said": "second"}, {"said": "first"}]


def test_a_reader_does_not_wait_for_a_writer(folder):
    with Lake.open(folder) as lake:
        with lake.transaction("one") as connection:
            add_outlet(connection, "post")
            session = Session(folder)
            assert session.one("SELECT count(*) AS n FROM outlets") == {"n": 0}
        assert session.one("SELECT count(*) AS n FROM outlets") == {"n": 1}
        session.close()


# Versions


def set_version(folder, version):
    with Lake.open(folder) as lake, lake.transaction("test") as connection:
        connection.execute("DELETE FROM lake_version")
        connection.execute("INSERT INTO lake_version VALUES (?, now())", [version])


@pytest.mark.parametrize("opens", [Lake.open, Session, copy])
@pytest.mark.parametrize(
    ("version", "advice"), [(LAKE_VERSION - 1, "wirehouse migrate"), (LAKE_VERSION + 1, "update Wirehouse")]
)
def test_a_lake_of_another_version_is_refused_with_what_to_do(folder, opens, version, advice):
    set_version(folder, version)
    with pytest.raises(WarehouseError) as raised:
        opens(folder)
    said = str(raised.value)
    assert advice in said
    assert f"version {version}" in said
    assert str(folder) in said
    assert "\n" not in said
    assert not (folder.parent / "copy.partial").exists()


def test_any_version_can_be_opened_for_migrating(folder):
    set_version(folder, LAKE_VERSION - 1)
    with Lake.open(folder, any_version=True) as lake:
        assert versions(lake) == [LAKE_VERSION - 1]


@pytest.mark.parametrize("opens", [Session, Lake.open])
def test_a_folder_whose_catalog_is_none_is_refused(tmp_path, opens):
    folder = tmp_path
    (folder / "catalog.sqlite").write_text("Dear reader, this is a letter and no catalog of anything. " * 50)
    with pytest.raises(WarehouseError, match="can't be opened") as raised:
        opens(folder)
    assert "\n" not in str(raised.value)


def test_a_folder_without_a_lake_is_refused_by_readers(tmp_path):
    with pytest.raises(WarehouseError, match=r"no lake in .*wirehouse run"):
        Session(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("opens", [Session, copy])
def test_somebody_elses_lake_is_refused(tmp_path, opens):
    folder = tmp_path / "theirs"
    folder.mkdir()
    connection = connect(folder, read_only=False)
    connection.execute("CREATE TABLE theirs (number INTEGER)")
    connection.close()
    with pytest.raises(WarehouseError, match="no Wirehouse tables"):
        opens(folder)


# Migrations


@pytest.fixture
def steps(tmp_path):
    folder = tmp_path / "migrations"
    folder.mkdir()
    return folder


NEXT = LAKE_VERSION + 1


def test_a_step_adds_a_table_and_is_written_down(folder, steps):
    (steps / f"{NEXT:04}_quotes.sql").write_text(
        "CREATE TABLE quotes (quote_id VARCHAR);\nCOMMENT ON TABLE quotes IS 'one quote';\n"
        "INSERT INTO quotes SELECT outlet_id FROM outlet_sightings;"
    )
    with Lake.open(folder) as lake:
        with lake.transaction("one") as connection:
            add_outlet(connection, "post")
        assert migrate(lake, steps, NEXT) == [NEXT]
        assert versions(lake) == [LAKE_VERSION, NEXT]
        assert lake.arrow("FROM quotes").to_pylist() == [{"quote_id": "post"}]
        assert migrate(lake, steps, NEXT) == []


def test_a_migrated_lake_can_be_opened(folder, steps, monkeypatch):
    (steps / f"{NEXT:04}_nothing.sql").write_text("SELECT 1;")
    with Lake.open(folder) as lake:
        migrate(lake, steps, NEXT)
    monkeypatch.setattr(lake_module, "LAKE_VERSION", NEXT)
    with Lake.open(folder) as lake:
        assert versions(lake)[-1] == NEXT


def test_the_lake_as_it_is_needs_no_step(folder):
    with Lake.open(folder) as lake:
        assert migrate(lake) == []


def test_views_are_made_anew_after_the_last_step_only(folder, steps):
    """In between, a table may lack what the present views ask for."""
    (steps / f"{NEXT:04}_away.sql").write_text("ALTER TABLE outlet_sightings RENAME COLUMN domain TO host;")
    (steps / f"{NEXT + 1:04}_back.sql").write_text("ALTER TABLE outlet_sightings RENAME COLUMN host TO domain;")
    with Lake.open(folder) as lake:
        with lake.transaction("test") as connection:
            connection.execute("DROP VIEW outlets")
        assert migrate(lake, steps, NEXT + 1) == [NEXT, NEXT + 1]
        assert outlets(lake) == []


def test_a_missing_step_is_named_and_nothing_is_done(folder, steps):
    (steps / f"{NEXT:04}_quotes.sql").write_text("CREATE TABLE quotes (quote_id VARCHAR);")
    with Lake.open(folder) as lake:
        with pytest.raises(WarehouseError, match=f"step {NEXT + 1} is missing in {steps}"):
            migrate(lake, steps, NEXT + 2)
        assert versions(lake) == [LAKE_VERSION]
        assert "quotes" not in lake.arrow("SHOW TABLES")["name"].to_pylist()


def test_a_step_that_fails_is_undone_and_those_before_it_stand(folder, steps):
    (steps / f"{NEXT:04}_quotes.sql").write_text("CREATE TABLE quotes (quote_id VARCHAR);")
    (steps / f"{NEXT + 1:04}_wrong.sql").write_text("CREATE TABLE claims (claim_id VARCHAR); SELECT * FROM nowhere;")
    with Lake.open(folder) as lake:
        with pytest.raises(duckdb.CatalogException):
            migrate(lake, steps, NEXT + 1)
        assert versions(lake) == [LAKE_VERSION, NEXT]
        tables = lake.arrow("SHOW TABLES")["name"].to_pylist()
        assert "quotes" in tables
        assert "claims" not in tables


def test_a_lake_newer_than_the_target_is_not_taken_back(folder, steps):
    with Lake.open(folder) as lake, pytest.raises(WarehouseError, match="update Wirehouse"):
        migrate(lake, steps, LAKE_VERSION - 1)
