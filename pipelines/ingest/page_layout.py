"""Says in a page's own terms how it is laid out, for trafilatura goes by what elements are called.

Pages of the 1990s stand in one table, their paragraphs parted by line breaks; in what programs make, everything is a
division. What places the text becomes divisions, what breaks part becomes paragraphs, what holds the story an article.
"""

from collections import Counter
from functools import cache
from typing import Any

_LAYOUT_TABLES = "//table[.//td[string-length(.) > 600 and (count(.//br) > 3 or .//p or .//table)]]"
"""A cell with that much text and several lines holds no figure: the table places the page."""
_TABLE_PARTS = ("table", "tbody", "thead", "tr", "td", "th")
_BROKEN = "//*[self::div or self::font or self::span or self::section or self::article or self::center][count(br) > 2]"
_INLINE = frozenset(
    {"a", "abbr", "b", "big", "cite", "code", "em", "font", "i", "mark", "q", "s", "small", "span", "strong", "sub"}
    | {"sup", "time", "tt", "u"}
)
_LONG = 80
"""Characters from which a paragraph tells where the story stands."""
_MOST_OF_IT = 0.7
"""Share of all long paragraphs' text that the holder of the story has at least."""


def lay_out(tree: Any) -> None:
    """Renames layout tables, parts broken lines into paragraphs and finds the story's holder, in the lxml tree."""
    for table in compiled(_LAYOUT_TABLES)(tree):
        for part in table.iter(*_TABLE_PARTS):
            part.tag = "div"
    for element in compiled(_BROKEN)(tree):
        _part_into_paragraphs(element)
    if next(tree.iter("article"), None) is not None:
        return
    weights: Counter[Any] = Counter()
    for paragraph in tree.iter("p"):
        size = text_size(paragraph)
        if size > _LONG and paragraph.getparent() is not None:
            weights[paragraph.getparent()] += size
    if weights:
        holder, weight = weights.most_common(1)[0]
        if weight >= _MOST_OF_IT * weights.total() and holder.tag in ("div", "section"):
            holder.tag = "article"


def _part_into_paragraphs(element: Any) -> None:
    """Each run of text and inline elements between breaks or blocks becomes a paragraph; the element a division."""
    from lxml import etree

    children = list(element)
    paragraph = etree.SubElement(element, "p")
    paragraph.text, element.text = element.text, None
    for child in children:
        if child.tag in _INLINE:
            paragraph.append(child)  # moves it there, its tail along
            continue
        tail, child.tail = child.tail, None
        if child.tag == "br":
            element.remove(child)
        else:
            element.append(child)
        paragraph = etree.SubElement(element, "p")
        paragraph.text = tail
    element.tag = "article" if element.tag == "article" else "div"


def text_size(element: Any) -> int:
    """Characters of text in the element, counted by libxml2: no object is made for what is inside."""
    return int(compiled("string-length(.)")(element))


@cache
def compiled(path: str) -> Any:
    """The XPath, compiled once."""
    from lxml import etree

    return etree.XPath(path)
