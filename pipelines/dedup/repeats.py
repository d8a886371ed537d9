"""Which of a sequence of texts have been there before, told by their hashes.

For the paragraphs of one article and the like; copies of whole articles are the business of `link.py`.
"""

from collections.abc import Sequence


def repeats(hashes: Sequence[str]) -> list[int | None]:
    """For each hash the index of the first equal one before it, or None where it is new."""
    first: dict[str, int] = {}
    seen = [first.setdefault(value, index) for index, value in enumerate(hashes)]
    return [None if origin == index else origin for index, origin in enumerate(seen)]
