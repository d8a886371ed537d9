"""What is left when runs are killed: `python -m tests.chaos.run --kills 100 --daemon-kills 6 --seed 1`.

Drops come without pause and two readers read without pause while commands of `wirehouse` are killed with -9, at random
moments and at their commits; then the same with Dagster's daemon and its sensor in charge. No reader may ever see what
breaks a law of laws.sql. At the end the doctor mends, finds nothing more, the next run completes, and all rows are
those of a lake in which nothing was ever killed. The exit code is 1 if anything of this does not hold.
"""

import argparse
import json
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.chaos.daemon import kill_runs_of_the_daemon
from tests.chaos.feed import Feed
from tests.chaos.victims import REPOSITORY, Ground, moment
from tests.rows import rows

_COMMANDS = {
    ("run",): 72,
    ("backfill", "--force", "--from", "2020-01-01", "--to", "2026-01-01"): 10,
    ("upkeep", "--keep-snapshots", "20"): 8,
    ("backup", "copy"): 3,
    ("doctor", "--mend"): 3,
    ("a first run",): 4,
}
"""What is killed, and how often in a hundred."""
_USUAL_SECONDS = 6.0
_READER_SECONDS = 120


class Report:
    """What was done, and what did not hold."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.kills: Counter[str] = Counter()
        self.moments: Counter[str] = Counter()
        self.completed = 0
        self.breaches: list[str] = []
        self.began = time.perf_counter()

    def breach(self, line: str) -> None:
        """Something that must not be; told at once."""
        self.breaches.append(line)
        self.say(f"BREACH {line}")

    def say(self, line: str) -> None:
        """A line for a person, with the seconds since the start."""
        print(f"{time.perf_counter() - self.began:7.1f} {line}", flush=True)

    def note(self, line: str) -> None:
        """A line for who looks into a breach."""
        with (self._folder / "journal").open("a", encoding="utf-8") as journal:
            journal.write(f"{time.perf_counter() - self.began:7.1f} {line}\n")


class Readers:
    """Two readers of the lake, each a process of its own."""

    def __init__(self, ground: Ground) -> None:
        self._files = [ground.folder / f"reader-{way}" for way in ("statement", "transaction")]
        self._processes = []
        for file in self._files:
            command = [sys.executable, "-m", "tests.chaos.reader", str(ground.lake), file.name.removeprefix("reader-")]
            with file.open("w") as out:
                self._processes.append(
                    subprocess.Popen(
                        command, stdin=subprocess.PIPE, stdout=out, env=ground.environment(), cwd=REPOSITORY
                    )
                )

    def end(self, report: Report) -> None:
        """Ends both, and takes over what they saw."""
        for process, file in zip(self._processes, self._files, strict=True):
            process.communicate(timeout=_READER_SECONDS)
            lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
            for line in lines[:-1]:
                report.breach(f"{file.name}: {line['law']}: {line['breach']}")
            if process.returncode or "reads" not in lines[-1]:
                report.breach(f"{file.name} ended with {process.returncode}")
            else:
                report.say(f"{file.name}: {lines[-1]['reads']} reads of {lines[-1]['snapshots']} snapshots")


def kill_commands(ground: Ground, kills: int, seed: int, report: Report) -> None:
    """Starts commands one after another and kills them, until so many were killed before their end."""
    chance = random.Random(seed)
    usual = [_USUAL_SECONDS]
    while sum(report.kills.values()) < kills and not report.breaches:
        [words] = chance.choices(list(_COMMANDS), list(_COMMANDS.values()))
        where = _first_run(ground) if words == ("a first run",) else ground
        when = moment(chance, statistics.median(usual))
        began = time.perf_counter()
        process = where.start(*(("run",) if where is not ground else words))
        when.wait(where.lake, lambda started=process: started.poll() is not None)
        process.kill()
        said, _ = process.communicate()
        took = time.perf_counter() - began
        report.note(f"{' '.join(words[:2])}: {when}: {process.returncode} after {took:.1f} s")
        if process.returncode == -9:
            report.kills[words[0]] += 1
            report.moments[when.name] += 1
            if sum(report.kills.values()) % 10 == 0:
                report.say(f"{sum(report.kills.values())} killed")
        elif process.returncode:
            report.breach(f"{' '.join(words)}: exit code {process.returncode}: {said.strip()[-500:]}")
        else:
            report.completed += 1
            if words == ("run",):
                usual.append(took)
        shutil.rmtree(ground.folder / "copy", ignore_errors=True)
        if where is not ground:
            _well(where, report)
            shutil.rmtree(where.folder)


def _first_run(ground: Ground) -> Ground:
    """A ground beside, with some of the drops and no lake yet."""
    where = Ground(ground.folder / "new")
    for path in sorted(ground.raw.rglob("*.txt"))[:20]:
        copy = where.raw / path.relative_to(ground.raw)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, copy)
    shutil.copy(REPOSITORY / "dagster.yaml", where.folder)
    return where


def _well(ground: Ground, report: Report) -> None:
    """The next run completes, the doctor mends what is to be mended, and then finds nothing."""
    for words in (("run",), ("doctor", "--mend"), ("doctor",), ("run",)):
        code, said = ground.run(*words)
        if code:
            report.breach(f"afterwards {' '.join(words)}: exit code {code}: {said.strip()[-1500:]}")


def same_rows(ground: Ground, untouched: Ground, report: Report) -> None:
    """All rows are those of the lake that knew the same first drops and was never killed."""
    code, said = untouched.run("run")
    if code:
        report.breach(f"the lake beside: exit code {code}: {said.strip()[-500:]}")
        return
    expected, found = rows(untouched.lake), rows(ground.lake)
    for table in expected:
        if expected[table] != found[table]:
            more, fewer = set(found[table]) - set(expected[table]), set(expected[table]) - set(found[table])
            shown = (sorted(more) + sorted(fewer) + ["rows are doubled"])[0][:300]
            report.breach(f"{table}: {len(more)} rows too many, {len(fewer)} missing, such as {shown}")
    report.say(f"{sum(map(len, found.values())):,} rows, {len(found['articles'])} articles, compared")


def trial(folder: Path, options: argparse.Namespace) -> Report:
    """One trial from the first drop to the last comparison."""
    report, ground = Report(folder), Ground(folder)
    shutil.copy(REPOSITORY / "dagster.yaml", folder)
    feed = Feed(ground.raw, options.seed, options.drops, options.pause)
    code, said = ground.run("run")
    if code:
        report.breach(f"the first run: {said}")
        return report
    untouched = Ground(folder / "untouched")
    shutil.copytree(ground.lake, untouched.lake)
    shutil.copy(REPOSITORY / "dagster.yaml", untouched.folder)
    untouched.raw.symlink_to(ground.raw)
    report.say("the first run is done; readers read, drops come, runs are killed")
    readers = Readers(ground)
    feed.start()
    kill_commands(ground, options.kills, options.seed, report)
    if options.daemon_kills and not report.breaches:
        kill_runs_of_the_daemon(ground, feed, options.daemon_kills, options.seed, report)
    feed.stop()
    if not report.breaches:
        _well(ground, report)
    readers.end(report)
    if not report.breaches:
        same_rows(ground, untouched, report)
    report.say(f"{feed.fed} drops came")
    return report


def main() -> None:
    """Prints what was killed when, and what did not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--daemon-kills", type=int, default=6, help="of runs that Dagster's daemon started")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--drops", type=int, default=5000, help="how many may come at most")
    parser.add_argument("--pause", type=float, default=1.0, help="seconds between two drops, on average")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="wirehouse-chaos-"))
    report = trial(folder, options)
    for what, counts in (("killed", report.kills), ("when", report.moments)):
        print(f"{what}: " + ", ".join(f"{name} {count}" for name, count in counts.most_common()))
    print(f"{report.completed} commands came to their end before they were killed")
    if report.breaches:
        raise SystemExit(
            f"{len(report.breaches)} breaches; {folder} is left as it was, its journal tells what was done"
        )
    shutil.rmtree(folder)
    print("Everything held.")


if __name__ == "__main__":
    main()
