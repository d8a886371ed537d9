"""The law of copies in a lake: days in any order, again, whole or in part, leave the links of all articles at once."""

import datetime as dt
from pathlib import Path
from random import Random

import pyarrow as pa
import pytest

from assets.dedup import dedup_day
from benchmarks.million import WINDOW_DAYS, Meter, publish, stage_articles
from benchmarks.stories import Story, generate
from pipelines.dedup.link import Copy, link
from pipelines.dedup.near import near_pairs
from warehouse.lake import Lake
from warehouse.stage import Stage

pytestmark = pytest.mark.slow

DAYS = [dt.date(2021, 3, day) for day in (1, 2, 4, 8, 30)] + [dt.date(2021, 6, 15)]
"""The last is more than a window after most, and less than one after the last but one."""

Days = dict[dt.date, list[Story]]
Told = set[tuple[str, str, str, str]]


def some_days(seed: int) -> Days:
    """Stories and their copies, each on any day from that of its cluster on; some contents come again months later."""
    random = Random(seed)
    days: Days = {day: [] for day in DAYS}
    first: dict[str, int] = {}
    for story in generate(240, seed):
        earliest = first.setdefault(story.cluster_id, random.randrange(len(DAYS)))
        days[DAYS[random.randrange(earliest, len(DAYS))]].append(story)
    again = random.sample(days[DAYS[0]], 5)
    days[DAYS[-1]] += [story._replace(article_id=f"{story.article_id}-again") for story in again]
    return days


def at_once(days: Days) -> Told:
    """The links of all the articles, by the law alone."""
    listed = [(day, story) for day, stories in days.items() for story in stories]
    found = near_pairs(pa.array([story.body for _, story in listed], pa.string()))
    contents, counts = found.content_hash.to_pylist(), found.shingle_count.tolist()
    copies = [
        Copy(story.article_id, content, day, day, count, story.outlet, None)
        for (day, story), content, count in zip(listed, contents, counts, strict=True)
    ]
    pairs = {
        (min(contents[a], contents[b]), max(contents[a], contents[b])): likeness
        for (a, b), *likeness in zip(
            found.pairs.tolist(), found.similarity.tolist(), found.containment.tolist(), strict=True
        )
    }
    made = link(copies, {pair: (alike, within) for pair, (alike, within) in pairs.items()}, WINDOW_DAYS)
    return {(row.article_id, row.cluster_id, str(row.relation), row.parent_article_id) for row in made}


def put(lake: Lake, day: dt.date, stories: list[Story]) -> None:
    stage = Stage(lake.folder, "made-up")
    stage_articles(stage, str(day), stories)
    dedup_day(stage, str(day))
    publish(lake, stage, str(day), Meter())


def told(lake: Lake) -> Told:
    sql = "SELECT article_id, cluster_id, relation, parent_article_id FROM duplicates"
    return set(lake.connection.execute(sql).fetchall())


@pytest.mark.parametrize("seed", [1, 2])
def test_any_order_of_days_and_any_detour_leave_the_links_of_all_at_once(seed: int, tmp_path: Path) -> None:
    random, days = Random(seed), some_days(seed)
    expected = at_once(days)
    assert len(expected) > 60
    assert {relation for _, _, relation, _ in expected} == {"exact", "near", "excerpt", "update"}

    with Lake.open(tmp_path / "lake") as lake:
        for day in random.sample(DAYS, len(DAYS)):
            if random.random() < 0.5:  # first in part, or with what belongs elsewhere
                put(lake, day, random.sample(days[day], len(days[day]) // 2))
            put(lake, day, random.sample(days[day], len(days[day])))
        assert told(lake) == expected

        gone = random.choice(DAYS)
        put(lake, gone, [])
        assert told(lake) == at_once({**days, gone: []})
        put(lake, gone, days[gone])
        assert told(lake) == expected


def crowds(seed: int) -> Days:
    """A few clusters, each of their contents told by many articles on any days."""
    random = Random(seed)
    some = list(generate(16, seed))
    listed = [random.choice(some)._replace(article_id=f"{number:03}") for number in range(150)]
    days: Days = {day: [] for day in DAYS}
    for story in listed:
        days[random.choice(DAYS)].append(story)
    return days


@pytest.mark.parametrize("seed", [3, 5, 9])
def test_crowds_of_equal_texts_follow_their_first_wherever_it_goes(seed: int, tmp_path: Path) -> None:
    random, days = Random(seed), crowds(seed)
    assert {relation for _, _, relation, _ in at_once(days)} >= {"exact", "near"}
    with Lake.open(tmp_path / "lake") as lake:
        held: Days = {}
        for _ in range(12):
            day = random.choice(DAYS)
            held[day] = random.sample(days[day], random.choice([0, len(days[day]) // 3, len(days[day])]))
            put(lake, day, held[day])
            assert told(lake) == at_once(held)
