"""What DuckLake's catalog says of the lake: which files belong to it, and which below data/ belong to nothing.

Only questions are asked here; upkeep.py removes, doctor.py judges, backup.py copies.
"""

import datetime as dt
from pathlib import Path
from typing import NamedTuple

import duckdb

from warehouse import object_storage, place
from warehouse.lake import statement
from warehouse.tables import TABLES


class CatalogFile(NamedTuple):
    """A file the catalog names: `path` is below data/; `kind` data, deletes, or superseded (of no snapshot any more).

    `is_live` files are what the newest snapshot reads. Bytes, rows and table are None of superseded ones.
    """

    table: str | None
    path: str
    kind: str
    bytes: int | None
    rows: int | None
    is_live: bool


def files(connection: duckdb.DuckDBPyConnection) -> list[CatalogFile]:
    """Every file the catalog names, of all snapshots."""
    return [CatalogFile(*row) for row in connection.execute(statement("catalog/files")).fetchall()]


def expiring(
    connection: duckdb.DuckDBPyConnection, kept: int, before: dt.datetime, unread_since: dt.datetime
) -> list[int]:
    """Snapshots made before that moment, and those beyond the newest `kept`.

    None of them was still the newest at `unread_since`: DuckLake shows to a reader whose snapshot has expired tables
    without rows, and raises nothing.
    """
    bound = {"kept": kept, "before": before, "unread_since": unread_since}
    return [snapshot for (snapshot,) in connection.execute(statement("catalog/expiring"), bound).fetchall()]


def scattered(connection: duckdb.DuckDBPyConnection, files: int, share: float) -> list[tuple[str, int]]:
    """Tables of no day in more than so many files, or of which more than this share is deleted; with their files."""
    tables = [table.name for table in TABLES.values() if not table.by_day]
    bound = {"tables": tables, "files": files, "share": share}
    return [(name, count) for name, count in connection.execute(statement("catalog/scattered"), bound).fetchall()]


def snapshot_count(connection: duckdb.DuckDBPyConnection) -> int:
    """How many snapshots a reader can go back to."""
    row = connection.execute("SELECT count(*) FROM lake.snapshots()").fetchone()
    return row[0] if row else 0


def data_files(connection: duckdb.DuckDBPyConnection, folder: Path) -> dict[str, int]:
    """Bytes of every Parquet file of the lake, by path below its data/ or its place in object storage."""
    away = place.read(folder).data
    return object_storage.sizes(connection, away) if away else local_data_files(folder)


def local_data_files(folder: Path) -> dict[str, int]:
    """Bytes of every Parquet file below the lake's data/, by path below it."""
    data = folder / "data"
    found = {}
    for path in data.rglob("*.parquet"):
        try:
            found[path.relative_to(data).as_posix()] = path.stat().st_size
        except FileNotFoundError:  # upkeep removes files while others look
            continue
    return found


def is_there(connection: duckdb.DuckDBPyConnection, folder: Path, path: str) -> bool:
    """Whether the lake has this data file."""
    away = place.read(folder).data
    return path in object_storage.sizes(connection, away) if away else (folder / "data" / path).exists()


def orphans(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[str]:
    """Files below data/ that the catalog does not name, by path below it: what killed writers left.

    The answer is certain only under the writer's lock: a writer's files are named when it commits.
    """
    there = data_files(connection, folder)  # looked at first: what is committed in between is then named, and no orphan
    return sorted(there.keys() - {file.path for file in files(connection)})
