"""Dagster's daemon with the sensor on the inbox, as `make dev` runs it, and the killing of the runs it starts."""

import datetime as dt
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tests.chaos.feed import Feed
from tests.chaos.victims import Ground, kill, moment
from warehouse import ledger
from warehouse.lake import Lake

if TYPE_CHECKING:
    from tests.chaos.run import Report

_USUAL_SECONDS = 6.0
_LONGEST_SECONDS = 600
"""The sensor looks every half minute, a killed run is found dead after a minute and started again by the daemon."""
_LOOK_SECONDS = 0.02


def kill_runs_of_the_daemon(ground: Ground, feed: Feed, kills: int, seed: int, report: "Report") -> None:
    """Waits for runs of the daemon and kills so many; then waits until nothing is due any more."""
    chance, killed = random.Random(seed), 0
    with _daemon(ground) as daemon:
        while killed < kills:
            pid = _next_run(ground.lake, daemon, report)
            if pid is None:
                return
            when = moment(chance, _USUAL_SECONDS)
            when.wait(ground.lake, lambda pid=pid: not Path(f"/proc/{pid}").exists())
            if kill(pid):
                killed += 1
                report.kills["a run of the daemon"] += 1
                report.moments[when.name] += 1
                report.say(f"{killed} runs of the daemon killed")
            else:
                report.completed += 1
        feed.stop()
        end = time.perf_counter() + _LONGEST_SECONDS
        while time.perf_counter() < end and daemon.poll() is None:
            with Lake.open(ground.lake) as lake:
                ledger.update(lake, ground.raw, dt.datetime.now(dt.UTC))
                if not ledger.due_days(lake):
                    report.say("the daemon has published all that came")
                    return
            time.sleep(1)
        report.breach("the daemon did not publish all that was due")


@contextmanager
def _daemon(ground: Ground) -> Iterator[subprocess.Popen[bytes]]:
    """Dagster's daemon with its code server, in a session of its own so that all of it ends with the block."""
    command = [str(Path(sys.executable).with_name("dagster-daemon")), "run", "-m", "assets.definitions"]
    with (ground.folder / "daemon.log").open("wb") as log:
        daemon = subprocess.Popen(
            command, cwd=ground.folder, env=ground.environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            start_new_session=True,
        )  # fmt: skip
    try:
        yield daemon
    finally:
        daemon.send_signal(signal.SIGINT)
        try:
            daemon.wait(60)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(daemon.pid, signal.SIGKILL)


def _next_run(lake: Path, daemon: subprocess.Popen[bytes], report: "Report") -> int | None:
    """The process of a run at work, waited for; None if none comes."""
    end = time.perf_counter() + _LONGEST_SECONDS
    while time.perf_counter() < end:
        if daemon.poll() is not None:
            report.breach(f"the daemon ended with exit code {daemon.returncode}")
            return None
        if (pid := _locker(lake / "running")) is not None:
            return pid
        time.sleep(_LOOK_SECONDS)
    report.breach(f"the daemon started no run for {_LONGEST_SECONDS} seconds")
    return None


def _locker(folder: Path) -> int | None:
    """The process that holds a lock on a file of the folder, as a run does for as long as it lives."""
    inodes = set()
    for file in folder.glob("*"):
        try:
            inodes.add(file.stat().st_ino)
        except FileNotFoundError:
            continue
    for line in Path("/proc/locks").read_text(encoding="ascii").splitlines():
        words = line.split()
        if words[1] == "FLOCK" and int(words[5].rpartition(":")[2]) in inodes:
            return int(words[4])
    return None
