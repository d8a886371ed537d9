"""Where things are, as one frozen object: read from the environment at the edge, printed by `wirehouse status`."""

import os
from dataclasses import dataclass
from pathlib import Path

from warehouse.catalog_store import checked_catalog
from warehouse.errors import WarehouseError

REPOSITORY = Path(__file__).resolve().parent.parent
VERSION = "0.1.0"
"""Version of Wirehouse that is written to `runs`; pyproject.toml says the same."""
_MOST_DAYS = 36_525


@dataclass(frozen=True)
class Settings:
    """`raw` is where drops land, `lake` the warehouse's folder, `dagster_home` where Dagster keeps its runs.

    `ner` says what reads names: pipelines/extract/tagger.py has the choices. `window_days` is how many days after its
    original a near copy is still taken for one; exact copies are found in all history. `catalog` says where a lake that
    is made keeps its catalog (warehouse/catalog_store.py); empty, in its folder. There is no password in it.
    """

    raw: Path
    lake: Path
    dagster_home: Path
    ner: str = "shipped"
    window_days: int = 90
    catalog: str = ""


def settings(raw: Path | None = None, lake: Path | None = None) -> Settings:
    """The folders given, else those of the environment, else the repository's own."""
    return Settings(
        raw=(raw or Path(os.environ.get("WIREHOUSE_RAW") or REPOSITORY / "raw")).absolute(),
        lake=(lake or Path(os.environ.get("WIREHOUSE_LAKE") or REPOSITORY / "warehouse" / "lake")).absolute(),
        dagster_home=Path(os.environ.get("DAGSTER_HOME") or REPOSITORY).absolute(),
        ner=os.environ.get("WIREHOUSE_NER") or "shipped",
        window_days=_days("WIREHOUSE_WINDOW_DAYS", Settings.window_days),
        catalog=checked_catalog(os.environ.get("WIREHOUSE_CATALOG") or ""),
    )


def _days(name: str, default: int) -> int:
    text = os.environ.get(name) or str(default)
    if not text.isdecimal() or int(text) > _MOST_DAYS:
        raise WarehouseError(f"{name} is {text!r}: give a number of days from 0 to {_MOST_DAYS}.")
    return int(text)
