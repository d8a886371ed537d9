"""A look for people at what a stage has made of a day, and at the days before: what the UI shows of an asset."""

from typing import Any

import duckdb

from warehouse.lake import statement
from warehouse.publication import show_staged
from warehouse.stage import Stage

_STAGED = {
    "ingest": ("documents",),
    "parse": ("articles",),
    "dedup": ("articles", "signatures", "pairs"),
    "extract": ("entity_sightings",),
    "publish": (),
}
"""The staged tables that the statement of sql/previews/ reads, by asset."""


def preview(connection: duckdb.DuckDBPyConnection, stage: Stage, day: str, asset: str) -> list[dict[str, Any]]:
    """Up to ten rows of what the asset made of the day."""
    for name in _STAGED[asset]:
        show_staged(connection, stage, day, name)
    sql = statement(f"previews/{asset}")
    bound = {"day": day} if "$day" in sql else None
    rows: list[dict[str, Any]] = connection.execute(sql, bound).to_arrow_table().to_pylist()
    return rows


def history(connection: duckdb.DuckDBPyConnection, day: str) -> list[dict[str, Any]]:
    """The last thirty published days up to this one with their counts; `arrival_day` is a date."""
    rows: list[dict[str, Any]] = connection.execute(statement("history"), {"day": day}).to_arrow_table().to_pylist()
    return rows
