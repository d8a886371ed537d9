"""Which lines an outlet puts around its stories, learnt by counting over its articles.

`count_lines` counts in memory what the warehouse counts by SQL over published paragraphs; `propose` says which of the
counted lines are furniture, by thresholds and by what the line looks like. What was learnt goes into a profile
(`Profile.with_learnt`) under the version that `version_of` gives.
"""

import datetime as dt
import re
from collections.abc import Iterable
from typing import NamedTuple

from pipelines.parse.article import Parsed
from pipelines.parse.byline import read_byline
from pipelines.parse.dateline import read_date_line, read_dateline
from pipelines.parse.profile import NOTHING_LEARNT
from pipelines.records import content_id, text_hash

COUNTED_ROLES = ("headline", "subheadline", "body", "list", "quote", "boilerplate")
"""Roles a line can have before or after it is learnt. The others are read for what they are."""
CONTENT_ROLES = ("body", "list", "quote")
LONGEST = 160
"""Longest line that is counted, in characters of its tidied text."""
LONG = 140
"""A content paragraph from this length on is story: what stands before the first and behind the last is the edge."""

_LEAST_DOCUMENTS = 5
_LEAST_SHARE = 0.25
_LEAST_EDGE = 0.9
_LEAST_SHARE_ANYWHERE = 0.8
_LEAST_SHARE_OF_A_SENTENCE = 0.5
_LEAST_SHARE_OF_A_NAME = 0.5
_LEAST_SHARE_OF_A_HEADLINE = 0.8
# Tuned on made-up outlets of 5 to 300 stories: below five documents a section's name passes for a button, below a
# quarter a writer's sign-off does. A sentence that closes a few stories is background that the outlet pastes into them
# ('Turkey is crossed by two large fault lines …'); one that closes every second story is a plea to subscribe. The
# headline of one story stands among the related ones of others; no outlet gives one headline to four of five stories.

_SPEAKER = re.compile(
    r"[^\W\d_a-zß-öø-ÿ][^:a-zß-öø-ÿ]{0,40}:|(?i:question|answer|q|a|frage|antwort|pregunta|respuesta)\s?:"
)
_SENTENCE = re.compile(r"(?:\S+\s+){5,}.*[.!?…؟。][\"')\]]*")
_NAME = re.compile(r"(?:[^\W\d_a-zß-ÿ][\w.'-]*(?:\s|$)|(?:de|van|von|al|bin|der|la)\s){2,4}")


class LineCount(NamedTuple):
    """How often an outlet has a line: one row for each (outlet_id, line_hash).

    Counted are distinct bodies, so that copies of one story count once: `document_count` those whose article has the
    line, `edge_count` those in which it stands at the edge (see LONG), `headline_count` those in which it was read as
    the headline, `outlet_documents` all of the outlet's. An article without a long paragraph has no edge.
    `first_seen_on` and `last_seen_on` are days of publication.
    """

    outlet_id: str
    line_hash: str
    line: str
    document_count: int
    edge_count: int
    headline_count: int
    outlet_documents: int
    first_seen_on: dt.date
    last_seen_on: dt.date


class LearntLine(NamedTuple):
    """One line that is an outlet's furniture; `share` is the share of its documents that have it."""

    outlet_id: str
    line_hash: str
    line: str
    document_count: int
    share: float
    first_seen_on: dt.date
    last_seen_on: dt.date


def count_lines(parsed: Iterable[Parsed]) -> list[LineCount]:
    """The counts of all short lines in these articles, by outlet and hash."""
    found: dict[tuple[str, str], LineCount] = {}
    documents: dict[str, int] = {}
    bodies: set[tuple[str, str]] = set()
    for article, paragraphs, *_ in parsed:
        outlet, on = article.outlet_id, article.published_on
        body = outlet, text_hash(article.body.casefold())
        if body in bodies:
            continue
        bodies.add(body)
        documents[outlet] = documents.get(outlet, 0) + 1
        story = [line.ordinal for line in paragraphs if line.role in CONTENT_ROLES and len(line.text) >= LONG]
        first, last = (story[0], story[-1]) if story else (-1, len(paragraphs))
        lines: dict[str, tuple[str, bool, bool]] = {}
        for line in paragraphs:
            if line.role in COUNTED_ROLES and len(line.text) <= LONGEST:
                text, is_edge, is_headline = lines.get(line.text_hash, (line.text, False, False))
                is_edge |= line.ordinal < first or line.ordinal > last
                lines[line.text_hash] = text, is_edge, is_headline or line.role == "headline"
        for line_hash, (text, is_edge, is_headline) in lines.items():
            seen = found.get((outlet, line_hash)) or LineCount(outlet, line_hash, text, 0, 0, 0, 0, on, on)
            found[outlet, line_hash] = seen._replace(
                line=min(seen.line, text),
                document_count=seen.document_count + 1,
                edge_count=seen.edge_count + is_edge,
                headline_count=seen.headline_count + is_headline,
                first_seen_on=min(seen.first_seen_on, on),
                last_seen_on=max(seen.last_seen_on, on),
            )
    return [count._replace(outlet_documents=documents[count.outlet_id]) for _, count in sorted(found.items())]


def propose(counts: Iterable[LineCount]) -> list[LearntLine]:
    """The counted lines that are furniture, by outlet and hash."""
    return sorted(
        LearntLine(
            count.outlet_id,
            count.line_hash,
            count.line,
            count.document_count,
            count.document_count / count.outlet_documents,
            count.first_seen_on,
            count.last_seen_on,
        )
        for count in counts
        if _is_furniture(count)
    )


def _is_furniture(count: LineCount) -> bool:
    share = count.document_count / count.outlet_documents
    if count.document_count < _LEAST_DOCUMENTS or share < _LEAST_SHARE:
        return False
    is_sentence = bool(_SENTENCE.fullmatch(count.line))
    if count.edge_count < _LEAST_EDGE * count.document_count and (share < _LEAST_SHARE_ANYWHERE or is_sentence):
        return False
    least = _LEAST_SHARE_OF_A_HEADLINE
    if count.headline_count and (share < least or count.headline_count < least * count.document_count):
        return False
    line = count.line
    if is_sentence and share < _LEAST_SHARE_OF_A_SENTENCE:
        return False
    if _NAME.fullmatch(line) and share < _LEAST_SHARE_OF_A_NAME:
        return False
    return not (_SPEAKER.match(line) or read_byline(line, dt.date.max) or _is_dated(line))


def _is_dated(line: str) -> bool:
    return read_date_line(line, dt.date.max) is not None or read_dateline(line + " -", dt.date.max) is not None


def version_of(lines: Iterable[LearntLine]) -> str:
    """A hash of which lines of which outlets were learnt, whatever their counts; NOTHING_LEARNT for no lines."""
    parts = sorted(f"{line.outlet_id} {line.line_hash}" for line in lines)
    return content_id(*parts)[:12] if parts else NOTHING_LEARNT
