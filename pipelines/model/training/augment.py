"""Sentences varied on their way to the model: other names in the same sentence, headlines, capitals, datelines.

Everything here takes and returns tagged sentences or passages and draws from the generator it is given.
"""

import random
from collections.abc import Iterable, Sequence
from pathlib import Path

import pyarrow.parquet as pq

from pipelines.model.training.corpora import NOISY, Name, Passage, Sentence, spans

SWAPPED = 0.4
"""Of the names whose passage is chosen, the part that is replaced by another."""
SWAPPING = 0.5
"""Of the passages, the part in which names are replaced. Together: one in five names is new in its place."""
HEADLINES = 0.04
CAPITALS = 0.025
DATELINES = 0.04

_SMALL = frozenset("a an the and or but of in on at to for from by with as is vs over".split())
_AGENCIES = (
    "Reuters",
    "AP",
    "AFP",
    "Xinhua",
    "dpa",
    "TASS",
    "Interfax",
    "Kyodo",
    "PTI",
    "ANSA",
    "EFE",
    "UPI",
    "SANA",
    "IRNA",
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec")


# Ends of invented companies: 'Lopez Energy', 'Uppsala Motors Ltd'.
_TRADES = """Energy Motors Airlines Bank Holdings Group Foods Steel Shipping Pharma Telecom Mining Capital Partners
    Insurance Brothers Media Systems Technologies Breweries Cement Railways Logistics Investors Industries Petroleum
    Textiles Retail Securities Electric Airways Construction Properties Chemicals Software Robotics Wines Lines
    Stores""".split()
_FORMS = ("Ltd", "Inc", "Inc.", "Corp", "Corp.", "Co", "Plc", "AG", "SA", "GmbH", "NV", "Group", "LLC", "& Co", "Ltd.")
_LETTERS = "AABCCDEFGHIIKLMNNOPRSSTUW"


class Names:
    """Persons, organisations and places to put in the place of others."""

    def __init__(self, sentences: Iterable[Sentence], places: Path) -> None:
        """All come from the sentences, places from the gazetteer file `places` too, and companies are invented."""
        first, last, full, known, bodies = set(), set(), set(), set(), set()
        for sentence in sentences:
            for a, b, type_ in spans(sentence.tags):
                words = tuple(sentence.tokens[a:b])
                if not all(word[0].isupper() for word in words):
                    continue
                if type_ == "PER" and len(words) == 2:
                    first.add(words[0])
                    last.add(words[1])
                    full.add(words)
                elif type_ == "LOC" and len(words) <= 3:
                    known.add(words)
                elif type_ == "ORG" and len(words) <= 4 and sentence.corpus not in NOISY:
                    bodies.add(words)
        table = pq.read_table(places, columns=["name", "population"])
        towns = [
            tuple(name.split())
            for name, population in zip(*(table.column(at).to_pylist() for at in (0, 1)), strict=True)
            if population >= 3000 and name.isascii() and len(name.split()) <= 2
        ]
        self._first, self._last, self._full, self._known = sorted(first), sorted(last), sorted(full), sorted(known)
        self._towns = towns
        self._bodies = sorted(bodies)

    def other(self, words: tuple[str, ...], type_: str, chance: random.Random) -> tuple[str, ...]:
        """Another name of that type; a person keeps the number of words."""
        if type_ == "LOC":
            return chance.choice(self._towns if chance.random() < 0.6 else self._known)
        if type_ == "PER" and len(words) == 1:
            return (chance.choice(self._last),)
        if type_ == "PER" and len(words) == 2:
            if chance.random() < 0.5:
                return chance.choice(self._full)
            return (chance.choice(self._first), chance.choice(self._last))
        if type_ == "ORG":
            return chance.choice(self._bodies) if chance.random() < 0.6 else self.company(chance)
        return words

    def company(self, chance: random.Random) -> tuple[str, ...]:
        """An invented company or an acronym."""
        style = chance.random()
        if style < 0.25:
            return ("".join(chance.choices(_LETTERS, k=chance.choice((2, 3, 3, 4, 4, 5)))),)
        stem = (chance.choice(self._last),) if chance.random() < 0.6 else chance.choice(self._towns)
        if style < 0.4:
            return stem
        if style < 0.5:
            return (*stem, "&", chance.choice(self._last))
        if style < 0.8:
            return (*stem, chance.choice(_TRADES))
        return (*stem, *((chance.choice(_TRADES),) if chance.random() < 0.5 else ()), *chance.choice(_FORMS).split())

    def swap(self, sentences: Sequence[Sentence], chance: random.Random) -> list[Sentence]:
        """The sentences of one passage with some names replaced, one name by the same one throughout."""
        chosen: dict[tuple[str, ...], tuple[str, ...]] = {}
        out = []
        for sentence in sentences:
            tokens: list[str] = []
            tags: list[str] = []
            at = 0
            for a, b, type_ in spans(sentence.tags):
                tokens += sentence.tokens[at:a]
                tags += sentence.tags[at:a]
                words = tuple(sentence.tokens[a:b])
                if words not in chosen:
                    chosen[words] = self.other(words, type_, chance) if chance.random() < SWAPPED else words
                new = chosen[words]
                tokens += new
                tags += ["B-" + type_] + ["I-" + type_] * (len(new) - 1)
                at = b
            tokens += sentence.tokens[at:]
            tags += sentence.tags[at:]
            out.append(Sentence(sentence.corpus, sentence.document, tokens, tags))
        return out

    def town(self, chance: random.Random) -> str:
        """A place for a dateline."""
        return " ".join(chance.choice(self._towns if chance.random() < 0.3 else self._known))


def headline(sentence: Sentence) -> Sentence:
    """With capitals on every word but the small ones and without its full stop."""
    tokens = [
        token if token in _SMALL and at else token[0].upper() + token[1:] for at, token in enumerate(sentence.tokens)
    ]
    stop = len(tokens) - (len(tokens) > 1 and tokens[-1] == ".")
    return Sentence(sentence.corpus, sentence.document, tokens[:stop], sentence.tags[:stop])


def capitals(sentence: Sentence) -> Sentence:
    """All in capitals."""
    return Sentence(sentence.corpus, sentence.document, [token.upper() for token in sentence.tokens], sentence.tags)


def dateline(passage: Passage, names: Names, chance: random.Random) -> Passage:
    """The passage opened by a place, a day and an agency, as agencies do: 'DAMASCUS, Feb 6 (Reuters) - …'."""
    town, agency = names.town(chance), chance.choice(_AGENCIES)
    town = town.upper() if chance.random() < 0.6 else town
    found = [Name(0, len(town), "LOC")]
    text = town
    if chance.random() < 0.5:
        text += f", {chance.choice(_MONTHS)}{chance.choice(('', '.'))} {chance.randint(1, 31)}"
    if chance.random() < 0.7:
        text += f" ({agency})"
        found.append(Name(len(text) - 1 - len(agency), len(text) - 1, "ORG"))
    text += chance.choice((" - ", " — ", " -- ", " – ", ": "))
    shift = len(text)
    moved = [Name(name.start + shift, name.end + shift, name.type) for name in passage.names]
    return Passage(passage.corpus, text + passage.text, found + moved)
