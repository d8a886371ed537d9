"""An index of contents by their bands: which of millions share a band with those of a day, in time of the day's size.

An index is some segments. A segment holds contents (distinct content hashes) with the days on which each was seen,
and for each band its values in ascending order with the content of each. `build` makes one of a day's rows, `merge`
one of two, `probe` asks it for candidates, `find` for contents by their hash. Segments may be mapped from files:
nothing here reads more of them than it needs, and bands one at a time.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipelines.dedup.candidates import CAP
from pipelines.dedup.compiled import compiled

Hashes = NDArray[np.uint64]
Band = tuple[NDArray[np.uint64], NDArray[np.uint32]]

FORM = "40 bits of a band and 24 of the next"
"""What the values are; an index of another form has to be built anew."""

# A value is the upper 40 bits of a band and below them the upper 24 of the band after it. So the contents of one band
# stand together, and in a crowd, where a band says little, those that share the next one too are found by one more
# search. Of 10,000 x 42 bands asked of 10 million contents, four meet by chance because 24 bits are missing.
_NEXT_BITS = 24
_NEXT = np.uint64(_NEXT_BITS)
_OWN = np.uint64((1 << 64) - (1 << _NEXT_BITS))

# In a crowd so many contents are passed over for being out of the window, to each that is met.
_PASSED = 20
_HELD_PAIRS = 1 << 22  # found in single bands, before those found twice are put together


class Contents(NamedTuple):
    """n contents in the order of their hashes, and when they were seen.

    Attributes:
        hashes: (n, 2) content hashes, ascending, each once.
        starts: n + 1 positions; the sightings of content i are sightings[starts[i]:starts[i + 1]].
        sightings: (m, 2) arrival day and day of publication, in days since 1970.
    """

    hashes: Hashes
    starts: NDArray[np.int64]
    sightings: NDArray[np.int32]


class Segment(NamedTuple):
    """Contents, and a function from the number of a band to its values, ascending, and the content of each."""

    contents: Contents
    band_count: int
    band: Callable[[int], Band]


class Window(NamedTuple):
    """Days of publication from `low` to `high`, in days since 1970; what arrived on `skipped` is left out."""

    low: int
    high: int
    skipped: int = -1


def build(
    hashes: Hashes, arrived: NDArray[np.int32], published: NDArray[np.int32], bands: NDArray[np.uint64]
) -> Segment:
    """The segment of n rows: content hashes (n, 2), days since 1970, and bands (n, b), which equal contents share."""
    order = np.lexsort((published, arrived, hashes[:, 1], hashes[:, 0]))
    seen = np.stack([arrived[order], published[order]], axis=1).astype(np.int32)
    starts, firsts, kept = _grouped(hashes[order], seen)
    own = bands[order[firsts]]
    contents = Contents(*_fixed(hashes[order[firsts]], starts, seen[kept]))
    return Segment(contents, bands.shape[1], lambda band: _sorted(_values(own, band)))


def merge(one: Segment, other: Segment) -> Segment:
    """The segment of both; a content that both have is one, with the days of both. A band is merged when asked for."""
    own, their = one.contents, other.contents
    into, their_into, count = _merge_hashes(own.hashes, their.hashes)
    hashes = np.empty((count, 2), dtype=np.uint64)
    hashes[into], hashes[their_into] = own.hashes, their.hashes
    rows = np.concatenate(
        [np.repeat(into, np.diff(own.starts)), np.repeat(their_into, np.diff(their.starts))], dtype=np.int64
    )
    seen = np.concatenate([own.sightings, their.sightings])
    order = np.lexsort((seen[:, 1], seen[:, 0], rows))
    seen = seen[order]
    starts, _, kept = _grouped(hashes[rows[order]], seen)

    def band(number: int) -> Band:
        merged: Band = _fixed(*_merge_band(*one.band(number), into, *other.band(number), their_into, count))
        return merged

    return Segment(Contents(*_fixed(hashes, starts, seen[kept])), one.band_count, band)


def probe(segment: Segment, bands: NDArray[np.uint64], window: Window, cap: int = CAP) -> NDArray[np.int64]:
    """Pairs (row of `bands`, content seen in the window) that share a band: int64 (k, 2), ascending, each once.

    A band that more than `cap` contents share offers a row the first `cap` of them in the window, by hash, and as many
    of those that share the band after it, too. A row of zeros, which stands for a text without words, shares none.
    """
    asked = np.flatnonzero(bands.any(axis=1))
    contents = segment.contents
    found, held = [np.empty(0, dtype=np.uint64)], 0
    for band in range(bands.shape[1] if len(asked) and len(contents.hashes) else 0):
        values, order = _sorted(_values(bands[asked], band))
        met = _meet(values, *segment.band(band), contents.starts, contents.sightings, *window, cap)
        found.append(asked[order[met[:, 0]]].astype(np.uint64) << np.uint64(32) | met[:, 1].astype(np.uint64))
        held += len(met)
        if held > _HELD_PAIRS:
            found, held = [np.unique(np.concatenate(found))], 0
    packed = np.unique(np.concatenate(found))
    return np.stack([packed >> np.uint64(32), packed & np.uint64(0xFFFFFFFF)], axis=1).astype(np.int64)


def find(contents: Contents, hashes: Hashes) -> NDArray[np.int64]:
    """The row of each hash of (k, 2) among the contents, -1 where they lack it."""
    return _find(contents.hashes, np.ascontiguousarray(hashes))


def _grouped(hashes: Hashes, seen: NDArray[np.int32]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """Of sorted rows: where the sightings of each hash start, its first row, and which rows repeat no sighting."""
    is_new = np.ones(len(hashes), dtype=bool)
    is_new[1:] = (hashes[1:] != hashes[:-1]).any(axis=1)
    kept = is_new.copy()
    kept[1:] |= (seen[1:] != seen[:-1]).any(axis=1)
    firsts = np.flatnonzero(is_new)
    before = np.concatenate([[0], np.cumsum(kept)])
    return np.append(before[firsts], before[-1]), firsts, kept


def _values(bands: NDArray[np.uint64], band: int) -> NDArray[np.uint64]:
    following = bands[:, (band + 1) % bands.shape[1]]
    return bands[:, band] & _OWN | following >> np.uint64(64 - _NEXT_BITS)


def _sorted(values: NDArray[np.uint64]) -> Band:
    order = np.argsort(values, kind="stable")
    band: Band = _fixed(values[order], order.astype(np.uint32))
    return band


def _fixed(*arrays: NDArray[Any]) -> Any:
    """The arrays, not to be written to, as mapped ones are, so that the loops are compiled for one kind."""
    for array in arrays:
        array.setflags(write=False)
    return arrays


@compiled
def _meet(
    asked: NDArray[np.uint64],
    values: NDArray[np.uint64],
    rows: NDArray[np.uint32],
    starts: NDArray[np.int64],
    sightings: NDArray[np.int32],
    low: int,
    high: int,
    skipped: int,
    cap: int,
) -> NDArray[np.int64]:
    """Pairs (place in `asked`, content); `asked` ascends, so that each search begins where the last ended."""
    found = np.empty((len(asked) * 2 + 64, 2), dtype=np.int64)
    used, at = 0, 0
    for place in range(len(asked)):
        own = asked[place] >> _NEXT
        at = _lower_bound(values, own << _NEXT, at)
        end, begin = at, at
        for is_sharper in (False, True):
            met = 0
            while end < len(values) and met < cap and end - begin < cap * _PASSED:
                if (values[end] != asked[place]) if is_sharper else (values[end] >> _NEXT != own):
                    break
                row = np.int64(rows[end])
                for seen in range(starts[row], starts[row + 1]):
                    if sightings[seen, 0] != skipped and low <= sightings[seen, 1] <= high:
                        if used == len(found):
                            found = np.concatenate((found, np.empty_like(found)))
                        found[used, 0], found[used, 1] = place, row
                        used += 1
                        met += 1
                        break
                end += 1
            if end == len(values) or values[end] >> _NEXT != own:
                break  # no crowd: all were looked at
            end = _lower_bound(values, asked[place], end)
            begin = end
    return found[:used].copy()


@compiled
def _lower_bound(values: NDArray[np.uint64], value: np.uint64, start: int) -> int:
    """The first place from `start` on whose value is not less; doubled steps, so that a near one is found soon."""
    low, step = start, 1
    while low + step < len(values) and values[low + step] < value:
        low += step
        step *= 2
    high = min(low + step, len(values))
    while low < high:
        middle = (low + high) // 2
        if values[middle] < value:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def _merge_hashes(one: Hashes, other: Hashes) -> tuple[NDArray[np.uint32], NDArray[np.uint32], int]:
    """The row of each hash of both in the merged order, and how many distinct ones there are."""
    into, other_into = np.empty(len(one), dtype=np.uint32), np.empty(len(other), dtype=np.uint32)
    a, b, count = 0, 0, 0
    while a < len(one) or b < len(other):
        if a == len(one):
            order = 1
        elif b == len(other):
            order = -1
        else:
            half = 0 if one[a, 0] != other[b, 0] else 1
            order = (one[a, half] > other[b, half]) - (one[a, half] < other[b, half])
        if order <= 0:
            into[a] = count
            a += 1
        if order >= 0:
            other_into[b] = count
            b += 1
        count += 1
    return into, other_into, count


@compiled
def _merge_band(
    values: NDArray[np.uint64],
    rows: NDArray[np.uint32],
    into: NDArray[np.uint32],
    other_values: NDArray[np.uint64],
    other_rows: NDArray[np.uint32],
    other_into: NDArray[np.uint32],
    count: int,
) -> Band:
    """One band of two segments as one, by value and then by content; of equal entries one is left."""
    merged, contents = np.empty(count, dtype=np.uint64), np.empty(count, dtype=np.uint32)
    a, b = 0, 0
    for at in range(count):
        if a == len(values):
            is_own, is_other = False, True
        elif b == len(other_values):
            is_own, is_other = True, False
        elif values[a] != other_values[b]:
            is_own = values[a] < other_values[b]
            is_other = not is_own
        else:
            own, their = into[rows[a]], other_into[other_rows[b]]
            is_own, is_other = own <= their, their <= own
        if is_own:
            merged[at], contents[at] = values[a], into[rows[a]]
            a += 1
        else:
            merged[at], contents[at] = other_values[b], other_into[other_rows[b]]
        if is_other:
            b += 1
    return merged, contents


@compiled
def _find(hashes: Hashes, asked: Hashes) -> NDArray[np.int64]:
    found = np.full(len(asked), -1, dtype=np.int64)
    for place in range(len(asked)):
        low, high = 0, len(hashes)
        while low < high:
            middle = (low + high) // 2
            half = 0 if hashes[middle, 0] != asked[place, 0] else 1
            if hashes[middle, half] < asked[place, half]:
                low = middle + 1
            else:
                high = middle
        if low < len(hashes) and hashes[low, 0] == asked[place, 0] and hashes[low, 1] == asked[place, 1]:
            found[place] = low
    return found
