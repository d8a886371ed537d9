"""Writes what the golden cases give now: `python -m tests.golden.regenerate [case]`, run from the repository's root.

A case is a folder here with the drop (`drop.*`), `note.md` (what it is for) and `expected.json`; where the day of its
arrival or the limits matter, `case.yaml` sets them (`arrival_day`, `limits`). Read the diff against the drop before you
commit it: what is written down here is held to be right from then on.
"""

import datetime as dt
import hashlib
import json
import sys
from pathlib import Path
from typing import NamedTuple

import yaml

from pipelines.ingest.limits import Limits
from pipelines.ingest.reader import read_drop
from pipelines.parse.article import parse
from pipelines.parse.profile import load_profile

FOLDER = Path(__file__).parent
OUTLET, ARRIVAL_DAY = "example-post", dt.date(2020, 2, 6)
"""Every case is from an outlet that no lookup knows, and arrived on a Thursday unless it says otherwise."""
SETTINGS = "case.yaml"
_IDS = {"article_id", "document_id"}


class Settings(NamedTuple):
    """Under which circumstances a case's drop is read."""

    arrival_day: dt.date
    limits: Limits


def cases():
    """The names of all cases."""
    return sorted(path.name for path in FOLDER.iterdir() if path.is_dir() and not path.name.startswith("_"))


def drop_of(case):
    """The case's drop."""
    (drop,) = (FOLDER / case).glob("drop.*")
    return drop


def settings_of(case):
    """The case's settings, the defaults where it has none. Raises TypeError for one that there is not."""
    file = FOLDER / case / SETTINGS
    found = yaml.safe_load(file.read_text("utf-8")) if file.exists() else {}
    limits = Limits.from_mapping(found.pop("limits", {}))
    return Settings(**{"arrival_day": ARRIVAL_DAY, "limits": limits, **found})


def texts(case):
    """The text of each document of the case, None where it was rejected."""
    return [document.text for document, *_ in _read(case)]


def outcome(case):
    """What comes of the case's drop: one object a document, without ids, as JSON has it."""
    found = []
    for document, reject, notices, _ in _read(case):
        row = {"member": document.member, "format": document.format, "encoding": document.encoding}
        if reject:
            found.append(row | {"reject": reject.reason})
            continue
        parsed = parse(document, settings_of(case).arrival_day, load_profile())
        article = {name: value for name, value in parsed.article._asdict().items() if name not in _IDS}
        paragraphs = [
            {
                "role": paragraph.role,
                "text": paragraph.text,
                "caption_text": paragraph.caption_text,
                "caption_on": paragraph.caption_on,
                "caption_credit": paragraph.caption_credit,
                "char_start": paragraph.char_start,
                "char_end": paragraph.char_end,
                "repeat_of": None if paragraph.repeat_of is None else int(paragraph.repeat_of.rpartition(":p")[2]),
            }
            for paragraph in parsed.paragraphs
        ]
        outlet = {"name": parsed.outlet.name, "domain": parsed.outlet.domain, "country": parsed.outlet.country}
        codes = sorted(notice.code for notice in [*notices, *parsed.notices])
        found.append(row | {"outlet": outlet, "article": article, "paragraphs": paragraphs, "notices": codes})
    if not found:
        raise ValueError(f"{case} gives nothing: an empty expectation is refused")
    return json.loads(json.dumps(found, default=str))


def _read(case):
    drop, settings = drop_of(case), settings_of(case)
    data = drop.read_bytes()
    path = f"{OUTLET}/{settings.arrival_day}/{drop.name}"
    return list(read_drop(path, OUTLET, data, hashlib.sha256(data).hexdigest(), settings.limits))


def main(names):
    """Writes expected.json of these cases, of all if none is named."""
    for case in names or cases():
        found = json.dumps(outcome(case), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
        file = FOLDER / case / "expected.json"
        state = "new" if not file.exists() else "same" if file.read_text("utf-8") == found else "changed"
        file.write_text(found, encoding="utf-8")
        print(f"{state:<8}{case}")


if __name__ == "__main__":
    main(sys.argv[1:])
