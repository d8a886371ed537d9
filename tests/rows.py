"""All rows of a lake that the law of order holds for: those that any way to the same drops has to give."""

from pathlib import Path

from warehouse.session import Session
from warehouse.tables import TABLES

_OF_THE_WAY = ("runs", "files", "file_changes", "lake_version")
"""Tables that tell how the lake became what it is."""


def rows(lake: Path) -> dict[str, list[str]]:
    """The rows of the lake in the folder, table by table, sorted; without the columns that hold a time."""
    session, held = Session(lake), {}
    for name, table in TABLES.items():
        if name in _OF_THE_WAY:
            continue
        columns = ", ".join(column for column in table.columns if not column.endswith("_at"))
        held[name] = sorted(repr(row) for row in session.query(f"SELECT {columns} FROM {name}").to_pylist())
    session.close()
    return held
