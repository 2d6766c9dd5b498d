"""Define places (city, region, country, area) and the form in which their names are compared."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

# Only in these countries do people write a region's postal code, and only there is it shown.
WITH_POSTAL_REGIONS = frozenset(("US", "CA"))

# Territories with their own ISO 3166 code that are often written with the country they belong to.
_BELONGS_TO = {"HK": "CN", "MO": "CN", "PR": "US", "GU": "US", "VI": "US", "RE": "FR", "GP": "FR", "MQ": "FR"}

# Names outside the Latin script go through Unicode's own tables, which is slow.
_LATIN_ENDS = "\u0250"


def _letters() -> dict[int, str]:
    """Return the replacement of each sign and of each non-ASCII Latin letter: the letter without accents."""
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
    """Return a name in lookup form: no case, accents, dots or apostrophes, and single blanks."""
    if name.isascii():
        name = name.lower()
        if name.isalpha():
            return name  # the common case: one word without signs
    else:
        name = name.casefold()
        if max(name) >= _LATIN_ENDS:
            name = _without_accents(name)
    return " ".join(name.translate(_LETTERS).split())


def lies_in(country: str | None, wider: str | None) -> bool:
    """Return whether a country is the other one or a territory of it: Hong Kong in "Hong Kong, China"."""
    return country is not None and wider in (country, _BELONGS_TO.get(country, country))


class City(NamedTuple):
    """A city: English name, region (US and Canada: postal code), country alpha-2, inhabitants.

    ``weight`` is above 1 for a city that the seed lists under its own name: of several cities of that name it is the
    one that job boards mean (Athens in Greece, Waterloo in Ontario).
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
        """Return whether a city lies here; outside the US and Canada, GeoNames gives only the country."""
        return city.country == self.country and (city.country not in WITH_POSTAL_REGIONS or city.region == self.code)


@dataclass(frozen=True, slots=True)
class Place:
    """All that a name may mean. Cities are ordered by population, largest first."""

    country: str | None = None
    regions: tuple[Region, ...] = ()
    cities: tuple[City, ...] = ()
    area: str | None = None
    # The name is a code in capitals: "IN" may be Indiana or India, "in" is a word.
    is_code: bool = False
    # The name is a city's only in another language or in former times.
    is_alternate: bool = False

    @property
    def is_admin(self) -> bool:
        """Whether the name may be a country or a part of one."""
        return self.country is not None or bool(self.regions)

    def largest_of(self, cities: Sequence[City]) -> City | None:
        """Return the first (largest) of ``cities`` in this name's regions, or else in its country; None if none is."""
        for region in self.regions:
            for city in cities:
                if region.holds(city):
                    return city
        return next((city for city in cities if lies_in(city.country, self.country)), None)
