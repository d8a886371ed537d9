"""The table `forgotten`: documents that were taken out, and by which a run knows what to keep out.

A document is known by its id and, wherever it comes again, by the hash of its text. What a publication makes of that
is assets/taking.py's; taking out is assets/forgetting.py's.
"""

import hashlib
from typing import NamedTuple

import duckdb

from warehouse.lake import Lake
from warehouse.stage import Stage, all_stages


class Forgotten(NamedTuple):
    """Ids and hashes of texts (UTF-8, SHA-256) that are kept out."""

    documents: frozenset[str]
    texts: frozenset[str]

    def holds(self, document_id: str, text: str | None) -> bool:
        """Whether the document is to be kept out."""
        if document_id in self.documents:
            return True
        return bool(self.texts) and text is not None and hashlib.sha256(text.encode()).hexdigest() in self.texts


def read(lake: Lake) -> Forgotten:
    """What is kept out of the lake."""
    rows = lake.arrow("SELECT document_id, text_sha256 FROM forgotten")
    texts = {text for text in rows["text_sha256"].to_pylist() if text}
    return Forgotten(frozenset(rows["document_id"].to_pylist()), frozenset(texts))


def unknown(lake: Lake, documents: list[str]) -> list[str]:
    """Those of the ids that the lake neither holds nor has forgotten."""
    sql = """
        SELECT document_id FROM (SELECT unnest(?::VARCHAR[]) AS document_id)
        ANTI JOIN drops USING (document_id) ANTI JOIN forgotten USING (document_id)
    """
    found: list[str] = lake.arrow(sql, [documents])["document_id"].to_pylist()
    return found


def write(connection: duckdb.DuckDBPyConnection, documents: list[str], why: str | None) -> None:
    """Inside a transaction: these documents of the lake are to be kept out from now on."""
    connection.execute(
        """
        INSERT INTO forgotten BY NAME
        SELECT document_id, any_value(sha256) AS sha256, any_value(sha256(text)) AS text_sha256,
               min(arrival_day) AS arrival_day, now() AS forgotten_at, $why AS why
        FROM drops WHERE list_contains($documents, document_id)
             AND document_id NOT IN (SELECT document_id FROM forgotten)
        GROUP BY document_id
        """,
        {"documents": documents, "why": why},
    )


def held_days(lake: Lake) -> dict[str, list[str]]:
    """Documents that are to be kept out and whose text or reject's bytes the lake still holds, by arrival day."""
    sql = """
        SELECT arrival_day::VARCHAR AS day, list(document_id ORDER BY document_id) AS documents
        FROM drops
        WHERE document_id IN (SELECT document_id FROM forgotten WHERE document_id NOT IN (
                  SELECT document_id FROM rejects WHERE reason = 'forgotten' AND document_id IS NOT NULL))
           OR sha256(text) IN (SELECT text_sha256 FROM forgotten)
        GROUP BY arrival_day ORDER BY arrival_day
    """
    rows = lake.arrow(sql)
    return dict(zip(rows["day"].to_pylist(), rows["documents"].to_pylist(), strict=True))


def kept_bytes(lake: Lake, documents: list[str]) -> list[str]:
    """Hashes of bytes kept for rejects of these documents and of no others."""
    sql = """
        SELECT sha256 FROM rejects WHERE is_kept GROUP BY sha256
        HAVING bool_and(coalesce(list_contains(?, document_id), false))
    """
    found: list[str] = lake.arrow(sql, [documents])["sha256"].to_pylist()
    return found


def stages_with(lake: Lake, days: list[str]) -> list[Stage]:
    """Stages that hold documents of these days."""
    return [stage for stage in all_stages(lake.folder) if any(stage.path("documents", day).is_file() for day in days)]
