"""Mojibake: mended where breaking it again gives the same, left alone elsewhere; offsets stay those of the text."""

import datetime as dt

import pytest

from pipelines.parse.article import parse
from pipelines.parse.mending import is_damaged, looks_broken, mend
from pipelines.parse.profile import load_profile
from pipelines.records import Document


@pytest.mark.parametrize(
    ("broken", "meant"),
    [
        ("doesnâ€™t cafÃ©", "doesn’t café"),
        (
            "â€œHello,â€\ufffd he said",
            "“Hello,” he said",
        ),  # a reader replaces the control character of the closing mark
        ("РџСЂРёРІРµС‚, РјРёСЂ", "Привет, мир"),
        ("Ä°stanbul'da ÅŸehir", "İstanbul'da şehir"),
        ("Ø§Ù„Ù‚Ø§Ù‡Ø±Ø©", "القاهرة"),
        ("DonÃ¢â‚¬â„¢t", "Don’t"),
        ("Â£20", "£20"),
    ],
)
def test_what_is_certain_is_mended(broken, meant):
    found = mend(broken)
    assert found.text == meant
    assert sum(found.lengths) == len(broken)
    assert found.offset(len(meant)) == len(broken)


@pytest.mark.parametrize(
    "right",
    [
        "voilà…",
        "L’été à Paris",
        "São Paulo – É",
        "SÃO JOÃO",
        "naïve Ã…ngström",
        "Привет, мир",
        "the label read ‘cafÃ©’ – not café",
    ],
)
def test_what_is_not_certain_is_left_alone(right):
    assert mend(right) is None


def test_a_character_that_was_lost_makes_it_uncertain():
    line = "Привет от Сергея".encode().decode("latin-1").replace("\x80", "\ufffd").replace("\x81", "\ufffd")
    assert looks_broken(line)
    assert mend(line) is None
    assert is_damaged(line)


def test_offsets_count_in_the_text_as_it_is():
    text = (
        "Gozoâ€™s bees go to sea\n\nMÄ¡arr, Malta â€” Keepers have moved 340 hives to the cliffs. â€œItâ€™s a sea,â€\ufffd one said.\n\n"
        "PubliÃ© le 5 fÃ©vrier 2020\n"
    )
    document = Document("d", "post/2020-02-06/a.txt", None, "post", 0, "", "text", "1", "utf-8", text, None)
    parsed = parse(document, dt.date(2020, 2, 6), load_profile())
    assert parsed.article.headline == "Gozo's bees go to sea"
    assert parsed.article.dateline_place == "Mġarr, Malta"
    assert parsed.article.body.startswith("Keepers have")
    assert '"It\'s a sea," one said.' in parsed.article.body
    roles = {paragraph.role: text[paragraph.char_start : paragraph.char_end] for paragraph in parsed.paragraphs}
    assert roles["headline"] == "Gozoâ€™s bees go to sea"
    assert roles["dateline"] in ("MÄ¡arr, Malta â€”", "PubliÃ© le 5 fÃ©vrier 2020")
    assert roles["body"].startswith("Keepers have")
    assert text[parsed.article.published_start : parsed.article.published_end] == "5 fÃ©vrier 2020"
    assert [notice.code for notice in parsed.notices] == ["mended_encoding"]
