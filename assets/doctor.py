"""All examinations one after another, the machine's, the lake's and the index's, for `wirehouse doctor`."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pyarrow as pa

from assets.indexing import index_state, refresh
from pipelines.dedup.index import FORM
from warehouse.band_index import BandIndex
from warehouse.doctor import Finding, examine, examine_catalog, examine_machine
from warehouse.errors import WarehouseError
from warehouse.lake import Lake


def doctor(folder: Path, on_wait: Callable[[str], None], *, mend: bool) -> Iterator[Finding]:
    """Every finding about the lake in `folder`; where it can't be opened, those before that and why not."""
    yield from examine_machine(folder)
    catalog = examine_catalog(folder)
    yield catalog
    if catalog.state == "problem":
        return
    try:
        lake = Lake.open(folder)
    except (WarehouseError, duckdb.Error) as error:
        yield Finding("tables", "problem", str(error).splitlines()[0])
        return
    with lake:
        yield Finding("tables", "ok", "of this version")
        yield from examine(lake, dt.datetime.now(dt.UTC), on_wait, mend=mend)
        yield _index(lake, on_wait, mend=mend)


def as_table(findings: list[Finding]) -> pa.Table:
    """The findings as rows (about, state, says)."""
    return pa.table({name: [getattr(finding, name) for finding in findings] for name in Finding._fields})


def _index(lake: Lake, on_wait: Callable[[str], None], *, mend: bool) -> Finding:
    """The index of history: a publication fills it whatever is amiss, so nothing about it is a problem but its loss."""
    with lake.writing(on_wait) as connection:
        lost, before = BandIndex(lake.folder, FORM).is_lost, index_state(lake)
        if mend and (lost or before.stale_days or before.is_worn):
            refresh(connection, lake)
            return Finding("index", "mended", f"{before.stale_days} days taken in")
    if lost and before.stale_days:
        says = "The index of history can't be read: `wirehouse doctor --mend` or the next publication makes it anew."
        return Finding("index", "problem", says)
    if before.stale_days:
        return Finding("index", "note", f"{before.stale_days} days wait to be taken in by the next publication")
    return Finding("index", "ok", f"{before.contents:,} contents, up to date")
