"""Publishing one day: the stage seen as tables, checked, and put into the lake in place of the day's old rows.

`staged_<table>` are views over the run's staged files, with exactly the rows that are to be published; the checks of
sql/checks/ and `replace_day` read nothing else. Links across days are made in the same transaction by assets/linking.
"""

import datetime as dt
from functools import cache
from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow as pa

from warehouse.engine import quoted
from warehouse.lake import statement
from warehouse.removal import remove
from warehouse.render import opening_comment
from warehouse.stage import Stage
from warehouse.staged import STAGED
from warehouse.tables import DAILY, TABLES

_CHECKS = Path(__file__).parent / "sql" / "checks"
_SHOWN = 5

_MADE_OF_SEVERAL = {
    "drops": "SELECT * FROM staged_documents JOIN staged_statuses USING (document_id)",
    "rejects": "FROM staged_ingest_rejects UNION ALL BY NAME FROM staged_parse_rejects",
    "notices": (
        "FROM staged_ingest_notices UNION ALL BY NAME FROM staged_parse_notices"
        " UNION ALL BY NAME FROM staged_extract_notices"
    ),
}


class Check(NamedTuple):
    """A statement of sql/checks/ that gives the offending rows, and what the comment that opens it says it holds.

    One of sql/checks/warnings/ is not blocking: it warns, and the day is published.
    """

    name: str
    meaning: str
    sql: str
    is_blocking: bool


class CheckResult(NamedTuple):
    """What a check found for a day: how many rows offend, and the first of them for a person."""

    check: Check
    failing: int
    sample: str

    @property
    def finding(self) -> str:
        """One line that says how many rows offend and shows the first."""
        return f"{self.failing} row{'s' * (self.failing != 1)}, the first: {self.sample}"


@cache
def checks() -> tuple[Check, ...]:
    """The checks by name, blocking ones first."""
    files = [*sorted(_CHECKS.glob("*.sql")), *sorted((_CHECKS / "warnings").glob("*.sql"))]
    return tuple(_check(file) for file in files)


def _check(file: Path) -> Check:
    sql = file.read_text(encoding="utf-8")
    return Check(file.stem, opening_comment(file), sql, is_blocking=file.parent == _CHECKS)


def show_stage(connection: duckdb.DuckDBPyConnection, stage: Stage, day: str) -> None:
    """Makes the views `staged_<table>` of the day. Raises WarehouseError if something was not staged."""
    for name in STAGED:
        show_staged(connection, stage, day, name)
    for name, sql in _MADE_OF_SEVERAL.items():
        _view(connection, name, sql)


def show_staged(connection: duckdb.DuckDBPyConnection, stage: Stage, day: str, name: str) -> None:
    """Makes the view of one staged table. Raises WarehouseError if it was not staged."""
    file = stage.path(name, day)
    if not file.is_file():
        stage.read(name, day)  # raises, with what to do
    _view(connection, name, f"SELECT * FROM read_parquet({quoted(str(file))}, hive_partitioning = false)")


def _view(connection: duckdb.DuckDBPyConnection, name: str, sql: str) -> None:
    connection.execute(f"CREATE OR REPLACE TEMP VIEW staged_{name} AS {sql}")


def run_checks(connection: duckdb.DuckDBPyConnection, day: str, today: dt.date) -> list[CheckResult]:
    """Every check's result for the staged day; `today` tells those that compare whether the day is over."""
    connection.execute("CREATE OR REPLACE TEMP TABLE recent_days AS " + statement("recent_days"), {"day": day})
    values = {"day": day, "today": today.isoformat()}
    results = []
    for check in checks():
        bound = {name: value for name, value in values.items() if f"${name}" in check.sql}
        rows = connection.execute(check.sql, bound or None).to_arrow_table()
        sample = "; ".join(_shown(row) for row in rows.slice(0, _SHOWN).to_pylist())
        results.append(CheckResult(check, rows.num_rows, sample))
    return results


def _shown(row: dict[str, object]) -> str:
    return str(row["finding"]) if row.keys() == {"finding"} else str(row)


def replace_day(connection: duckdb.DuckDBPyConnection, day: str) -> None:
    """Inside a transaction: the day's rows of every daily table give way to the staged ones."""
    for table in DAILY:
        connection.execute(f"DELETE FROM {table.name} WHERE arrival_day = ?::DATE", [day])
        connection.execute(f"INSERT INTO {table.name} BY NAME SELECT * FROM staged_{table.name}")


def staged_counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Rows of each staged daily table."""
    counts = {}
    for table in DAILY:
        row = connection.execute(f"SELECT count(*) FROM staged_{table.name}").fetchone()
        counts[table.name] = row[0] if row else 0
    return counts


def profile_version(connection: duckdb.DuckDBPyConnection) -> str | None:
    """The version of what was learnt with which the staged day was parsed; None for a day without articles."""
    row = connection.execute("SELECT max(profile_version) FROM staged_articles").fetchone()
    return row[0] if row else None


def last_recipe(connection: duckdb.DuckDBPyConnection, day: str) -> tuple[bool, str | None]:
    """Whether the day was published before, and what it was computed by then."""
    sql = "SELECT recipe FROM runs WHERE arrival_day = ?::DATE ORDER BY finished_at DESC LIMIT 1"
    row = connection.execute(sql, [day]).fetchone()
    return (row is not None, row[0] if row else None)


def inbox_pairs(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """The (path, sha256 or reason) pairs that went into the staged day."""
    return connection.execute("SELECT path, sha256 FROM staged_inbox").fetchall()


def replace_decisions(connection: duckdb.DuckDBPyConnection, rows: pa.Table) -> None:
    """Inside a transaction: `merge_log` holds these rows, which have its columns; untouched if it does."""
    columns = ", ".join(TABLES["merge_log"].columns)
    connection.register("decisions", rows)
    differs = connection.execute(
        f"SELECT (SELECT list_sort(list(row({columns})::VARCHAR)) FROM merge_log)"
        f" IS DISTINCT FROM (SELECT list_sort(list(row({columns})::VARCHAR)) FROM decisions)"
    ).fetchone()
    if differs and differs[0]:
        connection.execute("DELETE FROM merge_log")
        connection.execute("INSERT INTO merge_log BY NAME SELECT * FROM decisions")
    connection.unregister("decisions")


def record_run(connection: duckdb.DuckDBPyConnection, values: dict[str, object]) -> None:
    """Writes the publication into `runs`, in place of an earlier one by the same run.

    It finishes after all earlier ones of its day though the clock was set back: by the last it is told what is due.
    """
    remove(connection, "runs", "run_id = ? AND arrival_day = ?::DATE", [values["run_id"], values["arrival_day"]])
    columns = TABLES["runs"].columns
    last = "(SELECT max(finished_at) + INTERVAL 1 MICROSECOND FROM runs WHERE arrival_day = $arrival_day::DATE)"
    marks = ", ".join(f"greatest($finished_at, {last})" if name == "finished_at" else f"${name}" for name in columns)
    connection.execute(f"INSERT INTO runs ({', '.join(columns)}) VALUES ({marks})", values)
