"""A day whose checks fail is not published: its earlier version stays, the other days of the run go in."""

import os
import re

import dagster as dg

from warehouse.publication import checks

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
    row = r"1 row, the first: \{'id': '[0-9a-f]{20}:m0', 'surface': 'Nairobi', 'char_start': 45, 'char_end': 51\}"
    assert re.search(row, outcome.problems[0]), "which row it is"
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


def test_a_warning_is_shown_and_keeps_no_day_from_being_published(house, instance):
    for number in range(6):
        house.drop(f"post/{DAYS[0]}/{number}.txt", "")
    house.drop(f"post/{DAYS[0]}/story.txt", GOOD)
    house.drop(f"post/{DAYS[1]}/story.txt", GOOD)
    outcome = house.publish()
    assert not outcome.problems
    results = check_results(instance, outcome)
    assert len(results) == len(checks())
    failed = [result for result in results if not result.passed]
    assert [(result.check_name, result.severity) for result in failed] == [("rejects_few", dg.AssetCheckSeverity.WARN)]
    assert failed[0].metadata[DAYS[0]].value == "1 row, the first: 6 times empty"
    assert DAYS[1] not in failed[0].metadata


def test_what_blocks_is_an_error_until_a_person_overrules_it(house, instance):
    files = [house.drop(f"post/{DAYS[0]}/{name}.txt", GOOD.replace("Izmir", name)) for name in ("Izmir", "Volos")]
    assert not house.publish().problems
    files[1].write_text("")
    os.utime(files[1], (0, 0))
    outcome = house.publish()
    assert outcome.problems == [
        f"{DAYS[0]} was not published: checks failed: documents_kept; 1 row, the first: 1 documents staged where 2 are"
        " published; --allow-fewer, or allow_fewer in the launchpad, publishes them"
    ]
    [result] = [result for result in check_results(instance, outcome) if not result.passed]
    assert (result.check_name, result.severity) == ("documents_kept", dg.AssetCheckSeverity.ERROR)
    overruled = house.publish(allow_fewer=True)
    assert not overruled.problems
    [result] = [result for result in check_results(instance, overruled) if not result.passed]
    assert (result.check_name, result.severity) == ("documents_kept", dg.AssetCheckSeverity.WARN)


def check_results(instance, outcome):
    """The run's results of checks, as the UI shows them."""
    events = instance.all_logs(outcome.run_id, of_type=dg.DagsterEventType.ASSET_CHECK_EVALUATION)
    return [event.dagster_event.asset_check_evaluation_data for event in events]


def test_every_check_says_what_it_holds():
    assert len(checks()) >= 12
    assert all(check.meaning.endswith(".") for check in checks())
    assert {check.is_blocking for check in checks()} == {True, False}


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
