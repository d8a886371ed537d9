"""Names put together: what the tagger reads with what the lists know, each paragraph once, whatever it is read with."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extract.names import NameRules
from pipelines.extract.recognise import Part, Recogniser, merge
from pipelines.extract.remembered import key_of, packed, unpacked
from pipelines.extract.tagger import TYPES, Span, open_tagger
from pipelines.lookups.lists import Lookups

TEXTS = [
    "Turkish President Recep Tayyip Erdogan met Anna Bell of the Harrow Vale Council in Ankara on Monday.",
    "Nothing is named here at all.",
    "The Syrian Observatory for Human Rights (SOHR) counted 12 raids near Saraqeb.",
]
PARTS = [Part(text) for text in TEXTS]


class Told:
    """A tagger that says what it is told, and remembers what it was asked."""

    name, version = "told", "1"

    def __init__(self, names: dict[str, str]) -> None:
        self.names, self.asked = names, list[str]()

    def tag(self, texts):
        self.asked += texts
        return [
            sorted(Span(text.index(name), text.index(name) + len(name), type_, 0.8)
                   for name, type_ in self.names.items() if name in text)
            for text in texts
        ]  # fmt: skip


@pytest.fixture(scope="module")
def rules() -> NameRules:
    return NameRules(Lookups.load())


def pieces(text, names, rules):
    found = Recogniser(Told(names), rules).read([Part(text)])[0]
    return [(text[piece.start : piece.end], piece.type, piece.role) for piece in found]


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Turkish President Ada Kaya left.", {"Ada Kaya": "person"},
         [("Turkish", "nationality", None), ("Ada Kaya", "person", "President")]),
        ("On Friday President Ada Kaya left.", {"President Ada Kaya": "person"}, [("Ada Kaya", "person", "President")]),
        ("Floods hit southern Iraq.", {"southern Iraq": "place"}, [("Iraq", "place", None)]),
        ("They fell on Syrian Idlib.", {"Syrian Idlib": "place"},
         [("Syrian", "nationality", None), ("Idlib", "place", None)]),
        ("The Syrian Observatory for Human Rights said so.", {"Observatory for Human Rights": "organisation"},
         [("Syrian Observatory for Human Rights", "organisation", None)]),
        ("The decree of Syrian Kurdistan was read.", {"Kurdistan": "place"}, [("Syrian Kurdistan", "place", None)]),
        ("It rained on the Syrian coast.", {"Syrian coast": "place"}, [("Syrian", "nationality", None)]),
        ("It rained in the Ashanti Region.", {"Ashanti Region": "place"}, [("Ashanti Region", "place", None)]),
        ("It came from Germany.", {}, [("Germany", "place", None)]),
        ("The Competition Authority of Kenya met.", {"Competition Authority": "organisation", "Kenya": "place"},
         [("Competition Authority of Kenya", "organisation", None)]),
    ],
)  # fmt: skip
def test_the_tagger_and_the_lists_complete_each_other(text, names, expected, rules):
    assert pieces(text, names, rules) == expected


def test_a_paragraph_is_read_once(rules):
    tagger = Told({})
    recogniser = Recogniser(tagger, rules)
    assert recogniser.read([*PARTS, PARTS[0]]) == recogniser.read([*PARTS, PARTS[0]])
    assert tagger.asked == TEXTS


def test_of_a_line_in_capitals_the_tagger_is_believed_less_and_the_lists_only_where_sure(rules):
    text = "HARROW VALE MOURNS ANNA BELL OF RURITANIA AND SYRIA"
    names = {"HARROW VALE": "place", "ANNA BELL": "person"}
    found = Recogniser(Told(names), rules).read([Part(text, is_loose=True)])[0]
    assert [(text[piece.start : piece.end], piece.type, round(piece.confidence, 2)) for piece in found] == [
        ("HARROW VALE", "place", 0.64),
        ("ANNA BELL", "person", 0.64),
        ("SYRIA", "place", 0.95),
    ]


def test_what_an_earlier_run_was_told_is_not_asked_again(rules):
    names = {"Anna Bell": "person", "SOHR": "organisation", "Ankara": "place"}
    first, second = (Recogniser(Told(names), rules) for _ in range(2))
    fresh = first.read(PARTS)
    second.prime({key: told for key, told in first.told.items() if key != key_of(TEXTS[1])})
    assert second.read(PARTS) == fresh
    assert second._tagger.asked == TEXTS[1:2]
    assert second.told == first.told


def test_what_is_told_is_gathered_day_by_day_and_holds_what_was_remembered(rules):
    recogniser = Recogniser(Told({}), rules)
    recogniser.read(PARTS)
    recogniser.prime({key_of("A text of Rome that came yesterday."): "[]"})
    recogniser.read(PARTS[1:])
    assert recogniser._tagger.asked == TEXTS
    assert recogniser.told == {key_of(text): "[]" for text in TEXTS[1:]}


def test_without_a_tagger_nothing_is_told(rules):
    recogniser = Recogniser(None, rules)
    recogniser.read(PARTS)
    assert not recogniser.has_tagger
    assert recogniser.told == {}


@given(st.lists(st.builds(Span, st.integers(0), st.integers(0), st.sampled_from(TYPES), st.floats(0, 1))))
def test_spans_that_were_kept_are_the_same(spans):
    assert unpacked(packed(spans)) == spans


def test_names_do_not_depend_on_what_is_read_beside_or_on_how_many_threads(rules):
    tagger = open_tagger()
    together = Recogniser(tagger, rules).read(PARTS)
    singly = [Recogniser(tagger, rules).read([Part(text)])[0] for text in TEXTS]
    with ThreadPoolExecutor(4) as threads:
        threaded = Recogniser(tagger, rules, threads.map)
        assert threaded.read(PARTS[::-1]) == together[::-1]
        primed = Recogniser(tagger, rules, threads.map)
        primed.prime(threaded.told)
        assert primed.read(PARTS) == together == singly
    assert together[1] == []


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30), st.sampled_from(["person", "organisation", "place"])))
)
def test_names_never_overlap(rules, drawn):
    text = "Syrian President Ada Kaya of the Competition Authority of Kenya saw Turkish Idlib and northern Iraq there."
    spans, end = [], 0
    for gap, length, type_ in drawn:
        start = end + gap
        end = start + length
        if end <= len(text) and not text[start].isspace() and not text[end - 1].isspace():
            spans.append(Span(start, end, type_, 0.7))
    listed = [
        piece._replace(start=at + piece.start, end=at + piece.end) for at, piece in rules.scan(text, 0, len(text))
    ]
    found = merge(text, spans, listed, rules.lookups)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert all(text[piece.start : piece.end].strip() for piece in found)
