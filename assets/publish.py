"""Asset `publish`: each good day of the stage into the lake, all its tables and links in one transaction.

The checks run on the staged day right before, so nothing unchecked can be published. A day that fails one is skipped
and reported, its earlier version stays, and the other days of the run are published all the same.
"""

import datetime as dt
import time
from collections import defaultdict
from collections.abc import Iterator

import dagster as dg
import pyarrow as pa

from assets.extract import extract
from assets.failures import explain
from assets.history import open_history
from assets.linking import link_day
from assets.metadata import column_schema, day_metadata, record_day
from assets.partitions import arrival_days, one_run
from assets.progress import done, say
from assets.resources import Wirehouse
from assets.settings import VERSION
from pipelines.extract.decisions import Decisions
from warehouse import links, publication
from warehouse.inbox import inbox_digest
from warehouse.lake import Lake
from warehouse.render import arrow_schema
from warehouse.stage import Stage
from warehouse.tables import TABLES


@dg.asset(
    partitions_def=arrival_days,
    backfill_policy=one_run,
    deps=[extract],
    group_name="warehouse",
    kinds={"duckdb", "ducklake"},
    metadata=column_schema("runs"),
    check_specs=[
        dg.AssetCheckSpec(name, asset="publish", description=publication.check_meaning(name))
        for name in publication.check_names()
    ],
    description="The staged day checked and put into the lake, with its links to all other days, in one transaction.",
)
def publish(
    context: dg.AssetExecutionContext, wirehouse: Wirehouse
) -> Iterator[dg.AssetCheckResult | dg.MaterializeResult[None]]:
    """Publishes each day of the run; fails at the end if a day could not be published."""
    stage = wirehouse.stage(context)
    failures: dict[str, str] = {}
    failing: dict[str, dict[str, str]] = defaultdict(dict)
    published: dict[str, dict[str, int]] = {}
    lake = wirehouse.open_lake()
    for day in context.partition_keys:
        try:
            failure, failed, counts = _try_day(context, wirehouse, lake, stage, day)
        except Exception as error:  # whatever it is, it is this day's: it is reported, and the others go on
            context.log.exception(f"{day} could not be published")
            failure, failed, counts = explain(f"{type(error).__name__}: {error}"), [], None
        for found in failed:
            failing[found.check][day] = f"{found.failing} rows, the first: {found.sample}"
        if failure:
            failures[day] = failure
        elif counts is not None:
            published[day] = counts
        done(context, day)
    for name in publication.check_names():
        days = failing.get(name, {})
        yield dg.AssetCheckResult(check_name=name, passed=not days, metadata=dict(days))
    if failures:
        # A failed step materialises nothing, so the days that did go in are told to Dagster one by one.
        for day, rows in published.items():
            metadata = day_metadata(rows, "articles")
            context.log_event(dg.AssetMaterialization(context.asset_key, partition=day, metadata=metadata))
        raise dg.Failure(
            "\n".join(f"{day} was not published: {why}" for day, why in failures.items()), allow_retries=False
        )
    for day, rows in published.items():
        record_day(context, day, rows, "articles")
    stage.clear()
    yield dg.MaterializeResult()


def _try_day(
    context: dg.AssetExecutionContext, wirehouse: Wirehouse, lake: Lake, stage: Stage, day: str
) -> tuple[str | None, list[publication.CheckResult], dict[str, int] | None]:
    """Publishes the day if it may be; gives why not, the checks that failed, and the rows published."""
    publication.show_stage(lake.connection, stage, day)
    failed = [found for found in publication.run_checks(lake.connection, day) if found.failing]
    if failed:
        checks = ", ".join(found.check for found in failed)
        return f"checks failed: {checks}; {failed[0].failing} rows, the first: {failed[0].sample}", failed, None
    had, has = publication.document_counts(lake.connection, day)
    if has < had and not wirehouse.allow_fewer:
        return f"{has} documents staged where {had} are published; --allow-fewer publishes them", [], None
    return None, [], _publish_day(context, wirehouse, lake, stage, day)


def _publish_day(
    context: dg.AssetExecutionContext, wirehouse: Wirehouse, lake: Lake, stage: Stage, day: str
) -> dict[str, int]:
    started, clock = dt.datetime.now(dt.UTC), time.perf_counter()
    rows = publication.staged_counts(lake.connection)
    pairs = stage.read("pairs", day)
    message = f"publish {day}, run {context.run.run_id}"
    with lake.transaction(message, lambda line: say(context, line)) as connection:
        history = open_history(connection, lake.folder)
        before = links.day_signatures(connection, day)
        publication.replace_day(connection, day)
        publication.replace_decisions(connection, _decisions())
        link_day(connection, day, before, pairs, history, window_days=wirehouse.window_days, anew=wirehouse.relink)
        copies = links.copies_of_day(connection, day)
        publication.record_run(
            connection,
            {
                "run_id": context.run.run_id,
                "arrival_day": day,
                "started_at": started,
                "finished_at": dt.datetime.now(dt.UTC),
                "code_version": VERSION,
                "profile_version": publication.profile_version(connection),
                "inbox_digest": inbox_digest(publication.inbox_pairs(connection)),
                "copies": copies,
                "seconds": round(time.perf_counter() - clock, 3),
                **{name: rows[name] for name in ("drops", "articles", "rejects", "mentions")},
            },
        )
    return rows | {"copies": copies}


def _decisions() -> pa.Table:
    """The reviewed decisions about entities as rows of `merge_log`."""
    rows = [row._asdict() for row in Decisions.load().merge_rows()]
    return pa.Table.from_pylist(rows, schema=arrow_schema(TABLES["merge_log"]))
