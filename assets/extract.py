"""Asset `extract`: names, places and dates of each article. How they are found is pipelines/extract's."""

import datetime as dt
from collections.abc import Iterator
from itertools import groupby

import dagster as dg

from assets.dedup import dedup
from assets.metadata import column_schema, record_day
from assets.partitions import arrival_days, one_run
from assets.progress import done
from assets.resources import Wirehouse
from assets.sightings import Sightings
from pipelines.extract.extract import extract as extract_names
from pipelines.extract.gazetteer import Gazetteer
from pipelines.lookups.lists import Lookups
from pipelines.records import Paragraph
from warehouse.stage import Stage
from warehouse.staged import schemas

_TABLES = ("mentions", "dates", "entity_sightings", "place_sightings")


@dg.asset(
    partitions_def=arrival_days,
    backfill_policy=one_run,
    deps=[dedup],
    group_name="stages",
    kinds={"python", "parquet"},
    metadata=column_schema("mentions"),
    description="Names and date expressions with their place in the text; entities and places they stand for.",
)
def extract(context: dg.AssetExecutionContext, wirehouse: Wirehouse) -> None:
    """Stages mentions, dates, entity_sightings and place_sightings for each day of the run."""
    stage = wirehouse.stage(context)
    gazetteer, lookups = Gazetteer.load(), Lookups.load()
    for day in context.partition_keys:
        rows = _extract_day(stage, gazetteer, lookups, day)
        record_day(context, day, rows, "mentions")
        done(context, day)


def _extract_day(stage: Stage, gazetteer: Gazetteer, lookups: Lookups, day: str) -> dict[str, int]:
    sightings = Sightings()
    with stage.writers(day, schemas(*_TABLES)) as writers:
        for count, (published_on, text, paragraphs) in enumerate(_articles(stage, day), 1):
            found = extract_names(paragraphs, text, published_on, gazetteer, lookups)
            writers.extend("mentions", found.mentions)
            writers.extend("dates", found.dates)
            sightings.add(published_on, found.mentions, found.entities, found.places)
            if count % 2000 == 0:
                writers.flush()
        writers.extend("entity_sightings", sightings.entities())
        writers.extend("place_sightings", sightings.places())
    return writers.rows


def _articles(stage: Stage, day: str) -> Iterator[tuple[dt.date, str, list[Paragraph]]]:
    """(published_on, text of the document, paragraphs) of each article.

    Documents, articles and paragraphs were staged in one order, so they are read side by side, a batch of each.
    """
    published = {
        document: day
        for batch in stage.batches("articles", day, ["document_id", "published_on"])
        for document, day in zip(*(column.to_pylist() for column in batch.columns), strict=True)
    }
    texts = (
        row
        for batch in stage.batches("documents", day, ["document_id", "text"])
        for row in zip(*(column.to_pylist() for column in batch.columns), strict=True)
    )
    for document_id, own in groupby(_paragraphs(stage, day), key=lambda paragraph: paragraph.document_id):
        text = next(text for document, text in texts if document == document_id)
        yield published[document_id], text, list(own)


def _paragraphs(stage: Stage, day: str) -> Iterator[Paragraph]:
    for batch in stage.batches("paragraphs", day, list(Paragraph._fields)):
        columns = [batch[name].to_pylist() for name in Paragraph._fields]
        yield from map(Paragraph._make, zip(*columns, strict=True))
