"""What a run says of the time that compiling took."""

import numba

from assets import dedup


def test_a_run_says_what_compiling_cost(house, monkeypatch):
    kernel, true_sign = numba.njit(lambda number: number + 1), dedup.sign

    def sign(texts):
        kernel(len(texts))
        return true_sign(texts)

    monkeypatch.setattr(dedup, "sign", sign)
    house.drop("post/2020-02-04/a.txt", "Hives go to sea\n\nForty hives were carried to the cliffs on Monday.\n")
    assert not house.publish().problems
    house.drop("post/2020-02-05/b.txt", "Hives come home\n\nForty hives were carried home on Tuesday by boat.\n")
    assert not house.publish().problems
    assert [line.startswith("Compiling dedup kernels, ") for line in house.listener.lines].count(True) == 1
