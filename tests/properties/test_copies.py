"""The law of copies, on made-up corpora: whatever the order and the split, the same pairs, and the same clusters.

That links stay the same when days are published one by one is a law of its own, in test_links.py.
"""

from functools import cache
from itertools import pairwise
from random import Random

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.stories import Story, generate
from pipelines.dedup.candidates import candidate_pairs
from pipelines.dedup.compare import compare, gathered
from pipelines.dedup.index import Segment, Window, build, merge, probe
from pipelines.dedup.link import Copy, link
from pipelines.dedup.near import near_pairs
from pipelines.dedup.signature import content_hashes, content_words, sign

Pairs = dict[tuple[str, str], tuple[float, float]]
WINDOW = 90


@cache
def corpus(seed: int, other: bool) -> list[Story]:
    return list(generate(300, seed, other=other))


cuts = st.lists(st.integers(0, 300), max_size=5)


def at_once(some: list[Story]) -> Pairs:
    found = near_pairs(pa.array([story.body for story in some], pa.string()))
    contents = found.content_hash.to_pylist()
    values = zip(found.similarity.tolist(), found.containment.tolist(), strict=True)
    return {
        (min(contents[a], contents[b]), max(contents[a], contents[b])): value
        for (a, b), value in zip(found.pairs.tolist(), values, strict=True)
    }


def part_by_part(parts: list[list[Story]]) -> Pairs:
    """Each part is compared within itself, asks the index of those before it, and is then taken in by it."""
    history: Segment | None = None
    bodies: dict[str, str] = {}
    asked: set[tuple[str, str]] = set()
    for part in filter(None, parts):
        signed = sign(pa.array([story.body for story in part]))
        contents = signed.content_hash.to_pylist()
        bodies |= dict(zip(contents, (story.body for story in part), strict=True))
        asked |= {(contents[a], contents[b]) for a, b in candidate_pairs(signed.bands).tolist()}
        if history:
            met = probe(history, signed.bands, Window(0, 10))
            known = content_hashes(history.contents.hashes[met[:, 1]]).to_pylist()
            asked |= {(contents[row], other) for row, other in zip(met[:, 0].tolist(), known, strict=True)}
        days = np.full(len(part), 5, dtype=np.int32)
        own = build(content_words(signed.content_hash), days, days, signed.bands)
        history = merge(history, own) if history else own
    portions = gathered({(min(pair), max(pair)) for pair in asked if pair[0] != pair[1]}, 50)
    texts = pa.table({"content_hash": list(bodies), "body": list(bodies.values())})
    return {pair: alike for portion in portions for pair, alike in compare(portion, texts).items()}


def clusters(some: list[Story], pairs: Pairs) -> dict[str, str]:
    signed = sign(pa.array([story.body for story in some]))
    contents = zip(signed.content_hash.to_pylist(), signed.shingle_count.tolist(), strict=True)
    copies = [
        Copy(story.article_id, content, story.published_on, story.published_on, count, story.outlet, None)
        for story, (content, count) in zip(some, contents, strict=True)
    ]
    return {made.article_id: made.cluster_id for made in link(copies, pairs, WINDOW)}


@settings(deadline=None, max_examples=30)  # an example takes a third of a second
@given(st.integers(1, 3), st.booleans(), st.randoms(use_true_random=False), cuts)
def test_any_order_and_any_split_give_the_same_clusters(seed: int, other: bool, random: Random, at: list[int]) -> None:
    some = corpus(seed, other)
    shuffled = random.sample(some, len(some))
    bounds = [0, *sorted(at), len(some)]
    parts = [shuffled[low:high] for low, high in pairwise(bounds)]

    whole, split = at_once(some), part_by_part(parts)

    assert split == at_once(shuffled) == whole
    assert clusters(shuffled, split) == clusters(some, whole)
    assert len(whole) > 20


@pytest.mark.parametrize("other", [False, True])
def test_most_of_what_was_copied_is_found_and_little_else(other: bool) -> None:
    some = list(generate(1000, 9, other=other))
    known = {story.article_id: story.cluster_id for story in some}
    found = clusters(some, at_once(some))

    assert np.mean([known[child] == known[cluster] for child, cluster in found.items()]) > 0.95
    copies = [story for story in some if story.article_id != story.cluster_id]
    assert np.mean([found.get(story.article_id) == story.cluster_id for story in copies]) > 0.9
