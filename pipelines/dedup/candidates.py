"""Which pairs of texts are worth comparing: those that share a band of their MinHash signatures.

Bands compare as plain values, so an index over history is nothing but the sorted values with the row of each;
`sort_bands` makes one, `probe` asks it. Whether a candidate is a copy is for `verify.py` to say.
"""

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


def sort_bands(bands: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], Rows]:
    """The index of (n, b) bands: all values in ascending order and the row of each, equal values by row.

    A value of 0 stands for no band (a text without words) and is left out.
    """
    flat = bands.ravel()
    order = np.argsort(flat, kind="stable")
    order = order[np.count_nonzero(flat == 0) :]
    return flat[order], order // max(bands.shape[1], 1)


def probe(
    query: NDArray[np.uint64], values: NDArray[np.uint64], rows: Rows, row_count: int, cap: int = CAP
) -> NDArray[np.int64]:
    """Pairs (row of the query, row of the index) that share a band: int64 (k, 2), ascending, each once.

    `values` and `rows` are what `sort_bands` made of `row_count` rows; both may be mapped from a file.
    """
    return _collect(query, _starts(query, values), values, rows, row_count, cap, False)


def candidate_pairs(
    bands: NDArray[np.uint64], base: NDArray[np.uint64] | None = None, cap: int = CAP
) -> NDArray[np.int64]:
    """Pairs that share a band: rows i < j of `bands`, or a row of `bands` and one of `base`.

    int64 (k, 2), ascending, each pair once. At most `cap` partners a band: the first in the order of rows.
    """
    values, rows = sort_bands(bands if base is None else base)
    if base is not None:
        return probe(bands, values, rows, len(base), cap)
    later_first = _collect(bands, _starts(bands, values), values, rows, len(bands), cap, True)
    order = np.lexsort((later_first[:, 0], later_first[:, 1]))
    return np.ascontiguousarray(later_first[order, ::-1])


def _starts(query: NDArray[np.uint64], values: NDArray[np.uint64]) -> Rows:
    """Where each band's value begins in the index. Asked in ascending order, which walks the index once."""
    flat = query.ravel()
    order = np.argsort(flat)
    starts = np.empty(flat.shape, dtype=np.int64)
    starts[order] = np.searchsorted(values, flat[order])
    return starts.reshape(query.shape)


@compiled
def _collect(
    query: NDArray[np.uint64],
    starts: Rows,
    values: NDArray[np.uint64],
    rows: Rows,
    row_count: int,
    cap: int,
    only_before: bool,
) -> NDArray[np.int64]:
    """The pairs of each query row; `only_before` keeps those with a lower row than its own.

    `seen` remembers for each row of the index the last query row that met it, so that a pair is taken once.
    """
    seen = np.zeros(row_count, dtype=np.int64)
    found = np.empty((len(query) * 4 + 64, 2), dtype=np.int64)
    used = 0
    for asked in range(len(query)):
        first = used
        for band in range(query.shape[1]):
            value, start = query[asked, band], starts[asked, band]
            for at in range(start, min(start + cap, len(values))):
                row = rows[at]
                if values[at] != value or (only_before and row >= asked):
                    break
                if seen[row] == asked + 1:
                    continue
                seen[row] = asked + 1
                if used == len(found):
                    found = np.concatenate((found, np.empty_like(found)))
                found[used, 0], found[used, 1] = asked, row
                used += 1
        found[first:used, 1].sort()
    return found[:used].copy()
