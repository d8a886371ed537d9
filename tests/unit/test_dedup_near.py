"""From texts to near pairs, and that the worst of input costs no more than in proportion."""

import time

import numpy as np
import pyarrow as pa
import pytest

from pipelines.dedup import near
from pipelines.dedup.near import NearPairs, near_pairs

STORY = [f"word{number}" for number in range(300)]


def text(*words: str) -> str:
    return " ".join(words)


def test_equal_contents_are_compared_once() -> None:
    texts = [text(*STORY), text(*STORY[:200]), text(*STORY).upper(), "", text(*STORY[:200])]

    found = near_pairs(pa.array(texts))

    assert found.pairs.tolist() == [[0, 1]]
    assert found.similarity.tolist() == [198 / 298]
    assert found.containment.tolist() == [1]
    assert found.shingle_count.tolist() == [298, 198, 298, 0, 198]
    assert found.content_hash[0] == found.content_hash[2] != found.content_hash[1] == found.content_hash[4]


def test_a_teaser_is_found_by_its_beginning_however_long_its_story() -> None:
    stories = [[f"word{number}of{story}" for number in range(1000)] for story in range(40)]
    texts = [text(*words) for words in stories] + [text(*words[:60]) for words in stories]

    found = near_pairs(pa.array(texts))

    assert sorted(found.pairs.tolist()) == [[story, story + 40] for story in range(40)]


def test_portions_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(3)
    texts = [text(*STORY[low : low + 150]) for low in rng.integers(0, 150, 60)] + ["", "one"] * 5
    whole = near_pairs(pa.array(texts))
    monkeypatch.setattr(near, "BATCH_BYTES", 3000)

    portions = near_pairs(pa.chunked_array([texts[:7], [], texts[7:]], pa.string()))

    assert len(whole.pairs) > 100
    assert portions.content_hash.to_pylist() == whole.content_hash.to_pylist()
    assert all(np.array_equal(a, b) for a, b in zip(portions[1:], whole[1:], strict=True))


def test_no_text_at_all() -> None:
    for nothing in (pa.array([], pa.string()), pa.chunked_array([], pa.large_string())):
        found = near_pairs(nothing)
        assert (len(found.content_hash), found.pairs.shape, found.similarity.shape) == (0, (0, 2), (0,))


def cost(texts: pa.Array) -> tuple[float, NearPairs]:
    near_pairs(pa.array(["compiles"]))
    began = time.process_time()
    found = near_pairs(texts)
    return time.process_time() - began, found


def test_a_hundred_thousand_of_the_same_or_of_nothing() -> None:
    """In proportion a million takes ten times as long: some ten seconds."""
    for same in ("", "word", text(*STORY[:100])):
        seconds, found = cost(pa.array([same] * 100_000))
        assert len(found.pairs) == 0
        assert seconds < 10  # takes half a second to one


def test_a_hundred_thousand_of_one_word_each() -> None:
    seconds, found = cost(pa.array([f"word{number}" for number in range(100_000)]))

    assert len(found.pairs) == 0
    assert seconds < 20  # takes two


def test_a_giant_among_small_ones() -> None:
    giant = " ".join(str(number) for number in range(1_000_000))
    seconds, found = cost(pa.array([text(*STORY), giant, text(*STORY[20:])]))

    assert found.pairs.tolist() == [[0, 2]]
    assert seconds < 10  # takes one
