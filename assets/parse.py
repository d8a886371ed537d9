"""Asset `parse`: documents to articles with their paragraphs. How a text is read is pipelines/parse's.

The first document of a day with a text from an outlet is its article; later ones with the same text are `identical`.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import dagster as dg
import pyarrow as pa

from assets.collecting import no_collection
from assets.ingest import ingest
from assets.metadata import column_schema, record_day
from assets.partitions import arrival_days, one_run
from assets.progress import done
from assets.resources import Wirehouse
from pipelines.parse.article import parse as parse_document
from pipelines.parse.profile import Profile, load_profile
from pipelines.records import Document, Outlet
from warehouse.stage import Stage
from warehouse.staged import schemas

_TABLES = ("articles", "paragraphs", "parse_notices", "statuses", "outlet_sightings")


class _Status(NamedTuple):
    """A line of the staged table `statuses`: what became of a document."""

    document_id: str
    status: str
    article_id: str | None


class _OutletSighting(NamedTuple):
    """A line of `outlet_sightings`."""

    outlet_id: str
    name: str
    domain: str | None
    country: str | None
    is_agency: bool
    article_count: int


@dg.asset(
    partitions_def=arrival_days,
    backfill_policy=one_run,
    deps=[ingest],
    group_name="stages",
    kinds={"python", "parquet"},
    metadata=column_schema("articles"),
    description="Documents taken apart: headline, sections, captions, body, furniture, and when they were published.",
)
def parse(context: dg.AssetExecutionContext, wirehouse: Wirehouse) -> None:
    """Stages articles, paragraphs, parse_notices, statuses and outlet_sightings for each day of the run."""
    stage, profile = wirehouse.stage(context), load_profile()
    for day in context.partition_keys:
        with no_collection():
            rows = _parse_day(stage, profile, day)
        record_day(context, day, rows, "articles")
        done(context, day)


def _parse_day(stage: Stage, profile: Profile, day: str) -> dict[str, int]:
    arrival_day = dt.date.fromisoformat(day)
    seen: set[str] = set()
    outlets: Counter[Outlet] = Counter()
    with stage.writers(day, schemas(*_TABLES)) as writers:
        for batch in stage.batches("documents", day):
            for document in _documents(batch):
                if document.text is None:
                    writers.add("statuses", _Status(document.document_id, "rejected", None))
                    continue
                parsed = parse_document(document, arrival_day, profile)
                article_id = parsed.article.article_id
                if article_id in seen:
                    writers.add("statuses", _Status(document.document_id, "identical", article_id))
                    continue
                seen.add(article_id)
                writers.add("statuses", _Status(document.document_id, "article", article_id))
                writers.add("articles", parsed.article)
                writers.extend("paragraphs", parsed.paragraphs)
                writers.extend("parse_notices", parsed.notices)
                outlets[parsed.outlet] += 1
            writers.flush()
        writers.extend("outlet_sightings", _sightings(outlets))
    return writers.rows


def _sightings(outlets: Counter[Outlet]) -> list[_OutletSighting]:
    """One line for each outlet and domain; of several names for one outlet ('The Post', 'The.Post') the smallest."""
    found: dict[tuple[str, str | None], _OutletSighting] = {}
    for outlet, count in sorted(outlets.items(), key=lambda item: item[0].name):
        key = outlet.outlet_id, outlet.domain
        line = found.setdefault(key, _OutletSighting(*outlet, 0))
        found[key] = line._replace(article_count=line.article_count + count)
    return list(found.values())


def _documents(batch: pa.Table) -> Iterator[Document]:
    columns = [batch[name].to_pylist() for name in Document._fields]
    return map(Document._make, zip(*columns, strict=True))
