"""A DuckDB connection with the pinned extensions loaded from their packages, attached to a lake's catalog.

Nothing is downloaded: the extension files come with the packages `duckdb-extension-*` of the same version. DuckDB
checks their signatures once a process, for that means reading 70 MB. The lake's tables, lock and transactions are in
lake.py.
"""

import importlib.util
import os
from pathlib import Path

import duckdb

from warehouse.errors import WarehouseError

EXTENSIONS = ("ducklake", "sqlite_scanner")
_MEMORY_LIMIT = "600MB"
"""What DuckDB may hold before it spills to the lake's tmp folder; the whole job is to stay under 1 GB."""
_BUSY_MILLISECONDS = 30_000
"""How long a transaction waits for a catalog that another program holds, which is no writer of ours."""
_checked: set[tuple[Path, int, int]] = set()
"""Extension files, with size and time of change, whose signature DuckDB has found good in this process."""


def extension_file(name: str) -> Path:
    """The extension's file inside its installed package."""
    spec = importlib.util.find_spec(f"duckdb_extension_{name}")
    found = list(Path(spec.origin).parent.rglob(f"{name}.duckdb_extension")) if spec and spec.origin else []
    if not found:
        package = f"duckdb-extension-{name.replace('_', '-')}"
        raise WarehouseError(f"The package {package} is not installed: delete .venv and run `make run` again.")
    return found[0]


def connect(folder: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    """A connection whose default catalog is the lake in `folder`, which has to exist when `read_only`."""
    files = [extension_file(name) for name in EXTENSIONS]
    states = {(file, status.st_size, status.st_mtime_ns) for file in files for status in [file.stat()]}
    config: dict[str, str | bool | int | float | list[str]] = {
        "allow_unsigned_extensions": states <= _checked,
        "memory_limit": _MEMORY_LIMIT,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "temp_directory": str(folder / "tmp"),
        "threads": os.cpu_count() or 1,
        "preserve_insertion_order": True,
    }
    connection = duckdb.connect(config=config)
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET enable_progress_bar = false")  # it would go to standard output, among the answers
    for file in files:
        connection.load_extension(str(file))
    _checked.update(states)
    options = ["READ_ONLY"] if read_only else ["DATA_INLINING_ROW_LIMIT 0", "META_JOURNAL_MODE 'WAL'"]
    options += [
        f"DATA_PATH {quoted(str(folder / 'data') + '/')}",
        "OVERRIDE_DATA_PATH true",
        f"META_BUSY_TIMEOUT {_BUSY_MILLISECONDS}",
    ]
    catalog = quoted(f"ducklake:sqlite:{folder / 'catalog.sqlite'}")
    try:
        connection.execute(f"ATTACH {catalog} AS lake ({', '.join(options)})")
    except duckdb.Error as error:
        connection.close()
        reason = str(error).splitlines()[0]
        raise WarehouseError(
            f"The lake in {folder} can't be opened ({reason}); is it a lake of this version?"
        ) from error
    connection.execute("USE lake")
    return connection


def quoted(text: str) -> str:
    """The text as an SQL string literal, for the few statements that take no bound values."""
    return "'" + text.replace("'", "''") + "'"
