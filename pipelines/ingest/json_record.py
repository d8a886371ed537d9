"""One JSON record to a text: headline, blank line, body; the rest of what it says goes into `meta`."""

import json
from typing import NamedTuple

from pipelines.ingest.decode import clean

_TEXT = ("text", "body", "content", "article", "articleBody")
_TITLE = ("title", "headline")
_META = {
    "url": ("url", "link"),
    "published": ("published", "date", "published_at", "datePublished", "pubDate"),
    "outlet": ("source", "outlet", "site", "publisher"),
    "authors": ("author", "authors", "byline"),
}


class RecordText(NamedTuple):
    """A document's text, and as JSON what stood beside it: any of title, url, published, outlet, authors."""

    text: str
    meta: str | None


def read_record(data: bytes) -> RecordText | str:
    """The record's text and meta, or the reason why there is none. Lone surrogates are replaced in both."""
    try:
        record = json.loads(data)
    except (ValueError, RecursionError):  # brackets nested a thousand deep are no record
        return "damaged_json"
    if not isinstance(record, dict):
        return "no_text"
    body = _first(record, _TEXT)
    title = _first(record, _TITLE)
    if not body or not body.strip():
        return "no_text"
    text = f"{title}\n\n{body}" if title and not body.lstrip().startswith(title) else body
    meta: dict[str, object] = {"title": title} if title else {}
    for name, keys in _META.items():
        if name == "authors":
            authors = [value for key in keys for value in _names(record.get(key))]
            if authors:
                meta[name] = authors
        elif value := _first(record, keys):
            meta[name] = value
    return RecordText(text, dump_meta(meta))


def dump_meta(meta: dict[str, object]) -> str | None:
    """The meta as JSON with sorted keys, None if there is nothing in it."""
    return json.dumps(meta, sort_keys=True) if meta else None


def _clean(text: str) -> str:
    return clean(text, "utf-8", is_detected=False).text


def _first(record: dict[str, object], keys: tuple[str, ...]) -> str | None:
    found = next((value for key in keys if isinstance(value := record.get(key), str) and value.strip()), None)
    return _clean(found) if found else None


def _names(value: object) -> list[str]:
    if isinstance(value, str):
        return [_clean(value.strip())] if value.strip() else []
    if isinstance(value, list):
        return [name for item in value for name in _names(item)]
    if isinstance(value, dict):
        return _names(value.get("name"))
    return []
