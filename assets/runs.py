"""Starting Dagster runs from the command line: days grouped into ranges, one run a range, in this process.

The runs are kept in Dagster's instance like any other, so the UI shows them.
"""

import datetime as dt
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, chdir, contextmanager
from typing import NamedTuple

import dagster as dg
from filelock import FileLock

from assets.definitions import build_definitions
from assets.jobs import PUBLISH_DAYS, wirehouse_config
from assets.progress import Listener, heard_by
from assets.reasons import reasons
from assets.settings import Settings
from pipelines.dedup.compiled import compiling_told

_DAYS_A_RUN = 10
"""Days that one run takes at most. Days are published at its end, so it is what a stop costs; a run costs a second."""
_BRIDGED_DAYS = 31
"""Days without files that a range may span: a run costs seconds to start, an empty day in one some milliseconds."""
_RANGE_START, _RANGE_END = "dagster/asset_partition_range_start", "dagster/asset_partition_range_end"


class Outcome(NamedTuple):
    """How a run ended; `problems` is what a person has to know if it failed, a line each.

    `stopped` says that a stage failed: none of the days came as far as its publication.
    """

    run_id: str
    days: list[str]
    problems: list[str]
    stopped: bool = False


def ranges(days: Iterable[str], occupied: set[str]) -> list[list[str]]:
    """The days in groups that one run each can take: no other day with files (`occupied`) lies inside a group."""
    groups: list[list[str]] = []
    for day in sorted(days):
        between = _days_between(groups[-1][-1], day) if groups else []
        is_full = bool(groups) and len(groups[-1]) == _DAYS_A_RUN
        if groups and not is_full and len(between) <= _BRIDGED_DAYS and not occupied.intersection(between):
            groups[-1].append(day)
        else:
            groups.append([day])
    return groups


def _days_between(first: str, last: str) -> list[str]:
    start, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    return [(start + dt.timedelta(days=step)).isoformat() for step in range(1, (end - start).days)]


@contextmanager
def dagster_at(where: Settings) -> Iterator[dg.DagsterInstance]:
    """The Dagster instance whose dagster.yaml lies in the settings' folder, which is the current one in the block."""
    os.environ["DAGSTER_HOME"] = str(where.dagster_home)
    # dagster.yaml names its folder relative to where Dagster is started; all paths of ours are absolute.
    with chdir(where.dagster_home), ExitStack() as stack:
        with FileLock(where.dagster_home / ".dagster.lock"):  # two first runs must not make Dagster's storage at once
            instance = stack.enter_context(dg.DagsterInstance.get())
            instance.get_runs_count()
        yield instance


def publish_range(
    where: Settings,
    days: list[str],
    dagster: dg.DagsterInstance,
    listener: Listener,
    *,
    allow_fewer: bool = False,
    is_replay: bool = False,
    relink: bool = False,
) -> Outcome:
    """Runs all assets for the range that the days span."""
    given = wirehouse_config(where, allow_fewer=allow_fewer, is_replay=is_replay, relink=relink)
    job = build_definitions(where).resolve_job_def(PUBLISH_DAYS)
    with heard_by(listener), compiling_told(listener.say):
        result = job.execute_in_process(
            instance=dagster,
            raise_on_error=False,
            tags={_RANGE_START: days[0], _RANGE_END: days[-1], "wirehouse/started_by": "command line"},
            run_config={
                "resources": {"wirehouse": {"config": given}},
                "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
            },
        )
    stopped = any(event.is_step_failure and event.step_key != "publish" for event in result.all_events)
    return Outcome(result.run_id, days, [] if result.success else _problems(result), stopped)


def _problems(result: dg.ExecuteInProcessResult) -> list[str]:
    """What failed, in the words of the error that stopped it."""
    lines = [line for event in result.all_events if event.is_step_failure for line in reasons(event)]
    return lines or ["The run failed before its first step; `make dev` shows its log."]
