"""The inbox: what a scan writes to the ledger, by the laws that hold for any file, with real files in a folder."""

import datetime as dt
import hashlib
import os
import socket
import time
from pathlib import Path

import pytest

from warehouse import inbox, ledger
from warehouse.inbox import LedgerRow, Scan, arrival_day, inbox_digest, ledger_path, outlet_hint, read, scan
from warehouse.lake import Lake

LONG_AGO = dt.datetime(2020, 2, 6, 9, 30, 0, 250_000, tzinfo=dt.UTC)
NOW = dt.datetime(2020, 2, 8, 12, 0, tzinfo=dt.UTC)
LAST_TIME = dt.datetime(9999, 12, 30, tzinfo=dt.UTC)
LATER = dt.datetime(2020, 2, 10, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def raw(tmp_path):
    folder = tmp_path / "raw"
    folder.mkdir()
    return folder


@pytest.fixture
def hashed(monkeypatch):
    """Names of the files that a scan reads."""
    names = []
    digest = inbox._digest

    def watched(full):
        names.append(Path(full).name)
        return digest(full)

    monkeypatch.setattr(inbox, "_digest", watched)
    return names


class Clock:
    """Stands for the module `time`: sleeping moves it on at once, and may do something more."""

    def __init__(self, during_sleep=lambda: None):
        self.now, self.slept, self.during_sleep = time.time_ns(), 0.0, during_sleep

    def time_ns(self):
        return self.now

    def monotonic(self):
        return self.now / 1e9

    def sleep(self, seconds):
        self.now += int(seconds * 1e9)
        self.slept += seconds
        self.during_sleep()


def put(raw, path, content="A text.", modified=LONG_AGO):
    file = raw / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    touch(file, modified)
    return file


def touch(file, modified):
    stamp = int(modified.timestamp() * 1e6) * 1000
    os.utime(file, ns=(stamp, stamp))


def settled(rows):
    """What ledger.py knows of these rows: by SQL, but the same."""
    return {
        path: (row.bytes, inbox._microseconds(int(row.modified_at.timestamp() * 1e6) * 1000))
        if row.state in ("present", "refused") and row.reason not in inbox.RECONSIDERED
        else None
        for path, row in rows.items()
        if row.state != "gone"
    }


def look(raw, known=None, now=NOW):
    """A scan, and the ledger as it is afterwards."""
    known = dict(known or {})
    found = scan(raw, settled(known), lambda paths: {path: known[path] for path in paths if path in known}, now)
    return found, known | {row.path: row for row in found.changed}


def sha(content):
    return hashlib.sha256(content.encode()).hexdigest()


def test_a_new_file_is_written_down_with_all_that_is_known_of_it(raw):
    put(raw, "post/2020-02-06/a.txt", "A text.")
    found, _ = look(raw)
    day = dt.date(2020, 2, 6)
    row = LedgerRow("post/2020-02-06/a.txt", 7, LONG_AGO, sha("A text."), day, NOW, NOW, "present", None)
    assert found == Scan([row], [], 1)


def test_an_empty_folder_gives_nothing(raw):
    assert look(raw)[0] == Scan([], [], 0)


def test_an_unchanged_file_is_neither_read_nor_written_down_again(raw, hashed):
    put(raw, "a.txt")
    put(raw, "b.txt")
    _, known = look(raw)
    assert hashed == ["a.txt", "b.txt"]
    hashed.clear()
    assert look(raw, known, LATER)[0] == Scan([], [], 2)
    assert hashed == []


def test_a_changed_file_keeps_its_day_and_when_it_was_first_seen(raw, hashed):
    put(raw, "a.txt", "First.")
    put(raw, "b.txt", "Stays.")
    _, known = look(raw)
    hashed.clear()
    put(raw, "a.txt", "Second, longer.", modified=LATER)
    found, _ = look(raw, known, LATER)
    assert found.changed == [
        LedgerRow("a.txt", 15, LATER, sha("Second, longer."), NOW.date(), NOW, LATER, "present", None)
    ]
    assert hashed == ["a.txt"]


def test_a_file_of_the_same_size_with_another_time_is_read_again(raw):
    put(raw, "a.txt", "Nine dead.")
    _, known = look(raw)
    put(raw, "a.txt", "Five dead.", modified=LONG_AGO + dt.timedelta(microseconds=1))
    assert [row.sha256 for row in look(raw, known, LATER)[0].changed] == [sha("Five dead.")]


def test_a_file_that_is_gone_is_said_to_be_once_and_keeps_its_content(raw):
    put(raw, "a.txt")
    _, known = look(raw)
    (raw / "a.txt").unlink()
    found, after = look(raw, known, LATER)
    assert found.changed == [known["a.txt"]._replace(state="gone", last_seen_at=LATER)]
    assert look(raw, after, LATER)[0] == Scan([], [], 0)


def test_a_file_that_comes_back_has_its_old_day(raw):
    file = put(raw, "a.txt", "A text.")
    _, known = look(raw)
    file.unlink()
    _, known = look(raw, known, NOW)
    put(raw, "a.txt", "A text.")
    found, _ = look(raw, known, LATER)
    assert found.changed == [LedgerRow("a.txt", 7, LONG_AGO, sha("A text."), NOW.date(), NOW, LATER, "present", None)]


def test_a_whole_folder_that_is_gone_takes_its_files_along(raw):
    put(raw, "post/2020-02-06/b.txt")
    _, known = look(raw)
    (raw / "post/2020-02-06/b.txt").unlink()
    (raw / "post/2020-02-06").rmdir()
    assert [(row.path, row.state) for row in look(raw, known)[0].changed] == [("post/2020-02-06/b.txt", "gone")]


def test_a_folder_that_vanishes_between_listing_and_looking_ends_nothing(raw, monkeypatch):
    put(raw, "a/x.txt")
    put(raw, "b/y.txt")
    put(raw, "c/z.txt")
    listing = os.scandir

    def vanishing(folder):
        if str(folder).endswith("/b"):
            raise FileNotFoundError(folder)
        return listing(folder)

    monkeypatch.setattr(os, "scandir", vanishing)
    assert [row.path for row in look(raw)[0].changed] == ["a/x.txt", "c/z.txt"]


def test_a_file_that_vanishes_before_it_is_read_is_left_out(raw, monkeypatch):
    put(raw, "a.txt")
    put(raw, "b.txt")
    digest = inbox._digest

    def vanishing(full):
        if full.endswith("a.txt"):
            Path(full).unlink()
        return digest(full)

    monkeypatch.setattr(inbox, "_digest", vanishing)
    assert [row.path for row in look(raw)[0].changed] == ["b.txt"]


# Links, folders, and what else is no file


def test_a_link_out_of_the_inbox_is_refused_and_not_read(raw, tmp_path, hashed):
    secret = put(tmp_path, "secret.txt", "Not for the lake.")
    (raw / "a.txt").symlink_to(secret)
    row = look(raw)[0].changed[0]
    assert (row.state, row.reason, row.sha256, row.bytes) == ("refused", "link_outside", None, 0)
    assert hashed == []


def test_a_refused_link_is_said_to_be_once(raw, tmp_path):
    (raw / "a.txt").symlink_to(put(tmp_path, "secret.txt"))
    _, known = look(raw)
    assert look(raw, known, LATER)[0].changed == []


@pytest.mark.parametrize("target", ["../raw-too/a.txt", "nowhere.txt", "loop.txt"])
def test_a_link_to_a_neighbour_with_a_similar_name_to_nothing_or_to_itself_is_refused(raw, tmp_path, target):
    put(tmp_path, "raw-too/a.txt")
    (raw / "loop.txt").symlink_to(target)
    row = look(raw)[0].changed[0]
    assert (row.path, row.reason) == ("loop.txt", "link_outside")


def test_a_link_to_a_folder_is_refused_even_inside(raw):
    put(raw, "post/a.txt")
    (raw / "again").symlink_to(raw / "post")
    found = {row.path: row.reason for row in look(raw)[0].changed}
    assert found == {"again": "link_outside", "post/a.txt": None}


def test_a_link_inside_the_inbox_is_read(raw):
    put(raw, "post/a.txt", "A text.")
    (raw / "z.txt").symlink_to(raw / "post/a.txt")
    rows = {row.path: row for row in look(raw)[0].changed}
    assert rows["z.txt"].state == "present"
    assert (rows["z.txt"].bytes, rows["z.txt"].sha256) == (7, sha("A text."))


def test_a_folder_named_like_a_file_is_refused_and_what_is_in_it_is_read(raw):
    put(raw, "post/2020-02-06/feed.json/one.txt")
    found = {row.path: row.reason for row in look(raw)[0].changed}
    assert found == {"post/2020-02-06/feed.json": "is_directory", "post/2020-02-06/feed.json/one.txt": None}


def test_a_folder_with_a_dot_in_its_name_is_a_folder(raw):
    put(raw, "example.com/a.txt")
    assert [row.path for row in look(raw)[0].changed] == ["example.com/a.txt"]


def test_a_pipe_and_a_socket_are_no_files(raw, monkeypatch):
    os.mkfifo(raw / "pipe.txt")
    monkeypatch.chdir(raw)  # a socket's path has to be short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.txt")
        found = {row.path: (row.state, row.reason) for row in look(raw)[0].changed}
    assert found == {"pipe.txt": ("refused", "not_a_file"), "socket.txt": ("refused", "not_a_file")}


def test_a_file_that_may_not_be_read_is_refused_until_it_may(raw, monkeypatch):
    put(raw, "a.txt", "A text.")

    def forbidden(full):
        raise PermissionError(full)

    with monkeypatch.context() as patch:
        patch.setattr(inbox, "_digest", forbidden)
        found, known = look(raw)
        assert [(row.state, row.reason, row.sha256) for row in found.changed] == [("refused", "unreadable", None)]
        assert look(raw, known, LATER)[0].changed == []
    row = look(raw, known, LATER)[0].changed[0]
    assert (row.state, row.reason, row.sha256) == ("present", None, sha("A text."))
    assert (row.arrival_day, row.first_seen_at) == (NOW.date(), NOW)


def test_a_folder_that_may_not_be_read_is_refused_and_the_rest_is_read(raw, monkeypatch):
    put(raw, "closed/a.txt")
    put(raw, "open/b.txt")
    listing = os.scandir

    def guarded(folder):
        if str(folder).endswith("closed"):
            raise PermissionError(folder)
        return listing(folder)

    monkeypatch.setattr(os, "scandir", guarded)
    found = {row.path: row.reason for row in look(raw)[0].changed}
    assert found == {"closed": "unreadable", "open/b.txt": None}


# The day


def test_the_day_is_that_of_the_folder(raw):
    put(raw, "post/2020-02-06/a.txt")
    assert look(raw)[0].changed[0].arrival_day == dt.date(2020, 2, 6)


def test_without_a_dated_folder_the_day_is_the_one_it_was_first_seen_on(raw):
    put(raw, "post/a-2020-02-06.txt", modified=LONG_AGO)
    assert look(raw)[0].changed[0].arrival_day == NOW.date()


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("a.txt", NOW.date()),
        ("post/2020-02-06/a.txt", dt.date(2020, 2, 6)),
        ("2020-02-06/post/a.txt", dt.date(2020, 2, 6)),
        ("2020-02-01/post/2020-02-06/a.txt", dt.date(2020, 2, 6)),
        ("post/2020-02-06.txt", NOW.date()),
        ("post/week-2020-02-06/a.txt", NOW.date()),
        ("post/20200206/a.txt", NOW.date()),
        ("post/2020-02-30/a.txt", None),
        ("post/2020-13-01/a.txt", None),
        ("post/2020-02-06/2020-02-30/a.txt", None),
        ("post/0000-01-01/a.txt", None),
        ("post/1000-01-01/a.txt", dt.date(1000, 1, 1)),
        ("post/٢٠٢٠-٠٢-٠٦/a.txt", None),
    ],
)
def test_arrival_day(path, day):
    assert arrival_day(path, NOW) == day


@pytest.mark.parametrize("folder", ["2020-02-10", "9999-12-31", "2020-02-30", "2020-00-10", "1999-12-31", "0001-01-01"])
def test_a_folder_dated_out_of_range_is_refused(raw, hashed, folder):
    put(raw, f"post/{folder}/a.txt")
    row = look(raw)[0].changed[0]
    assert (row.state, row.reason, row.sha256, row.arrival_day) == ("refused", "day_out_of_range", None, NOW.date())
    assert hashed == []


@pytest.mark.parametrize("folder", ["2000-01-01", "2020-02-08", "2020-02-09"])
def test_a_folder_dated_up_to_tomorrow_is_taken(raw, folder):
    put(raw, f"post/{folder}/a.txt")
    row = look(raw)[0].changed[0]
    assert (row.state, row.arrival_day) == ("present", dt.date.fromisoformat(folder))


def test_a_refused_day_stays_refused_when_the_file_changes(raw):
    file = put(raw, "post/2020-02-30/a.txt", "A text.")
    _, known = look(raw)
    touch(file, LATER)
    row = look(raw, known, LATER)[0].changed[0]
    assert (row.state, row.reason, row.arrival_day) == ("refused", "day_out_of_range", NOW.date())


def test_a_day_too_far_ahead_is_taken_once_it_has_come(raw):
    put(raw, "post/2020-02-10/a.txt", "A text.")
    _, known = look(raw)
    assert look(raw, known, NOW)[0].changed == []
    row = look(raw, known, LATER)[0].changed[0]
    assert (row.state, row.reason, row.arrival_day) == ("present", None, dt.date(2020, 2, 10))
    assert row.sha256 == sha("A text.")


@pytest.mark.parametrize("path", ["post/a.txt", "post/2020-02-08/a.txt"])
def test_the_day_never_changes_whatever_clock_and_times_do(raw, path):
    file = put(raw, path, "A text.")
    _, known = look(raw)
    years = dt.timedelta(days=3000)
    for step, now in enumerate([NOW - years, NOW + years, NOW - dt.timedelta(days=3)]):
        touch(file, now + dt.timedelta(days=step))
        found, known = look(raw, known, now)
        row = known[path]
        assert found.changed == [row]
        assert (row.state, row.arrival_day, row.first_seen_at) == ("present", NOW.date(), NOW)


def test_a_time_that_no_calendar_knows_is_written_down_as_the_last_one(raw, monkeypatch):
    put(raw, "a.txt")
    assert inbox._modified_at(2**63 - 1).year == 2262
    assert inbox._modified_at(2**40 * 10**9) == LAST_TIME
    assert inbox._modified_at(-(2**40) * 10**9) == dt.datetime(1, 1, 2, tzinfo=dt.UTC)
    monkeypatch.setattr(inbox, "_microseconds", lambda _: inbox._LATEST)
    _, known = look(raw)
    assert look(raw, known)[0].changed == []


# Files that are being written


def test_a_file_just_modified_is_waited_for(raw, monkeypatch):
    clock = Clock()
    monkeypatch.setattr(inbox, "time", clock)
    file = put(raw, "a.txt", "A text.")
    os.utime(file, ns=(clock.now, clock.now))
    found, _ = look(raw)
    assert [(row.state, row.sha256) for row in found.changed] == [("present", sha("A text."))]
    assert found.unsettled == []
    assert inbox.SETTLED_NS / 1e9 <= clock.slept < inbox._WAIT_SECONDS


def test_a_file_from_the_future_is_not_waited_for(raw, monkeypatch):
    clock = Clock()
    monkeypatch.setattr(inbox, "time", clock)
    file = put(raw, "a.txt")
    os.utime(file, ns=(clock.now + 10**15, clock.now + 10**15))
    assert look(raw)[0].changed[0].state == "present"
    assert clock.slept == 0


def test_a_file_written_to_while_it_is_waited_for_is_read_when_it_is_whole(raw, monkeypatch):
    file = raw / "a.txt"

    def write_on():
        if clock.slept < 0.5:
            file.write_text(file.read_text() + "More. ")
            os.utime(file, ns=(clock.now, clock.now))

    clock = Clock(write_on)
    monkeypatch.setattr(inbox, "time", clock)
    put(raw, "a.txt", "Begun. ")
    os.utime(file, ns=(clock.now, clock.now))
    found, known = look(raw)
    row = found.changed[0]
    assert len(file.read_text()) > len("Begun. ")
    assert (row.state, row.bytes, row.sha256) == ("present", file.stat().st_size, sha(file.read_text()))
    assert look(raw, known, LATER)[0].changed == [], "size and time are those of what was hashed"


@pytest.fixture
def restless(raw, monkeypatch):
    """A file that somebody goes on writing, however long one waits."""
    file = raw / "a.txt"
    clock = Clock(lambda: os.utime(file, ns=(clock.now, clock.now)))
    monkeypatch.setattr(inbox, "time", clock)

    def start():
        put(raw, "a.txt", "More and more")
        os.utime(file, ns=(clock.now, clock.now))

    return start


def test_a_new_file_that_keeps_changing_is_left_to_the_next_run_with_its_day(raw, restless):
    restless()
    found, known = look(raw)
    assert found.unsettled == ["a.txt"]
    row = known["a.txt"]
    assert (row.state, row.sha256, row.arrival_day, row.first_seen_at) == ("changing", None, NOW.date(), NOW)
    put(raw, "a.txt", "Whole.")
    row = look(raw, known, LATER)[0].changed[0]
    assert (row.state, row.sha256, row.arrival_day) == ("present", sha("Whole."), NOW.date())


def test_a_known_file_that_keeps_changing_keeps_the_content_that_is_known(raw, restless):
    put(raw, "a.txt", "Known.")
    _, known = look(raw)
    restless()
    found, after = look(raw, known, LATER)
    assert found.unsettled == ["a.txt"]
    assert after["a.txt"] == known["a.txt"]._replace(state="changing", last_seen_at=LATER)
    assert after["a.txt"].sha256 == sha("Known.")


def test_a_file_that_keeps_changing_does_not_hold_up_the_others(raw, restless):
    put(raw, "b.txt", "B text.")
    restless()
    rows = {row.path: row.state for row in look(raw)[0].changed}
    assert rows == {"a.txt": "changing", "b.txt": "present"}


def test_a_file_that_changes_while_it_is_hashed_is_hashed_again(raw, monkeypatch):
    put(raw, "a.txt", "First.")
    digest, calls = inbox._digest, []

    def racing(full):
        calls.append(full)
        found = digest(full)
        if len(calls) == 1:
            put(raw, "a.txt", "Second text.", modified=LONG_AGO + dt.timedelta(hours=1))
        return found

    monkeypatch.setattr(inbox, "_digest", racing)
    monkeypatch.setattr(inbox, "time", Clock())
    assert look(raw)[0].changed[0].sha256 == sha("Second text.")


# Names


def test_the_inboxs_own_readme_and_hidden_files_are_no_drops(raw):
    for path in ("README.md", "reading.yaml", ".gitkeep", "post/.DS_Store", ".git/config", "post/.hidden/a.txt"):
        put(raw, path)
    put(raw, "post/README.md")
    found = look(raw)[0]
    assert [row.path for row in found.changed] == ["post/README.md"]


@pytest.mark.parametrize(
    "name",
    [
        "with space.txt",
        "ночь.txt",
        "新闻.txt",
        "a\nb.txt",
        "quote'\".txt",
        "per%20cent.txt",
        "back\\slash.txt",
        "\\x41.txt",
    ],
)
def test_odd_names_are_written_down_as_they_are_and_found_again(raw, name):
    put(raw, f"post/{name}", "A text.")
    row = look(raw)[0].changed[0]
    assert row.path == f"post/{name}"
    assert read(raw, row.path, 100) == (b"A text.", row.sha256)


@pytest.mark.parametrize(
    ("name", "path"),
    [(b"caf\xe9.txt", "caf\\xe9.txt"), (b"\xff\xfe", "\\xff\\xfe"), (b"\\x41\xe9.txt", "\\x41\\xe9.txt")],
)
def test_a_name_that_is_no_utf8_is_written_down_escaped_and_found_again(raw, name, path):
    full = os.fsencode(raw) + b"/" + name
    try:
        with open(full, "wb") as file:  # noqa: PTH123 - a name in bytes
            file.write(b"A text.")
    except OSError:
        pytest.skip("this file system takes only names in UTF-8")
    os.utime(full, ns=(10**18, 10**18))
    row = look(raw)[0].changed[0]
    assert (row.path, row.state) == (path, "present")
    assert read(raw, row.path, 100) == (b"A text.", row.sha256)


def test_ledger_path_is_always_text_that_can_be_encoded():
    assert ledger_path("caf\udce9") == "caf\\xe9"
    assert ledger_path("café").encode() == "café".encode()


def test_files_come_in_the_order_of_their_names(raw):
    for name in ("b.txt", "a/z.txt", "a/b.txt", "c.txt"):
        put(raw, name)
    assert [row.path for row in look(raw)[0].changed] == ["a/b.txt", "a/z.txt", "b.txt", "c.txt"]


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("a.txt", None),
        ("post/a.txt", "post"),
        ("post/2020-02-06/a.txt", "post"),
        ("samples/post/2020-02-06/a.txt", "post"),
        ("incoming/post/a.txt", "post"),
        ("incoming/post/politics/a.txt", "post"),
        ("incoming/agency/post/2020-02-06/a.txt", "post"),
        ("2020-02-06/post/a.txt", "post"),
        ("2020-02-06/a.txt", None),
        ("incoming/2020-02-06/a.txt", None),
        ("samples/a.txt", None),
        ("post/2020/02/a.txt", "post"),
        ("2020/02/post/a.txt", "post"),
        ("/home/user/samples/post/2020-02-06/a.txt", "post"),
    ],
)
def test_outlet_hint(path, hint):
    assert outlet_hint(path) == hint


# Reading


def test_read_stops_one_byte_behind_the_limit(raw):
    put(raw, "a.txt", "0123456789")
    assert read(raw, "a.txt", 4)[0] == b"01234"
    assert read(raw, "a.txt", 10) == (b"0123456789", sha("0123456789"))


def test_read_looks_again_if_the_file_changed_meanwhile(raw, monkeypatch):
    file = put(raw, "a.txt", "First.")
    pauses = []
    looking = os.fstat

    def changing(number):
        status = looking(number)
        if not pauses:
            touch(file, LATER)
        return status

    monkeypatch.setattr(os, "fstat", changing)
    assert read(raw, "a.txt", 100, pauses.append) == (b"First.", sha("First."))
    assert len(pauses) == 1


def test_read_of_a_file_that_is_gone_raises(raw):
    with pytest.raises(FileNotFoundError):
        read(raw, "a.txt", 100)


# In the lake


@pytest.fixture
def lake(tmp_path):
    with Lake.open(tmp_path / "lake") as opened:
        yield opened


def record(lake, day, at):
    """Writes down that the day was published as it is in the ledger."""
    pairs = [(row.path, row.sha256 or row.reason) for row in ledger.files_of(lake, day) if row.sha256 or row.reason]
    with lake.transaction("test") as connection:
        connection.execute(
            "INSERT INTO runs BY NAME SELECT ?::DATE AS arrival_day, ? AS inbox_digest, ? AS finished_at",
            [day, inbox_digest(pairs), at],
        )


def test_the_ledger_in_the_lake_is_what_the_scan_found(lake, raw):
    put(raw, "post/2020-02-06/a.txt", "A text.")
    put(raw, "post/2020-02-30/b.txt")
    found = ledger.update(lake, raw, NOW)
    assert ledger.files_of(lake, "2020-02-06") + ledger.files_of(lake, "2020-02-08") == found.changed
    snapshots = lake.arrow("SELECT count(*) AS n FROM lake.snapshots()").to_pylist()
    assert ledger.update(lake, raw, LATER - dt.timedelta(days=1)) == Scan([], [], 2)
    assert lake.arrow("SELECT count(*) AS n FROM lake.snapshots()").to_pylist() == snapshots, "nothing new, no snapshot"


def test_a_day_is_due_until_it_is_published_as_it_is(lake, raw):
    put(raw, "post/2020-02-06/a.txt", "A text.")
    put(raw, "post/2020-02-07/é 'b'.txt", "Another.")
    ledger.update(lake, raw, NOW)
    assert ledger.due_days(lake) == ["2020-02-06", "2020-02-07"]
    record(lake, "2020-02-06", NOW)
    record(lake, "2020-02-07", NOW)
    assert ledger.due_days(lake) == []
    put(raw, "post/2020-02-07/é 'b'.txt", "Another one.", modified=LATER)
    ledger.update(lake, raw, LATER)
    assert ledger.due_days(lake) == ["2020-02-07"]


def test_a_file_whose_day_has_come_makes_both_days_due(lake, raw):
    put(raw, "post/2020-02-10/a.txt", "A text.")
    ledger.update(lake, raw, NOW)
    record(lake, "2020-02-08", NOW)
    assert ledger.due_days(lake) == []
    ledger.update(lake, raw, LATER)
    assert ledger.due_days(lake) == ["2020-02-08", "2020-02-10"]
    record(lake, "2020-02-08", LATER)
    record(lake, "2020-02-10", LATER)
    assert ledger.due_days(lake) == []


def test_no_two_names_are_one_path(raw):
    for name in (b"a\xff.txt", rb"a\xff.txt", rb"a\x5cxff.txt"):
        put(raw, os.fsdecode(name), name)
    found, _ = look(raw)
    assert len({row.path for row in found.changed}) == 3
    for row in found.changed:
        assert read(raw, row.path, 100)[1] == row.sha256


def test_folders_may_lie_deeper_than_python_calls(raw):
    folders = [str(raw) + "/a" * depth for depth in range(1, 1101)]
    for folder in folders:
        os.mkdir(folder)  # noqa: PTH102 - a Path of as many parts takes long to make
    Path(folders[-1], "deep.txt").touch()
    os.utime(f"{folders[-1]}/deep.txt", (1e9, 1e9))
    try:
        found, _ = look(raw)
    finally:  # what pytest removes folders with does not reach that deep
        os.remove(f"{folders[-1]}/deep.txt")  # noqa: PTH107
        for folder in reversed(folders):
            os.rmdir(folder)  # noqa: PTH106
    assert [row.state for row in found.changed] == ["present"]


def test_a_file_that_may_be_listed_and_not_looked_at_is_unreadable(raw, monkeypatch):
    put(raw, "post/a.txt")

    class Closed:
        name, path = "a.txt", str(raw / "post/a.txt")

        def stat(self, *, follow_symlinks):
            raise PermissionError

    monkeypatch.setattr(inbox, "_walk", lambda raw: iter([("post/a.txt", Closed(), None)]))
    (row,) = look(raw)[0].changed
    assert (row.state, row.reason) == ("refused", "unreadable")


def test_a_closed_folder_with_a_files_name_is_one_row(raw, monkeypatch):
    (raw / "story.txt").mkdir()
    scandir = os.scandir

    def closed(path):
        if str(path).endswith("story.txt"):
            raise PermissionError
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)
    assert [row.reason for row in look(raw)[0].changed] == ["unreadable"]
