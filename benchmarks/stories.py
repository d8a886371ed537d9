"""A seeded generator of news stories, of any number, of which it is known who copied whom.

It is made to measure deduplication: edits as newsrooms make them, and false friends (reports that come again with other
figures, stories that quote another). `python -m benchmarks.stories` prints how alike unrelated stories are.
`benchmarks/corpus.py` writes whole drops instead, with page furniture, for measuring the job.
"""

import argparse
import random
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import yaml

from benchmarks.slips import SLIPS

BLOCK = 500  # a block's stories depend on (seed, block) alone; copies and their originals lie in one block
A_DAY = 1000
POOL = 4096  # phrases composed beforehand for each pooled rule
SERIES = 150
COPIES, ISSUES, RELATED = 0.34, 0.06, 0.05  # shares of copies, of reports that come again, of stories that quote

Paragraphs = list[str]


class Story(NamedTuple):
    """One article; `relation` is original, issue (of a series), related, or exact, near, excerpt, update."""

    article_id: str
    outlet: str
    published_on: date
    headline: str
    body: str
    cluster_id: str  # the article_id of the cluster's first story
    relation: str
    parent: str | None  # what it was made from; for a related story what it quotes
    edits: str  # the edits made, joined by '+'


class _Cast(dict[str, str]):
    """What is drawn once for a story; a rule that has no part here is drawn anew at each use."""

    def __init__(self, rng: random.Random, rules: dict[str, list[str]], parts: dict[str, str]) -> None:
        super().__init__(parts)
        self.random, self.rules = rng.random, rules

    def __missing__(self, rule: str) -> str:
        if (choices := self.rules.get(rule)) is None:
            phrase = self[rule.lower()]
            return phrase.upper() if rule.isupper() else phrase[0].upper() + phrase[1:]
        frame = choices[int(self.random() * len(choices))]
        return frame % self if "%" in frame else frame


@dataclass(frozen=True)
class _Draft:
    """A story while it is worked on."""

    outlet: str
    headline: str
    body: Paragraphs
    cast: _Cast = field(repr=False)


@cache
def _grammar(name: str) -> dict[str, dict[str, list[str]]]:
    """The rules of one grammar: under '' the rules, under each kind of series its rules."""
    read = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))[name]

    def choices(rules: dict[str, object]) -> dict[str, list[str]]:
        return {
            rule: [re.sub(r"\[(\w+)\]", r"%(\1)s", choice.strip()) for choice in str(text).split("|")]
            for rule, text in rules.items()
        }

    made = {"": choices(read["rules"] | read.get("slots", {}))}
    made |= {f"series {kind}": choices(rules) for kind, rules in read["series"].items()}
    return made | {"names": {key: str(read[key]).split() for key in ("once", "pooled")}}


class Newsroom:
    """Writes the blocks of one corpus.

    Args:
        seed: the corpus; every block depends on it and on its own number alone.
        grammar: `wire` or `features`, of stories.yaml.
        edits: what may be done to a copy, by name.
        share: share of the stories that are copies.
    """

    def __init__(self, seed: int, grammar: str, edits: "dict[str, Edit]", share: float = COPIES) -> None:
        self.seed, self.edits, self.share = seed, edits, share
        self.grammar = _grammar(grammar)
        self.rules, names = dict(self.grammar[""]), self.grammar["names"]
        self.once = names["once"]
        rng = random.Random(f"{seed} pools")
        left_open = _Cast(rng, self.rules, {name: f"%({name})s" for name in (*self.once, "lq", "rq")})
        for rule in names["pooled"]:
            phrases = [left_open[rule] for _ in range(POOL)]
            self.rules[rule] = phrases
            self.rules[rule.capitalize()] = [phrase[0].upper() + phrase[1:] for phrase in phrases]
        self.outlets = [f"outlet-{number:02d}" for number in range(40)]

    def cast(self, rng: random.Random) -> _Cast:
        quotes = rng.choice(("“”", '""'))
        cast = _Cast(rng, self.rules, {"lq": quotes[0], "rq": quotes[1]})
        for name in self.once:
            cast[name] = cast[name]
        return cast

    def paragraph(self, cast: _Cast) -> str:
        return " ".join([cast["sentence"] for _ in range(1 + int(cast.random() * 3))])

    def story(self, rng: random.Random, cast: _Cast, outlet: str, words: int = 0) -> _Draft:
        """A new story of log-normal length, 80 to 1,200 words, or of at least as many as are asked for."""
        wanted = max(words, min(max(rng.lognormvariate(5.8, 0.65), 80), 1200))
        body = [cast["lead"]]
        wanted -= body[0].count(" ")
        while wanted > 0 or len(body) < 3:
            body.append(self.paragraph(cast))
            wanted -= body[-1].count(" ")
        return _Draft(outlet, cast["headline"], body, cast)

    def related(self, rng: random.Random, source: _Draft, outlet: str) -> _Draft:
        """A story of its own, at least as long as the source, of which it quotes 15 to 30 % of the words."""
        size = " ".join(source.body).count(" ")
        draft, quoted, room = self.story(rng, self.cast(rng), outlet, size), 0, size * rng.uniform(0.15, 0.3)
        for paragraph in rng.sample(source.body, len(source.body)):
            if quoted + paragraph.count(" ") < room:
                draft.body.insert(rng.randint(1, len(draft.body)), paragraph)
                quoted += paragraph.count(" ")
        return draft

    def issue(self, rng: random.Random, number: int) -> _Draft:
        """One issue of a series: a frame that is always the same, and what is new in it."""
        fixed = random.Random(f"{self.seed} series {number}")
        cast = self.cast(fixed)
        rules = self.grammar[fixed.choice([name for name in self.grammar if name.startswith("series ")])]
        outlet = fixed.choice(self.outlets)
        lines = [fixed.choice(rules["lines"]) for _ in range(fixed.randint(4, 12))]
        closing = [self.paragraph(cast) for _ in range(fixed.randint(0, 2))]
        frame = [fixed.choice(rules["headline"]), rules["opening"][0], *lines]
        anew = self.cast(rng)
        filled = [re.sub(r"<(\w+)>", r"%(\1)s", line % cast) % anew for line in frame]
        return _Draft(outlet, filled[0], [*filled[1:], *closing], anew)

    def block(self, number: int) -> Iterator[Story]:
        """The stories of one block, in order of time; copies come after what they were made from."""
        rng = random.Random(f"{self.seed} block {number}")
        made: list[tuple[Story, _Draft]] = []
        for index in range(number * BLOCK, (number + 1) * BLOCK):
            name, draw = f"{self.seed}-{index:08d}", rng.random()
            outlet, parent, cluster, relation, edits = rng.choice(self.outlets), None, name, "original", ""
            # Squaring the draw makes some stories popular: most are never copied, a few many times.
            source = made[int(rng.random() ** 2 * len(made))] if made else None
            if source and draw < self.share:
                kind, steps = self.plan(rng)
                while outlet == source[1].outlet:
                    outlet = rng.choice(self.outlets)
                draft = source[1] if kind == "update" else replace(source[1], outlet=outlet)
                for step in steps:
                    draft = self.edits[step].make(self, rng, draft)
                parent, cluster, relation, edits = source[0].article_id, source[0].cluster_id, kind, "+".join(steps)
            elif self.share <= draw < self.share + ISSUES:
                draft, relation = self.issue(rng, rng.randrange(SERIES)), "issue"
            elif source and self.share + ISSUES <= draw < self.share + ISSUES + RELATED:
                draft = self.related(rng, source[1], outlet)
                parent, relation = source[0].article_id, "related"
            else:
                draft = self.story(rng, self.cast(rng), outlet)
            day = date(2021, 3, 1) + timedelta(days=index // A_DAY)
            body = "\n\n".join(draft.body)
            made.append((Story(name, draft.outlet, day, draft.headline, body, cluster, relation, parent, edits), draft))
            yield made[-1][0]

    def plan(self, rng: random.Random) -> tuple[str, list[str]]:
        """The relation of a copy to be made and its edits, in the order in which they are made."""
        first = rng.choices(list(self.edits), [edit.weight for edit in self.edits.values()])[0]
        kind, steps = self.edits[first].relation, [first]
        if kind == "near":
            others = [name for name, edit in self.edits.items() if edit.relation in ("near", "exact") and name != first]
            steps += rng.sample(others, rng.randint(0, 2))
        elif kind == "update" and rng.random() < 0.5:
            steps.append("headline")
        return kind, sorted(steps, key=list(self.edits).index)


class Edit(NamedTuple):
    """One kind of edit: how often, what it makes of a copy, and how."""

    weight: float
    relation: str
    make: "Callable[[Newsroom, random.Random, _Draft], _Draft]"


def _spots(rng: random.Random, body: Paragraphs) -> list[int]:
    """One or a few paragraphs after the first, in descending order."""
    count = rng.randint(1, 1 + len(body) // 8)
    return sorted(rng.sample(range(1, len(body)), min(count, len(body) - 1)), reverse=True)


def _headline(room: Newsroom, rng: random.Random, draft: _Draft) -> _Draft:
    return replace(draft, headline=draft.cast["headline"])


def _agency(room: Newsroom, rng: random.Random, draft: _Draft) -> _Draft:
    return replace(draft, body=[*draft.body, draft.cast["headline_credit"]])


def _furniture(room: Newsroom, rng: random.Random, draft: _Draft) -> _Draft:
    lines = [draft.cast["furniture"] for _ in range(rng.randint(1, 4))]
    return replace(draft, body=[*lines[2:], *draft.body, *lines[:2]])


def _drop(room: Newsroom, rng: random.Random, draft: _Draft) -> _Draft:
    spots = _spots(rng, draft.body) if len(draft.body) > 2 else []
    return replace(draft, body=[paragraph for at, paragraph in enumerate(draft.body) if at not in spots])


def _add(room: Newsroom, rng: random.Random, draft: _Draft) -> _Draft:
    body = list(draft.body)
    for at in _spots(rng, body):
        body.insert(at, room.paragraph(draft.cast))
    return replace(draft, body=body)


def _move(room: Newsroom, rng: random.Random, draft: _Draft) -> _Draft:
    body = list(draft.body)
    body.insert(rng.randint(1, len(body) - 1), body.pop(rng.randint(1, len(body) - 1)))
    return replace(draft, body=body)


def _rewrite(room: Newsroom, rng: random.Random, draft: _Draft) -> _Draft:
    body = list(draft.body)
    for at in _spots(rng, body) if len(body) > 3 else []:
        body[at] = room.paragraph(draft.cast)
    return replace(draft, body=body)


def _truncate(room: Newsroom, rng: random.Random, draft: _Draft) -> _Draft:
    text = "\n\n".join(draft.body)
    kept = text[: max(int(len(text) * rng.uniform(0.35, 0.7)), 200)].rsplit(" ", 1)[0]
    return replace(draft, body=(kept + " ...").split("\n\n"))


def _quote(room: Newsroom, rng: random.Random, draft: _Draft) -> _Draft:
    """A piece of its own around nearly all of the source."""
    own = max(len(draft.body) * rng.uniform(0.3, 1), 2)
    left_out = rng.randrange(len(draft.body)) if len(draft.body) > 6 else -1
    quoted = [paragraph for at, paragraph in enumerate(draft.body) if at != left_out]
    before = [room.paragraph(draft.cast) for _ in range(int(own / 2))]
    return replace(draft, body=[*before, *quoted, *(room.paragraph(draft.cast) for _ in range(int(own) - len(before)))])


def _update(room: Newsroom, rng: random.Random, draft: _Draft) -> _Draft:
    """The outlet's own later version: a new toll wherever it stands, and mostly a new paragraph or two."""
    figures = list(dict.fromkeys(re.findall(r"\b[1-9][0-9]\b", " ".join(draft.body))))
    tolls = {old: str(int(old) + rng.randint(1, 9)) for old in figures[: rng.randint(1, 2)]}
    body = [re.sub(r"\b[1-9][0-9]\b", lambda found: tolls.get(found[0], found[0]), text) for text in draft.body]
    if rng.random() < 0.8 or not tolls:
        body.insert(rng.randint(1, len(body)), room.paragraph(draft.cast))
    return replace(draft, body=body)


def _slip(change: Callable[[str, random.Random], str], room: Newsroom, rng: random.Random, draft: _Draft) -> _Draft:
    return replace(draft, body=change("\n\n".join(draft.body), rng).split("\n\n"))


EDITS = {
    "exact": Edit(0.12, "exact", lambda room, rng, draft: draft),
    "truncate": Edit(0.12, "excerpt", _truncate),
    "update": Edit(0.16, "update", _update),
    "quote": Edit(0.08, "near", _quote),
    "drop": Edit(0.1, "near", _drop),
    "add": Edit(0.1, "near", _add),
    "move": Edit(0.08, "near", _move),
    "rewrite": Edit(0.08, "near", _rewrite),
    "agency": Edit(0.08, "near", _agency),
    "furniture": Edit(0.08, "near", _furniture),
    "headline": Edit(0.04, "exact", _headline),
}
OTHER_EDITS = {name: Edit(1, "near", partial(_slip, change)) for name, change in SLIPS.items()} | {
    "headline": EDITS["headline"]
}


def generate(count: int, seed: int, *, other: bool = False, share: float = COPIES) -> Iterator[Story]:
    """`count` stories in order of time; the same seed gives the same stories, whatever the count.

    `other` takes another grammar and other kinds of edits: to check that nothing was tuned to the first.
    """
    room = Newsroom(seed, "features", OTHER_EDITS, share) if other else Newsroom(seed, "wire", EDITS, share)
    for number in range(-(-count // BLOCK)):
        for story in room.block(number):
            if count == 0:
                return
            count -= 1
            yield story


def main() -> None:
    """How alike stories of different clusters are."""
    from pipelines.dedup.signature import sign
    from pipelines.dedup.verify import verify

    parser = argparse.ArgumentParser(description="How alike unrelated stories of the made-up corpora are.")
    for option, default in (("count", 10_000), ("seed", 1)):
        parser.add_argument(f"--{option}", type=int, default=default)
    args = parser.parse_args()
    for other in (False, True):
        started = time.process_time()
        stories = [story for story in generate(args.count, args.seed, other=other) if story.relation == "original"]
        words = np.array([len(story.body.split()) for story in stories])
        print(f"{'other' if other else 'wire'}: {args.count:,} stories in {time.process_time() - started:.1f} CPU s")
        print("  words of an original, least to most:", np.quantile(words, [0, 0.1, 0.5, 0.9, 1]).astype(int).tolist())
        pairs = np.random.default_rng(args.seed).integers(0, len(stories), (500_000, 2))
        pairs = pairs[pairs[:, 0] != pairs[:, 1]]
        signed = sign(pa.array([story.body for story in stories], pa.large_string()))
        jaccard, _ = verify(pairs, signed.shingles, signed.offsets, signed.shingles, signed.offsets)
        print(f"  Jaccard of two: {np.median(jaccard):.3f} median, {jaccard.max():.3f} at most", end="")
        print(f", {(jaccard < 0.05).mean():.5f} of pairs below .05")


if __name__ == "__main__":
    main()
