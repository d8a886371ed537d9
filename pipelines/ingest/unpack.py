"""Packings of one stream: gzip, zstd, bzip2, xz. Archives of many members are archive.py's.

Each may hold several streams in a row, which are one. Nothing is unpacked beyond the room that the file has left.
"""

import gzip
import io
import lzma
import sys
import zlib
from bz2 import BZ2Decompressor
from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol

from pipelines.ingest.limits import Limits
from pipelines.ingest.refused import Refused

_STEP = 1024 * 1024
"""Bytes unpacked at a time: what a bomb may cost beyond the room that is left."""
_DICTIONARY = 128 * 1024 * 1024
"""Memory that a stream may ask for to look back on what it held; the strongest usual levels take 65 MB (xz -9)."""


class Room:
    """What may still be unpacked out of one file: a share of unpacked_bytes that its own size allows for."""

    def __init__(self, limits: Limits, file_bytes: int) -> None:
        by_ratio = max(limits.document_bytes, limits.expansion_ratio * file_bytes)
        self._reason = "bomb" if by_ratio < limits.unpacked_bytes else "too_large"
        self._all = self.left = min(by_ratio, limits.unpacked_bytes)

    def take(self, size: int, name: str) -> None:
        """Counts so many bytes as unpacked, out of what has this name. Raises Refused where they are too many."""
        self.left -= size
        if self.left < 0:
            self.left = 0
            raise Refused(self._reason, f"the file unpacks to more than {self._all} bytes; stopped in {name}")


class Unpacked(NamedTuple):
    """The bytes in a packing and, where it is damaged, what is wrong behind them."""

    data: bytes
    damage: Refused | None


class _Stream(Protocol):
    """What the decompressors for bzip2, xz and zstd have in common."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int) -> bytes: ...


def unpack(packing: str, data: bytes, room: Room) -> Unpacked:
    """What is in the packing. Raises Refused where it is more than there is room for."""
    parts: list[bytes] = []
    chunks, errors = _chunks(packing, data)
    try:
        for chunk in chunks:
            room.take(len(chunk), packing)
            parts.append(chunk)
    except errors as error:
        return Unpacked(b"".join(parts), Refused("damaged_packing", f"{packing}: {error}"))
    return Unpacked(b"".join(parts), None)


def _chunks(packing: str, data: bytes) -> tuple[Iterator[bytes], tuple[type[Exception], ...]]:
    """The unpacked bytes piece by piece, and what taking them may raise where the packing is damaged."""
    if packing == "gzip":
        file = gzip.GzipFile(fileobj=io.BytesIO(data))
        return iter(lambda: file.read1(_STEP), b""), (EOFError, OSError, zlib.error)
    if packing == "bzip2":
        return _streams(data, BZ2Decompressor), (EOFError, OSError)
    if packing == "xz":
        return (
            _streams(data, lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_DICTIONARY)),
            (EOFError, lzma.LZMAError),
        )
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    options: dict[int, int] = {zstd.DecompressionParameter.window_log_max: _DICTIONARY.bit_length() - 1}
    return _streams(data, lambda: zstd.ZstdDecompressor(options=options)), (EOFError, zstd.ZstdError)


def _streams(data: bytes, fresh: Callable[[], _Stream]) -> Iterator[bytes]:
    """Streams one behind the other, with zeros between or behind them as xz and tapes pad.

    Raises EOFError where the last one breaks off, and what `fresh`'s decompressor raises.
    """
    at = 0
    while at < len(data):
        stream, step = fresh(), 4096  # little at first: what a short stream leaves over is copied
        while not stream.eof:
            taken = data[at : at + step] if stream.needs_input else b""
            if stream.needs_input and not taken:
                raise EOFError("the stream ends early")
            at, step = at + len(taken), min(2 * step, _STEP)
            if chunk := stream.decompress(taken, _STEP):
                yield chunk
        at -= len(stream.unused_data)
        while data[at : at + 1] == b"\x00":
            at += 1
