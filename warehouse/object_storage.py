"""Data files in object storage (S3, or what speaks like it), reached through DuckDB.

Keys come from the environment by the names that AWS's own tools use: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
AWS_SESSION_TOKEN, AWS_REGION, and AWS_ENDPOINT_URL for another server than Amazon's. They are DuckDB's secret then,
which shows them to nobody.
"""

import datetime as dt
import os
from urllib.parse import urlsplit

import duckdb

from warehouse.engine import quoted

EXTENSION = "httpfs"
_GIVEN = {
    "KEY_ID": "AWS_ACCESS_KEY_ID",
    "SECRET": "AWS_SECRET_ACCESS_KEY",
    "SESSION_TOKEN": "AWS_SESSION_TOKEN",
    "REGION": "AWS_REGION",
}


def let_in(connection: duckdb.DuckDBPyConnection) -> None:
    """Gives the connection the keys of the environment."""
    values = {option: os.environ.get(name) for option, name in _GIVEN.items()}
    listed = [f"{option} {quoted(value)}" for option, value in values.items() if value]
    endpoint = urlsplit(os.environ.get("AWS_ENDPOINT_URL") or "")
    if endpoint.netloc:
        tls = "true" if endpoint.scheme == "https" else "false"
        listed += [f"ENDPOINT {quoted(endpoint.netloc)}", "URL_STYLE 'path'", f"USE_SSL {tls}"]
    connection.execute(f"CREATE SECRET ({', '.join(['TYPE s3', *listed])})")
    # DuckDB took them from the environment by itself, as settings that every reader may ask for.
    for setting in ("s3_access_key_id", "s3_secret_access_key", "s3_session_token"):
        connection.execute(f"SET {setting} = ''")


def sizes(connection: duckdb.DuckDBPyConnection, address: str) -> dict[str, int]:
    """Bytes of every Parquet file below the address, by path below it."""
    root = address.rstrip("/") + "/"
    found = connection.execute("SELECT filename, size FROM read_blob(?)", [f"{root}**/*.parquet"]).fetchall()
    return {name.removeprefix(root): size for name, size in found}


def delete_orphans(connection: duckdb.DuckDBPyConnection, address: str, older_than: dt.datetime | None) -> list[str]:
    """Deletes the files below the address that no snapshot names, those written before that moment if one is given."""
    if older_than is None:
        rows = connection.execute("CALL ducklake_delete_orphaned_files('lake', cleanup_all => true)").fetchall()
    else:
        sql = "CALL ducklake_delete_orphaned_files('lake', older_than => ?)"
        rows = connection.execute(sql, [older_than]).fetchall()
    return [path.removeprefix(address.rstrip("/") + "/") for (path, *_) in rows]
