"""Care of the index of history's bands outside of a publication: brought up to date, made anew, asked for its state.

history.py keeps the index current as days are published; here are upkeep's, the doctor's and a person's ways to it.
"""

import time
from typing import NamedTuple

import duckdb

from assets.history import open_history, rebuild
from pipelines.dedup.index import FORM
from warehouse import links
from warehouse.band_index import BandIndex, day_versions
from warehouse.lake import Lake

_DEAD_SHARE = 0.2
"""How many of the index's sightings may be of what is no more: a probe passes them by, but they take memory."""


class IndexState(NamedTuple):
    """The index beside the lake: days of which it has not taken in the last publication, and what it holds.

    A sighting is a content on an arrival day; live ones are those that the lake holds now, at most.
    """

    stale_days: int
    contents: int
    sightings: int
    live_sightings: int
    bytes: int

    @property
    def is_worn(self) -> bool:
        """Whether so much in it is of what is no more that it is worth making anew."""
        return self.sightings - self.live_sightings > _DEAD_SHARE * self.sightings


class Reindexed(NamedTuple):
    """What came of making the index anew."""

    contents: int
    bytes: int
    seconds: float


def index_state(lake: Lake) -> IndexState:
    """How the index stands to the lake as it is now."""
    index = BandIndex(lake.folder, FORM)
    manifest, versions = index.read(), day_versions(lake.connection)
    stale = manifest.days.keys() ^ versions.keys() | {
        day for day, version in versions.items() if manifest.days.get(day) != version
    }
    return IndexState(
        stale_days=len(stale),
        contents=sum(segment.contents for segment in manifest.segments),
        sightings=sum(len(segment.array("sightings")) for segment in manifest.segments),
        live_sightings=sum(links.signature_counts(lake.connection, versions).values()),
        bytes=index.size(),
    )


def refresh(connection: duckdb.DuckDBPyConnection, lake: Lake) -> int:
    """Under the writer's lock: the index brought up to date, and made anew if worn; gives the days that were stale."""
    stale = index_state(lake).stale_days
    if stale:
        open_history(connection, lake.folder)
    if index_state(lake).is_worn:
        rebuild(connection, lake.folder)
    return stale


def reindex(connection: duckdb.DuckDBPyConnection, lake: Lake) -> Reindexed:
    """Under the writer's lock: the index thrown away and made anew from the lake's signatures."""
    started = time.perf_counter()
    rebuild(connection, lake.folder)
    made = index_state(lake)
    return Reindexed(made.contents, made.bytes, time.perf_counter() - started)
