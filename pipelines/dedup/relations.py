"""What a copy is to the article it was made from: an excerpt, an update or a near copy; equal words are `exact`.

What an update adds to its parent is told by added.py.
"""

# An excerpt is shorter by a fifth at least and has nine tenths of its shingles from its parent: a cut leaves one broken
# shingle, a credit or a site's line adds some.
EXCERPT_LENGTH = 0.8
EXCERPT_CONTAINED = 0.9


def relation(containment: float, count: int, parent_count: int, *, same_source: bool) -> str:
    """The relation of a near copy to its parent: excerpt, update or near.

    Args:
        containment: of the pair, as `verify` gives it.
        count: distinct shingles of the copy.
        parent_count: distinct shingles of its parent.
        same_source: whether both are of one outlet, or name one agency as theirs.
    """
    within_parent = containment * min(count, parent_count) / max(count, 1)
    if count <= EXCERPT_LENGTH * parent_count and within_parent >= EXCERPT_CONTAINED:
        return "excerpt"
    return "update" if same_source else "near"
