"""A few kills, so that the trial itself stays well; `make chaos` has the hundred."""

import argparse

import pytest

from tests.chaos.run import trial

pytestmark = pytest.mark.slow


def test_nothing_is_lost_when_runs_are_killed(tmp_path):
    options = argparse.Namespace(kills=5, daemon_kills=0, seed=11, drops=300, pause=0.5)
    report = trial(tmp_path, options)
    assert sum(report.kills.values()) == 5
    assert report.breaches == []
