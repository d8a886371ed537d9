"""DuckDB itself: a connection with the pinned extensions loaded from their packages. What it is attached to is others'.

Nothing is downloaded: the extension files come with the packages `duckdb-extension-*` of the same version. DuckDB
checks their signatures once a process, for that means reading 70 MB.
"""

import importlib.util
from collections.abc import Iterable
from pathlib import Path

import duckdb

from warehouse.errors import WarehouseError

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


def start(extensions: Iterable[str], **config: str | int) -> duckdb.DuckDBPyConnection:
    """A DuckDB in memory with these extensions and settings, its clock on UTC."""
    files = [extension_file(name) for name in extensions]
    states = {(file, status.st_size, status.st_mtime_ns) for file in files for status in [file.stat()]}
    settings: dict[str, str | bool | int | float | list[str]] = {
        "allow_unsigned_extensions": states <= _checked,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        **config,
    }
    connection = duckdb.connect(config=settings)
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET enable_progress_bar = false")  # it would go to standard output, among the answers
    for file in files:
        connection.load_extension(str(file))
    _checked.update(states)
    return connection


def quoted(text: str) -> str:
    """The text as an SQL string literal, for the few statements that take no bound values."""
    return "'" + text.replace("'", "''") + "'"
