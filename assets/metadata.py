"""What the UI shows of an asset: its columns with their meanings, and for each day rows, a sample and a plot."""

from collections.abc import Mapping
from typing import Any, NamedTuple, TypeAlias

import dagster as dg

from assets.markdown import table
from assets.plot import Plot, picture
from assets.settings import REPOSITORY
from warehouse.fields import FIELDS
from warehouse.lake import Lake
from warehouse.preview import history, preview
from warehouse.render import section
from warehouse.stage import Stage
from warehouse.tables import TABLES

OWNERS = ["team:wirehouse"]
Metadata: TypeAlias = dict[str, int | dg.TableSchema | dg.MetadataValue[Any]]


def table_metadata(main: str, *others: str) -> Metadata:
    """The main table's columns as Dagster shows them, and what the dictionary says of all tables the asset makes."""
    columns = [
        dg.TableColumn(name, FIELDS[name].type, description=FIELDS[name].meaning) for name in TABLES[main].columns
    ]
    meanings = "\n\n".join(section(TABLES[name]) for name in (main, *others))
    return {
        "dagster/column_schema": dg.TableSchema(columns),
        "dictionary": dg.MetadataValue.md(meanings),
        "dictionary_file": dg.MetadataValue.path(REPOSITORY / "docs" / "dictionary.md"),
    }


class Pages:
    """What an asset shows of each day of a run; `main` is the staged table that it stands for."""

    def __init__(self, context: dg.AssetExecutionContext, lake: Lake, stage: Stage, main: str) -> None:
        self._context, self._lake, self._stage, self._main = context, lake, stage, main
        self._asset = context.asset_key.to_user_string()
        self._days: dict[str, Mapping[str, int]] = {}

    def day(self, day: str, rows: Mapping[str, int]) -> Metadata:
        """What is shown of the day: its rows, a sample, and the days up to it."""
        self._days[day] = rows
        sample = table(preview(self._lake.connection, self._stage, day, self._asset), "The day has none.")
        plot = _PLOTS[self._asset]
        return {
            "sample": dg.MetadataValue.md(sample),
            "last_days": dg.MetadataValue.md(picture(self._plot(plot, day), plot.meaning)),
            "dagster/partition_row_count": rows[self._main],
            **{f"rows/{name}": count for name, count in rows.items()},
        }

    def record(self, day: str, rows: Mapping[str, int]) -> None:
        """Puts the same on the day's materialisation."""
        self._context.add_asset_metadata(self.day(day, rows), partition_key=day)

    def _plot(self, drawn: "_Drawn", day: str) -> Plot:
        """The days that are published, with those that this run has made anew as it made them."""
        counted = {str(row["arrival_day"]): row for row in history(self._lake.connection, day)}
        for made, rows in self._days.items():
            own = {column: rows[staged] for column, staged in drawn.staged.items()}
            if own:
                counted[made] = {**dict.fromkeys(("articles", "copies"), 0), **counted.get(made, {}), **own}
        days = sorted(counted)[-30:]
        line = None
        if drawn.share:
            shares = [100 * counted[one]["copies"] / max(1, counted[one]["articles"]) for one in days]
            line = ("copies, of all articles", shares)
        return Plot(days, {name: [counted[one][column] for one in days] for name, column in drawn.bars.items()}, line)


class _Drawn(NamedTuple):
    """What an asset's plot shows: bars by name and column of `runs`, and which staged table counts for the column."""

    meaning: str
    bars: dict[str, str]
    staged: dict[str, str]
    share: bool = False


_PLOTS = {
    "ingest": _Drawn(
        "documents and rejects a day",
        {"documents": "drops", "rejects": "rejects"},
        {"drops": "documents", "rejects": "ingest_rejects"},
    ),
    "parse": _Drawn(
        "articles and rejects a day",
        {"articles": "articles", "rejects": "rejects"},
        {"articles": "articles", "rejects": "parse_rejects"},
    ),
    "dedup": _Drawn("articles a day, and the share of copies", {"articles": "articles"}, {}, share=True),
    "extract": _Drawn("mentions a day", {"mentions": "mentions"}, {"mentions": "mentions"}),
    "publish": _Drawn(
        "articles and rejects a day, and the share of copies",
        {"articles": "articles", "rejects": "rejects"},
        {},
        share=True,
    ),
}
