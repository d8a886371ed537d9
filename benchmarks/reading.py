"""Reading, from bytes to articles: plain drops, web pages and odd encodings, each beside the library it has to match.

`python -m benchmarks.reading` prints CPU time on one core, all of it in one run: plain text through the assets ingest
and parse; pages through read_html and through trafilatura by itself; bytes through decode and through
charset-normalizer. `--day 100000` adds the memory that a day of so many articles takes, which needs minutes.
"""

import argparse
import os
import random
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import yaml

from benchmarks.corpus import generate, write
from benchmarks.job import OUT, in_fresh_process, report
from benchmarks.pages import render, story_of

_SENTENCES = Path(__file__).with_name("encodings.yaml")


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds that the work took."""
    started = time.process_time()
    work()
    return time.process_time() - started


def alternately(first: Callable[[], object], second: Callable[[], object], rounds: int = 3) -> tuple[float, float]:
    """The least CPU seconds of each over some rounds, one after the other so that a busy hour hits both."""
    times = [(cpu(first), cpu(second)) for _ in range(rounds)]
    return min(one for one, _ in times), min(other for _, other in times)


def plain(count: int) -> None:
    """Ingest and parse as the job runs them."""
    raw = OUT / "reading-raw"
    write(raw, generate(count, 1))
    costs = in_fresh_process(raw, OUT / "reading-lake")
    both = costs["ingest"]["cpu"] + costs["parse"]["cpu"]
    for stage in ("ingest", "parse"):
        print(f"  {stage:<28}{count / costs[stage]['cpu']:>10,.0f} articles / CPU s")
    print(f"  {'ingest and parse':<28}{count / both:>10,.0f} articles / CPU s   (aim: 2,000)")


def pages(count: int) -> None:
    """read_html beside trafilatura in its fast mode, on the same pages; and how much of the story each finds."""
    from trafilatura import bare_extraction

    from pipelines.ingest.html_page import read_html

    rng, drops = random.Random(7), [drop.text for drop in generate(count + 12, 7)]
    made = [(render(text, rng.sample(drops, 12), rng), story_of(text)) for text in drops[:count]]
    sizes = sorted(len(page) for page, _ in made)

    def theirs(page: str, *, with_metadata: bool) -> str:
        found = bare_extraction(page, fast=True, with_metadata=with_metadata, include_comments=False)
        return "" if found is None or isinstance(found, dict) else found.text or ""

    def ours(page: str) -> str:
        found = read_html(page)
        return getattr(found, "text", "")

    ours(made[0][0])
    print(f"  {count} pages of {sizes[0] // 1000} to {sizes[-1] // 1000} KB, half above {sizes[count // 2] // 1000} KB")
    for with_metadata in (True, False):
        own, other = alternately(
            lambda: [ours(page) for page, _ in made],
            lambda told=with_metadata: [theirs(page, with_metadata=told) for page, _ in made],  # type: ignore[misc]
        )
        named = f"trafilatura, {'with' if with_metadata else 'without'} metadata"
        print(f"  {'read_html':<28}{count / own:>10,.0f} pages / CPU s")
        print(f"  {named:<28}{count / other:>10,.0f} pages / CPU s   ratio {other / own:.2f} (aim: 0.90)")
    for name, texts in (
        ("read_html", [ours(page) for page, _ in made]),
        ("trafilatura", [theirs(page, with_metadata=False) for page, _ in made]),
    ):
        recall, precision = _words(texts, [story for _, story in made])
        print(f"  {name:<28}{recall:>10.3f} of the stories' words found, {precision:.3f} of what is found is theirs")


def _words(texts: Iterable[str], stories: Iterable[Sequence[str]]) -> tuple[float, float]:
    """Share of the stories' words that are in the texts, and of the texts' words that are the stories'."""
    found = wanted = right = 0
    for text, story in zip(texts, stories, strict=True):
        has, should = Counter(text.split()), Counter(" ".join(story).split())
        right, found, wanted = right + (has & should).total(), found + has.total(), wanted + should.total()
    return right / wanted, right / max(found, 1)


def encodings(count: int) -> None:
    """decode beside charset-normalizer: speed, and how often the text comes out as it went in."""
    from charset_normalizer import from_bytes

    from pipelines.ingest.decode import decode

    rng, texts = random.Random(3), list[tuple[str, bytes]]()
    languages = yaml.safe_load(_SENTENCES.read_text(encoding="utf-8"))
    choices = [(encoding, one["sentences"]) for one in languages for encoding in one["encodings"]]
    for number in range(count):
        encoding, sentences = choices[number % len(choices)]
        text = "\n\n".join(" ".join(rng.choices(sentences, k=4)) for _ in range(rng.randint(2, 8)))
        data = text.encode(encoding, "ignore")
        texts.append((data.decode(encoding), data))

    def ours(data: bytes) -> str:
        found = decode(data)
        return found.text if found else ""

    def theirs(data: bytes) -> str:
        return str(from_bytes(data).best() or "")

    own, other = alternately(
        lambda: [ours(data) for _, data in texts], lambda: [theirs(data) for _, data in texts], rounds=2
    )
    for name, seconds, read in (("decode", own, ours), ("charset-normalizer", other, theirs)):
        exact = sum(read(data).removeprefix("\ufeff") == text for text, data in texts)
        print(f"  {name:<28}{count / seconds:>10,.0f} texts / CPU s   {100 * exact / count:.1f} % exact")
    print(f"  {'ratio':<28}{other / own:>10.1f}   (aim: 5)")
    wrong = sorted({choices[i % len(choices)][0] for i, (text, data) in enumerate(texts) if ours(data) != text})
    if wrong:
        print(f"  decode is not always right in {', '.join(wrong)}")


def day(count: int) -> None:
    """A day of so many articles through all five assets."""
    raw, lake = OUT / "day-raw", OUT / "day-lake"
    write(raw, generate(count, 2))
    costs = in_fresh_process(raw, lake)
    report(costs, count)
    peak = max(cost["peak_mb"] for cost in costs.values())
    print(f"  peak {peak:,.0f} MB   (aim: 1,500)")
    shutil.rmtree(raw)
    shutil.rmtree(lake)


def main() -> None:
    """Every part, or those named."""
    parts: dict[str, tuple[Callable[[int], None], int]] = {
        "plain": (plain, 4_000), "pages": (pages, 150), "encodings": (encodings, 600),
    }  # fmt: skip
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[[], *parts], help="all if none is named")
    parser.add_argument("--day", type=int, metavar="COUNT", help="also take a day of so many articles through the job")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {0})
    for folder in OUT.glob("reading-*"):
        shutil.rmtree(folder)
    Path(OUT).mkdir(exist_ok=True)
    for name in options.parts or parts:
        work, count = parts[name]
        print(name, flush=True)
        work(count)
    if options.day:
        print(f"a day of {options.day:,} articles", flush=True)
        day(options.day)


if __name__ == "__main__":
    main()
