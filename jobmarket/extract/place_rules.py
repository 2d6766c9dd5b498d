"""Questions about names that stand together in a field; the answers need nothing but the names."""

from __future__ import annotations

from jobmarket.extract.place_field import Item
from jobmarket.extract.place_found import names_main_city
from jobmarket.extract.place_words import CLEAR_CODES, CODES_OF_TRADE, NO_PLACE
from jobmarket.extract.places import City, Place, Region

# A city among unknown words ("Acme Works Berlin") must be this large.
AMONG_WORDS_FROM = 100_000
# Written "City, ST", a city that GeoNames knows elsewhere is believed to be a small namesake, up to this size.
_NAMESAKE_UP_TO = 500_000
# A namesake so many times smaller than the largest city of the name is not meant where a list may be.
_SHADOWED_BY = 20
# Countries whose name is the name of their city: no other place can be meant.
CITY_STATES = {"SG": "Singapore", "HK": "Hong Kong", "MO": "Macau", "MC": "Monaco"}


def looks_like_name(text: str) -> bool:
    """Whether unknown words may name a town: one to four, with a capital, no numbers, nothing about visas or pay."""
    words = text.split()
    return (
        0 < len(words) <= 4
        and not any(c.isdigit() for c in text)
        and (words[0][0].isupper() or words[0][0] == "'")
        and len(text) > 2
        and not any(word.casefold() in NO_PLACE for word in words)
    )


def is_second_place(item: Item, following: Item) -> bool:
    """Whether "…, Remote US" or "NYC / Remote US" names a place of its own."""
    return following.after_remote or (following.sep == "/" and following.with_remote and not item.with_remote)


def is_rather_admin(place: Place, second: Place) -> bool:
    """A country or region that has a small namesake in the next place: "Georgia, USA", "Florida, USA"."""
    if place.country and second.country and place.country not in CITY_STATES:
        return True
    own = place.regions[0] if place.regions else None
    return own is not None and second.country == own.country and not names_main_city(place, own)


def is_city_of_state(following: Item, city: City) -> bool:
    """Whether the code of a US state stands behind a name of its city: "PA" behind "Lebanon", "CA" behind "Ontario"."""
    state = following.place
    return (
        state is not None
        and state.is_code
        and following.sep in (",", " ", "(")
        and any(region.country == "US" and region.holds(city) for region in state.regions)
    )


def is_list(place: Place, city: City, second: Place) -> bool:
    """Whether "Boston, New York" are two cities: no hamlet in the state of New York is meant."""
    largest = place.cities[0]
    return (
        not second.is_code
        and names_main_city(second, Region(city.region, city.country))
        and largest.country == city.country
        and largest.population > _SHADOWED_BY * city.population
    )


def is_namesake(place: Place, following: Item) -> bool:
    """Whether "City, ST" names a town that GeoNames does not know there, but elsewhere."""
    second = following.place
    if second is None or place.is_admin or following.sep not in (",", " ", "("):
        return False
    if second.cities and not second.is_code:
        return False
    return place.cities[0].population < (_NAMESAKE_UP_TO if second.regions else AMONG_WORDS_FROM)


def is_code_for_place(item: Item) -> bool:
    """Whether capitals in a header are a country or state: "AI", "ML", "SWE" and "BE" are mostly not."""
    code = item.text.replace(".", "")
    return code in CLEAR_CODES or (item.after_remote and code not in CODES_OF_TRADE)
