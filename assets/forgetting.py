"""Taking documents out for good, for `wirehouse forget`: the table `forgotten`, then their days published anew.

A publication keeps out what is in `forgotten`, so all that came from a document goes as its day is replaced: rows,
links, sightings, kept names, and what Dagster's runs recorded of the day, down to freed pages of its files. Then its
stages, the bytes of its rejects and the index of history go. Snapshots of before hold it until upkeep expires them,
and with the last its files.
"""

import datetime as dt
from typing import NamedTuple

from assets.dagster_files import clear_freed_pages
from assets.indexing import reindex
from assets.output import errors
from assets.retention import delete_runs_over
from assets.runs import dagster_at
from assets.settings import Settings
from assets.work import Work, publish_days
from warehouse import forgotten
from warehouse.errors import WarehouseError
from warehouse.kept import Kept
from warehouse.kept_names import forget_day
from warehouse.lake import Lake
from warehouse.opening import discard
from warehouse.session import require_lake


class Taken(NamedTuple):
    """What was taken out: documents (those of the same text among them), the work of publishing, and what is left.

    `is_cleared` says that freed pages of Dagster's history hold nothing any more of what was deleted from it.
    """

    documents: int
    work: Work
    left: int
    is_cleared: bool


def forget(where: Settings, documents: list[str], why: str | None) -> Taken:
    """Takes these documents out, and all others of the same text; without any, what a run or a restore left.

    Raises WarehouseError if the lake knows nothing of one of them.
    """
    with Lake.open(require_lake(where.lake)) as lake:
        strange = forgotten.unknown(lake, documents)
        if strange:
            raise WarehouseError(f"There is no document {strange[0]!r} in the lake: the table drops has their ids.")
        if documents:
            with lake.transaction(f"forget {len(documents)} documents", errors.print) as connection:
                forgotten.write(connection, documents, why)
        held = forgotten.held_days(lake)
        going = sorted({document for found in held.values() for document in found})
        kept_bytes = forgotten.kept_bytes(lake, going)
        for day in held:
            forget_day(lake.folder, day)
        discard(lake.folder)
    if held:
        with dagster_at(where) as instance:
            delete_runs_over(instance, list(held))
    work = publish_days(where, list(held), is_replay=False, allow_fewer=True) if held else Work([], [], 0.0)
    with Lake.open(where.lake) as lake:
        left = sum(map(len, forgotten.held_days(lake).values()))
        for stage in forgotten.stages_with(lake, list(held)):
            stage.clear()
        for sha256 in kept_bytes if not left else []:
            Kept(lake.folder).path(sha256).unlink(missing_ok=True)
        if held:
            with lake.writing(errors.print) as connection:
                reindex(connection, lake)
    with dagster_at(where) as instance:
        return Taken(len(going), work, left, clear_freed_pages(instance))


def say_what_remains(age: dt.timedelta, grace: dt.timedelta) -> str:
    """The line that tells a person where the text still is."""
    return (
        f"Snapshots of before hold it for up to {age.days} days; `wirehouse upkeep --keep-snapshots 1` lets go of them"
        f" {grace.days} day after. Files in the raw folder and backups are yours to delete."
    )
