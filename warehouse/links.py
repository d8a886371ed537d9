"""What linking asks of the lake, and the links it writes back. The law itself is pipelines/dedup/link.py.

Everything here runs inside the transaction that publishes a day, so it sees the day's new rows and all history.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.lake import statement
from warehouse.render import arrow_schema
from warehouse.tables import TABLES


def day_signatures(connection: duckdb.DuckDBPyConnection, day: str) -> list[dict[str, Any]]:
    """(article_id, published_on, content_hash, bands, outlet_id, agency) of the day's articles that have a content."""
    return _rows(connection.execute(statement("link/day"), {"day": day}))


def untold_contents(connection: duckdb.DuckDBPyConnection, day: str) -> set[str]:
    """Contents of the day's articles whose link was made when its relation was not told yet."""
    sql = """
        SELECT content_hash FROM signatures
        WHERE arrival_day = ?::DATE AND article_id IN (SELECT article_id FROM duplicates WHERE relation IS NULL)
    """
    return {content for (content,) in connection.execute(sql, [day]).fetchall()}


def candidates(
    connection: duckdb.DuckDBPyConnection,
    probing: pa.Table,
    low: dt.date,
    high: dt.date,
    cap: int,
    skipped_day: str | None = None,
) -> list[tuple[str, str]]:
    """Pairs (content of `probing`, other content published from `low` to `high`) that share a band.

    Articles of `skipped_day` are not looked at.
    """
    connection.register("probing", probing)
    bound = {"low": low, "high": high, "cap": cap, "skipped_day": skipped_day}
    found = connection.execute(statement("link/candidates"), bound).fetchall()
    connection.unregister("probing")
    return found


def bodies(connection: duckdb.DuckDBPyConnection, contents: Iterable[str]) -> dict[str, str]:
    """One body for each of the contents."""
    rows = _wanted(connection, "link/bodies", contents)
    return {row["content_hash"]: row["body"] for row in rows}


def articles_of(connection: duckdb.DuckDBPyConnection, contents: Iterable[str]) -> list[dict[str, Any]]:
    """All articles with these contents: article_id, content_hash, published_on, arrival_day, shingle_count, outlet_id,
    agency; the last two are null where not known."""
    return _wanted(connection, "link/articles", contents)


def days_of(connection: duckdb.DuckDBPyConnection, contents: Iterable[str]) -> list[dict[str, Any]]:
    """(content_hash, published_on) of these contents, each once."""
    return _wanted(connection, "link/days", contents)


def bodies_of(connection: duckdb.DuckDBPyConnection, articles: Iterable[tuple[str, dt.date]]) -> dict[str, str]:
    """The body of each of the articles (article_id, arrival_day)."""
    ids, days = zip(*sorted(articles), strict=True)
    asked = pa.table({"article_id": pa.array(ids, pa.string()), "arrival_day": pa.array(days, pa.date32())})
    sql = "SELECT article_id, body FROM articles SEMI JOIN asked USING (article_id, arrival_day)"
    return {row["article_id"]: row["body"] for row in _listed(_ask(connection, sql, "asked", asked))}


def bands_of(connection: duckdb.DuckDBPyConnection, contents: Iterable[str]) -> pa.Table:
    """(content_hash, bands), one row a content."""
    return _ask(
        connection,
        "SELECT content_hash, any_value(bands) AS bands FROM signatures"
        " WHERE content_hash IN (SELECT content_hash FROM wanted) GROUP BY content_hash",
        "wanted",
        pa.table({"content_hash": pa.array(sorted(contents), type=pa.string())}),
    )


def touched_links(connection: duckdb.DuckDBPyConnection, articles: Iterable[str]) -> list[dict[str, Any]]:
    """The links of all clusters that these articles are in."""
    affected = pa.table({"article_id": pa.array(sorted(articles), type=pa.string())})
    return _listed(_ask(connection, statement("link/touched"), "affected", affected))


def clusters_of(connection: duckdb.DuckDBPyConnection, articles: Iterable[str]) -> dict[str, str]:
    """The cluster of each of these articles that has a link."""
    asked = pa.table({"article_id": pa.array(sorted(articles), type=pa.string())})
    sql = "SELECT article_id, cluster_id FROM duplicates SEMI JOIN asked USING (article_id)"
    return {row["article_id"]: row["cluster_id"] for row in _listed(_ask(connection, sql, "asked", asked))}


def replace_links(connection: duckdb.DuckDBPyConnection, gone: Iterable[str], new: Iterable[dict[str, Any]]) -> None:
    """The links of articles `gone` give way to the `new` ones."""
    leaving = pa.table({"article_id": pa.array(sorted(gone), type=pa.string())})
    if leaving.num_rows:
        connection.register("leaving", leaving)
        connection.execute("DELETE FROM duplicates WHERE article_id IN (SELECT article_id FROM leaving)")
        connection.unregister("leaving")
    coming = pa.Table.from_pylist(list(new), schema=arrow_schema(TABLES["duplicates"]))
    if coming.num_rows:
        connection.register("coming", coming)
        connection.execute("INSERT INTO duplicates BY NAME SELECT * FROM coming")
        connection.unregister("coming")


def _wanted(connection: duckdb.DuckDBPyConnection, name: str, contents: Iterable[str]) -> list[dict[str, Any]]:
    wanted = pa.table({"content_hash": pa.array(sorted(contents), type=pa.string())})
    return _listed(_ask(connection, statement(name), "wanted", wanted))


def _ask(connection: duckdb.DuckDBPyConnection, sql: str, name: str, rows: pa.Table) -> pa.Table:
    connection.register(name, rows)
    answer = connection.execute(sql).to_arrow_table()
    connection.unregister(name)
    return answer


def _rows(answer: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    return _listed(answer.to_arrow_table())


def _listed(table: pa.Table) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = table.to_pylist()
    return listed


def copies_of_day(connection: duckdb.DuckDBPyConnection, day: str) -> int:
    """Articles of the day that are copies."""
    sql = "SELECT count(*) FROM articles SEMI JOIN duplicates USING (article_id) WHERE arrival_day = ?::DATE"
    row = connection.execute(sql, [day]).fetchone()
    return row[0] if row else 0
