"""What a copy is to the article it was made from: an excerpt, an update or a near copy; equal words are `exact`."""

import numpy as np
from numpy.typing import NDArray

# An excerpt is shorter by a fifth at least and has nine tenths of its shingles from its parent: a cut leaves one broken
# shingle, a credit or a site's line adds some.
EXCERPT_LENGTH = 0.8
EXCERPT_CONTAINED = 0.9


def relations(
    containment: NDArray[np.float64],
    count: NDArray[np.integer],
    parent_count: NDArray[np.integer],
    same_source: NDArray[np.bool_],
) -> NDArray[np.str_]:
    """The relation of each near copy to its parent.

    Args:
        containment: of the pair, as `verify` gives it.
        count: distinct shingles of the copy.
        parent_count: distinct shingles of its parent.
        same_source: whether both are of one outlet, or name one agency as theirs.
    """
    within_parent = containment * np.minimum(count, parent_count) / np.maximum(count, 1)
    excerpt = (count <= EXCERPT_LENGTH * parent_count) & (within_parent >= EXCERPT_CONTAINED)
    return np.where(excerpt, "excerpt", np.where(same_source, "update", "near"))
