"""Candidates: every pair that shares a band is found once, and crowds stay affordable."""

import time
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from pipelines.dedup.candidates import CAP, candidate_batches, candidate_pairs

Bands = NDArray[np.uint64]


def some_bands(seed: int, rows: int, values: int = 40) -> Bands:
    """Bands with many accidental matches, some of them in several bands, some rows without any."""
    bands = np.random.default_rng(seed).integers(1, values, size=(rows, 5), dtype=np.uint64)
    bands[::7] = 0
    return bands


def shares(one: Bands, other: Bands) -> bool:
    return bool((set(one.tolist()) & set(other.tolist())) - {0})


@pytest.mark.parametrize("seed", range(5))
def test_within_a_set_all_pairs_that_share_a_band_and_no_others(seed: int) -> None:
    bands = some_bands(seed, 60, values=400)
    expected = [[i, j] for i, j in combinations(range(60), 2) if shares(bands[i], bands[j])]

    found = candidate_pairs(bands)

    assert found.tolist() == expected
    assert found.dtype == np.int64
    assert len(expected) > 10


def test_nothing_to_compare() -> None:
    assert candidate_pairs(np.zeros((0, 42), dtype=np.uint64)).shape == (0, 2)


def test_texts_without_words_are_nobodys_candidates() -> None:
    assert candidate_pairs(np.zeros((4, 42), dtype=np.uint64)).shape == (0, 2)


def test_beyond_the_cap_only_the_first_rows_of_a_crowd_are_partners() -> None:
    crowd = np.full((7, 2), 5, dtype=np.uint64)
    crowd[:, 1] = [11, 12, 13, 14, 15, 16, 16]

    within = candidate_pairs(crowd, cap=2).tolist()

    first_two = [[0, j] for j in range(1, 7)] + [[1, j] for j in range(2, 7)]
    assert within == [*first_two, [5, 6]]  # the last two meet in a band of their own


def test_two_late_members_of_two_crowds_meet_where_both_are_taken_as_one() -> None:
    lone = np.arange(100, 108, dtype=np.uint64)
    first, second = np.full(10, 5, dtype=np.uint64), np.full(10, 6, dtype=np.uint64)
    first[4:8], second[:4] = lone[:4], lone[4:]  # rows 8 and 9 are in both crowds, beyond the first three of each

    found = candidate_pairs(np.stack([first, second], axis=1), cap=3).tolist()

    assert [8, 9] in found
    assert [3, 8] not in found


@pytest.mark.parametrize("batch", [1, 7, 1000])
def test_batches_give_the_pairs_of_the_whole(batch: int) -> None:
    bands = some_bands(3, 60, values=20)

    batches = list(candidate_batches(bands, cap=4, batch=batch))

    assert sorted(np.concatenate(batches).tolist()) == candidate_pairs(bands, cap=4).tolist()
    assert len(batches) == -(-60 // batch)


def test_thousands_of_the_same_cost_in_proportion_to_their_number() -> None:
    one = np.random.default_rng(1).integers(1, 2**63, size=(1, 42), dtype=np.uint64)
    candidate_pairs(np.repeat(one, 3, axis=0))  # compiles

    began = time.process_time()
    found = candidate_pairs(np.repeat(one, 5000, axis=0))

    assert len(found) == 5000 * CAP - CAP * (CAP + 1) // 2
    assert time.process_time() - began < 5  # takes .3 seconds; all pairs in all bands would be 525 million
