"""Rejects: their bytes are kept, they are listed with what they mean, and a replay publishes what now works."""

import datetime as dt
import hashlib
import json
from contextlib import nullcontext

import pytest

from assets import parse as parse_asset
from assets.refused import Wanted, find_rejects, replay, write_bytes
from warehouse.errors import WarehouseError
from warehouse.kept import Kept

DAY = "2020-02-03"
GOOD = "Harbour reopens after storm\n\nThe harbour of Izmir opened again on Monday, the port authority said.\n"
STORY = "The ferry to Chios sails again on Tuesday, the owner said."
RECORD = json.dumps({"title": "Ferry returns", "narration": STORY})
ALL = Wanted(None, None, None)
FIELDS = "fields:\n  text: [narration, text]\n"


@pytest.fixture
def refused(house, monkeypatch):
    """A house with a good drop, a record and a line of records whose field no reader knows, and a picture."""
    house.drop(f"post/{DAY}/good.txt", GOOD)
    house.drop(f"post/{DAY}/record.json", RECORD)
    house.drop(f"post/{DAY}/feed.jsonl", RECORD.replace("Chios", "Samos") + '\n{"text": "A line that was fine."}\n')
    house.drop(f"post/{DAY}/picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(200)))
    assert not house.publish([DAY]).problems
    monkeypatch.setenv("DAGSTER_HOME", str(house.settings.dagster_home))
    monkeypatch.setattr("assets.runs.dagster_at", lambda where: nullcontext(house.instance))
    return house


def reasons(house):
    return {
        (row["path"].rpartition("/")[2], row["member"]): row["reason"]
        for row in house.query("SELECT path, member, reason FROM rejects")
    }


def test_the_bytes_of_what_was_rejected_are_kept_by_their_hash(refused):
    rows = refused.query("SELECT path, sha256, is_kept FROM rejects")
    assert len(rows) == 3
    for row in rows:
        assert row["is_kept"]
        data = Kept(refused.lake).read(row["sha256"])
        assert hashlib.sha256(data).hexdigest() == row["sha256"]
    (record,) = (row for row in rows if row["path"].endswith("record.json"))
    assert Kept(refused.lake).read(record["sha256"]).decode() == RECORD


def test_kept_bytes_that_were_damaged_are_not_given(refused):
    (row,) = refused.query("SELECT sha256 FROM rejects WHERE reason = 'binary'")
    Kept(refused.lake).path(row["sha256"]).write_bytes(b"something else")
    assert Kept(refused.lake).read(row["sha256"]) is None
    assert Kept(refused.lake).read("ab" * 32) is None


def test_a_replay_after_a_fix_publishes_what_now_works(refused):
    assert reasons(refused) == {
        ("record.json", None): "no_text",
        ("feed.jsonl", "1"): "no_text",
        ("picture.txt", None): "binary",
    }
    (refused.raw / "reading.yaml").write_text(FIELDS)
    done = replay(refused.settings, Wanted("no_text", None, None))
    assert not done.work.problems
    assert (done.tried, done.used) == (2, 2)
    assert reasons(refused) == {("picture.txt", None): "binary"}
    bodies = {row["body"] for row in refused.query("SELECT body FROM articles")}
    assert "The ferry to Chios sails again on Tuesday, the owner said." in bodies
    assert "The ferry to Samos sails again on Tuesday, the owner said." in bodies


def test_a_replay_needs_no_raw_file(refused, new_house):
    for name in ("record.json", "feed.jsonl", "picture.txt"):
        (refused.raw / f"post/{DAY}/{name}").unlink()
    (refused.raw / "reading.yaml").write_text(FIELDS)
    done = replay(refused.settings, ALL)
    assert not done.work.problems
    assert (done.tried, done.used) == (3, 2)
    assert reasons(refused) == {("picture.txt", None): "binary"}
    from_kept = refused.tables()

    whole = new_house("whole")
    (whole.raw / "reading.yaml").write_text(FIELDS)
    whole.drop(f"post/{DAY}/good.txt", GOOD)
    whole.drop(f"post/{DAY}/record.json", RECORD)
    whole.drop(f"post/{DAY}/feed.jsonl", RECORD.replace("Chios", "Samos") + '\n{"text": "A line that was fine."}\n')
    whole.drop(f"post/{DAY}/picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(200)))
    assert not whole.publish([DAY]).problems
    drops = whole.tables()
    # The profiles were learnt from other numbers of drops, though they come to the same.
    del drops["profiles"], from_kept["profiles"]
    assert drops == from_kept


def test_what_remains_a_reject_says_when_it_was_tried(refused):
    sql = "SELECT first_seen_at, last_seen_at, replayed_at FROM rejects WHERE reason = 'binary'"
    (before,) = refused.query(sql)
    assert before["replayed_at"] is None
    done = replay(refused.settings, Wanted("binary", None, None))
    assert (done.tried, done.used) == (1, 0)
    (after,) = refused.query(sql)
    assert after["first_seen_at"] == before["first_seen_at"]
    assert after["last_seen_at"] > before["last_seen_at"]
    assert after["replayed_at"] == after["last_seen_at"]
    refused.publish([DAY])
    (again,) = refused.query(sql)
    assert again["replayed_at"] == after["replayed_at"]


def test_rejects_are_found_by_reason_and_day(refused, capfdbinary):
    assert find_rejects(refused.settings, ALL).num_rows == 3
    rows = find_rejects(refused.settings, Wanted("binary", None, None)).to_pylist()
    assert [row["path"] for row in rows] == [f"post/{DAY}/picture.txt"]
    assert find_rejects(refused.settings, Wanted(None, dt.date(2020, 2, 4), None)).num_rows == 0
    with pytest.raises(WarehouseError, match="no reason 'nonsense'"):
        find_rejects(refused.settings, Wanted("nonsense", None, None))
    write_bytes(refused.settings, rows[0]["reject_id"])
    assert capfdbinary.readouterr().out == (refused.raw / f"post/{DAY}/picture.txt").read_bytes()
    with pytest.raises(WarehouseError, match="keeps no bytes"):
        write_bytes(refused.settings, "unknown")


def test_a_text_that_takes_too_long_to_be_read_is_a_reject_of_parse(house, monkeypatch):
    parse = parse_asset.parse_document

    def slow(document, arrival_day, profile):
        if "Samos" in document.text:
            raise parse_asset.TooSlow
        return parse(document, arrival_day, profile)

    monkeypatch.setattr(parse_asset, "parse_document", slow)
    house.drop(f"post/{DAY}/good.txt", GOOD)
    house.drop(f"post/{DAY}/slow.txt", GOOD.replace("Izmir", "Samos"))
    assert not house.publish([DAY]).problems
    (row,) = house.query("SELECT path, stage, reason FROM rejects")
    assert row == {"path": f"post/{DAY}/slow.txt", "stage": "parse", "reason": "too_slow"}
    (drop,) = house.query("SELECT status, text FROM drops WHERE path LIKE '%slow.txt'")
    assert drop["status"] == "rejected"
    assert "Samos" in drop["text"]
    # The file goes, what was slow is fast now: the stored text is enough.
    monkeypatch.setattr(parse_asset, "parse_document", parse)
    (house.raw / f"post/{DAY}/slow.txt").unlink()
    assert not house.publish([DAY]).problems
    assert house.query("SELECT count(*) AS n FROM rejects") == [{"n": 0}]
    assert house.query("SELECT count(*) AS n FROM articles") == [{"n": 2}]
