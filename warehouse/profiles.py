"""What was learnt about outlets: the tables `profiles` and `boilerplate_lines`, and the counts to learn from.

Which lines count as furniture is decided by pipelines/parse/learn.py; this file only keeps the answer, version by
version. The newest by `learnt_at` is the one that runs take.
"""

import datetime as dt
from typing import Any, NamedTuple

import pyarrow as pa

from warehouse.lake import Lake, statement
from warehouse.removal import remove
from warehouse.render import arrow_schema
from warehouse.tables import TABLES


class StoredProfile(NamedTuple):
    """One version: the hashes of the lines that count as furniture, by outlet; `overruled` are those that do not."""

    version: str
    lines: dict[str, frozenset[str]]
    overruled: dict[str, frozenset[str]]


def current(lake: Lake) -> StoredProfile | None:
    """The newest version, None in a lake that has learnt nothing yet."""
    newest = lake.arrow("SELECT profile_version FROM profiles ORDER BY learnt_at DESC, profile_version LIMIT 1")
    if not newest.num_rows:
        return None
    version: str = newest["profile_version"][0].as_py()
    rows = lines(lake, version)
    return StoredProfile(version, _by_outlet(rows, is_overruled=False), _by_outlet(rows, is_overruled=True))


def lines(lake: Lake, version: str) -> list[dict[str, Any]]:
    """The rows of `boilerplate_lines` of this version, by outlet and by how common they are."""
    sql = "SELECT * FROM boilerplate_lines WHERE profile_version = ? ORDER BY outlet_id, document_count DESC, line"
    rows: list[dict[str, Any]] = lake.arrow(sql, [version]).to_pylist()
    return rows


def _by_outlet(rows: list[dict[str, Any]], *, is_overruled: bool) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in rows:
        if row["is_overruled"] == is_overruled:
            found.setdefault(row["outlet_id"], set()).add(row["line_hash"])
    return {outlet: frozenset(hashes) for outlet, hashes in found.items()}


def count_lines(lake: Lake) -> pa.Table:
    """How often each short line of each outlet was published; the columns are those of the SQL file learn/lines."""
    return lake.arrow(statement("learn/lines"))


def write(lake: Lake, version: str, learnt_from: str, document_count: int, rows: list[dict[str, Any]]) -> None:
    """Makes this version the newest, in a transaction of its own; `rows` are those of `boilerplate_lines`.

    A version that was there before is written anew: its counts may be others, its lines are the same.
    """
    table = pa.Table.from_pylist(
        [row | {"profile_version": version} for row in rows], schema=arrow_schema(TABLES["boilerplate_lines"])
    )
    effective = sum(not row["is_overruled"] for row in rows)
    values = [version, dt.datetime.now(dt.UTC), learnt_from, document_count, effective]
    with lake.transaction(f"profile {version}: {effective} lines learnt from {learnt_from}") as connection:
        remove(connection, "boilerplate_lines", "profile_version = ?", [version])
        remove(connection, "profiles", "profile_version = ?", [version])
        connection.register("learnt_lines", table)
        connection.execute("INSERT INTO boilerplate_lines BY NAME SELECT * FROM learnt_lines")
        connection.unregister("learnt_lines")
        columns = "profile_version, learnt_at, learnt_from, document_count, line_count"
        connection.execute(f"INSERT INTO profiles ({columns}) VALUES (?, ?, ?, ?, ?)", values)
