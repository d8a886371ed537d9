"""Measures a model: names found in the test parts of all corpora, by strict character spans, and words a second.

    python -m pipelines.model.training.evaluate --corpora DIR --tagger onnx:DIR --out metrics.json

A name counts where start, end and type are all right. gum_news_raw is running text of newswire, none of which was
trained on; its labels lack many names after titles, which holds its figures down. The others are the held-out
sentences, set as running text, with their labels as they came. `--newswire` adds labelled articles of the form of
tests/quality/newswire: facilities and military units count neither for nor against.
"""

import argparse
import json
import random
import re
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from pipelines.extract.labels import NAMES
from pipelines.extract.tagger import Tagger, open_tagger
from pipelines.model.training.corpora import TOKEN_CORPORA, TYPES, Name, Passage, detokenise, read_raw, read_sentences

NEWSWIRE = "gum_news_raw"


def test_passages(corpora: Path, corpus: str, most: int) -> list[Passage]:
    """The test part of a corpus, at most so many passages of it."""
    if corpus == NEWSWIRE:
        return read_raw(corpora / f"{corpus}.jsonl.gz", {type_: type_ for type_ in TYPES})[:most]
    chance = random.Random(0)
    return [detokenise(sentence, chance, spaced=0) for sentence in read_sentences(corpora, corpus)[1][:most]]


_MARK = re.compile(r"\[([a-z]+) ([^\[\]]+)\]")
_MARKED = {"p": "PER", "o": "ORG", "l": "LOC", "lg": "LOC", "f": "", "u": ""}


def marked_passages(path: Path) -> list[Passage]:
    """The paragraphs of articles whose labels stand in the text: '[p Ayten Arslan] of [l Ankara]'."""
    passages = []
    (articles,) = yaml.safe_load(path.read_text(encoding="utf-8")).values()
    for paragraph in (part for marked in articles.values() for part in marked.split("\n") if part.strip()):
        text, names, at = "", [], 0
        for match in _MARK.finditer(paragraph):
            text += paragraph[at : match.start()]
            if match[1] in _MARKED:
                names.append(Name(len(text), len(text) + len(match[2]), _MARKED[match[1]]))
            text += match[2]
            at = match.end()
        passages.append(Passage(path.stem, text + paragraph[at:], names))
    return passages


def measure(tagger: Tagger, passages: Sequence[Passage]) -> dict[str, Any]:
    """F1, precision and recall in per cent, of all types together, of each, and of spans whatever their type."""
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    began = time.process_time()
    answers = tagger.tag([passage.text for passage in passages])
    seconds = time.process_time() - began
    for passage, spans in zip(passages, answers, strict=True):
        expected = {(name.start, name.end, NAMES[name.type]) for name in passage.names if name.type}
        open_ = [name for name in passage.names if not name.type]
        counted = [span for span in spans if not any(span.start < name.end and name.start < span.end for name in open_)]
        given = {(span.start, span.end, span.type) for span in counted}
        for counter, names in ((found, given), (wanted, expected), (right, given & expected)):
            counter.update(name[2] for name in names)
            counter["all"] += len(names)
        places = [{name[:2] for name in names} for names in (given, expected)]
        for counter, spots in ((found, places[0]), (wanted, places[1]), (right, places[0] & places[1])):
            counter["span"] += len(spots)
    words = sum(len(passage.text.split()) for passage in passages)
    out: dict[str, Any] = {"passages": len(passages), "words": words, "words_per_cpu_second": round(words / seconds)}
    for kind in ("all", *NAMES.values(), "span"):
        precision = 100 * right[kind] / max(found[kind], 1)
        recall = 100 * right[kind] / max(wanted[kind], 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        out[kind] = {
            "f1": round(f1, 1),
            "precision": round(precision, 1),
            "recall": round(recall, 1),
            "names": wanted[kind],
        }
    return out


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Measure an entity model.")
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--tagger", default="shipped")
    parser.add_argument("--only", nargs="*", default=[NEWSWIRE, *TOKEN_CORPORA])
    parser.add_argument("--most", type=int, default=100_000, help="passages of each corpus")
    parser.add_argument("--newswire", type=Path, help="a folder of labelled articles in YAML")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    tagger = open_tagger(options.tagger)
    figures: dict[str, Any] = {"name": tagger.name, "version": tagger.version, "corpora": {}}
    tests = {corpus: test_passages(options.corpora, corpus, options.most) for corpus in options.only}
    if options.newswire:
        tests |= {f"newswire/{path.stem}": marked_passages(path) for path in sorted(options.newswire.glob("*.yaml"))}
    for corpus, passages in tests.items():
        scores = figures["corpora"][corpus] = measure(tagger, passages)
        line = "  ".join(f"{kind} {scores[kind]['f1']:.1f}" for kind in ("all", *NAMES.values(), "span"))
        print(f"{corpus:18} {line}  ({scores['words_per_cpu_second']} words per CPU-second)", flush=True)
    if options.out:
        options.out.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
