"""What a run says of the time that compiling took."""

import numba
import pytest

from assets import dedup

pytestmark = pytest.mark.slow


def test_a_run_says_what_compiling_cost(house, monkeypatch):
    kernel, true_sign = numba.njit(lambda number: number + 1), dedup.sign

    def sign(texts):
        kernel(len(texts))
        return true_sign(texts)

    monkeypatch.setattr(dedup, "sign", sign)
    house.drop("post/2020-02-04/a.txt", "Hives go to sea\n\nForty hives were carried to the cliffs on Monday.\n")
    assert not house.publish().problems
    told = [line for line in house.listener.lines if line.startswith("Compiling dedup kernels")]
    assert len(told) == 1, "one line a run, however many kernels were compiled in it"
