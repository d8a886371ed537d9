"""An HTML page to a text: trafilatura's main text in blocks joined by blank lines, the headline before it.

What the page says of itself goes into `meta` (page_meta.py). trafilatura is imported when the first page comes: it
takes half a second, which a run without pages does not owe.
"""

import logging
from typing import Any

from pipelines.ingest.decode import clean
from pipelines.ingest.page_furniture import prune
from pipelines.ingest.page_layout import lay_out
from pipelines.ingest.page_meta import line, page_meta
from pipelines.ingest.record import RecordText, dump_meta
from pipelines.ingest.refused import Refused

_MOST_TAGS = 200_000
"""The largest pages seen have some 20,000; libxml2 and trafilatura take 1 KB for each."""
_LITTLE = 400
"""Characters of text up to which it is asked whether it is a story at all, and not the links around one."""
_TOP = 5
"""Blocks among which the headline may stand already, below a section's name or a date."""


def read_html(html: str) -> RecordText | None:
    """The page's main text and what the page says of itself; None if there is no text to find.

    Raises Refused for a page of so many elements that its tree would take the memory of the machine.
    """
    if (tags := html.count("<")) > _MOST_TAGS:
        raise Refused("too_large", f"{tags} tags, the limit is {_MOST_TAGS}")
    import trafilatura
    from lxml import etree
    from lxml import html as lxml_html

    try:
        tree = lxml_html.fromstring(html.encode("utf-8"), parser=lxml_html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError):
        return None
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # a page without text is a reject, not a line on stderr
    meta = page_meta(tree)
    prune(tree)
    lay_out(tree)
    page = trafilatura.bare_extraction(tree, fast=True, include_comments=False)
    if page is None or isinstance(page, dict) or not (page.text or "").strip():
        return None
    blocks = [block for text in (page.text or "").split("\n") if (block := text.strip())]
    if len(page.text or "") < _LITTLE and _are_links(blocks, tree):
        return None
    title = str(meta.get("title", ""))
    if title and blocks and title not in map(line, blocks[:_TOP]):
        blocks.insert(0, title)
    text = clean("\n\n".join(blocks), "utf-8", is_detected=False).text
    return RecordText(text, dump_meta(meta))


def _are_links(blocks: list[str], tree: Any) -> bool:
    """Whether each of the blocks is a link of the page: what is left where a script fills in the story."""
    links = {line("".join(link.itertext())) for link in tree.iter("a")}
    return all(line(block.lstrip("- ")) in links for block in blocks)
