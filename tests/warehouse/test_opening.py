"""`wirehouse open`: a plain DuckDB that was given its SQL reads the lake, and can reach and change nothing else."""

import datetime as dt
import sqlite3

import duckdb
import pytest

from warehouse.engine import extension_file
from warehouse.errors import WarehouseError
from warehouse.lake import Lake
from warehouse.opening import opening
from warehouse.upkeep import keep_up


def publish(folder, document):
    with Lake.open(folder) as lake, lake.transaction("test") as connection:
        sql = "INSERT INTO drops BY NAME SELECT ? AS document_id, DATE '2020-02-06' AS arrival_day, 'Ferries' AS text"
        connection.execute(sql, [document])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A lake with one drop, in a folder whose name is no plain word; secrets lie beside it."""
    folder = tmp_path_factory.mktemp("opening") / "Anna's lake"
    publish(folder, "d1")
    (folder.parent / "secret.txt").write_text("secret")
    (folder / "link.txt").symlink_to(folder.parent / "secret.txt")
    with sqlite3.connect(folder.parent / "secret.sqlite") as connection:
        connection.execute("CREATE TABLE secrets AS SELECT 'secret' AS said")
    connection.close()
    return folder


@pytest.fixture(scope="module")
def sql(folder):
    return opening(folder)


@pytest.fixture(scope="module")
def shell(sql):
    """A DuckDB with settings of its own, as a shell has it."""
    with duckdb.connect() as connection:
        connection.execute(sql)
        yield connection


@pytest.mark.parametrize(
    "question",
    [
        "SELECT count(*) FROM drops",
        "SELECT snippet('d1', 0, 3)",
        "SELECT count(*) FROM near(37.98, 23.73, 400)",
        "SELECT count(*) FROM canonical_articles",
        "SELECT * FROM drops AT (VERSION => 2)",
        "SELECT * FROM lake.snapshots()",
        "SELECT comment FROM duckdb_columns() WHERE table_name = 'drops' AND comment IS NOT NULL",
        "CREATE TEMP TABLE mine AS SELECT 1; FROM mine",
        "PIVOT drops ON arrival_day USING count(*)",
    ],
)
def test_it_answers(shell, question):
    assert shell.execute(question).fetchall()


@pytest.mark.parametrize(
    "attack",
    [
        "INSERT INTO drops (document_id) VALUES ('x')",
        "DELETE FROM drops",
        "CREATE TABLE mine (n INTEGER)",
        "CREATE VIEW mine AS SELECT 1",
        "DELETE FROM __ducklake_metadata_lake.ducklake_snapshot",
        "CALL ducklake_expire_snapshots('lake', older_than => now())",
        "CALL ducklake_set_option('lake', 'parquet_compression', 'zstd')",
        "CALL ducklake_delete_orphaned_files('lake', cleanup_all => true)",
        "SELECT * FROM read_text('{beside}/secret.txt')",
        "SELECT * FROM read_text('{folder}/link.txt')",
        "SELECT * FROM read_text('{folder}/data/../../secret.txt')",
        "SELECT * FROM read_blob('{folder}/catalog.sqlite')",
        "SELECT * FROM glob('{beside}/*')",
        "SELECT * FROM '{beside}/secret.csv'",
        "SELECT * FROM sqlite_scan('{beside}/secret.sqlite', 'secrets')",
        "SELECT * FROM read_csv('http://127.0.0.1:9/a.csv')",
        "SELECT * FROM 's3://bucket/a.parquet'",
        "COPY (SELECT 1) TO '{folder}/catalog.sqlite'",
        "COPY (SELECT 1) TO '{beside}/mine.csv'",
        "EXPORT DATABASE '{beside}/mine'",
        "IMPORT DATABASE '{beside}'",
        "ATTACH '{beside}/secret.sqlite' (TYPE sqlite)",
        "ATTACH '{beside}/mine.duckdb'",
        "ATTACH 'ducklake:sqlite:{folder}/catalog.sqlite' AS again (DATA_PATH '{folder}/data/')",
        "ATTACH 'ducklake:{folder}/mine.duckdb' AS again (DATA_PATH '{folder}/data/')",
        "INSTALL httpfs",
        "LOAD httpfs",
        "LOAD sqlite_scanner",
        "LOAD '{extension}'",
        "SET memory_limit = '1GB'",
        "SET allowed_directories = ['/']",
        "SET enable_external_access = true",
        "SET autoload_known_extensions = true",
        "RESET lock_configuration",
        "SET lock_configuration = false",
        "PRAGMA temp_directory = '{beside}'",
        "CREATE PERSISTENT SECRET mine (TYPE s3, KEY_ID 'a', SECRET 'b')",
    ],
)
def test_it_changes_nothing_and_reaches_nothing_else(shell, folder, attack):
    def spelled(path):
        return str(path).replace("'", "''")

    def files():
        return sorted(str(path) for path in folder.parent.rglob("*") if "catalog.sqlite-" not in path.name)

    before = files()
    extension = extension_file("sqlite_scanner")
    with pytest.raises(duckdb.Error):
        shell.execute(
            attack.format(folder=spelled(folder), beside=spelled(folder.parent), extension=extension)
        ).fetchall()
    assert files() == before
    assert shell.execute("SELECT count(*) FROM drops").fetchall() == [(1,)]


def test_it_shows_the_lake_of_the_moment_and_is_said_again_for_what_came_since(tmp_path):
    publish(tmp_path, "d1")
    with duckdb.connect() as first, duckdb.connect() as second:
        first.execute(opening(tmp_path))
        publish(tmp_path, "d2")
        second.execute(opening(tmp_path))
        assert first.execute("SELECT count(*) FROM drops").fetchall() == [(1,)]
        assert second.execute("SELECT count(*) FROM drops").fetchall() == [(2,)]
    assert not list(tmp_path.glob("*.partial*"))
    assert (tmp_path / "open.duckdb").stat().st_mode & 0o777 == 0o444, "nobody but root attaches it for writing"


def test_large_answers_spill_inside_the_lake(sql, folder):
    with duckdb.connect(config={"memory_limit": "60MB", "threads": 1}) as shell:
        shell.execute(sql)
        query = "SELECT count(*) FROM (SELECT i, hash(i) AS h FROM range(4_000_000) t(i) ORDER BY h)"
        shell.execute(f"CREATE TEMP TABLE big AS {query.replace('count(*)', '*')}")
        assert shell.execute("SELECT count(*) FROM big").fetchall() == [(4_000_000,)]
        assert list((folder / "tmp").iterdir())
    assert not list(folder.glob("tmp/*"))


def test_upkeep_discards_the_copy_once_files_it_names_may_be_gone(tmp_path):
    publish(tmp_path, "d1")
    opening(tmp_path)
    now = dt.datetime.now(dt.UTC)
    with Lake.open(tmp_path) as lake:
        keep_up(lake, now)
        assert (tmp_path / "open.duckdb").exists()
        keep_up(lake, now + dt.timedelta(days=2))
        assert not (tmp_path / "open.duckdb").exists()


def test_without_a_lake_it_says_what_to_do(tmp_path):
    with pytest.raises(WarehouseError, match="There is no lake"):
        opening(tmp_path)
