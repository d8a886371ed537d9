"""How alike pairs of contents are, and whether that makes them copies: signs their texts, verifies every pair exactly.

Which pairs to ask about is candidates.py's, what follows from the answer link.py's.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from pipelines.dedup.series import is_series
from pipelines.dedup.signature import sign
from pipelines.dedup.verify import is_near, verify


class Comparison(NamedTuple):
    """Two contents, the smaller hash first: Jaccard similarity and containment of their 3-word shingles.

    `is_near` says whether one is a copy of the other: they are alike enough, and no two issues of a series.
    """

    content_a: str
    content_b: str
    similarity: float
    containment: float
    is_near: bool


def compare(bodies: Mapping[str, str], pairs: Iterable[tuple[str, str]]) -> list[Comparison]:
    """Compares each pair of content hashes; `bodies` holds a text for every hash that occurs."""
    ordered = sorted({(min(pair), max(pair)) for pair in pairs})
    if not ordered:
        return []
    texts = pa.array(bodies.values(), type=pa.large_string())
    signed = sign(texts)
    row = {content: index for index, content in enumerate(bodies)}
    indexes = np.array([(row[a], row[b]) for a, b in ordered], dtype=np.int64)
    jaccard, containment = verify(indexes, signed.shingles, signed.offsets, signed.shingles, signed.offsets)
    near = is_near(jaccard, containment, *signed.shingle_count[indexes].T)
    near[near] = ~is_series(texts, indexes[near], containment[near])
    values = (jaccard.tolist(), containment.tolist(), near.tolist())
    return [Comparison(*pair, *value) for pair, *value in zip(ordered, *values, strict=True)]
