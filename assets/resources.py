"""What the assets need from outside, as one Dagster resource: the two folders, and what a run may do."""

from pathlib import Path

import dagster as dg

from assets.reading import Reading, load_reading
from warehouse.lake import Lake
from warehouse.stage import Stage


class Wirehouse(dg.ConfigurableResource):  # type: ignore[type-arg]  # Dagster's own generic is for IO values
    """`raw` and `lake` are folders; `allow_fewer` lets a day be published with fewer documents than it had.

    `is_replay` writes on the rejects that remain that they were tried again.
    """

    raw: str
    lake: str
    allow_fewer: bool = False
    is_replay: bool = False

    @property
    def raw_folder(self) -> Path:
        """Where drops land."""
        return Path(self.raw)

    def reading(self) -> Reading:
        """How drops are read: limits and names of fields."""
        return load_reading(self.raw_folder)

    def open_lake(self) -> Lake:
        """The lake; close it."""
        return Lake.open(Path(self.lake))

    def stage(self, context: dg.AssetExecutionContext) -> Stage:
        """The stage of this run. A run executed again from its failure goes on in the stage of the first."""
        run = context.run
        return Stage(Path(self.lake), run.root_run_id or run.run_id)
