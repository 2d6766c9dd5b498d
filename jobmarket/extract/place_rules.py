"""Rules about names that stand together in a field; they need nothing but the names."""

from __future__ import annotations

from jobmarket.extract.place_field import Item
from jobmarket.extract.place_found import names_main_city
from jobmarket.extract.place_words import CLEAR_CODES, CODES_OF_TRADE, NO_PLACE
from jobmarket.extract.places import City, Place, Region

# Inhabitants that a city among unknown words ("Acme Works Berlin") must have.
AMONG_WORDS_FROM = 100_000
# Inhabitants. Written "City, ST", a larger city that GeoNames knows elsewhere is not taken for a small namesake.
_NAMESAKE_UP_TO = 500_000
# Where a list is possible, a namesake this many times smaller than the largest city of the name is not meant.
_SHADOWED_BY = 20
# Countries named like their city, so that no other place can be meant.
CITY_STATES = {"SG": "Singapore", "HK": "Hong Kong", "MO": "Macau", "MC": "Monaco"}


def looks_like_name(text: str) -> bool:
    """Return whether unknown words may name a town: one to four, capitalised, no digits, nothing about visas or pay."""
    words = text.split()
    return (
        0 < len(words) <= 4
        and not any(c.isdigit() for c in text)
        and (words[0][0].isupper() or words[0][0] == "'")
        and len(text) > 2
        and not any(word.casefold() in NO_PLACE for word in words)
    )


def is_second_place(item: Item, following: Item) -> bool:
    """Return whether "…, Remote US" or "NYC / Remote US" names a second place."""
    return following.after_remote or (following.sep == "/" and following.with_remote and not item.with_remote)


def is_rather_admin(place: Place, second: Place) -> bool:
    """Return whether a country or region is meant rather than a small namesake: "Georgia, USA", "Florida, USA"."""
    if place.country and second.country and place.country not in CITY_STATES:
        return True
    own = place.regions[0] if place.regions else None
    return own is not None and second.country == own.country and not names_main_city(place, own)


def is_city_of_state(following: Item, city: City) -> bool:
    """Return whether a state code follows the name of a city in that state: "Lebanon, PA", "Ontario, CA"."""
    state = following.place
    return (
        state is not None
        and state.is_code
        and following.sep in (",", " ", "(")
        and any(region.country == "US" and region.holds(city) for region in state.regions)
    )


def country_behind_region(region: Item, following: Item | None) -> Place | None:
    """Return the country whose code follows that of its region, or None: in "Berlin, BE, DE", BE is not Belgium."""
    if following is None or region.place is None or following.place is None:
        return None
    code, country = region.place, following.place
    is_written_so = code.is_code and country.is_code and region.sep == following.sep == ","
    return country if is_written_so and country.country not in (None, code.country) else None


def is_list(place: Place, city: City, second: Place) -> bool:
    """Return whether "Boston, New York" lists two cities, rather than naming a hamlet in the state of New York."""
    largest = place.cities[0]
    return (
        not second.is_code
        and names_main_city(second, Region(city.region, city.country))
        and largest.country == city.country
        and largest.population > _SHADOWED_BY * city.population
    )


def is_namesake(place: Place, following: Item) -> bool:
    """Return whether "City, ST" names a town that GeoNames knows only elsewhere."""
    second = following.place
    if second is None or place.is_admin or following.sep not in (",", " ", "("):
        return False
    if second.cities and not second.is_code:
        return False
    return place.cities[0].population < (_NAMESAKE_UP_TO if second.regions else AMONG_WORDS_FROM)


def is_code_for_place(item: Item) -> bool:
    """Return whether capitals in a header mean a country or state; "AI", "ML", "SWE" and "BE" mostly do not."""
    code = item.text.replace(".", "")
    return code in CLEAR_CODES or (item.after_remote and code not in CODES_OF_TRADE)
