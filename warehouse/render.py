"""Tables to what others need of them: Arrow schemas, DDL with comments, the dictionary in docs/ with the views, too.

`python -m warehouse.render` writes docs/dictionary.md; a test holds the file against what is rendered.
"""

from itertools import takewhile
from pathlib import Path

import pyarrow as pa

from warehouse.tables import TABLES, Table

_SQL = Path(__file__).parent / "sql"

ARROW_TYPES: dict[str, pa.DataType] = {
    "VARCHAR": pa.string(),
    "VARCHAR[]": pa.list_(pa.string()),
    "UBIGINT[]": pa.list_(pa.uint64()),
    "BOOLEAN": pa.bool_(),
    "INTEGER": pa.int32(),
    "BIGINT": pa.int64(),
    "DOUBLE": pa.float64(),
    "DATE": pa.date32(),
    "TIMESTAMPTZ": pa.timestamp("us", tz="UTC"),
}


def arrow_schema(table: Table) -> pa.Schema:
    """The table's columns as an Arrow schema, in order."""
    return pa.schema([(field.name, ARROW_TYPES[field.type]) for field in table.fields])


def ddl(table: Table) -> list[str]:
    """Statements that create the table, its partitioning and its comments in the current schema."""
    columns = ", ".join(f"{field.name} {field.type}" for field in table.fields)
    statements = [f"CREATE TABLE {table.name} ({columns})"]
    if table.by_day:
        statements.append(f"ALTER TABLE {table.name} SET PARTITIONED BY (arrival_day)")
    return statements + comments(table)


def comments(table: Table) -> list[str]:
    """Statements that say of the table and of each of its columns what it is."""
    return [
        f"COMMENT ON TABLE {table.name} IS {_quoted(table.grain)}",
        *(f"COMMENT ON COLUMN {table.name}.{field.name} IS {_quoted(field.meaning)}" for field in table.fields),
    ]


def opening_comment(file: Path) -> str:
    """What an SQL file says of itself: the comment that opens it, on one line."""
    lines = takewhile(lambda line: line.startswith("--"), file.read_text(encoding="utf-8").splitlines())
    return " ".join(line.removeprefix("--").strip() for line in lines)


def dictionary() -> str:
    """The data dictionary as Markdown: every table, its grain, key and columns; every view and macro."""
    parts = ["# Dictionary", "", "Rendered from `warehouse/tables.py` and `fields.py` by `python -m warehouse.render`."]
    for table in TABLES.values():
        parts += ["", section(table)]
    parts += ["", "## Views and macros", "", "| name | what it gives |", "|---|---|"]
    views = [(file.stem.split("_", 1)[1], file) for file in sorted((_SQL / "views").glob("*.sql"))]
    macros = [(f"{file.stem}()", file) for file in sorted((_SQL / "macros").glob("*.sql"))]
    parts += [f"| {name} | {opening_comment(file)} |" for name, file in [*views, *macros]]
    return "\n".join(parts) + "\n"


def section(table: Table) -> str:
    """The dictionary's section of one table."""
    daily = " Replaced a day at a time." if table.by_day else ""
    parts = [f"## {table.name}", "", f"Grain: {table.grain}. Key: {', '.join(table.key)}.{daily}", ""]
    parts += ["| column | type | meaning |", "|---|---|---|"]
    parts += [f"| {field.name} | {field.type} | {field.meaning} |" for field in table.fields]
    return "\n".join(parts)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


if __name__ == "__main__":
    Path("docs/dictionary.md").write_text(dictionary(), encoding="utf-8")
