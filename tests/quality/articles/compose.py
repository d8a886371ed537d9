"""Composes the stories with the layouts into articles of which the role of every line is known.

A story (stories/*.yaml) is what happened, a layout (layouts/*.yaml) is how one invented outlet prints it: order of the
parts, forms of dates, names and captions, furniture, typography. No parser has a say here: the labels follow from how
the text was put together, so a rule can be wrong about them but cannot bend them. pages.py renders the same articles
as HTML. `python -m tests.quality.articles.compose FOLDER` writes them out, for looking at.
"""

import datetime as dt
import hashlib
import json
import random
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from tests.quality.articles.stories import layouts, stories
from tests.quality.articles.writer import Line, Writer


class Composed(NamedTuple):
    """One article: its text, the truth about each of its lines in order, and the truth about it as a whole."""

    name: str
    split: str
    slug: str
    design: str
    arrival: dt.date
    data: bytes
    lines: tuple[Line, ...]
    truth: dict
    layout: dict
    story: dict


def compose_one(layout: dict, story: dict, others: list[dict]) -> Composed:
    """The story as the outlet prints it; `others` lend their headlines to its lists of related stories."""
    writer = Writer(layout, story, others)
    for part in layout["order"]:
        ((key, how),) = part.items() if isinstance(part, dict) else {part: None}.items()
        writer.part(key, how)
    truth = {key: value for key, value in writer.found.items() if key != "told"} | {
        "outlet": layout["outlet"],
        "lang": layout["lang"],
        "captions": writer.captions,
    }
    return Composed(
        name=f"{layout['slug']}/{story['id']}",
        split=layout["split"],
        slug=layout["slug"],
        design=layout["design"],
        arrival=writer.arrival,
        data=writer.text().encode(layout.get("encoding", "utf-8")),
        lines=tuple(writer.lines),
        truth=truth,
        layout=layout,
        story=story,
    )


@cache
def compose() -> tuple[Composed, ...]:
    """All articles of the set: stories go round the outlets of their split and language, to each a different slice."""
    found, turn = [], {}
    for layout in layouts():
        key = layout["split"], layout["lang"]
        fitting = [story for story in stories() if (story["split"], story["lang"]) == key]
        order = random.Random(f"{layout['split']} {layout['lang']}").sample(fitting, len(fitting))
        count = min(layout.get("stories", 12), len(order))
        start = turn.get(key, 0)
        turn[key] = start + count
        for at in range(start, start + count):
            story = order[at % len(order)]
            rest = [other for other in fitting if other is not story]
            others = random.Random(f"others {layout['slug']} {story['id']}").sample(rest, min(8, len(rest)))
            found.append(compose_one(layout, story, others))
    return tuple(found)


def digest() -> str:
    """The beginning of the hash of all texts and labels."""
    held = hashlib.sha256()
    for article in compose():
        labels = [line[:3] for line in article.lines]
        held.update(
            json.dumps([article.name, article.split, str(article.arrival), labels, article.truth], default=str).encode()
        )
        held.update(article.data)
    return held.hexdigest()[:16]


def main(folder: str) -> None:
    """Writes each article and its labels into the folder."""
    for article in compose():
        file = Path(folder) / article.split / f"{article.name}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(article.data)
        labels = {
            "arrival": article.arrival,
            **article.truth,
            "lines": [f"{line.role}: {line.text}" for line in article.lines],
        }
        file.with_suffix(".yaml").write_text(
            yaml.safe_dump(labels, allow_unicode=True, sort_keys=False, width=200), "utf-8"
        )


if __name__ == "__main__":
    main(sys.argv[1])
