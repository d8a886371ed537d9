"""One document to one article with its paragraphs: where all that this folder reads comes together."""

import datetime as dt
import json
from typing import NamedTuple

from pipelines.dedup.repeats import repeats
from pipelines.parse.headline import split_source
from pipelines.parse.outlet import find_outlet
from pipelines.parse.profile import Profile
from pipelines.parse.published import find_published
from pipelines.parse.roles import Structure, find_structure
from pipelines.parse.tidy import tidy
from pipelines.records import Article, Document, Notice, Outlet, Paragraph, content_id, text_hash


class Parsed(NamedTuple):
    """What one document gives."""

    article: Article
    paragraphs: list[Paragraph]
    notices: list[Notice]
    outlet: Outlet


def parse(document: Document, arrival_day: dt.date, profile: Profile) -> Parsed:
    """The article in the document. Its text must not be null; the arrival day bounds the day of publication."""
    text = document.text
    if text is None:
        raise ValueError(f"document {document.document_id} has no text to parse")
    meta = json.loads(document.meta) if document.meta else {}
    latest = arrival_day + dt.timedelta(days=1)
    title = tidy(meta["title"]) if meta.get("title") else None
    structure = find_structure(text, title, profile, latest)
    furniture = [block.text for block in structure.blocks if block.role == "boilerplate"]
    url = meta.get("url") or structure.url
    outlet = find_outlet(profile, url, furniture, document.outlet_hint, meta.get("outlet"))
    article_id = content_id(arrival_day.isoformat(), outlet.outlet_id, text)
    paragraphs = _paragraphs(structure, document.document_id, article_id)
    headline, source = split_source(tidy(structure.headline), profile.speakers) if structure.headline else (None, None)
    published, is_too_late = find_published(structure, url, meta.get("published"), document.path, arrival_day)
    body = [paragraph for paragraph in paragraphs if paragraph.role == "body"]
    said = "\n\n".join(paragraph.text for paragraph in body if paragraph.repeat_of is None)
    article = Article(
        article_id=article_id,
        document_id=document.document_id,
        outlet_id=outlet.outlet_id,
        url=url,
        headline=headline,
        headline_source=source,
        headline_labels=[],
        section_path=structure.section_path,
        authors=[tidy(name) for name in meta.get("authors", [])] or structure.authors,
        dateline_place=structure.dateline.place if structure.dateline else None,
        dateline_agency=structure.dateline.agency if structure.dateline else None,
        published_on=published.on,
        published_basis=published.basis,
        published_low=published.low,
        published_high=published.high,
        published_start=published.start,
        published_end=published.end,
        lang=None,
        lang_confidence=None,
        body=said,
        word_count=len(said.split()),
        paragraph_count=len(body),
        repeated_paragraphs=sum(paragraph.repeat_of is not None for paragraph in body),
        profile_version=profile.version,
    )
    return Parsed(article, paragraphs, _notices(article, is_too_late), outlet)


def _paragraphs(structure: Structure, document_id: str, article_id: str) -> list[Paragraph]:
    texts = [tidy(block.text) for block in structure.blocks]
    hashes = [text_hash(text.casefold()) for text in texts]
    # Only body paragraphs repeat: a headline that opens the story, or a share button said twice, is no repeat.
    keys = [
        own if block.role == "body" else str(ordinal)
        for ordinal, (block, own) in enumerate(zip(structure.blocks, hashes, strict=True))
    ]
    paragraphs = []
    for ordinal, (block, text, own, first) in enumerate(
        zip(structure.blocks, texts, hashes, repeats(keys), strict=True)
    ):
        paragraphs.append(
            Paragraph(
                f"{article_id}:p{ordinal}",
                article_id,
                document_id,
                ordinal,
                block.role,
                text,
                own,
                None if first is None else f"{article_id}:p{first}",
                None,
                block.caption.on if block.caption else None,
                block.caption.credit if block.caption else None,
                block.start,
                block.end,
            )
        )
    return paragraphs


def _notices(article: Article, is_too_late: bool) -> list[Notice]:
    found = []
    if article.headline is None:
        found.append(("no_headline", "no line of the text could be its headline"))
    if not article.body:
        found.append(("no_body", "no paragraph of the text could be its body"))
    if article.published_basis == "inferred":
        found.append(("date_inferred", f"{article.published_on}, from {article.published_low} on"))
    if article.published_basis == "arrival":
        found.append(("date_from_arrival", f"no evidence up to {article.published_high}"))
    if is_too_late:
        found.append(("date_after_arrival", f"set aside: later than {article.published_high}"))
    return [Notice(article.document_id, "parse", code, detail) for code, detail in found]
