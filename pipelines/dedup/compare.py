"""How alike pairs of contents are, and whether that makes them copies: signs their texts, verifies every pair exactly.

Which pairs to ask about is candidates.py's, what follows from the answer link.py's.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipelines.dedup.series import is_series
from pipelines.dedup.signature import sign
from pipelines.dedup.verify import is_near, verify

Pair = tuple[str, str]
"""Two content hashes, the smaller first."""


class Portion(NamedTuple):
    """Some contents, in the order of their hashes, and k pairs (k, 2) of their rows, the lesser first."""

    contents: pa.StringArray
    pairs: NDArray[np.int64]


def compare(portion: Portion, bodies: pa.Table) -> dict[Pair, tuple[float, float]]:
    """The portion's near pairs: Jaccard similarity of their 3-word shingles, and containment of the smaller text's.

    Near are texts that are alike enough and no two issues of a series. `bodies` has a row (content_hash, body) for each
    of the portion's contents, in any order.
    """
    contents, pairs = portion
    texts, rows = bodies["body"], pc.index_in(contents, bodies["content_hash"]).to_numpy()[pairs]
    signed = sign(texts)
    jaccard, containment = verify(rows, signed.shingles, signed.offsets, signed.shingles, signed.offsets)
    near = is_near(jaccard, containment, *signed.shingle_count[rows].T)
    near[near] = ~is_series(texts, rows[near], containment[near])
    names = (contents.take(pa.array(side)).to_pylist() for side in pairs[near].T)
    alike = (values[near].tolist() for values in (jaccard, containment))
    return dict(zip(zip(*names, strict=True), zip(*alike, strict=True), strict=True))


def gathered(pairs: Iterable[Pair], most: int) -> Iterator[Portion]:
    """The pairs in portions in which at most `most` contents occur (two at the least).

    Pairs of contents that are alike stand together, so that few contents occur in two portions: reading and signing
    their texts is what comparing costs.
    """
    flat = pa.array([content for pair in pairs for content in pair], pa.string()).dictionary_encode()
    order = pc.sort_indices(flat.dictionary)
    contents = flat.dictionary.take(order)
    a, b = np.argsort(order.to_numpy())[flat.indices.to_numpy()].reshape(-1, 2).T
    first = np.arange(len(contents))  # the least content of its surroundings; two steps reach a series' core
    for _ in range(2):
        np.minimum.at(first, a, first[b])
        np.minimum.at(first, b, first[a])
    ordered = np.stack([a, b], axis=1)[np.lexsort((b, a, first[a]))]
    held: set[int] = set()
    start = 0
    for at, pair in enumerate(ordered.tolist()):
        if len(held) + sum(content not in held for content in pair) > most:
            yield _portion(contents, ordered[start:at])
            start, held = at, set()
        held.update(pair)
    if held:
        yield _portion(contents, ordered[start:])


def _portion(contents: pa.StringArray, pairs: NDArray[np.int64]) -> Portion:
    rows, places = np.unique(pairs, return_inverse=True)
    return Portion(contents.take(pa.array(rows)), places.reshape(-1, 2))
