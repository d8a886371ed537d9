"""The history of the inbox: each change of a file is a row, and what did not change is none."""

import datetime as dt
import os

from warehouse import ledger
from warehouse.lake import Lake

MORNING = dt.datetime(2020, 2, 8, 6, 0, tzinfo=dt.UTC)


def drop(raw, content, hour):
    raw.mkdir(exist_ok=True)
    file = raw / "story.txt"
    file.write_text(content)
    stamp = (MORNING + dt.timedelta(hours=hour)).timestamp()
    os.utime(file, (stamp, stamp))
    return file


def test_a_file_that_comes_changes_goes_and_comes_back_leaves_its_history(tmp_path):
    raw = tmp_path / "raw"
    with Lake.open(tmp_path / "lake") as lake:

        def look(hour):
            ledger.update(lake, raw, MORNING + dt.timedelta(hours=hour))

        drop(raw, "first", 0)
        look(1)
        drop(raw, "first", 2)  # only touched
        look(3)
        file = drop(raw, "second", 4)
        look(5)
        file.unlink()
        look(6)
        look(7)
        drop(raw, "second", 8)
        look(9)
        (raw / "link.txt").symlink_to("/etc/hostname")
        look(10)
        rows = lake.arrow("SELECT * FROM file_changes ORDER BY seen_at, path").to_pylist()
        hashes = {row["sha256"] for row in rows if row["path"] == "story.txt"}
        message = lake.arrow("SELECT commit_message FROM lake.snapshots() ORDER BY snapshot_id DESC LIMIT 1")
    story = [row for row in rows if row["path"] == "story.txt"]
    assert [row["change"] for row in story] == ["new", "changed", "gone", "back"]
    assert len(hashes) == 2
    assert story[1]["previous_sha256"] == story[0]["sha256"] != story[1]["sha256"]
    assert [(row["path"], row["change"], row["reason"]) for row in rows if row not in story] == [
        ("link.txt", "refused", "link_outside")
    ]
    assert message["commit_message"].to_pylist() == ["inbox: 1 refused"]


def test_of_two_looks_at_once_the_first_to_write_stands(tmp_path, monkeypatch):
    raw, scan = tmp_path / "raw", ledger.scan
    drop(raw, "first", 0)
    with Lake.open(tmp_path / "lake") as one, Lake.open(tmp_path / "lake") as other:

        def overtaken(*arguments):
            found = scan(*arguments)
            monkeypatch.setattr(ledger, "scan", scan)
            ledger.update(other, raw, MORNING + dt.timedelta(days=1))
            return found

        monkeypatch.setattr(ledger, "scan", overtaken)
        ledger.update(one, raw, MORNING + dt.timedelta(hours=1))
        files = one.arrow("SELECT arrival_day FROM files").to_pylist()
        changes = one.arrow("SELECT change FROM file_changes").to_pylist()
    assert files == [{"arrival_day": dt.date(2020, 2, 9)}]
    assert changes == [{"change": "new"}]
