"""Short forms of one article with the places at which their full names stand; used by people and organisations."""

from bisect import bisect_left
from typing import Generic, TypeVar

T = TypeVar("T")


class Aliases(Generic[T]):
    """Short forms in order of the offsets at which their full names stand. Linear in what is entered."""

    def __init__(self) -> None:
        self._at: dict[str, list[int]] = {}
        self._what: dict[str, list[T]] = {}

    def add(self, alias: str, at: int, what: T) -> None:
        """Enter a form; of one offset the first counts."""
        offsets = self._at.setdefault(alias, [])
        i = bisect_left(offsets, at)
        if i == len(offsets) or offsets[i] != at:
            offsets.insert(i, at)
            self._what.setdefault(alias, []).insert(i, what)

    def nearest(self, alias: str, at: int) -> tuple[T, bool] | None:
        """The last one entered before an offset, else the first after it, and whether it was before."""
        offsets = self._at.get(alias)
        if not offsets:
            return None
        i = bisect_left(offsets, at)
        return (self._what[alias][i - 1], True) if i else (self._what[alias][0], False)

    def recent(self, alias: str, at: int, most: int) -> tuple[list[T], bool]:
        """Up to `most` different ones entered before an offset, the latest first; else after it; and which."""
        offsets = self._at.get(alias, [])
        i = bisect_left(offsets, at)
        what = self._what.get(alias, [])
        pool = reversed(what[max(0, i - 4 * most) : i]) if i else iter(what[: 4 * most])
        return list(dict.fromkeys(pool))[:most], i > 0
