"""Holds what the product read of a page against the truth: by paragraphs and words, for a page has no fixed text.

The same four measures as measure.py takes of plain text, and the F1 of body words, which trafilatura by itself is
measured by as well. Lines whose truth is open count for neither side.
"""

import re
from collections import Counter
from functools import cache
from typing import NamedTuple

import trafilatura

from tests.quality.articles.measure import KEPT, Score, even, is_headline
from tests.quality.articles.pages import Page
from tests.quality.articles.writer import BODY, Line


class PageReading(NamedTuple):
    """A page as the product read it."""

    page: Page
    parsed: object

    def paragraphs(self, roles) -> list[str]:
        """The paragraphs of these roles, as they compare."""
        return [even(paragraph.text) for paragraph in self.parsed.paragraphs if paragraph.role in roles]


def _is_body(line: Line) -> bool:
    return line.role in BODY and not set(line.also) - set(BODY)


def _shingles(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + 3]) for at in range(len(words) - 2)}


def _said(page: Page, words) -> str:
    return f"{page.design} {page.article.name}: {words}"


def body_kept(readings: list[PageReading]) -> Score:
    """Words of body, list and quote lines that were read as one of these: all of a line, or its 3-word runs."""
    right = of = 0
    wrong = []
    for reading in readings:
        text = " ".join(reading.paragraphs(BODY))
        runs = _shingles(text.split())
        for line in filter(_is_body, reading.page.lines):
            wanted = even(line.plain)
            words = wanted.split()
            of += len(words)
            if wanted in text:
                right += len(words)
                continue
            own = _shingles(words)
            right += round(len(words) * len(own & runs) / len(own)) if own else 0
            wrong.append(_said(reading.page, f"{line.role} lost: {line.plain[:100]!r}"))
    return Score(right, of, wrong)


def boilerplate_removed(readings: list[PageReading]) -> Score:
    """Lines of furniture that are in no paragraph read as body or headline.

    A short line counts as kept where it is a whole paragraph or a whole line of one: 'World' is in many a sentence.
    """
    right = of = 0
    wrong = []
    for reading in readings:
        kept = [paragraph for paragraph in reading.parsed.paragraphs if paragraph.role in KEPT]
        whole = {even(part) for paragraph in kept for part in [paragraph.text, *paragraph.text.split("\n")]}
        long = "\n".join(even(paragraph.text) for paragraph in kept)
        own = {even(line.plain) for line in reading.page.lines if line.role != "boilerplate"}
        for line in reading.page.lines:
            text = even(line.plain)
            if line.role != "boilerplate" or KEPT & set(line.also) or text in own:
                continue
            of += 1
            if text in whole or (len(text.split()) > 3 and text in long):
                wrong.append(_said(reading.page, f"kept: {line.plain[:100]!r}"))
            else:
                right += 1
    return Score(right, of, wrong)


def headline(readings: list[PageReading]) -> Score:
    """Headlines read exactly, without source, label and the site's name."""
    right, wrong = 0, []
    for reading in readings:
        truth, got = reading.page.article.truth, reading.parsed.article.headline
        right += is_headline(truth, got)
        wrong += [] if is_headline(truth, got) else [_said(reading.page, f"{truth['headline']!r} read as {got!r}")]
    return Score(right, len(readings), wrong)


def published_on(readings: list[PageReading]) -> Score:
    """Days read right where the page or its text tells the day."""
    right = of = 0
    wrong = []
    for reading in readings:
        want, article = reading.page.published_on, reading.parsed.article
        if want is None:
            continue
        have = None if article.published_basis == "arrival" else article.published_on
        of += 1
        right += want == have
        wrong += [] if want == have else [_said(reading.page, f"{want} read as {have}")]
    return Score(right, of, wrong)


def _bag(texts) -> Counter:
    """The words of the texts; hyphens and list marks part them, whoever set them."""
    return Counter(word for text in texts for word in re.findall(r"\w+", text.casefold()))


def _f1(page: Page, text: str) -> float:
    """The F1 of the text's words against the page's body words, as bags; words of open lines are not extra."""
    wanted = _bag(line.plain for line in page.lines if _is_body(line))
    left_open = _bag(line.plain for line in page.lines if not _is_body(line) and {line.role, *line.also} & set(BODY))
    got = _bag([text])
    matched = (wanted & got).total()
    extra = ((got - wanted) - left_open).total()
    return 2 * matched / (matched + extra + wanted.total()) if matched else 0.0


def body_f1(readings: list[PageReading]) -> float:
    """The mean F1 of the words that were read as body."""
    return sum(_f1(reading.page, "\n".join(reading.paragraphs(BODY))) for reading in readings) / len(readings)


@cache
def _found_by_trafilatura(data: bytes) -> str:
    read = trafilatura.bare_extraction(data.decode(), fast=True, include_comments=False)
    return (read.text if read else "") or ""


def trafilatura_f1(some: list[Page]) -> float:
    """The mean F1 of what trafilatura makes of the same pages by itself."""
    return sum(_f1(page, _found_by_trafilatura(page.data)) for page in some) / len(some)


PAGE_MEASURES = {
    "body_kept": body_kept,
    "boilerplate_removed": boilerplate_removed,
    "headline": headline,
    "published_on": published_on,
}
