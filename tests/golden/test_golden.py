"""The golden cases: a drop each, and all that has to come of it. regenerate.py says what a case is."""

import json

import pytest

from pipelines.parse.mending import mend
from pipelines.parse.tidy import tidy
from tests.golden import regenerate
from tests.golden.regenerate import FOLDER, cases, drop_of, outcome, texts

CASES = cases()


def expected_of(case):
    return json.loads((FOLDER / case / "expected.json").read_text("utf-8"))


def test_there_are_cases():
    assert len(CASES) >= 20


@pytest.mark.parametrize("case", CASES)
def test_a_case_says_what_it_is_for(case):
    note = (FOLDER / case / "note.md").read_text("utf-8")
    assert len(note.split()) >= 5
    assert {path.name for path in (FOLDER / case).iterdir()} == {"note.md", "expected.json", drop_of(case).name}


@pytest.mark.parametrize("case", CASES)
def test_an_expectation_is_not_empty(case):
    expected = expected_of(case)
    assert expected
    for document in expected:
        assert document.get("reject") or (document["article"]["published_on"] and document["paragraphs"])


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


def test_an_empty_expectation_is_refused(monkeypatch):
    monkeypatch.setattr(regenerate, "read_drop", lambda *_: iter(()))
    with pytest.raises(ValueError, match="an empty expectation is refused"):
        outcome(CASES[0])
