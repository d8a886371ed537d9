"""A reader's session: the lake attached read-only and locked down, for `wirehouse sql` and all that shows figures.

Only statements that read are admitted, and the session can reach no file but the lake's own, no network and no
extension. Readers never wait for a writer: each statement sees the newest snapshot.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from warehouse import place
from warehouse.catalog_store import store_of
from warehouse.connect import connect, data_address
from warehouse.engine import quoted
from warehouse.errors import WarehouseError
from warehouse.lake import check_version

_READING = {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN}
_EXPLAIN = re.compile(
    r"(?:\s|--[^\n]*\n|/\*.*?\*/)*explain\b(?P<how>(?:\s+analy[zs]e\b)?(?:\s*\(\s*(?:analyze|format)\b[\w\s,]*\))?)",
    re.IGNORECASE | re.DOTALL,
)
"""How an EXPLAIN begins. What it takes for a comment DuckDB may not, for there comments nest; hence `_checked`."""
_TABLE_FUNCTIONS = {
    "generate_series", "histogram", "histogram_values", "json_each", "json_tree", "range", "repeat", "repeat_row",
    "summary", "unnest", "icu_calendar_names", "pg_timezone_names", "glob", "read_blob", "read_csv", "read_csv_auto",
    "read_json", "read_json_auto", "read_parquet", "read_text", "parquet_metadata", "parquet_scan", "parquet_schema",
    "current_snapshot", "last_committed_snapshot", "list_files", "options", "snapshots", "table_changes",
    "table_deletions", "table_info", "table_insertions",
}  # fmt: skip
"""Table functions that only read, DuckLake's without its prefix. What is not named here is refused: others expire
snapshots, merge files, write logs, or open an SQLite file wherever it lies, past DuckDB's own lock on files."""

_FILE_FUNCTIONS = {
    "glob", "read_blob", "read_csv", "read_csv_auto", "read_json", "read_json_auto", "read_parquet", "read_text",
    "parquet_metadata", "parquet_scan", "parquet_schema",
}  # fmt: skip
"""Those that read a file by its name. An address in object storage may name the server to ask, so that one below the
lake's own would reach any other: who has files there reads them by their tables alone."""


def require_lake(folder: Path) -> Path:
    """The folder, absolute; raises WarehouseError if there is no lake in it."""
    folder = folder.absolute()
    if not store_of(folder).exists():
        raise WarehouseError(f"There is no lake in {folder}: run `wirehouse run` first, or name one with --lake.")
    return folder


class Session:
    """A read-only session on the lake in `folder`. Raises WarehouseError if there is none of this version."""

    def __init__(self, folder: Path) -> None:
        folder = require_lake(folder)
        self.folder = folder
        self._connection = connect(folder, read_only=True)
        try:
            check_version(self._connection, folder)
        except WarehouseError:
            self._connection.close()
            raise
        self._is_away = place.read(folder).data is not None
        self._macros = {
            name
            for (name,) in self._connection.execute(
                "SELECT function_name FROM duckdb_functions()"
                " WHERE database_name = 'lake' AND function_type = 'table_macro'"
            ).fetchall()
        }
        allowed = ", ".join(quoted(address) for address in (f"{folder}/", data_address(folder)))
        self._connection.execute(f"SET allowed_directories = [{allowed}]")
        self._connection.execute("SET enable_external_access = false")
        self._connection.execute("SET lock_configuration = true")

    def query(self, sql: str, parameters: list[object] | dict[str, object] | None = None) -> pa.Table:
        """The rows of the last of the statements in `sql`; each has to be one that reads."""
        statements = self._connection.extract_statements(sql)
        if not statements:
            raise WarehouseError("There is no SQL statement to run: give one as argument or on standard input.")
        for statement in statements:
            if statement.type not in _READING:
                kind = str(statement.type).rpartition(".")[2]
                raise WarehouseError(f"This session only reads: {kind} is refused, use SELECT.")
        checked = [self._checked(statement) for statement in statements]
        for one in checked[:-1]:
            self._connection.execute(one)
        rows = self._connection.execute(checked[-1], parameters).to_arrow_table()
        return rows.rename_columns(_distinct(rows.column_names))

    def _checked(self, statement: duckdb.Statement) -> duckdb.Statement | str:
        """What may be run: the statement, if it is a SELECT of functions that only read, or an EXPLAIN of such a one.

        An EXPLAIN is put together anew from what was checked: with ANALYZE it runs what it explains, and that has to
        be what was looked at. Raises WarehouseError if the statement does more than read.
        """
        sql = statement.query
        checked: duckdb.Statement | str = statement
        if statement.type == duckdb.StatementType.EXPLAIN:
            begins = _EXPLAIN.match(sql)
            if begins is None:
                raise WarehouseError("This session only reads: write what is to be explained right behind EXPLAIN.")
            sql = sql[begins.end() :]
            checked = f"EXPLAIN{begins['how']} {sql}"
        row = self._connection.execute("SELECT json_serialize_sql(?)", [sql]).fetchone()
        tree = json.loads(row[0]) if row else {"error": True}
        if tree["error"]:
            raise WarehouseError("This session only reads: only a SELECT can be run or explained.")
        if self._is_away and any("://" in name for name in _table_names(tree)):
            raise WarehouseError("This session only reads tables: a file is refused, wherever it is.")
        for name in _table_functions(tree):
            if self._is_away and name in _FILE_FUNCTIONS:
                raise WarehouseError(f"This session only reads tables: the function {name} is refused.")
            is_reading = name.removeprefix("ducklake_") in _TABLE_FUNCTIONS or name.startswith(("duckdb_", "pragma_"))
            if not is_reading and name not in self._macros:
                raise WarehouseError(f"This session only reads: the function {name} is refused.")
        return checked

    def one(self, sql: str, parameters: list[object] | None = None) -> dict[str, object]:
        """The first row of the statement as a mapping from column to value."""
        row: dict[str, object] = self.query(sql, parameters).slice(0, 1).to_pylist()[0]
        return row

    def close(self) -> None:
        """Gives the connection back."""
        self._connection.close()


def _distinct(names: list[str]) -> list[str]:
    """The names with '_1', '_2' … behind those that occurred before, as a row is handed on by column name."""
    distinct: list[str] = []
    for name in names:
        new, number = name, 0
        while new in distinct or (number and new in names):
            number += 1
            new = f"{name}_{number}"
        distinct.append(new)
    return distinct


def _table_functions(tree: Any) -> set[str]:
    """Names of the table functions in DuckDB's JSON of a statement, lower-cased."""
    return {node["function"]["function_name"].lower() for node in _nodes(tree) if node.get("type") == "TABLE_FUNCTION"}


def _table_names(tree: Any) -> set[str]:
    """Names of the tables in DuckDB's JSON of a statement, with catalog and schema, as written."""
    parts = ("catalog_name", "schema_name", "table_name")
    return {".".join(str(node.get(part) or "") for part in parts) for node in _nodes(tree) if "table_name" in node}


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """All nodes of DuckDB's JSON of a statement."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node
