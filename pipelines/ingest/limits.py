"""How much of a drop is read. What is beyond becomes a reject with the reason too_large."""

from typing import NamedTuple


class Limits(NamedTuple):
    """Bytes of a file as it lies there, and of a document once unpacked.

    The longest news texts seen are under 1 MB; the limits leave room for a year's archive in one JSON lines file while
    a batch of documents still fits in memory.
    """

    file_bytes: int = 128 * 1024 * 1024
    document_bytes: int = 8 * 1024 * 1024
