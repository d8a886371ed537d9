"""What is wrong in the corpora, mended by rule before training.

The machine-made labels of gmb flip the type of one surface, call nationalities and feasts names, and leave
names out. A surface's type is settled by vote over all corpora; where the vote is open, the loss is masked. gum's names
were cut out of wider spans by rule, which lost many after a title ('US President Barack Obama'): a capitalised
word outside its names may be one. In tweets, '@' and '#' begin handles, which are no names in news.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import yaml

from pipelines.extract.windows import CALENDAR, PLAIN
from pipelines.model.training.corpora import NOISY, Sentence, spans

# Capitalised words that gmb takes for names of ours and that are none.
_NO_NAMES = frozenset(
    """AIDS HIV Christmas Easter Ramadan Holocaust Olympics Olympic Islam Islamic Muslim Muslims Christian Christians
    Christianity Catholic Catholics Sunni Sunnis Shi'ite Shi'ites Shiite Shiites Shia Jew Jews Jewish Hindu Hindus
    Buddhist Buddhists Kurd Kurds Kurdish Arab Arabs Tutsi Tutsis Hutu Hutus Ebola Internet Nobel Oscar God
    Allah Bible Quran Koran Thanksgiving Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February
    March April June July August September October November December""".split()
)
_NO_NAME_PHRASES = frozenset(
    {"New Year", "Sunni Arab", "Sunni Muslim", "Shi'ite Muslims", "World Cup", "Hang Seng", "World War II"}
)
_TITLES = frozenset(
    """President Prime Minister Secretary Secretary-General General Chancellor King Queen Prince Princess Mr. Mrs. Ms.
    Dr. Senator Sen. Rep. Gov. Governor Judge Justice Ayatollah Sheikh Pope Archbishop Bishop Cardinal Colonel Col.
    Major Maj. Captain Capt. Lieutenant Lt. Sergeant Sgt. Gen. Foreign Defense Vice Deputy Ambassador Envoy Spokesman
    Spokeswoman Chairman Premier Director Professor Former First Lady Sir Lord Mayor Congressman""".split()
)
_KEPT_AFTER_TITLE = frozenset({"Prince", "King", "Queen", "Pope", "Justice", "Major", "First", "General"})
_TRUST = 5  # votes that one label of a corpus labelled by hand is worth


class Cleaning:
    """What the corpora and the lookups together say of a surface."""

    def __init__(self, sentences: Iterable[Sentence], lookups: Path) -> None:
        """Count the names of `sentences`; `lookups` is the folder with countries.yaml and regions.yaml."""
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        alone: Counter[str] = Counter()
        tokens: Counter[str] = Counter()
        for sentence in sentences:
            noisy = sentence.corpus in NOISY
            if noisy:
                tokens.update(sentence.tokens)
            for a, b, type_ in spans(sentence.tags):
                votes[" ".join(sentence.tokens[a:b])][type_] += 1 if noisy else _TRUST
                if noisy and b == a + 1:
                    alone[sentence.tokens[a]] += 1
        self.places, self.demonyms = _countries(lookups)
        self._votes = votes
        self._often = {word for word, count in alone.items() if count >= 3 and count >= 0.5 * tokens[word]}

    def sentence(self, sentence: Sentence) -> Sentence:
        """The sentence with its tags mended."""
        noisy = sentence.corpus in NOISY
        tokens, tags = sentence.tokens, list(sentence.tags)
        for a, b, type_ in spans(sentence.tags):
            while noisy and type_ == "PER" and b - a > 1 and tokens[a] in _TITLES:
                tags[a] = "O"
                a += 1
                tags[a] = "B-PER"
            while noisy and type_ == "ORG" and b - a > 1 and tokens[b - 1] in _TITLES - _KEPT_AFTER_TITLE:
                b -= 1
                tags[b] = "O"
            surface = " ".join(tokens[a:b])
            tags[a:b] = self._settled(surface, type_, noisy, b - a)
        for at, token in enumerate(tokens):
            if tags[at] == "O" and token[0].isupper() and (_is_compound(token) or (noisy and token in self._often)):
                tags[at] = "?"
        if sentence.corpus == "gmb":
            self._join(tokens, tags)
        if sentence.corpus == "gum":
            self._doubt(tokens, tags)
        for at, token in enumerate(tokens):
            if sentence.corpus == "btc" and token[0] in "@#":
                tags[at : at + 1 + (token in "@#")] = ["?"] * len(tags[at : at + 1 + (token in "@#")])
        return Sentence(sentence.corpus, sentence.document, tokens, tags)

    def _join(self, tokens: Sequence[str], tags: list[str]) -> None:
        """Mask where gmb may have cut a body's name in two: 'Syrian | Army', 'National Assembly | of | Kenya'."""
        for a, b, type_ in list(spans(tags)):
            if type_ == "ORG" and a and tokens[a - 1] in self.demonyms:
                tags[a - 1 : a + 1] = ["?", "?"]
                if b - a > 1:
                    tags[a + 1 : b] = ["?"] * (b - a - 1)
            if type_ == "ORG" and tokens[b : b + 1] == ["of"] and tags[b + 1 : b + 2] == ["B-LOC"]:
                stop = next(end for start, end, _ in spans(tags) if start == b + 1)
                tags[a:stop] = ["?"] * (stop - a)

    def _doubt(self, tokens: Sequence[str], tags: list[str]) -> None:
        """Mask the capitalised words that have no label, but for the first of a sentence that stands alone."""
        for at, token in enumerate(tokens):
            if tags[at] != "O" or not token[0].isupper() or token in _TITLES or token in self.demonyms:
                continue
            is_first = at == 0 and not (len(tokens) > 1 and tokens[1][0].isupper())
            if not is_first and token.lower() not in PLAIN | CALENDAR:
                tags[at] = "?"

    def _settled(self, surface: str, type_: str, noisy: bool, length: int) -> list[str]:
        if type_ == "LOC" and surface in self.demonyms and surface not in self.places:
            return ["O"] * length
        if noisy:
            if surface in self.demonyms or surface in _NO_NAMES or surface in _NO_NAME_PHRASES:
                return ["O"] * length
            if surface in self.places:
                type_ = "LOC"
            else:
                votes = self._votes.get(surface, Counter({type_: 1}))
                best, count = votes.most_common(1)[0]
                total = sum(votes.values())
                if total >= 3 and count < 0.6 * total:
                    return ["?"] * length
                if total >= 3:
                    type_ = best
        if length == 1 and _is_compound(surface):
            return ["?"]
        return ["B-" + type_] + ["I-" + type_] * (length - 1)


def _is_compound(token: str) -> bool:
    """'U.S.-led', 'London-based': labelled as a whole, though a part of it is the name."""
    head, hyphen, tail = token.rpartition("-")
    return bool(
        hyphen and head and tail.islower() and len(tail) > 2 and head[0].isupper() and tail not in {"moon", "hyun"}
    )


def _countries(lookups: Path) -> tuple[set[str], set[str]]:
    countries = yaml.safe_load((lookups / "countries.yaml").read_text(encoding="utf-8"))
    places = {name for country in countries.values() for name in country["names"]} - {"Georgia", "Jordan", "Chad"}
    demonyms = {name for country in countries.values() for name in country.get("demonyms", ())}
    return places, demonyms - places
