"""The near pairs of one set of texts, from Arrow strings to verified pairs; what follows from them is link.py's.

Equal contents count once, so a million copies cost little more than the first. Held in memory are the bands of all
distinct contents and their shingles: 1.5 times the bytes of their texts.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.dedup.candidates import CAP, candidate_batches
from pipelines.dedup.series import is_series
from pipelines.dedup.signature import sign
from pipelines.dedup.verify import is_near, verify

BATCH_BYTES = 16 << 20  # of text signed at a time


class NearPairs(NamedTuple):
    """What `near_pairs` finds in n texts.

    Attributes:
        content_hash: n hashes, null where a text has no words.
        shingle_count: distinct shingles of each text.
        pairs: (k, 2) rows, both the first of their content, the lesser first: near, and no two issues of a series.
        similarity: Jaccard similarity of each pair's shingles.
        containment: share of the smaller text's shingles in the larger.
    """

    content_hash: pa.ChunkedArray
    shingle_count: NDArray[np.int32]
    pairs: NDArray[np.int64]
    similarity: NDArray[np.float64]
    containment: NDArray[np.float64]


def near_pairs(texts: pa.Array | pa.ChunkedArray, cap: int = CAP) -> NearPairs:
    """Compare all texts of an Arrow array of strings with one another; give them in the order of time.

    A text that shares each of its bands with more than `cap` others may miss a pair: see candidates.py.
    """
    chunked = pa.chunked_array([texts]) if isinstance(texts, pa.Array) else texts
    chunked = chunked.cast(pa.large_string())
    contents, counts, distinct = [], [], _Distinct([], [], [], [])
    seen: set[str | None] = {None}
    start = 0
    for portion in _portions(chunked):
        signed = sign(portion)
        fresh, count = _fresh(signed.content_hash, seen), signed.shingle_count
        distinct.rows.append(np.flatnonzero(fresh) + start)
        distinct.bands.append(signed.bands[fresh])
        distinct.shingles.append(signed.shingles[np.repeat(fresh, count)])
        distinct.counts.append(count[fresh])
        contents.append(signed.content_hash)
        counts.append(count)
        start += len(count)
    found = [(np.empty((0, 2), dtype=np.int64), np.empty(0), np.empty(0))]
    rows, bands, shingles = _joined(distinct.rows), _joined(distinct.bands), _joined(distinct.shingles)
    found += _compare(chunked, rows, bands, shingles, _joined(distinct.counts), cap)
    alike = (np.concatenate(part) for part in zip(*found, strict=True))
    return NearPairs(pa.chunked_array(contents), np.concatenate(counts), *alike)


class _Distinct(NamedTuple):
    """The distinct contents of a set, a portion at a time."""

    rows: list[NDArray[np.int64]]
    bands: list[NDArray[np.uint64]]
    shingles: list[NDArray[np.uint64]]
    counts: list[NDArray[np.int32]]


def _joined(parts: list[Any]) -> Any:
    """The arrays as one. Each is given up once it is copied, so that not all are held twice."""
    end = sum(map(len, parts))
    joined = np.empty((end, *parts[0].shape[1:]), dtype=parts[0].dtype)
    while parts:
        part = parts.pop()
        joined[end - len(part) : end] = part
        end -= len(part)
    return joined


def _compare(
    texts: pa.ChunkedArray,
    rows: NDArray[np.int64],
    bands: NDArray[np.uint64],
    shingles: NDArray[np.uint64],
    counts: NDArray[np.int32],
    cap: int,
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]]:
    """Near pairs of rows, their Jaccard similarity and containment."""
    offsets = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])
    for pairs in candidate_batches(bands, cap):
        jaccard, containment = verify(pairs, shingles, offsets, shingles, offsets)
        near = is_near(jaccard, containment, counts[pairs[:, 0]], counts[pairs[:, 1]])
        pairs, jaccard, containment = rows[pairs[near]], jaccard[near], containment[near]
        copies = ~is_series(texts, pairs, containment)
        yield pairs[copies], jaccard[copies], containment[copies]


def _portions(texts: pa.ChunkedArray) -> Iterator[pa.ChunkedArray]:
    """The texts in order, about BATCH_BYTES at a time; one portion at the least."""
    rows = max(int(len(texts) * BATCH_BYTES / max(texts.nbytes, 1)), 1)
    for start in range(0, max(len(texts), 1), rows):
        yield texts.slice(start, rows)


def _fresh(contents: pa.StringArray, seen: set[str | None]) -> NDArray[np.bool_]:
    """Which of the contents were not seen before; they are then."""
    fresh = np.zeros(len(contents), dtype=bool)
    for row, content in enumerate(contents.to_pylist()):
        if content not in seen:
            seen.add(content)
            fresh[row] = True
    return fresh
