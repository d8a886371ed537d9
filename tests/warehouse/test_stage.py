"""The stage: a day's file is there whole or not at all, and gives its rows back in their order."""

import datetime as dt
from typing import NamedTuple

import pyarrow as pa
import pytest

from warehouse.errors import WarehouseError
from warehouse.stage import Stage
from warehouse.staged import STAGED, schemas

DAY = "2020-02-06"
SCHEMAS = {
    "facts": pa.schema([("arrival_day", pa.date32()), ("name", pa.string()), ("number", pa.int32())]),
    "empty": pa.schema([("arrival_day", pa.date32()), ("name", pa.string())]),
}


class Fact(NamedTuple):
    """Its fields stand in another order than the columns."""

    number: int
    name: str | None


@pytest.fixture
def stage(tmp_path):
    return Stage(tmp_path / "lake", "run-1")


def fill(stage, facts, day=DAY):
    with stage.writers(day, SCHEMAS) as writers:
        writers.extend("facts", facts)
    return writers


def files(tmp_path):
    return sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())


def test_rows_come_back_in_their_order_with_the_day_filled_in(stage):
    facts = [Fact(number, f"name {number % 7}" if number % 3 else None) for number in range(1000, 0, -1)]
    assert fill(stage, facts).rows == {"facts": 1000, "empty": 0}
    table = stage.read("facts", DAY)
    assert table.schema.equals(SCHEMAS["facts"])
    assert table["number"].to_pylist() == [fact.number for fact in facts]
    assert table["name"].to_pylist() == [fact.name for fact in facts]
    assert set(table["arrival_day"].to_pylist()) == {dt.date(2020, 2, 6)}


def test_rows_are_written_in_the_order_of_flushes_one_batch_each(stage):
    with stage.writers(DAY, SCHEMAS) as writers:
        for number in range(6):
            writers.add("facts", Fact(number, "a"))
            if number % 2:
                writers.flush()
        writers.flush()
    batches = [batch["number"].to_pylist() for batch in stage.batches("facts", DAY)]
    assert batches == [[0, 1], [2, 3], [4, 5]]


def test_rows_and_arrow_tables_go_into_one_file(stage):
    with stage.writers(DAY, SCHEMAS) as writers:
        writers.write("facts", pa.table({"number": pa.array([1, 2], pa.int64()), "name": ["a", "b"]}))
        writers.write("facts", pa.table({"number": pa.array([], pa.int64()), "name": pa.array([], pa.string())}))
        writers.add("facts", Fact(3, "c"))
    assert writers.rows["facts"] == 3
    assert stage.read("facts", DAY, ["number"]).to_pylist() == [{"number": 1}, {"number": 2}, {"number": 3}]


def test_only_the_columns_asked_for_are_read(stage):
    fill(stage, [Fact(1, "a")])
    assert stage.read("facts", DAY, ["name"]).to_pylist() == [{"name": "a"}]
    assert [batch.column_names for batch in stage.batches("facts", DAY, ["name"])] == [["name"]]


def test_an_empty_table_is_a_file_with_its_columns(stage):
    fill(stage, [])
    assert stage.read("empty", DAY).schema.equals(SCHEMAS["empty"])
    assert stage.read("empty", DAY).num_rows == 0
    assert list(stage.batches("empty", DAY)) == []


def test_nothing_is_there_until_all_is_written(stage, tmp_path):
    with stage.writers(DAY, SCHEMAS) as writers:
        writers.add("facts", Fact(1, "a"))
        writers.flush()
        assert not stage.path("facts", DAY).exists()
    assert files(tmp_path) == [f"lake/stage/run-1/{name}/{DAY}.parquet" for name in ("empty", "facts")]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_an_error_leaves_the_earlier_file_and_no_other(stage, tmp_path, error):
    fill(stage, [Fact(1, "earlier")])
    before = files(tmp_path)
    with pytest.raises(error), stage.writers(DAY, SCHEMAS) as writers:  # noqa: PT012 - the block is the case
        writers.add("facts", Fact(2, "later"))
        writers.flush()
        raise error
    assert stage.read("facts", DAY)["name"].to_pylist() == ["earlier"]
    assert files(tmp_path) == before


def test_a_row_of_the_wrong_type_leaves_no_file_either(stage, tmp_path):
    with pytest.raises(pa.ArrowException), stage.writers(DAY, SCHEMAS) as writers:
        writers.add("facts", Fact("many", "a"))
    assert files(tmp_path) == []


def test_a_second_writing_replaces_the_first(stage):
    fill(stage, [Fact(1, "earlier"), Fact(2, "earlier")])
    fill(stage, [Fact(3, "later")])
    assert stage.read("facts", DAY, ["number"]).to_pylist() == [{"number": 3}]


def test_days_and_runs_do_not_mix(stage, tmp_path):
    other = Stage(tmp_path / "lake", "run-2")
    fill(stage, [Fact(1, "a")])
    fill(stage, [Fact(2, "b")], day="2020-02-07")
    fill(other, [Fact(3, "c")])
    stage.clear()
    assert other.read("facts", DAY)["number"].to_pylist() == [3]
    with pytest.raises(WarehouseError):
        stage.read("facts", "2020-02-07")


def test_clearing_what_is_not_there_is_no_error(stage, tmp_path):
    stage.clear()
    assert files(tmp_path) == []


def test_a_table_that_was_not_staged_is_said_with_what_to_do(stage):
    with pytest.raises(WarehouseError, match=f"facts of {DAY} is not in this run's stage: materialise"):
        stage.read("facts", DAY)
    with pytest.raises(WarehouseError, match="not in this run's stage"):
        next(stage.batches("facts", DAY))


@pytest.mark.parametrize("content", [b"", b"PAR1", b"not Parquet at all", b"PAR1" + bytes(100) + b"PAR1"])
def test_a_damaged_file_is_named(stage, content):
    fill(stage, [Fact(1, "a")])
    stage.path("facts", DAY).write_bytes(content)
    with pytest.raises(WarehouseError, match="is damaged: run the day again") as raised:
        stage.read("facts", DAY)
    assert str(stage.path("facts", DAY)) in str(raised.value)


def test_a_file_damaged_inside_is_named_too(stage):
    fill(stage, [Fact(number, f"name {number}") for number in range(10_000)])
    path = stage.path("facts", DAY)
    content = bytearray(path.read_bytes())
    content[50:2000] = bytes(1950)
    path.write_bytes(content)
    with pytest.raises(WarehouseError, match="is damaged"):
        stage.read("facts", DAY)
    with pytest.raises(WarehouseError, match="is damaged"):
        list(stage.batches("facts", DAY))


def test_every_staged_table_can_be_written_and_read(stage):
    with stage.writers(DAY, schemas(*STAGED)) as writers:
        pass
    assert writers.rows == dict.fromkeys(STAGED, 0)
    for name, schema in STAGED.items():
        assert stage.read(name, DAY).schema.equals(schema), name
