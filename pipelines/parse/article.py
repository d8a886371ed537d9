"""One document to one article with its paragraphs: where all that this folder reads comes together."""

import datetime as dt
import json
from functools import partial
from typing import Any, NamedTuple

from pipelines.parse.byline import read_authors
from pipelines.parse.context import Context, context_of
from pipelines.parse.headline import take_apart
from pipelines.parse.language import find_language
from pipelines.parse.outlet import find_outlet, first_address, tells_outlet
from pipelines.parse.profile import Profile
from pipelines.parse.published import Beside, find_published, seen_on
from pipelines.parse.roles import CONTENT, Structure, find_structure
from pipelines.parse.tidy import tidy
from pipelines.records import Article, Document, Notice, Outlet, Paragraph, content_id


class Parsed(NamedTuple):
    """What one document gives."""

    article: Article
    paragraphs: list[Paragraph]
    notices: list[Notice]
    outlet: Outlet


def parse(document: Document, arrival_day: dt.date, profile: Profile) -> Parsed:
    """The article in the document. Its text must not be null; the arrival day, or an earlier one on which the page was
    fetched, bounds the day of publication."""
    text = document.text
    if text is None:
        raise ValueError(f"document {document.document_id} has no text to parse")
    meta = json.loads(document.meta) if document.meta else {}
    seen = seen_on(arrival_day, meta.get("fetched"))
    context, outlet, structure, url = _read(document, text, meta, profile, seen + dt.timedelta(days=1))
    article_id = content_id(arrival_day.isoformat(), outlet.outlet_id, text)
    paragraphs = _paragraphs(structure, document.document_id, article_id)
    headline, source, labels = _headline(structure, context)
    content = [paragraph for paragraph in paragraphs if paragraph.role in CONTENT]
    new = [paragraph for paragraph in content if paragraph.repeat_of is None]
    said = "\n\n".join([paragraph.text for paragraph in new])
    language = find_language(said)
    beside = Beside(url, meta.get("published"), document.path, language.code if language else None)
    published, is_too_late = find_published(structure, beside, seen)
    article = Article(
        article_id=article_id,
        document_id=document.document_id,
        outlet_id=outlet.outlet_id,
        url=url,
        headline=headline,
        headline_source=source,
        headline_labels=labels,
        section_path=structure.section_path,
        authors=[name for said in meta.get("authors", []) for name in read_authors(tidy(said))] or structure.authors,
        dateline_place=structure.dateline.place if structure.dateline else None,
        dateline_agency=structure.dateline.agency if structure.dateline else None,
        published_on=published.on,
        published_basis=published.basis,
        published_low=published.low,
        published_high=published.high,
        published_start=published.start,
        published_end=published.end,
        lang=language.code if language else None,
        lang_confidence=language.confidence if language else None,
        body=said,
        word_count=said.count(" ") + len(new),  # between paragraphs stand line breaks
        paragraph_count=len(content),
        repeated_paragraphs=len(content) - len(new),
        profile_version=profile.version,
    )
    return Parsed(article, paragraphs, _notices(article, structure, context.latest if is_too_late else None), outlet)


def _read(
    document: Document, text: str, meta: dict[str, Any], profile: Profile, latest: dt.date
) -> tuple[Context, Outlet, Structure, str | None]:
    """The outlet, the text's structure, the page's address, and the context in which they were read.

    Which lines are furniture depends on the outlet, and the furniture may name another outlet than the folder does:
    then the text is read again by what was learnt of that one.
    """
    title = tidy(meta["title"]) if meta.get("title") else None
    address, name = meta.get("url"), meta.get("outlet")
    slug = f"{address or ''} {document.path.rpartition('/')[2]}".casefold()
    outlet = find_outlet(profile, address or first_address(text), (), document.outlet_hint, name)
    context = context_of(profile, outlet, title, slug, latest)
    structure = find_structure(text, context)
    url = address or structure.url
    pairs = zip(structure.lines, structure.roles, strict=True)
    furniture = [line.text for line, role in pairs if role == "boilerplate" and tells_outlet(line.text)]
    final = find_outlet(profile, url, furniture, document.outlet_hint, name) if furniture or url else outlet
    if final.outlet_id != outlet.outlet_id and final.outlet_id in profile.learnt:
        context = context_of(profile, final, title, slug, latest)
        structure = find_structure(text, context)
        url = address or structure.url
    return context, final, structure, url


def _headline(structure: Structure, context: Context) -> tuple[str | None, str | None, list[str]]:
    """The headline without source and labels, its source, and the labels of it and of the line above."""
    above = [structure.label] if structure.label else []
    if structure.headline is None:
        return None, None, above
    profile = context.profile
    read = take_apart(structure.headline, profile.labels, profile.speakers, context.is_outlet)
    return read.text, read.source, list(dict.fromkeys([*above, *read.labels]))


_as_paragraph = partial(tuple.__new__, Paragraph)
"""A tuple as a Paragraph without a step through Python: there are many paragraphs."""


def _paragraphs(structure: Structure, document_id: str, article_id: str) -> list[Paragraph]:
    rows = []
    captions = structure.captions
    first: dict[str, str] = {}
    for ordinal, (line, role) in enumerate(zip(structure.lines, structure.roles, strict=True)):
        start, end, _, _, plain, _, own, *_ = line
        paragraph_id, repeat_of = f"{article_id}:p{ordinal}", None
        # Only content repeats: a headline that opens the story, or a share button said twice, is no repeat.
        if role in CONTENT and (origin := first.setdefault(own, paragraph_id)) is not paragraph_id:
            repeat_of = origin
        said = on = credit = None
        if ordinal in captions:
            said, credit, on, _ = captions[ordinal]
        row = paragraph_id, article_id, document_id, ordinal, role, plain, own, repeat_of, said, on, credit, start, end
        rows.append(row)
    return list(map(_as_paragraph, rows))


def _notices(article: Article, structure: Structure, set_aside: dt.date | None) -> list[Notice]:
    found = []
    if structure.mended:
        found.append(("mended_encoding", f"for example: {structure.mended[:120]}"))
    if structure.damaged:
        found.append(("damaged_encoding", f"for example: {structure.damaged[:120]}"))
    if article.headline is None:
        found.append(("no_headline", "no line of the text could be its headline"))
    if not article.body:
        found.append(("no_body", "no paragraph of the text could be its body"))
    if article.published_basis == "inferred":
        found.append(("date_inferred", f"{article.published_on}, from {article.published_low} on"))
    if article.published_basis == "arrival":
        found.append(("date_from_arrival", f"no evidence up to {article.published_high}"))
    if set_aside:
        found.append(("date_after_arrival", f"set aside: later than {set_aside}"))
    return [Notice(article.document_id, "parse", code, detail) for code, detail in found]
