"""A consistent copy of a lake while runs go on, and the way back.

A copy is itself a lake: `wirehouse sql --lake DIR` reads it. It holds the catalog, every file that one of its snapshots
names, the bytes of rejects and the kept names. The stage is not copied, nor is the index of history, which is made
anew. Data files never change and are deleted under a lock only, so copying waits for nobody and nobody for it.
"""

import filecmp
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import NamedTuple, TypeAlias

import duckdb
import pyarrow as pa

from warehouse import place
from warehouse.catalog import files, local_data_files
from warehouse.catalog_store import chosen_store, store_of
from warehouse.connect import connect
from warehouse.errors import WarehouseError
from warehouse.lake import Lake, check_version
from warehouse.render import arrow_schema
from warehouse.tables import TABLES
from warehouse.upkeep import deleting

_CATALOG = "catalog.sqlite"
_BESIDE = ("rejected", "names")
Watched: TypeAlias = Callable[[list[str]], Iterable[str]]
"""Gives back the paths that it gets, one after another, and may show a person how far it is."""


class Copied(NamedTuple):
    """What the copy holds: files, their bytes, and the newest snapshot.

    `forgotten` are documents that the lake has forgotten and the copy had not: restored, they are to go again. None
    where that can't be told, because the catalog that was there can't be read.
    """

    files: int
    bytes: int
    snapshot: int
    forgotten: int | None = 0


def backup(folder: Path, target: Path, watched: Watched) -> Copied:
    """Copies the lake in `folder` to `target`, which appears whole or not at all.

    Raises WarehouseError if the target exists and is not empty, or its disk has no room.
    """
    _require_local(folder)
    if target.exists() and any(target.iterdir()):
        raise WarehouseError(f"{target} is not empty: name a new folder.")
    partial = target.with_name(target.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    with deleting(folder):
        store_of(folder).copy_to(partial / _CATALOG)
        named, snapshot = _contents(partial)
        size = _copy_files(folder, partial, named, watched)
    if target.exists():
        target.rmdir()
    os.sync()
    partial.rename(target)
    return Copied(len(named), size, snapshot)


def restore(source: Path, folder: Path, watched: Watched, *, force: bool, catalog: str = "") -> Copied:
    """Makes the lake in `folder` the one that was copied to `source`; a new one keeps its catalog where `catalog` says.

    Runs and readers may go on: their next transaction is on the lake as it was then, for the catalog changes at once
    and files are only added. What was published since becomes files of no snapshot, which upkeep removes.
    Raises WarehouseError if the copy is not whole, or if there is a lake already and `force` is not given.
    """
    if not (source / _CATALOG).is_file():
        raise WarehouseError(f"{source} holds no backup: name a folder that `wirehouse backup` made.")
    _require_local(folder)
    store = chosen_store(folder, catalog)
    is_new = not store.exists()
    if not is_new and not force:
        raise WarehouseError(f"There is a lake in {folder}: --force puts the backup in its place.")
    named, snapshot = _contents(source)
    _require_whole(source, named)
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as held:
        for lock in ("open", "writer", "deleting"):
            held.enter_context(store.lock(lock))
        store.prepare()
        size = _copy_files(source, folder, named, watched)
        kept_out = arrow_schema(TABLES["forgotten"]).empty_table() if is_new else _forgotten(folder)
        with _prepared(source, folder) as prepared:
            forgotten = None if kept_out is None else _keep_out(prepared, kept_out)
            os.sync()
            store.replace_by(prepared / _CATALOG)
    return Copied(len(named), size, snapshot, forgotten)


def _require_local(folder: Path) -> None:
    away = place.read(folder).data
    if away:
        raise WarehouseError(
            f"The data files of this lake are in {away}, which `wirehouse backup` and `restore` do not copy:"
            " docs/operating.md says what to do instead."
        )


def _contents(folder: Path) -> tuple[dict[str, int | None], int]:
    """Bytes of every file that a snapshot of the lake in `folder` names, by path below data/; the newest snapshot."""
    connection = connect(folder, read_only=True)
    try:
        check_version(connection, folder)
        named = {file.path: file.bytes for file in files(connection) if file.kind != "superseded"}
        row = connection.execute("SELECT max(snapshot_id) FROM lake.snapshots()").fetchone()
        return named, row[0] if row else 0
    finally:
        connection.close()


@contextmanager
def _prepared(source: Path, folder: Path) -> Iterator[Path]:
    """A lake with the copy's catalog and the data files of `folder`, to write to before its catalog takes effect."""
    prepared = folder / "restoring"
    shutil.rmtree(prepared, ignore_errors=True)  # of a restore that was killed
    prepared.mkdir()
    (prepared / "data").symlink_to(folder.absolute() / "data", target_is_directory=True)
    store_of(source).copy_to(prepared / _CATALOG)
    try:
        yield prepared
    finally:
        shutil.rmtree(prepared)


def _forgotten(folder: Path) -> pa.Table | None:
    """The rows of `forgotten` of the lake that is to be replaced; None if it can't be asked for them."""
    try:
        with closing(connect(folder, read_only=True)) as connection:
            return connection.execute("FROM forgotten").to_arrow_table()
    except (WarehouseError, duckdb.Error):
        return None


def _keep_out(folder: Path, rows: pa.Table) -> int:
    """Writes into the lake what is to be kept out of it; gives how many documents it did not know of."""
    if not rows.num_rows:
        return 0
    with Lake.open(folder) as lake, lake.transaction("restored: documents that were forgotten") as connection:
        connection.register("kept_out", rows)
        sql = "INSERT INTO forgotten BY NAME FROM kept_out ANTI JOIN forgotten USING (document_id)"
        answer = connection.execute(sql).fetchone()
        connection.unregister("kept_out")
    return answer[0] if answer else 0


def _require_whole(source: Path, named: dict[str, int | None]) -> None:
    there = local_data_files(source)
    odd = sorted(path for path, size in named.items() if there.get(path) != size)
    if odd:
        raise WarehouseError(
            f"{source} is no whole backup: {len(odd)} files are missing or cut short (data/{odd[0]} …). Name another."
        )


def _copy_files(source: Path, target: Path, named: dict[str, int | None], watched: Watched) -> int:
    """Copies what the target does not have whole; gives the bytes of all of it."""
    paths = [f"data/{path}" for path in sorted(named)] + list(_beside(source))
    wanted = {path: _size(source / path) for path in paths}
    coming = [path for path in paths if not _is_same(source / path, target / path)]
    needed, free = sum(wanted[path] for path in coming), shutil.disk_usage(target).free
    if needed > free:
        raise WarehouseError(f"{needed / 1e9:.1f} GB are to be copied to {target}, where {free / 1e9:.1f} GB are free.")
    for path in watched(coming):
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        partial = (target / path).with_name(f"{(target / path).name}.{os.getpid()}.partial")
        try:
            shutil.copyfile(source / path, partial)
        except FileNotFoundError:
            if path.startswith("data/"):
                raise
            continue  # a run has just put other names of the day in the place of these
        partial.replace(target / path)
    return sum(wanted.values())


def _beside(source: Path) -> Iterator[str]:
    for folder in _BESIDE:
        for path in sorted((source / folder).rglob("*")):
            if path.is_file() and path.suffix != ".partial":
                yield path.relative_to(source).as_posix()


def _is_same(one: Path, other: Path) -> bool:
    """Whether both hold the same bytes: a damaged file can have the size of the whole one."""
    return other.is_file() and _size(one) == _size(other) and filecmp.cmp(one, other, shallow=False)


def _size(path: Path) -> int:
    """Bytes of the file; 0 where there is none."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
