"""Which field of a record (JSON, CSV, feed) carries what: the names that are looked for, and how they are found."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple, Self


class Fields(NamedTuple):
    """Names of fields by what they carry, the first that holds something wins.

    Upper and lower case, '_', '-' and spaces make no difference: published_at, publishedAt and "Published At" are one
    name. A dot leads inside: 'article.body' is the field body of the object article. `records` are the fields under
    which a file's one object holds its list of records.
    """

    title: tuple[str, ...] = ("title", "headline", "head", "webTitle", "headline.main")
    text: tuple[str, ...] = (
        "text", "body", "content", "article", "articleBody", "full_text", "article_text", "body_text", "main_text",
        "maintext", "plain_text", "story", "content_text", "content_html", "html", "fields.body", "fields.bodyText",
    )  # fmt: skip
    url: tuple[str, ...] = ("url", "link", "web_url", "canonical_url", "page_url", "source_url", "permalink")
    published: tuple[str, ...] = (
        "published", "date", "published_at", "date_published", "pubDate", "publication_date", "publish_date",
        "published_on", "published_time", "web_publication_date", "publication_time", "created_at", "timestamp",
    )  # fmt: skip
    outlet: tuple[str, ...] = ("source", "outlet", "site", "publisher", "site_name", "publication", "newspaper")
    authors: tuple[str, ...] = ("author", "authors", "byline", "creator")
    lang: tuple[str, ...] = ("lang", "language", "language_code", "in_language")
    records: tuple[str, ...] = (
        "articles", "items", "data", "results", "records", "documents", "docs", "entries", "stories", "news", "posts",
        "response.docs", "response.results", "feed.entry", "rss.channel.item", "data.articles", "data.items",
    )  # fmt: skip

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any], base: "Fields | None" = None) -> Self:
        """`base`, or the defaults, with the names given (one, or a list) in place of those it has for that field.

        Raises ValueError with one line for a field that does not exist or names that are none.
        """
        named = {}
        for field, value in mapping.items():
            if field not in cls._fields:
                raise ValueError(f"there is no field {field!r}; there are {', '.join(cls._fields)}")
            names = [value] if isinstance(value, str) else value
            if not isinstance(names, list | tuple) or not names:
                raise ValueError(f"field {field} is {value!r}, which is no name and no list of names")
            if not all(isinstance(name, str) and name.strip() for name in names):
                raise ValueError(f"field {field} has names that are no text: {value!r}")
            named[field] = tuple(names)
        return cls(**{**(base or DEFAULT_FIELDS)._asdict(), **named})


DEFAULT_FIELDS = Fields()


@lru_cache(maxsize=4096)
def plain_name(name: str) -> str:
    """The name without what makes no difference: case, '_', '-', spaces."""
    return re.sub(r"[\s_-]+", "", name).casefold()


def by_plain_name(record: Mapping[str, object]) -> dict[str, object]:
    """The record's values by plain name; of names that come to the same, the first that has a value."""
    named: dict[str, object] = {}
    for key, value in record.items():
        name = plain_name(key)
        if named.get(name) is None:
            named[name] = value
    return named


def find(named: Mapping[str, object], name: str) -> object:
    """What a record, its values by plain name, has under the name; None if nothing."""
    return _find(named, plain_name(name))


def _find(named: Mapping[str, object], name: str) -> object:
    found = named.get(name)
    if found is None and "." in name:
        first, _, rest = name.partition(".")
        inner = named.get(first)
        return _find(by_plain_name(inner), rest) if isinstance(inner, Mapping) else None
    return found
