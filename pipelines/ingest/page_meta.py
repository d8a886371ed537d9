"""What a page says of itself in its machine-readable parts: title, address, day, outlet, authors, section.

In order of trust: JSON-LD as schema.org defines it for articles, the meta tags of Open Graph and their older kin, then
what stands in the page (a heading, a time element beside it). trafilatura finds these too, and a few more by looking
for author boxes and dates all over the page; that costs more than the main text itself, and it gives guesses.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

_ARTICLE = re.compile(r"(?:.*Article|BlogPosting|LiveBlogPosting|.*Report)$")
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "pubdate", "publishdate",
    "publish-date", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dc.date.created",
    "dcterms.created", "sailthru.date", "parsely-pub-date", "article.published", "publication_date",
)  # fmt: skip
_AUTHOR = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "byl", "sailthru.author")
_SITE = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "publisher")
_TITLE = ("og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title", "title")
_SECTION = ("article:section", "parsely-section", "section")
_SPACE = re.compile(r"\s+")
_SUFFIX = re.compile(r"\s+[|–—»·-]\s+")
_HEADLINES = ("h1", "h2", "h3", "b", "strong", "font", "span", "div", "p", "td")
"""Elements that headlines stand in: pages of the 1990s had no headings but large type."""
_LEAST_HEADLINE = 15
_LONGEST_DATE = 100
_DATED = re.compile(
    r"(?<!\d)\d{1,2}(?!\d).*(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\d)(?:19|20)\d\d(?!\d).*(?<!\d)\d{1,2}(?!\d)"
)
"""A year and a number of one or two digits, in either order: which day that is, the parser says."""
_DEEPEST = 6
"""Levels of JSON-LD that are looked into: '@graph' lists hold articles two levels down."""


def page_meta(tree: Any) -> dict[str, object]:
    """Any of title, url, published, outlet, authors and section that the page (an lxml tree) says of itself."""
    tags = _meta_tags(tree)
    data = next(_articles(_linked_data(tree)), {})
    title = _headline(tree, data, tags)
    heading = _heading(tree, title) if title else None
    if heading is not None and not data and not _first(tags, _TITLE):
        title = line(heading.text)  # only the window's title was there, which names the site, too
    published = _text(data.get("datePublished")) or _first(tags, _PUBLISHED) or _time_element(tree)
    found: dict[str, object] = {
        "title": title,
        "url": _url(tree, data, tags),
        "published": published or (_date_line(heading) if heading is not None else ""),
        "outlet": _name(data.get("publisher")) or _first(tags, _SITE),
        "authors": _names(data.get("author")) or [name for key in _AUTHOR for name in tags.get(key, [])[:5]][:5],
        "section": _text(data.get("articleSection")) or _first(tags, _SECTION),
    }
    found["authors"] = [name for name in _names(found["authors"]) if "://" not in name and len(name) < 80]
    return {key: value for key, value in found.items() if value}


def _meta_tags(tree: Any) -> dict[str, list[str]]:
    """Contents of the meta tags by their lower-cased name, property or itemprop."""
    tags: dict[str, list[str]] = {}
    for tag in tree.iter("meta"):
        key = tag.get("property") or tag.get("name") or tag.get("itemprop")
        content = line(tag.get("content"))
        if key and content:
            tags.setdefault(key.strip().lower(), []).append(content)
    return tags


def _linked_data(tree: Any) -> Iterator[Any]:
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            try:
                yield json.loads(script.text, strict=False)
            except (ValueError, RecursionError):
                continue  # many pages have a broken one beside a good one


def _articles(values: Iterator[Any]) -> Iterator[dict[str, Any]]:
    """Objects of a type that is an article, from the outside in."""
    waiting = [(value, 0) for value in values]
    while waiting:
        value, depth = waiting.pop(0)
        if isinstance(value, dict):
            kinds = value.get("@type")
            if any(isinstance(kind, str) and _ARTICLE.match(kind) for kind in _listed(kinds)):
                yield value
        if depth < _DEEPEST and isinstance(value, dict | list):
            inner = value.values() if isinstance(value, dict) else value
            waiting += [(item, depth + 1) for item in inner if isinstance(item, dict | list)]


def _headline(tree: Any, data: dict[str, Any], tags: dict[str, list[str]]) -> str:
    """The heading that the page's own data confirm; without one, what the data say, then the first heading."""
    element = next(tree.iter("title"), None)
    in_window = line(element.text_content()) if element is not None else ""
    said = _text(data.get("headline")) or _first(tags, _TITLE) or ""
    headings = [text for heading in tree.iter("h1") if (text := line(heading.text_content()))]
    for heading in sorted(headings, key=len, reverse=True):  # the site's name may be a heading and in the title, too
        own = heading.casefold()
        if any(len(own) > 3 and (own in other or other in own) for other in _folded(said, in_window)):
            return heading
    if said:
        return _without_site(said, tags)
    if len(headings) == 1:
        return headings[0]
    return _without_site(in_window, tags)


def _folded(*texts: str) -> list[str]:
    return [text.casefold() for text in texts if len(text) > 3]


def _without_site(title: str, tags: dict[str, list[str]]) -> str:
    """The title without the site's name at its end, where a tag tells that name."""
    parts = _SUFFIX.split(title)
    site = (_first(tags, _SITE) or "").casefold()
    if len(parts) > 1 and site and parts[-1].casefold() == site:
        return title[: title.rindex(parts[-1])].rstrip(" |–—»·-")
    return title


def _url(tree: Any, data: dict[str, Any], tags: dict[str, list[str]]) -> str:
    for tag in tree.iter("link"):
        if (tag.get("rel") or "").lower() == "canonical" and (tag.get("href") or "").startswith("http"):
            return line(tag.get("href"))
    page = data.get("mainEntityOfPage")
    said = (_first(tags, ("og:url",)), data.get("url"), page.get("@id") if isinstance(page, dict) else page)
    return next((text for value in said if (text := _text(value)).startswith("http")), "")


def _time_element(tree: Any) -> str:
    """The first time element that is marked as the day of publication, or stands in the article or beside its heading.

    Any other may be that of a teaser for another story.
    """
    for tag in tree.iter("time", "span", "meta", "abbr"):
        if tag.get("itemprop") == "datePublished" or tag.get("pubdate") is not None:
            return line(tag.get("datetime") or tag.get("content") or tag.get("title") or tag.text_content())
    heading = next(tree.iter("h1"), None)
    nearby = [*tree.iter("article")][:1]
    if heading is not None and heading.getparent() is not None:
        nearby += [heading.getparent(), *heading.iterancestors("header")]
    for place in nearby:
        for tag in place.iter("time"):
            if tag.get("datetime"):
                return line(tag.get("datetime"))
    return ""


def _heading(tree: Any, title: str) -> Any:
    """The element that shows the headline, or most of it; None if there is none."""
    for element in tree.iter(*_HEADLINES):
        text = line(element.text)
        if text == title or (len(text) >= _LEAST_HEADLINE and text in title):
            return element
    return None


def _date_line(heading: Any) -> str:
    """The line beside the headline that names a day with its year: 'Updated: Tuesday, January 17, 2023'.

    It stands behind the headline and before the story, or right above it.
    """
    behind = [line(text) for text in heading.xpath("following::text()[normalize-space()][position() <= 14]")]
    story = next((at for at, text in enumerate(behind) if len(text) > _LONGEST_DATE * 2), len(behind))
    above = [line(text) for text in heading.xpath("preceding::text()[normalize-space()][position() <= 3]")]
    return next((text for text in [*behind[:story], *reversed(above)] if _is_date_line(text)), "")


def _is_date_line(text: str) -> bool:
    return len(text) <= _LONGEST_DATE and bool(_DATED.search(text)) and "©" not in text and "opyright" not in text


def _first(tags: dict[str, list[str]], keys: tuple[str, ...]) -> str | None:
    return next((tags[key][0] for key in keys if key in tags), None)


def _text(value: Any) -> str:
    value = next(iter(_listed(value)), None)
    return line(value) if isinstance(value, str) else ""


def _name(value: Any) -> str:
    value = next(iter(_listed(value)), None)
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _names(value: Any) -> list[str]:
    names = [_name(item) for item in _listed(value)]
    return list(dict.fromkeys(part.strip() for name in names for part in name.split(";") if part.strip()))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def line(text: str | None) -> str:
    """The text on one line, single-spaced."""
    return _SPACE.sub(" ", text or "").strip()
