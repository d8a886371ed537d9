"""One record, whatever it came in, to a text: headline, blank line, body; the rest of what it says goes into `meta`."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import NamedTuple

from pipelines.ingest.decode import clean
from pipelines.ingest.fields import Fields, by_plain_name, find
from pipelines.ingest.markup import plain
from pipelines.ingest.refused import Refused

_INSIDE = ("text", "value", "#text", "$t", "rendered", "html", "content", "name")
"""Where an object in place of a text holds it: in the order of what it most likely means by it."""
_DEPTH = 5
"""Levels of lists and objects around a text or a name; more is no record that anybody meant."""
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class RecordText(NamedTuple):
    """A document's text, and as JSON what stood beside it: any of title, url, published, outlet, authors, lang."""

    text: str
    meta: str | None


def read_record(record: Mapping[str, object], fields: Fields) -> RecordText:
    """The record's text and meta. Lone surrogates are replaced in both. Raises Refused where it has no text."""
    named = by_plain_name(record)
    body = _first(named, fields.text)
    if not body:
        raise Refused("no_text", f"none of the fields that carry a text; there are {_keys(record)}")
    title = " ".join((_first(named, fields.title) or "").split())
    text = f"{title}\n\n{body}" if title and not body.lstrip().startswith(title) else body
    meta: dict[str, object] = {
        "title": title,
        "url": _first(named, fields.url),
        "published": next((stamp for name in fields.published if (stamp := _stamp(find(named, name)))), None),
        "outlet": _first(named, fields.outlet),
        "authors": [name for field in fields.authors for name in _names(find(named, field))],
        "lang": _first(named, fields.lang),
    }
    return RecordText(text, dump_meta({name: value for name, value in meta.items() if value}))


def records_in(value: object, fields: Fields) -> list[object] | None:
    """The list of records that the value is, or holds under one of its fields; None if there is none."""
    named = by_plain_name(value) if isinstance(value, dict) else {}
    for found in [value, *(find(named, name) for name in fields.records)]:
        if isinstance(found, list) and (not found or any(isinstance(item, dict) for item in found)):
            return found
    return None


def dump_meta(meta: dict[str, object]) -> str | None:
    """The meta as JSON with sorted keys, None if there is nothing in it."""
    return json.dumps(meta, sort_keys=True) if meta else None


def _first(named: Mapping[str, object], names: tuple[str, ...]) -> str | None:
    return next((text for name in names if (text := _text(find(named, name)))), None)


def _text(value: object, depth: int = 0) -> str | None:
    """The text of a string, of a list of paragraphs, or of an object around one; None if there is none."""
    if isinstance(value, str):
        said = _clean(value)
        if "<" in said or "&" in said:
            said = _clean(plain(said))
        return said if said.strip() else None
    if depth > _DEPTH:
        return None
    if isinstance(value, list):
        parts = [text for item in value if (text := _text(item, depth + 1))]
        return "\n\n".join(parts) or None
    if isinstance(value, dict):
        return next((text for key in _INSIDE if (text := _text(value.get(key), depth + 1))), None)
    return None


def _stamp(value: object) -> str | None:
    """A time as text; a number is taken for seconds since 1970, or thousandths of them and smaller, by its size."""
    if isinstance(value, bool) or not (isinstance(value, int | float) or (isinstance(value, str) and _is_epoch(value))):
        return _text(value)
    try:
        number = float(value)
    except OverflowError:
        return None
    for unit in (1, 1e3, 1e6, 1e9):
        if 3e8 <= number / unit < 1e10:  # 1979 to 2286; 20200205 and 20200205103000 are days written together
            return (_EPOCH + dt.timedelta(seconds=number / unit)).isoformat(timespec="seconds")
    return str(value)


def _is_epoch(value: str) -> bool:
    return len(value) in (10, 13) and value.isascii() and value.isdigit()


def _names(value: object, depth: int = 0) -> list[str]:
    if depth > _DEPTH:
        return []
    if isinstance(value, str):
        return [name] if (name := " ".join((_text(value) or "").split())) else []
    if isinstance(value, list):
        return [name for item in value for name in _names(item, depth + 1)]
    if isinstance(value, dict):
        return _names(value.get("name"), depth + 1)
    return []


def _clean(text: str) -> str:
    return clean(text, "utf-8", is_detected=False).text


def _keys(record: Mapping[str, object]) -> str:
    names = ", ".join(sorted(map(str, record))[:12]) or "none"
    return _clean(names)[:200]
