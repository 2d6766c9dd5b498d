"""A place found in a field, and how it is told: city, postal region, country."""

from __future__ import annotations

from dataclasses import dataclass

from jobmarket.extract.facts import Location
from jobmarket.extract.place_field import Item
from jobmarket.extract.places import WITH_POSTAL_REGIONS, City, Place, Region, fold_name


@dataclass(slots=True)
class Found:
    """A place found; where ``location`` is null, ``item`` may mean several, of which ``cities`` are the cities.

    ``either`` are places of different countries of which nothing beside the name tells the one that is meant.
    """

    location: Location | None
    item: Item
    cities: tuple[City, ...] = ()
    is_country: bool = False
    either: tuple[Location, ...] = ()

    @property
    def is_metro(self) -> bool:
        """Whether a city's wider area is named: "Greater Boston", "Bay Area"."""
        folded = fold_name(self.item.text)
        return bool(self.cities) and (folded.endswith((" area", " metro", " region")) or folded.startswith("greater "))


def names_main_city(place: Place, region: Region) -> bool:
    """A state whose name alone means a city: New York, and Washington, which is the city in DC."""
    return bool(place.cities) and region.country == "US" and region.code in ("NY", "WA")


def city_location(city: City, direction: str = "") -> Location:
    """The place of a city; "East" and the like stay with its name."""
    region = city.region if city.country in WITH_POSTAL_REGIONS and city.region else None
    return Location(f"{direction} {city.name}" if direction else city.name, region, city.country)


def region_location(region: Region, city: str | None = None) -> Location:
    """The place of a region, or of a town in it that GeoNames does not know."""
    return Location(city, region.code if region.country in WITH_POSTAL_REGIONS else None, region.country)
