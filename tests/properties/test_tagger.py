"""Laws of the shipped tagger: a text's names are its own affair, and offsets cut out what they claim."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extract.tagger import open_tagger

PARTS = [
    "Angela Merkel", "the United Nations", "in Nairobi", "said on Monday", ". ", ", ", "U.S.-backed", "al-Assad's",
    "BBC", "🚀", "São Paulo", "دمشق", "no one", "\n", "a@b.example", "(", "Maria", "\u0301", "12.5", "Ltd.",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PARTS) | st.text(max_size=8), max_size=60).map(" ".join)


@pytest.fixture(scope="module")
def tagger():
    return open_tagger("shipped")


@settings(max_examples=40, deadline=None)
@given(texts=st.lists(TEXTS, max_size=5), order=st.randoms(use_true_random=False))
def test_names_do_not_depend_on_the_company(tagger, texts, order):
    shuffled = texts + texts[:1]
    order.shuffle(shuffled)
    together = dict(zip(shuffled, tagger.tag(shuffled), strict=True))
    for text in texts:
        assert tagger.tag([text]) == [together[text]]


@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
def test_spans_lie_in_the_text_in_order(tagger, text):
    last = 0
    for span in tagger.tag([text])[0]:
        assert last <= span.start < span.end <= len(text)
        assert text[span.start : span.end].strip() == text[span.start : span.end]
        last = span.end
