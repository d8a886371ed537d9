"""Date expressions against the labelled sentences of dates.yaml: what is found, and what it comes to."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from pipelines.extract.dates import find_dates

LABELS: dict[date, list[list[Any]]] = yaml.safe_load(Path(__file__).with_name("dates.yaml").read_text("utf-8"))
FLOOR = 0.97


def test_dates_of_the_labelled_sentences() -> None:
    right, wrong = 0, []
    for published, sentences in LABELS.items():
        for marked, first, last, grain in sentences:
            text = re.sub(r"[{}]", "", marked)
            surface = marked[marked.index("{") + 1 : marked.index("}")] if "{" in marked else None
            expected = [(surface, first, last, grain)] if surface else []
            found = find_dates(text, 0, len(text), published)
            got = [(text[f.start : f.end], f.first, f.last, f.grain) for f in found]
            if got == expected:
                right += 1
            else:
                wrong.append((str(published), marked, got))
    total = right + len(wrong)
    assert right / total >= FLOOR, f"{right} of {total}: {wrong}"
