"""Facilities that bear the name of the town they serve, and are near it: 'Kabul airport', 'Lyon Airport'.

The town stands for where they are. Of a hospital, a street or a stadium its name says nothing of the kind, and that of
an airport may be a person's ('Logan Airport'), so a town counts only where the article names it, too, or is large.
"""

import re
from collections.abc import Set

from pipelines.extract.bearers import SETTLED
from pipelines.extract.geocode import PlaceReading
from pipelines.extract.placing import LARGE, is_own_name
from pipelines.records import Place

_SERVES = re.compile(
    r"\s(?:(?:international|regional|domestic|main|central)\s)?"
    r"(?:airport|airfield|aerodrome|port|harbou?r|(?:railway|railroad|train|bus)\sstation)\b",
    re.IGNORECASE,
)
_AHEAD = 40  # characters after a name that may still be of the facility


def town_of(text: str, start: int, end: int) -> int:
    """Where the town's name ends that a facility at text[start:end] begins with; `start` where there is none."""
    found = _SERVES.search(text, start, end + _AHEAD)
    return found.start() if found and start < found.start() <= end else start


def at_town(reading: PlaceReading, named: Set[Place | None]) -> PlaceReading | None:
    """What the reading of a facility's town says of the facility, `named` being the places of the article's names."""
    place = reading.place
    if place is None or place.kind not in SETTLED:
        return None
    if place not in named and not (place.population >= LARGE and is_own_name(place, reading.name.name)):
        return None
    candidate = reading.candidates[0]._replace(reason="named_after")
    return reading._replace(candidates=(candidate,), is_metonym=False)
