"""How alike pairs of contents are, and whether that makes them copies: signs their texts, verifies every pair exactly.

Which pairs to ask about is candidates.py's, what follows from the answer link.py's.
"""

from collections.abc import Iterable, Iterator, Mapping
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


def gathered(pairs: Iterable[tuple[str, str]], most: int) -> Iterator[list[tuple[str, str]]]:
    """The pairs in portions in which at most `most` contents occur (two at the least).

    Pairs of contents that are alike stand together, so that few contents occur in two portions: reading and signing
    their texts is what comparing costs.
    """
    ordered = sorted(pairs)
    flat = pa.array([content for pair in ordered for content in pair], pa.string()).dictionary_encode()
    a, b = flat.indices.to_numpy().reshape(-1, 2).T
    first = np.arange(len(flat.dictionary))  # the least content of its surroundings; two steps reach a series' core
    for _ in range(2):
        np.minimum.at(first, a, first[b])
        np.minimum.at(first, b, first[a])
    some: list[tuple[str, str]] = []
    held: set[str] = set()
    for at in np.lexsort((b, a, first[a])).tolist():
        pair = ordered[at]
        if len(held) + sum(content not in held for content in pair) > most:
            yield some
            some, held = [], set()
        some.append(pair)
        held.update(pair)
    if some:
        yield some
