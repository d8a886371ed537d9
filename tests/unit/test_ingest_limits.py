"""Limits and fields from a configuration: what it names is set, a slip is one line. And the time limit."""

import signal
import threading
import time

import pytest

from pipelines.ingest.fields import DEFAULT_FIELDS, Fields
from pipelines.ingest.limits import Limits
from pipelines.ingest.patience import TooSlow, within


def spin(seconds):
    """Uses so many seconds of CPU time."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def test_limits_are_those_named_and_the_defaults():
    assert Limits.from_mapping({}) == Limits()
    assert Limits.from_mapping({"members": 5, "document_seconds": 0.5}) == Limits(members=5, document_seconds=0.5)


@pytest.mark.parametrize(
    "mapping",
    [{"member": 5}, {"members": "5"}, {"members": 0}, {"members": True}, {"members": 1.5}, {"members": None},
     {"document_seconds": float("nan")}, {"document_seconds": -1}],
)  # fmt: skip
def test_a_slip_in_the_limits_is_one_line_that_names_it(mapping):
    with pytest.raises(ValueError, match=next(iter(mapping))) as caught:
        Limits.from_mapping(mapping)
    assert "\n" not in str(caught.value)


def test_names_of_fields_take_the_place_of_those_before():
    own = Fields.from_mapping({"text": "story", "published": ["meta.first", "date"]})
    assert own == DEFAULT_FIELDS._replace(text=("story",), published=("meta.first", "date"))
    assert Fields.from_mapping({"title": ["head"]}, own) == own._replace(title=("head",))


@pytest.mark.parametrize(
    "mapping", [{"texts": ["a"]}, {"text": []}, {"text": 5}, {"text": [5]}, {"text": [" "]}, {"text": {"a": "b"}}]
)
def test_a_slip_in_the_fields_is_one_line_that_names_it(mapping):
    with pytest.raises(ValueError, match=next(iter(mapping))) as caught:
        Fields.from_mapping(mapping)
    assert "\n" not in str(caught.value)


def test_what_takes_too_long_is_ended():
    started = time.process_time()
    with pytest.raises(TooSlow), within(0.1):
        spin(5)
    assert time.process_time() - started < 1


def test_it_can_not_be_kept_by_a_library_that_keeps_every_exception():
    def stubborn():
        try:
            spin(5)
        except Exception:
            spin(5)

    with pytest.raises(TooSlow), within(0.1):
        stubborn()


def test_what_is_in_time_goes_on_and_nothing_is_left_behind():
    before = signal.getsignal(signal.SIGVTALRM)
    with within(0.2):
        spin(0.02)
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0, 0)
    assert signal.getsignal(signal.SIGVTALRM) is before
    spin(0.3)


def test_the_shorter_of_two_times_counts():
    with pytest.raises(TooSlow), within(0.1), within(5):
        spin(3)
    with within(5):
        with pytest.raises(TooSlow), within(0.1):
            spin(3)
        left, _ = signal.getitimer(signal.ITIMER_VIRTUAL)
        assert 3 < left < 5
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0, 0)


def test_other_threads_are_not_limited():
    done = []

    def work():
        with within(0.05):
            spin(0.15)
        done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done
