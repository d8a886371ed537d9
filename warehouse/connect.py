"""A DuckDB connection attached to a lake's catalog. The lake's tables and transactions are in lake.py."""

import os
from pathlib import Path

import duckdb

from warehouse import object_storage, place
from warehouse.catalog_store import store_of
from warehouse.engine import quoted, start
from warehouse.errors import WarehouseError
from warehouse.postgres import unreachable

_MEMORY_LIMIT = "600MB"
"""What DuckDB may hold before it spills to the lake's tmp folder; the whole job is to stay under 1 GB."""


def extensions(folder: Path) -> tuple[str, ...]:
    """What DuckDB needs for the lake in `folder`."""
    away = [object_storage.EXTENSION] if place.read(folder).data else []
    return ("ducklake", store_of(folder).extension, *away)


def data_address(folder: Path) -> str:
    """Where the lake's data files are: a folder or a place in object storage, with a slash at the end."""
    return (place.read(folder).data or str(folder / "data")).rstrip("/") + "/"


def connect(folder: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    """A connection whose default catalog is the lake in `folder`, which has to exist when `read_only`.

    Raises WarehouseError if it can't be opened, CatalogUnreachableError if its catalog's server is not to be had.
    """
    store = store_of(folder)
    connection = start(
        extensions(folder),
        memory_limit=_MEMORY_LIMIT,
        temp_directory=str(folder / "tmp"),
        threads=os.cpu_count() or 1,
        preserve_insertion_order=True,
    )
    if object_storage.EXTENSION in extensions(folder):
        object_storage.let_in(connection)
    options = ["READ_ONLY"] if read_only else ["DATA_INLINING_ROW_LIMIT 0"]
    options += [
        *store.options(read_only=read_only),
        f"DATA_PATH {quoted(data_address(folder))}",
        "OVERRIDE_DATA_PATH true",
    ]
    try:
        connection.execute(f"ATTACH {quoted(f'ducklake:{store.address}')} AS lake ({', '.join(options)})")
    except duckdb.Error as error:
        connection.close()
        if "Unable to connect to Postgres" in str(error):
            raise unreachable(error) from error
        line = str(error).splitlines()[0]
        raise WarehouseError(f"The lake in {folder} can't be opened ({line}); is it a lake of this version?") from error
    connection.execute("USE lake")
    return connection
