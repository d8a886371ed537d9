"""Web archives (WARC, as in WACZ and Common Crawl's files): the pages in them, one by one.

Documents are what a server answered, what was stored without a server (resource) and text made from pages
(conversion, in .wet files), where that is HTML, plain text, JSON, XML or PDF. All else passes without a word, for a
crawl is mostly that: requests and metadata, images, scripts and styles, redirects and errors, robots.txt.
"""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from pipelines.ingest.decode import clean
from pipelines.ingest.limits import Limits
from pipelines.ingest.refused import Refused, said
from pipelines.ingest.unpack import Room

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_TYPES = (
    "", "text/html", "application/xhtml+xml", "text/plain", "application/json", "application/ld+json",
    "application/feed+json", "application/pdf", "text/xml", "application/xml", "application/rss+xml",
    "application/atom+xml",
)  # fmt: skip
_FURNITURE = ("/robots.txt", "/sitemap.xml", "/ads.txt", "/humans.txt")
_ERRORS = (OSError, ValueError)
"""OSError is documented; ValueError for header values that are no text, found by damaging records."""


class Page(NamedTuple):
    """A record's payload as a browser gets it, its address, when it was fetched, and the encoding the server named."""

    data: bytes
    url: str | None
    fetched: str | None
    charset: str | None


def warc_records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(number from 1, its bytes) of every record, headers and all.

    Raises Refused behind the last whole one where the rest can't be read.
    """
    number, start, length = 0, 0, 0
    try:
        for record in _iterate(data):
            if number:
                yield number, data[start : record.stream_pos]
            number, start, length = number + 1, record.stream_pos, record.content_length
    except _ERRORS as error:
        raise Refused("damaged_archive", f"WARC, in record {number} or behind it: {said(error)}") from error
    head = data.find(b"\r\n\r\n", start)
    if not number or head < 0 or head + 4 + length > len(data):
        raise Refused("damaged_archive", f"WARC, in record {number}: it ends early")
    yield number, data[start:]


def read_page(data: bytes, room: Room, limits: Limits) -> Page | None:
    """The page in the bytes of one record; None if it is no document. Raises Refused where it can't be read."""
    try:
        record = next(_iterate(data, only_documents=True), None)
        if record is None:
            return None
        url = _header(record, "WARC-Target-URI")
        if record.is_http:
            record.parse_http(auto_decode="all")
        if not _is_document(record, url):
            return None
        content = record.reader.read(limits.document_bytes + 1)
        packing = record.http_headers.get("Content-Encoding") if record.is_http else None
        page = Page(content, url, _header(record, "WARC-Date"), record.http_charset)
    except _ERRORS as error:
        raise Refused("damaged_archive", f"WARC record: {said(error)}") from error
    if packing:
        room.take(len(content), "a page's Content-Encoding")
    return page


def _iterate(data: bytes, *, only_documents: bool = False) -> "Iterator[WarcRecord]":
    """fastwarc is imported when the first web archive comes."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    kinds = kinds if only_documents else WarcRecordType.any_type
    return iter(ArchiveIterator(io.BytesIO(data), record_types=kinds, parse_http=False, stream_detect=False))


def _header(record: "WarcRecord", name: str) -> str | None:
    value = (record.headers.get(name) or "").strip("<> ")
    return clean(value, "utf-8", is_detected=False).text or None


def _is_document(record: "WarcRecord", url: str | None) -> bool:
    if record.is_http:
        status, kind = record.http_headers.status_code, record.http_content_type
        if status is None or not 200 <= status < 300:
            return False
    else:
        kind = (record.headers.get("Content-Type") or "").partition(";")[0]
    path = (url or "").partition("?")[0].lower()
    return (kind or "").strip().lower() in _TYPES and not path.endswith(_FURNITURE)
