"""The reader's session: it answers what reads, and can neither write nor reach a file outside the lake."""

import sqlite3

import duckdb
import pytest

from warehouse.errors import WarehouseError
from warehouse.lake import Lake, example_names, statement
from warehouse.session import Session, require_lake

TEXT = "IZMIR (Levant Wire) - The quake killed nine people, said Lotte Ferdinand of the rescue service."


@pytest.fixture(scope="module")
def folder(tmp_path_factory, stores):
    """A lake with one drop and two places."""
    folder = tmp_path_factory.mktemp("session") / "lake"
    with Lake.open(folder, catalog=stores.catalog()) as lake, lake.transaction("test") as connection:
        connection.execute(
            "INSERT INTO drops BY NAME SELECT 'd1' AS document_id, DATE '2020-02-06' AS arrival_day, ? AS text", [TEXT]
        )
        connection.execute(
            "INSERT INTO place_sightings VALUES"
            " ('2020-02-06', 1, 'Izmir', 'city', 'TR', '35', 38.4127, 27.1384, 2500603, 2),"
            " ('2020-02-07', 1, 'Izmir', 'city', 'TR', '35', 38.4127, 27.1384, 2500603, 1),"
            " ('2020-02-06', 2, 'Athens', 'capital', 'GR', 'ESYE31', 37.9838, 23.7275, 664046, 1)"
        )
    return folder


@pytest.fixture(scope="module")
def session(folder):
    opened = Session(folder)
    yield opened
    opened.close()


@pytest.fixture
def unchanged(folder):
    """Holds that no file of the lake was written, removed or added."""

    def look():
        return {path: (path.stat().st_size, path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()}

    def data(files):  # opening SQLite in WAL mode may make and remove its side files
        return {path: stamp for path, stamp in files.items() if not path.name.startswith("catalog.sqlite-")}

    before = look()
    yield
    assert data(look()) == data(before)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*) FROM drops",
        "select 1;",
        "WITH days AS (SELECT arrival_day FROM drops) SELECT * FROM days",
        "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 3) FROM n",
        "FROM drops SELECT text LIMIT 1",
        "VALUES (1)",
        "SHOW TABLES",
        "SHOW ALL TABLES",
        "DESCRIBE drops",
        "DESCRIBE SELECT 1",
        "SUMMARIZE drops",
        "PRAGMA table_info('drops')",
        "EXPLAIN SELECT count(*) FROM drops",
        "explain analyze select count(*) from drops",
        "EXPLAIN (FORMAT json) SELECT 1",
        "-- how many\n/* drops */ EXPLAIN -- really\n SELECT 1",
        "-- how many?\nSELECT count(*) FROM drops -- that many",
        "SELECT * FROM range(3), unnest(['a', 'b'])",
        "SELECT * FROM duckdb_columns() LIMIT 1",
        "SELECT * FROM lake.snapshots()",
        "SELECT * FROM ducklake_table_insertions('lake', 'main', 'drops', 0, 2)",
        "SELECT count(*) FROM drops AT (VERSION => 2)",
        "SELECT * FROM near(38.4, 27.1, 50)",
        "PIVOT drops ON document_id IN ('d1') USING count(*)",
    ],
)
def test_what_reads_is_answered(session, unchanged, sql):
    assert session.query(sql).num_rows > 0


@pytest.mark.parametrize(
    ("sql", "kind"),
    [
        ("INSERT INTO drops (document_id) VALUES ('x')", "INSERT"),
        ("UPDATE drops SET text = ''", "UPDATE"),
        ("DELETE FROM drops", "DELETE"),
        ("CREATE TABLE mine (n INTEGER)", "CREATE"),
        ("CREATE TEMP TABLE mine (n INTEGER)", "CREATE"),
        ("DROP TABLE drops", "DROP"),
        ("ALTER TABLE drops ADD COLUMN n INTEGER", "ALTER"),
        ("ATTACH ':memory:' AS mine", "ATTACH"),
        ("DETACH lake", "DETACH"),
        ("USE memory", "SET"),
        ("COPY (SELECT 1) TO '{folder}/data/mine.csv'", "COPY"),
        ("EXPORT DATABASE '{folder}/data/mine'", "EXPORT"),
        ("SET memory_limit = '1GB'", "SET"),
        ("SET allowed_directories = ['/']", "SET"),
        ("RESET memory_limit", "SET"),
        ("INSTALL httpfs", "LOAD"),
        ("LOAD httpfs", "LOAD"),
        ("PRAGMA memory_limit = '1GB'", "SET"),
        ("PRAGMA enable_profiling", "PRAGMA"),
        ("CALL ducklake_expire_snapshots('lake')", "CALL"),
        ("CHECKPOINT", "CALL"),
        ("BEGIN", "TRANSACTION"),
        ("PREPARE one AS SELECT 1", "PREPARE"),
    ],
)
def test_what_writes_or_changes_the_session_is_refused(session, unchanged, folder, sql, kind):
    with pytest.raises(WarehouseError, match=f"only reads: {kind} is refused"):
        session.query(sql.format(folder=folder))
    assert session.one("SELECT count(*) AS n FROM drops") == {"n": 1}


@pytest.mark.parametrize(
    "sql",
    [
        "EXPLAIN ANALYZE COPY (SELECT 1) TO '{folder}/data/mine.csv'",
        "EXPLAIN /* a */ ANALYZE COPY (SELECT 1) TO '{folder}/data/mine.csv'",
        "EXPLAIN (ANALYZE) COPY (SELECT 1) TO '{folder}/data/mine.csv'",
        "EXPLAIN (ANALYZE, FORMAT json) COPY (SELECT 1) TO '{folder}/data/mine.csv'",
        "explain analyze insert into drops (document_id) values ('x')",
        "EXPLAIN ANALYZE CREATE TEMP TABLE mine AS SELECT 1",
        "EXPLAIN DELETE FROM drops",
        "EXPLAIN (FORMAT json /*) SELECT 1 -- */ , ANALYZE) COPY (SELECT 1) TO '{folder}/data/mine.csv'",
        "/* EXPLAIN SELECT 1 -- \n*/ EXPLAIN ANALYZE COPY (SELECT 1) TO '{folder}/data/mine.csv'",
    ],
)
def test_a_write_is_not_run_by_explaining_it(session, unchanged, folder, sql):
    with pytest.raises((WarehouseError, duckdb.ParserException)):
        session.query(sql.format(folder=folder))


@pytest.mark.parametrize("end", [";", " "])
def test_no_write_hides_in_a_nested_comment(session, unchanged, folder, end):
    """DuckDB's comments nest: for who does not know that, this explains SELECT 1."""
    sql = f"/* /* */ EXPLAIN SELECT 1{end} -- */ EXPLAIN ANALYZE COPY (SELECT 1) TO '{folder}/catalog.sqlite'"
    assert "PROJECTION" in session.one(sql)["explain_value"]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM ducklake_expire_snapshots('lake', older_than => now())",
        "SELECT * FROM ducklake_merge_adjacent_files('lake')",
        "FROM lake.merge_adjacent_files()",
        "SELECT * FROM ducklake_cleanup_old_files('lake', cleanup_all => true)",
        "SELECT * FROM ducklake_delete_orphaned_files('lake', cleanup_all => true)",
        "SELECT * FROM checkpoint()",
        "SELECT * FROM CHECKPOINT()",
        "FROM system.main.force_checkpoint('lake')",
        "SELECT (SELECT count(*) FROM checkpoint())",
        "WITH a AS (FROM checkpoint()) SELECT 1",
        "SELECT 1 WHERE EXISTS (FROM checkpoint())",
        "DESCRIBE SELECT * FROM checkpoint()",
        "EXPLAIN ANALYZE SELECT * FROM checkpoint()",
        "VALUES ((SELECT count(*) FROM checkpoint()))",
        "SELECT 1 ORDER BY (SELECT count(*) FROM checkpoint())",
        "SELECT 1 LIMIT (SELECT count(*) FROM checkpoint())",
        "SELECT * FROM drops JOIN LATERAL (FROM checkpoint()) ON true",
        "SELECT sum(1) FILTER ((SELECT count(*) FROM checkpoint()) > 0) OVER () FROM drops",
        "SELECT list_transform([1], lambda x: (SELECT count(*) FROM checkpoint()))",
        "SELECT DISTINCT ON ((SELECT count(*) FROM checkpoint())) 1",
        "SELECT 1 QUALIFY (SELECT count(*) FROM checkpoint()) > 0",
        "SELECT 1 UNION ALL BY NAME SELECT 1 FROM checkpoint()",
        "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i FROM n, checkpoint()) FROM n",
        "SELECT * FROM near(38, 27, (SELECT count(*) FROM checkpoint()))",
        "FROM json_execute_serialized_sql(json_serialize_sql('SELECT * FROM checkpoint()'))",
        "SELECT * FROM query_table('drops')",
        "SELECT * FROM sniff_csv('/etc/passwd')",
        "SELECT * FROM ducklake_add_data_files('lake', 'drops', '/etc/passwd')",
        "SELECT * FROM query('FROM checkpoint()')",
        "SELECT * FROM enable_logging(storage = 'file', storage_config = {{'path': '{folder}/log'}})",
        "SELECT * FROM sqlite_attach('{folder}/catalog.sqlite')",
        "SELECT * FROM sqlite_query('__ducklake_metadata_lake', 'DELETE FROM ducklake_snapshot RETURNING 1')",
        "SELECT * FROM pandas_scan(1, 2, 3)",
    ],
)
def test_a_function_that_does_more_than_read_is_refused(session, unchanged, folder, sql):
    with pytest.raises(WarehouseError, match="only reads: the function"):
        session.query(sql.format(folder=folder))


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM read_blob('/etc/passwd')",
        "SELECT * FROM '/etc/passwd.csv'",
        "SELECT * FROM glob('/etc/*')",
        "SELECT * FROM read_text('{folder}/../../../../../../etc/passwd')",
        "SELECT * FROM read_text('{folder}-too/secret.txt')",
        "SELECT * FROM read_csv('https://example.com/a.csv')",
    ],
)
def test_no_file_outside_the_lake_can_be_reached(session, folder, sql):
    beside = folder.with_name(folder.name + "-too")
    beside.mkdir(exist_ok=True)
    (beside / "secret.txt").write_text("secret")
    with pytest.raises(duckdb.Error, match=r"disabled by configuration|Cannot access|does not exist|httpfs"):
        session.query(sql.format(folder=folder))


def test_an_sqlite_file_outside_the_lake_cannot_be_reached(session, tmp_path):
    secret = tmp_path / "secret.sqlite"
    with sqlite3.connect(secret) as connection:
        connection.execute("CREATE TABLE secrets AS SELECT 'secret' AS said")
    connection.close()
    with pytest.raises(WarehouseError, match="sqlite_scan is refused"):
        session.query(f"SELECT * FROM sqlite_scan('{secret}', 'secrets')")


def test_of_several_statements_the_last_answers(session):
    assert session.query("SELECT 1 AS n; SELECT 2 AS n; -- done").to_pylist() == [{"n": 2}]


def test_one_statement_that_writes_refuses_all_of_them(session, unchanged):
    with pytest.raises(WarehouseError, match="DELETE is refused"):
        session.query("SELECT 1; DELETE FROM drops; SELECT 2")


@pytest.mark.parametrize("sql", ["", "  \n", ";", "-- nothing", "/* nothing */"])
def test_nothing_to_run_is_said(session, sql):
    with pytest.raises(WarehouseError, match="no SQL statement"):
        session.query(sql)


def test_wrong_sql_is_duckdbs_own_error(session):
    with pytest.raises(duckdb.ParserException):
        session.query("SELEKT 1")
    with pytest.raises(duckdb.CatalogException, match="nope"):
        session.query("SELECT * FROM nope")


def test_values_are_bound(session):
    sql = "SELECT document_id FROM drops WHERE document_id = ?"
    assert session.query(sql, ["d1"]).to_pylist() == [{"document_id": "d1"}]
    assert session.query(sql, ["' OR true --"]).num_rows == 0


def test_snippet_cuts_the_text_with_its_surroundings(session):
    start = TEXT.index("Lotte")
    end = start + len("Lotte Ferdinand")

    def snippet(width):
        return session.one(f"SELECT snippet('d1', {start}, {end}, width := {width}) AS cut")["cut"]

    assert snippet(0) == "Lotte Ferdinand"
    assert snippet(5) == TEXT[start - 5 : end + 5]
    assert snippet(1000) == TEXT
    assert session.one(f"SELECT snippet('d1', {start}, {end}) AS cut") == {"cut": TEXT[max(0, start - 60) : end + 60]}
    assert session.one("SELECT snippet('nowhere', 0, 1) AS cut") == {"cut": None}


def test_near_measures_kilometres_on_the_earth(session):
    def names(km):
        return session.query(f"SELECT name, mention_count FROM near(38.4127, 27.1384, {km})").to_pylist()

    izmir, athens = {"name": "Izmir", "mention_count": 3}, {"name": "Athens", "mention_count": 1}
    assert names(1) == [izmir]
    assert names(290) == [izmir]
    assert names(310) == [izmir, athens]
    far = session.one("SELECT distance_km FROM near(38.4127, 27.1384, 1000) WHERE name = 'Athens'")
    assert far["distance_km"] == pytest.approx(301.4, abs=1.5)


def test_the_example_questions_are_answered(session):
    for name in example_names():
        assert session.query(statement(f"examples/{name}")).num_columns > 0, name


def test_a_session_sees_what_is_published_after_it_was_opened(tmp_path):
    with Lake.open(tmp_path / "lake") as lake:
        opened = Session(tmp_path / "lake")
        assert opened.one("SELECT count(*) AS n FROM drops") == {"n": 0}
        with lake.transaction("test") as connection:
            connection.execute("INSERT INTO drops BY NAME SELECT 'd1' AS document_id, DATE '2020-02-06' AS arrival_day")
        assert opened.one("SELECT count(*) AS n FROM drops") == {"n": 1}
        opened.close()


def test_require_lake_gives_the_folder_or_what_to_do(folder, tmp_path):
    assert require_lake(folder) == folder
    with pytest.raises(WarehouseError, match="--lake"):
        require_lake(tmp_path)
