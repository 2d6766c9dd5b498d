"""Compare the places of two postings: equal, partly shared, apart, or unknown."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache

from jobmarket.duplicates.regions import are_first_level, regions_named, whole_countries
from jobmarket.extract.facts import Location
from jobmarket.extract.geonames import cities
from jobmarket.extract.place_field import read_items

_METRO = re.compile(
    r"\b(?:bay area|silicon valley|santa clara valley|greater|metro|metropolitan|area|gro(?:ß|ss)raum)\b"
)
_REMOTE = re.compile(
    r"\b(?:remote|telecommut\w+|anywhere|worldwide|home ?office|work from home|t[ée]l[ée]travail|homeoffice)\b"
)
_METRO_KM = 80.0
_EARTH_KM = 6371.0


class Overlap(Enum):
    """What two sets of places have in common."""

    EQUAL = "equal"
    PARTIAL = "partial"
    WIDER = "wider"  # no city shared, but a country of one contains the cities or regions of the other
    UNKNOWN = "unknown"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Places:
    """Cities and countries; areas larger than a country ("EMEA"); whether a city includes its surroundings.

    ``regions`` are those that the field names, because ``named`` has no regions outside the US and Canada.
    ``whole`` are the countries that the field names without a region.
    """

    named: tuple[Location, ...] = ()
    areas: frozenset[str] = frozenset()
    regions: frozenset[tuple[str, str]] = frozenset()
    whole: frozenset[str] = frozenset()
    is_metro: bool = False
    stated: str = ""

    @property
    def names_a_city(self) -> bool:
        """Whether a city is named."""
        return any(place.city for place in self.named)

    @property
    def is_remote(self) -> bool:
        """Whether the field says that the work is remote."""
        return _REMOTE.search(self.stated) is not None

    @property
    def countries(self) -> frozenset[str]:
        """The countries of all places."""
        return frozenset(place.country for place in self.named if place.country)


def read_places(field: str | None, named: Sequence[Location]) -> Places:
    """Build places from a location field; ``named`` are those extracted from it or from the rest of the posting."""
    words = field or ""
    text = words.strip().lower()
    is_metro = bool(_METRO.search(text))
    return Places(tuple(named), _areas(text), regions_named(words), whole_countries(words), is_metro, text)


@lru_cache(maxsize=16_384)
def _areas(field: str) -> frozenset[str]:
    return frozenset(item.place.area for item in read_items(field) if item.place is not None and item.place.area)


def overlap(first: Places, second: Places) -> Overlap:
    """Compare places. Cities are apart only if both sides name cities; a country contains its cities and regions."""
    if not first.named or not second.named:
        if first.areas and second.areas and not first.named and not second.named:
            return Overlap.EQUAL if first.areas == second.areas else _apart_unless(first.areas & second.areas)
        return Overlap.EQUAL if first.stated and first.stated == second.stated else Overlap.UNKNOWN
    own, others = _cities(first.named), _cities(second.named)
    if own and others:
        is_metro = first.is_metro or second.is_metro
        shared = [one for one in own if any(_is_same(one, other) for other in others)]
        if not shared:
            is_near = is_metro and any(_are_near(one, other) for one in own for other in others)
            return Overlap.PARTIAL if is_near else Overlap.APART
        return Overlap.EQUAL if len(shared) == len(own) == len(others) else Overlap.PARTIAL
    areas, other_areas = _regions(first.named), _regions(second.named)
    if not areas & other_areas and not _holds(areas, other_areas) and not _holds(other_areas, areas):
        return Overlap.APART
    if not own and not others and areas == other_areas:
        return _of_regions(first, second)
    return Overlap.WIDER if bool(own) != bool(others) else Overlap.PARTIAL


def _of_regions(first: Places, second: Places) -> Overlap:
    """Compare places in the same countries by the regions that their fields name."""
    if first.regions == second.regions:
        return Overlap.EQUAL
    if not first.regions or not second.regions:
        return Overlap.WIDER
    if first.regions & second.regions or not are_first_level(first.regions | second.regions):
        return Overlap.PARTIAL
    # a country that a field names as a whole, or of which it names no region, contains the other's regions
    countries = {place.country for place in first.named}
    is_divided = not first.whole | second.whole and all(
        {country for country, _ in places.regions} == countries for places in (first, second)
    )
    return Overlap.APART if is_divided else Overlap.PARTIAL


def _apart_unless(shared: Collection[str]) -> Overlap:
    return Overlap.PARTIAL if shared else Overlap.APART


def _cities(places: Collection[Location]) -> list[Location]:
    return [place for place in places if place.city]


def _is_same(one: Location, other: Location) -> bool:
    return one.city == other.city and all(
        mine is None or theirs is None or mine == theirs
        for mine, theirs in ((one.country, other.country), (one.region, other.region))
    )


def _regions(places: Collection[Location]) -> set[tuple[str | None, str | None]]:
    return {(place.country, place.region) for place in places}


def _holds(wide: set[tuple[str | None, str | None]], narrow: set[tuple[str | None, str | None]]) -> bool:
    """Whether a whole country of ``wide`` contains a region of ``narrow``."""
    countries = {country for country, region in wide if region is None and country is not None}
    return any(country in countries for country, _ in narrow)


def _are_near(one: Location, other: Location) -> bool:
    """Whether one city may be in the other's surroundings."""
    if one.country != other.country or one.region != other.region:
        return False
    known = _coordinates()
    return any(
        _km(here, there) <= _METRO_KM
        for here in known.get((one.city or "", one.country or ""), ())
        for there in known.get((other.city or "", other.country or ""), ())
    )


@cache
def _coordinates() -> dict[tuple[str, str], list[tuple[float, float]]]:
    """Coordinates by city name and country; loaded when a field first names a metropolitan area (0.4 s)."""
    found: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for city in cities():
        found.setdefault((city["name"], city["countrycode"]), []).append((city["latitude"], city["longitude"]))
    return found


def _km(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Great-circle distance in km (haversine)."""
    latitude, longitude, latitude_there, longitude_there = map(math.radians, (*here, *there))
    chord = (
        math.sin((latitude_there - latitude) / 2) ** 2
        + math.cos(latitude) * math.cos(latitude_there) * math.sin((longitude_there - longitude) / 2) ** 2
    )
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(chord)))
