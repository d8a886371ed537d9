"""An HTML page to a text: trafilatura's main text in blocks joined by blank lines, the headline before it.

What the page says of itself in its meta tags goes into `meta`. trafilatura is imported when the first page comes: it
takes half a second, which a run without pages does not owe.
"""

import re

from pipelines.ingest.decode import clean
from pipelines.ingest.json_record import RecordText, dump_meta

_PUBLISHED = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@name='date' or @name='pubdate' or @itemprop='datePublished']/@content",
    "//article//time[@datetime]/@datetime",
    "//time[@datetime]/@datetime",
)


def read_html(html: str) -> RecordText | None:
    """The page's main text and what its meta tags say; None if there is no text to find."""
    import trafilatura
    from lxml import etree
    from lxml import html as lxml_html

    try:
        tree = lxml_html.fromstring(html.encode("utf-8"), parser=lxml_html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError):
        return None
    published = next((str(found[0]) for path in _PUBLISHED if (found := tree.xpath(path))), None)
    page = trafilatura.bare_extraction(tree, fast=True, with_metadata=True, include_comments=False)
    if page is None or isinstance(page, dict) or not (page.text or "").strip():
        return None
    title = _line(page.title)
    blocks = [line.strip() for line in (page.text or "").split("\n") if line.strip()]
    if title and blocks and _line(blocks[0]) != title:
        blocks.insert(0, title)
    meta: dict[str, object] = {
        "title": title,
        "url": page.url,
        "published": published,
        "outlet": page.sitename,
        "authors": [name.strip() for name in (page.author or "").split(";") if name.strip()],
    }
    text = clean("\n\n".join(blocks), "utf-8", is_detected=False).text
    return RecordText(text, dump_meta({key: value for key, value in meta.items() if value}))


def _line(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "").strip()
