"""What the lake already holds of a day's drops, for files that can't be read again."""

from typing import Any, NamedTuple

import pyarrow as pa

from warehouse.lake import Lake


class StoredDrops(NamedTuple):
    """Documents, rejects and ingest's notices of some paths as rows (dicts by column), in path and member order."""

    documents: list[dict[str, Any]]
    rejects: list[dict[str, Any]]
    notices: list[dict[str, Any]]


def stored_drops(lake: Lake, day: str, paths: list[str]) -> StoredDrops:
    """What was published of these paths for the day; empty lists where nothing was."""
    if not paths:
        return StoredDrops([], [], [])
    bound = {"day": day, "paths": paths}
    where = "arrival_day = $day::DATE AND path IN (SELECT unnest($paths::VARCHAR[]))"

    def rows(sql: str) -> list[dict[str, Any]]:
        found: pa.Table = lake.arrow(sql, dict(bound))
        listed: list[dict[str, Any]] = found.to_pylist()
        return listed

    order = "ORDER BY path, try_cast(member AS INTEGER), member"
    return StoredDrops(
        rows(f"SELECT * EXCLUDE (arrival_day, status, article_id) FROM drops WHERE {where} {order}"),
        rows(f"SELECT * EXCLUDE (arrival_day) FROM rejects WHERE {where} {order}"),
        rows(
            "SELECT * EXCLUDE (arrival_day) FROM notices WHERE arrival_day = $day::DATE AND stage = 'ingest'"
            f" AND document_id IN (SELECT document_id FROM drops WHERE {where})"
        ),
    )
