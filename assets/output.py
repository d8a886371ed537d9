"""How answers look on a terminal and to programs: tables for people, JSON and CSV for the rest."""

import csv
import datetime as dt
import json
import math
import sys
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

import pyarrow as pa
from rich.console import Console, ConsoleOptions, RenderableType
from rich.markup import escape
from rich.segment import Segment
from rich.table import Table

_CONTROLS = dict.fromkeys([*range(9), *range(11, 32), *range(127, 160)], "\ufffd")


class Terminal(Console):
    """A console on which nothing that came with a drop gives orders: its control characters are shown as U+FFFD.

    A file's name, or `&#27;` in a page, may move the cursor, rename the window or fill the clipboard.
    """

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Rich's segments, which hold colours apart from text."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else segment._replace(text=segment.text.translate(_CONTROLS))


# A pipe has no width of its own; 80 columns would break every table that has a headline in it.
console = Terminal(width=None if sys.stdout.isatty() else 160)
errors = Terminal(stderr=True, soft_wrap=True, highlight=False)
_SHOWN_ROWS = 1000


class Format(StrEnum):
    """What `--format` admits."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def write(rows: pa.Table, form: Format) -> None:
    """The rows on standard output; JSON is an array of objects."""
    if form is Format.JSON:
        print(dumps(rows.to_pylist()))
    elif form is Format.CSV:
        writer = csv.writer(sys.stdout)
        writer.writerow(rows.column_names)
        for row in rows.to_pylist():
            writer.writerow([_cell(value) if isinstance(value, list) else value for value in row.values()])
    else:
        console.print(table(rows))
        if rows.num_rows > _SHOWN_ROWS:
            errors.print(f"{rows.num_rows - _SHOWN_ROWS} more rows; --format csv gives them all.")


def table(rows: pa.Table) -> Table:
    """The first rows as a table for the terminal."""
    shown = Table(box=None, pad_edge=False, header_style="bold")
    for field in rows.schema:
        shown.add_column(escape(field.name).translate(_CONTROLS), justify="right" if _is_number(field.type) else "left")
    for row in rows.slice(0, _SHOWN_ROWS).to_pylist():
        shown.add_row(*(_cell(value).translate(_CONTROLS) for value in row.values()))  # here already: it has a width
    return shown


def dumps(value: Any, *, indent: int | None = None) -> str:
    """JSON with dates as ISO 8601 and letters as they are; what JSON has no number for is null."""
    try:
        return json.dumps(value, ensure_ascii=False, default=_plain, indent=indent, allow_nan=False)
    except ValueError:
        return json.dumps(_finite(value), ensure_ascii=False, default=_plain, indent=indent, allow_nan=False)


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, (dt.date, dt.datetime)) else str(value)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "[" + ", ".join(_cell(item) for item in value) + "]"
    if isinstance(value, float):
        return f"{value:.6g}"
    # Square brackets are markup to rich; in data they are themselves.
    return str(value).replace("[", r"\[")


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))
