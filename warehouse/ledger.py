"""The ledger: the inbox's rows in the lake's table `files`, and the days that are due because of them."""

import datetime as dt
import math
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from warehouse.inbox import RECONSIDERED, Known, LedgerRow, Scan, scan
from warehouse.lake import Lake, statement
from warehouse.removal import remove
from warehouse.render import arrow_schema
from warehouse.tables import TABLES


class Due(NamedTuple):
    """A day to publish: the digest of what its inbox holds, and the run that last published it, if any did."""

    day: str
    content: str
    published_by: str | None


def update(
    lake: Lake,
    raw: Path,
    now: dt.datetime,
    on_wait: Callable[[str], None] | None = None,
    patience: float = math.inf,
) -> Scan:
    """Looks at the inbox and writes what is new to `files` and `file_changes`, in a transaction of its own.

    After `patience` seconds of reading new files the look ends; the next one goes on with the rest.
    """
    old: dict[str, LedgerRow] = {}

    def rows_of(paths: list[str]) -> dict[str, LedgerRow]:
        # Most looks find nothing new; rows are made only of what they find.
        old.update({row.path: row for row in _rows_at(lake, paths)} if paths else {})
        return old

    found = scan(raw, _known(lake), rows_of, now, patience)
    if not found.changed:
        return found
    changed = {row.path: change for row in found.changed if (change := _change(old.get(row.path), row, now))}
    counted = Counter(change["change"] for change in changed.values())
    message = "inbox: " + (", ".join(f"{count} {change}" for change, count in sorted(counted.items())) or "times")
    with lake.transaction(message, on_wait) as connection:
        # Another run may have looked meanwhile. What it wrote stands, the day it gave above all; a next look goes on.
        present = {row.path: row for row in _rows_at(lake, [row.path for row in found.changed])}
        written = [row for row in found.changed if present.get(row.path) == old.get(row.path)]
        changes = [changed[row.path] for row in written if row.path in changed]
        rows = pa.Table.from_pylist([row._asdict() for row in written], schema=arrow_schema(TABLES["files"]))
        connection.register("changed_files", rows)
        remove(connection, "files", "path IN (SELECT path FROM changed_files)")
        connection.execute("INSERT INTO files BY NAME SELECT * FROM changed_files")
        connection.unregister("changed_files")
        connection.register("seen_changes", pa.Table.from_pylist(changes, arrow_schema(TABLES["file_changes"])))
        connection.execute("INSERT INTO file_changes BY NAME SELECT * FROM seen_changes")
        connection.unregister("seen_changes")
    return found


def _known(lake: Lake) -> Known:
    table = lake.arrow(statement("known_files"), {"reconsidered": list(RECONSIDERED)})
    path, size, modified, settled = (column.to_pylist() for column in table.columns)
    pairs = zip(size, modified, strict=True)
    return {key: pair if is_settled else None for key, pair, is_settled in zip(path, pairs, settled, strict=True)}


def _change(old: LedgerRow | None, row: LedgerRow, now: dt.datetime) -> dict[str, Any] | None:
    """The row of `file_changes` for what became of a file; None where only its times did."""
    if row.state == "gone":
        change = "gone"
    elif row.state == "refused":
        if old and (old.state, old.reason) == ("refused", row.reason):
            return None
        change = "refused"
    elif row.state == "changing":
        return None  # the run that reads it whole says what came of it
    elif old is None or (old.sha256 is None and old.state == "changing"):
        change = "new"
    elif old.state == "gone":
        change = "back"
    elif old.sha256 != row.sha256:
        change = "changed"
    else:
        return None
    return {
        "path": row.path,
        "seen_at": now,
        "change": change,
        "bytes": row.bytes,
        "sha256": row.sha256,
        "previous_sha256": old.sha256 if old else None,
        "arrival_day": row.arrival_day,
        "reason": row.reason,
    }


def due(lake: Lake) -> list[Due]:
    """Days whose files differ from what was last published of them, in order."""
    columns = (column.to_pylist() for column in lake.arrow(statement("due_days")).columns)
    return [Due(str(day), content, published_by) for day, content, published_by in zip(*columns, strict=True)]


def due_days(lake: Lake) -> list[str]:
    """The days of `due`, as ISO dates in order."""
    return [found.day for found in due(lake)]


def days_with_files(lake: Lake, low: str, high: str) -> list[str]:
    """Days from `low` to `high` that have files in the ledger."""
    sql = "SELECT DISTINCT arrival_day FROM files WHERE arrival_day BETWEEN ? AND ? ORDER BY arrival_day"
    return [str(day) for day in lake.arrow(sql, [low, high])["arrival_day"].to_pylist()]


def done_days(lake: Lake, recipe: str, profile: str | None) -> set[str]:
    """Days that were last computed by this recipe with this profile, from the files that are there now."""
    found = lake.arrow(statement("done_days"), {"recipe": recipe, "profile": profile})
    return {str(day) for day in found["arrival_day"].to_pylist()} - set(due_days(lake))


def published_by(lake: Lake, run_id: str) -> set[str]:
    """Days that the run published."""
    found = lake.arrow("SELECT arrival_day FROM runs WHERE run_id = ?", [run_id])
    return {str(day) for day in found["arrival_day"].to_pylist()}


def files_of(lake: Lake, day: str) -> list[LedgerRow]:
    """The ledger's rows of the day, by path."""
    return _rows(lake.arrow("SELECT * FROM files WHERE arrival_day = ? ORDER BY path", [day]))


def present_files(lake: Lake) -> list[LedgerRow]:
    """The ledger's rows of all files that are there to be read."""
    return _rows(lake.arrow("SELECT * FROM files WHERE state = 'present'"))


def _rows_at(lake: Lake, paths: list[str]) -> list[LedgerRow]:
    return _rows(lake.arrow("SELECT * FROM files WHERE path IN (SELECT unnest(?::VARCHAR[]))", [paths]))


def _rows(table: pa.Table) -> list[LedgerRow]:
    columns = [table[name].to_pylist() for name in LedgerRow._fields]
    return [LedgerRow(*values) for values in zip(*columns, strict=True)]
