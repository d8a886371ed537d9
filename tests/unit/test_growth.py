"""The measure of linear work tells squared work from it, whatever a step costs."""

import pytest

from tests import growth


@pytest.mark.parametrize("step", [1e-7, 1e-3])
@pytest.mark.parametrize(("power", "expected"), [(1, True), (1.5, True), (2, False), (3, False)])
def test_squared_work_is_not_linear(monkeypatch, step, power, expected):
    spent = [0.0]
    monkeypatch.setattr(growth.time, "process_time", lambda: spent[0])

    def work(size):
        spent[0] += step * size**power

    assert growth.is_linear(work, 10_000) is expected
