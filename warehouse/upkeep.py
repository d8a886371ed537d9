"""Upkeep: what keeps publishing and reading quick as the lake grows old, and gives disk space back.

Snapshots expire by age and by number, tables that lie in many small files are written anew, and what no snapshot
reads is removed. Each step holds the writer's lock for itself, so a run waits for one step at most.
Readers are never disturbed: what was the newest snapshot within the `grace` stays, and so do files for as long after
their last snapshot is gone. So a transaction may read for a day.
"""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import duckdb

from warehouse import catalog, object_storage, place
from warehouse.catalog_store import store_of
from warehouse.lake import Lake, statement
from warehouse.locks import Lock
from warehouse.opening import discard
from warehouse.stage import Stage, all_stages
from warehouse.tables import TABLES

_PARTIALS = ("names/*.partial", "rejected/*/*.partial", "data/**/*.partial", "open.duckdb.*.partial")
PARTIAL_AGE = dt.timedelta(days=1)


class Policy(NamedTuple):
    """What is kept, and for how long.

    A snapshot costs every later publication some time, so they are capped by number as well as by age.
    """

    snapshots: int = 500
    snapshot_age: dt.timedelta = dt.timedelta(days=30)
    grace: dt.timedelta = dt.timedelta(days=1)
    """How long a transaction may read what was superseded after it began."""
    stage_age: dt.timedelta = dt.timedelta(days=3)
    """How long after its last word in the stage a failed run can be gone on with from where it failed."""
    files: int = 20
    """A table that belongs to no day and lies in more files is written anew: each costs a reader a millisecond."""
    deleted_share: float = 0.2
    """So is one of which so much is deleted, as in lakes of before rows left by whole files (removal.py)."""


class Figures(NamedTuple):
    """The lake at one moment."""

    snapshots: int
    live_files: int
    superseded_files: int
    orphan_files: int
    stages: int
    data_bytes: int
    catalog_bytes: int


class Upkeep(NamedTuple):
    """What was done: figures before and after, and how many of each were dealt with."""

    before: Figures
    after: Figures
    expired_snapshots: int
    merged_files: int
    deleted_files: int
    deleted_orphans: int
    removed_stages: int
    removed_partials: int


def keep_up(
    lake: Lake, now: dt.datetime, policy: Policy | None = None, on_wait: Callable[[str], None] | None = None
) -> Upkeep:
    """One round of upkeep. `on_wait` gets a line for a person when another writer is at work."""
    policy = policy or Policy()
    before = figures(lake)
    with lake.writing(on_wait) as connection:
        expired = _expire(connection, policy, now)
    merged = 0
    for table, files in catalog.scattered(lake.connection, policy.files, policy.deleted_share):
        with lake.transaction(f"upkeep: {table} written anew", on_wait) as connection:
            _write_anew(connection, table)
        merged += files
    with deleting(lake.folder), lake.writing(on_wait) as connection:
        sql = "CALL ducklake_cleanup_old_files('lake', older_than => $before)"
        deleted = len(connection.execute(sql, {"before": now - policy.grace}).fetchall())
        deleted_orphans = len(delete_orphans(lake, now - policy.grace))
        # Nothing stays in the catalog of rows and snapshots that are gone.
        connection.execute(statement("catalog/bounds"))
        lake.store.give_back_space()
    stages = left_stages(lake.folder, now - policy.stage_age)
    for stage in stages:
        stage.clear()
    partials = left_partials(lake.folder, now - PARTIAL_AGE)
    for path in partials:
        path.unlink(missing_ok=True)
    discard(lake.folder, now - policy.grace)  # it names files that may be gone by now
    return Upkeep(before, figures(lake), expired, merged, deleted, deleted_orphans, len(stages), len(partials))


def figures(lake: Lake) -> Figures:
    """The lake as it is now."""
    named = catalog.files(lake.connection)
    there = catalog.data_files(lake.connection, lake.folder)
    return Figures(
        snapshots=catalog.snapshot_count(lake.connection),
        live_files=sum(file.is_live for file in named),
        superseded_files=sum(not file.is_live for file in named),
        orphan_files=len(there.keys() - {file.path for file in named}),
        stages=len(all_stages(lake.folder)),
        data_bytes=sum(there.values()),
        catalog_bytes=lake.store.size(),
    )


def deleting(folder: Path) -> Lock:
    """The lock under which files of the lake are deleted; who copies them holds it, too."""
    return store_of(folder).lock("deleting")


def left_stages(folder: Path, older_than: dt.datetime) -> list[Stage]:
    """Stages to which nothing was written since."""
    return [stage for stage in all_stages(folder) if stage.newest() < older_than.timestamp()]


def left_partials(folder: Path, older_than: dt.datetime) -> list[Path]:
    """Files (of kept names, rejected bytes, restored data, the catalog's copy) that were left before their end."""
    return [
        path
        for pattern in _PARTIALS
        for path in sorted(folder.glob(pattern))
        if path.stat().st_mtime < older_than.timestamp()
    ]


def delete_orphans(lake: Lake, older_than: dt.datetime | None) -> list[str]:
    """Deletes files that no snapshot names, those written before that moment if one is given.

    The writer's lock has to be held, else a file may be on its way to be named.

    DuckLake's own delete_orphaned_files compares absolute paths, which a lake that was moved or linked to may spell
    otherwise than its catalog. In object storage nothing is moved or linked.
    """
    lake.store.settle()
    away = place.read(lake.folder).data
    if away:
        return object_storage.delete_orphans(lake.connection, away, older_than)
    found = []
    for path in catalog.orphans(lake.connection, lake.folder):
        file = lake.folder / "data" / path
        if older_than is None or file.stat().st_mtime < older_than.timestamp():
            file.unlink()
            found.append(path)
    return found


def _expire(connection: duckdb.DuckDBPyConnection, policy: Policy, now: dt.datetime) -> int:
    snapshots = catalog.expiring(connection, policy.snapshots, now - policy.snapshot_age, now - policy.grace)
    if snapshots:
        connection.execute("CALL ducklake_expire_snapshots('lake', versions => ?)", [snapshots])
    return len(snapshots)


def _write_anew(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    """Inside a transaction: the table's rows into one file, for readers of this snapshot and later ones.

    DuckLake's merge_adjacent_files puts rows of many snapshots into one file: a transaction that began before then
    counts rows that it must not see. A day's tables need no merging, for they are replaced whole.
    """
    order = ", ".join(TABLES[table].key)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE written_anew AS FROM {table}")
    connection.execute(f"DELETE FROM {table}")
    connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM written_anew ORDER BY {order}")
    connection.execute("DROP TABLE written_anew")
