"""Issues of a series told from copies: reports from one template, whose news are the figures and names.

Yesterday's market report and today's share their words. Where blanking figures, or figures and names, makes two texts
much more alike, and few of those are common to both, they are two issues and no copies. An update of a story keeps most
of its figures and names, and has few of them between its words. Nothing of this is stored.
"""

from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.dedup.kernels import blank_bytes
from pipelines.dedup.signature import text_bytes
from pipelines.dedup.verify import count_shared, verify

# Tuned with those of verify.py. GAIN: how much more of the smaller text lies in the other once blanked; .09 and more in
# 99 of 100 pairs of issues, .065 and less in 99 of 100 of a copy or update and its story. SHARED: issues have a lesser
# share of their values in common. A flash with three new figures is an update, so more have to be new: CHANGED values
# that the other text lacks, or GAINED shingles that come with blanking, for small figures recur in other places. Of
# 119,722 pairs of copies among 100,000 stories (seed 5) GAINED parts two, of 387 pairs of issues that CHANGED left 354.
GAIN = 0.08
SHARED = 0.85
CHANGED = 4
GAINED = 10


class Hashes(NamedTuple):
    """Hashes of n texts, sorted and unique in each: those of text i are values[ends[i]:ends[i + 1]]."""

    values: NDArray[np.uint64]
    ends: NDArray[np.int64]


def blanks(texts: pa.Array | pa.ChunkedArray, *, names: bool) -> Hashes:
    """The figures of an Arrow array of strings, and the names too if asked for."""
    return _blank(texts, names, framed=False)


def frames(texts: pa.Array | pa.ChunkedArray, *, names: bool) -> Hashes:
    """The three words running of what is left when each figure, or name, is one blank word."""
    return _blank(texts, names, framed=True)


def is_series(
    texts: pa.Array | pa.ChunkedArray, pairs: NDArray[np.int64], containment: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Which pairs of rows of `texts` are issues of one series, given the containment of their shingles."""
    series = np.zeros(len(pairs), dtype=bool)
    open_ = np.flatnonzero(containment <= 1 - GAIN)  # to others blanking cannot add so much
    for names in (False, True):
        asked = open_[~series[open_]]
        some, own = _taken(texts, pairs[asked])
        values = blanks(some, names=names)
        count = np.diff(values.ends)[own].min(axis=1)
        shared = count_shared(own, *values, *values)
        is_other = shared < SHARED * count
        asked, changed = asked[is_other], (count - shared)[is_other]
        some, own = _taken(texts, pairs[asked])
        framed = frames(some, names=names)
        gain = verify(own, *framed, *framed)[1] - containment[asked]
        gained = gain * np.diff(framed.ends)[own].min(axis=1)
        series[asked] = (gain >= GAIN) & ((changed >= CHANGED) | (gained >= GAINED))
    return series


def _taken(texts: pa.Array | pa.ChunkedArray, pairs: NDArray[np.int64]) -> tuple[pa.ChunkedArray, NDArray[np.int64]]:
    """The texts that occur in the pairs, and the pairs as rows of those.

    Taken chunk by chunk: Arrow's own `take` would first copy all chunks into one.
    """
    wanted, places = np.unique(pairs, return_inverse=True)
    parts, start = [], 0
    for chunk in texts.chunks if isinstance(texts, pa.ChunkedArray) else [texts]:
        low, high = np.searchsorted(wanted, [start, start + len(chunk)])
        parts.append(chunk.take(pa.array(wanted[low:high] - start)))
        start += len(chunk)
    return pa.chunked_array(parts, texts.type), places.reshape(pairs.shape)


def _blank(texts: pa.Array | pa.ChunkedArray, names: bool, *, framed: bool) -> Hashes:
    data, starts = text_bytes(texts)
    ends = np.zeros(len(starts), dtype=np.int64)
    return Hashes(blank_bytes(data, starts, names, framed, ends), ends)
