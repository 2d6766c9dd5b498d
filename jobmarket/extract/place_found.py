"""Places found in a field, and their form as locations: city, postal region, country."""

from __future__ import annotations

from dataclasses import dataclass

from jobmarket.extract.facts import Location
from jobmarket.extract.place_field import Item
from jobmarket.extract.places import WITH_POSTAL_REGIONS, City, Place, Region, fold_name


@dataclass(slots=True)
class Found:
    """A place found. If ``location`` is None, ``item`` may mean several places; ``cities`` are the cities among them.

    ``either`` lists places in different countries between which nothing beside the name decides.
    """

    location: Location | None
    item: Item
    cities: tuple[City, ...] = ()
    is_country: bool = False
    either: tuple[Location, ...] = ()

    @property
    def is_metro(self) -> bool:
        """Whether the name is of a city's wider area: "Greater Boston", "Bay Area"."""
        folded = fold_name(self.item.text)
        return bool(self.cities) and (folded.endswith((" area", " metro", " region")) or folded.startswith("greater "))


def names_main_city(place: Place, region: Region) -> bool:
    """Return whether a state's name alone means its city: New York, or Washington, the city in DC."""
    return bool(place.cities) and region.country == "US" and region.code in ("NY", "WA")


def city_location(city: City, direction: str = "") -> Location:
    """Return the location of a city; a direction such as "East" stays part of its name."""
    region = city.region if city.country in WITH_POSTAL_REGIONS and city.region else None
    return Location(f"{direction} {city.name}" if direction else city.name, region, city.country)


def region_location(region: Region, city: str | None = None) -> Location:
    """Return the location of a region, or of a town in it that GeoNames does not know."""
    return Location(city, region.code if region.country in WITH_POSTAL_REGIONS else None, region.country)
