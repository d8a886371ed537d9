"""How alike pairs of contents are: signs their texts and verifies every pair exactly.

Which pairs to ask about is candidates.py's, what follows from the answer link.py's.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from pipelines.dedup.signature import sign
from pipelines.dedup.verify import verify


class Comparison(NamedTuple):
    """Two contents, the smaller hash first: Jaccard similarity and containment of their 3-word shingles."""

    content_a: str
    content_b: str
    similarity: float
    containment: float


def compare(bodies: Mapping[str, str], pairs: Iterable[tuple[str, str]]) -> list[Comparison]:
    """Compares each pair of content hashes; `bodies` holds a text for every hash that occurs."""
    ordered = sorted({(min(pair), max(pair)) for pair in pairs})
    if not ordered:
        return []
    signed = sign(pa.array(bodies.values(), type=pa.large_string()))
    row = {content: index for index, content in enumerate(bodies)}
    indexes = np.array([(row[a], row[b]) for a, b in ordered], dtype=np.int64)
    jaccard, containment = verify(indexes, signed.shingles, signed.offsets, signed.shingles, signed.offsets)
    return [
        Comparison(a, b, similarity, contained)
        for (a, b), similarity, contained in zip(ordered, jaccard.tolist(), containment.tolist(), strict=True)
    ]
