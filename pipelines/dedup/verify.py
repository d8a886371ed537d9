"""How alike two texts are, exactly, from the sorted shingles of both, and how alike copies are.

Candidates come from `candidates.py`; what a copy is linked to is the business of `link.py`.
"""

import numpy as np
from numpy.typing import NDArray

from pipelines.dedup.compiled import compiled

# Tuned together on 3 x 10,000 generated drops (benchmarks/corpus.py), page furniture included, of which a tenth to
# four tenths are copies, some cut to 50-70 %. False friends: stories that quote 15-30 % of another, reports from one
# template, and each such report again with all its figures changed. Pairwise F1 was .9996, with containment .60
# .9978 and with .75 .9987; on two seeds not tuned on, .9996. Of the copies 97-99 % have Jaccard .5 and 99.99 %
# containment .65; the false friends end at .52 and .69, without the changed figures at .34 and .64. No veto on
# figures: a story whose figures are all new keeps Jaccard .54 and more, so it would part an update from its story.
NEAR_JACCARD = 0.5
NEAR_CONTAINMENT = 0.65
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
    shared = _count_shared(np.ascontiguousarray(pairs), shingles_a, offsets_a, shingles_b, offsets_b)
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
