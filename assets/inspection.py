"""What would come out of drops, without a lake: the stages' functions one after another, for `wirehouse inspect`."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.markup import escape

from assets.extract import open_recogniser
from assets.output import console
from assets.reading import Reading
from pipelines.extract.decisions import Decisions
from pipelines.extract.extract import Source, extract_batch, serves
from pipelines.extract.gazetteer import Gazetteer
from pipelines.ingest.reader import read_drop
from pipelines.parse.article import parse
from pipelines.parse.profile import load_profile
from warehouse.inbox import arrival_day, outlet_hint


def inspect(files: list[Path], reading: Reading, ner: str) -> Iterator[dict[str, Any]]:
    """One object a document: path, member, text, article, paragraphs, mentions, dates, notices, or its reject."""
    profile, gazetteer, decisions = load_profile(), Gazetteer.load(), Decisions.load()
    recogniser = open_recogniser(ner)
    today = dt.datetime.now(dt.UTC)
    for file in files:
        path = file.absolute().as_posix()
        day = arrival_day(path, today) or today.date()
        data, hint = file.read_bytes(), outlet_hint(path)
        for document, reject, notices, _ in read_drop(
            path, hint, data, hashlib.sha256(data).hexdigest(), reading.limits, reading.fields(hint)
        ):
            found: dict[str, Any] = {
                "path": str(file),
                "member": document.member,
                "format": document.format,
                "encoding": document.encoding,
                "arrival_day": day,
                "text": document.text,
            }
            if reject:
                yield found | {"reject": reject._asdict()}
                continue
            parsed = parse(document, day, profile)
            article = parsed.article
            # In a language whose names can't be read there is nothing to read them from.
            read = parsed.paragraphs if serves(article.lang, article.lang_confidence) else []
            source = Source(read, document.text or "", article.published_on, parsed.outlet.country)
            [extracted] = extract_batch([source], gazetteer, recogniser, decisions)
            yield found | {
                "outlet": parsed.outlet._asdict(),
                "article": article._asdict(),
                "paragraphs": [row._asdict() for row in parsed.paragraphs],
                "mentions": [row._asdict() for row in extracted.mentions],
                "dates": [row._asdict() for row in extracted.dates],
                "entities": [row._asdict() for row in extracted.entities.values()],
                "aliases": [row._asdict() for row in extracted.aliases],
                "place_candidates": [row._asdict() for row in extracted.candidates],
                "places": [row._asdict() for row in extracted.places.values()],
                "notices": [row._asdict() for row in [*notices, *parsed.notices]],
            }


def show(found: dict[str, Any]) -> None:
    """One inspected document for a person."""
    place = found["path"] + (f" [{found['member']}]" if found["member"] else "")
    console.print(f"\n[bold]{escape(place)}[/bold]  {found['format']}, {found['encoding'] or 'not decoded'}")
    if "reject" in found:
        console.print(f"  rejected: {found['reject']['reason']}: {escape(found['reject']['detail'])}")
        return
    for name, value in found["article"].items():
        if value not in (None, [], "") and name != "body":
            console.print(f"  {name:<20}{escape(str(value))}", highlight=False)
    console.print("  paragraphs")
    for row in found["paragraphs"]:
        repeat = f" (repeats {row['repeat_of'].rpartition(':')[2]})" if row["repeat_of"] else ""
        console.print(f"    {row['role']:<12}{escape(row['text'][:90])}{repeat}", highlight=False)
    entities = {row["entity_id"]: row["name"] for row in found["entities"]}
    console.print("  mentions")
    for row in found["mentions"]:
        name = entities.get(row["entity_id"])
        what = f"{row['type']}: {escape(name)}" if name else row["type"]
        console.print(f"    {row['char_start']:>6}  {escape(row['surface'])}  [dim]{what}[/dim]", highlight=False)
    console.print("  dates")
    for row in found["dates"]:
        what = f"{row['start_on']} to {row['end_on']}"
        console.print(f"    {row['char_start']:>6}  {escape(row['surface'])}  [dim]{what}[/dim]", highlight=False)
