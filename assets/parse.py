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
from assets.learning import present_profile
from assets.metadata import OWNERS, Pages, table_metadata
from assets.partitions import arrival_days, one_run
from assets.progress import done, say
from assets.resources import Wirehouse
from assets.retries import tried_again
from pipelines.ingest.patience import TooSlow, within
from pipelines.parse.article import Parsed
from pipelines.parse.article import parse as parse_document
from pipelines.parse.profile import Profile
from pipelines.records import Document, Outlet, Reject, content_id
from warehouse.published import replayed_rejects
from warehouse.stage import Stage, Writers
from warehouse.staged import schemas

_TABLES = ("articles", "paragraphs", "parse_notices", "parse_rejects", "statuses", "outlet_sightings")


class _Status(NamedTuple):
    """A line of the staged table `statuses`: what became of a document."""

    document_id: str
    status: str
    article_id: str | None


class _Refusal(NamedTuple):
    """When a document is given up on, and what a reject says of when it was tried: now, and in replays before."""

    seconds: float
    now: dt.datetime
    replayed_at: dt.datetime | None
    replayed: dict[str, dt.datetime]


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
    owners=OWNERS,
    metadata=table_metadata("articles", "paragraphs", "notices"),
    description="Documents taken apart: headline, sections, captions, body, furniture, and when they were published.",
)
def parse(context: dg.AssetExecutionContext, wirehouse: Wirehouse) -> None:
    """Stages articles, paragraphs, statuses, outlet_sightings, parse's notices and rejects for each day of the run."""
    stage, seconds = wirehouse.stage(context), wirehouse.reading().limits.document_seconds
    now = dt.datetime.now(dt.UTC)
    with tried_again(context):
        lake = wirehouse.open_lake()
        pages = Pages(context, lake, stage, "articles")
        profile = present_profile(lake, wirehouse, lambda line: say(context, line))
        replayed = {day: replayed_rejects(lake, day) for day in context.partition_keys}
        for day in context.partition_keys:
            refusal = _Refusal(seconds, now, now if wirehouse.is_replay else None, replayed[day])
            with no_collection():
                rows = _parse_day(stage, profile, day, refusal)
            pages.record(day, rows)
            done(context, day)


def _parse_day(stage: Stage, profile: Profile, day: str, refusal: _Refusal) -> dict[str, int]:
    arrival_day = dt.date.fromisoformat(day)
    seen: set[str] = set()
    outlets: Counter[Outlet] = Counter()
    with stage.writers(day, schemas(*_TABLES)) as writers:
        for batch in stage.batches("documents", day):
            for document in _documents(batch):
                if document.text is None:
                    writers.add("statuses", _Status(document.document_id, "rejected", None))
                    continue
                try:
                    with within(refusal.seconds):
                        parsed = parse_document(document, arrival_day, profile)
                except TooSlow:
                    _reject(writers, document, refusal)
                    continue
                article_id = parsed.article.article_id
                if article_id in seen:
                    writers.add("statuses", _Status(document.document_id, "identical", article_id))
                    continue
                seen.add(article_id)
                _add(writers, parsed)
                outlets[parsed.outlet] += 1
            writers.flush()
        writers.extend("outlet_sightings", _sightings(outlets))
    return writers.rows


def _add(writers: Writers, parsed: Parsed) -> None:
    article = parsed.article
    writers.add("statuses", _Status(article.document_id, "article", article.article_id))
    writers.add("articles", article)
    writers.extend("paragraphs", parsed.paragraphs)
    writers.extend("parse_notices", parsed.notices)


def _reject(writers: Writers, document: Document, refusal: _Refusal) -> None:
    """The document stays in `drops` with its text; only an article is not made of it."""
    reject_id = content_id(document.path, document.member, "parse", "too_slow")
    writers.add("statuses", _Status(document.document_id, "rejected", None))
    reject = Reject(
        reject_id=reject_id,
        document_id=document.document_id,
        path=document.path,
        member=document.member,
        stage="parse",
        reason="too_slow",
        detail=f"{len(document.text or '')} characters, not taken apart within {refusal.seconds:g} seconds",
        sha256=document.sha256,
        first_seen_at=document.received_at,
        last_seen_at=refusal.now,
        replayed_at=refusal.replayed_at or refusal.replayed.get(reject_id),
    )
    writers.add("parse_rejects", reject)


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
