"""From the probabilities of labels to names: the best sequence of labels that makes sense.

Labels are O and, for each type, B (begins), I (inside), E (ends) and S (a name of one word). After B or I comes an I or
E of the same type, and only then.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from pipelines.extract.tagger import Span
from pipelines.extract.wordpieces import Word

NAMES = {"PER": "person", "ORG": "organisation", "LOC": "place"}
"""The model's types and ours."""
_NEVER = -1e4  # the logarithm of a chance too small to be taken


def name_spans(words: Sequence[Word], chances: NDArray[np.float32], labels: Sequence[str]) -> list[Span]:
    """The names in a window. `chances` is (words, labels); a span is as sure as the least sure of its words."""
    path = chances.argmax(axis=1)
    if not path.any():
        return []
    follows = _follows(tuple(labels))
    if not _makes_sense(path, follows):
        path = best_path(chances, follows)
    out: list[Span] = []
    start = 0
    sure = 1.0
    for at, number in enumerate(path.tolist()):
        if number == 0:
            continue
        part, _, type_ = labels[number].partition("-")
        chance = float(chances[at, number])
        if part in "BS":
            start, sure = words[at].start, chance
        sure = min(sure, chance)
        if part in "ES":
            out.append(Span(start, words[at].end, NAMES[type_], round(sure, 3)))
    return out


def best_path(chances: NDArray[np.float32], follows: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The most probable sequence of labels that is allowed (Viterbi); `follows` is `_follows`' table."""
    scores = np.log(np.maximum(chances, 1e-12)).astype(np.float64)
    outside, moves = follows[-1, :-1], np.where(follows[:-1, :-1], 0.0, _NEVER)
    total = scores[0] + np.where(outside, 0.0, _NEVER)
    back = np.zeros(chances.shape, np.int64)
    for at in range(1, len(scores)):
        step = total[:, None] + moves
        back[at] = step.argmax(axis=0)
        total = step.max(axis=0) + scores[at]
    total = total + np.where(follows[:-1, -1], 0.0, _NEVER)
    path = np.zeros(len(scores), np.int64)
    path[-1] = total.argmax()
    for at in range(len(scores) - 1, 0, -1):
        path[at - 1] = back[at, path[at]]
    return path


def _makes_sense(path: NDArray[np.int64], follows: NDArray[np.bool_]) -> bool:
    edge = np.array([-1])
    return bool(follows[np.concatenate([edge, path]), np.concatenate([path, edge])].all())


@lru_cache(maxsize=8)
def _follows(labels: tuple[str, ...]) -> NDArray[np.bool_]:
    """Whether the label of a column may follow that of a row; the last row and column stand for the window's edges."""
    table = np.zeros((len(labels) + 1, len(labels) + 1), bool)
    everywhere = (*labels, "O")
    for row, before in enumerate(everywhere):
        is_open = before[0] in "BI"
        for column, after in enumerate(everywhere):
            goes_on = after[0] in "IE"
            table[row, column] = before[1:] == after[1:] if is_open and goes_on else not is_open and not goes_on
    return table
