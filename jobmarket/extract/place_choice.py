"""Decide what a name means that may stand for several places: Cambridge, Georgia, "CA"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jobmarket.extract.facts import Location
from jobmarket.extract.place_field import read_items
from jobmarket.extract.place_found import Found, city_location, region_location
from jobmarket.extract.place_words import COUNTRY_WEIGHT
from jobmarket.extract.places import City, Place

# How much likelier a country's cities become when the field also names the country.
_NAMED_BESIDE = 4.0
# A name is clear if no other city of that name scores more than this share of the best one.
_CLEAR_SHARE = 0.67
# How many occurrences of "Cambridge, …" are tried in the text.
_MENTIONS = 3


def choose(found: Sequence[Found], stated: Mapping[str, float], text: str) -> list[Location]:
    """Return one location for each place found, without repetition.

    Args:
        found: The places of one field.
        stated: Countries known from elsewhere, each with how much likelier it makes its cities.
        text: A text that may resolve an ambiguous city ("Cambridge, MA").

    Returns:
        The locations. A city whose country stays open has no country; a country or region that stays open is left out.
    """
    known = dict(stated)
    for one in found:
        if one.location is not None and one.location.country:
            known[one.location.country] = max(known.get(one.location.country, 1.0), _NAMED_BESIDE)
    chosen: dict[Location, None] = {}
    for one in found:
        location = one.location
        if one.either:
            location = _of_known_country(one, known, found)
        elif location is None and one.cities:
            location = _clearest(one, known, text)
        elif location is None and one.item.place is not None:
            location = _country_or_region(one.item.place, known, found)
        if location is not None:
            chosen[location] = None
    return list(chosen)


def _of_known_country(one: Found, known: Mapping[str, float], found: Sequence[Found]) -> Location | None:
    """Choose between places in different countries ("Ontario, CA") by the country stated, or else named beside them."""
    beside = {other.cities[0].country: _NAMED_BESIDE for other in found if other.location is None and other.cities}
    weights = [max(known.get(each.country or "", 0.0), beside.get(each.country or "", 0.0)) for each in one.either]
    best = max(weights)
    return one.either[weights.index(best)] if weights.count(best) == 1 else None


def _clearest(one: Found, known: Mapping[str, float], text: str) -> Location:
    """Return the clearly best city, else what the text says, else the name with what its meanings have in common."""
    scores = {
        city: max(city.population, 1)
        * city.weight
        * COUNTRY_WEIGHT.get(city.country, 1.0)
        * known.get(city.country, 1.0)
        for city in one.cities
    }
    ranked = sorted(one.cities, key=lambda city: -scores[city])
    best = ranked[0]
    rivals = [city for city in ranked[1:] if scores[city] > _CLEAR_SHARE * scores[best]]
    if any(city.country != best.country for city in rivals):
        unclear = Location(best.name, None, None)
    elif best.region and any(city.region != best.region for city in rivals):
        unclear = Location(best.name, None, best.country)
    else:
        return city_location(best, one.item.direction)
    resolved = _resolved_in_text(best.name, ranked, text)
    return city_location(resolved) if resolved is not None else unclear


def _resolved_in_text(name: str, cities: Sequence[City], text: str) -> City | None:
    at = text.find(name + ", ")
    for _ in range(_MENTIONS):
        if at < 0:
            return None
        start = at + len(name) + 2
        for item in read_items(text[start : start + 30].split("\n")[0])[:1]:
            if item.place is not None and item.place.is_admin and (city := item.place.largest_of(cities)) is not None:
                return city
        at = text.find(name + ", ", start)
    return None


def _country_or_region(place: Place, known: Mapping[str, float], found: Sequence[Found]) -> Location | None:
    """Resolve Georgia, or a code such as CA, IN or DE, by what else the field names; None if that decides nothing."""
    region = place.regions[0]
    countries = {one.location.country for one in found if one.is_country and one.location is not None}
    beside_region = any(
        (one.location is not None and one.location.country == region.country and not one.is_country)
        or (one.cities and one.cities[0].country == region.country)
        for one in found
    )
    if place.country in known and place.country not in countries:
        return Location(None, None, place.country)
    if beside_region or (region.country in known and not countries):
        return region_location(region)
    return Location(None, None, place.country) if countries else None
