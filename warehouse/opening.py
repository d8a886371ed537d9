"""The lake for DuckDB's own shell, or another program's DuckDB: the SQL that opens it read-only and locks the door.

DuckDB's lock on files does not hold for its SQLite extension, which opens and writes any SQLite file, the lake's
catalog among them. `Session` refuses what that takes; where nobody looks at statements the extension must not be
there. So a copy of the catalog is made in DuckDB's own format, and that is attached: the lake as it is at this moment.
"""

import datetime as dt
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import duckdb

from warehouse import place
from warehouse.catalog_store import store_of
from warehouse.engine import extension_file, quoted
from warehouse.errors import WarehouseError
from warehouse.lake import statement
from warehouse.session import Session

_COPY = "open.duckdb"


def opening(folder: Path) -> str:
    """SQL for any DuckDB of the pinned version: the lake in `folder` as it is now, read-only.

    Raises WarehouseError if there is none of this version, or its data files are in object storage.
    """
    session = Session(folder)
    session.close()
    folder = session.folder
    if place.read(folder).data:
        raise WarehouseError(
            "The data files of this lake are in object storage, which DuckDB's shell can't be held to: use"
            " `wirehouse sql`."
        )
    _copy_catalog(folder)
    return statement("open").format(
        tmp=quoted(str(folder / "tmp")),
        ducklake=quoted(str(extension_file("ducklake"))),
        catalog=quoted(f"ducklake:{folder / _COPY}"),
        data=quoted(f"{folder / 'data'}/"),
    )


def discard(folder: Path, older_than: dt.datetime | None = None) -> None:
    """Removes the copy, if it was made before that moment; who has it open keeps it until the shell ends."""
    copy = folder / _COPY
    if copy.exists() and (older_than is None or copy.stat().st_mtime < older_than.timestamp()):
        copy.unlink(missing_ok=True)


def _copy_catalog(folder: Path) -> None:
    """One moment of the catalog in DuckDB's format, in place of the copy before; nobody is waited for."""
    of_one_moment = folder / f"{_COPY}.{os.getpid()}.sqlite.partial"
    made = folder / f"{_COPY}.{os.getpid()}.partial"
    try:
        store_of(folder).copy_to(of_one_moment)
        with closing(sqlite3.connect(of_one_moment)) as copied:
            copied.execute("PRAGMA journal_mode = DELETE")  # else it would have files beside it
        made.unlink(missing_ok=True)
        with closing(duckdb.connect()) as connection:
            connection.load_extension(str(extension_file("sqlite_scanner")))
            connection.execute(f"ATTACH {quoted(str(of_one_moment))} AS old (TYPE sqlite, READ_ONLY)")
            connection.execute(f"ATTACH {quoted(str(made))} AS new")
            connection.execute("COPY FROM DATABASE old TO new")
            connection.execute("DETACH new")  # writes all of it into the file
        made.chmod(0o444)  # else it could be detached and attached again for writing, and DuckLake delete files by it
        made.replace(folder / _COPY)
    finally:
        of_one_moment.unlink(missing_ok=True)
        made.unlink(missing_ok=True)
