"""The index of contents by their bands offers what comparing all with all would, however it was put together."""

from itertools import product
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pytest
from numpy.typing import NDArray

from pipelines.dedup.index import Segment, Window, build, find, merge, probe
from pipelines.dedup.signature import content_hashes, content_words, sign

BANDS = 5
ALL = Window(0, 1000)


class Rows(NamedTuple):
    """What an index is built of."""

    hashes: NDArray[np.uint64]
    arrived: NDArray[np.int32]
    published: NDArray[np.int32]
    bands: NDArray[np.uint64]

    def build(self) -> Segment:
        return build(*self)


def some_rows(seed: int, count: int, contents: int = 40, values: int = 60) -> Rows:
    """Rows of few contents, many of them more than once; what bands a content has depends on it alone."""
    random = np.random.default_rng(seed)
    own = random.integers(0, contents, count)
    fixed = np.random.default_rng(99)
    names = fixed.integers(1, 2**63, (contents, 2), dtype=np.uint64)
    names[1::2, 0] = names[::2, 0]  # hashes that differ in their second half alone
    bands = fixed.integers(1, values, (contents, BANDS), dtype=np.uint64) << np.uint64(40)
    days = random.integers(100, 120, (2, count)).astype(np.int32)
    return Rows(names[own], days[0], days[1], bands[own])


def joined(*parts: Rows) -> Rows:
    return Rows(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def offered(segment: Segment, asked: NDArray[np.uint64], window: Window, cap: int = 1000) -> set[tuple[int, bytes]]:
    pairs = probe(segment, asked, window, cap)
    assert np.array_equal(pairs, np.unique(pairs, axis=0))
    return {(row, segment.contents.hashes[content].tobytes()) for row, content in pairs.tolist()}


def spelt_out(rows: Rows, asked: NDArray[np.uint64], window: Window) -> set[tuple[int, bytes]]:
    seen = (rows.published >= window.low) & (rows.published <= window.high) & (rows.arrived != window.skipped)
    return {
        (row, rows.hashes[held].tobytes())
        for row, held in product(range(len(asked)), np.flatnonzero(seen).tolist())
        if (asked[row] == rows.bands[held]).any()
    }


@pytest.mark.parametrize(
    "window", [ALL, Window(105, 112), Window(0, 1000, 107), Window(110, 110, 110), Window(200, 300)]
)
@pytest.mark.parametrize("seed", range(3))
def test_all_contents_of_the_window_that_share_a_band(seed: int, window: Window) -> None:
    rows, asked = some_rows(seed, 120), some_rows(seed + 50, 20).bands
    expected = spelt_out(rows, asked, window)

    assert offered(rows.build(), asked, window) == expected
    assert bool(expected) == (window.low < 200)


@pytest.mark.parametrize("cuts", [[60], [1, 2], [40, 41, 90], [0, 120]])
def test_merged_it_is_what_all_rows_give(cuts: list[int]) -> None:
    rows = some_rows(4, 120)
    parts = [Rows(*(column[low:high] for column in rows)) for low, high in zip([0, *cuts], [*cuts, 120], strict=True)]

    whole = rows.build()
    merged = parts[0].build()
    for part in parts[1:]:
        merged = merge(merged, part.build())

    for one, other in zip(merged.contents, whole.contents, strict=True):
        assert np.array_equal(one, other)
    for band in range(BANDS):
        for one, other in zip(merged.band(band), whole.band(band), strict=True):
            assert np.array_equal(one, other)


def test_taken_in_twice_it_is_the_same() -> None:
    rows = some_rows(5, 50)
    assert all(
        np.array_equal(one, other)
        for one, other in zip(merge(rows.build(), rows.build()).contents, rows.build().contents, strict=True)
    )


def test_contents_are_found_by_their_hash() -> None:
    contents = some_rows(6, 100).build().contents
    lacking = some_rows(6, 100).hashes[:3] + np.uint64(1)

    rows = find(contents, np.concatenate([contents.hashes[::-1], lacking]))

    assert rows.tolist() == [*range(len(contents.hashes))[::-1], -1, -1, -1]


def a_crowd(count: int, cap: int) -> Rows:
    """Contents that share the first band and nothing else, but for the last two, which share two in succession."""
    hashes = np.stack([np.arange(count), np.zeros(count)], axis=1).astype(np.uint64)
    bands = np.arange(1, count * BANDS + 1, dtype=np.uint64).reshape(count, BANDS) << np.uint64(40)
    bands[:, 0] = bands[0, 0]
    bands[-1, 1] = bands[-2, 1]
    days = np.full(count, 100, dtype=np.int32)
    assert count > cap
    return Rows(hashes, days, days, bands)


def test_a_crowd_offers_its_first_and_those_that_share_the_next_band_too() -> None:
    rows = a_crowd(50, 5)
    met = probe(rows.build(), rows.bands[-1:], ALL, cap=5)
    assert met.tolist() == [[0, content] for content in [0, 1, 2, 3, 4, 48, 49]]


def test_a_crowd_out_of_the_window_hides_none_that_is_in_it() -> None:
    rows = a_crowd(50, 5)
    rows.published[:30] = 10
    met = probe(rows.build(), rows.bands[:1], Window(100, 100), cap=5)
    assert met[:, 1].tolist() == [30, 31, 32, 33, 34]


def test_a_text_without_words_meets_none() -> None:
    assert not len(probe(some_rows(7, 10).build(), np.zeros((2, BANDS), dtype=np.uint64), ALL))


def test_an_empty_index_offers_none() -> None:
    empty = Rows(*(column[:0] for column in some_rows(8, 3))).build()
    assert not len(probe(empty, some_rows(8, 3).bands, ALL))
    assert find(empty.contents, some_rows(8, 3).hashes).tolist() == [-1] * 3
    assert len(merge(empty, some_rows(8, 3).build()).contents.hashes) == 3


def test_content_hashes_come_back_from_their_words() -> None:
    hashes = sign(pa.array(["one two three four", "five six", "seven"])).content_hash
    assert content_hashes(content_words(hashes)).equals(hashes)
    assert content_hashes(content_words(hashes.slice(1))).equals(hashes.slice(1))
