"""What deduplication knows of a text: content hash, shingles and MinHash bands, and the bands as Arrow.

The loops are in `kernels.py`. Comparing signatures is the business of `candidates.py` (which pairs to look
at) and `verify.py` (how alike two texts are).
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.dedup.kernels import BANDS, sign_bytes


@dataclass(frozen=True)
class Signatures:
    """The signatures of n texts, in their order.

    Attributes:
        content_hash: 32 hexadecimal digits for the sequence of words, case and punctuation aside; null where
            the text has none. Fast, not cryptographic: who wants two texts to collide can make them.
        bands: (n, 42) band hashes; a row of zeros where the text has no word.
        shingles: the hashes of three words running, all texts one after another, sorted and unique in each.
        offsets: n + 1 positions; the shingles of text i are shingles[offsets[i]:offsets[i + 1]].
    """

    content_hash: pa.StringArray
    bands: NDArray[np.uint64]
    shingles: NDArray[np.uint64]
    offsets: NDArray[np.int64]

    @property
    def shingle_count(self) -> NDArray[np.int32]:
        """The count of distinct shingles of each text."""
        return np.diff(self.offsets).astype(np.int32)


def sign(texts: pa.Array | pa.ChunkedArray) -> Signatures:
    """Sign an Arrow array of strings; a null counts as an empty text.

    Shingles take 1.3 times the bytes of the text and all stay in memory: pass a long table batch by batch.
    """
    data, starts = text_bytes(texts)
    count = len(starts) - 1
    content = np.zeros((count, 2), dtype=np.uint64)
    bands = np.zeros((count, BANDS), dtype=np.uint64)
    offsets = np.zeros(count + 1, dtype=np.int64)
    shingles = sign_bytes(data, starts, content, bands, offsets)
    return Signatures(content_hashes(content, np.diff(offsets) > 0), bands, shingles, offsets)


def bands_to_arrow(bands: NDArray[np.uint64]) -> pa.ListArray:
    """Band hashes as Arrow list<uint64>; a text without words has an empty list."""
    filled = bands.any(axis=1)
    offsets = np.concatenate([[0], np.cumsum(filled * BANDS)]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), pa.array(bands[filled].ravel()))


def bands_from_arrow(lists: pa.Array | pa.ChunkedArray) -> NDArray[np.uint64]:
    """Band hashes out of Arrow lists of 42; an empty list or a null gives a row of zeros.

    Raises:
        ValueError: a list of another length, made with other constants.
    """
    chunks = lists.chunks if isinstance(lists, pa.ChunkedArray) else [lists]
    lengths = np.concatenate([[0], *(chunk.value_lengths().fill_null(0).to_numpy() for chunk in chunks)])[1:]
    if not np.isin(lengths, (0, BANDS)).all():
        raise ValueError(f"a signature has {BANDS} bands; found {sorted(set(lengths.tolist()))}")
    bands = np.zeros((len(lengths), BANDS), dtype=np.uint64)
    values = [chunk.flatten().to_numpy() for chunk in chunks]
    bands[lengths > 0] = np.concatenate([np.empty(0, dtype=np.uint64), *values]).reshape(-1, BANDS)
    return bands


def text_bytes(texts: pa.Array | pa.ChunkedArray) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """The UTF-8 bytes and the n + 1 offsets into them: where the array is one chunk, views of its memory."""
    texts = texts.cast(pa.large_string())  # copies no text, only widens offsets
    if isinstance(texts, pa.ChunkedArray):
        texts = texts.combine_chunks()
    if texts.null_count:
        texts = texts.fill_null("")
    _, offsets, data = texts.buffers()
    starts = np.frombuffer(offsets or bytes(8), dtype=np.int64)[texts.offset : texts.offset + len(texts) + 1]
    return np.frombuffer(data or b"", dtype=np.uint8), starts


def content_hashes(words: NDArray[np.uint64], present: NDArray[np.bool_] | None = None) -> pa.StringArray:
    """Rows of two 64-bit numbers as 32 digits each; null where not present."""
    digits = words.astype(">u8").tobytes().hex().encode("ascii")
    offsets = np.arange(len(words) + 1, dtype=np.int32) * 32
    bitmap = None if present is None else pa.py_buffer(np.packbits(present, bitorder="little"))
    return pa.StringArray.from_buffers(len(words), pa.py_buffer(offsets), pa.py_buffer(digits), bitmap)


def content_words(hashes: pa.Array | pa.ChunkedArray) -> NDArray[np.uint64]:
    """Content hashes, none of them null, as rows of two 64-bit numbers: what `content_hashes` was given."""
    data, starts = text_bytes(hashes)
    digits = data[starts[0] : starts[-1]].tobytes().decode("ascii")
    return np.frombuffer(bytes.fromhex(digits), dtype=">u8").astype(np.uint64).reshape(-1, 2)
