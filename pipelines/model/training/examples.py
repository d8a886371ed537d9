"""Passages as numbers: word pieces, shapes and labels, drawn in a weighted endless stream and packed into batches."""

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pipelines.extract.wordpieces import WordPieces
from pipelines.model.training.augment import (
    CAPITALS,
    DATELINES,
    HEADLINES,
    SWAPPING,
    Names,
    capitals,
    dateline,
    headline,
)
from pipelines.model.training.corpora import NOISY, TYPES, Passage, Sentence, detokenise, join

LABELS = ("O", *(f"{part}-{type_}" for type_ in TYPES for part in "BIES"))
"""Begin, inside, end of a name of several words, and a name of a single one."""
IGNORED = -100
LONGEST = 110
"""Pieces of a window, with the opening and closing ones. Longer windows were never seen."""

WEIGHTS = {
    "gmb": 0.28,
    "docred": 0.24,
    "crossner": 0.16,
    "gum": 0.09,
    "wikigold": 0.11,
    "btc": 0.05,
    "uner": 0.05,
    "wnut": 0.02,
}
"""How much of what is read comes from each corpus. Those labelled by hand and near to news are read most often."""


class Example(NamedTuple):
    """One window: ids, shapes and labels of its pieces, all of one length; `noisy` if its labels are machine-made."""

    ids: list[int]
    shapes: list[int]
    labels: list[int]
    noisy: bool


def encode(passage: Passage, pieces: WordPieces, longest: int = LONGEST) -> Example:
    """A passage as the model reads it, cut after `longest` pieces. The label stands on a word's first piece."""
    ids, shapes, labels = [pieces.opening], [0], [IGNORED]
    names = sorted(passage.names)
    at = 0
    words = list(pieces.words(passage.text))
    for number, word in enumerate(words):
        if len(ids) + len(word.pieces) >= longest:
            break
        while at < len(names) and names[at].end <= word.start:
            at += 1
        label = 0
        if at < len(names) and names[at].start < word.end:
            name = names[at]
            if name.type:
                opens = number == 0 or words[number - 1].end <= name.start
                closes = number + 1 == len(words) or words[number + 1].start >= name.end
                part = "BS"[closes] if opens else "IE"[closes]
                label = LABELS.index(f"{part}-{name.type}")
            else:
                label = IGNORED
        ids += word.pieces
        shapes += [word.shape] * len(word.pieces)
        labels += [label] + [IGNORED] * (len(word.pieces) - 1)
    return Example([*ids, pieces.closing], [*shapes, 0], [*labels, IGNORED], passage.corpus in NOISY)


class Stream:
    """Endless examples from all corpora by `WEIGHTS`, every passage varied anew each time it comes."""

    def __init__(
        self,
        sentences: Mapping[str, Sequence[Sentence]],
        names: Names,
        pieces: WordPieces,
        seed: int,
    ) -> None:
        self._chance = random.Random(seed)
        self._names = names
        self._pieces = pieces
        self._sources = {corpus: self._from_sentences(part) for corpus, part in sentences.items()}

    def draw(self, noisy: float) -> Example:
        """One example; `noisy` scales the weight of the machine-labelled corpora."""
        corpora = list(self._sources)
        weights = [WEIGHTS[corpus] * (noisy if corpus in NOISY else 1.0) for corpus in corpora]
        return encode(next(self._sources[self._chance.choices(corpora, weights)[0]]), self._pieces)

    def batches(self, tokens: int, noisy: float, draws: int = 600) -> list[list[Example]]:
        """`draws` examples sorted by length into batches of at most `tokens` pieces with their padding, shuffled."""
        examples = sorted((self.draw(noisy) for _ in range(draws)), key=lambda example: len(example.ids))
        batches: list[list[Example]] = [[]]
        for example in examples:
            if len(example.ids) * (len(batches[-1]) + 1) > tokens and batches[-1]:
                batches.append([])
            batches[-1].append(example)
        self._chance.shuffle(batches)
        return batches

    def _from_sentences(self, sentences: Sequence[Sentence]) -> Iterator[Passage]:
        while True:
            chunks = list(self._chunks(sentences))
            self._chance.shuffle(chunks)
            for chunk in chunks:
                yield self._vary(chunk)

    def _chunks(self, sentences: Sequence[Sentence]) -> Iterator[Sequence[Sentence]]:
        """Neighbouring sentences of one document, one in a third of the cases, else as many as a window holds."""
        at = 0
        while at < len(sentences):
            stop = at + 1
            if self._chance.random() > 0.35:
                room = self._chance.uniform(40, LONGEST) / 1.35 - len(sentences[at].tokens)
                while stop < len(sentences) and sentences[stop].document == sentences[at].document:
                    room -= len(sentences[stop].tokens)
                    if room < 0:
                        break
                    stop += 1
            yield sentences[at:stop]
            at = stop

    def _vary(self, sentences: Sequence[Sentence]) -> Passage:
        chance = self._chance
        if chance.random() < SWAPPING:
            sentences = self._names.swap(sentences, chance)
        style = chance.random()
        if style < CAPITALS:
            sentences = [capitals(sentence) for sentence in sentences]
        elif style < CAPITALS + HEADLINES:
            sentences = [headline(sentence) for sentence in sentences[:1]]
        passage = join(detokenise(sentence, chance) for sentence in sentences)
        if style > 1 - DATELINES:
            passage = dateline(passage, self._names, chance)
        return passage
