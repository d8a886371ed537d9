"""Dates: find_dates beside dateparser's search_dates, on the same generated articles and the same labelled sentences.

`python -m benchmarks.dates` prints CPU time on one core, both of it in one run, and how many of the expressions in the
`dev` half of tests/quality/time_expressions.yaml each reads: the same words and the same first day. That is kind to
dateparser, which knows neither last day nor grain. dateparser is the extra `bench`; without it only ours is measured.
"""

import argparse
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path

import yaml

from benchmarks.corpus import generate
from benchmarks.reading import cpu
from pipelines.extract.dates import find_dates

_LABELS = Path(__file__).parent.parent / "tests" / "quality" / "time_expressions.yaml"
_LEADING = re.compile(r"^(?:(?:on|in|the|at|by|until|since|from|of) )+")  # held against nobody
# The expressions of a text as (surface, first day), given the text and the day of publication.
Reader = Callable[[str, date], list[tuple[str, date]]]


def ours(text: str, published_on: date) -> list[tuple[str, date]]:
    """What find_dates reads."""
    return [(text[found.start : found.end], found.first) for found in find_dates(text, 0, len(text), published_on)]


def theirs(text: str, published_on: date) -> list[tuple[str, date]]:
    """What dateparser reads, told that the text is English and that weekdays and months lie in the past."""
    from dateparser.search import search_dates

    base = datetime.combine(published_on, datetime.min.time())
    settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past", "PREFER_DAY_OF_MONTH": "first"}
    found = search_dates(text, languages=["en"], settings=settings) or []
    return [(surface, moment.date()) for surface, moment in found]


def speed(name: str, read: Reader, texts: list[str]) -> float:
    """Words a CPU-second over the texts, the best of three rounds."""
    words = sum(len(text.split()) for text in texts)
    least = min(cpu(lambda: [read(text, date(2020, 2, 3)) for text in texts]) for _ in range(3))
    print(f"  {name:<28}{words / least:>12,.0f} words / CPU s   ({len(texts):,} articles)")
    return words / least


def _sentences() -> Iterator[tuple[str, str, date, date]]:
    """Text, expression, its first day and the day of publication."""
    labels = yaml.safe_load(_LABELS.read_text("utf-8"))["dev"]
    for published_on, sentences in labels.items():
        for marked, first, *_ in sentences:
            if surface := re.search(r"\{(.*)\}", marked):
                yield re.sub(r"[{}]", "", marked), surface[1], first, published_on


def quality(name: str, read: Reader) -> None:
    """How many expressions are read word for word, and how many to the right first day whatever the words."""
    exactly = days = total = 0
    for text, surface, first, published_on in _sentences():
        got = read(text, published_on)
        exactly += (_LEADING.sub("", surface), first) in [(_LEADING.sub("", found), day) for found, day in got]
        days += any(day == first for _, day in got)
        total += 1
    print(f"  {name:<28}{exactly:>12} of {total} with their words, {days} to the first day")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--count", type=int, default=1000, help="articles for find_dates")
    parser.add_argument("--peer-count", type=int, default=100, help="of them for dateparser, which is slow")
    args = parser.parse_args()
    texts = [report.text for report in generate(args.count, 5)]
    speed("find_dates", ours, texts)
    quality("find_dates", ours)
    if not find_spec("dateparser"):
        print("  dateparser is not installed: pip install 'wirehouse[bench]' to measure it beside")
        return
    few = texts[: args.peer_count]
    own = speed("find_dates", ours, few)
    other = speed("dateparser search_dates", theirs, few)
    quality("dateparser search_dates", theirs)
    print(f"  on the same articles find_dates is {own / other:,.0f} times as fast")


if __name__ == "__main__":
    main()
