"""Signatures: which texts count as the same words, what a shingle is, and that stored hashes never change."""

import random
from hashlib import sha256

import numpy as np
import polars as pl
import pyarrow as pa
import pytest

from pipelines.dedup.signature import Signatures, bands_from_arrow, bands_to_arrow, sign

SENTENCE = "The bridge at Kisumu was closed on Monday."


def content(*texts: str | None) -> list[str | None]:
    hashes: list[str | None] = sign(pa.array(texts, pa.string())).content_hash.to_pylist()
    return hashes


def same_signatures(one: Signatures, other: Signatures) -> bool:
    arrays = (np.array_equal(getattr(one, name), getattr(other, name)) for name in ("bands", "shingles", "offsets"))
    return one.content_hash.equals(other.content_hash) and all(arrays)


def test_stored_hashes_are_the_same_on_every_machine_and_in_every_version() -> None:
    signed = sign(pa.array([SENTENCE, "Ja"]))

    assert signed.content_hash.to_pylist() == ["c448cd28771c4ca68d375cd46ca4b757", "c01dce6297bed07d9bf55b5a946b092e"]
    assert signed.offsets.tolist() == [0, 6, 7]
    assert signed.shingles[[0, 5, 6]].tolist() == [0x2C9E40A3619670CC, 0xFBEF48CCA5057040, 0x466D6461C77A4989]
    assert signed.bands[0, [0, 1, 41]].tolist() == [0x1CE68795111CF52C, 0x9438DB4552810A4B, 0xE41FBAF1D9785E11]
    digest = sha256(signed.bands.astype("<u8").tobytes()).hexdigest()
    assert digest == "aa07d50ebb669e3af2d32867e1bc6cb328052c3aa0efad1a3be798a661692e42"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The BRIDGE, at Kisumu -- was (closed) on\n\nMonday", "the bridge at kisumu was closed on monday"),
        ("the country’s debt", "the country's debt"),
        ("the country's debt", "the country s debt"),
        ("“Stop,” she said – twice…", '"Stop", she said - twice...'),
        ("10\N{NO-BREAK SPACE}000\N{NARROW NO-BREAK SPACE}francs", "10 000 francs"),
        ("«Oui»\N{WORD JOINER}non", "oui non"),
        ("東京。大阪、\N{IDEOGRAPHIC SPACE}名古屋", "東京 大阪 名古屋"),
        ("  \t\r\n padded\x00out  ", "padded out"),
    ],
)
def test_case_and_punctuation_do_not_count(text: str, words: str) -> None:
    assert content(text) == content(words) != [None]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a rise of 12 percent", "a rise of 13 percent"),
        ("Gdańsk", "Gdansk"),
        ("Кабул", "Кабула"),
        ("the cat sat", "the sat cat"),
        ("news paper", "newspaper"),
        ("so so", "so"),
        ("café", "caf"),
        ("ぁ", "あ"),  # E3 81 xx: a letter, unlike E3 80 80-82
        ("É", "À"),  # C3 xx: letters, unlike C2 A0-BF
    ],
)
def test_words_count(one: str, other: str) -> None:
    first, second = content(one, other)

    assert first != second


def test_a_text_without_words_has_no_signature() -> None:
    signed = sign(pa.array(["", None, " – “”…\N{NO-BREAK SPACE}!", "word"], pa.string()))

    assert [value is None for value in signed.content_hash.to_pylist()] == [True, True, True, False]
    assert signed.content_hash.null_count == 3
    assert signed.shingle_count.tolist() == [0, 0, 0, 1]
    assert signed.shingle_count.dtype == np.int32
    assert not signed.bands[:3].any()
    assert signed.bands[3].all()


@pytest.mark.parametrize(
    ("text", "count"),
    [("one", 1), ("one two", 1), ("one two three", 1), ("one two three four", 2), ("a b c a b c a b c", 3)],
)
def test_shingles_are_three_words_running_each_once(text: str, count: int) -> None:
    assert sign(pa.array([text])).shingle_count.tolist() == [count]


def test_shingles_are_sorted_and_agree_with_sets_of_three_words() -> None:
    rng = random.Random(7)
    texts = [rng.choices("abcdefgh", k=rng.randint(3, 300)) for _ in range(200)]
    signed = sign(pa.array([" ".join(words) for words in texts]))

    for row, words in enumerate(texts):
        own = signed.shingles[signed.offsets[row] : signed.offsets[row + 1]]
        assert len(own) == len(set(zip(words, words[1:], words[2:], strict=False)))
        assert (np.diff(own.astype(object)) > 0).all()
    everything = {shingle for words in texts for shingle in zip(words, words[1:], words[2:], strict=False)}
    assert len(np.unique(signed.shingles)) == len(everything)


def test_every_arrow_layout_of_the_same_texts_gives_the_same() -> None:
    texts = [SENTENCE, "", "Второй текст, вполне обычный", None, "Third text of the five", "x"]
    expected = sign(pa.array(texts, pa.string()))
    long = pa.array(["cut off", *texts, "cut off"], pa.large_string())

    layouts = [
        long[1:-1],
        pa.chunked_array([texts[:2], [], texts[2:]], pa.string()),
        pa.array(texts, pa.string_view()),
        pa.array(texts).dictionary_encode(),
        pl.Series(texts).to_arrow(),
    ]
    assert all(same_signatures(sign(layout), expected) for layout in layouts)


def test_no_text_at_all() -> None:
    for nothing in (pa.array([], pa.string()), pa.chunked_array([], pa.large_string())):
        signed = sign(nothing)
        assert (len(signed.content_hash), signed.bands.shape, signed.offsets.tolist()) == (0, (0, 42), [0])


def test_a_giant_text_takes_linear_time_and_keeps_its_neighbours_apart() -> None:
    giant = " ".join(str(number) for number in range(1_000_000))
    signed = sign(pa.array([SENTENCE, giant, "the same again and " * 250_000, SENTENCE]))

    assert signed.shingle_count.tolist() == [6, 999_998, 4, 6]
    assert np.array_equal(signed.bands[0], signed.bands[3])


def test_bands_match_as_often_as_the_jaccard_similarity_says() -> None:
    rng = random.Random(3)
    pairs = []
    for _ in range(400):
        words = [str(rng.random()) for _ in range(202)]
        pairs += [" ".join(words[:152]), " ".join(words[50:])]  # 150 shingles each, 100 of them shared: Jaccard .5
    bands = sign(pa.array(pairs)).bands

    rate = (bands[::2] == bands[1::2]).mean()

    assert rate == pytest.approx(0.5**3, abs=0.01)  # 16,800 bands: a standard error of .003
    assert not (bands[0:-2:2] == bands[3::2]).any()


def test_texts_that_begin_alike_share_their_last_band() -> None:
    twelve = "Heavy rain closed two of the four roads to Kisumu on Monday"
    begins = [f"{twelve} {rest}" for rest in ("and the market with them", "but the ferry went on sailing")]
    others = [f"Last night {twelve}", twelve.replace("rain", "snow"), twelve.rsplit(" ", 1)[0]]
    bands = sign(pa.array([twelve, *begins, *others])).bands

    assert set(bands[:3, -1].tolist()) == {0x3E365C415EBCBF85}, "it is stored, too"
    assert not (bands[3:, -1] == bands[0, -1]).any()


def test_bands_go_to_arrow_and_back() -> None:
    bands = sign(pa.array([SENTENCE, "", "another text"])).bands
    lists = bands_to_arrow(bands)

    assert lists.type == pa.list_(pa.uint64())
    assert [len(values) for values in lists.to_pylist()] == [42, 0, 42]
    assert np.array_equal(bands_from_arrow(lists), bands)
    assert np.array_equal(bands_from_arrow(lists[1:]), bands[1:])
    assert np.array_equal(bands_from_arrow(pa.chunked_array([lists[:1], lists[1:]])), bands)
    assert bands_from_arrow(pa.chunked_array([], lists.type)).shape == (0, 42)
    assert bands_from_arrow(pa.array([None, lists[0].as_py()], lists.type))[1].tolist() == bands[0].tolist()


def test_bands_of_another_length_are_refused() -> None:
    with pytest.raises(ValueError, match="42 bands"):
        bands_from_arrow(pa.array([[1, 2, 3]], pa.list_(pa.uint64())))
