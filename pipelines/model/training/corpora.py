"""The corpora as passages of plain text with name spans, split into a training part and a test part.

Token corpora are set as running text (`detokenise`); spans are code point offsets. What is wrong in a corpus is
mended in `cleaning.py`; what varies a passage on the way to the model is in `augment.py`.
"""

import gzip
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

TYPES = ("PER", "ORG", "LOC")
TOKEN_CORPORA = ("gmb", "docred", "crossner", "btc", "gum", "wnut", "uner", "wikigold")
NOISY = frozenset({"gmb", "gum"})
"""Corpora whose labels were made by machine or cut by rule; the loss forgives the model for disagreeing with them."""
UNSEEN_GENRE = "news"
"""Of gum, never trained on: its running text is the test on newswire."""


class Name(NamedTuple):
    """A name: text[start:end] and its type, of `TYPES`, or '' where the label is unknown and the loss is masked."""

    start: int
    end: int
    type: str


@dataclass(frozen=True)
class Sentence:
    """A sentence of a token corpus with its BIO tags; the tag '?' masks a token."""

    corpus: str
    document: str
    tokens: Sequence[str]
    tags: Sequence[str]


@dataclass
class Passage:
    """A text with the names in it."""

    corpus: str
    text: str
    names: list[Name] = field(default_factory=list)


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of one gzipped file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def read_sentences(folder: Path, corpus: str) -> tuple[list[Sentence], list[Sentence]]:
    """The sentences of a token corpus to train on and to test on: the last tenth, in gum the last tenth of documents.

    gum's news is in neither: `gum_news_raw` has it as running text.
    """
    rows = [row for row in read_rows(folder / f"{corpus}.jsonl.gz") if row.get("genre") != UNSEEN_GENRE]
    sentences = [_sentence(corpus, row) for row in rows]
    if sentences[0].document:
        documents = sorted({sentence.document for sentence in sentences}, key=lambda name: (name.split("_")[-1], name))
        tested = set(documents[-(len(documents) // 10) :])
        return (
            [sentence for sentence in sentences if sentence.document not in tested],
            [sentence for sentence in sentences if sentence.document in tested],
        )
    cut = len(sentences) - len(sentences) // 10
    return sentences[:cut], sentences[cut:]


def _sentence(corpus: str, row: dict[str, Any]) -> Sentence:
    kept = [(token, tag) for token, tag in zip(row["tokens"], row["tags"], strict=True) if token.strip()]
    return Sentence(corpus, row.get("document", ""), [token for token, _ in kept], [tag for _, tag in kept])


def read_raw(path: Path, types: dict[str, str]) -> list[Passage]:
    """Documents of running text with spans, such as gum_news_raw, with their types renamed to ours.

    A paragraph (text between blank lines) is a passage. Spans of other types are left out.
    """
    passages: list[Passage] = []
    for row in read_rows(path):
        start = 0
        for block in row["text"].split("\n"):
            end = start + len(block)
            inside = [
                Name(entity["start"] - start, entity["end"] - start, types[entity["type"]])
                for entity in row["entities"]
                if start <= entity["start"] and entity["end"] <= end and entity["type"] in types
            ]
            if block.strip():
                passages.append(Passage(path.name.split(".")[0], block, inside))
            start = end + 1
    return passages


def spans(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """First token, token after the last and type of each name in BIO tags."""
    at = 0
    while at < len(tags):
        if tags[at][:2] in ("B-", "I-"):
            stop = at + 1
            while stop < len(tags) and tags[stop] == "I-" + tags[at][2:]:
                stop += 1
            yield at, stop, tags[at][2:]
            at = stop
        else:
            at += 1


_NO_SPACE_BEFORE = frozenset(". , ; : ! ? ) ] } % ' 's 'S n't 'm 're 've 'll 'd ’ ’s ” ... …".split())
_NO_SPACE_AFTER = frozenset("( [ { $ £ € # “ ‘ @".split())
_TIES = frozenset("- – / —".split())


def detokenise(sentence: Sentence, chance: random.Random, spaced: float = 0.15) -> Passage:
    """A sentence as it would stand in print; with probability `spaced` with a space between any two tokens.

    Straight quotes open and close in turn. Hyphens that stand alone as tokens are tied to their neighbours half
    of the time, as both are found.
    """
    plain = chance.random() < spaced
    tie = chance.random() < 0.5
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    length, glue, quotes = 0, True, 0
    for token in sentence.tokens:
        before_tight = token in _NO_SPACE_BEFORE or (tie and token in _TIES)
        after_tight = token in _NO_SPACE_AFTER or (tie and token in _TIES)
        if token in ('"', "``", "''"):
            quotes += 1
            before_tight, after_tight = quotes % 2 == 0, quotes % 2 == 1
            token = '"'
        if not (glue or (before_tight and not plain)):
            parts.append(" ")
            length += 1
        places.append((length, length + len(token)))
        parts.append(token)
        length += len(token)
        glue = after_tight and not plain
    names = [Name(places[a][0], places[b - 1][1], type_) for a, b, type_ in spans(sentence.tags)]
    names += [Name(*places[at], "") for at, tag in enumerate(sentence.tags) if tag == "?"]
    return Passage(sentence.corpus, "".join(parts), sorted(names))


def join(passages: Iterable[Passage]) -> Passage:
    """Passages one after another as one paragraph."""
    passages = list(passages)
    out = Passage(passages[0].corpus, passages[0].text, list(passages[0].names))
    for passage in passages[1:]:
        shift = len(out.text) + 1
        out.text += " " + passage.text
        out.names += [Name(name.start + shift, name.end + shift, name.type) for name in passage.names]
    return out
