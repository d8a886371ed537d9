"""Files of many documents that are gone: what changed unread is due again, and the rows are those of the file."""

import io
import json
import os
import zipfile
from contextlib import nullcontext

from assets.refused import Wanted, replay

DAY = "2020-02-03"
GOOD = "Harbour reopens after storm\n\nThe harbour of Izmir opened again on Monday, the port authority said.\n"
LONG_AGO = 1_000_000_000


def lines(*places):
    return "".join(
        json.dumps({"title": f"{place} reopens", "text": f"The harbour of {place} opened on Monday, they said."}) + "\n"
        for place in places
    )


def test_a_container_that_changed_and_vanished_unread_is_due_when_it_is_back(house):
    path = f"post/{DAY}/feed.jsonl"
    house.drop(path, lines("Izmir", "Chios"))
    assert not house.publish().problems
    file = house.drop(path, lines("Izmir", "Samos", "Volos"), age_seconds=1800)
    assert house.due() == [DAY]
    data = file.read_bytes()
    file.unlink()
    assert not house.publish().problems
    assert house.query("SELECT reason FROM rejects") == [{"reason": "vanished"}]
    file.write_bytes(data)
    os.utime(file, (LONG_AGO, LONG_AGO))
    assert house.due() == [DAY]
    assert not house.publish().problems
    assert house.query("SELECT reason FROM rejects") == []
    assert house.query("SELECT count(*) AS n FROM articles") == [{"n": 3}]


def test_a_container_that_was_read_and_archived_is_no_reject(house):
    file = house.drop(f"post/{DAY}/feed.jsonl", lines("Izmir", "Chios"))
    assert not house.publish().problems
    file.unlink()
    house.due()
    assert not house.publish([DAY]).problems
    assert house.query("SELECT reason FROM rejects") == []


def test_the_article_of_equal_members_stays_the_one_it_was(house):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as members:
        members.writestr("b.txt", GOOD)
        members.writestr("a.txt", GOOD)
    file = house.drop(f"post/{DAY}/stories.zip", archive.getvalue())
    assert not house.publish().problems
    before = house.tables()
    file.unlink()
    house.due()
    assert not house.publish([DAY]).problems
    assert house.tables() == before


def test_what_is_a_reject_for_another_reason_is_one_still(house, monkeypatch):
    monkeypatch.setattr("assets.runs.dagster_at", lambda where: nullcontext(house.instance))
    house.drop(f"post/{DAY}/record.json", json.dumps({"title": "Ferry", "narration": "It sails. " * 40}))
    assert not house.publish().problems
    (house.raw / "reading.yaml").write_text("limits: {document_bytes: 200}\nfields: {text: narration}")
    done = replay(house.settings, Wanted(None, None, None))
    assert house.query("SELECT reason FROM rejects") == [{"reason": "too_large"}]
    assert (done.tried, done.used) == (1, 0)
