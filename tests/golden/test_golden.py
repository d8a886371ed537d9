"""The golden cases: a drop each, and all that has to come of it. regenerate.py says what a case is."""

import datetime as dt
import json

import pytest

from pipelines.ingest.limits import Limits
from pipelines.parse.mending import mend
from pipelines.parse.tidy import tidy
from tests.golden import regenerate
from tests.golden.regenerate import FOLDER, SETTINGS, cases, drop_of, outcome, settings_of, texts

CASES = cases()


def expected_of(case):
    return json.loads((FOLDER / case / "expected.json").read_text("utf-8"))


def test_there_are_cases():
    assert len(CASES) >= 20


@pytest.mark.parametrize("case", CASES)
def test_a_case_says_what_it_is_for(case):
    note = (FOLDER / case / "note.md").read_text("utf-8")
    assert len(note.split()) >= 5
    files = {path.name for path in (FOLDER / case).iterdir()}
    assert files - {SETTINGS} == {"note.md", "expected.json", drop_of(case).name}


@pytest.mark.parametrize("case", CASES)
def test_an_expectation_is_not_empty(case):
    expected = expected_of(case)
    assert expected
    last = settings_of(case).arrival_day + dt.timedelta(days=1)
    for document in expected:
        if document.get("reject"):
            continue
        assert document["paragraphs"]
        assert document["article"]["published_on"] <= document["article"]["published_high"] <= str(last)


@pytest.mark.parametrize("case", CASES)
def test_an_expectation_points_into_the_text(case):
    """Holds for the expectation itself, so that a wrong one can't be written down."""
    for document, text in zip(expected_of(case), texts(case), strict=True):
        if text is None:
            continue
        at = 0
        for index, paragraph in enumerate(document["paragraphs"]):
            start, end = paragraph["char_start"], paragraph["char_end"]
            assert text[at:start].strip() == ""
            shown = text[start:end]
            mended = mend(shown)
            assert tidy(mended.text if mended else shown) == paragraph["text"]
            assert paragraph["repeat_of"] is None or paragraph["repeat_of"] < index
            at = end
        assert text[at:].strip() == ""


@pytest.mark.parametrize("case", CASES)
def test_golden(case):
    assert outcome(case) == expected_of(case)


def test_cases_arrive_late_and_limits_are_tried():
    settings = [settings_of(case) for case in CASES]
    assert sum(found.arrival_day != regenerate.ARRIVAL_DAY for found in settings) >= 10
    assert sum(found.limits != Limits() for found in settings) >= 3


def test_an_empty_expectation_is_refused(monkeypatch):
    monkeypatch.setattr(regenerate, "read_drop", lambda *_: iter(()))
    with pytest.raises(ValueError, match="an empty expectation is refused"):
        outcome(CASES[0])
