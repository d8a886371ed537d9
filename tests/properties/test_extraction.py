"""The laws of extraction as a whole: what an article says depends on that article alone, and holds together."""

import random
from datetime import date
from pathlib import Path

import pytest
import yaml

from pipelines.extract.decisions import Decisions
from pipelines.extract.extract import Source, extract_batch
from pipelines.extract.gazetteer import Gazetteer
from pipelines.extract.names import NameRules
from pipelines.extract.recognise import Recogniser
from pipelines.lookups.lists import Lookups
from tests.quality.test_names import paragraphs_of
from tests.quality.test_newswire import unmark

DAY = date(2020, 2, 6)
NEWSWIRE = Path(__file__).parents[1] / "quality" / "newswire" / "dev.yaml"


@pytest.fixture(scope="module")
def sources() -> list[Source]:
    articles: dict[str, str] = yaml.safe_load(NEWSWIRE.read_text("utf-8"))["dev"]
    texts = [unmark(marked)[0] for marked in list(articles.values())[:60]]
    texts += [text.upper() for text in texts[:5] if len(text.upper()) == len(text)]
    return [Source(paragraphs_of(text), text, DAY) for text in texts]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def read(sources, gazetteer):
    return extract_batch(sources, gazetteer, Recogniser(None, NameRules(Lookups.load())), Decisions.load())


def test_an_article_says_the_same_in_any_company_and_order(sources, gazetteer):
    together = read(sources, gazetteer)
    order = list(range(len(sources)))
    random.Random(11).shuffle(order)
    shuffled = read([sources[i] for i in order], Gazetteer.load())
    assert [shuffled[order.index(i)] for i in range(len(sources))] == together
    assert [read([source], gazetteer)[0] for source in sources[:20]] == together[:20]


def test_what_is_said_holds_together(sources, gazetteer):
    for source, found in zip(sources, read(sources, gazetteer), strict=True):
        mentions = {mention.mention_id: mention for mention in found.mentions}
        assert len(mentions) == len(found.mentions)
        ends = [0]
        for mention in found.mentions:
            assert source.text[mention.char_start : mention.char_end] == mention.surface
            assert mention.char_start >= ends[-1], "names overlap"
            ends.append(mention.char_end)
            assert mention.entity_id in found.entities or mention.type in ("money", "quantity")
        aliased = {alias.entity_id for alias in found.aliases}
        assert aliased == found.entities.keys()
        for alias in found.aliases:
            assert mentions[alias.mention_id].entity_id == alias.entity_id
        ranks: dict[str, list[int]] = {}
        for candidate in found.candidates:
            ranks.setdefault(candidate.mention_id, []).append(candidate.rank)
            assert (candidate.rank == 0) == (candidate.place_id is None)
            assert candidate.place_id is None or candidate.place_id in found.places
            mention = mentions[candidate.mention_id]
            if candidate.rank <= 1:
                assert mention.place_id == candidate.place_id
        assert all(own in ([0], list(range(1, len(own) + 1))) for own in ranks.values())
        for mention in found.mentions:
            assert (mention.type == "place") == (mention.mention_id in ranks)
            assert mention.place_id is not None or not mention.is_metonym
