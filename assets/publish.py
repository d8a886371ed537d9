"""Asset `publish`: each good day of the stage into the lake, all its tables and links in one transaction.

The checks run on the staged day right before, so nothing unchecked can be published. A day that fails one is skipped
and reported, its earlier version stays, and the other days of the run are published all the same.
"""

import datetime as dt
import time
from collections.abc import Iterator
from typing import NamedTuple

import dagster as dg
import pyarrow as pa

from assets.extract import extract
from assets.failures import explain
from assets.history import open_history
from assets.linking import link_day
from assets.metadata import OWNERS, Pages, table_metadata
from assets.partitions import arrival_days, one_run
from assets.progress import done, say
from assets.recipe import recipe
from assets.resources import Wirehouse
from assets.retries import again, may_try_again, tried_again
from assets.settings import VERSION
from pipelines.extract.decisions import Decisions
from warehouse import ledger, links, publication
from warehouse.inbox import inbox_digest
from warehouse.lake import Lake
from warehouse.render import arrow_schema
from warehouse.stage import Stage, readable_to_duckdb
from warehouse.tables import TABLES

_FEWER = {"documents_kept", "articles_enough"}
"""Checks that a person may overrule, for less can be right: drops were taken back, or an outlet fell silent."""
_ADVICE = "; --allow-fewer, or allow_fewer in the launchpad, publishes them"
_LATE, _STALE = dt.timedelta(hours=6), dt.timedelta(hours=26)
"""When a feed that brings news all day is late, and when it has missed a day."""


@dg.asset(
    partitions_def=arrival_days,
    backfill_policy=one_run,
    deps=[extract],
    group_name="warehouse",
    kinds={"duckdb", "ducklake"},
    owners=OWNERS,
    metadata=table_metadata("articles", "duplicates", "mentions", "runs"),
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=_STALE, warn_window=_LATE),
    check_specs=[
        dg.AssetCheckSpec(check.name, asset="publish", description=check.meaning, blocking=check.is_blocking)
        for check in publication.checks()
    ],
    description="The staged day checked and put into the lake, with its links to all other days, in one transaction.",
)
def publish(
    context: dg.AssetExecutionContext, wirehouse: Wirehouse
) -> Iterator[dg.AssetCheckResult | dg.MaterializeResult[None]]:
    """Publishes each day of the run; fails at the end if a day could not be published."""
    stage = wirehouse.stage(context)
    outcomes: dict[str, _Outcome] = {}
    errors: dict[str, Exception] = {}
    with tried_again(context):
        lake = wirehouse.open_lake()
        done_before = ledger.published_by(lake, context.run.run_id)
    for day in context.partition_keys:
        try:
            with readable_to_duckdb():
                outcomes[day] = _try_day(context, wirehouse, lake, stage, day, is_published=day in done_before)
        except Exception as error:  # whatever it is, it is this day's: it is reported, and the others go on
            context.log.exception(f"{day} could not be published")
            errors[day] = error
            outcomes[day] = _Outcome(explain(f"{type(error).__name__}: {error}"), [], {})
        done(context, day)
    for passing in errors.values():
        if may_try_again(context, passing):
            raise again(context, passing) from passing
    yield from _check_results(outcomes)
    pages = Pages(context, lake, stage, "articles")
    shown = {day: pages.day(day, outcome.rows) for day, outcome in outcomes.items() if outcome.failure is None}
    failures = [f"{day} was not published: {outcome.failure}" for day, outcome in outcomes.items() if outcome.failure]
    if failures:
        # A failed step materialises nothing, so the days that did go in are told to Dagster one by one.
        for day, metadata in shown.items():
            context.log_event(dg.AssetMaterialization(context.asset_key, partition=day, metadata=metadata))
        raise dg.Failure("\n".join(failures), allow_retries=False)
    for day, metadata in shown.items():
        context.add_asset_metadata(metadata, partition_key=day)
    stage.clear()
    yield dg.MaterializeResult()


class _Outcome(NamedTuple):
    """What became of a day: why it was not published, if so; the checks that found something; the rows published."""

    failure: str | None
    found: list[publication.CheckResult]
    rows: dict[str, int]


def _try_day(
    context: dg.AssetExecutionContext, wirehouse: Wirehouse, lake: Lake, stage: Stage, day: str, *, is_published: bool
) -> _Outcome:
    """Publishes the day if it may be; not if it `is_published` by this run, which is at it again for another's sake."""
    publication.show_stage(lake.connection, stage, day)
    found = publication.run_checks(lake.connection, day, dt.datetime.now(dt.UTC).date())
    found = [result for result in found if result.failing]
    against = [result for result in found if result.check.is_blocking]
    if wirehouse.allow_fewer:
        against = [result for result in against if result.check.name not in _FEWER]
    if against and not is_published:
        names = ", ".join(result.check.name for result in against)
        advice = _ADVICE if all(result.check.name in _FEWER for result in against) else ""
        return _Outcome(f"checks failed: {names}; {against[0].finding}{advice}", found, {})
    if is_published:
        copies = links.copies_of_day(lake.connection, day)
        return _Outcome(None, found, publication.staged_counts(lake.connection) | {"copies": copies})
    return _Outcome(None, found, _publish_day(context, wirehouse, lake, stage, day))


def _check_results(outcomes: dict[str, _Outcome]) -> Iterator[dg.AssetCheckResult]:
    """One result for each check, over all days of the run; what kept no day from being published is a warning."""
    for check in publication.checks():
        findings = {
            day: result.finding
            for day, outcome in outcomes.items()
            for result in outcome.found
            if result.check.name == check.name
        }
        is_error = any(outcomes[day].failure for day in findings) and check.is_blocking
        yield dg.AssetCheckResult(
            check_name=check.name,
            passed=not findings,
            severity=dg.AssetCheckSeverity.ERROR if is_error else dg.AssetCheckSeverity.WARN,
            metadata={"days checked": len(outcomes), **findings},
        )


def _publish_day(
    context: dg.AssetExecutionContext, wirehouse: Wirehouse, lake: Lake, stage: Stage, day: str
) -> dict[str, int]:
    started, clock = dt.datetime.now(dt.UTC), time.perf_counter()
    rows = publication.staged_counts(lake.connection)
    pairs = stage.read("pairs", day)
    present = recipe(wirehouse.ner, wirehouse.window_days, wirehouse.reading())
    message = f"publish {day}, run {context.run.run_id}"
    with lake.transaction(message, lambda line: say(context, line)) as connection:
        history = open_history(connection, lake.folder)
        before = links.day_signatures(connection, day)
        was_published, last = publication.last_recipe(connection, day)
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
                # Links of articles that stayed are by what held before, unless they were made anew.
                "recipe": present if wirehouse.relink or not was_published or last == present else None,
                "seconds": round(time.perf_counter() - clock, 3),
                **{name: rows[name] for name in ("drops", "articles", "rejects", "mentions")},
            },
        )
    return rows | {"copies": copies}


def _decisions() -> pa.Table:
    """The reviewed decisions about entities as rows of `merge_log`."""
    rows = [row._asdict() for row in Decisions.load().merge_rows()]
    return pa.Table.from_pylist(rows, schema=arrow_schema(TABLES["merge_log"]))
