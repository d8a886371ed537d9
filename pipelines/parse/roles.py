"""Which role each block of a text plays: breadcrumb, headline, byline, caption, body, boilerplate and so on.

The head of a text is read in order, each line for what it can still be; what follows is body unless it is a caption
or furniture; the tail is furniture from the first furniture line behind which nothing reads like a sentence. A
paragraph that opens with a dateline is two blocks: the dateline, and the story behind it.
"""

import datetime as dt
import re
from typing import NamedTuple

from pipelines.parse.blocks import Block, blocks
from pipelines.parse.captions import Caption, read_caption, read_credit
from pipelines.parse.dateline import Dateline, read_byline, read_date_line, read_dateline
from pipelines.parse.headline import is_headline
from pipelines.parse.outlet import domain_of
from pipelines.parse.profile import Profile
from pipelines.parse.tidy import tidy
from pipelines.parse.written_dates import WrittenDate

_URL = re.compile(r"https?://\S+$")
_SEPARATOR = re.compile(r"\s*[/>»›|→]\s*")
_SENTENCE_END = (".", "!", "?", "…", '."', ".”", ".'", ".’", '"', "”")
_FURNITURE_LENGTH = 160
_TAIL_LINE_LENGTH = 120
_SUBHEADLINE_LENGTH = 200


class Marked(NamedTuple):
    """A block with its role."""

    start: int
    end: int
    text: str
    role: str
    caption: Caption | None = None


class Structure(NamedTuple):
    """A text's blocks with their roles, in order, and what its head said."""

    blocks: list[Marked]
    url: str | None
    section_path: list[str]
    headline: str | None
    authors: list[str]
    dateline: Dateline | None
    dateline_start: int
    date_line: WrittenDate | None


def find_structure(text: str, title: str | None, profile: Profile, latest: dt.date) -> Structure:
    """Gives every block of the text its role. `title` is the headline where the drop names one beside the text."""
    items = blocks(text)
    tail = _tail_start(items, profile)
    marked: list[Marked] = []
    url: str | None = None
    section: list[str] = []
    headline: str | None = None
    authors: list[str] = []
    dateline: Dateline | None = None
    dateline_start = 0
    date_line: WrittenDate | None = None
    in_head = True
    for index, item in enumerate(items):
        line = item.text
        role, caption = "body", None
        if index >= tail or _is_furniture(line, profile) or _URL.match(line) or not any(map(str.isalnum, line)):
            role = "boilerplate"
            if in_head and url is None and _URL.match(line):
                url = line
        elif (caption := read_caption(line, latest)) is not None:
            role = "caption"
        elif in_head:
            if headline is None and index < 4 and (path := _breadcrumb(line)):
                role, section = "breadcrumb", path
            elif (found := read_date_line(line, latest)) is not None:
                role = "dateline"
                date_line = date_line or found._replace(start=item.start + found.start, end=item.start + found.end)
            elif (names := read_byline(line)) is not None:
                role, authors = "byline", names
            elif headline is None and (tidy(line) == title or (is_headline(line) and index + 1 < len(items))):
                role, headline = "headline", line
            elif read_credit(line) is not None:
                role = "credit"
            elif _is_subheadline(marked, line, items, index, tail):
                role = "subheadline"
            else:
                in_head = False
                dateline = read_dateline(line, latest)
                if dateline is not None and dateline.length < len(line):
                    dateline_start, cut = item.start, item.start + dateline.length
                    mark = line[: dateline.length].rstrip()
                    marked.append(Marked(item.start, item.start + len(mark), mark, "dateline"))
                    item = Block(cut, item.end, text[cut : item.end])
        elif read_credit(line) is not None:
            role = "credit"
        marked.append(Marked(item.start, item.end, item.text, role, caption))
    return Structure(marked, url, section, headline, authors, dateline, dateline_start, date_line)


def _is_furniture(line: str, profile: Profile) -> bool:
    return len(line) <= _FURNITURE_LENGTH and bool(profile.furniture.fullmatch(line))


def _breadcrumb(line: str) -> list[str] | None:
    """The sections of a breadcrumb line, outermost first; None if the line is none."""
    if len(line) > 120 or line.endswith((".", "?", "!")) or _URL.match(line):
        return None
    parts = [tidy(part) for part in _SEPARATOR.split(line)]
    is_path = len(parts) > 1 and all(part and len(part.split()) <= 4 and not part[0].isdigit() for part in parts)
    # 'Iran/Iraq talks' is no path: a path is spaced, or has three parts.
    return parts if is_path and (len(parts) > 2 or re.search(r"\s[/>»›|→]\s", line)) else None


def _is_subheadline(marked: list[Marked], line: str, items: list[Block], index: int, tail: int) -> bool:
    """A line right below the headline that is no sentence, with paragraphs still to come."""
    return (
        bool(marked)
        and marked[-1].role == "headline"
        and len(line) <= _SUBHEADLINE_LENGTH
        and not line.endswith(_SENTENCE_END)
        and not line.endswith(":")
        and len(line.split()) > 4
        and any(len(later.text) > len(line) for later in items[index + 1 : tail])
    )


def _tail_start(items: list[Block], profile: Profile) -> int:
    """Index of the first block of the furniture at the end; the number of blocks if there is none."""
    start = len(items)
    first = start
    while start > 1:
        line = items[start - 1].text
        if _is_furniture(line, profile):
            first = start - 1
        elif len(line) > _TAIL_LINE_LENGTH or line.endswith(_SENTENCE_END):
            break
        start -= 1
    # The outlet's name right above its address belongs to the furniture.
    if 1 < first < len(items) and _names_domain(items[first - 1].text, items[first].text):
        first -= 1
    return first


def _names_domain(line: str, address: str) -> bool:
    domain = domain_of(address)
    squeezed = re.sub(r"\W", "", line.lower())
    return bool(domain and squeezed and len(line) <= 60 and squeezed.startswith(domain.split(".")[0].replace("-", "")))
