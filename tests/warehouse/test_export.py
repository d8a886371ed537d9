"""The Parquet copy for others: all that is published now, nothing superseded, whole or not at all."""

import duckdb
import pytest

from warehouse.errors import WarehouseError
from warehouse.export import _VIEWS, export
from warehouse.lake import Lake
from warehouse.tables import TABLES


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A lake with two days of drops, of which one was published twice, a run and two sightings of an outlet."""
    folder = tmp_path_factory.mktemp("export") / "lake"
    add = "INSERT INTO drops BY NAME SELECT ? AS document_id, ?::DATE AS arrival_day, ? AS text"
    with Lake.open(folder) as lake:
        with lake.transaction("first") as connection:
            connection.execute(add, ["d1", "2020-02-06", "Superseded."])
            connection.execute(add, ["d2", "2020-02-07", "Second day: ночь."])
        with lake.transaction("again") as connection:
            connection.execute("DELETE FROM drops WHERE arrival_day = '2020-02-06'")
            connection.execute(add, ["d1", "2020-02-06", "First day."])
            connection.execute(
                "INSERT INTO runs BY NAME SELECT 'r1' AS run_id, DATE '2020-02-06' AS arrival_day, 2 AS drops"
            )
            connection.execute(
                "INSERT INTO outlet_sightings VALUES ('2020-02-06', 'post', 'Post', 'post.example', NULL, false, 2),"
                " ('2020-02-07', 'post', 'Post', NULL, NULL, false, 3)"
            )
    return folder


@pytest.fixture(scope="module")
def copied(folder, tmp_path_factory):
    """Where the copy is, and the rows that were counted."""
    target = tmp_path_factory.mktemp("copied") / "copy"
    return target, export(folder, target)


@pytest.fixture
def target(tmp_path):
    return tmp_path / "copy"


def ask(sql):
    with duckdb.connect() as connection:
        return connection.execute(sql).fetchall()


def test_every_table_and_the_views_that_stand_for_one_are_counted(copied):
    rows = copied[1]
    assert set(rows) == {*TABLES, *_VIEWS}
    wanted = {"drops": 2, "runs": 1, "outlet_sightings": 2, "outlets": 1, "lake_version": 1}
    assert {name: count for name, count in rows.items() if count} == wanted


def test_a_daily_table_is_partitioned_by_day_and_holds_only_what_is_published(copied):
    target = copied[0]
    days = sorted(path.name for path in (target / "drops").iterdir())
    assert days == ["arrival_day=2020-02-06", "arrival_day=2020-02-07"]
    files = f"{target}/drops/*/*.parquet"
    found = ask(f"SELECT document_id, arrival_day::VARCHAR, text FROM read_parquet('{files}') ORDER BY ALL")
    assert found == [("d1", "2020-02-06", "First day."), ("d2", "2020-02-07", "Second day: ночь.")]


def test_the_rest_is_one_file_each_even_without_rows(copied):
    target = copied[0]
    singles = {name for name, table in TABLES.items() if not table.by_day} | set(_VIEWS)
    assert {path.stem for path in target.glob("*.parquet")} == singles
    assert ask(f"SELECT count(*) FROM '{target}/duplicates.parquet'") == [(0,)]
    assert ask(f"SELECT name, domains, article_count FROM '{target}/outlets.parquet'") == [
        ("Post", ["post.example"], 5)
    ]
    assert {path.name for path in target.iterdir() if path.is_dir()} == {"drops", "outlet_sightings"}


def test_the_columns_are_those_of_the_tables(copied):
    target = copied[0]
    for name in ("runs", "files", "duplicates"):
        found = [row[0] for row in ask(f"DESCRIBE SELECT * FROM '{target}/{name}.parquet'")]
        assert tuple(found) == TABLES[name].columns
    found = ask(f"DESCRIBE SELECT * FROM read_parquet('{target}/drops/*/*.parquet', hive_partitioning = true)")
    assert {row[0] for row in found} == set(TABLES["drops"].columns)


def test_an_empty_folder_is_filled_and_one_that_is_not_is_refused(folder, target):
    target.mkdir()
    export(folder, target)
    before = sorted(target.rglob("*"))
    with pytest.raises(WarehouseError, match="not empty: name a new folder"):
        export(folder, target)
    assert sorted(target.rglob("*")) == before


def test_a_quote_in_the_folders_name_is_no_matter(folder, tmp_path):
    assert export(folder, tmp_path / "l'export")["drops"] == 2
    assert (tmp_path / "l'export" / "runs.parquet").is_file()


def test_a_copy_that_breaks_off_does_not_appear_and_the_next_is_whole(folder, target, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("warehouse.export._VIEWS", ("no_such_view",))
        with pytest.raises(duckdb.CatalogException):
            export(folder, target)
    assert not target.exists()
    export(folder, target)
    assert (target / "outlets.parquet").is_file()
    assert not target.with_name("copy.partial").exists()


def test_the_lake_is_left_as_it_was(folder, target):
    def data():
        return {path: path.stat().st_mtime_ns for path in (folder / "data").rglob("*.parquet")}

    before = data()
    export(folder, target)
    assert data() == before
