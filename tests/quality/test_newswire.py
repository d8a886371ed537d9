"""Names against the labelled newswire: precision, recall and F1 by exact span and type, with and without the model.

Of persons, organisations, places and nationalities, what is read where a facility, an event or another thing is
labelled counts neither way; of those things every span counts. `dev` may be looked at while rules are written,
`held_out` may only be counted.
"""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import yaml

from pipelines.extract.extract import extract
from pipelines.extract.gazetteer import Gazetteer
from pipelines.extract.names import NameRules
from pipelines.extract.recognise import Recogniser
from pipelines.extract.tagger import open_tagger
from pipelines.lookups.lists import Lookups
from tests.quality.test_names import paragraphs_of

FOLDER = Path(__file__).with_name("newswire")
TYPES = {"p": "person", "o": "organisation", "l": "place", "lg": "place", "n": "nationality"}
THINGS = {"f": "facility", "e": "event", "x": "product", "w": "weapon", "v": "vehicle", "u": "unit", "m": "money"}
_LABEL = re.compile(r"\[([a-z]+) ([^\[\]]+)\]")
Span = tuple[int, int, str]


def unmark(marked: str) -> tuple[str, set[Span]]:
    """A labelled article as plain text and its spans."""
    text, spans, at = "", set(), 0
    for label in _LABEL.finditer(marked):
        text += marked[at : label.start()]
        spans.add((len(text), len(text) + len(label[2]), (TYPES | THINGS)[label[1]]))
        text += label[2]
        at = label.end()
    return text + marked[at:], spans


def score(split: str, gazetteer: Gazetteer, recogniser: Recogniser) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and F1 of each type; `all` is those of TYPES."""
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    expected: Counter[str] = Counter()
    core = set(TYPES.values())
    articles: dict[str, str] = yaml.safe_load((FOLDER / f"{split}.yaml").read_text("utf-8"))[split]
    for marked in articles.values():
        text, spans = unmark(marked)
        mentions = extract(paragraphs_of(text), text, date(2020, 2, 6), gazetteer, recogniser).mentions
        elsewhere = {span[:2] for span in spans if span[2] not in core}
        read = {(m.char_start, m.char_end, m.type) for m in mentions}
        got = {span for span in read if span[2] in THINGS.values() or (span[2] in core and span[:2] not in elsewhere)}
        for counter, group in ((right, got & spans), (found, got), (expected, spans)):
            counter.update(type_ for _, _, type_ in group)
            counter["all"] += sum(type_ in core for _, _, type_ in group)
    scores = {}
    for type_ in (*core, *THINGS.values(), "all"):
        p, r = right[type_] / max(1, found[type_]), right[type_] / max(1, expected[type_])
        scores[type_] = (p, r, 2 * p * r / (p + r) if p + r else 0.0)
    return scores


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


# F1 by exact span and type, a little below what was measured.
FLOORS = {
    ("shipped", "dev"): {"person": 0.88, "organisation": 0.82, "place": 0.925, "nationality": 0.93, "all": 0.895},
    ("shipped", "held_out"): {"person": 0.90, "organisation": 0.805, "place": 0.925, "nationality": 0.88, "all": 0.885},
    ("rules", "dev"): {"person": 0.70, "organisation": 0.51, "place": 0.84, "nationality": 0.91, "all": 0.75},
    ("rules", "held_out"): {"person": 0.67, "organisation": 0.55, "place": 0.84, "nationality": 0.86, "all": 0.74},
}
# The rules for things are the same with either. Labels in dev, where they were read while the rules were written, and
# held out: 52 and 57 facilities, 19 and 35 events, 17 and 57 sums, 17 and 43 vehicles, 8 and 10 products, 7 and 17
# weapons, 2 and 13 units.
_THINGS = {
    "dev": {
        "facility": 0.95, "event": 0.97, "money": 0.97, "vehicle": 0.97, "product": 0.90, "weapon": 0.90, "unit": 0.90,
    },
    "held_out": {
        "facility": 0.80, "event": 0.84, "money": 0.96, "vehicle": 0.68, "product": 0.55, "weapon": 0.95, "unit": 0.65,
    },
}  # fmt: skip
for _ner, _split in FLOORS:
    FLOORS[_ner, _split] |= _THINGS[_split]


@pytest.mark.parametrize(("ner", "split"), sorted(FLOORS))
def test_f1_holds(ner: str, split: str, gazetteer: Gazetteer) -> None:
    tagger = None if ner == "rules" else open_tagger(ner)
    scores = score(split, gazetteer, Recogniser(tagger, NameRules(Lookups.load())))
    table = {type_: "P {:.3f} R {:.3f} F1 {:.3f}".format(*figures) for type_, figures in scores.items()}
    low = [type_ for type_, floor in FLOORS[ner, split].items() if scores[type_][2] < floor]
    assert not low, f"{low} fell: {table}"
