"""Captions: where the credit stands, what is left of the words, and sentences that only look like one."""

import datetime as dt

import pytest

from pipelines.parse.article import parse
from pipelines.parse.captions import read_caption, read_credit
from pipelines.parse.profile import load_profile
from pipelines.records import Document

LATEST = dt.date(2020, 2, 7)
WORDS = "Passengers leave the ferry in Piraeus, Greece, on February 3, 2020"


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        (f"{WORDS}. (Photo by AFP)", "AFP"),
        (f"{WORDS} (By AFP)", "AFP"),
        (f"{WORDS} (Photo AFP)", "AFP"),
        (f"{WORDS}. (AFP/Jo Bee)", "AFP/Jo Bee"),
        (f"{WORDS} [Jo Bee/Levant Wire]", "Jo Bee/Levant Wire"),
        (f"{WORDS}. Photo: Jo Bee/AFP", "Jo Bee/AFP"),
        (f"{WORDS}. Picture by Jo Bee", "Jo Bee"),
        (f"{WORDS} Photograph: Jo Bee/Levant Wire", "Jo Bee/Levant Wire"),
        (f"{WORDS} | Photo: AFP", "AFP"),
        (f"{WORDS}. © AFP", "AFP"),
        (f"{WORDS} — Crédit photo : AFP", "AFP"),
        (f"{WORDS}. Foto: dpa", "dpa"),
        (f"{WORDS} REUTERS/Jo Bee", "REUTERS/Jo Bee"),
        (f"{WORDS}. Jo Bee for Levant Wire", "Jo Bee for Levant Wire"),
        (f"FILE PHOTO: {WORDS}. Levant Wire/Jo Bee", "Levant Wire/Jo Bee"),
        (f"Photo: Jo Bee/Levant Wire. {WORDS}", "Jo Bee/Levant Wire"),
        (f"In the photograph: {WORDS}", None),
        (f"Image caption, {WORDS}", None),
        (f"{WORDS}. (File photo)", None),
    ],
)
def test_a_caption_is_parted_from_its_credit(line, credit):
    found = read_caption(line, LATEST)
    assert found is not None
    assert found.credit == credit
    assert found.text.rstrip(".") == WORDS
    assert found.on == dt.date(2020, 2, 3)
    assert found.is_file_photo == ("file photo" in line.lower())


@pytest.mark.parametrize("line", [f"{WORDS} (Northlight)", f"{WORDS} | Jo Bee, Northlight", f"{WORDS}. Jo Bee"])
def test_any_name_is_a_credit_above_the_story_only(line):
    assert read_caption(line, LATEST) is None
    assert read_caption(line, LATEST, is_head=True) is not None


@pytest.mark.parametrize(
    "line",
    [
        "The hives travelled by night. (She counts them every evening.)",
        "The group, known as the Syrian Observatory for Human Rights (SOHR)",
        "He said the ratio was 3:2",
        "A photo posted by activists shows the port.",
        "Photo: Carmel Zerafa",
    ],
)
def test_another_line_is_no_caption(line):
    assert read_caption(line, LATEST) is None


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("Photo: AFP", "AFP"),
        ("(Photo: AFP)", "AFP"),
        ("Image source, Getty Images", "Getty Images"),
        ("Photography: Jo Bee", "Jo Bee"),
        ("Jo Bee © Corvus Images", "Jo Bee © Corvus Images"),
        ("© AFP", "AFP"),
        ("Reuters/Jo Bee", "Reuters/Jo Bee"),
        ("Source: SANA", "SANA"),
        ("Picture this: a man walks", None),
        ("Still no word from the mine", None),
    ],
)
def test_a_credit_on_a_line_of_its_own(line, credit):
    assert read_credit(line) == credit


STORY = "Beekeepers on the island of Gozo have moved 340 hives to the sea cliffs, where wild thyme flowers. " * 2
HEAD = "Bees of Gozo go to sea for an early spring\n\n"
NAMED = "Image caption, Passengers leave the ferry"


@pytest.mark.parametrize(
    ("lines", "credits"),
    [
        ([WORDS, "Photo: Jo Bee"], ["Jo Bee"]),
        ([WORDS, "(Photo: Jo Bee/AFP)"], ["Jo Bee/AFP"]),
        ([WORDS, "© AFP"], ["AFP"]),
        ([WORDS, "Reuters/Jo Bee"], ["Reuters/Jo Bee"]),
        ([NAMED, "Image source, Getty Images"], ["Getty Images"]),
        (["Image source, Getty Images", NAMED], [None]),
        (["Photo: Jo Bee", WORDS], ["Jo Bee"]),
        # Each has its own; what stands in the caption outweighs the line below it.
        ([WORDS, "Photo: Jo Bee", NAMED, "Photo: Ann Ant"], ["Jo Bee", "Ann Ant"]),
        ([f"{WORDS} (AFP)", "Photo: Jo Bee"], ["AFP"]),
        ([WORDS, "Photo: Jo Bee", "© AFP"], ["Jo Bee"]),
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_credit_below_is_the_captions(lines, credits, between):
    text = f"{HEAD}{between.join(lines)}\n\n{STORY}"
    paragraphs = read(text)
    assert [paragraph.caption_credit for paragraph in paragraphs if paragraph.role == "caption"] == credits
    assert {paragraph.text for paragraph in paragraphs if paragraph.role == "credit"} <= set(lines)


@pytest.mark.parametrize("named", [NAMED, "FILE PHOTO: Passengers leave the ferry"])
def test_a_credit_below_is_the_captions_within_the_story_too(named):
    paragraphs = read(f"{HEAD}{STORY}\n\n{named}\n\nPhoto: Jo Bee\n\n{STORY}")
    assert [paragraph.caption_credit for paragraph in paragraphs if paragraph.role == "caption"] == ["Jo Bee"]


def test_the_desks_note_and_a_credit_further_down_are_not_the_captions():
    for below in ("Reporting by Jo Bee; Editing by Ann Ant", f"{STORY}\n\nPhoto: Jo Bee\n\n{STORY}"):
        paragraphs = read(f"{HEAD}{STORY}\n\n{NAMED}\n\n{below}")
        assert [paragraph.caption_credit for paragraph in paragraphs if paragraph.role == "caption"] == [None]


def read(text):
    document = Document("d", "post/2020-02-06/a.txt", None, "post", 0, "", "text", "1", "utf-8", text, None)
    return parse(document, dt.date(2020, 2, 6), load_profile()).paragraphs
