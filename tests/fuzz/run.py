"""Fuzzing of every reader: `python -m tests.fuzz.run --seconds 600 --seed 1 [--reader html]`, or one file to look at.

A worker process makes inputs and keeps those that reach lines of pipelines/ or outcomes never seen before; it may use
two gigabytes and twenty seconds for each input. This process watches over it: a worker that dies leaves the input that
it died of, and the next one takes over. Failures are cut down, told once each, and written with their traceback to a
folder. The exit code is 1 if there were any.
"""

import argparse
import faulthandler
import hashlib
import multiprocessing
import resource
import shlex
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from tests.fuzz.laws import hold_the_laws
from tests.fuzz.make_seeds import SEEDS
from tests.fuzz.mutate import Mutator

HERE = Path(__file__).parent
PIPELINES = str(HERE.parent.parent / "pipelines")
WALL_SECONDS = 20
MEMORY = 2 * 1024**3
SHRINK_SECONDS = 5
CALLS = 8


class Coverage:
    """Lines of pipelines/ that have run: `reached` counts them.

    A function is looked into for its first calls with an input only, and no longer once all its lines have run: to
    trace every line of every call would take five times as long as to read.
    """

    def __init__(self) -> None:
        self.reached = 0
        self._missing: dict[CodeType, set[int]] = {}
        self._calls: Counter[CodeType] = Counter()

    def __enter__(self) -> "Coverage":
        self._calls.clear()
        sys.settrace(self._call)
        return self

    def __exit__(self, *_: object) -> None:
        sys.settrace(None)

    def _call(self, frame: FrameType, event: str, argument: object) -> Any:
        code = frame.f_code
        if (missing := self._missing.get(code)) is None:
            missing = self._missing[code] = set()
            if code.co_filename.startswith(PIPELINES):
                missing |= {line for *_, line in code.co_lines() if line not in (None, code.co_firstlineno)}
        if not missing or self._calls[code] >= CALLS:
            return None
        self._calls[code] += 1

        def line(frame: FrameType, event: str, argument: object) -> Any:
            if frame.f_lineno in missing:
                missing.discard(frame.f_lineno)
                self.reached += 1
            return line

        return line


def seeds(reader: str | None) -> list[bytes]:
    """The seeds of a reader, or all; and what failed once."""
    files = sorted(SEEDS.glob(f"{reader or '*'}/*")) + sorted((HERE / "regressions").glob(f"{reader or '*'}/*"))
    return [file.read_bytes() for file in files]


def cause(error: BaseException) -> str:
    """What went wrong and where, the same for inputs that fail alike."""
    while isinstance(error, RuntimeError) and error.__cause__:  # a StopIteration out of a generator
        error = error.__cause__
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if frame.filename.startswith(str(HERE.parent.parent))]
    where = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in ours[:-4:-1])
    return f"{type(error).__name__} at {where}"


def failure(data: bytes) -> BaseException | None:
    """What the input breaks, if anything."""
    try:
        hold_the_laws(data)
    except (Exception, MemoryError) as error:
        return error
    return None


def shrink(data: bytes, wanted: str) -> bytes:
    """A shorter input with the same cause: pieces are left out, halved in size as long as time is left."""
    deadline, size = time.monotonic() + SHRINK_SECONDS, len(data) // 2
    while size and time.monotonic() < deadline:
        at = 0
        while at < len(data) and time.monotonic() < deadline:
            less = data[:at] + data[at + size :]
            faulthandler.dump_traceback_later(WALL_SECONDS, exit=True)
            if (error := failure(less)) and cause(error) == wanted:
                data = less
            else:
                at += size
        size //= 2
    return data


def fuzz(folder: Path, seconds: float, seed: int, reader: str | None) -> None:
    """The worker: makes and holds inputs until the time is over. What it keeps and finds lies in the folder."""
    mutator, coverage = Mutator(seed, reader), Coverage()
    corpus = seeds(reader) + [file.read_bytes() for file in sorted((folder / "kept").iterdir())]
    first, told = corpus[:], {file.stem for file in (folder / "found").iterdir()}
    for data in first:  # imports what readers import late, before memory is counted
        failure(data)
    used = (
        int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize() if sys.platform == "linux" else 0
    )
    if used:
        resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, resource.RLIM_INFINITY))
    seen: set[tuple[object, ...]] = set()
    started, count, current = time.monotonic(), 0, folder / "current"
    while first or time.monotonic() - started < seconds:
        # The shorter of two: it is quicker to read, and its changes hit what matters.
        old = min(mutator.rng.choice(corpus), mutator.rng.choice(corpus), key=len)
        data = first.pop() if first else mutator.mutate(old, corpus)
        current.write_bytes(data)
        reached, error = coverage.reached, None
        faulthandler.dump_traceback_later(WALL_SECONDS, exit=True)
        try:
            with coverage:
                marks = hold_the_laws(data)
        except (Exception, MemoryError) as caught:
            error, marks = caught, set()
        if error:
            name = hashlib.sha256((why := cause(error)).encode()).hexdigest()[:12]
            if name not in told:
                told.add(name)
                trace = "".join(traceback.format_exception(error))
                keep(folder, name, shrink(data, why), f"{why}\n{trace}")
        faulthandler.cancel_dump_traceback_later()
        if coverage.reached > reached or marks - seen:
            seen |= marks
            if count >= len(corpus):
                (folder / "kept" / f"{len(corpus):05d}").write_bytes(data)
                corpus.append(data)
        count += 1
        if count % 500 == 0:
            line = f"{count} inputs, {coverage.reached} lines, {len(seen)} outcomes, {len(corpus)} kept"
            print(f"\r{time.monotonic() - started:5.0f} s  {line}", end="", file=sys.stderr, flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"\n{count} inputs, {coverage.reached} lines, {len(seen)} outcomes, {len(corpus)} kept, peak {peak} MB")


def keep(folder: Path, name: str, data: bytes, story: str) -> None:
    """Writes a failure down and tells how to see it again."""
    file = folder / "found" / f"{name}.bin"
    file.write_bytes(data)
    file.with_suffix(".txt").write_text(story)
    print(f"\nFOUND {story.splitlines()[0]} ({len(data)} bytes)")
    print(f"  {sys.executable} -m tests.fuzz.run {shlex.quote(str(file))}", flush=True)


def watch(folder: Path, seconds: float, seed: int, reader: str | None) -> int:
    """Starts workers until the time is over; gives the number of failures found."""
    (folder / "kept").mkdir(parents=True, exist_ok=True)
    (folder / "found").mkdir(exist_ok=True)
    deadline, spawn = time.monotonic() + seconds, multiprocessing.get_context("spawn")
    while (left := deadline - time.monotonic()) > 0:
        worker = spawn.Process(target=fuzz, args=(folder, left, seed, reader))
        worker.start()
        worker.join()
        if worker.exitcode == 0:
            break
        if not (folder / "current").exists():
            raise SystemExit("The worker died before its first input: see above.")
        data = (folder / "current").read_bytes()
        name = "died-" + hashlib.sha256(data).hexdigest()[:12]
        if (folder / "found" / f"{name}.bin").exists():
            break  # a seed of the next worker's dies too: there is nothing to be learnt from more of them
        keep(
            folder,
            name,
            data,
            f"the worker died with {worker.exitcode}: more than {WALL_SECONDS} s or 2 GB, or a crash\n",
        )
        seed += 1
    return len(list((folder / "found").glob("*.bin")))


def main() -> None:
    """Fuzzes, or shows what one file does."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", help="an input to look at, in place of fuzzing")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    readers = sorted(path.name for path in SEEDS.iterdir())
    parser.add_argument("--reader", choices=readers, help="a folder of tests/fuzz/seeds; all if not given")
    parser.add_argument(
        "--folder", type=Path, help="where inputs are kept and failures written; a new one if not given"
    )
    options = parser.parse_args()
    if options.file:
        faulthandler.dump_traceback_later(WALL_SECONDS, exit=True)
        print(*sorted(map(repr, hold_the_laws(options.file.read_bytes()))), sep="\n")
        return
    folder = options.folder or Path(tempfile.mkdtemp(prefix="wirehouse-fuzz-"))
    found = watch(folder, options.seconds, options.seed, options.reader)
    print(f"{found} failures in {folder}")
    raise SystemExit(1 if found else 0)


if __name__ == "__main__":
    main()
