"""The two ways to get days published from the command line: those that are due, and those that are named."""

import datetime as dt
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from assets.output import errors
from assets.reading import load_reading
from assets.recipe import recipe
from assets.settings import Settings
from warehouse import ledger, profiles
from warehouse.errors import WarehouseError
from warehouse.lake import Lake

_STAGES = 5
_ALIKE = 3
"""Days in a row that fail in the same way before the others are not tried: it is no fault of a day then."""


class Work(NamedTuple):
    """What was done: days published, what went wrong, wall seconds."""

    published: list[str]
    problems: list[str]
    seconds: float


def publish_due(where: Settings, first: dt.date | None, last: dt.date | None, *, allow_fewer: bool) -> Work:
    """Publishes the days with new or changed drops, within the days named if any are.

    Raises WarehouseError if there is no raw folder.
    """
    started = time.perf_counter()
    low, high = (first or dt.date.min).isoformat(), (last or dt.date.max).isoformat()
    with _look(where) as lake:
        due = [day for day in ledger.due_days(lake) if low <= day <= high]
        occupied = set(ledger.days_with_files(lake, low, high)) - set(due)
    return _publish(where, due, occupied, started, allow_fewer=allow_fewer)


def publish_again(where: Settings, first: dt.date, last: dt.date, *, allow_fewer: bool, force: bool) -> Work:
    """Publishes every day from `first` to `last` that has files, and links all of it anew.

    A day that was computed by what holds now already is done, as after a backfill that was stopped; `force` has it
    computed again.
    """
    started = time.perf_counter()
    with _look(where) as lake:
        days = ledger.days_with_files(lake, first.isoformat(), last.isoformat())
        profile = profiles.current(lake)
        present = recipe(where.ner, where.window_days, load_reading(where.raw))
        done = set() if force else ledger.done_days(lake, present, profile.version if profile else None)
    if not days:
        raise WarehouseError(f"No drop arrived from {first} to {last}: `wirehouse status` lists the days.")
    left = [day for day in days if day not in done]
    if len(left) < len(days):
        errors.print(f"{len(days) - len(left)} of {len(days)} days are done already; --force computes them again.")
    return _publish(where, left, done, started, allow_fewer=allow_fewer, relink=True)


def publish_days(where: Settings, days: list[str], *, is_replay: bool, allow_fewer: bool = False) -> Work:
    """Computes exactly these days anew and publishes them."""
    started = time.perf_counter()
    with _look(where) as lake:
        occupied = set(ledger.days_with_files(lake, dt.date.min.isoformat(), dt.date.max.isoformat())) - set(days)
    return _publish(where, days, occupied, started, allow_fewer=allow_fewer, is_replay=is_replay)


@contextmanager
def _look(where: Settings) -> Iterator[Lake]:
    """The lake, its ledger brought up to date with the inbox."""
    if not where.raw.is_dir():
        raise WarehouseError(f"There is no folder {where.raw}: name the folder of drops with --raw.")
    with Lake.open(where.lake, catalog=where.catalog) as lake:
        found = ledger.update(lake, where.raw, dt.datetime.now(dt.UTC), errors.print)
        for path in found.unsettled:
            errors.print(f"{path} is still being written; it is left to the next run.")
        yield lake


def _publish(
    where: Settings,
    days: list[str],
    occupied: set[str],
    started: float,
    *,
    allow_fewer: bool,
    is_replay: bool = False,
    relink: bool = False,
) -> Work:
    """Runs the days in as few Dagster runs as can be; a day counts as published if the lake's `runs` says so."""
    if not days:
        return Work([], [], time.perf_counter() - started)
    load_reading(where.raw)  # a mistake in it is better said once than by each run
    from assets import runs  # Dagster takes two seconds to import, which a run without work does not owe

    problems: list[str] = []
    done: list[str] = []
    with runs.dagster_at(where) as instance, _Bar(len(days) * _STAGES) as bar:
        waiting = runs.ranges(days, occupied)
        alike: list[list[str]] = []
        while waiting:
            group = waiting.pop(0)
            outcome = runs.publish_range(
                where, group, instance, bar, allow_fewer=allow_fewer, is_replay=is_replay, relink=relink
            )
            with Lake.open(where.lake) as lake:
                done += [day for day in group if day in ledger.published_by(lake, outcome.run_id)]
            if not outcome.stopped:
                problems += outcome.problems
                alike = []
            elif len(group) > 1:
                # A stage takes its whole range with it: each half is tried, until the days at fault stand alone.
                waiting[:0] = [group[: len(group) // 2], group[len(group) // 2 :]]
            else:
                problems += [f"{group[0]} was not published: {line}" for line in outcome.problems]
                alike = [found for found in alike if found == outcome.problems] + [outcome.problems]
            if len(alike) == _ALIKE and waiting:
                untried = sum(map(len, waiting))
                problems.append(f"{untried} more days were not tried: {_ALIKE} in a row failed in the same way.")
                break
    return Work(done, problems, time.perf_counter() - started)


class _Bar:
    """A progress bar on standard error; the listener of runs."""

    def __init__(self, steps: int) -> None:
        columns = (TextColumn("{task.description:<24}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._progress = Progress(*columns, console=errors)
        self._task: TaskID = self._progress.add_task("starting", total=steps)

    def __enter__(self) -> "_Bar":
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def say(self, line: str) -> None:
        """A line above the bar."""
        self._progress.console.print(line)

    def done(self, stage: str, day: str) -> None:
        """One step further."""
        self._progress.update(self._task, advance=1, description=f"{stage} {day}")
