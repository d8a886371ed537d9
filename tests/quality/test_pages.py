"""The composed articles as HTML pages of six designs: the floors of test_articles.py less .02, by design and overall.

All pages are read; trafilatura by itself is compared on every third page of each design, to keep the test short.
"""

import hashlib
from html import unescape
from types import SimpleNamespace

import pytest

from tests.quality.articles.page_measure import PAGE_MEASURES, PageReading, body_f1, trafilatura_f1
from tests.quality.articles.pages import MARKUP, pages
from tests.quality.articles.reading import page_readings, told_of_pages

FLOORS = {"body_kept": 0.97, "boilerplate_removed": 0.95, "headline": 0.96, "published_on": 0.93}
CORPUS = "d25c1fc3962232e3"
"""Beginning of the hash of all pages: the floors speak of these, and move with them."""


def of_design(some, design):
    return [reading for reading in some if design in ("all", reading.page.design)]


def test_the_pages_are_the_ones_that_were_measured():
    digest = hashlib.sha256()
    for page in pages():
        labels = [line[:3] for line in page.lines]
        digest.update(f"{page.design} {page.article.name} {page.published_on} {labels}".encode() + page.data)
    assert digest.hexdigest()[:16] == CORPUS, "measure the floors anew, then write down this hash"


def test_there_are_enough_pages_of_each_design():
    designs = [page.design for page in pages()]
    assert set(designs) == set(MARKUP)
    assert len(MARKUP) >= 6
    assert min(designs.count(design) for design in MARKUP) >= 20


def test_a_page_shows_every_line_of_its_article():
    """Otherwise the labels would speak of what is not there."""
    for page in pages():
        shown = unescape(page.data.decode())
        missing = [line.plain for line in page.lines if line.plain not in shown]
        assert not missing, (page.article.name, missing)


def read_by_heart(page):
    """What a reader would give who knows the truth."""
    paragraphs = [SimpleNamespace(role=line.role, text=line.plain) for line in page.lines if line.slot != "page"]
    told = SimpleNamespace(
        headline=page.article.truth["headline"],
        published_on=page.published_on,
        published_basis="meta" if page.published_on else "arrival",
    )
    return PageReading(page, SimpleNamespace(article=told, paragraphs=paragraphs))


def test_whoever_knows_the_truth_gets_full_marks():
    some = [read_by_heart(page) for page in pages()]
    for name, score_of in PAGE_MEASURES.items():
        score = score_of(some)
        assert score.right == score.of > 0, (name, score.wrong[:5])
    assert body_f1(some) == 1


@pytest.mark.parametrize("design", ["all", *MARKUP])
@pytest.mark.parametrize("name", FLOORS)
def test_pages_are_read_as_well_as_the_floor_says(name, design):
    some = of_design(page_readings(), design)
    assert PAGE_MEASURES[name](some).share >= FLOORS[name], told_of_pages(name, PAGE_MEASURES[name], some)


@pytest.mark.parametrize("design", ["all", *MARKUP])
def test_the_body_is_no_worse_than_what_trafilatura_finds_by_itself(design):
    some = of_design(page_readings(), design)[::3]
    assert body_f1(some) >= trafilatura_f1([reading.page for reading in some])
