"""Words, pieces, shapes and windows: what the entity model sees of a text."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extract.windows import CUT, LONGEST, NEAR, cut, may_name, near_names, wanted, windows
from pipelines.extract.wordpieces import SPACED, WordPieces, shape_of
from tests.growth import is_linear

VOCABULARY = "[PAD] [UNK] [CLS] [SEP] link the dam ##as ##cus jose u s . , - ' who said of".split()


@pytest.fixture(scope="module")
def pieces():
    return WordPieces(VOCABULARY)


def surfaces(text, words):
    return [text[word.start : word.end] for word in words]


def spelled(words):
    return [[VOCABULARY[piece] for piece in word.pieces] for word in words]


def test_words_are_cut_at_every_sign(pieces):
    text = "U.S.-backed, al-Assad's"
    assert surfaces(text, pieces.words(text)) == ["U", ".", "S", ".", "-", "backed", ",", "al", "-", "Assad", "'", "s"]


def test_the_longest_pieces_come_first_without_case_and_accents(pieces):
    assert spelled(pieces.words("Damascus José Jose\u0301 xyz")) == [
        ["dam", "##as", "##cus"],
        ["jose"],
        ["jose"],
        ["[UNK]"],
    ]


def test_a_space_before_a_word_shows(pieces):
    assert [word.shape >= SPACED for word in pieces.words("U.S. said")] == [True, False, False, False, True]


def test_addresses_are_one_word_each(pieces):
    text = "see https://x.example/The_Dam?a=1 or Jose.Dam@u.example."
    words = pieces.words(text)
    assert surfaces(text, words) == ["see", "https://x.example/The_Dam?a=1", "or", "Jose.Dam@u.example."]
    assert spelled(words)[1] == ["link"]


@pytest.mark.parametrize(
    ("word", "alike"),
    [("dam", "of"), ("Dam", "Jose"), ("U", "S"), ("USA", "UN"), ("DAMASCUS", "KREMLIN"), ("McCain", "DeVos"),
     ("iPod", "eBay"), ("12", "2020"), ("F16", "4x4"), ("—", "."), ("دمشق", "東京")],
)  # fmt: skip
def test_shapes(word, alike):
    assert shape_of(word) == shape_of(alike)


def test_all_shapes_differ():
    kinds = ["dam", "Dam", "U", "USA", "DAMASCUS", "McCain", "iPod", "12", "F16", "—", "دمشق"]
    assert len({shape_of(kind) for kind in kinds}) == len(kinds)


def cut_texts(pieces, text):
    words = pieces.words(text)
    return [text[window[0].start : window[-1].end] for window in windows(text, words)]


def test_a_short_text_is_one_window(pieces):
    assert cut_texts(pieces, "The dam. The dam.") == ["The dam. The dam."]


def test_windows_end_with_sentences_where_they_can(pieces):
    sentence = "The dam of Mr. S. Jose, the dam" + " dam" * 40 + "."
    assert cut_texts(pieces, " ".join([sentence] * 4)) == [f"{sentence} {sentence}"] * 2


def test_a_sentence_too_long_is_cut_at_a_pause_or_a_space(pieces):
    first, second = cut_texts(pieces, "the " * 60 + "dam, " + "the " * 60)
    assert first.endswith("dam,")
    assert second.startswith("the")
    assert all(part.startswith("the") for part in cut_texts(pieces, "the " * 1000))


def test_no_window_is_too_long_and_none_is_lost(pieces):
    text = "U.S.A" * 300 + " the" * 200 + "." * 500
    words = pieces.words(text)
    parts = list(windows(text, words))
    assert [word for part in parts for word in part] == words
    assert all(sum(len(word.pieces) for word in part) <= LONGEST for part in parts)


@pytest.mark.parametrize(
    "text", ["The dam said.", "On Monday, he said", "who of the dam", "12.5 , -", "", "I said: It is"]
)
def test_no_name_is_looked_for_where_none_can_be(pieces, text):
    words = pieces.words(text)
    assert not any(may_name(text, word) for word in words)
    assert near_names(text, words) == []


@pytest.mark.parametrize("text", ["The Dam said", "the iPod", "AP", "دمشق", "F16s", "José said"])
def test_names_are_looked_for_where_one_can_be(pieces, text):
    words = pieces.words(text)
    assert any(may_name(text, word) for word in words)
    assert near_names(text, words) == words


def read_words(pieces, text):
    return " ".join(text[word.start : word.end] for word in near_names(text, pieces.words(text)))


def test_sentences_without_a_name_are_left_out(pieces):
    assert read_words(pieces, "The dam held. Jose saw it! But the dam, he said, was old.") == "Jose saw it !"


def test_words_far_from_any_name_are_left_out_and_the_end_of_the_sentence_stays(pieces):
    text = f"The dam {'of ' * 20}Jose {'and ' * 20}the dam. The Dam {'of ' * 30}Jose"
    assert read_words(pieces, text) == " ".join(
        [*["of"] * NEAR, "Jose", *["and"] * NEAR, ".", "The Dam", *["of"] * 2 * NEAR, "Jose"]
    )


@given(st.lists(st.sampled_from(["Jose", "the", "dam", "U.S.", "of.", '."', ",", "Mr.", "\n", "AP!"])).map(" ".join))
def test_every_name_is_read_in_order_and_nothing_twice(pieces, text):
    words = pieces.words(text)
    kept = near_names(text, words)
    assert [word for word in words if word in set(kept)] == kept
    assert {word for word in words if may_name(text, word)} <= set(kept)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("said Jose", "said Jose"),
        ("of the dam of the dam who said Jose of the dam of the dam", "dam who said Jose of the dam"),
        ("Jose of the dam of the U of the dam of the dam", "Jose of the dam of the U of the dam"),
        ("the dam", ""),
    ],
)
def test_an_answer_is_wanted_for_the_words_that_can_belong_to_a_name(pieces, text, asked):
    words = pieces.words(text)
    assert surfaces(text, [words[at] for at in wanted(text, words)]) == asked.split()


def test_another_cut_has_another_version():
    """What was told of windows that are cut otherwise must not be taken for what would be told now."""
    letters = "abcdefghijklmnopqrstuvwxyz0123456789.,:'\"-()"
    vocabulary = WordPieces(["[CLS]", "[SEP]", "[UNK]", "link", *letters, *(f"##{letter}" for letter in letters)])
    text = (
        'HARROW VALE, Feb 6 (Tessera) - The U.S.-backed "Vale Council" met on Monday, Dr. Ada Kaya of al-Moran said.'
        " It was the third time in a month that it had met without a word of what it was about to do with the old mill"
        " near the river, its roof, its floors and the land on which it had stood for two hundred years before José"
        " Marín bought it. nothing was signed. They wrote to https://vale.example/Mill?a=1 instead.\n"
    )
    text *= 3
    words = near_names(text, vocabulary.words(text))
    cuts = [([tuple(word) for word in window], wanted(text, window)) for window in windows(text, words)]
    digest = sha256(repr(cuts).encode()).hexdigest()[:16]
    assert (CUT, digest) == ("2", "dcd9d33acc52aab0"), "the windows are others: raise CUT, then write the hash here"


@pytest.mark.parametrize("unit", ["x", "Xy", "a.", "a@", "\u0301", "https://", "A ) ) ) "])
def test_noise_of_a_million_letters_takes_linear_time(pieces, unit):
    def read(size):
        text = unit * (size // len(unit))
        words = pieces.words(text)
        assert sum(map(len, windows(text, words))) == len(words)
        assert len(near_names(text, words)) <= len(words)

    assert is_linear(read, 1_000_000)


def test_cut_keeps_every_character():
    text = "A sentence. " * 50 + "x" * 300 + "\nline " * 40
    parts = list(cut(text, 100))
    assert "".join(text[a:b] for a, b in parts) == text
    assert max(b - a for a, b in parts) <= 100
    assert text[: parts[0][1]].endswith(". ")
