"""Read an address in the order country, city, region: "IND, Pune, Maharashtra, 411001".

Some boards write postal addresses this way, with a three-letter country code. The order identifies parts that names
alone leave ambiguous: Santiago is one of several, "Lara" is a state here and a town elsewhere, and "Belém, Pará" is one
place rather than two.
"""

from __future__ import annotations

import re

from jobmarket.extract.facts import Location
from jobmarket.extract.gazetteer import gazetteer
from jobmarket.extract.place_found import city_location, region_location
from jobmarket.extract.place_rules import CITY_STATES, looks_like_name
from jobmarket.extract.place_words import REMOTE
from jobmarket.extract.places import City, Place, Region, fold_name

_ADDRESS = re.compile(r"(?P<country>[A-Z]{3}), (?P<city>[^,]{2,60})(?:, (?P<region>[^,]{2,60})(?:,.*)?)?", re.DOTALL)
_OF_A_TOWN = re.compile(r"(?:City|Town|Township|Village|Borough) of (?=[A-Z])")
# Inhabitants. A city of this size gives its name to its districts ("Bengaluru East").
_HAS_QUARTERS_FROM = 100_000


def read_address(piece: str) -> Location | None:
    """Return the place of an address; None if the text is not an address, or has its city and region swapped.

    A town that the gazetteer does not know is returned as written, as long as its region is known.
    """
    match = _ADDRESS.fullmatch(piece.strip())
    names = gazetteer()
    coded = names.coded(match["country"]) if match else None
    if match is None or coded is None or coded.country is None:
        return None
    country = coded.country
    written = _OF_A_TOWN.sub("", match["city"]).strip()
    named = names.named(fold_name(written))
    if match["region"] is None:
        if named is None or not _is_abroad(named, country):
            return None
        own = _of_country(named, country)
        return Location(None, None, country) if own is None else region_location(own)
    region = _of_country(names.named(fold_name(match["region"])), country)
    if named is not None and _is_no_city(named, region, country):
        return None
    within = Place(country=country) if region is None else Place(regions=(region,))
    city = _city(written, named, within)
    if city is not None:
        return city_location(city)
    if region is None:
        return Location(written, None, country) if named is not None and _is_abroad(named, country) else None
    if fold_name(written) in REMOTE or not looks_like_name(written):
        return region_location(region)
    return region_location(region, written)


def _of_country(place: Place | None, country: str) -> Region | None:
    """Return the region of a country that a name means, if any."""
    if place is None:
        return None
    return next((region for region in place.regions if region.country == country), None)


def _is_abroad(place: Place, country: str) -> bool:
    """Return whether a name means only cities of other countries."""
    return place.country is None and bool(place.cities) and Place(country=country).largest_of(place.cities) is None


def _is_no_city(place: Place, region: Region | None, country: str) -> bool:
    """Return whether the city's position contains the country instead, or a region of it before a city."""
    if place.country == country:
        return country not in CITY_STATES
    return region is None and _of_country(place, country) is not None


def _city(written: str, named: Place | None, within: Place) -> City | None:
    """Return the named city in the region or country, else the city whose district is named, else None."""
    if named is not None and (city := within.largest_of(named.cities)) is not None:
        return city
    head, _, rest = written.rpartition(" ")
    wider = gazetteer().named(fold_name(head)) if head and rest else None
    city = within.largest_of(wider.cities) if wider is not None else None
    return city if city is not None and city.population >= _HAS_QUARTERS_FROM else None
