"""Takes out of a page what is plainly no part of its article, before the main text is looked for.

Names of classes tell trafilatura much of this; pages made by programs have none that mean anything. So only structure
counts here: what a part is declared to be, how much of it is links, and lists whose every item leads to another story.
"""

from collections import Counter
from typing import Any

from pipelines.ingest.page_layout import compiled, text_size

_DECLARED = frozenset(
    {"dialog", "alertdialog", "navigation", "banner", "contentinfo", "complementary", "search", "menu"}
)
_COMMENTS = "//*[self::div or self::section or self::ol or self::ul][contains(@class, 'comments') or @id='comments']"
_CODE = ("script", "style")
_UNSEEN = ("noscript", "template", "svg", "button", "select")
_HOLDERS = frozenset(
    {"div", "section", "aside", "ul", "ol", "nav", "table", "tbody", "tr", "td", "footer", "dl", "menu"}
)
_BLOCKS = _HOLDERS | {"li", "article", "a", "p", "dd"}
_FORM = 1_000
"""Most characters of a form that asks for something."""
_LEAST_LINKS = 3
"""A holder of fewer links is no list: an article's paragraph may well have two."""
_LEAST_SHARE = 0.5
"""Share of characters in links from which a holder is a list of links. Paragraphs of Wikipedia reach a quarter."""
_TEASER = 450
"""Most characters of a teaser: a headline of 120, a summary of 300."""
_LEAST_TEASERS = 0.7
"""Share of a holder's items that have to be teasers; the rest are its heading, and a button for more."""
_STORY = 0.5
"""A holder with more of the page's text than this is not taken out: a page may be all links, a wrapper may be named by
its comments, and what is never closed swallows the page."""
_LONG = 80
"""Characters from which a paragraph may be a story's."""
_LEAST_STORY = 250
"""Characters in long paragraphs beside a dialog or comments, however large, that show the story is not in there."""


def prune(tree: Any) -> None:
    """Takes navigation, dialogs, lists of links and lists of teasers out of the lxml tree."""
    from lxml import etree

    etree.strip_elements(tree, *_CODE, with_tail=False)
    page = text_size(tree)
    for element in list(tree.iter(*_UNSEEN)):
        if text_size(element) <= _STORY * page:
            _take_out(element)
    declared = (part for part in compiled("//*[@role]")(tree) if part.get("role").strip().lower() in _DECLARED)
    for part in (*declared, *compiled(_COMMENTS)(tree)):
        if _holds_no_story(part) and (text_size(part) <= _STORY * text_size(tree) or _is_story_beside(part)):
            _take_out(part)
    for items in tree.iter("ul", "ol"):
        if next(items.iter("a"), None) is None:  # a list of facts, whatever its class makes it look like
            items.attrib.pop("class", None)
            items.attrib.pop("id", None)
    body = tree.find(".//body")
    if body is None:
        return
    most = _STORY * text_size(body)
    for form in list(body.iter("form")):
        if text_size(form) <= min(_FORM, most):  # some frameworks wrap the whole page in one
            _take_out(form)
    root = tree.getroottree().getroot()
    for element, links in _holders(body):
        if element.getroottree().getroot() is not root:
            continue  # went with a holder around it
        size = text_size(element)
        if size <= most and (links >= _LEAST_SHARE * size or _is_list_of_teasers(element)) and _holds_no_story(element):
            _take_out(element)


def _holders(body: Any) -> list[tuple[Any, int]]:
    """Elements that hold enough links, the outermost first, with the number of characters in their links."""
    counts: Counter[Any] = Counter()
    characters: Counter[Any] = Counter()
    for link in body.iter("a"):
        length = text_size(link)
        for holder in link.iterancestors(*_HOLDERS):
            counts[holder] += 1
            characters[holder] += length
    found = [(element, characters[element]) for element, count in counts.items() if count >= _LEAST_LINKS]
    return sorted(found, key=lambda pair: int(compiled("count(ancestor::*)")(pair[0])))


def _is_list_of_teasers(element: Any) -> bool:
    items = [child for child in element if child.tag in _BLOCKS]
    return len(items) >= _LEAST_LINKS and sum(map(_is_teaser, items)) >= _LEAST_TEASERS * len(items)


def _is_teaser(item: Any) -> bool:
    size = text_size(item)
    if not 0 < size <= _TEASER:
        return False
    linked = size if item.tag == "a" else max(map(text_size, item.iter("a")), default=0)
    return linked >= 15 and linked >= 0.15 * size


def _holds_no_story(element: Any) -> bool:
    if element.tag in ("body", "html") or next(element.iter("h1", "article", "main"), None) is not None:
        return False
    return not compiled("boolean(.//*[@role='main' or @role='article'])")(element)


def _is_story_beside(element: Any) -> bool:
    inside = set(element.iter("p"))
    sizes = (text_size(p) for p in element.getroottree().getroot().iter("p") if p not in inside)
    return sum(size for size in sizes if size >= _LONG) >= _LEAST_STORY


def _take_out(element: Any) -> None:
    if element.getparent() is not None:
        element.drop_tree()
