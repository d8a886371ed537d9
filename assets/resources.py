"""What the assets need from outside, as one Dagster resource: the two folders, and what a run may do."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import dagster as dg
from pydantic import PrivateAttr

from assets.liveness import alive
from assets.reading import Reading, load_reading
from assets.settings import Settings
from warehouse.lake import Lake
from warehouse.stage import Stage


class Wirehouse(dg.ConfigurableResource):  # type: ignore[type-arg]  # Dagster's own generic is for IO values
    """`raw` and `lake` are folders; `allow_fewer` lets a day be published with fewer documents than it had.

    `is_replay` writes on the rejects that remain that they were tried again; `ner` says what reads names.
    `window_days` is how long near copies are sought; `relink` links all articles of a day anew, not only what changed,
    as after another window or other rules. `catalog` is where a lake that is made keeps its catalog.
    """

    raw: str
    lake: str
    ner: str = "shipped"
    allow_fewer: bool = False
    is_replay: bool = False
    window_days: int = Settings.window_days
    relink: bool = False
    catalog: str = ""
    _opened: Lake | None = PrivateAttr(default=None)

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator[Self]:
        """One lake for all assets of a run: to open it costs as much as a thousand articles do."""
        try:
            if context.run is None:  # a sensor's or a schedule's look
                yield self
            else:
                with alive(self.lake_folder, context.run.run_id):
                    yield self
        finally:
            if self._opened is not None:
                self._opened.close()

    @property
    def raw_folder(self) -> Path:
        """Where drops land."""
        return Path(self.raw)

    @property
    def lake_folder(self) -> Path:
        """The warehouse's folder."""
        return Path(self.lake)

    def reading(self) -> Reading:
        """How drops are read: limits and names of fields."""
        return load_reading(self.raw_folder)

    def open_lake(self) -> Lake:
        """The lake, opened when it is first asked for and closed with the run."""
        if self._opened is None:
            self._opened = Lake.open(self.lake_folder, catalog=self.catalog)
        return self._opened

    def stage(self, context: dg.AssetExecutionContext) -> Stage:
        """The stage of this run. A run executed again from its failure goes on in the stage of the first."""
        run = context.run
        return Stage(self.lake_folder, run.root_run_id or run.run_id)
