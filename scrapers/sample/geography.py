"""The countries and cities of the sample market, how boards write them, and their currencies."""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Country:
    """A country of the sample market. ``names`` are the spellings that boards use, the formal one first."""

    code: str
    currency: str
    names: tuple[str, ...]
    remote: tuple[str, ...]


@dataclass(frozen=True)
class City:
    """A city. ``region`` is the abbreviation of its state or province if addresses usually contain it, else empty."""

    name: str
    region: str
    region_name: str
    country: str


COUNTRIES: dict[str, Country] = {
    country.code: country
    for country in (
        Country(
            "US", "USD", ("United States", "USA", "US"), ("Remote - US", "Remote (US)", "US-Remote", "United States")
        ),
        Country(
            "GB", "GBP", ("United Kingdom", "UK", "England"), ("Remote - UK", "Remote, United Kingdom", "UK (Remote)")
        ),
        Country(
            "DE", "EUR", ("Germany", "Deutschland"), ("Remote - Germany", "Remote (Germany)", "Remote, Deutschland")
        ),
        Country("FR", "EUR", ("France",), ("Remote - France", "France (télétravail)", "Remote, France")),
        Country("CA", "CAD", ("Canada",), ("Remote - Canada", "Remote (Canada)", "Canada")),
        Country("NL", "EUR", ("Netherlands", "The Netherlands"), ("Remote - Netherlands", "Remote (Netherlands)")),
        Country("IN", "INR", ("India",), ("Remote - India", "India (Remote)", "Remote, India")),
        Country("CH", "CHF", ("Switzerland",), ("Remote - Switzerland",)),
        Country("ES", "EUR", ("Spain",), ("Remote - Spain", "Spain (Remote)")),
        Country("PL", "PLN", ("Poland",), ("Remote - Poland", "Poland (Remote)")),
    )
}

_CITY_ROWS = (
    "San Francisco|CA|California|US|10",
    "New York|NY|New York|US|10",
    "Seattle|WA|Washington|US|6",
    "Boston|MA|Massachusetts|US|4",
    "Austin|TX|Texas|US|4",
    "Palo Alto|CA|California|US|3",
    "Chicago|IL|Illinois|US|2",
    "Denver|CO|Colorado|US|2",
    "London||England|GB|10",
    "Manchester||England|GB|2",
    "Edinburgh||Scotland|GB|2",
    "Bristol||England|GB|2",
    "Berlin||Berlin|DE|8",
    "Munich||Bavaria|DE|5",
    "Hamburg||Hamburg|DE|2",
    "Cologne||North Rhine-Westphalia|DE|1",
    "Paris||Île-de-France|FR|9",
    "Lyon||Auvergne-Rhône-Alpes|FR|2",
    "Toulouse||Occitanie|FR|1",
    "Toronto|ON|Ontario|CA|6",
    "Montreal|QC|Quebec|CA|4",
    "Vancouver|BC|British Columbia|CA|3",
    "Amsterdam||North Holland|NL|6",
    "Utrecht||Utrecht|NL|2",
    "Eindhoven||North Brabant|NL|1",
    "Bengaluru||Karnataka|IN|8",
    "Hyderabad||Telangana|IN|4",
    "Pune||Maharashtra|IN|2",
    "Zurich||Zurich|CH|5",
    "Barcelona||Catalonia|ES|3",
    "Madrid||Madrid|ES|3",
    "Warsaw||Masovia|PL|3",
    "Krakow||Lesser Poland|PL|2",
)

CITIES: dict[str, tuple[City, ...]] = {}
_CITY_WEIGHTS: dict[str, tuple[int, ...]] = {}
for _row in _CITY_ROWS:
    _name, _region, _region_name, _country, _weight = _row.split("|")
    CITIES[_country] = (*CITIES.get(_country, ()), City(_name, _region, _region_name, _country))
    _CITY_WEIGHTS[_country] = (*_CITY_WEIGHTS.get(_country, ()), int(_weight))

# Names that boards use for a city beside its English name.
_LOCAL_NAMES = {
    "Munich": "München",
    "Cologne": "Köln",
    "Bengaluru": "Bangalore",
    "Montreal": "Montréal",
    "Zurich": "Zürich",
}


def draw_city(rng: random.Random, country: str) -> City:
    """Draw a city of the country, large ones more often."""
    return rng.choices(CITIES[country], _CITY_WEIGHTS[country])[0]


def share_of_city(country: str, name: str) -> float:
    """Return the probability that a job in the country is in this city."""
    weights = dict(zip((city.name for city in CITIES[country]), _CITY_WEIGHTS[country], strict=True))
    return weights[name] / sum(weights.values())


def other_city(rng: random.Random, city: City) -> City:
    """Draw another city in the same country."""
    return rng.choice([other for other in CITIES[city.country] if other != city])


def write_city(city: City, style: int) -> str:
    """Write the city for a board's location field. ``style`` is the employer's habit, 0 to 3."""
    country = COUNTRIES[city.country]
    if city.region:
        return (
            f"{city.name}, {city.region}",
            city.name,
            f"{city.name}, {city.region_name}, {country.names[0]}",
            f"{city.name}, {city.region}, {country.names[1 % len(country.names)]}",
        )[style % 4]
    return (
        f"{city.name}, {country.names[0]}",
        city.name,
        f"{city.name}, {city.region_name}, {country.names[0]}",
        f"{_LOCAL_NAMES.get(city.name, city.name)}, {country.names[-1]}",
    )[style % 4]


def write_remote(country: str, style: int) -> str:
    """Write remote work in a country for a board's location field."""
    writings = COUNTRIES[country].remote
    return writings[style % len(writings)]
