"""Web archives: which records are documents, what the server said, damage."""

import gzip

import pytest

from pipelines.ingest.limits import Limits
from pipelines.ingest.refused import Refused
from pipelines.ingest.unpack import Room
from pipelines.ingest.warc import read_page, warc_records
from tests.unit.test_ingest_reader import damaged

ROOM = Room(Limits(), 1000)
PAGE = b"<html><body><p>They fly.</p></body></html>"


def record(
    body=PAGE, kind=b"response", http=b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=koi8-r\r\n", url=b"x"
):
    if http:
        body = http + b"\r\n" + body
        media = b"application/http; msgtype=response"
    else:
        media = b"text/plain"
    return (
        b"WARC/1.0\r\nWARC-Type: " + kind + b"\r\nWARC-Target-URI: https://a.example/" + url + b"\r\n"
        b"WARC-Date: 2020-02-06T03:14:15Z\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Type: " + media + b"\r\n"
        b"Content-Length: %d\r\n\r\n" % len(body) + body + b"\r\n\r\n"
    )


def page(data):
    return read_page(data, ROOM, Limits())


def test_a_page_comes_with_what_is_known_of_it():
    assert page(record()) == (PAGE, "https://a.example/x", "2020-02-06T03:14:15Z", "koi8-r")


@pytest.mark.parametrize(
    "http",
    [
        b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n",
        b"HTTP/1.1 301 Moved\r\nLocation: /y\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/css\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: application/javascript\r\n",
    ],
)
def test_what_is_no_document_passes(http):
    assert page(record(http=http)) is None


@pytest.mark.parametrize("kind", [b"request", b"warcinfo", b"metadata", b"revisit", b"no-such"])
def test_records_of_other_kinds_pass(kind):
    assert page(record(kind=kind)) is None


def test_files_for_crawlers_pass():
    assert page(record(http=b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n", url=b"robots.txt?x")) is None


@pytest.mark.parametrize("kind", [b"conversion", b"resource"])
def test_what_came_without_a_server_is_read(kind):
    assert page(record(b"They fly.", kind, http=b"")).data == b"They fly."


def test_what_the_server_did_to_a_page_is_undone():
    packed = gzip.compress(PAGE)
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n"
    assert page(record(packed, http=http)).data == PAGE
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n"
    assert page(record(b"5\r\n<html\r\n1\r\n>\r\n0\r\n\r\n", http=http)).data == b"<html>"


def test_a_page_that_is_packed_to_be_a_bomb_takes_no_more_than_a_document():
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n"
    data = record(gzip.compress(bytes(50_000_000)), http=http)
    assert len(read_page(data, Room(Limits(), 10**6), Limits(document_bytes=1000)).data) == 1001
    with pytest.raises(Refused, match="bomb"):
        read_page(data, Room(Limits(document_bytes=1000), 2), Limits(document_bytes=1000))


def test_records_are_numbered_and_whole():
    found = list(warc_records(record(url=b"1") + record(kind=b"request") + record(url=b"3")))
    assert [number for number, _ in found] == [1, 2, 3]
    assert page(found[2][1]).url == "https://a.example/3"
    assert b"".join(data for _, data in found) == record(url=b"1") + record(kind=b"request") + record(url=b"3")


@pytest.mark.parametrize("cut", [1, 4, 5, 40, 200])
def test_a_record_that_breaks_off_is_not_used(cut):
    records = warc_records(record() + record()[:-cut])
    assert page(next(records)[1]).data == PAGE
    if cut > 4:  # the line ends behind a record are no part of it
        with pytest.raises(Refused, match="damaged_archive"):
            list(records)
    else:
        assert len(list(records)) == 1


def test_damage_ends_in_pages_or_a_refusal():
    reasons: set[str] = set()
    for data in damaged(record() + record(gzip.compress(PAGE)) + record(b"They fly.", b"resource", b""), 3000):
        try:
            for _, found in warc_records(data):
                page(found)
        except Refused as refused:
            reasons.add(refused.reason)
    assert reasons <= {"damaged_archive"}
