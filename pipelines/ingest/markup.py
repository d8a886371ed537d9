"""Marked-up text inside a field or a mail to plain text: the words in their blocks. Pages are html_page.py's."""

import html
import re

from pipelines.ingest.refused import Refused

_TAG = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|h[1-6]|ul|ol|li|blockquote|img|figure|table|tr|td)\b[^<>]*>", re.I
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.I)
_BLOCKS = frozenset(
    ["address", "article", "aside", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt", "figcaption",
     "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "li", "main",
     "nav", "ol", "p", "pre", "section", "table", "td", "th", "title", "tr", "ul"]
)  # fmt: skip
_TAGS = 200_000
"""Tags in one page, feed or field: each takes about a kilobyte of memory as it is read. Long pages have 20,000."""
_SILENT = frozenset(["script", "style", "template", "noscript", "head", "iframe", "svg", "object"])


def hold_to_tags(text: str) -> None:
    """Raises Refused for markup of more tags than can be read."""
    if text.count("<") > _TAGS:
        raise Refused("too_large", f"more than {_TAGS} tags, far more than pages have")


def is_marked_up(text: str) -> bool:
    """Whether there are HTML tags in the text."""
    return "<" in text and _TAG.search(text) is not None


def plain(text: str) -> str:
    """The text without tags, its blocks joined by blank lines; entities as the characters they stand for.

    Text without tags keeps its line breaks. Raises Refused where there are too many tags. lxml is imported when the
    first tags come.
    """
    if not is_marked_up(text):
        return _ENTITY.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text
    hold_to_tags(text)
    from lxml import etree
    from lxml import html as lxml_html

    try:
        tree = lxml_html.fromstring(f"<div>{text}</div>".encode(), parser=lxml_html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError):
        return ""
    blocks: list[list[str]] = [[]]
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        name = element.tag if isinstance(element.tag, str) else ""
        is_block = name in _BLOCKS
        if event == "start":
            if is_block:
                blocks.append([])
            if element.text and name and name not in _SILENT:
                blocks[-1].append(element.text)
        if event == "end" or not name:
            if is_block:
                blocks.append([])
            if element.tail and not _is_silent(element.getparent()):
                blocks[-1].append(element.tail)
    lines = (" ".join("".join(block).split()) for block in blocks)
    return "\n\n".join(line for line in lines if line)


def _is_silent(element: object) -> bool:
    return getattr(element, "tag", None) in _SILENT
