"""History as linking asks it: which contents share a band with a day's, and on which days a content was seen.

The answers come from the index of bands (pipelines/dedup/index.py, kept by warehouse/band_index.py), which is brought
up to date from `signatures` before each publication: days whose last publication it has not taken in are read, all
others are not. Segments are merged like the digits of a counter, each at least twice as long as the next, so that an
article is moved a few times in its life and a probe asks few of them. Where a day was published again the index also
knows what is no more: the lake has the last word.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Self

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.dedup.compare import Pair
from pipelines.dedup.index import FORM, Contents, Segment, Window, build, find, merge, probe
from pipelines.dedup.signature import bands_from_arrow, content_hashes, content_words
from warehouse import links
from warehouse.band_index import BandIndex, Manifest, StoredSegment, day_versions

_PORTION = 250_000
"""Articles that are read at a time to be taken in: their bands are 84 MB."""
_EPOCH = dt.date(1970, 1, 1).toordinal()


class History:
    """All days but one as the index has them, and that `day` as it is now, if it was given."""

    def __init__(self, segments: list[Segment], day: str | None = None, now: Segment | None = None) -> None:
        self._segments = segments
        self._day, self._now = _number(dt.date.fromisoformat(day)) if day else -1, now

    def with_day(self, day: str, signatures: pa.Table) -> Self:
        """The same, with the day's signatures in the place of what the index has of it."""
        arrived = pa.repeat(pa.scalar(dt.date.fromisoformat(day)), signatures.num_rows)
        return type(self)(self._segments, day, _segment(signatures.append_column("arrival_day", arrived)))

    def candidates(
        self, contents: pa.StringArray, bands: NDArray[np.uint64], low: dt.date, high: dt.date, *, but_day: bool
    ) -> set[Pair]:
        """Pairs of one of `contents` and another content, published from `low` to `high`, that share a band.

        The lesser hash is first. `but_day` leaves out the day's own contents.
        """
        window = Window(_number(low), _number(high), self._day)
        asked = [(segment, window) for segment in self._segments]
        if self._now and not but_day:
            asked.append((self._now, window._replace(skipped=-1)))
        pairs: set[Pair] = set()
        for segment, within in asked:
            met = probe(segment, bands, within)
            own = contents.take(pa.array(met[:, 0])).to_pylist()
            others = content_hashes(segment.contents.hashes[met[:, 1]]).to_pylist()
            pairs |= {(min(pair), max(pair)) for pair in zip(own, others, strict=True) if pair[0] != pair[1]}
        return pairs

    def sightings(self, contents: Iterable[str]) -> pa.Table:
        """(content_hash, arrival_day), each once: on which days each of these contents was seen."""
        wanted = pa.array(sorted(contents), pa.string())
        words = content_words(wanted)
        rows, days = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int32)]
        for segment in [*self._segments, *([self._now] if self._now else [])]:
            held = segment.contents
            places = find(held, words)
            known = np.flatnonzero(places >= 0)
            counts = np.diff(held.starts)[places[known]]
            first = np.repeat(held.starts[places[known]] - np.cumsum(counts) + counts, counts)
            seen = held.sightings[first + np.arange(counts.sum())][:, 0]
            alive = seen != (-1 if segment is self._now else self._day)
            rows.append(np.repeat(known, counts)[alive])
            days.append(seen[alive])
        once = np.unique(np.stack([np.concatenate(rows), np.concatenate(days)], axis=1), axis=0)
        arrived = pa.array(once[:, 1].astype(np.int32)).cast(pa.date32())
        return pa.table({"content_hash": wanted.take(pa.array(once[:, 0])), "arrival_day": arrived})


def open_history(connection: duckdb.DuckDBPyConnection, lake_folder: Path) -> History:
    """The history of the lake as it is now. Inside a transaction, before it changes anything."""
    index = BandIndex(lake_folder, FORM)
    manifest = index.read()
    versions = day_versions(connection)
    stale = sorted(day for day, version in versions.items() if manifest.days.get(day) != version)
    if stale:
        segments = manifest.segments
        taken = {day: version for day, version in manifest.days.items() if versions.get(day) == version}
        for days in _portions(links.signature_counts(connection, stale)):
            segments = take_in(index, segments, _segment(links.signatures_of(connection, days)))
            taken |= {day: versions[day] for day in days}
            index.replace(Manifest(segments, taken))  # after each, so that what was merged takes no place any more
        index.replace(Manifest(segments, versions))  # days without a signature are taken in, too
        manifest = index.read()
    return history_of(manifest)


def history_of(manifest: Manifest) -> History:
    """The history that an index holds."""
    return History([_opened(segment) for segment in manifest.segments])


def take_in(index: BandIndex, segments: list[StoredSegment], segment: Segment) -> list[StoredSegment]:
    """The segments and one more, merged until each is at least twice as long as the next."""
    segments = [*segments, _written(index, segment)] if len(segment.contents.hashes) else [*segments]
    while len(segments) > 1 and segments[-2].contents < 2 * segments[-1].contents:
        segments.append(_written(index, merge(_opened(segments.pop(-2)), _opened(segments.pop()))))
    return segments


def rebuild(connection: duckdb.DuckDBPyConnection, lake_folder: Path) -> History:
    """The index made anew from `signatures`, without what days had that were published again since."""
    BandIndex(lake_folder, FORM).replace(Manifest([], {}))
    return open_history(connection, lake_folder)


def _portions(counts: dict[str, int]) -> Iterator[list[str]]:
    """The days in order, so many at a time that they have _PORTION articles, or one."""
    portion: list[str] = []
    held = 0
    for day, count in counts.items():
        if portion and held + count > _PORTION:
            yield portion
            portion, held = [], 0
        portion.append(day)
        held += count
    if portion:
        yield portion


def _segment(signatures: pa.Table) -> Segment:
    """(content_hash, arrival_day, published_on, bands) as a segment in memory."""
    arrived, published = (
        signatures[name].cast(pa.int32()).to_numpy(zero_copy_only=False) for name in ("arrival_day", "published_on")
    )
    hashes = content_words(signatures["content_hash"])
    return build(hashes, arrived, published, bands_from_arrow(signatures["bands"]))


def _written(index: BandIndex, segment: Segment) -> StoredSegment:
    return index.write_segment(*segment.contents, map(segment.band, range(segment.band_count)))


def _opened(stored: StoredSegment) -> Segment:
    contents = Contents(*(stored.array(name) for name in Contents._fields))
    return Segment(contents, stored.bands, stored.band)


def _number(day: dt.date) -> int:
    return day.toordinal() - _EPOCH
