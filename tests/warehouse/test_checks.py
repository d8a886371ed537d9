"""The checks that compare a day with the four weeks before it, on a lake of nothing but what they read."""

import datetime as dt

import duckdb
import pytest

from warehouse.publication import checks, run_checks

DAY = "2020-03-01"
TODAY = dt.date(2020, 3, 10)


@pytest.fixture
def lake():
    """The tables that the comparing checks read, empty."""
    connection = duckdb.connect()
    for sql in (
        "runs (arrival_day DATE, articles BIGINT, finished_at TIMESTAMP)",
        "drops (arrival_day DATE, status VARCHAR)",
        "articles (arrival_day DATE, published_basis VARCHAR)",
        "entity_sightings (arrival_day DATE, type VARCHAR, mention_count BIGINT)",
        "staged_drops (document_id VARCHAR, status VARCHAR, path VARCHAR, article_id VARCHAR)",
        "staged_articles (outlet_id VARCHAR, published_basis VARCHAR)",
        "staged_rejects (reason VARCHAR)",
        "staged_entity_sightings (type VARCHAR, mention_count BIGINT)",
    ):
        connection.execute(f"CREATE TABLE {sql}")
    yield connection
    connection.close()


@pytest.fixture
def findings(lake, monkeypatch):
    """Runs the comparing checks alone; gives what they found by name."""
    comparing = {"documents_kept", "articles_enough", *(check.name for check in checks() if not check.is_blocking)}
    chosen = tuple(check for check in checks() if check.name in comparing)
    monkeypatch.setattr("warehouse.publication.checks", lambda: chosen)

    def found(day=DAY, today=TODAY):
        return {result.check.name: result.finding for result in run_checks(lake, day, today) if result.failing}

    return found


def before(lake, days, articles, inferred=0, places=1):
    """So many days before the day, alike; each was published twice."""
    for back in range(1, days + 1):
        day = dt.date.fromisoformat(DAY) - dt.timedelta(days=back)
        lake.execute("INSERT INTO runs VALUES (?, 1, '2020-03-01'), (?, ?, '2020-03-02')", [day, day, articles])
        lake.execute("INSERT INTO entity_sightings VALUES (?, 'place', ?)", [day, articles * places])
        lake.execute(
            "INSERT INTO articles SELECT ?, if(i < ?, 'inferred', 'meta') FROM range(?) AS r(i)",
            [day, inferred, articles],
        )


def stage(lake, articles, inferred=0, places=1, rejects=0):
    lake.execute("INSERT INTO staged_drops SELECT i, 'article', i, i FROM range(?) AS r(i)", [articles])
    lake.execute(
        "INSERT INTO staged_articles SELECT 'post', if(i < ?, 'arrival', 'text') FROM range(?) AS r(i)",
        [inferred, articles],
    )
    lake.execute("INSERT INTO staged_entity_sightings VALUES ('place', ?)", [int(articles * places)])
    lake.execute("INSERT INTO staged_rejects SELECT 'empty' FROM range(?)", [rejects])


def test_a_day_like_those_before_it_raises_nothing(lake, findings):
    before(lake, 20, 100, inferred=5)
    stage(lake, 90, inferred=6, rejects=4)
    assert findings() == {}


def test_far_too_few_articles_block_a_day_that_is_over_and_no_other(lake, findings):
    before(lake, 7, 100)
    stage(lake, 9)
    assert findings() == {"articles_enough": "1 row, the first: 9 articles where 100 are usual"}
    assert findings(today=dt.date.fromisoformat(DAY)) == {}


@pytest.mark.parametrize(("days", "articles"), [(6, 100), (28, 49)])
def test_what_is_usual_takes_a_week_and_fifty_articles_to_know(lake, findings, days, articles):
    before(lake, days, articles)
    stage(lake, 1)
    assert findings() == {}


def test_days_older_than_four_weeks_do_not_count(lake, findings):
    before(lake, 28, 100)
    stage(lake, 9)
    assert findings(day="2020-03-24", today=dt.date(2020, 4, 1)) == {}, "five of those days are left"
    assert "articles_enough" in findings(day="2020-03-22", today=dt.date(2020, 4, 1))


def test_far_too_many_articles_are_a_warning(lake, findings):
    before(lake, 7, 100)
    stage(lake, 501)
    assert findings() == {"articles_not_too_many": "1 row, the first: 501 articles where 100 are usual"}


def test_many_rejects_are_a_warning_with_their_reasons(lake, findings):
    stage(lake, 15, rejects=4)
    assert findings() == {}, "four are too few to make a share of"
    lake.execute("INSERT INTO staged_rejects VALUES ('too_large')")
    assert findings() == {"rejects_few": "2 rows, the first: 4 times empty; 1 times too_large"}


def test_many_inferred_dates_are_a_warning_with_their_outlets(lake, findings):
    stage(lake, 40, inferred=11)
    assert findings() == {"dates_told": "1 row, the first: 11 of post"}


def test_an_outlet_without_dates_is_no_news_where_that_is_usual(lake, findings):
    before(lake, 10, 100, inferred=20)
    stage(lake, 100, inferred=39)
    assert findings() == {}


@pytest.mark.parametrize(("places", "warns"), [(0.4, True), (0.6, False), (1.9, False), (2.1, True)])
def test_mentions_an_article_drift_by_type(lake, findings, places, warns):
    before(lake, 10, 100)
    stage(lake, 100, places=places)
    assert findings() == (
        {"entities_as_usual": f"1 row, the first: place: {places} an article where 1.0 are usual"} if warns else {}
    )


def test_a_type_that_is_found_no_more_is_noticed(lake, findings):
    before(lake, 10, 100)
    stage(lake, 100, places=0)
    lake.execute("DELETE FROM staged_entity_sightings")
    assert findings() == {"entities_as_usual": "1 row, the first: place: 0.0 an article where 1.0 are usual"}


def test_fewer_documents_than_published_block_the_day(lake, findings):
    lake.execute(f"INSERT INTO drops SELECT '{DAY}', 'article' FROM range(3)")
    stage(lake, 2)
    assert findings() == {"documents_kept": "1 row, the first: 2 documents staged where 3 are published"}
