"""Where things are, as one frozen object: read from the environment at the edge, printed by `wirehouse status`."""

import os
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
VERSION = "0.1.0"
"""Version of Wirehouse that is written to `runs`; pyproject.toml says the same."""


@dataclass(frozen=True)
class Settings:
    """`raw` is where drops land, `lake` the warehouse's folder, `dagster_home` where Dagster keeps its runs.

    `ner` says what reads names: pipelines/extract/tagger.py has the choices.
    """

    raw: Path
    lake: Path
    dagster_home: Path
    ner: str = "shipped"


def settings(raw: Path | None = None, lake: Path | None = None) -> Settings:
    """The folders given, else those of the environment, else the repository's own."""
    return Settings(
        raw=(raw or Path(os.environ.get("WIREHOUSE_RAW") or REPOSITORY / "raw")).absolute(),
        lake=(lake or Path(os.environ.get("WIREHOUSE_LAKE") or REPOSITORY / "warehouse" / "lake")).absolute(),
        dagster_home=Path(os.environ.get("DAGSTER_HOME") or REPOSITORY).absolute(),
        ner=os.environ.get("WIREHOUSE_NER") or "shipped",
    )
