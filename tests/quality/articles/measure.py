"""Holds what the product read of an article against the truth about it: words for text, paragraphs for pages.

Nothing here asserts; every function gives (right, of, wrong), where `wrong` names what a person should look at. A line
whose truth allows two readings counts for neither side. The floors stand in tests/quality/test_articles.py.
"""

import bisect
import re
from collections import Counter
from typing import NamedTuple

from pipelines.parse.tidy import tidy
from tests.quality.articles.compose import Composed
from tests.quality.articles.wording import HOMES
from tests.quality.articles.writer import BODY, Line

KEPT = {*BODY, "headline", "subheadline"}


class Reading(NamedTuple):
    """One article as the product read it; `roles` gives the role of every line's words, one list a line."""

    article: Composed
    document: object
    parsed: object
    roles: list[list[str]]


class Score(NamedTuple):
    """How many were right, of how many, and the wrong ones in words."""

    right: int
    of: int
    wrong: list[str]

    @property
    def share(self) -> float:
        return self.right / self.of if self.of else 1.0


def even(text: str | None) -> str | None:
    """The text as it compares: quotes, dashes and spaces in one form."""
    if text is None:
        return None
    return re.sub(r"\s+", " ", re.sub(r"[\"'«»„“”‘’]\s?|\s(?=»)", "'", re.sub(r"\s*[-–—]\s*", "-", tidy(text)))).strip()


def roles_of_lines(article: Composed, document, parsed) -> list[list[str]]:
    """For each line of the truth the role that the product gave to each of its words, by position in the text."""
    starts = [paragraph.char_start for paragraph in parsed.paragraphs]
    found, roles = [], []
    for word in re.finditer(r"\S+", document.text):
        at = bisect.bisect_right(starts, word.start()) - 1
        holds = at >= 0 and word.start() < parsed.paragraphs[at].char_end
        found.append(word[0])
        roles.append(parsed.paragraphs[at].role if holds else "none")
    wanted = [word for line in article.lines for word in line.text.split()]
    assert found == wanted, f"{article.name}: the reader changed the words of a plain text"
    at, told = 0, []
    for line in article.lines:
        count = len(line.text.split())
        told.append(roles[at : at + count])
        at += count
    return told


def _shown(reading: Reading, line: Line, got) -> str:
    return f"{reading.article.name}: {line.role} read as {got}: {line.text[:100]!r}"


def _lines(readings: list[Reading]):
    return (
        (reading, line, roles)
        for reading in readings
        for line, roles in zip(reading.article.lines, reading.roles, strict=True)
    )


def body_kept(readings: list[Reading]) -> Score:
    """Words of body, list and quote that were read as one of these."""
    right = of = 0
    wrong = []
    for reading, line, roles in _lines(readings):
        if line.role in BODY and not set(line.also) - set(BODY):
            lost = [role for role in roles if role not in BODY]
            right, of = right + len(roles) - len(lost), of + len(roles)
            wrong += [_shown(reading, line, lost[0])] if lost else []
    return Score(right, of, wrong)


def body_precise(readings: list[Reading]) -> Score:
    """Words read as body, list or quote that are such."""
    right = of = 0
    wrong = []
    for reading, line, roles in _lines(readings):
        taken = sum(role in BODY for role in roles)
        of += taken
        if {line.role, *line.also} & set(BODY):
            right += taken
        elif taken:
            wrong.append(_shown(reading, line, "body"))
    return Score(right, of, wrong)


def boilerplate_removed(readings: list[Reading]) -> Score:
    """Lines of furniture no word of which is in the body or in a headline."""
    right = of = 0
    wrong = []
    for reading, line, roles in _lines(readings):
        if line.role == "boilerplate" and not KEPT & set(line.also):
            of += 1
            kept = [role for role in roles if role in KEPT]
            right += not kept
            wrong += [_shown(reading, line, kept[0])] if kept else []
    return Score(right, of, wrong)


def role_right(readings: list[Reading], role: str) -> Score:
    """Lines of the role most words of which were read as it, or as what a second reader might call it."""
    right = of = 0
    wrong = []
    for reading, line, roles in _lines(readings):
        if line.role == role:
            got, _ = Counter(roles).most_common(1)[0]
            of += 1
            right += got == role or got in line.also
            wrong += [] if got == role or got in line.also else [_shown(reading, line, got)]
    return Score(right, of, wrong)


def _compared(readings: list[Reading], wanted, got) -> Score:
    right = of = 0
    wrong = []
    for reading in readings:
        want, have = wanted(reading.article.truth), got(reading.parsed)
        of += 1
        right += want == have
        wrong += [] if want == have else [f"{reading.article.name}: {want!r} read as {have!r}"]
    return Score(right, of, wrong)


def is_headline(truth: dict, got: str | None) -> bool:
    """Whether this is the headline, or what is left of it where its end may be taken for its source."""
    return even(got) in {even(truth["headline"]), even(truth.get("headline_if_cut", truth["headline"]))}


def headline(readings: list[Reading]) -> Score:
    """Headlines read exactly, without source and label."""
    right, wrong = 0, []
    for reading in readings:
        truth, got = reading.article.truth, reading.parsed.article.headline
        right += is_headline(truth, got)
        wrong += [] if is_headline(truth, got) else [f"{reading.article.name}: {truth['headline']!r} read as {got!r}"]
    return Score(right, len(readings), wrong)


def headline_source(readings: list[Reading]) -> Score:
    """Sources split off the headline; 'officials say' and 'officials' are one."""
    some = [reading for reading in readings if "headline_if_cut" not in reading.article.truth]

    def who(source):
        return source and re.sub(r" says?$", "", even(source))

    return _compared(
        some, lambda truth: who(truth["headline_source"]), lambda parsed: who(parsed.article.headline_source)
    )


def published_on(readings: list[Reading]) -> Score:
    """Days read right where the text tells the day; the arrival day is no reading of the text."""
    told = [reading for reading in readings if reading.article.truth["published_on"]]
    return _compared(
        told,
        lambda truth: truth["published_on"],
        lambda parsed: None if parsed.article.published_basis == "arrival" else parsed.article.published_on,
    )


def authors(readings: list[Reading]) -> Score:
    return _compared(
        readings,
        # 'By ANN OTHER' names Ann Other, however she is then written.
        lambda truth: sorted(even(name).casefold() for name in truth["authors"]),
        lambda parsed: sorted(even(name).casefold() for name in parsed.article.authors),
    )


def section(readings: list[Reading]) -> Score:
    """Section paths; whether 'Home' is a section is left open."""

    def path(crumbs):
        return [even(crumb) for crumb in crumbs if crumb.casefold() not in HOMES]

    return _compared(readings, lambda truth: path(truth["section"]), lambda parsed: path(parsed.article.section_path))


def language(readings: list[Reading]) -> Score:
    return _compared(readings, lambda truth: truth["lang"], lambda parsed: parsed.article.lang)


def labels(readings: list[Reading]) -> Score:
    return _compared(readings, lambda truth: truth["labels"], lambda parsed: list(parsed.article.headline_labels))


def dateline_place(readings: list[Reading]) -> Score:
    return _compared(
        readings, lambda truth: even(truth.get("dateline_place")), lambda parsed: even(parsed.article.dateline_place)
    )


def dateline_agency(readings: list[Reading]) -> Score:
    return _compared(
        readings, lambda truth: even(truth.get("dateline_agency")), lambda parsed: even(parsed.article.dateline_agency)
    )


def caption_credit(readings: list[Reading]) -> Score:
    """The credit that stands in each caption, in the order of the text; of 'Name/Agency' the agency will do.

    Whether a credit on a line of its own is the caption's is left open.
    """
    some = [reading for reading in readings if not reading.article.truth.get("has_credit_line")]

    def agency(credit):
        return even(credit and re.split(r"\s*[/|]\s*", credit)[-1])

    def credits(parsed):
        return [agency(paragraph.caption_credit) for paragraph in parsed.paragraphs if paragraph.role == "caption"]

    return _compared(some, lambda truth: [agency(caption["credit"]) for caption in truth["captions"]], credits)


def caption_on(readings: list[Reading]) -> Score:
    """The day that stands in each caption, in the order of the text."""

    def days(parsed):
        return [paragraph.caption_on for paragraph in parsed.paragraphs if paragraph.role == "caption"]

    return _compared(readings, lambda truth: [caption["on"] for caption in truth["captions"]], days)
