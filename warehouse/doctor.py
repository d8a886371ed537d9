"""What ails a lake: each examination gives findings, and mends what is safe to mend when it is asked to.

Safe is what loses nothing that a snapshot names and nobody is at work on: files that no snapshot names, stages of runs
that ended, unfinished files. What is amiss in the catalog or its files is only told, with what to do.
"""

import datetime as dt
import shutil
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

import duckdb

from warehouse import catalog
from warehouse.catalog_store import store_of
from warehouse.connect import extensions
from warehouse.engine import extension_file
from warehouse.errors import WarehouseError
from warehouse.kept import Kept
from warehouse.lake import Lake, statement
from warehouse.upkeep import PARTIAL_AGE, Policy, delete_orphans, deleting, left_partials, left_stages

_LEAST_PYTHON = (3, 11)
_LEAST_FREE = 1_000_000_000
"""Bytes that have to be free: what a large day's stage and DuckDB's spilling take."""
_SHOWN = 3
_FACTS = Path(__file__).parent / "sql" / "doctor"


class Finding(NamedTuple):
    """What one examination found: `state` is ok, note (nothing to be done), problem, or mended."""

    about: str
    state: str
    says: str


def examine_machine(folder: Path) -> Iterator[Finding]:
    """Versions, extensions and disk space, which need no lake that can be opened."""
    python = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < _LEAST_PYTHON:
        yield Finding("versions", "problem", f"Python is {python}; Wirehouse needs 3.11 or newer.")
    needed = extensions(folder)
    found = {package: _version(package) for package in (f"duckdb-extension-{n.replace('_', '-')}" for n in needed)}
    odd = [f"{package} {has or 'missing'}" for package, has in found.items() if has != duckdb.__version__]
    if odd:
        says = f"{', '.join(odd)} beside duckdb {duckdb.__version__}: delete .venv and run `make run` again."
        yield Finding("versions", "problem", says)
    else:
        yield Finding("versions", "ok", f"Python {python}, duckdb and its extensions {duckdb.__version__}")
    try:
        files = [extension_file(name) for name in needed]
        yield Finding("extensions", "ok", f"{len(files)} come with their packages; nothing is downloaded")
    except WarehouseError as error:
        yield Finding("extensions", "problem", str(error))
    free = shutil.disk_usage(folder).free
    state = "ok" if free >= _LEAST_FREE else "problem"
    says = f"{free / 1e9:,.1f} GB free" + ("" if state == "ok" else ": free some, a run may need more.")
    yield Finding("disk", state, says)


def examine_catalog(folder: Path) -> Finding:
    """The catalog itself, before DuckLake is asked what it says."""
    is_sound, says = store_of(folder).examine()
    return Finding("catalog", "ok" if is_sound else "problem", says)


def examine(lake: Lake, now: dt.datetime, on_wait: Callable[[str], None], *, mend: bool) -> Iterator[Finding]:
    """The lake's tables, files, and what runs left. Holds the writer's lock while it looks for files of no snapshot."""
    yield _lock(lake)
    for path in sorted(_FACTS.glob("*.sql")):
        yield _fact(lake, path.stem)
    yield _named_files(lake)
    yield _kept_bytes(lake)
    yield _orphans(lake, on_wait, mend=mend)
    yield _stages(lake, now, mend=mend)
    yield _partials(lake, now, mend=mend)


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _lock(lake: Lake) -> Finding:
    if lake.is_being_written():
        return Finding("lock", "note", "A writer is at work; others wait for it to finish.")
    return Finding("lock", "ok", "free")


def _fact(lake: Lake, name: str) -> Finding:
    about = name.replace("_", " ")
    try:
        rows = lake.arrow(statement(f"doctor/{name}"))
    except duckdb.Error as error:
        return Finding(about, "problem", f"can't be asked: {str(error).splitlines()[0]}")
    if not rows.num_rows:
        return Finding(about, "ok", "as it should be")
    shown = "; ".join(str(row) for row in rows.slice(0, _SHOWN).to_pylist())
    days = "`wirehouse backfill --force` of their days makes them anew"
    return Finding(about, "problem", f"{rows.num_rows} rows are not, the first: {shown}; {days}.")


def _named_files(lake: Lake) -> Finding:
    """Files that the catalog names: there, and of the size they were written with."""
    there = catalog.data_files(lake.connection, lake.folder)
    # Files of no snapshot any more may be gone already: cleaning that was cut short goes on with the next upkeep.
    named = [file for file in catalog.files(lake.connection) if file.kind != "superseded"]
    missing = [file for file in named if file.path not in there]
    if any(not catalog.is_there(lake.connection, lake.folder, file.path) for file in missing):
        live = [file.path for file in missing if file.is_live]
        first = (live or [file.path for file in missing])[0]
        what = f"{len(missing)} files are missing, {len(live)} of them of what is published now (data/{first} …)"
        return Finding("files", "problem", f"{what}: `wirehouse restore` a backup.")
    cut = [file.path for file in named if file.bytes is not None and there.get(file.path, file.bytes) != file.bytes]
    if cut:
        what = f"{len(cut)} files have not the size they were written with (data/{cut[0]} …)"
        return Finding("files", "problem", f"{what}: `wirehouse restore` a backup.")
    return Finding("files", "ok", f"{len(named)} named, all there and whole in size")


def _kept_bytes(lake: Lake) -> Finding:
    kept = Kept(lake.folder)
    hashes = lake.arrow("SELECT DISTINCT sha256 FROM rejects WHERE is_kept")["sha256"].to_pylist()
    missing = [sha256 for sha256 in hashes if not kept.path(sha256).is_file()]
    if missing:
        what = f"the bytes of {len(missing)} rejects are missing ({kept.path(missing[0]).relative_to(lake.folder)} …)"
        return Finding("rejected bytes", "problem", f"{what}: they can't be tried again without their raw files.")
    return Finding("rejected bytes", "ok", f"{len(hashes)} kept")


def _orphans(lake: Lake, on_wait: Callable[[str], None], *, mend: bool) -> Finding:
    """Under the writer's lock no file is on its way to be named: what no snapshot names, nobody will."""
    with deleting(lake.folder), lake.writing(on_wait):
        found = catalog.orphans(lake.connection, lake.folder)
        if mend:
            delete_orphans(lake, None)
    return _leftovers("orphan files", len(found), "files that no snapshot names, left by killed writers", mend=mend)


def _stages(lake: Lake, now: dt.datetime, *, mend: bool) -> Finding:
    left = left_stages(lake.folder, now - Policy().stage_age)
    for stage in left if mend else []:
        stage.clear()
    return _leftovers("stages", len(left), "stages that nothing was written to for days", mend=mend)


def _partials(lake: Lake, now: dt.datetime, *, mend: bool) -> Finding:
    left = left_partials(lake.folder, now - PARTIAL_AGE)
    for path in left if mend else []:
        path.unlink(missing_ok=True)
    return _leftovers("unfinished files", len(left), "files that were not written to the end", mend=mend)


def _leftovers(about: str, count: int, what: str, *, mend: bool) -> Finding:
    if not count:
        return Finding(about, "ok", "none")
    if mend:
        return Finding(about, "mended", f"{count} {what} removed")
    return Finding(about, "problem", f"{count} {what}: `wirehouse doctor --mend` removes them.")
