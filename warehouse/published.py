"""What the lake already holds of a day's drops, for files that can't be read again."""

import datetime as dt
from typing import Any

from warehouse.lake import Lake

_Row = dict[str, Any]


class StoredDrops:
    """What was published of ingest's documents, rejects and notices by path, each as rows by column in member order."""

    def __init__(self, documents: list[_Row], rejects: list[_Row], notices: list[_Row]) -> None:
        self._documents = _grouped(documents, "path")
        self._rejects = _grouped(rejects, "path")
        self._notices = _grouped(notices, "document_id")

    def holds(self, path: str) -> bool:
        """Whether anything was published of the file."""
        return path in self._documents or path in self._rejects

    def of(self, path: str) -> tuple[list[_Row], list[_Row], list[_Row]]:
        """Documents, rejects and notices of the file."""
        documents = self._documents.get(path, [])
        notices = [notice for row in documents for notice in self._notices.get(row["document_id"], [])]
        return documents, self._rejects.get(path, []), notices


def _grouped(rows: list[_Row], column: str) -> dict[str, list[_Row]]:
    groups: dict[str, list[_Row]] = {}
    for row in rows:
        groups.setdefault(row[column], []).append(row)
    return groups


def stored_drops(lake: Lake, day: str, paths: list[str]) -> StoredDrops:
    """What was published of these paths for the day."""
    if not paths:
        return StoredDrops([], [], [])
    bound = {"day": day, "paths": paths}
    where = "arrival_day = $day::DATE AND path IN (SELECT unnest($paths::VARCHAR[]))"

    def rows(sql: str) -> list[_Row]:
        listed: list[_Row] = lake.arrow(sql, dict(bound)).to_pylist()
        return listed

    # Records in the order of their numbers; of named members, those that are articles before those that equal them.
    order = "ORDER BY path, try_cast(member AS INTEGER), status <> 'article', member"
    return StoredDrops(
        rows(f"SELECT * EXCLUDE (arrival_day, status, article_id) FROM drops WHERE {where} {order}"),
        rows(f"SELECT * EXCLUDE (arrival_day) FROM rejects WHERE stage <> 'parse' AND {where} ORDER BY path, member"),
        rows(
            "SELECT * EXCLUDE (arrival_day) FROM notices WHERE arrival_day = $day::DATE AND stage = 'ingest'"
            f" AND document_id IN (SELECT document_id FROM drops WHERE {where})"
        ),
    )


def changed_since_publication(lake: Lake, day: str, path: str) -> bool:
    """Whether the content that the ledger has of the file was first seen after the day's last publication began."""
    sql = """
        SELECT (SELECT max(seen_at) FROM file_changes WHERE path = ? AND sha256 IS DISTINCT FROM previous_sha256)
             > (SELECT max(started_at) FROM runs WHERE arrival_day = ?::DATE) AS is_newer
    """
    return lake.arrow(sql, [path, day])["is_newer"][0].as_py() is True


def replayed_rejects(lake: Lake, day: str) -> dict[str, dt.datetime]:
    """When each of the day's rejects that were ever tried again last was, by reject_id."""
    sql = "SELECT reject_id, replayed_at FROM rejects WHERE arrival_day = ?::DATE AND replayed_at IS NOT NULL"
    table = lake.arrow(sql, [day])
    return dict(zip(table["reject_id"].to_pylist(), table["replayed_at"].to_pylist(), strict=True))
