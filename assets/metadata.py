"""What the UI shows of an asset: its column schema with meanings, and row counts for each day."""

import dagster as dg

from warehouse.fields import FIELDS
from warehouse.tables import TABLES


def column_schema(table: str) -> dict[str, dg.TableSchema]:
    """The table's columns as Dagster shows them."""
    columns = [
        dg.TableColumn(name, FIELDS[name].type, description=FIELDS[name].meaning) for name in TABLES[table].columns
    ]
    return {"dagster/column_schema": dg.TableSchema(columns)}


def day_metadata(rows: dict[str, int], main: str) -> dict[str, int]:
    """Rows of one day, table by table; `main` is the table the asset stands for."""
    return {"dagster/partition_row_count": rows[main], **{f"rows/{table}": count for table, count in rows.items()}}


def record_day(context: dg.AssetExecutionContext, day: str, rows: dict[str, int], main: str) -> None:
    """Puts the day's row counts on its materialisation; see day_metadata."""
    context.add_asset_metadata(day_metadata(rows, main), partition_key=day)
