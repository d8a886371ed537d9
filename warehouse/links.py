"""What linking asks of the lake, and the links it writes back. The law itself is pipelines/dedup/link.py.

Everything here runs inside the transaction that publishes a day, so it sees the day's new rows and all history.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.lake import statement
from warehouse.removal import remove
from warehouse.render import arrow_schema
from warehouse.tables import TABLES

LINKS = arrow_schema(TABLES["duplicates"])
"""The columns of links."""


def day_signatures(connection: duckdb.DuckDBPyConnection, day: str) -> pa.Table:
    """(article_id, published_on, content_hash, bands, outlet_id, agency) of the day's articles that have a content."""
    return connection.execute(statement("link/day"), {"day": day}).to_arrow_table()


def moved(connection: duckdb.DuckDBPyConnection, before: pa.Table, after: pa.Table) -> pa.Table:
    """Rows of the one that are not in the other, bands aside: what came, went or changed."""
    connection.register("day_before", before)
    connection.register("day_after", after)
    rows = connection.execute(statement("link/moved")).to_arrow_table()
    connection.unregister("day_before")
    connection.unregister("day_after")
    return rows


def untold_contents(connection: duckdb.DuckDBPyConnection, day: str) -> set[str]:
    """Contents of the day's articles whose link was made when its relation was not told yet."""
    sql = """
        SELECT content_hash FROM signatures
        WHERE arrival_day = ?::DATE AND article_id IN (SELECT article_id FROM duplicates WHERE relation IS NULL)
    """
    return {content for (content,) in connection.execute(sql, [day]).fetchall()}


def bodies(connection: duckdb.DuckDBPyConnection, contents: pa.Table) -> pa.Table:
    """(content_hash, body), one for each of these (content_hash, arrival_day) that an article of that day has."""
    return _on_their_days(connection, "link/bodies", contents)


def heads_of(connection: duckdb.DuckDBPyConnection, contents: pa.Table) -> pa.Table:
    """The earliest article with each of these contents (content_hash, arrival_day), by (published_on, arrival_day,
    article_id): article_id, content_hash, published_on, arrival_day, shingle_count, outlet_id, agency, and as `members`
    how many articles have it. Outlet and agency are null where not known."""
    return _on_their_days(connection, "link/heads", contents)


def days_of(connection: duckdb.DuckDBPyConnection, contents: pa.Table) -> pa.Table:
    """(content_hash, published_on), each once, of the articles with these contents (content_hash, arrival_day)."""
    return _on_their_days(connection, "link/days", contents)


def signature_counts(connection: duckdb.DuckDBPyConnection, days: Iterable[str]) -> dict[str, int]:
    """How many signatures each of these days has, for days that have any."""
    listed = pa.table({"arrival_day": pa.array(map(dt.date.fromisoformat, days), pa.date32())})
    sql = "SELECT arrival_day::VARCHAR AS day, count(*) AS count FROM signatures SEMI JOIN asked USING (arrival_day)"
    rows = _ask(connection, sql + " GROUP BY arrival_day ORDER BY arrival_day", "asked", listed)
    return dict(zip(rows["day"].to_pylist(), rows["count"].to_pylist(), strict=True))


def signatures_of(connection: duckdb.DuckDBPyConnection, days: Iterable[str]) -> pa.Table:
    """(content_hash, arrival_day, published_on, bands) of the articles of these days that have a content."""
    listed = pa.table({"arrival_day": pa.array(map(dt.date.fromisoformat, days), pa.date32())})
    return _ask(connection, statement("link/signatures"), "asked", listed)


def bodies_of(connection: duckdb.DuckDBPyConnection, articles: Iterable[tuple[str, dt.date]]) -> dict[str, str]:
    """The body of each of the articles (article_id, arrival_day)."""
    ids, days = zip(*sorted(articles), strict=True)
    asked = pa.table({"article_id": pa.array(ids, pa.string()), "arrival_day": pa.array(days, pa.date32())})
    sql = "SELECT article_id, body FROM articles SEMI JOIN asked USING (article_id, arrival_day)"
    return {row["article_id"]: row["body"] for row in _listed(_ask(connection, sql, "asked", asked))}


def bands_of(connection: duckdb.DuckDBPyConnection, contents: pa.Table) -> pa.Table:
    """(content_hash, bands) of the contents (content_hash, arrival_day), one row a content."""
    return _on_their_days(connection, "link/bands", contents)


def links_of(connection: duckdb.DuckDBPyConnection, articles: pa.StringArray) -> pa.Table:
    """The links of these articles."""
    sql = "SELECT * FROM duplicates SEMI JOIN asked USING (article_id)"
    return _ask(connection, sql, "asked", pa.table({"article_id": articles}))


def head_links(connection: duckdb.DuckDBPyConnection, clusters: Iterable[str]) -> pa.Table:
    """The links of these clusters that are not of exact copies."""
    sql = "SELECT * FROM duplicates SEMI JOIN asked USING (cluster_id) WHERE relation IS DISTINCT FROM 'exact'"
    return _ask(connection, sql, "asked", pa.table({"cluster_id": pa.array(sorted(clusters), pa.string())}))


def exact_links(connection: duckdb.DuckDBPyConnection, contents: pa.Table) -> pa.Table:
    """The links that the exact copies with these contents have, less the heads'.

    `contents` has content_hash, arrival_day, and of the content the article_id of its `head` and the head's cluster_id.
    """
    return _on_their_days(connection, "link/exact", contents)


def rerooted_links(connection: duckdb.DuckDBPyConnection, heads: pa.Table) -> pa.Table:
    """The links of all exact copies of these heads (article_id, cluster_id), which now are of that cluster."""
    return _ask(connection, statement("link/rerooted"), "moved", heads)


def replace_links(connection: duckdb.DuckDBPyConnection, stored: pa.Table, made: pa.Table) -> None:
    """The `stored` links give way to those `made`; what is in both is not written."""
    connection.register("stored", stored)
    connection.register("made", made.select(stored.column_names))
    leaving = connection.execute("SELECT article_id FROM (FROM stored EXCEPT FROM made)").to_arrow_table()
    coming = connection.execute("FROM made EXCEPT FROM stored").to_arrow_table()
    connection.unregister("stored")
    connection.unregister("made")
    if leaving.num_rows:
        connection.register("leaving", leaving)
        remove(connection, "duplicates", "article_id IN (SELECT article_id FROM leaving)")
        connection.unregister("leaving")
    if coming.num_rows:
        _ask(connection, "INSERT INTO duplicates BY NAME SELECT * FROM coming", "coming", coming)


def _on_their_days(connection: duckdb.DuckDBPyConnection, name: str, contents: pa.Table) -> pa.Table:
    """The statement's answer for the `wanted` contents. Days are written into it, so that files of others stay shut."""
    days = ", ".join(f"DATE '{day}'" for day in sorted(set(contents["arrival_day"].to_pylist()))) or "NULL"
    return _ask(connection, statement(name).replace("$days", f"({days})"), "wanted", contents)


def _ask(connection: duckdb.DuckDBPyConnection, sql: str, name: str, rows: pa.Table) -> pa.Table:
    connection.register(name, rows)
    answer = connection.execute(sql).to_arrow_table()
    connection.unregister(name)
    return answer


def _listed(table: pa.Table) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = table.to_pylist()
    return listed


def copies_of_day(connection: duckdb.DuckDBPyConnection, day: str) -> int:
    """Articles of the day that are copies."""
    sql = "SELECT count(*) FROM articles SEMI JOIN duplicates USING (article_id) WHERE arrival_day = ?::DATE"
    row = connection.execute(sql, [day]).fetchone()
    return row[0] if row else 0
