"""Every column of the warehouse, once: its name, DuckDB type and meaning.

Tables pick their columns from here by name (tables.py), so one name means one thing everywhere. Arrow schemas, DDL
with comments and the dictionary in docs/ are rendered from it (render.py).
"""

from typing import NamedTuple


class Field(NamedTuple):
    """One column: DuckDB type (a key of render.ARROW_TYPES) and what a value of it says."""

    name: str
    type: str
    meaning: str


_FIELDS = [
    # keys and places in the text
    Field("arrival_day", "DATE", "Day (UTC) on which the drop arrived; the partition of every daily table."),
    Field("document_id", "VARCHAR", "Hash of where the document lay (path, member) and of its bytes."),
    Field("article_id", "VARCHAR", "Hash of arrival day, outlet and text; not of the path."),
    Field("paragraph_id", "VARCHAR", "article_id, ':p' and the paragraph's ordinal."),
    Field("mention_id", "VARCHAR", "article_id, ':m' and the mention's ordinal in the article."),
    Field("date_id", "VARCHAR", "article_id, ':d' and the date expression's ordinal in the article."),
    Field(
        "entity_id",
        "VARCHAR",
        "Hash of the entity's canonical name and type, of a place also its country; null for money and quantities.",
    ),
    Field(
        "place_id",
        "BIGINT",
        "GeoNames id of the place; negative for regions that only our own lookup has.",
    ),
    Field("outlet_id", "VARCHAR", "Slug of the outlet's name."),
    Field("reject_id", "VARCHAR", "Hash of path, member and reason."),
    Field("run_id", "VARCHAR", "Id of the Dagster run."),
    Field("char_start", "INTEGER", "First character in drops.text, counted in code points from 0."),
    Field("char_end", "INTEGER", "Character in drops.text after the last, counted in code points from 0."),
    Field("ordinal", "INTEGER", "Position in the article, from 0."),
    # files and drops
    Field("path", "VARCHAR", "Path below the raw folder, '/' between parts; undecodable bytes as \\xNN."),
    Field(
        "member",
        "VARCHAR",
        "What part of the file: names and numbers on the way in, joined by '!'; null for the whole file.",
    ),
    Field("bytes", "BIGINT", "Size in bytes as it lay there (of the file, or of the member once unpacked)."),
    Field("sha256", "VARCHAR", "SHA-256 of its bytes, in hexadecimal; null where they were not read."),
    Field("modified_at", "TIMESTAMPTZ", "Modification time the file system gave."),
    Field("first_seen_at", "TIMESTAMPTZ", "When a run first saw it."),
    Field("last_seen_at", "TIMESTAMPTZ", "When a run last wrote down a change of it."),
    Field("received_at", "TIMESTAMPTZ", "When the file was first seen in the inbox."),
    Field("state", "VARCHAR", "present, changing (its new content waits for the next run), gone, or refused."),
    Field("seen_at", "TIMESTAMPTZ", "When a run saw the change."),
    Field("change", "VARCHAR", "new, changed (other bytes under the same name), gone, back, or refused."),
    Field("previous_sha256", "VARCHAR", "SHA-256 of the bytes it had before; null where there were none."),
    Field("outlet_hint", "VARCHAR", "First folder of the path: a hint at the outlet."),
    Field(
        "format",
        "VARCHAR",
        "What the bytes turned out to be: text, html, json, jsonl, csv, tsv, feed, mail, pdf, xml; then what they"
        " lay in, from the inside out: +gzip, +zstd, +bzip2, +xz, +zip, +wacz, +tar, +warc, +mbox.",
    ),
    Field("reader_version", "VARCHAR", "Version of the reader that made the text."),
    Field("encoding", "VARCHAR", "Character encoding the bytes were decoded with."),
    Field("status", "VARCHAR", "article, identical (same text from the same outlet that day), or rejected."),
    Field("text", "VARCHAR", "In drops: the decoded text, never changed. In paragraphs: the text of the block."),
    Field(
        "meta",
        "VARCHAR",
        "JSON of what stood beside the text: any of url, title, published, outlet, authors, section, lang, fetched.",
    ),
    # rejects and notices
    Field("stage", "VARCHAR", "Where it was noticed: inbox, ingest, parse, extract."),
    Field(
        "reason",
        "VARCHAR",
        "In rejects and files: reason code; docs/reasons.md lists them. In place_candidates: what speaks most for the"
        " reading: only_one, listed, contained_in, country_mentioned, near_others, outlet_home, population, spelling,"
        " named_after (of a facility: the town whose name it bears);"
        " of rank 0: unknown (to the gazetteer) unlikely (a small place that nothing in the article"
        " speaks for) or decided (a reviewed decision puts it in another country).",
    ),
    Field("code", "VARCHAR", "Notice code; docs/reasons.md lists them."),
    Field("detail", "VARCHAR", "What exactly was found, for a person."),
    # outlets
    Field("name", "VARCHAR", "Name as people write it."),
    Field("domain", "VARCHAR", "Web domain seen with the outlet, without 'www.'; null where none was seen."),
    Field("country", "VARCHAR", "Country, ISO 3166-1 alpha-2."),
    Field("is_kept", "BOOLEAN", "Whether the lake keeps the bytes that were refused, for a replay."),
    Field("replayed_at", "TIMESTAMPTZ", "When `wirehouse replay` last tried it again, in vain."),
    Field("is_agency", "BOOLEAN", "Whether others reprint it: a news agency."),
    # articles
    Field("url", "VARCHAR", "Address of the page, where the drop names it."),
    Field("headline", "VARCHAR", "Headline without its source."),
    Field("headline_source", "VARCHAR", "Whom the headline credits at its end: 'Army' in '… advance: Army'."),
    Field(
        "headline_labels",
        "VARCHAR[]",
        "What the headline or a line above it says of the piece: live, updated, opinion, analysis, exclusive, ….",
    ),
    Field("section_path", "VARCHAR[]", "Breadcrumb, from the outermost section in."),
    Field("authors", "VARCHAR[]", "Authors named by the byline or the page."),
    Field("dateline_place", "VARCHAR", "Place in the dateline."),
    Field("dateline_agency", "VARCHAR", "Agency in the dateline."),
    Field("published_on", "DATE", "Day of publication, as far as the text tells."),
    Field(
        "published_basis",
        "VARCHAR",
        "Where that day is from: meta, url, name, dateline, text, inferred, arrival (nothing tells it: the day on which"
        " a crawler fetched the page stands in, else that on which the drop arrived).",
    ),
    Field("published_low", "DATE", "Earliest day the evidence allows; null: no lower bound."),
    Field(
        "published_high",
        "DATE",
        "Latest day the evidence allows; never later than a day after the page was fetched, or the drop arrived.",
    ),
    Field("published_start", "INTEGER", "First character of the evidence in drops.text; null: not in the text."),
    Field("published_end", "INTEGER", "Character after the evidence in drops.text; null: not in the text."),
    Field("lang", "VARCHAR", "Language of the article, ISO 639 code; null where there is too little text to tell."),
    Field("lang_confidence", "DOUBLE", "How sure that is, 0 to 1."),
    Field("body", "VARCHAR", "Body paragraphs, each said once, tidied, joined by blank lines."),
    Field("word_count", "INTEGER", "Words of the body, split at white space."),
    Field("paragraph_count", "INTEGER", "Body paragraphs in the text, repeats included."),
    Field("repeated_paragraphs", "INTEGER", "Body paragraphs that repeat an earlier one of the same text."),
    # paragraphs
    Field(
        "role",
        "VARCHAR",
        "In paragraphs: breadcrumb, headline, subheadline, byline, dateline, caption, credit, body, list, quote,"
        " boilerplate. In mentions: the title worn there ('President').",
    ),
    Field("text_hash", "VARCHAR", "Hash of the tidied, lower-cased text: equal for equal paragraphs."),
    Field("repeat_of", "VARCHAR", "paragraph_id of the first paragraph with this text in the article."),
    Field("caption_text", "VARCHAR", "What a caption says of its picture, without the credit."),
    Field("caption_on", "DATE", "Day a caption gives for its picture."),
    Field("caption_credit", "VARCHAR", "Whom a caption credits for its picture."),
    # signatures and duplicates
    Field("content_hash", "VARCHAR", "Hash of the body's words, case and punctuation aside; null without words."),
    Field("shingle_count", "INTEGER", "Distinct 3-word shingles of the body."),
    Field("bands", "UBIGINT[]", "MinHash band hashes of the body; two articles that share one are candidates."),
    Field("cluster_id", "VARCHAR", "article_id of the cluster's earliest article."),
    Field("parent_article_id", "VARCHAR", "The earlier article of which this is a copy."),
    Field(
        "relation",
        "VARCHAR",
        "What it is to its parent: exact (same words), excerpt (shorter by a fifth, nine tenths of it from there),"
        " update (same outlet or agency) or near (edited reprint). Null in an older lake until its day comes again.",
    ),
    Field("similarity", "DOUBLE", "Jaccard similarity of the two bodies' 3-word shingles, 0 to 1."),
    Field("containment", "DOUBLE", "Share of the smaller body's shingles found in the larger, 0 to 1."),
    Field(
        "added_text",
        "VARCHAR",
        "Paragraphs of an update that its parent lacks, joined by blank lines, at most 2,000 characters; null where"
        " none is new. Where half of a paragraph's 3-word shingles are in the parent, it is not new.",
    ),
    Field("method", "VARCHAR", "How the link was found."),
    # mentions, entities, places, dates
    Field("surface", "VARCHAR", "The characters as they stand in the text."),
    Field(
        "type",
        "VARCHAR",
        "person, organisation, place, nationality, facility, event, product, weapon, vehicle, unit, money or quantity.",
    ),
    Field("confidence", "DOUBLE", "How sure the extractor is, 0 to 1."),
    Field("extractor", "VARCHAR", "What found it: the rule or model by name."),
    Field("extractor_version", "VARCHAR", "Version of the extractor."),
    Field(
        "is_metonym",
        "BOOLEAN",
        "Whether a seat of government stands for it ('Ankara denied it'): place_id is the town, which is not counted as"
        " mentioned; the entity is the country where the town is its capital.",
    ),
    Field("rank", "INTEGER", "1 for the reading that is taken, 2 and on for the others; 0 if there is none."),
    Field("score", "DOUBLE", "Share of belief in the reading, 0 to 1; those of one mention add up to 1 or less."),
    Field("offset_km", "DOUBLE", "How far from the place the text speaks of: '15 km east of'; null: at it, or untold."),
    Field(
        "bearing", "DOUBLE", "In which direction from it, degrees clockwise from north; may stand without offset_km."
    ),
    Field("part", "VARCHAR", "Which part of the place: a compass point or 'central', as in 'southern Lebanon'."),
    Field("alias", "VARCHAR", "What it was called, or the title it wore."),
    Field(
        "alias_kind",
        "VARCHAR",
        "full, short, acronym, transliteration, demonym ('Turkish'), metonym ('Ankara'), role ('President') or other"
        " (by a reviewed decision); null if published before aliases had kinds.",
    ),
    Field("evidence_mention_id", "VARCHAR", "A mention that shows it: the smallest."),
    Field("decided_on", "DATE", "Day of the decision."),
    Field("action", "VARCHAR", "merge, split, rename or reject."),
    Field("before", "VARCHAR[]", "entity_ids that the decision is about, sorted."),
    Field("after", "VARCHAR", "entity_id that they become; null where they are rejected."),
    Field("decided_by", "VARCHAR", "person, as reviewed in lookups/entities.yaml."),
    Field("why", "VARCHAR", "The note of the decision."),
    Field("mention_count", "INTEGER", "Mentions that day."),
    Field("article_count", "INTEGER", "Articles that day."),
    Field("first_seen_on", "DATE", "Earliest publication day of an article that has it."),
    Field("last_seen_on", "DATE", "Latest publication day of an article that has it."),
    Field("kind", "VARCHAR", "country, capital, city, or what the region lookup calls it."),
    Field("admin1", "VARCHAR", "GeoNames code of the first-level division."),
    Field("lat", "DOUBLE", "Latitude, degrees north, WGS 84."),
    Field("lon", "DOUBLE", "Longitude, degrees east, WGS 84."),
    Field("population", "BIGINT", "People living there, as GeoNames says."),
    Field("start_on", "DATE", "First day that is meant."),
    Field("end_on", "DATE", "Last day that is meant."),
    Field("grain", "VARCHAR", "day, week, month, quarter, season, year, decade or century."),
    Field("anchor_on", "DATE", "Day it was reckoned from; null for absolute dates."),
    Field("rule", "VARCHAR", "Rule that read it."),
    # runs
    Field("started_at", "TIMESTAMPTZ", "When the run began on this day."),
    Field("finished_at", "TIMESTAMPTZ", "When the day was published."),
    Field("code_version", "VARCHAR", "Version of Wirehouse that published it."),
    Field("inbox_digest", "VARCHAR", "Hash of the (path, sha256) pairs that went into the day."),
    Field("drops", "INTEGER", "Documents of the day."),
    Field("articles", "INTEGER", "Articles of the day."),
    Field("rejects", "INTEGER", "Rejected files and documents of the day."),
    Field("mentions", "INTEGER", "Mentions of the day."),
    Field("copies", "INTEGER", "Articles of the day that are copies of another."),
    Field("seconds", "DOUBLE", "Wall seconds of the publication itself."),
    Field("recipe", "VARCHAR", "Hash of the code, lists and settings the day was computed by; null if only in part."),
    # what was taken out
    Field("text_sha256", "VARCHAR", "SHA-256 of the text in UTF-8, by which it is known wherever it comes again."),
    Field("forgotten_at", "TIMESTAMPTZ", "When it was taken out."),
    # the profile: what was learnt
    Field("profile_version", "VARCHAR", "Version of what was learnt about outlets when it was parsed; a hash of it."),
    Field("learnt_at", "TIMESTAMPTZ", "When this version was learnt, or last chosen again."),
    Field("learnt_from", "VARCHAR", "drops (a sample of the inbox, before the first run), lake, or person."),
    Field("document_count", "INTEGER", "Documents it was counted in; in profiles, all that were looked at."),
    Field("line_count", "INTEGER", "Lines of that version that count as furniture."),
    Field("line_hash", "VARCHAR", "text_hash of the line as a paragraph."),
    Field("line", "VARCHAR", "The line as it was first seen."),
    Field("share", "DOUBLE", "Share of the outlet's documents that have the line, 0 to 1."),
    Field("is_overruled", "BOOLEAN", "Whether a person said that the line is no furniture after all."),
    # the lake's own
    Field("version", "INTEGER", "Version of the tables."),
    Field("migrated_at", "TIMESTAMPTZ", "When the lake was brought to it."),
]

FIELDS: dict[str, Field] = {field.name: field for field in _FIELDS}
