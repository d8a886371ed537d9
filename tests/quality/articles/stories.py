"""Reads the stories and the layouts, and takes a story's body apart into its blocks."""

import datetime as dt
import random
import re
from functools import cache
from pathlib import Path

import yaml

from tests.quality.articles.wording import months, weekdays

FOLDER = Path(__file__).parent


@cache
def stories() -> tuple[dict, ...]:
    """All stories, in the order of their files."""
    found = [
        story for file in sorted(FOLDER.glob("stories/*.yaml")) for story in yaml.safe_load(file.read_text("utf-8"))
    ]
    assert len({story["id"] for story in found}) == len(found)
    return tuple(found)


@cache
def layouts() -> tuple[dict, ...]:
    """All layouts, in the order of their files."""
    return tuple(
        layout for file in sorted(FOLDER.glob("layouts/*.yaml")) for layout in yaml.safe_load(file.read_text("utf-8"))
    )


def calendar(day: dt.date, lang: str, rng: random.Random | None = None) -> dict:
    """The fields of a date template for the day: {d} {dd} {mm} {yyyy} {Mon} {Month} {Wd} {Weekday} {hh} {mi} …"""
    hour, minute = (rng.randrange(6, 23), rng.randrange(60)) if rng else (12, 0)
    month, weekday = months(lang)[day.month - 1], weekdays(lang)[day.weekday()]
    return {
        "d": day.day,
        "dd": f"{day.day:02}",
        "dth": f"{day.day}{'th' if 10 < day.day < 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day.day % 10, 'th')}",
        "m": day.month,
        "mm": f"{day.month:02}",
        "yyyy": day.year,
        "Month": month,
        "MONTH": month.upper(),
        "Mon": month if lang == "en" and len(month) < 5 else month[:3],
        "Weekday": weekday,
        "Wd": weekday[:3],
        "hh": f"{hour:02}",
        "mi": f"{minute:02}",
        "h12": (hour - 1) % 12 + 1,
        "ampm": "am" if hour < 12 else "pm",
    }


def blocks(story: dict) -> list[tuple[str, str]]:
    """(kind, text) of the story's body: kinds p, sub, quote, li, ol, time."""
    lang = story["lang"]
    names = weekdays(lang)
    at = story["day"].weekday()
    days = {"today": names[at], "yesterday": names[at - 1], "tomorrow": names[(at + 1) % 7], "before": names[at - 2]}
    found = []
    for block in story["body"].strip().split("\n\n"):
        block = re.sub(r"\{(today|yesterday|tomorrow|before)\}", lambda match: days[match[1]], block)
        for line in block.split("\n"):
            kind, mark = next(
                (
                    (kind, mark)
                    for kind, mark in (("sub", "## "), ("quote", "> "), ("li", "- "), ("time", "@ "))
                    if line.startswith(mark)
                ),
                ("ol", "") if re.match(r"\d+\. ", line) else ("p", ""),
            )
            found.append((kind, line[len(mark) :].strip()))
    return found
