"""Every table of the lake: its columns, key and grain. Views over them are in sql/views/.

A daily table carries `arrival_day`, is partitioned by it and is replaced with its day. What spans days is either
`duplicates`, which publishing keeps, or a view over daily facts (`entities`, `shared_paragraphs`), so that no order
of days can matter; docs/decisions/0001 says why.
"""

from typing import NamedTuple

from warehouse.fields import FIELDS, Field

LAKE_VERSION = 6
"""Version of the tables below, of sql/views and sql/macros. Raise it with every change; migrate.py takes the step."""


class Table(NamedTuple):
    """One table: `key` columns are unique together, `by_day` tables are replaced a day at a time."""

    name: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    by_day: bool = True

    @property
    def fields(self) -> list[Field]:
        """The columns, in order, with types and meanings."""
        return [FIELDS[column] for column in self.columns]


_SPAN = ("char_start", "char_end")
_FOUND_BY = ("confidence", "extractor", "extractor_version")

_TABLES = [
    Table(
        "files",
        "one file seen in the inbox",
        ("path",),
        ("path", "bytes", "modified_at", "sha256", "arrival_day", "first_seen_at", "last_seen_at", "state", "reason"),
        by_day=False,
    ),
    Table(
        "file_changes",
        "one change that a run saw in a file of the inbox",
        ("path", "seen_at"),
        ("path", "seen_at", "change", "bytes", "sha256", "previous_sha256", "arrival_day", "reason"),
        by_day=False,
    ),
    Table(
        "drops",
        "one document as it landed: a file, or a member of one",
        ("document_id",),
        (
            *("document_id", "arrival_day", "path", "member", "outlet_hint", "bytes", "sha256", "format"),
            *("reader_version", "encoding", "received_at", "status", "article_id", "text", "meta"),
        ),
    ),
    Table(
        "rejects",
        "one file or document that could not be used",
        ("reject_id",),
        (
            *("reject_id", "arrival_day", "document_id", "path", "member", "stage", "reason", "detail", "sha256"),
            *("is_kept", "first_seen_at", "last_seen_at", "replayed_at"),
        ),
    ),
    Table(
        "notices",
        "one thing worth knowing about a document that was used",
        ("document_id", "code"),
        ("document_id", "arrival_day", "stage", "code", "detail"),
    ),
    Table(
        "articles",
        "one article",
        ("article_id",),
        (
            *("article_id", "arrival_day", "document_id", "outlet_id", "url", "headline", "headline_source"),
            *("headline_labels", "section_path", "authors", "dateline_place", "dateline_agency", "published_on"),
            *("published_basis", "published_low", "published_high", "published_start", "published_end", "lang"),
            *("lang_confidence", "body", "word_count", "paragraph_count", "repeated_paragraphs", "profile_version"),
        ),
    ),
    Table(
        "paragraphs",
        "one block of an article",
        ("paragraph_id",),
        (
            *("paragraph_id", "arrival_day", "article_id", "document_id", "ordinal", "role", "text", "text_hash"),
            *("repeat_of", "caption_text", "caption_on", "caption_credit", *_SPAN),
        ),
    ),
    Table(
        "signatures",
        "what deduplication knows of one article",
        ("article_id",),
        ("article_id", "arrival_day", "published_on", "content_hash", "shingle_count", "bands"),
    ),
    Table(
        "duplicates",
        "one article that is a copy of an earlier one",
        ("article_id",),
        (
            *("article_id", "cluster_id", "relation", "parent_article_id", "similarity", "containment"),
            *("added_text", "method"),
        ),
        by_day=False,
    ),
    Table(
        "mentions",
        "one name in the text",
        ("mention_id",),
        (
            *("mention_id", "arrival_day", "article_id", "document_id", "paragraph_id", "surface", "type"),
            *("entity_id", "place_id", "is_metonym", "role", *_SPAN, *_FOUND_BY),
        ),
    ),
    Table(
        "place_candidates",
        "one reading of a place name",
        ("mention_id", "rank"),
        ("mention_id", "arrival_day", "rank", "place_id", "score", "reason", "offset_km", "bearing", "part"),
    ),
    Table(
        "dates",
        "one date expression in the text",
        ("date_id",),
        (
            *("date_id", "arrival_day", "article_id", "document_id", "paragraph_id", "surface", "start_on", "end_on"),
            *("grain", "anchor_on", "rule", *_SPAN, *_FOUND_BY),
        ),
    ),
    Table(
        "entity_sightings",
        "one entity on one arrival day",
        ("arrival_day", "entity_id"),
        (
            *("arrival_day", "entity_id", "name", "type", "country", "mention_count", "article_count"),
            *("first_seen_on", "last_seen_on"),
        ),
    ),
    Table(
        "alias_sightings",
        "one name by which an entity went, in one way, on one arrival day",
        ("arrival_day", "entity_id", "alias", "alias_kind"),
        ("arrival_day", "entity_id", "alias", "alias_kind", "mention_count", "evidence_mention_id"),
    ),
    Table(
        "outlet_sightings",
        "one outlet with one domain on one arrival day",
        ("arrival_day", "outlet_id", "domain"),
        ("arrival_day", "outlet_id", "name", "domain", "country", "is_agency", "article_count"),
    ),
    Table(
        "place_sightings",
        "one place of the gazetteer on one arrival day",
        ("arrival_day", "place_id"),
        (
            *("arrival_day", "place_id", "name", "kind", "country", "admin1", "lat", "lon", "population"),
            "mention_count",
        ),
    ),
    Table(
        "merge_log",
        "one reviewed decision about entities that the last publication applied",
        ("decided_on", "action", "before", "after"),
        ("decided_on", "action", "before", "after", "decided_by", "why"),
        by_day=False,
    ),
    Table(
        "runs",
        "one publication of one day",
        ("run_id", "arrival_day"),
        (
            *("run_id", "arrival_day", "started_at", "finished_at", "code_version", "profile_version"),
            *("inbox_digest", "drops", "articles", "rejects", "mentions", "copies", "seconds"),
            "recipe",
        ),
        by_day=False,
    ),
    Table(
        "forgotten",
        "one document that was taken out and is kept out",
        ("document_id",),
        ("document_id", "sha256", "text_sha256", "arrival_day", "forgotten_at", "why"),
        by_day=False,
    ),
    Table(
        "profiles",
        "one version of what was learnt about outlets",
        ("profile_version",),
        ("profile_version", "learnt_at", "learnt_from", "document_count", "line_count"),
        by_day=False,
    ),
    Table(
        "boilerplate_lines",
        "one line of one version of the profile, learnt to be an outlet's furniture",
        ("profile_version", "outlet_id", "line_hash"),
        (
            *("profile_version", "outlet_id", "line_hash", "line", "document_count", "share", "first_seen_on"),
            *("last_seen_on", "is_overruled"),
        ),
        by_day=False,
    ),
    Table(
        "lake_version",
        "one version the tables were brought to",
        ("version",),
        ("version", "migrated_at"),
        by_day=False,
    ),
]

TABLES: dict[str, Table] = {table.name: table for table in _TABLES}
DAILY: list[Table] = [table for table in _TABLES if table.by_day]
