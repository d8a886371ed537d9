"""Laws of ingest and parse: any bytes give a text or a reject, any text is tiled by its paragraphs, nothing crashes."""

import datetime as dt
import gzip
import hashlib
import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipelines.ingest.decode import decode
from pipelines.ingest.limits import Limits
from pipelines.ingest.reader import read_drop
from pipelines.notices import NOTICE_CODES, REJECT_REASONS
from pipelines.parse.article import parse
from pipelines.parse.blocks import blocks
from pipelines.parse.mending import mend
from pipelines.parse.profile import load_profile
from pipelines.parse.tidy import tidy
from pipelines.parse.written_dates import first_date, stamped_date
from pipelines.records import Document
from tests.growth import is_linear

PROFILE = load_profile()
ARRIVAL = dt.date(2020, 2, 6)
CONTENT = {"body", "list", "quote"}
ROLES = {"breadcrumb", "headline", "subheadline", "byline", "dateline", "caption", "credit", "boilerplate"} | CONTENT
LIMITS = Limits(file_bytes=50_000, document_bytes=10_000)
quickly = settings(max_examples=120, deadline=None, derandomize=True)
pages = settings(max_examples=30, deadline=None, derandomize=True)

LINES = [
    "https://www.harbourpost.example/world/2020/02/05/bees",
    "News\u00a0/ World / Malta",
    "Africa » Mali",
    "Gozo bees spend spring on the cliffs: Guild",
    "Ferry hits pier in Piraeus, dozens hurt | Harbour Post",
    "By Carmel Zerafa and Lena Brandt",
    "Wed, 5 Feb 2020 21:40 GMT",
    "Published: 31 December",
    "MGARR, Malta, Feb 5 (QNA) - Beekeepers have moved 340 hives to the sea cliffs.",
    "ORURO (MNA) —",
    "Hives wait on the quay of Mgarr, Gozo, on February 3, 2020. (Photo by AFP)",
    "File photo: The cliffs in an earlier spring",
    "Photo: Reuters",
    "The last of 340 hives reached the cliffs on Wednesday, next Thursday and 29 Feb.",
    "“A bee that wakes at sea is not a bee you want to meet,” Vassallo said.",
    "Beekeepers on the island of Gozo have moved 340 hives to the sea",
    "cliffs, where wild thyme flowers a month before it does inland.",
    "Related stories:",
    "SHARE THIS ARTICLE",
    "www.harbourpost.example",
    "© 2020 Harbour Post. All rights reserved.",
    "* * *",
    "\u200b\u00ad",
    "5 APRİL 2020",
    "\ufffd\ufffd",
    "• Thyme flowers in February",
    "1. Thyme",
    "> We count them every evening.",
    "— Поздним. Весной был град.",
    "LIVE: Bees reach the cliffs",
    "ANALYSIS",
    "Published: 05/02/2020 | Updated: 06/02/2020 07:12",
    "Tunis, 5 February 2020",
    "INES FALKENRATH | 5 ŞUBAT 2020",
    "(Reporting by Ines Falkenrath in Tunis; Editing by Omar Said)",
    "Read more: The year of the bee",
    "Most read",
    "Ines Falkenrath is a writer who lives in Malta.",
    "Itâ€™s cafÃ© time, â€œshe saidâ€\ufffd on Wednesday, Feb. 5, 2020.",
    "MGARR, Feb 5 (QNA) â€” Itâ€™s a day of bees on the cliffs of Gozo, she said.",
    "РџСЂРёРІРµС‚, РјРёСЂ",
    "Accueil > Monde > Mali",
    "القاهرة (رويترز) - قال مسؤول يوم الأربعاء",
]
breaks = st.sampled_from(["\n", "\n\n", "\r\n", "\r\n\r\n", " \n\t\n", "\u2028", "\r", " "])
realistic = st.lists(st.tuples(st.one_of(st.sampled_from(LINES), st.text(max_size=80)), breaks), max_size=14).map(
    lambda parts: "".join(line + end for line, end in parts)
)
meta = st.none() | st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(LINES) | st.text(min_size=1),
        "url": st.sampled_from(LINES) | st.text(min_size=1),
        "published": st.text(min_size=1) | st.sampled_from(["2020-02-05T10:00:00+99:00", "5 Feb", "0001-01-01"]),
        "outlet": st.text(min_size=1),
        "authors": st.lists(st.text(min_size=1), min_size=1, max_size=3),
    },
).map(lambda values: json.dumps(values) if values else None)


def document_of(text, meta=None, path="post/2020-02-06/a.txt"):
    return Document("d1", path, None, "post", len(text), "", "text", "1", "utf-8", text, meta)


def read(data, limits=LIMITS):
    return list(read_drop("post/2020-02-06/a.txt", "post", data, hashlib.sha256(data).hexdigest(), limits))


def strings_in(value):
    """Every string in a record, lists and None included."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list | tuple):
        return [text for item in value for text in strings_in(item)]
    return []


def mended(block, parsed):
    """The block as it was meant, if the article says that something in it was mended."""
    found = mend(block) if any(notice.code == "mended_encoding" for notice in parsed.notices) else None
    return found.text if found else block


def hold_the_laws_of_parsing(document):
    """The laws, for any document that has a text."""
    text = document.text
    parsed = parse(document, ARRIVAL, PROFILE)
    article, paragraphs = parsed.article, parsed.paragraphs
    at = 0
    for ordinal, paragraph in enumerate(paragraphs):
        assert text[at : paragraph.char_start].strip() == "", "characters that no paragraph has"
        assert at <= paragraph.char_start < paragraph.char_end
        assert paragraph.text == tidy(mended(text[paragraph.char_start : paragraph.char_end], parsed))
        assert (paragraph.ordinal, paragraph.paragraph_id) == (ordinal, f"{article.article_id}:p{ordinal}")
        assert paragraph.role in ROLES
        at = paragraph.char_end
    assert text[at:].strip() == ""
    by_id = {paragraph.paragraph_id: paragraph for paragraph in paragraphs}
    for paragraph in paragraphs:
        if paragraph.repeat_of is not None:
            first = by_id[paragraph.repeat_of]
            assert first.ordinal < paragraph.ordinal
            assert first.repeat_of is None
            assert first.text.casefold() == paragraph.text.casefold()
    body = [paragraph for paragraph in paragraphs if paragraph.role in CONTENT]
    assert article.body == "\n\n".join(paragraph.text for paragraph in body if paragraph.repeat_of is None)
    assert article.paragraph_count == len(body)
    assert article.repeated_paragraphs == sum(paragraph.repeat_of is not None for paragraph in body)
    assert article.word_count == len(article.body.split())
    assert all((paragraph.caption_text is None) == (paragraph.role != "caption") for paragraph in paragraphs)
    assert (article.lang is None) == (article.lang_confidence is None)
    assert article.lang_confidence is None or 0 <= article.lang_confidence <= 1
    latest = ARRIVAL + dt.timedelta(days=1)
    assert (article.published_low or dt.date.min) <= article.published_on <= article.published_high <= latest
    assert (article.published_start is None) == (article.published_end is None)
    if article.published_start is not None:
        assert 0 <= article.published_start < article.published_end <= len(text)
        evidence = text[article.published_start : article.published_end]
        assert article.published_basis in ("url", "dateline", "text", "inferred")
        is_mended = any(notice.code == "mended_encoding" for notice in parsed.notices)  # an address may be, too
        assert article.published_basis != "url" or evidence == article.url or is_mended
        assert any(paragraph.char_start <= article.published_start < paragraph.char_end for paragraph in paragraphs)
    assert {notice.code for notice in parsed.notices} <= set(NOTICE_CODES)
    return parsed


@quickly
@given(realistic, meta)
def test_realistic_texts_keep_the_laws(text, meta):
    hold_the_laws_of_parsing(document_of(text, meta))


@quickly
@given(st.text(st.characters(codec=None, exclude_categories=[]), max_size=300))
@example("ſep 5, 2020\n\nA text.")
@example("5 aprıl 2020\n\nA text.")
@example("\u1680\u2028\x85")
def test_no_text_makes_parsing_crash(text):
    hold_the_laws_of_parsing(document_of(text))


@quickly
@given(realistic)
def test_blocks_cut_out_what_they_hold(text):
    at = 0
    for block in blocks(text):
        assert text[block.start : block.end] == block.text
        assert block.text == block.text.strip()
        assert block.text
        assert text[at : block.start].strip() == ""
        at = block.end
    assert text[at:].strip() == ""


PIECES = ["a", " ", "(", "- ", '"', "By A ", "1. ", "a\n", "• a\n", "Ã©", "5 Feb 2020 ", "/ ", "a.b@"]


@pytest.mark.parametrize("piece", PIECES)
def test_no_text_makes_parsing_slow(piece):
    """A megabyte of each: a rule that looks at a long line again and again would take minutes."""
    assert is_linear(lambda size: parse(document_of(piece * (size // len(piece)) + "x"), ARRIVAL, PROFILE), 1_000_000)


@quickly
@given(realistic)
def test_parsing_twice_gives_the_same(text):
    first, second = (parse(document_of(text), ARRIVAL, PROFILE) for _ in range(2))
    assert first == second


@quickly
@given(realistic, st.text(max_size=20), st.text(max_size=20))
def test_the_article_does_not_depend_on_the_path(text, one, other):
    ids = {parse(document_of(text, path=f"{name}/a.txt"), ARRIVAL, PROFILE).article.article_id for name in (one, other)}
    assert len(ids) == 1


def hold_the_laws_of_reading(data, limits=LIMITS):
    """Every outcome is a document with a text that can be stored and parsed, or a reject."""
    found = read(data, limits)
    assert found
    for document, reject, notices, _ in found:
        if reject:
            assert document.text is None
            assert reject.reason in REJECT_REASONS
            assert reject.document_id == document.document_id
            assert notices == []
        else:
            assert document.text.strip()
            assert {notice.code for notice in notices} <= set(NOTICE_CODES)
            parsed = hold_the_laws_of_parsing(document)
            for text in strings_in([tuple(document), tuple(parsed.article), tuple(parsed.outlet), parsed.paragraphs]):
                text.encode("utf-8")  # a lone surrogate can't be stored
    ids = [document.document_id for document, *_ in found]
    assert len(set(ids)) == len(ids)
    assert [row[0] for row in read(data, limits)] == [row[0] for row in found], "reading again gives the same"
    return found


fragments = st.sampled_from(
    [
        b"Gozo bees spend spring on the cliffs\n\n", b"Caf\xe9 \x93on\x94 the cliffs\n", b'{"title": "Bees", "text": "',
        b'"}\n', b"[1, 2]", b"{", b"[", b"\x00", b"\x1f\x8b\x08\x00", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf",
        b"%PDF-1.7", b"\x89PNG\r\n", b"\xff\xfe\x00\x00", b"\r\n", b"\xed\xa0\x80", b"\x0c\x1c\x85", b"\\ud800",
    ]
)  # fmt: skip
some_bytes = st.lists(fragments | st.binary(max_size=40), max_size=8).map(b"".join)


@quickly
@given(some_bytes)
@example(b"\xff\xfe")
@example(b"\x1f\x8b")
@example(b"[]")
@example(b"[" * 5000)
@example(b'{"a":' * 5000)
@example(b'{"text": "x\\ud800", "url": "http://\\ud800", "title": "\\udfff", "author": [{"name": "\\udc00"}]}')
@example(b'{"text": "x", "date": "Mon, 01 Jan 99999999999 00:00:00 +0000"}')
@example(b'{"text": "x", "source": "\\ud800"}')
def test_no_bytes_make_reading_crash(data):
    hold_the_laws_of_reading(data)


@quickly
@given(some_bytes, st.integers(0, 60))
def test_nor_do_they_when_packed_and_cut(data, cut):
    packed = gzip.compress(data, mtime=0)
    whole = hold_the_laws_of_reading(packed)
    assert all(document.format.endswith("gzip") for document, *_ in whole)
    assert [document.text for document, *_ in whole] == [document.text for document, *_ in read(data)] or (
        not data.strip() or data.startswith(b"\x1f\x8b")
    )
    broken = hold_the_laws_of_reading(packed[: max(2, len(packed) - 1 - cut)])
    # Of JSON lines those before the damage are used; then the file itself is refused.
    assert broken[-1].reject.reason == "damaged_packing"
    assert len(broken) == 1 or all(document.format == "jsonl+gzip" for document, *_ in broken[:-1])


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=[]), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
records = st.dictionaries(
    st.sampled_from(["title", "headline", "text", "body", "url", "date", "source", "author", "authors", "id"]), values
)


@quickly
@given(st.lists(records, min_size=1, max_size=4), st.sampled_from(["lines", "list", "one"]))
@example([{"text": "Bees.", "authors": [{}], "id": [{}]}], "one")  # two lines of it look like JSON lines
def test_any_record_gives_a_text_or_a_reject(records, form):
    written = {
        "lines": "\n".join(map(json.dumps, records)),
        "list": json.dumps(records),
        "one": json.dumps(records[0], indent=1),
    }[form]
    found = hold_the_laws_of_reading(written.encode())
    assert len(found) == (1 if form == "one" else len(records))


@pages
@given(st.lists(st.sampled_from(LINES) | st.text(max_size=60), max_size=8), st.text(max_size=30))
def test_any_page_gives_a_text_or_a_reject(lines, title):
    paragraphs = "".join(f"<p>{line}</p>" for line in lines)
    page = f"<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>{title}</h1>{paragraphs}</body></html>"
    hold_the_laws_of_reading(page.encode("utf-8", "replace"), Limits())


@quickly
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200))
def test_control_characters_are_replaced_one_for_one(text):
    decoded = decode(text.encode("utf-8"))
    if decoded is None or decoded.encoding != "utf-8":
        return  # held to be binary, or UTF-16 that lost its mark
    plain = text.removeprefix("\ufeff")
    assert len(decoded.text) == len(plain)
    for was, now in zip(plain, decoded.text, strict=True):
        is_control = (was < " " and was not in "\t\n\r") or "\x7f" <= was <= "\x9f"
        assert now == ("\ufffd" if is_control else was)
    assert decoded.has_replaced == ("\ufffd" in decoded.text)
    assert not decoded.is_detected


@quickly
@given(st.binary(min_size=1, max_size=200))
def test_decoded_text_never_holds_a_control_character(data):
    decoded = decode(data)
    if decoded is not None:
        decoded.text.encode("utf-8")
        assert not [one for one in decoded.text if (one < " " and one not in "\t\n\r") or "\x7f" <= one <= "\x9f"]


@quickly
@given(st.text(max_size=40) | st.sampled_from(["Mon, 01 Jan 99999999999 00:00:00 +0000", "Mon,", "1580976000"]))
def test_any_stamp_gives_a_day_or_none(stamp):
    found = stamped_date(stamp)
    assert found is None or dt.date.min <= found <= dt.date.max


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("5 APRİL 2020", dt.date(2020, 4, 5)),
        ("aprıl 5, 2020", dt.date(2020, 4, 5)),
        ("5 ſep 2019", dt.date(2019, 9, 5)),
        ("5 FÉVRIER 2020", dt.date(2020, 2, 5)),
        ("31 Dec", dt.date(2019, 12, 31)),
    ],
)
def test_a_written_day_is_read_whatever_its_letters(written, day):
    assert first_date(written, ARRIVAL).on == day


@pytest.mark.parametrize(
    ("url", "basis"),
    [
        ("https://post.example/news/10311231", "arrival"),  # an article's number, not a day of the year 1031
        ("https://post.example/news/2020/02/05/a", "url"),
        ("https://post.example/news/20200205-a", "url"),
        ("https://post.example/news/2020/02/31/a", "arrival"),
        ("https://post.example/news/120200205", "arrival"),
    ],
)
def test_a_day_is_read_off_an_address_only_where_one_stands(url, basis):
    article = parse(document_of(f"{url}\n\nA headline of the day\n\nA text."), ARRIVAL, PROFILE).article
    assert (article.url, article.published_basis) == (url, basis)
    assert article.published_on == (dt.date(2020, 2, 5) if basis == "url" else ARRIVAL)
