"""The ledger: the inbox's rows in the lake's table `files`, and the days that are due because of them."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa

from warehouse.inbox import LedgerRow, Scan, scan
from warehouse.lake import Lake, statement
from warehouse.render import arrow_schema
from warehouse.tables import TABLES


def update(lake: Lake, raw: Path, now: dt.datetime, on_wait: Callable[[str], None] | None = None) -> Scan:
    """Looks at the inbox and writes what is new to `files`, in a transaction of its own."""
    ledger = {row.path: row for row in _rows(lake.arrow("SELECT * FROM files"))}
    found = scan(raw, ledger, now)
    if found.changed:
        schema = arrow_schema(TABLES["files"])
        rows = pa.Table.from_pylist([row._asdict() for row in found.changed], schema=schema)
        with lake.transaction(f"inbox: {len(found.changed)} files new or changed", on_wait) as connection:
            connection.register("changed_files", rows)
            connection.execute("DELETE FROM files WHERE path IN (SELECT path FROM changed_files)")
            connection.execute("INSERT INTO files BY NAME SELECT * FROM changed_files")
            connection.unregister("changed_files")
    return found


def due_days(lake: Lake) -> list[str]:
    """Days whose files differ from what was last published of them, as ISO dates in order."""
    return [str(day) for day in lake.arrow(statement("due_days"))["arrival_day"].to_pylist()]


def days_with_files(lake: Lake, low: str, high: str) -> list[str]:
    """Days from `low` to `high` that have files in the ledger."""
    sql = "SELECT DISTINCT arrival_day FROM files WHERE arrival_day BETWEEN ? AND ? ORDER BY arrival_day"
    return [str(day) for day in lake.arrow(sql, [low, high])["arrival_day"].to_pylist()]


def published_by(lake: Lake, run_id: str) -> set[str]:
    """Days that the run published."""
    found = lake.arrow("SELECT arrival_day FROM runs WHERE run_id = ?", [run_id])
    return {str(day) for day in found["arrival_day"].to_pylist()}


def files_of(lake: Lake, day: str) -> list[LedgerRow]:
    """The ledger's rows of the day, by path."""
    return _rows(lake.arrow("SELECT * FROM files WHERE arrival_day = ? ORDER BY path", [day]))


def _rows(table: pa.Table) -> list[LedgerRow]:
    columns = [table[name].to_pylist() for name in LedgerRow._fields]
    return [LedgerRow(*values) for values in zip(*columns, strict=True)]
