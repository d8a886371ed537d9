"""Which pairs of one set of texts are worth comparing: those that share a band of their MinHash signatures.

Candidates in history are index.py's. Whether a candidate is a copy is for `verify.py` to say.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from pipelines.dedup.compiled import compiled

Rows = NDArray[np.int64]

# A value that more than CAP texts share offers each of them only its first CAP, so that thousands of texts
# made from one template cost CAP comparisons each and not thousands. A true copy shares many bands, and a
# story with more than CAP distinct edits still meets its earliest ones. What is left out beyond CAP depends
# on the order of rows: give them in the order of time, so that each text is compared with the earliest. Raise
# it freely, memory and time of crowded values grow in proportion.
CAP = 200

_JOIN = np.uint64(0x9E3779B97F4A7C15)  # odd, so that multiplying loses nothing


def candidate_pairs(bands: NDArray[np.uint64], cap: int = CAP) -> NDArray[np.int64]:
    """Pairs of rows i < j of `bands` that share a band: int64 (k, 2), ascending, each pair once.

    At most `cap` partners a band: the first in the order of rows.
    """
    pairs = np.concatenate([np.empty((0, 2), dtype=np.int64), *candidate_batches(bands, cap)])
    return pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]


def candidate_batches(bands: NDArray[np.uint64], cap: int = CAP, batch: int = 1 << 15) -> Iterator[NDArray[np.int64]]:
    """The pairs of `candidate_pairs`, those of `batch` later rows at a time, so that crowds need not fit into memory.

    Rows of crowded bands are offered partners by their sharper bands too.
    """
    indexes = [(bands, *_index(bands))]
    sharper = _sharpen(*indexes[0], cap)
    if sharper is not None:
        indexes.append((sharper, *_index(sharper)))
    for first in range(0, len(bands), batch):
        some = slice(first, first + batch)
        met = [
            _collect(part[some], starts[some], values, rows, len(bands), first, cap)[:, ::-1]
            for part, values, rows, starts in indexes
        ]
        if len(met) > 1:
            once = np.unique(np.concatenate([pairs[:, 0] * len(bands) + pairs[:, 1] for pairs in met]))
            yield np.stack(np.divmod(once, len(bands)), axis=1)
        else:
            yield np.ascontiguousarray(met[0])


def _index(bands: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], Rows, Rows]:
    """All values in ascending order, the row of each, and where each band's own value begins among them: (n, b).

    Equal values are in the order of rows. A value of 0 stands for no band (a text without words) and is left out.
    """
    flat = bands.ravel()
    order = np.argsort(flat, kind="stable")
    order = order[np.count_nonzero(flat == 0) :]
    values = flat[order]
    begins = np.concatenate([[True], values[1:] != values[:-1]])[: len(values)]
    starts = np.zeros(flat.shape, dtype=np.int64)
    starts[order] = np.maximum.accumulate(np.where(begins, np.arange(len(values)), 0))
    return values, order // max(bands.shape[1], 1), starts.reshape(bands.shape)


def _sharpen(
    bands: NDArray[np.uint64], values: NDArray[np.uint64], rows: Rows, starts: Rows, cap: int
) -> NDArray[np.uint64] | None:
    """Bands for crowds: where each of two bands in succession is shared by more than `cap` rows, both as one.

    In a crowd only its first `cap` rows are everybody's partners; a copy of a later row meets that one here. What is
    not crowded is 0; None where nothing is.
    """
    if len(values) <= cap:
        return None
    beyond = np.minimum(starts + cap, len(values) - 1)
    crowded = (starts + cap < len(values)) & (values[beyond] == bands) & (bands != 0)
    crowded &= np.roll(crowded, -1, axis=1)
    if not crowded.any():
        return None
    return np.where(crowded, bands * _JOIN ^ np.roll(bands, -1, axis=1), np.uint64(0))


@compiled
def _collect(
    query: NDArray[np.uint64],
    starts: Rows,
    values: NDArray[np.uint64],
    rows: Rows,
    row_count: int,
    first_row: int,
    cap: int,
) -> NDArray[np.int64]:
    """The pairs (row, earlier row) of each row of the query, which is the part of the set that begins at `first_row`.

    `seen` remembers for each row of the set the last one that met it, so that a pair is taken once.
    """
    seen = np.zeros(row_count, dtype=np.int64)
    found = np.empty((len(query) * 4 + 64, 2), dtype=np.int64)
    used = 0
    for asked in range(len(query)):
        first, own = used, first_row + asked
        for band in range(query.shape[1]):
            value, start = query[asked, band], starts[asked, band]
            for at in range(start, min(start + cap, len(values))):
                row = rows[at]
                if values[at] != value or row >= own:
                    break
                if seen[row] == asked + 1:
                    continue
                seen[row] = asked + 1
                if used == len(found):
                    found = np.concatenate((found, np.empty_like(found)))
                found[used, 0], found[used, 1] = own, row
                used += 1
        found[first:used, 1].sort()
    return found[:used].copy()
