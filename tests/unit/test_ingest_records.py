"""Records, whatever they come in: JSON and JSON lines, tables, feeds; their fields and the HTML inside of them."""

import json

import pytest

from pipelines.ingest.feed import feed_entries
from pipelines.ingest.fields import DEFAULT_FIELDS, Fields
from pipelines.ingest.json_record import json_entries
from pipelines.ingest.limits import Limits
from pipelines.ingest.markup import plain
from pipelines.ingest.record import read_record
from pipelines.ingest.refused import Refused
from pipelines.ingest.table import find_table, has_text_column, rows


def meta_of(record, fields=DEFAULT_FIELDS):
    return json.loads(read_record({"text": "x", **record}, fields).meta or "{}")


def entries(data, **limits):
    """(format, [(number, value or reason)]), the last one without a number where reading ended badly."""
    found = json_entries(data, Limits()._replace(**limits))
    if found is None:
        return None
    values = []
    try:
        for entry in found[1]:
            value = entry.value.reason if isinstance(entry.value, Refused) else entry.value
            values.append((entry.number, value))
    except Refused as refused:
        values.append((None, refused.reason))
    return found[0], values


@pytest.mark.parametrize(
    ("record", "text"),
    [
        ({"TITLE": "Bees", "Body": "One."}, "Bees\n\nOne."),
        ({"full text": "One.", "head-line": "Bees"}, "Bees\n\nOne."),
        ({"article": {"body": "One."}}, None),
        ({"article": {"text": "One."}}, "One."),
        ({"text": ["One.", "", "Two."]}, "One.\n\nTwo."),
        ({"content": [{"type": "p", "text": "One."}, {"type": "img"}, {"text": "Two."}]}, "One.\n\nTwo."),
        ({"content": {"rendered": "<p>One.</p><p>Two.</p>"}}, "One.\n\nTwo."),
        ({"text": "", "body": "One."}, "One."),
        ({"title": "One", "text": "One goes on."}, "One goes on."),
        ({"title": "Two\n lines", "text": "One."}, "Two lines\n\nOne."),
        ({"text": 5}, None),
        ({}, None),
    ],
)
def test_title_and_text_are_found(record, text):
    if text is None:
        with pytest.raises(Refused, match="no_text"):
            read_record(record, DEFAULT_FIELDS)
    else:
        assert read_record(record, DEFAULT_FIELDS).text == text


@pytest.mark.parametrize(
    ("value", "published"),
    [
        (1580976000, "2020-02-06T08:00:00+00:00"),
        ("1580976000", "2020-02-06T08:00:00+00:00"),
        (1580976000123, "2020-02-06T08:00:00+00:00"),
        (1580976000.5, "2020-02-06T08:00:00+00:00"),
        (1580976000123456789, "2020-02-06T08:00:00+00:00"),
        (20200206, "20200206"),
        ("20200206", "20200206"),
        ("20200206103000", "20200206103000"),
        (20200206103000, "20200206103000"),
        (2020, "2020"),
        (10**400, None),
        (float("nan"), "nan"),
        (True, None),
        ({"$date": "x", "value": "2020-02-06"}, "2020-02-06"),
    ],
)
def test_numbers_are_times_where_they_can_be(value, published):
    assert meta_of({"date": value}).get("published") == published


def test_what_stands_beside_the_text_is_found():
    record = {"source": {"id": "p", "name": "Post"}, "byline": [{"name": "A B"}, "C D"], "link": "https://a.example/"}
    assert meta_of(record | {"inLanguage": "en"}) == {
        "outlet": "Post", "authors": ["A B", "C D"], "url": "https://a.example/", "lang": "en",
    }  # fmt: skip


def test_a_mapping_of_its_own_takes_the_place_of_the_default():
    fields = Fields.from_mapping({"text": ["body.full"], "published": "meta.first_online"})
    record = {"text": "not this", "body": {"full": "this"}, "meta": {"first_online": "2020-02-05"}}
    assert read_record(record, fields) == ("this", '{"published": "2020-02-05"}')
    assert read_record({"body.full": "a column of that name"}, fields).text == "a column of that name"


@pytest.mark.parametrize(
    ("marked", "text"),
    [
        ("One &amp; two", "One & two"),
        ("AT&T and R&D; a < b > c", "AT&T and R&D; a < b > c"),
        ("<p>One<br>two</p><ul><li>three</li></ul> four", "One\n\ntwo\n\nthree\n\nfour"),
        ("<p>One <b>b</b>old <!-- no -->word</p><script>no()</script> tail", "One bold word\n\ntail"),
        ("lines\nstay\n\nas they are", "lines\nstay\n\nas they are"),
        ("<p></p>", ""),
    ],
)
def test_markup_becomes_plain_text(marked, text):
    assert plain(marked) == text


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b'{"a": 1}', ("json", [(None, {"a": 1})])),
        (b'[{"a": 1}, 5]', ("json", [("1", {"a": 1}), ("2", 5)])),
        (b'{"a": 1}\n\n{"a": 2}\n', ("jsonl", [("1", {"a": 1}), ("3", {"a": 2})])),
        (b'{"a": 1}\n{"a": ', ("jsonl", [("1", {"a": 1}), ("2", "damaged_json")])),
        (b'[{"a": 1}, {"a": ', ("json", [("1", {"a": 1}), (None, "damaged_json")])),
        (b'[{"a": 1} {"a": 2}]', ("json", [("1", {"a": 1}), (None, "damaged_json")])),
        (b'[{"a": 1}] and more', ("json", [("1", {"a": 1}), (None, "damaged_json")])),
        (b'{"a": ', ("json", [(None, "damaged_json")])),
        (b'\xef\xbb\xbf {"a": "\t"}', ("json", [(None, {"a": "\t"})])),
        (b"[" * 5000, ("json", [(None, "damaged_json")])),
        (b"[Reuters] Bees were seen", None),
        (b"{Reuters} Bees were seen\n{Post} Bees\n", None),
        (b"[1] A footnote\n[2] Another\n", None),
    ],
)
def test_json_is_told_from_text_that_begins_with_a_bracket(data, found):
    assert entries(data) == found


def test_a_list_longer_than_a_document_is_read_item_by_item():
    data = json.dumps([{"a": number} for number in range(100)]).encode()
    assert entries(data, document_bytes=50) == entries(data)
    assert entries(json.dumps({"a": "b" * 60}).encode(), document_bytes=50) == ("json", [(None, "too_large")])


def test_json_lines_in_another_encoding_are_decoded_alike():
    lines = ['{"a": "plain"}', '{"a": "café"}', '{"a": "l’été, déjà"}']
    found = json_entries("\n".join(lines).encode("cp1252"), Limits())[1]
    assert [(entry.value["a"], entry.how.encoding) for entry in found] == [
        ("plain", "utf-8"), ("café", "windows-1252"), ("l’été, déjà", "windows-1252"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("title,text\nBees,They fly.\n", ","),
        ("text;title\nThey fly.;Bees\n", ";"),
        ("Title\tBody\nBees\tThey fly.\n", "\t"),
        ("url|content\nx|They fly.\n", "|"),
        ('"title","text"\n"Bees","They, as ever, fly."\n', ","),
        ("id,text\n1,They fly.\n2,They sing.\n3,They sleep.\n", ","),
        ("title,text\rBees,They fly.\r", None),
        ("id,text\n1,They fly.\n", None),
        ("title,text\n", None),
        ("Text, title\n\nA story, told, often.\nAnother, one, too.\n", None),
        ("Bees fly, thyme flowers, text ends\n\nThe rest.\n", None),
        ("Title\n\nText.\n", None),
        ("title,text,text\na,b,c\n", None),
        ("title,1999,text\na,b,c\n", None),
    ],
)
def test_a_table_is_told_from_text_with_commas(text, delimiter):
    table = find_table(text, DEFAULT_FIELDS)
    assert (table and table.delimiter) == delimiter


def test_a_table_without_a_text_is_told_when_it_is_sure():
    table = find_table("id,title,url\n1,a,b\n2,c,d\n3,e,f\n", DEFAULT_FIELDS)
    assert not has_text_column(table, DEFAULT_FIELDS)
    assert has_text_column(table, Fields.from_mapping({"text": "title"}))


def test_rows_keep_what_is_in_quotes_and_odd_ones_are_refused():
    text = 'title,text\r\na,"b ""c""\r\nd"\r\n\r\n,\r\ne\r\nf,g,h\r\ni,"' + "j" * 200_000 + '"\r\nk,"open'
    table = find_table(text, DEFAULT_FIELDS)
    found = [entry.value for entry in rows(text, table, Limits())]
    assert found[0] == {"title": "a", "text": 'b "c"\r\nd'}
    assert [value.reason for value in found[1:3]] == ["damaged_row"] * 2
    assert len(found[3]["text"]) == 200_000
    assert found[4] == {"title": "k", "text": "open"}


def test_a_field_that_is_too_long_ends_the_table_aloud():
    text = "title,text\na,b\nc," + "d" * 200 + "\ne,f\n"
    found = rows(text, find_table(text, DEFAULT_FIELDS), Limits(document_bytes=100))
    assert next(found).value == {"title": "a", "text": "b"}
    with pytest.raises(Refused, match="damaged_row"):
        next(found)


def test_a_feed_gives_its_entries():
    text = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY file SYSTEM "file:///etc/hostname">]>
    <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
    <channel><title>Post</title></channel><item><title>Bees &amp; co &file;</title><description>They fly.</description>
    <date xmlns="http://purl.org/dc/elements/1.1/">2020-02-05</date></item><item><!-- nothing --></item></rdf:RDF>"""
    (first, second) = feed_entries(text)
    assert (first["text"], first["published"], first["source"]) == ("They fly.", "2020-02-05", "Post")
    assert first["title"].startswith("Bees & co")
    assert "localhost" not in first["title"]
    assert second == {"source": "Post"}


@pytest.mark.parametrize("text", ["<rss", "<rss><channel>", "<feed>\ufffd", "<rss>" * 3000])
def test_a_damaged_feed_gives_what_can_be_read_or_is_refused(text):
    found = []
    try:
        found = feed_entries(text)
    except Refused as refused:
        found = [refused.reason]
    assert found in ([], ["damaged_feed"])
