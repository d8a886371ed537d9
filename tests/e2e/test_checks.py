"""A day whose checks fail is not published: its earlier version stays, the other days of the run go in."""

from warehouse.publication import check_meaning, check_names

GOOD = "Harbour reopens after storm\n\nThe harbour of Izmir opened again on Monday, the port authority said.\n"
DAYS = ["2020-02-03", "2020-02-04", "2020-02-05"]


def test_a_failing_day_is_skipped_and_reported_and_the_others_are_published(house, monkeypatch):
    import importlib

    extract = importlib.import_module("assets.extract")  # the asset of that name hides the module

    for day in DAYS:
        house.drop(f"post/{day}/story.txt", GOOD.replace("Izmir", "Nairobi") if day == DAYS[1] else GOOD)
    assert not house.publish().problems
    before = house.tables()

    true_extract = extract.extract_batch

    def shifted(sources, *rest):
        """Offsets of one day's names are wrong by one."""
        return [
            found._replace(mentions=[mention._replace(char_start=mention.char_start + 1) for mention in found.mentions])
            if "Nairobi" in source.text
            else found
            for source, found in zip(sources, true_extract(sources, *rest), strict=True)
        ]

    monkeypatch.setattr(extract, "extract_batch", shifted)
    for day in DAYS:
        house.drop(f"post/{day}/another.txt", GOOD.replace("Izmir", "Nairobi" if day == DAYS[1] else "Volos"), 60)
        house.drop(f"post/{day}/third.txt", GOOD.replace("harbour", "port"), 60)
    outcome = house.publish()
    assert len(outcome.problems) == 1
    assert outcome.problems[0].startswith("2020-02-04 was not published: checks failed: offsets_true")
    after = house.tables()
    kept = [row for row in before["drops"] if "2020, 2, 4" in row]
    assert [row for row in after["drops"] if "2020, 2, 4" in row] == kept
    assert len(after["drops"]) == len(before["drops"]) + 4
    assert house.due() == ["2020-02-04"], "what was not published is due again"

    monkeypatch.setattr(extract, "extract_batch", true_extract)
    assert not house.publish().problems
    assert len(house.tables()["drops"]) == 9


def test_a_day_that_names_nothing_but_figures_is_whole(house):
    house.drop(f"post/{DAYS[0]}/story.txt", "Hives go to sea\n\nOnly nine euros were paid for 340 kg of honey.\n")
    assert not house.publish().problems
    assert {row["entity_id"] for row in house.query("SELECT entity_id FROM mentions")} == {None}


def test_every_check_says_what_it_holds():
    assert len(check_names()) >= 6
    assert all(check_meaning(name).endswith(".") for name in check_names())


def test_an_error_in_one_day_costs_no_other(house, monkeypatch):
    import importlib

    publish = importlib.import_module("assets.publish")  # the asset of that name hides the module
    true_link = publish.link_day

    def link_day(connection, day, *rest, **options):
        if day == DAYS[1]:
            raise OverflowError("out of range")
        true_link(connection, day, *rest, **options)

    monkeypatch.setattr(publish, "link_day", link_day)
    for day in DAYS:
        house.drop(f"post/{day}/story.txt", GOOD)
    outcome = house.publish()
    assert outcome.problems == ["2020-02-04 was not published: OverflowError: out of range"]
    assert sorted(str(row["arrival_day"]) for row in house.query("FROM drops")) == [DAYS[0], DAYS[2]]
    assert house.due() == [DAYS[1]]
