"""Tables of articles, a row each: CSV with commas, semicolons, tabs or bars, to records by their header.

A text full of commas must never be taken for a table: its first line has to be a header that names a field of
articles, and the rows behind it must have as many cells.
"""

import csv
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from pipelines.ingest.fields import Fields, plain_name
from pipelines.ingest.json_record import Entry
from pipelines.ingest.limits import Limits
from pipelines.ingest.refused import Refused

_DELIMITERS = "\t;,|"
_NAME = re.compile(r"[^\W\d][\w .:/#-]{0,59}")
_LOOKED_AT = 6
"""Rows by which it is decided that this is a table."""


class Table(NamedTuple):
    """How the table is written: what parts its cells, and its header's names."""

    delimiter: str
    header: list[str]


def find_table(text: str, fields: Fields) -> Table | None:
    """The table that the text is, None if it is none."""
    first = text[:4096].lstrip().partition("\n")[0]
    for delimiter in _DELIMITERS:
        if delimiter in first and _names_field(first, delimiter, fields) and (table := _table(text, delimiter, fields)):
            return table
    return None


def has_text_column(table: Table, fields: Fields) -> bool:
    """Whether a column carries the text."""
    return not _known(fields.text).isdisjoint(map(plain_name, table.header))


def rows(text: str, table: Table, limits: Limits) -> Iterator[Entry]:
    """Each row behind the header that is not blank as a record, numbered from 1; one of another length as a Refused.

    Raises Refused where nothing more can be read.
    """
    number, width = 0, len(table.header)
    reader = _filled(_reader(text, table.delimiter, limits.document_bytes))
    try:
        next(reader)
        for number, cells in enumerate(reader, 1):
            if len(cells) == width:
                row = dict(zip(table.header, cells, strict=True))
                yield Entry(str(number), json.dumps(row).encode(), row)
            else:
                refused = Refused("damaged_row", f"{len(cells)} cells, the header has {width}")
                yield Entry(str(number), json.dumps(cells).encode(), refused)
    except csv.Error as error:
        raise Refused("damaged_row", f"behind row {number}: {error}") from error


def _names_field(first: str, delimiter: str, fields: Fields) -> bool:
    """A quick look: whether a cell of the line is the name of a field."""
    return not _known_all(fields).isdisjoint(plain_name(cell.strip(' "\r')) for cell in first.split(delimiter))


def _table(text: str, delimiter: str, fields: Fields) -> Table | None:
    try:
        first, *others = islice(_filled(_reader(text, delimiter, len(text) + 1)), _LOOKED_AT)
    except (csv.Error, ValueError):  # ValueError: not one row
        return None
    header = [cell.strip() for cell in first]
    names = [plain_name(cell) for cell in header]
    if len(header) < 2 or not all(map(_NAME.fullmatch, header)) or len(set(names)) < len(names):
        return None
    table = Table(delimiter, header)
    alike = sum(len(row) == len(header) for row in others)
    known = len(_known_all(fields).intersection(names))
    if has_text_column(table, fields) and known > 1:
        is_sure = 2 * alike > len(others)
    else:  # one name may be a word of a text; and a table without a text will be refused
        is_sure = alike > 2 and alike == len(others)
    return table if is_sure else None


def _filled(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    return (row for row in reader if any(cell and not cell.isspace() for cell in row))


def _reader(text: str, delimiter: str, field_bytes: int) -> Iterator[list[str]]:
    csv.field_size_limit(field_bytes)  # the module's own 128 KB is less than a long article, and it is one for all
    return csv.reader(_lines(text), delimiter=delimiter)


def _lines(text: str) -> Iterator[str]:
    """Lines with their ends; splitlines would make a list of them, and takes more for an end than tables do."""
    at = 0
    while at < len(text):
        end = text.find("\n", at) + 1 or len(text)
        line = text[at:end]
        yield line if line.find("\r", 0, -2) < 0 else line[:-2].replace("\r", " ") + line[-2:]
        at = end


@lru_cache(maxsize=64)
def _known(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(plain_name, names))


@lru_cache(maxsize=64)
def _known_all(fields: Fields) -> frozenset[str]:
    return frozenset(plain_name(name) for names in fields[:-1] for name in names)
