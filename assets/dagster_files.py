"""What Dagster's own storage keeps of a run after it was deleted: results of checks, its file, freed pages.

`DagsterInstance.delete_run` takes a run and its events; these three it leaves, and a check's result may cite a text.
Of a storage other than SQLite, results of checks go; its pages are its own business.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

import dagster as dg
from dagster._core.storage.event_log.schema import AssetCheckExecutionsTable
from dagster._core.storage.event_log.sql_event_log import SqlEventLogStorage
from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage

_BUSY_SECONDS = 30
"""How long the daemon and the pages may be in the way; they hold a connection for a question at a time."""


def delete_run(instance: dg.DagsterInstance, run_id: str) -> None:
    """Deletes an ended run with its events, its results of checks and its file."""
    instance.delete_run(run_id)
    storage = instance.event_log_storage
    if isinstance(storage, SqlEventLogStorage):
        with storage.index_connection() as connection:
            connection.execute(AssetCheckExecutionsTable.delete().where(AssetCheckExecutionsTable.c.run_id == run_id))
    if isinstance(storage, SqliteEventLogStorage):
        for suffix in ("", "-wal", "-shm"):
            Path(storage.path_for_shard(run_id) + suffix).unlink(missing_ok=True)


def clear_freed_pages(instance: dg.DagsterInstance, busy_seconds: float = _BUSY_SECONDS) -> bool:
    """Writes the index of all events anew, without what freed pages hold; whether nobody was in the way of it."""
    storage = instance.event_log_storage
    if not isinstance(storage, SqliteEventLogStorage):
        return True
    with closing(sqlite3.connect(storage.path_for_shard("index"), timeout=busy_seconds)) as index:
        try:
            index.execute("VACUUM")
            (is_blocked, _, _) = index.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError:
            return False
    return not is_blocked
