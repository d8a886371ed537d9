"""Edits that no newsroom makes by hand: misread letters, rewording, split sentences, another order.

Each takes a text, paragraphs parted by blank lines, and a stream of draws. They check that deduplication was not
tuned to the edits of stories.py.
"""

import random
import re
from collections.abc import Callable

_MISREAD = {"rn": "m", "m": "rn", "l": "1", "o": "0", "cl": "d", "e": "c", "h": "b", "in": "m", "ti": "u", "S": "5"}
_REWORDED = {
    "and": "as well as", "but": "yet", "said": "stated", "every": "each", "what": "that which", "still": "even now",
    "she": "they", "he": "they", "no": "not any", "like": "similar to", "beneath": "under", "between": "amid",
    "the": "this", "a": "one", "in": "within", "at": "by", "told": "informed", "so": "thus", "her": "their", "I": "we",
}  # fmt: skip


def misread(text: str, rng: random.Random) -> str:
    """2 to 8 % of the words with a letter read wrongly, as scanned pages have them."""
    rate = rng.uniform(0.02, 0.08)

    def read(found: re.Match[str]) -> str:
        word = found[0]
        if rng.random() > rate:
            return word
        wrong = [(old, new) for old, new in _MISREAD.items() if old in word]
        return word.replace(*rng.choice(wrong), 1) if wrong else word[1:]

    return re.sub(r"\w{3,}", read, text)


def reword(text: str, rng: random.Random) -> str:
    """Small words put in another way, as by a translation there and back, in a tenth to a third of the sentences."""
    rate = rng.uniform(0.1, 0.33)

    def turn(found: re.Match[str]) -> str:
        if rng.random() > rate:
            return found[0]
        return re.sub(r"\w+", lambda word: _REWORDED.get(word[0], word[0]), found[0])

    return re.sub(r"[^.?!\n]+[.?!]", turn, text)


def split(text: str, rng: random.Random) -> str:
    """Long sentences cut in two at half of their commas, and a paragraph to each third sentence."""
    cut = re.sub(r", (\w)", lambda found: ". " + found[1].upper() if rng.random() < 0.5 else found[0], text)
    return re.sub(r"\. (?=\S)", lambda found: ".\n\n" if rng.random() < 0.3 else found[0], cut)


def reorder(text: str, rng: random.Random) -> str:
    """All paragraphs in another order."""
    paragraphs = text.split("\n\n")
    rng.shuffle(paragraphs)
    return "\n\n".join(paragraphs)


def shout(text: str, rng: random.Random) -> str:
    """Capitals, straight quotes, dashes typed as two hyphens, every line of another width."""
    flat = text.upper().replace("“", '"').replace("”", '"').replace("’", "'").replace(" - ", " -- ")
    return re.sub(r" ", lambda found: "\n" if rng.random() < 0.1 else " ", flat)


def sentence_drop(text: str, rng: random.Random) -> str:
    """Each eighth to fourth sentence left out, anywhere."""
    rate = rng.uniform(0.12, 0.25)
    kept = re.sub(r"[^.?!\n]+[.?!]", lambda found: "" if rng.random() < rate else found[0], text)
    return kept if len(kept) > len(text) / 2 else text


SLIPS: dict[str, Callable[[str, random.Random], str]] = {
    "misread": misread,
    "reword": reword,
    "split": split,
    "reorder": reorder,
    "shout": shout,
    "sentence_drop": sentence_drop,
}
