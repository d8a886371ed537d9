"""The rows that the pipeline and the assets make, held against the tables that keep them, and those against a lake."""

import datetime as dt
import types
import typing

import pytest

from assets.parse import _OutletSighting
from assets.sightings import AliasSighting, EntitySighting, PlaceSighting
from pipelines.extract.decisions import MergeRow
from pipelines.records import Article, DateRef, Document, Mention, Notice, Paragraph, PlaceCandidate, Reject
from warehouse.fields import _FIELDS, FIELDS
from warehouse.lake import Lake
from warehouse.render import ARROW_TYPES, arrow_schema
from warehouse.staged import STAGED
from warehouse.tables import DAILY, TABLES

ROWS = {
    "drops": Document,
    "rejects": Reject,
    "notices": Notice,
    "articles": Article,
    "paragraphs": Paragraph,
    "mentions": Mention,
    "dates": DateRef,
    "entity_sightings": EntitySighting,
    "alias_sightings": AliasSighting,
    "place_candidates": PlaceCandidate,
    "merge_log": MergeRow,
    "place_sightings": PlaceSighting,
    "outlet_sightings": _OutletSighting,
}
ADDED_LATER = {"arrival_day"}
DECIDED_BY_PARSE = {"status", "article_id"}
TYPES = {
    str: {"VARCHAR"},
    int: {"INTEGER", "BIGINT"},
    float: {"DOUBLE"},
    bool: {"BOOLEAN"},
    dt.date: {"DATE"},
    dt.datetime: {"TIMESTAMPTZ"},
    list[str]: {"VARCHAR[]"},
}
DUCKDB_SAYS = {"TIMESTAMPTZ": "TIMESTAMP WITH TIME ZONE"}


def wanted(table):
    left_out = ADDED_LATER | (DECIDED_BY_PARSE if table == "drops" else set())
    return {field.name: field.type for field in TABLES[table].fields if field.name not in left_out}


def bare(annotation):
    """The annotation without its None."""
    if isinstance(annotation, types.UnionType):
        (annotation,) = (part for part in typing.get_args(annotation) if part is not type(None))
    return annotation


@pytest.mark.parametrize("table", ROWS)
def test_a_row_has_the_columns_of_its_table(table):
    assert set(ROWS[table]._fields) == set(wanted(table))
    assert len(set(ROWS[table]._fields)) == len(ROWS[table]._fields)


@pytest.mark.parametrize("table", ROWS)
def test_a_row_has_the_types_of_its_table(table):
    hints = typing.get_type_hints(ROWS[table])
    unlike = {
        name: (hints[name], type_) for name, type_ in wanted(table).items() if type_ not in TYPES[bare(hints[name])]
    }
    assert unlike == {}


def test_every_field_is_used_and_every_column_is_a_field():
    used = {column for table in TABLES.values() for column in table.columns}
    assert used == set(FIELDS)
    assert len(_FIELDS) == len(FIELDS), "a field is written twice"


def test_every_field_has_a_type_and_a_meaning():
    for field in FIELDS.values():
        assert field.type in ARROW_TYPES, field.name
        assert field.meaning.endswith("."), field.name
    assert {field.type for field in FIELDS.values()} == set(ARROW_TYPES), "a type that no column has"


def test_keys_and_days_are_columns():
    for table in TABLES.values():
        assert set(table.key) <= set(table.columns), table.name
        assert len(set(table.columns)) == len(table.columns), table.name
        assert not table.by_day or "arrival_day" in table.columns, table.name
    assert {table.name for table in DAILY} == {table.name for table in TABLES.values() if table.by_day}


def test_what_is_staged_makes_up_the_daily_tables():
    assert set(STAGED["documents"].names) | DECIDED_BY_PARSE == set(TABLES["drops"].columns)
    assert set(STAGED["statuses"].names) == {"document_id", *DECIDED_BY_PARSE}
    for table in DAILY:
        if table.name in STAGED:
            assert STAGED[table.name] == arrow_schema(table)


@pytest.fixture(scope="module")
def lake(tmp_path_factory):
    with Lake.open(tmp_path_factory.mktemp("contract") / "lake") as opened:
        yield opened


def test_a_fresh_lake_has_the_tables(lake):
    found = lake.arrow("SELECT table_name, comment FROM duckdb_tables() WHERE database_name = 'lake'").to_pylist()
    assert {row["table_name"]: row["comment"] for row in found} == {
        table.name: table.grain for table in TABLES.values()
    }


@pytest.mark.parametrize("table", TABLES)
def test_a_fresh_lake_has_the_columns_with_their_types_and_comments(lake, table):
    found = lake.arrow(
        "SELECT column_name, data_type, comment FROM duckdb_columns()"
        " WHERE database_name = 'lake' AND table_name = ? ORDER BY column_index",
        [table],
    ).to_pylist()
    assert [tuple(row.values()) for row in found] == [
        (field.name, DUCKDB_SAYS.get(field.type, field.type), field.meaning) for field in TABLES[table].fields
    ]


@pytest.mark.parametrize("table", TABLES)
def test_a_fresh_lake_gives_the_arrow_schema(lake, table):
    assert lake.arrow(f"SELECT * FROM {table}").schema.equals(arrow_schema(TABLES[table]))


def test_daily_tables_are_partitioned_by_day(lake):
    found = lake.arrow(
        """
        SELECT tables.table_name, list(columns.column_name) AS by
        FROM __ducklake_metadata_lake.ducklake_partition_column AS parts
        JOIN __ducklake_metadata_lake.ducklake_table AS tables USING (table_id)
        JOIN __ducklake_metadata_lake.ducklake_column AS columns USING (table_id, column_id)
        GROUP BY tables.table_name
        """
    ).to_pylist()
    assert {row["table_name"]: set(row["by"]) for row in found} == {table.name: {"arrival_day"} for table in DAILY}
