"""The drops of raw/samples against their labels: what ingest and parse make of them, a pinned floor for each field.

The labels were written by hand from the texts (samples.yaml says how). Of a page (HTML) only some fields are compared:
its captions, breadcrumb and furniture are no part of the main text that the reader keeps.
"""

import datetime as dt
import hashlib
import json
from pathlib import Path

import pytest
import yaml

from pipelines.ingest.limits import Limits
from pipelines.ingest.reader import read_drop
from pipelines.parse.article import parse
from pipelines.parse.profile import load_profile
from pipelines.parse.tidy import tidy

SAMPLES = Path(__file__).parents[2] / "raw" / "samples"
LABELS = yaml.safe_load(Path(__file__).with_name("samples.yaml").read_text("utf-8"))
FLOORS = {
    "outlet": 1.0,
    "headline": 1.0,
    "headline_source": 1.0,
    "section": 1.0,
    "authors": 1.0,
    "dateline_place": 1.0,
    "dateline_agency": 1.0,
    "captions": 1.0,
    "caption_credit": 1.0,
    "published_on": 1.0,
    "published_basis": 1.0,
    "boilerplate": 1.0,
    "repeated_paragraphs": 1.0,
}
OF_A_PAGE = {"outlet", "headline", "headline_source", "authors", "published_on", "published_basis"}
CORPUS = "9608a0a8c62451c3"
"""Beginning of the hash of all samples and their labels: the floors speak of these, and move with them."""


@pytest.fixture(scope="module")
def read():
    """(document, reject, parsed) by path and member."""
    profile = load_profile()
    found = {}
    for file in sorted(path for path in SAMPLES.rglob("*") if path.is_file()):
        path = file.relative_to(SAMPLES).as_posix()
        outlet, day, _ = path.split("/")
        data = file.read_bytes()
        for document, reject, *_ in read_drop(path, outlet, data, hashlib.sha256(data).hexdigest(), Limits()):
            parsed = None if reject else parse(document, dt.date.fromisoformat(day), profile)
            found[path, document.member] = document, reject, parsed
    return found


def values(parsed):
    """What was read, in the terms of the labels."""
    article, paragraphs = parsed.article, parsed.paragraphs
    captions = [paragraph for paragraph in paragraphs if paragraph.role == "caption"]
    is_told = article.published_basis != "arrival"
    return {
        "outlet": parsed.outlet.name,
        "headline": article.headline,
        "headline_source": article.headline_source,
        "section": article.section_path or None,
        "authors": article.authors,
        "dateline_place": article.dateline_place,
        "dateline_agency": article.dateline_agency,
        "captions": len(captions),
        "caption_credit": captions[0].caption_credit if captions else None,
        "published_on": article.published_on.isoformat() if is_told else None,
        "published_basis": article.published_basis,
        # The labels leave out the page's own address where it opens the text.
        "boilerplate": {line.text for line in paragraphs if line.role == "boilerplate" and line.text != article.url},
        "repeated_paragraphs": article.repeated_paragraphs,
    }


def tidied(value):
    if isinstance(value, str):
        return tidy(value)
    return [tidy(item) for item in value] if isinstance(value, list) else value


def test_the_corpus_is_the_one_that_was_measured():
    digest = hashlib.sha256()
    for file in sorted(path for path in SAMPLES.rglob("*") if path.is_file()):
        digest.update(file.relative_to(SAMPLES).as_posix().encode() + b"\0" + file.read_bytes())
    digest.update(json.dumps(LABELS, sort_keys=True).encode())
    assert digest.hexdigest()[:16] == CORPUS, "measure the floors anew, then write down this hash"


def test_every_document_has_its_label(read):
    labelled = [(label["path"], label.get("member")) for label in LABELS]
    assert sorted(labelled, key=str) == sorted(read, key=str)
    assert len(labelled) > 50


def test_what_holds_no_text_is_rejected_for_the_reason_labelled(read):
    rejected = {key: reject.reason for key, (_, reject, _) in read.items() if reject}
    assert rejected == {(label["path"], label.get("member")): label["reject"] for label in LABELS if "reject" in label}
    assert len(rejected) == 3


@pytest.mark.parametrize("field", FLOORS)
def test_a_field_is_read_as_labelled(read, field):
    right, wrong = 0, []
    for label in LABELS:
        document, reject, parsed = read[label["path"], label.get("member")]
        if reject or ("html" in document.format and field not in OF_A_PAGE):
            continue
        wanted, got = tidied(label[field]), values(parsed)[field]
        if field == "boilerplate":
            wanted = set(wanted)
        if wanted == got:
            right += 1
        else:
            wrong.append((label["path"], wanted, got))
    assert right + len(wrong) >= (51 if field in OF_A_PAGE else 49)
    assert right / (right + len(wrong)) >= FLOORS[field], wrong


def test_the_paragraphs_tile_the_text(read):
    for (path, _), (document, _, parsed) in read.items():
        if parsed is None:
            continue
        at = 0
        for paragraph in parsed.paragraphs:
            assert document.text[at : paragraph.char_start].strip() == "", path
            block = document.text[paragraph.char_start : paragraph.char_end]
            assert block == block.strip(), path
            assert paragraph.text == tidy(block), path
            at = paragraph.char_end
        assert document.text[at:].strip() == "", path


def test_the_evidence_for_the_day_stands_where_it_is_said_to(read):
    """Where a day is read off the text, its digits or its weekday are among the characters pointed to."""
    bases = set()
    for (path, _), (document, _, parsed) in read.items():
        if parsed is None or parsed.article.published_start is None:
            continue
        article = parsed.article
        evidence = document.text[article.published_start : article.published_end]
        bases.add(article.published_basis)
        day = article.published_on
        names = (str(day.day), f"{day:%d}", f"{day:%A}")
        assert any(name in evidence for name in names), (path, evidence)
    assert bases == {"url", "dateline", "text", "inferred"}
