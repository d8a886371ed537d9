"""Schemas of what is staged: every daily table as it will be published, and what only the next stages need.

`documents` and `statuses` together become `drops`, the notices and rejects of all stages one table each;
publication.py says how.
"""

import pyarrow as pa

from warehouse.fields import FIELDS
from warehouse.render import ARROW_TYPES, arrow_schema
from warehouse.tables import DAILY, TABLES


def _schema(*columns: str) -> pa.Schema:
    return pa.schema([(name, ARROW_TYPES[FIELDS[name].type]) for name in columns])


_STATUS = ("status", "article_id")

STAGED: dict[str, pa.Schema] = {
    **{table.name: arrow_schema(table) for table in DAILY if table.name not in ("drops", "notices", "rejects")},
    "documents": _schema(*(name for name in TABLES["drops"].columns if name not in _STATUS)),
    "statuses": _schema("document_id", *_STATUS),
    "ingest_rejects": arrow_schema(TABLES["rejects"]),
    "parse_rejects": arrow_schema(TABLES["rejects"]),
    "ingest_notices": arrow_schema(TABLES["notices"]),
    "parse_notices": arrow_schema(TABLES["notices"]),
    "extract_notices": arrow_schema(TABLES["notices"]),
    "inbox": _schema("path", "sha256"),
    "pairs": pa.schema([("content_a", pa.string()), ("content_b", pa.string())])
    .append(pa.field("similarity", pa.float64()))
    .append(pa.field("containment", pa.float64())),
}


def schemas(*names: str) -> dict[str, pa.Schema]:
    """The schemas of these staged tables."""
    return {name: STAGED[name] for name in names}
