"""How alike two texts are, exactly, from the sorted shingles of both, and how alike copies are.

Candidates come from `candidates.py`; what a copy is linked to is the business of `link.py`.
"""

import numpy as np
from numpy.typing import NDArray

from pipelines.dedup.compiled import compiled

# Tuned on 2 x 20,000 stories (benchmarks/stories.py, seed 5) and 20,000 drops (benchmarks/corpus.py), together with the
# veto of series.py, which takes care of reports from one template. Pairwise F1 with containment .50, .55, .60, .65:
# .994, .994, .994, .987 for newsroom edits; .993, .993, .986, .978 for slips and rewording; on the drops .55 and more
# gave 1.000, .50 and less .995. Stories that quote 15-30 % of another end at .40. Jaccard .4 and .5 made no difference.
NEAR_JACCARD = 0.5
NEAR_CONTAINMENT = 0.55
# Containment says little of a short text: a caption or a line of furniture lies in many articles whole.
CONTAINED_SHINGLES = 20


def verify(
    pairs: NDArray[np.int64],
    shingles_a: NDArray[np.uint64],
    offsets_a: NDArray[np.int64],
    shingles_b: NDArray[np.uint64],
    offsets_b: NDArray[np.int64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Jaccard similarity and containment of each pair (row in a, row in b) of two sets of signatures.

    Jaccard is the share of common shingles among those of either text, containment their share in the text
    that has fewer; both are 0 where a text has none. For pairs within one set pass its arrays twice.
    """
    shared = count_shared(pairs, shingles_a, offsets_a, shingles_b, offsets_b)
    count_a, count_b = np.diff(offsets_a)[pairs[:, 0]], np.diff(offsets_b)[pairs[:, 1]]
    jaccard = shared / np.maximum(count_a + count_b - shared, 1)
    containment = shared / np.maximum(np.minimum(count_a, count_b), 1)
    return jaccard, containment


def is_near(
    jaccard: NDArray[np.float64],
    containment: NDArray[np.float64],
    count_a: NDArray[np.integer],
    count_b: NDArray[np.integer],
) -> NDArray[np.bool_]:
    """Which pairs are near-duplicates, given their likeness and the shingle counts of both texts."""
    contained = (containment >= NEAR_CONTAINMENT) & (np.minimum(count_a, count_b) >= CONTAINED_SHINGLES)
    near: NDArray[np.bool_] = (jaccard >= NEAR_JACCARD) | contained
    return near


def count_shared(
    pairs: NDArray[np.int64],
    hashes_a: NDArray[np.uint64],
    offsets_a: NDArray[np.int64],
    hashes_b: NDArray[np.uint64],
    offsets_b: NDArray[np.int64],
) -> NDArray[np.int64]:
    """How many hashes each pair (row in a, row in b) has in common; those of a row are sorted and unique."""
    return _count_shared(np.ascontiguousarray(pairs), hashes_a, offsets_a, hashes_b, offsets_b)


@compiled
def _count_shared(
    pairs: NDArray[np.int64],
    shingles_a: NDArray[np.uint64],
    offsets_a: NDArray[np.int64],
    shingles_b: NDArray[np.uint64],
    offsets_b: NDArray[np.int64],
) -> NDArray[np.int64]:
    """The count of common shingles of each pair, by merging; comparisons add up instead of branching."""
    shared = np.zeros(len(pairs), dtype=np.int64)
    for pair in range(len(pairs)):
        row_a, row_b = pairs[pair, 0], pairs[pair, 1]
        at_a, end_a = offsets_a[row_a], offsets_a[row_a + 1]
        at_b, end_b = offsets_b[row_b], offsets_b[row_b + 1]
        common = 0
        while at_a < end_a and at_b < end_b:
            a, b = shingles_a[at_a], shingles_b[at_b]
            at_a += a <= b
            at_b += b <= a
            common += a == b
        shared[pair] = common
    return shared
