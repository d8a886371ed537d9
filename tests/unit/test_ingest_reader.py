"""The way through a drop: formats told by content, members and ids, limits, and reading again what was refused."""

import gzip
import hashlib
import io
import json
import random
import tarfile
import tracemalloc
import zipfile

import pytest

from pipelines.ingest.fields import DEFAULT_FIELDS, Fields
from pipelines.ingest.limits import Limits
from pipelines.ingest.reader import read_drop
from pipelines.records import content_id

PATH = "post/2020-02-06/a"
TEXT = "Ferry hits pier in Piraeus\n\nDozens were hurt on the quay of Piraeus on Monday, the coast guard said.\n"
RECORD = {"title": "Bees", "text": "Beekeepers moved 340 hives."}
LINES = (json.dumps(RECORD) + "\n" + json.dumps({"title": "No text"}) + "\n").encode()


def read(data, fields=DEFAULT_FIELDS, **limits):
    """Everything in the bytes."""
    return list(read_drop(PATH, "post", data, hashlib.sha256(data).hexdigest(), Limits()._replace(**limits), fields))


def outcomes(data, **limits):
    """(member, format, reason or None) of everything in the bytes."""
    return [
        (row.document.member, row.document.format, row.reject and row.reject.reason) for row in read(data, **limits)
    ]


def zipped(members):
    """A zip of (name, bytes)."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def tarred(members):
    """A tar of (name, bytes)."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        for name, data in members:
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return target.getvalue()


def damaged(whole, times):
    """The bytes with a few of them changed, gone or new, so many times over; the same each time it is asked."""
    rng = random.Random(5)
    for _ in range(times):
        data = bytearray(whole)
        for _ in range(rng.randint(1, 8)):
            at = rng.randrange(len(data))
            data[at : at + rng.randint(0, 3)] = rng.randbytes(rng.randint(0, 3))
        yield bytes(data)


def test_a_member_is_the_way_to_it():
    inner = zipped([("feed.jsonl", LINES), ("text.txt.gz", gzip.compress(TEXT.encode()))])
    assert outcomes(gzip.compress(tarred([("x/inner.zip", inner)]))) == [
        ("x/inner.zip!feed.jsonl!1", "jsonl+zip+tar+gzip", None),
        ("x/inner.zip!feed.jsonl!2", "jsonl+zip+tar+gzip", "no_text"),
        ("x/inner.zip!text.txt.gz", "text+gzip+zip+tar+gzip", None),
    ]


def test_of_a_packed_file_the_id_is_that_of_the_file_and_of_a_member_that_of_its_bytes():
    packed = gzip.compress(TEXT.encode())
    (alone,) = read(packed)
    assert alone.document.sha256 == hashlib.sha256(packed).hexdigest()
    assert alone.document.bytes == len(packed)
    (member,) = read(zipped([("a.txt.gz", packed)]))
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    assert (member.document.sha256, member.document.bytes) == (digest, len(TEXT))
    assert member.document.document_id == content_id(PATH, "a.txt.gz", digest)


def test_names_that_come_twice_or_hold_the_mark_between_steps_stay_apart():
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zipped([("a!1", b"one"), ("a.txt", b"one"), ("a.txt", b"one"), ("a.txt#2", b"one")])
    found = read(data)
    assert [row.document.member for row in found] == ["a%211", "a.txt", "a.txt#2", "a.txt#2#2"]
    assert len({row.document.document_id for row in found}) == 4


LINKS = '<nav><a href="/">Home</a> <a href="/sea">Sea</a></nav>'


@pytest.mark.parametrize(
    ("inside", "is_used"),
    [
        (f"{LINKS}<div id='app'></div><script>start()</script>", False),
        ("<ul><li><a href='/'>Home</a><li><a href='/a'>Bees of Gozo go to sea</a></ul>", False),
        ("<div><a href='/'>Home</a><br><a href='/a'>Bees of Gozo go to sea</a></div>", False),
        (f"{LINKS}<p>Beekeepers moved their hives to the cliffs.</p>", True),
        (f"{LINKS}<h1>Bees of Gozo go to sea</h1><p><a href='/b'>Beekeepers</a> moved their hives.</p>", True),
    ],
)
def test_a_page_of_nothing_but_links_has_no_text(inside, is_used):
    (row,) = read(f"<html><head><title>Island Gazette</title></head><body>{inside}</body></html>".encode())
    assert (row.reject and row.reject.reason) == (None if is_used else "no_text_in_page")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"title": "Bees", "text": ""}', "no_text"),
        (b'{"title": "Bees", ', "damaged_json"),
        (b"title,text,date\na,b\nc,d,e\nf,g,h\n", "damaged_row"),
        (b"id,title,url\n1,a,b\n2,c,d\n3,e,f\n", "no_text_column"),
        (b"<html><body></body></html>", "no_text_in_page"),
        (b"<?xml version='1.0'?><a/>", "unknown_xml"),
        (b"<rss><channel><item><title>x</title></item></channel></rss>", "no_text"),
        (b"<rss><channel></channel></rss>", "empty"),
        (b"[]", "empty"),
        (b"From: a@b.example\nSubject: x\n\n\n", "no_text"),
        (b"%PDF-1.4 nothing", "damaged_pdf"),
        (gzip.compress(TEXT.encode())[:-9], "damaged_packing"),
        (b"\x89PNG\r\n", "binary"),
        (zipped([]), "empty"),
    ],
)
@pytest.mark.parametrize("around", ["nothing", "zip", "tar.gz"])
def test_what_is_kept_of_a_reject_gives_it_again_with_the_same_id(data, reason, around):
    packed = {"nothing": data, "zip": zipped([("m", data)]), "tar.gz": gzip.compress(tarred([("m", data)]))}[around]
    refused = [row for row in read(packed) if row.reject]
    assert [row.reject.reason for row in refused] == [reason]
    (row,) = refused
    document = row.document
    assert row.reject.sha256 == document.sha256 == hashlib.sha256(row.content).hexdigest()
    again = read_drop(
        PATH, "post", row.content, document.sha256, Limits(), member=document.member, held_as=document.format
    )
    found = [row for row in again if row.reject]
    # Of a row only its cells are kept, not how many the header has.
    assert [one.reject._replace(detail="") for one in found] == [row.reject._replace(detail="")]
    assert [one.document for one in found] == [document]


def test_a_reject_that_a_better_mapping_can_use_is_a_document_under_its_old_id():
    refused = read(zipped([("feed.jsonl", b'{"tale": "Bees."}\n{"tale": "More bees."}\n')]))
    assert {row.reject.reason for row in refused} == {"no_text"}
    for row in refused:
        document = row.document
        (again,) = read_drop(
            PATH, "post", row.content, document.sha256, Limits(), Fields.from_mapping({"text": "tale"}),
            document.member, document.format,
        )  # fmt: skip
        assert again.reject is None
        assert (again.document.document_id, again.document.format) == (document.document_id, "jsonl+zip")


def test_without_its_format_a_member_is_told_by_its_content():
    (row,) = read_drop(PATH, "post", TEXT.encode(), "0", Limits(), member="a.zip!x")
    assert (row.document.member, row.document.format) == ("a.zip!x", "text")


@pytest.mark.parametrize(
    ("limits", "data", "expected"),
    [
        ({"file_bytes": 50}, TEXT.encode(), [(None, "unread", "too_large")]),
        ({"document_bytes": 50}, TEXT.encode(), [(None, "text", "too_large")]),
        ({"document_bytes": 50}, LINES, [("1", "jsonl", "too_large"), ("2", "jsonl", "no_text")]),
        ({"document_bytes": 50}, b'{"text": "' + b"x" * 50 + b'"}', [(None, "json", "too_large")]),
        ({"unpacked_bytes": 50}, gzip.compress(TEXT.encode()), [(None, "gzip", "too_large")]),
        (
            {"expansion_ratio": 10, "document_bytes": 500},
            gzip.compress(b"Bees. " * 5000),
            [(None, "gzip", "bomb")],
        ),
        ({"members": 1}, LINES, [("1", "jsonl", None), (None, "jsonl", "too_many_members")]),
        (
            {"members": 1},
            zipped([("a", b"one"), ("b", b"two")]),
            [(None, "zip", "too_many_members")],
        ),
        (
            {"members": 1},
            tarred([("a", b"one"), ("b", b"two")]),
            [("a", "text+tar", None), (None, "tar", "too_many_members")],
        ),
        ({"nesting": 1}, gzip.compress(gzip.compress(TEXT.encode())), [(None, "gzip+gzip", "nested_too_deep")]),
        (
            {"nesting": 1},
            zipped([("a.gz", gzip.compress(b"one")), ("b", b"two")]),
            [("a.gz", "gzip+zip", "nested_too_deep"), ("b", "text+zip", None)],
        ),
    ],
)
def test_each_limit_has_its_reason(limits, data, expected):
    assert outcomes(data, **limits) == expected


def test_what_is_larger_than_a_document_is_not_kept():
    (row,) = read(TEXT.encode(), document_bytes=50)
    assert row.content is None
    assert row.reject.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()


def test_a_table_may_be_longer_than_a_document():
    data = ("title,text\n" + f"Bees,{'Hives. ' * 10}\n" * 50).encode()
    assert [row.reject for row in read(data, document_bytes=500)] == [None] * 50


def test_a_bomb_takes_no_more_memory_than_there_is_room_for():
    data = gzip.compress(bytes(200_000_000))
    tracemalloc.start()
    (row,) = read(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert row.reject.reason == "bomb"
    assert peak < 150_000_000


def test_members_are_unpacked_one_at_a_time():
    data = zipped([(f"{number}.txt", b"%d " % number + b"Bees fly. " * 50_000) for number in range(40)])
    tracemalloc.start()
    for row in read_drop(PATH, "post", data, "0", Limits()._replace(expansion_ratio=100_000)):
        assert row.reject is None
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 6_000_000
