"""What readers see while rows leave, and what becomes of a commit whose writer was killed in the middle of it."""

import subprocess
import sys

import pytest

from warehouse import catalog
from warehouse.connect import connect
from warehouse.lake import Lake
from warehouse.removal import remove
from warehouse.upkeep import delete_orphans

INSERT = "INSERT INTO duplicates (article_id, cluster_id) SELECT 'a' || range, 'c' FROM range(?)"


@pytest.fixture
def lake(folder):
    with Lake.open(folder) as lake:
        with lake.transaction("twenty") as connection:
            connection.execute(INSERT, [20])
        yield lake


def leave(lake, *articles):
    with lake.transaction("some leave") as connection:
        remove(connection, "duplicates", "article_id IN (SELECT unnest(?))", [list(articles)])


def test_only_the_rows_named_leave(lake):
    before = lake.connection.execute("SELECT * FROM duplicates ORDER BY ALL").fetchall()
    leave(lake, "a3", "a7")
    after = lake.connection.execute("SELECT * FROM duplicates ORDER BY ALL").fetchall()
    assert after == [row for row in before if row[0] not in ("a3", "a7")]
    leave(lake, "nobody")
    assert lake.connection.execute("SELECT * FROM duplicates ORDER BY ALL").fetchall() == after
    leave(lake, *(row[0] for row in before))
    assert lake.connection.execute("SELECT count(*) FROM duplicates").fetchone() == (0,)


def test_rows_for_which_the_condition_is_null_stay(lake):
    with lake.transaction("of some nothing is known") as connection:
        remove(connection, "duplicates", "similarity > 0.5 OR article_id = 'a1'")
    assert lake.connection.execute("SELECT count(*) FROM duplicates").fetchone() == (19,)


@pytest.mark.parametrize("leaving", [[("a0",), ("a1",), ("a2",)], [("a0", "a1"), ("a2",), ("a3", "a4")]])
def test_a_transaction_sees_none_of_what_leaves_after_it_began(folder, lake, leaving):
    """With DELETE alone a reader sees the second deletion from a file that had one before."""
    for articles in leaving:
        reader = connect(folder, read_only=True)
        reader.execute("BEGIN")
        count = reader.execute("SELECT count(*) FROM duplicates").fetchone()
        first = reader.execute("SELECT count(*) FROM runs").fetchone()
        leave(lake, *articles)
        assert reader.execute("SELECT count(*) FROM duplicates").fetchone() == count
        leave(lake, *(f"a{number}" for number in range(10, 10 + len(articles))))
        assert reader.execute("SELECT count(*) FROM duplicates").fetchone() == count
        assert reader.execute("SELECT count(*) FROM runs").fetchone() == first
        reader.close()
    names = "SELECT count(*) FROM __ducklake_metadata_lake.ducklake_delete_file"
    assert lake.connection.execute(names).fetchone() == (0,), "no file of deletes that a later one could replace"


HOLD = (
    "import sqlite3, sys; held = sqlite3.connect(sys.argv[1]); held.execute('BEGIN');"
    " held.execute('SELECT count(*) FROM ducklake_snapshot').fetchone(); print('held', flush=True); sys.stdin.read()"
)


def test_files_of_a_commit_that_comes_to_light_later_are_there(folder, stores):
    """A writer was killed when its commit was in SQLite's log and not yet in the index of it."""
    if stores.is_postgres:
        pytest.skip("it is of SQLite's log")
    command = [sys.executable, "-c", HOLD, str(folder / "catalog.sqlite")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as reader:
        assert reader.stdout.readline() == b"held\n"
        with Lake.open(folder) as lake:
            with lake.transaction("seen by all") as connection:
                connection.execute(INSERT, [3])
            index = (folder / "catalog.sqlite-shm").read_bytes()
            with lake.transaction("the writer is killed") as connection:
                connection.execute(INSERT, [5])
            with (folder / "catalog.sqlite-shm").open("r+b") as file:
                file.write(index)
            assert lake.connection.execute("SELECT count(*) FROM duplicates").fetchone() == (3,), "nobody sees it"
            with lake.writing():
                assert len(delete_orphans(lake, None)) == 1
        reader.kill()
    (folder / "catalog.sqlite-shm").unlink()  # as if the machine had gone down: the log is read anew
    with Lake.open(folder) as lake:
        named = {file.path for file in catalog.files(lake.connection)}
        assert named <= catalog.data_files(lake.connection, folder).keys()
        assert lake.connection.execute("SELECT count(*) FROM duplicates").fetchone() == (3,)
