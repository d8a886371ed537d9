"""How much of a drop is read. What is beyond becomes a reject with a reason of its own for each limit."""

from collections.abc import Mapping
from typing import Any, NamedTuple, Self


class Limits(NamedTuple):
    """What one file may cost.

    The longest news texts seen are under 1 MB; the limits leave room for a year's archive in one file while a batch
    of documents still fits in memory.
    """

    file_bytes: int = 128 * 1024 * 1024
    """Of a file as it lies there (too_large)."""
    document_bytes: int = 8 * 1024 * 1024
    """Of a document once unpacked (too_large)."""
    unpacked_bytes: int = 512 * 1024 * 1024
    """Of all that is unpacked out of one file (too_large)."""
    expansion_ratio: int = 200
    """Times its own size that a file may unpack to, once that is more than one document's worth (bomb). News in gzip
    has 3 to 10, the same story a thousand times over some 100; a bomb has 1,000 and more."""
    members: int = 250_000
    """Of an archive, and records of any other file that holds many documents (too_many_members)."""
    nesting: int = 4
    """Packings and archives inside one another: a .gz in a .zip in a .tar.gz has four (nested_too_deep)."""
    document_seconds: float = 30.0
    """CPU time for reading one document (too_slow)."""

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> Self:
        """The limits with these set. Raises ValueError with one line for a name or value that can't be."""
        for name, value in mapping.items():
            if name not in cls._fields:
                raise ValueError(f"there is no limit {name!r}; there are {', '.join(cls._fields)}")
            kinds = (int, float) if name == "document_seconds" else (int,)
            if isinstance(value, bool) or not isinstance(value, kinds) or not 0 < value < float("inf"):
                raise ValueError(f"limit {name} is {value!r}, which is no number above 0")
        return cls(**mapping)
