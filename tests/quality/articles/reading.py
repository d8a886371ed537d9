"""Has the product read the composed articles, as a first run would: once plainly, then with what was learnt from them.

`python -m tests.quality.articles.reading` prints every measure by split, and what was read wrong in the dev split.
"""

import hashlib
import sys
from functools import cache

from pipelines.ingest.limits import Limits
from pipelines.ingest.reader import read_drop
from pipelines.parse import learn
from pipelines.parse.article import parse
from pipelines.parse.profile import load_profile
from tests.quality.articles import measure
from tests.quality.articles.compose import Composed, compose
from tests.quality.articles.page_measure import PAGE_MEASURES, PageReading, body_f1, trafilatura_f1
from tests.quality.articles.pages import MARKUP, pages

MOST_TOLD = 60
SPLITS = ("dev", "held_out")
MEASURES = {
    name: getattr(measure, name)
    for name in (
        "body_kept",
        "boilerplate_removed",
        "headline",
        "published_on",
        "body_precise",
        "headline_source",
        "authors",
        "section",
        "labels",
        "language",
        "dateline_place",
        "dateline_agency",
        "caption_credit",
        "caption_on",
    )
}
ROLES = (
    "breadcrumb",
    "headline",
    "subheadline",
    "byline",
    "dateline",
    "caption",
    "credit",
    "body",
    "list",
    "quote",
    "boilerplate",
)


def role_measure(role: str):
    """The measure of the lines of one role."""
    return lambda readings: measure.role_right(readings, role)


def document_of(article: Composed, data: bytes, ending: str):
    """What the reader makes of the article's bytes; none of them may be refused."""
    path = f"{article.slug}/{article.arrival}/{article.story['id']}.{ending}"
    (item,) = read_drop(path, article.slug, data, hashlib.sha256(data).hexdigest(), Limits())
    assert item.reject is None, (article.name, item.reject)
    return item.document


def learnt_profile(documents):
    """The profile after a first run over (document, arrival day) pairs, which learns each outlet's furniture."""
    profile = load_profile()
    lines = learn.propose(learn.count_lines(parse(document, day, profile) for document, day in documents))
    hashes: dict[str, set[str]] = {}
    for line in lines:
        hashes.setdefault(line.outlet_id, set()).add(line.line_hash)
    return profile.with_learnt(learn.version_of(lines), {outlet: frozenset(found) for outlet, found in hashes.items()})


@cache
def readings() -> tuple[measure.Reading, ...]:
    """Every article of the set as text, read with what was learnt from all of them."""
    read = [(article, document_of(article, article.data, "txt")) for article in compose()]
    profile = learnt_profile([(document, article.arrival) for article, document in read])
    found = []
    for article, document in read:
        parsed = parse(document, article.arrival, profile)
        found.append(measure.Reading(article, document, parsed, measure.roles_of_lines(article, document, parsed)))
    return tuple(found)


@cache
def page_readings() -> tuple[PageReading, ...]:
    """Every article as a page in its outlet's design, read with what was learnt from all pages."""
    read = [(page, document_of(page.article, page.data, "html")) for page in pages()]
    profile = learnt_profile([(document, page.article.arrival) for page, document in read])
    return tuple(PageReading(page, parse(document, page.article.arrival, profile)) for page, document in read)


def of_split(some, split: str) -> list:
    """The readings of one split."""
    return [reading for reading in some if reading.article.split == split]


def _some(wrong: list[str]) -> list[str]:
    """As many of them as a person reads."""
    return [f"    {said}" for said in wrong[:MOST_TOLD]] + [f"    … {len(wrong)} in all"] * (len(wrong) > MOST_TOLD)


def told(name: str, score_of, some) -> str:
    """The measure by split, and what is wrong in the dev split.

    What is held out is for measuring: whoever reads its errors to mend them has no held-out set any more.
    """
    lines = []
    for split in SPLITS:
        score = score_of(of_split(some, split))
        lines.append(f"{name:24} {split:9} {score.share:.4f} ({score.right} of {score.of})")
    return "\n".join([*lines, *_some(score_of(of_split(some, "dev")).wrong)])


def told_of_pages(name: str, score_of, some) -> str:
    """The same for pages."""
    lines = []
    for split in SPLITS:
        score = score_of([reading for reading in some if reading.page.article.split == split])
        lines.append(f"{name:24} {split:9} {score.share:.4f} ({score.right} of {score.of})")
    wrong = score_of([reading for reading in some if reading.page.article.split == "dev"]).wrong
    return "\n".join([*lines, *_some(wrong)])


def main(shown: int) -> None:
    """Prints the measures, with so many errors each."""
    for name, score_of in [*MEASURES.items(), *((f"role {role}", role_measure(role)) for role in ROLES)]:
        print("\n".join(told(name, score_of, readings()).split("\n")[: 2 + shown]))
    for design in MARKUP:
        print(f"\npages: {design}")
        some = [reading for reading in page_readings() if reading.page.design == design]
        for name, score_of in PAGE_MEASURES.items():
            print("\n".join(told_of_pages(name, score_of, some).split("\n")[: 2 + shown]))
        print(f"body F1 {body_f1(some):.4f}, trafilatura {trafilatura_f1([reading.page for reading in some]):.4f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 3)
