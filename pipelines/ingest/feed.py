"""RSS and Atom feeds to records: each entry is a document, its text what the feed gives in full, else its summary."""

from typing import Any

from pipelines.ingest.refused import Refused, said

_TEXT = ("encoded", "content", "description", "summary")
"""Elements of an entry by local name: the full text first. What a feed gives as description may be all it has."""
_PUBLISHED = ("pubDate", "published", "issued", "date", "updated")
_AUTHORS = ("creator", "author")


def feed_entries(text: str) -> list[dict[str, object]]:
    """The entries of the feed as records with the default names of fields. Raises Refused where it can't be read."""
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, encoding="utf-8")
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused("damaged_feed", said(error)) from error
    if root is None:
        raise Refused("damaged_feed", "no element can be read")
    heads = (root, *(child for child in root if _name(child) == "channel"))
    outlet = next((_words(child) for head in heads for child in head if _name(child) == "title"), "")
    entries = (_entry(element, outlet) for element in root.iter() if _name(element) in ("item", "entry"))
    return [{name: value for name, value in entry.items() if value} for entry in entries]


def _entry(element: Any, outlet: str) -> dict[str, object]:
    parts: dict[str, list[Any]] = {}
    for child in element:
        parts.setdefault(_name(child), []).append(child)

    def first(names: tuple[str, ...]) -> str:
        return next((words for name in names for child in parts.get(name, ()) if (words := _words(child))), "")

    links = [(child.get("rel", "alternate"), child.get("href") or _words(child)) for child in parts.get("link", ())]
    return {
        "title": first(("title",)),
        "text": first(_TEXT),
        "url": next((address for relation, address in links if relation == "alternate" and address), ""),
        "published": first(_PUBLISHED),
        "author": [words for name in _AUTHORS for child in parts.get(name, ()) if (words := _author(child))],
        "source": outlet,
    }


def _author(element: Any) -> str:
    names = [_words(child) for child in element if _name(child) == "name"]
    return names[0] if names else _words(element)


def _words(element: Any) -> str:
    """All that stands in the element; of XHTML inside of it, the markup too."""
    if element.get("type") == "xhtml":
        from lxml import etree

        return str(etree.tostring(element, encoding="unicode", with_tail=False)).strip()
    return "".join(element.itertext()).strip()


def _name(element: Any) -> str:
    """The name without its namespace; of comments and the like, none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
