"""The whole job on generated drops, stage by stage: articles per CPU-second and peak memory.

`python -m benchmarks.job --count 10000` writes a corpus of that many drops on one day below benchmarks/out, takes it
through all five assets in a fresh process and prints what each cost. Generation is not counted; Dagster's start, its
own work and the first look at the inbox are, in a line of their own. Names are read by the rules alone, unless
WIREHOUSE_NER says otherwise; what reading them with the model costs is names.py's.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.corpus import generate, write

OUT = Path(__file__).parent / "out"
NER = os.environ.get("WIREHOUSE_NER") or "rules"
"""With the model, reading names costs ten times all the rest of the job, and would hide it; see names.py."""


class Meter:
    """Listens to a run and notes CPU seconds and peak memory at the end of each stage."""

    def __init__(self) -> None:
        self.marks: list[tuple[str, float, int]] = [("start", 0.0, 0)]

    def say(self, line: str) -> None:
        """Lines for a person go to standard error."""
        print(line, file=sys.stderr)

    def done(self, stage: str, day: str) -> None:
        """The stage is through with a day."""
        self.mark(stage)

    def mark(self, stage: str) -> None:
        """Everything since the last mark belongs to `stage`."""
        usage = resource.getrusage(resource.RUSAGE_SELF)
        self.marks.append((stage, usage.ru_utime + usage.ru_stime, usage.ru_maxrss))

    def costs(self) -> dict[str, dict[str, float]]:
        """CPU seconds by stage, and the peak of memory up to its end in MB."""
        costs: dict[str, dict[str, float]] = {}
        for (_, before, _), (stage, after, peak) in zip(self.marks, self.marks[1:], strict=False):
            cost = costs.setdefault(stage, {"cpu": 0.0, "peak_mb": 0.0})
            cost["cpu"] += after - before
            cost["peak_mb"] = max(cost["peak_mb"], peak / 1024)
        return costs


def measure(raw: Path, lake: Path, days: list[str] | None = None, ner: str = NER) -> dict[str, dict[str, float]]:
    """Runs the job in this process; costs by stage, 'orchestration' being what no stage answers for."""
    import datetime as dt

    import dagster as dg

    from assets.runs import publish_range
    from assets.settings import Settings
    from warehouse import ledger
    from warehouse.lake import Lake

    meter = Meter()
    where = Settings(raw=raw.absolute(), lake=lake.absolute(), dagster_home=OUT.absolute(), ner=ner)
    with Lake.open(where.lake) as opened:
        ledger.update(opened, where.raw, dt.datetime.now(dt.UTC))
        due = days or ledger.due_days(opened)
    (OUT / "dagster").mkdir(exist_ok=True)
    with dg.DagsterInstance.local_temp(str(OUT / "dagster")) as instance:
        meter.mark("start")
        outcome = publish_range(where, due, instance, meter)
    meter.mark("end")
    if outcome.problems:
        raise SystemExit("\n".join(outcome.problems))
    costs = meter.costs()
    start, end = costs.pop("start"), costs.pop("end")
    costs["orchestration"] = {"cpu": start["cpu"] + end["cpu"], "peak_mb": end["peak_mb"]}
    return costs


def in_fresh_process(
    raw: Path, lake: Path, days: list[str] | None = None, ner: str = NER
) -> dict[str, dict[str, float]]:
    """The same as `measure`, in a process of its own held to one core, so that peaks and CPU times are its own."""
    code = (
        "import json; from pathlib import Path; from benchmarks.job import measure;"
        f" print(json.dumps(measure(Path({str(raw)!r}), Path({str(lake)!r}), {days!r}, {ner!r})))"
    )
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # compiling all of Dagster anew is no part of the job
    pinned = ["taskset", "-c", "0"] if shutil.which("taskset") else []
    answer = subprocess.run(
        [*pinned, sys.executable, "-c", code], check=True, stdout=subprocess.PIPE, text=True, env=environment
    )
    costs: dict[str, dict[str, float]] = json.loads(answer.stdout.splitlines()[-1])
    return costs


def report(costs: dict[str, dict[str, float]], count: int) -> None:
    """One line a stage, then the whole."""
    print(f"{'stage':<15}{'CPU s':>8}{'articles / CPU s':>18}{'peak MB':>10}")
    for stage, cost in costs.items():
        rate = "" if stage == "orchestration" else f"{count / max(cost['cpu'], 1e-9):,.0f}"
        print(f"{stage:<15}{cost['cpu']:>8.2f}{rate:>18}{cost['peak_mb']:>10.0f}")
    stages = sum(cost["cpu"] for stage, cost in costs.items() if stage != "orchestration")
    whole = sum(cost["cpu"] for cost in costs.values())
    peak = max(cost["peak_mb"] for cost in costs.values())
    print(f"{'five stages':<15}{stages:>8.2f}{count / stages:>18,.0f}{peak:>10.0f}")
    print(f"{'whole job':<15}{whole:>8.2f}{count / whole:>18,.0f}{peak:>10.0f}")


def main() -> None:
    """Generates, warms the compiled kernels, measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    shutil.rmtree(OUT, ignore_errors=True)
    raw = OUT / "raw"
    began = time.perf_counter()
    size = write(raw, generate(options.count, options.seed))
    print(f"{options.count:,} drops, {size / 1e6:.0f} MB, generated in {time.perf_counter() - began:.0f} s")
    write(OUT / "warm", generate(20, 0))
    in_fresh_process(OUT / "warm", OUT / "warm-lake")  # compiles the kernels into their cache, if they are not there
    report(in_fresh_process(raw, OUT / "lake"), options.count)
    if NER == "rules":
        print("Names were read by the rules alone; what the model costs: make bench-names")


if __name__ == "__main__":
    main()
