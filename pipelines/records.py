"""The nouns of the pipeline, as frozen rows: what a stage makes is a list of these.

Each row type carries the columns of a table in the warehouse (a test holds the two together), less `arrival_day`,
which the assets add: no function here depends on it beyond what it is given. Named tuples, because a busy day has
millions of rows and they turn into Arrow columns by zip (warehouse/stage.py).
"""

import datetime as dt
from hashlib import blake2b
from typing import NamedTuple


class Document(NamedTuple):
    """One document as it landed. `text` is final: every offset anywhere counts code points in it."""

    document_id: str
    path: str
    member: str | None
    outlet_hint: str | None
    bytes: int
    sha256: str
    format: str
    reader_version: str
    encoding: str | None
    text: str | None
    meta: str | None
    received_at: dt.datetime | None = None


class Reject(NamedTuple):
    """A file (`document_id` null) or document that could not be used; `reason` is a code of notices.py.

    `sha256` is that of the bytes that were refused, null where they were not read; `is_kept` says that the lake keeps
    those bytes.
    """

    reject_id: str
    document_id: str | None
    path: str
    member: str | None
    stage: str
    reason: str
    detail: str
    sha256: str | None = None
    is_kept: bool = False
    first_seen_at: dt.datetime | None = None
    last_seen_at: dt.datetime | None = None
    replayed_at: dt.datetime | None = None


class Notice(NamedTuple):
    """One thing worth knowing about a document that was used; `code` is a code of notices.py."""

    document_id: str
    stage: str
    code: str
    detail: str


class Article(NamedTuple):
    """One article: what its document says, taken apart."""

    article_id: str
    document_id: str
    outlet_id: str
    url: str | None
    headline: str | None
    headline_source: str | None
    headline_labels: list[str]
    section_path: list[str]
    authors: list[str]
    dateline_place: str | None
    dateline_agency: str | None
    published_on: dt.date
    published_basis: str
    published_low: dt.date | None
    published_high: dt.date
    published_start: int | None
    published_end: int | None
    lang: str | None
    lang_confidence: float | None
    body: str
    word_count: int
    paragraph_count: int
    repeated_paragraphs: int
    profile_version: str


class Paragraph(NamedTuple):
    """One block of an article; `text` is tidied, its source is the document's text from char_start to char_end."""

    paragraph_id: str
    article_id: str
    document_id: str
    ordinal: int
    role: str
    text: str
    text_hash: str
    repeat_of: str | None
    caption_text: str | None
    caption_on: dt.date | None
    caption_credit: str | None
    char_start: int
    char_end: int


class Mention(NamedTuple):
    """One name in the text. `surface` is exactly the document's text from char_start to char_end.

    Sums of money and quantities stand for no entity.
    """

    mention_id: str
    article_id: str
    document_id: str
    paragraph_id: str
    surface: str
    type: str
    entity_id: str | None
    place_id: int | None
    is_metonym: bool
    role: str | None
    char_start: int
    char_end: int
    confidence: float
    extractor: str
    extractor_version: str


class PlaceCandidate(NamedTuple):
    """One reading of a place name: rank 1 is the mention's own, rank 0 (with no place) says that there is none.

    `offset_km` and `bearing` (degrees clockwise from north) say where the text speaks of, seen from the place; `part`
    is a compass point or 'central'.
    """

    mention_id: str
    rank: int
    place_id: int | None
    score: float
    reason: str
    offset_km: float | None
    bearing: float | None
    part: str | None


class Alias(NamedTuple):
    """What a mention calls its entity, or (`kind` role) the title that it wears there."""

    entity_id: str
    alias: str
    kind: str
    mention_id: str


class DateRef(NamedTuple):
    """One date expression in the text, resolved to a first and last day."""

    date_id: str
    article_id: str
    document_id: str
    paragraph_id: str
    surface: str
    start_on: dt.date | None
    end_on: dt.date | None
    grain: str
    anchor_on: dt.date | None
    rule: str
    char_start: int
    char_end: int
    confidence: float
    extractor: str
    extractor_version: str


class Entity(NamedTuple):
    """One thing in the world: its hash id, canonical name, type and, where known, ISO country."""

    entity_id: str
    name: str
    type: str
    country: str | None


class Place(NamedTuple):
    """One place of the gazetteer; latitude and longitude in degrees, WGS 84."""

    place_id: int
    name: str
    kind: str
    country: str
    admin1: str | None
    lat: float
    lon: float
    population: int


class Outlet(NamedTuple):
    """One publisher."""

    outlet_id: str
    name: str
    domain: str | None
    country: str | None
    is_agency: bool


def content_id(*parts: str | None) -> str:
    """An 80-bit content hash of the parts as 20 hexadecimal characters; None and '' differ."""
    digest = blake2b(digest_size=10)
    for part in parts:
        digest.update(b"\x00" if part is None else b"\x01" + part.encode("utf-8", "surrogatepass") + b"\x02")
    return digest.hexdigest()


def text_hash(text: str) -> str:
    """An 80-bit hash of one string as 20 hexadecimal characters; for paragraphs, of which there are many."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()
