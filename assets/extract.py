"""Asset `extract`: names, places and dates of each article. How they are found is pipelines/extract's."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import groupby, islice
from pathlib import Path

import dagster as dg

from assets.collecting import no_collection
from assets.dedup import dedup
from assets.metadata import OWNERS, Pages, table_metadata
from assets.partitions import arrival_days, one_run
from assets.progress import done
from assets.resources import Wirehouse
from assets.retries import tried_again
from assets.sightings import Sightings
from pipelines.extract.decisions import Decisions
from pipelines.extract.extract import LANGUAGES, Extraction, Source, extract_batch, serves
from pipelines.extract.gazetteer import Gazetteer
from pipelines.extract.names import NameRules
from pipelines.extract.recognise import Map, Recogniser
from pipelines.extract.remembered import FORMAT
from pipelines.extract.tagger import open_tagger
from pipelines.lookups.lists import Lookups
from pipelines.records import Notice, Paragraph
from warehouse.kept_names import KeptNames
from warehouse.stage import Stage
from warehouse.staged import schemas

_BATCH = 100
"""Articles read together."""
_ARTICLES_OWN = (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, AssertionError, RecursionError)
"""Errors that one article's text can cause in the rules; a missing model, memory or disk stops the run."""
_ROWS = 50_000
"""Rows that wait before they are written: one row group of mentions."""
_TABLES = (
    *("mentions", "dates", "place_candidates", "extract_notices"),
    *("entity_sightings", "alias_sightings", "place_sightings"),
)


@dg.asset(
    partitions_def=arrival_days,
    backfill_policy=one_run,
    deps=[dedup],
    group_name="stages",
    kinds={"python", "parquet"},
    owners=OWNERS,
    metadata=table_metadata("mentions", "dates", "place_candidates", "entity_sightings"),
    description="Names and date expressions with their place in the text; entities and places they stand for.",
)
def extract(context: dg.AssetExecutionContext, wirehouse: Wirehouse) -> None:
    """Stages mentions, dates, place_candidates and what the day saw of entities and places, for each day of the run."""
    stage, gazetteer, decisions = wirehouse.stage(context), Gazetteer.load(), Decisions.load()
    with tried_again(context), ThreadPoolExecutor(len(os.sched_getaffinity(0))) as threads:
        pages = Pages(context, wirehouse.open_lake(), stage, "mentions")
        recogniser = open_recogniser(wirehouse.ner, threads.map)
        kept = KeptNames(Path(wirehouse.lake), recogniser.name, recogniser.version, FORMAT)
        for day in context.partition_keys:
            with no_collection(), _from_before(kept, recogniser, day):
                rows = _extract_day(stage, gazetteer, recogniser, decisions, day)
            pages.record(day, rows)
            done(context, day)


def open_recogniser(ner: str, run: Map = map) -> Recogniser:
    """What reads names (`rules`, or what open_tagger takes). Raises TaggerError where it can't be had."""
    return Recogniser(None if ner == "rules" else open_tagger(ner), NameRules(Lookups.load()), run)


@contextmanager
def _from_before(kept: KeptNames, recogniser: Recogniser, day: str) -> Iterator[None]:
    """Within the block the tagger is spared the paragraphs that it read in an earlier run over the day."""
    if not recogniser.has_tagger:
        yield
        return
    before = kept.read(day)
    recogniser.prime(before)
    yield
    if recogniser.told != before:
        kept.keep(day, recogniser.told)


def _extract_day(
    stage: Stage, gazetteer: Gazetteer, recogniser: Recogniser, decisions: Decisions, day: str
) -> dict[str, int]:
    sightings = Sightings()
    with stage.writers(day, schemas(*_TABLES)) as writers:
        writers.extend("extract_notices", _unserved(stage, day))
        sources = _sources(stage, day)
        while batch := list(islice(sources, _BATCH)):
            extractions = _read_batch(batch, gazetteer, recogniser, decisions)
            for source, found in zip(batch, extractions, strict=True):
                if isinstance(found, Notice):
                    writers.add("extract_notices", found)
                    continue
                writers.extend("mentions", found.mentions)
                writers.extend("dates", found.dates)
                writers.extend("place_candidates", found.candidates)
                sightings.add(source.published_on, found)
            writers.flush_if_over(_ROWS)
        writers.extend("entity_sightings", sightings.entities())
        writers.extend("alias_sightings", sightings.aliases())
        writers.extend("place_sightings", sightings.places())
    return writers.rows


def _read_batch(
    batch: list[Source], gazetteer: Gazetteer, recogniser: Recogniser, decisions: Decisions
) -> Iterator[Extraction | Notice]:
    """What each article says; a notice in the place of one that can't be read, which costs no other its names."""
    try:
        yield from extract_batch(batch, gazetteer, recogniser, decisions)
    except _ARTICLES_OWN as fault:
        found: list[Extraction | Notice] = []
        for source in batch:
            try:
                found += extract_batch([source], gazetteer, recogniser, decisions)
            except _ARTICLES_OWN as error:
                document = source.paragraphs[0].document_id
                found.append(Notice(document, "extract", "names_not_read", f"{type(error).__name__}: {error}"))
        if len(batch) > 1 and all(isinstance(one, Notice) for one in found):
            raise fault  # what fails on every article is no article's fault
        yield from found


def _unserved(stage: Stage, day: str) -> list[Notice]:
    """A notice for each article in a language whose names can't be read."""
    detail = f"names are read in: {', '.join(sorted(LANGUAGES))}"
    return [
        Notice(document, "extract", "language_not_served", f"{lang} ({confidence:.2f}); {detail}")
        for batch in stage.batches("articles", day, ["document_id", "lang", "lang_confidence"])
        for document, lang, confidence in zip(*(column.to_pylist() for column in batch.columns), strict=True)
        if not serves(lang, confidence)
    ]


def _sources(stage: Stage, day: str) -> Iterator[Source]:
    """What extraction reads of each article in a language that it serves.

    Documents, articles and paragraphs were staged in one order, so they are read side by side, a batch of each.
    """
    outlets = stage.read("outlet_sightings", day, ["outlet_id", "country"])
    countries = dict(zip(*(column.to_pylist() for column in outlets.columns), strict=True))
    wanted = ["document_id", "published_on", "outlet_id", "lang", "lang_confidence"]
    published = {
        document: (published_on, countries.get(outlet))
        for batch in stage.batches("articles", day, wanted)
        for document, published_on, outlet, *language in zip(*(batch[name].to_pylist() for name in wanted), strict=True)
        if serves(*language)
    }
    texts = (
        row
        for batch in stage.batches("documents", day, ["document_id", "text"])
        for row in zip(*(column.to_pylist() for column in batch.columns), strict=True)
    )
    for document_id, own in groupby(_paragraphs(stage, day), key=lambda paragraph: paragraph.document_id):
        text = next(text for document, text in texts if document == document_id)
        if document_id not in published:
            continue
        yield Source(list(own), text, *published[document_id])


def _paragraphs(stage: Stage, day: str) -> Iterator[Paragraph]:
    for batch in stage.batches("paragraphs", day, list(Paragraph._fields)):
        columns = [batch[name].to_pylist() for name in Paragraph._fields]
        yield from map(Paragraph._make, zip(*columns, strict=True))
