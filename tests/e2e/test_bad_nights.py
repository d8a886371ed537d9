"""Bad nights: each ends with a clear line and the lake as it was, and the next run makes up for it."""

import datetime as dt
import importlib
import itertools
import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from assets import retries
from benchmarks.corpus import generate
from warehouse import sqlite_store

REPOSITORY = Path(__file__).resolve().parents[2]
LAWS = (REPOSITORY / "tests" / "chaos" / "laws.sql").read_text(encoding="utf-8")
GOOD = "Harbour reopens after storm\n\nThe harbour of Izmir opened again on Monday, the port authority said.\n"
DAYS = ["2020-02-03", "2020-02-04", "2020-02-05", "2020-02-06"]
FULL = (
    "The disk is full: free some space and run again; nothing was half-published.",
    "The disk is full or failing: see to it and run again; nothing was half-published.",
)
HELD = "The catalog is held by another program: close it and run again; nothing was half-published."

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Nobody waits to try again."""
    monkeypatch.setattr(retries, "_FIRST_SECONDS", 0)


def can_mount():
    """Whether a process here may have disks of its own."""
    command = ["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return shutil.which("unshare") is not None and subprocess.run(command, capture_output=True).returncode == 0


@pytest.mark.skipif(not can_mount(), reason="a small disk needs `unshare -rm` and mount")
def test_a_full_disk(tmp_path):
    command = ["unshare", "-rm", sys.executable, "-m", "tests.e2e.full_disk", str(tmp_path)]
    made = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr[-3000:]
    *trials, end = [json.loads(line) for line in made.stdout.splitlines()]
    failed = [trial for trial in trials if trial["problems"]]
    assert len(failed) >= 3, "else the disk was never full"
    for trial in failed:
        assert all(problem.endswith(FULL) for problem in trial["problems"]), trial
        assert trial["as_before"], trial
    assert not any(trial["breaches"] for trial in trials)
    assert end == {"problems": [], "articles": 40}


@pytest.fixture
def foreign(house):
    """Starts and ends a program of others that holds the catalog for writing."""
    program = (
        "import sqlite3, sys; held = sqlite3.connect(sys.argv[1], timeout=30, isolation_level=None);"
        " held.execute('BEGIN IMMEDIATE'); print('held', flush=True); sys.stdin.read()"
    )
    process = None

    def hold():
        nonlocal process
        process = subprocess.Popen(
            [sys.executable, "-c", program, str(house.lake / "catalog.sqlite")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert process.stdout.readline() == b"held\n"

    def let_go():
        process.communicate()

    yield hold, let_go
    if process and process.poll() is None:
        let_go()


def test_a_catalog_that_another_program_holds(house, foreign, monkeypatch):
    hold, let_go = foreign
    house.drop(f"post/{DAYS[0]}/story.txt", GOOD)
    assert not house.publish().problems
    before = house.tables()
    house.drop(f"post/{DAYS[1]}/story.txt", GOOD.replace("Izmir", "Volos"))
    monkeypatch.setattr(sqlite_store, "_WAIT_MILLISECONDS", 100)
    hold()
    outcome = house.publish(DAYS[1:2])
    assert outcome.problems == [f"ingest: {HELD}"]
    assert [line for line in house.listener.lines if line.startswith(HELD)], "it was tried again"
    assert house.tables() == before, "readers are not disturbed"

    house.listener.say = lambda line: let_go() if line.startswith(HELD) else None
    assert not house.publish(DAYS[1:2]).problems, "let go while the run tried again"
    assert len(house.tables()["articles"]) == 2


@pytest.mark.parametrize("damage", ["cut", "changed", "gone"])
@pytest.mark.parametrize(("stage", "table"), [("ingest", "documents"), ("parse", "articles"), ("extract", "mentions")])
def test_a_damaged_stage_file(house, damage, stage, table):
    for day in DAYS[:2]:
        house.drop(f"post/{day}/story.txt", GOOD.replace("Izmir", "Volos" if day == DAYS[0] else "Chios"))

    def harm(finished, day):
        if (finished, day) != (stage, DAYS[1]):
            return
        [file] = house.lake.glob(f"stage/*/{table}/{day}.parquet")
        content = file.read_bytes()
        if damage == "gone":
            file.unlink()
        else:
            file.write_bytes(content[: len(content) // 2] if damage == "cut" else b"PAR1" + bytes(len(content) - 4))

    house.listener.done = harm
    outcome = house.publish()
    assert len(outcome.problems) == 1
    words = ("is damaged: run the day again", "is not in this run's stage")
    assert any(word in outcome.problems[0] for word in words), outcome.problems
    assert table in outcome.problems[0]
    published = [row["day"] for row in house.query("SELECT arrival_day::VARCHAR AS day FROM drops")]
    assert published == (DAYS[:1] if stage == "extract" else []), "where a stage fails its whole range waits"
    assert house.query(LAWS) == []

    house.listener.done = lambda *_: None
    assert not house.publish().problems
    assert len(house.tables()["articles"]) == 2


class SlowClock:
    """Stands in for `datetime`, two days slow."""

    UTC = dt.UTC

    class datetime:  # noqa: N801
        @staticmethod
        def now(zone):
            return dt.datetime.now(zone) - dt.timedelta(days=2)


def test_a_clock_that_is_set_back(house, monkeypatch):
    house.drop(f"post/{DAYS[0]}/story.txt", GOOD)
    assert not house.publish().problems
    publish = importlib.import_module("assets.publish")
    with monkeypatch.context() as patch:
        patch.setattr(publish, "dt", SlowClock)
        house.drop(f"post/{DAYS[0]}/story.txt", GOOD.replace("Izmir", "Volos"), 60)
        assert not house.publish().problems
        assert house.due() == [], "the last publication is the last, whatever the clock said"
    assert house.due() == []
    moments = house.query("SELECT finished_at FROM runs ORDER BY finished_at")
    assert len({row["finished_at"] for row in moments}) == 2
    assert "Volos" in house.query("SELECT text FROM drops")[0]["text"]


@pytest.mark.skipif(shutil.which("faketime") is None, reason="there is no faketime (Debian: apt install faketime)")
def test_a_machine_whose_clock_is_set_back(house):
    environment = dict(os.environ) | {
        "DAGSTER_HOME": str(house.settings.dagster_home),
        "WIREHOUSE_RAW": str(house.raw),
        "WIREHOUSE_LAKE": str(house.lake),
        "WIREHOUSE_NER": "rules",
    }
    shutil.copy(REPOSITORY / "dagster.yaml", house.settings.dagster_home)

    def wirehouse(*words, days_slow=0):
        clock = ["faketime", "-f", f"-{days_slow}d"] if days_slow else []
        command = [*clock, sys.executable, "-m", "assets.cli", *words]
        made = subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True)
        assert made.returncode == 0, made.stdout + made.stderr
        return made.stdout

    texts = itertools.cycle([GOOD, GOOD.replace("Izmir", "Volos")])
    for slow, runs in ((0, 1), (2, 2), (0, 3)):
        house.drop(f"post/{DAYS[0]}/story.txt", next(texts), 60 * (10 - runs))
        wirehouse("run", days_slow=slow)
        wirehouse("run", days_slow=slow)
        assert house.query("SELECT count(*) AS n FROM runs") == [{"n": runs}], "each content was published once"
        assert house.query(LAWS) == []
    wirehouse("upkeep", days_slow=2)
    wirehouse("doctor")
    assert len(house.tables()["articles"]) == 1


def test_a_drop_that_changes_while_it_is_read(house, monkeypatch):
    """A writer that never rests: the drop waits, others go in; what is published is one whole content of it."""
    house.drop(f"post/{DAYS[0]}/story.txt", GOOD)
    growing, ended = house.raw / "post" / DAYS[0] / "growing.txt", threading.Event()

    def write():
        for number in itertools.count():
            if ended.is_set():
                return
            growing.write_text(GOOD.replace("storm", f"storm {number}") * 2_000)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        outcome = house.publish(DAYS[:1])
    finally:
        ended.set()
        writer.join()
    assert not outcome.problems
    states = {row["path"]: row["state"] for row in house.query("SELECT path, state FROM files")}
    assert states == {f"post/{DAYS[0]}/story.txt": "present", f"post/{DAYS[0]}/growing.txt": "changing"}
    assert len(house.tables()["drops"]) == 1

    os.utime(growing, (1_600_000_000, 1_600_000_000))
    assert not house.publish().problems
    [text] = [row["text"] for row in house.query("SELECT text FROM drops") if "storm " in row["text"]]
    assert text == growing.read_text()


def test_a_drop_that_changes_between_ledger_and_reading(house, monkeypatch):
    house.drop(f"post/{DAYS[0]}/story.txt", GOOD)
    taking = importlib.import_module("assets.taking")
    real = taking.read

    def rewritten(raw, path, limit):
        house.drop(path, GOOD.replace("Izmir", "Volos"), 60)
        return real(raw, path, limit)

    with monkeypatch.context() as patch:
        patch.setattr(taking, "read", rewritten)
        assert not house.publish().problems
    assert [line for line in house.listener.lines if "written" in line], house.listener.lines
    assert house.tables()["drops"] == []
    assert not house.publish().problems
    assert "Volos" in house.query("SELECT text FROM drops")[0]["text"]


def test_four_processes_publish_different_days_at_once(house, new_house):
    for report in generate(40, 5, words=90, copies=0.4, days=len(DAYS)):
        house.drop(report.name, report.text)
    shutil.copy(REPOSITORY / "dagster.yaml", house.settings.dagster_home)
    environment = dict(os.environ) | {"DAGSTER_HOME": str(house.settings.dagster_home), "WIREHOUSE_NER": "rules"}
    command = [sys.executable, "-m", "assets.cli", "run", "--raw", str(house.raw), "--lake", str(house.lake)]
    told = {"env": environment, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    processes = [subprocess.Popen([*command, "--from", day, "--to", day], cwd=REPOSITORY, **told) for day in DAYS]
    said = [process.communicate()[0] for process in processes]
    assert [process.returncode for process in processes] == [0] * len(DAYS), said
    assert not any("locked" in text.lower() or "conflict" in text.lower() for text in said), said
    assert house.query(LAWS) == []
    published = house.query("SELECT arrival_day::VARCHAR AS day, count(*) AS n FROM runs GROUP BY day ORDER BY day")
    assert published == [{"day": day, "n": 1} for day in DAYS]
    together = new_house("together", raw=house.raw)
    assert not together.publish(DAYS).problems
    assert house.tables() == together.tables(), "links between the days, too"
