"""What a place is: city, region, country or area; and the form in which names of places are compared."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

# Only here do people write a region's postal code, and only here is it shown.
WITH_POSTAL_REGIONS = frozenset(("US", "CA"))

# Territories with an ISO 3166 code of their own, which are often written with the country they belong to.
_BELONGS_TO = {"HK": "CN", "MO": "CN", "PR": "US", "GU": "US", "VI": "US", "RE": "FR", "GP": "FR", "MQ": "FR"}

# Names in other scripts than the Latin are folded by Unicode's own tables, slowly.
_LATIN_ENDS = "\u0250"


def _letters() -> dict[int, str]:
    """What replaces each sign and each Latin letter that is not ASCII: the letter without its accents."""
    letters = {
        **dict.fromkeys(".'’‘`ʼ", ""),
        **dict.fromkeys("-–—‑/,()\u00a0", " "),
        "&": " and ",
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
    }
    for letter in map(chr, range(0xA0, ord(_LATIN_ENDS))):
        letters.setdefault(letter, "".join(letters.get(base, base) for base in _without_accents(letter)))
    return str.maketrans(letters)


def _without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()


_LETTERS = _letters()


def fold_name(name: str) -> str:
    """A name as it is looked up: no case, no accents, no dots or apostrophes, single spaces."""
    if name.isascii():
        name = name.lower()
        if name.isalpha():
            return name  # most names: one word without a mark
    else:
        name = name.casefold()
        if max(name) >= _LATIN_ENDS:
            name = _without_accents(name)
    return " ".join(name.translate(_LETTERS).split())


def lies_in(country: str | None, wider: str | None) -> bool:
    """Whether a country is the other one or a territory of it: Hong Kong lies in "Hong Kong, China"."""
    return country is not None and wider in (country, _BELONGS_TO.get(country, country))


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

    def holds(self, city: City) -> bool:
        """Whether a city lies here; outside the US and Canada GeoNames tells the country only."""
        return city.country == self.country and (city.country not in WITH_POSTAL_REGIONS or city.region == self.code)


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

    @property
    def is_admin(self) -> bool:
        """Whether it may be a country or a part of one."""
        return self.country is not None or bool(self.regions)

    def largest_of(self, cities: Sequence[City]) -> City | None:
        """The first of ``cities`` (the largest) that lies in a region, else the country, of this name."""
        for region in self.regions:
            for city in cities:
                if region.holds(city):
                    return city
        return next((city for city in cities if lies_in(city.country, self.country)), None)
