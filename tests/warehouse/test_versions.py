"""A lake that an earlier version made, brought to the present tables: it must come out like a new one.

`versions/000N.sql` are the tables of version N, written down when they were left behind.
"""

from pathlib import Path

import pytest

from warehouse.catalog_store import chosen_store
from warehouse.connect import connect
from warehouse.lake import Lake
from warehouse.migrate import migrate
from warehouse.tables import LAKE_VERSION

VERSIONS = Path(__file__).parent / "versions"
COLUMNS = """
    SELECT table_name, column_name, data_type, comment FROM duckdb_columns() WHERE database_name = 'lake' ORDER BY ALL
"""


def old_lake(folder, version, catalog=""):
    folder.mkdir()
    chosen_store(folder, catalog).prepare()
    connection = connect(folder, read_only=False)
    connection.execute((VERSIONS / f"{version:04}.sql").read_text("utf-8"))
    connection.execute("INSERT INTO lake_version VALUES (?, now())", [version])
    connection.execute("INSERT INTO articles (article_id, arrival_day) VALUES ('a1', DATE '2020-02-06')")
    connection.close()


def test_copies_of_an_older_lake_wait_for_their_relation(tmp_path):
    old_lake(tmp_path / "old", 3)
    with Lake.open(tmp_path / "old", any_version=True) as lake:
        with lake.transaction("links of before") as connection:
            connection.execute("INSERT INTO duplicates (article_id, relation) VALUES ('a2', 'near'), ('a3', 'exact')")
        migrate(lake)
        links = lake.arrow("SELECT article_id, relation, added_text FROM duplicates ORDER BY article_id").to_pylist()
    assert [tuple(link.values()) for link in links] == [("a2", None, None), ("a3", "exact", None)]


def test_every_version_left_behind_is_held():
    assert sorted(int(path.stem) for path in VERSIONS.glob("*.sql")) == list(range(1, LAKE_VERSION))


@pytest.mark.parametrize("version", range(1, LAKE_VERSION))
def test_an_older_lake_comes_out_like_a_new_one(tmp_path, version, stores):
    old_lake(tmp_path / "old", version, stores.catalog())
    with Lake.open(tmp_path / "new", catalog=stores.catalog()) as new:
        wanted = new.arrow(COLUMNS).to_pylist()
    with Lake.open(tmp_path / "old", any_version=True) as lake:
        assert migrate(lake) == list(range(version + 1, LAKE_VERSION + 1))
        assert lake.arrow(COLUMNS).to_pylist() == wanted
        assert lake.arrow("SELECT article_id FROM articles").to_pylist() == [{"article_id": "a1"}]
