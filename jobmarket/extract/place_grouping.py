"""Combine the names of a field into places: "City, Region, Country" in either direction, and lists of places."""

from __future__ import annotations

from collections.abc import Sequence

from jobmarket.extract.facts import Location
from jobmarket.extract.place_field import Item
from jobmarket.extract.place_found import Found, city_location, names_main_city, region_location
from jobmarket.extract.place_rules import (
    AMONG_WORDS_FROM,
    CITY_STATES,
    country_behind_region,
    is_city_of_state,
    is_code_for_place,
    is_list,
    is_namesake,
    is_rather_admin,
    is_second_place,
    looks_like_name,
)
from jobmarket.extract.place_words import CODES_OF_TRADE, WORDS_NOT_PLACES
from jobmarket.extract.places import WITH_POSTAL_REGIONS, City, Place, Region, fold_name, lies_in

# Inhabitants that a one-word city without region or country must have to count in a header line.
_HEADER_CITY_FROM = 30_000


def group_items(items: Sequence[Item], *, header: bool) -> list[Found]:
    """Return the places that the items of one field name.

    Args:
        items: The result of :func:`jobmarket.extract.place_field.read_items`.
        header: The text contains other things than places, so small cities and bare capitals do not count.
    """
    return _Grouper(items, header=header).run()


class _Grouper:
    """Walks once over the items. A rule returns the position after the items it consumed, or 0 if it does not apply."""

    def __init__(self, items: Sequence[Item], *, header: bool) -> None:
        self._items = items
        self._header = header
        self._found: list[Found] = []
        # Number of places found before the current run of words and separators.
        self._n_before = 0

    def run(self) -> list[Found]:
        position = 0
        while position < len(self._items):
            item = self._items[position]
            if item.sep == ";":
                self._n_before = len(self._found)
            if item.is_weak and len(self._found) > self._n_before:
                position += 1  # "…, New York, 50 Hudson Yards": a street or building
            else:
                position = self._read_one(position, item)
        return self._found

    def _next(self, position: int) -> Item | None:
        """Return the item at ``position`` if it belongs to the current run of words and separators."""
        if position < len(self._items) and self._items[position].sep not in (";", "in"):
            return self._items[position]
        return None

    def _read_one(self, position: int, item: Item) -> int:
        if item.is_remote:
            return position + 1
        place = item.place
        if place is None:
            return self._town(position, self._whole_name(position)) or position + 1
        if place.area:
            return position + 1
        if item.is_county and (taken := self._county(position, item)):
            return taken
        if place.cities and (taken := self._city_first(position, item, place)):
            return taken
        if place.is_admin:
            return self._admin_first(position, item, place)
        self._bare_city(item, place)
        return position + 1

    # -- a city, then where it lies ------------------------------------------------------------------------

    def _city_first(self, position: int, item: Item, place: Place) -> int:
        following = self._next(position + 1)
        if following is None or following.is_remote:
            return 0
        if following.place is None:
            return self._city_in_unknown_region(position, item, place, following)
        if following.place.is_admin and not is_second_place(item, following):
            return self._city_in(position, item, place, following, following.place)
        return 0

    def _city_in(self, position: int, item: Item, place: Place, following: Item, second: Place) -> int:
        """Read a city followed by a region or country: "London, Ontario, Canada", "New York, New York, USA"."""
        city = second.largest_of(place.cities)
        if city is None:
            third = self._next(position + 2)
            after = third.place if third is not None else None
            country = country_behind_region(following, third)
            if country is not None and (own := country.largest_of(place.cities)):
                self._add_city(own, item)
                return self._skip_admin(position + 3, own)
            if after is not None and second.cities and second.cities[0].country != after.country:
                return 0
            return self._town(position, item.text) if is_namesake(place, following) else 0
        if is_rather_admin(place, second) or is_list(place, city, second):
            is_state_code = not place.is_code and is_city_of_state(following, city)
            return self._namesake(position, city) if is_state_code else 0
        self._add_city(city, item)
        return self._skip_admin(position + 2, city)

    def _city_in_unknown_region(self, position: int, item: Item, place: Place, following: Item) -> int:
        """Read "Warsaw, Masovian Voivodeship, Poland"."""
        third = self._next(position + 2)
        if third is None or third.place is None or not third.place.is_admin or third.after_remote:
            return 0
        city = third.place.largest_of(place.cities)
        if city is None or following.sep != "," or third.sep != ",":
            return 0
        self._add_city(city, item)
        return self._skip_admin(position + 3, city)

    def _namesake(self, position: int, city: City) -> int:
        """Decide on a country or region name followed by a US state that has a city of that name.

        "Lebanon, PA" is the city, because nobody lists a country's name beside a state code. "Ontario, CA" may also be
        the province, unless a country follows.
        """
        item, behind = self._items[position], self._next(position + 2)
        place = item.place or Place()
        own = place.country or place.regions[0].country
        country = behind.place.country if behind is not None and behind.place and not behind.after_remote else None
        if country == own:
            return 0
        if place.country or country == city.country:
            self._add_city(city, item)
            return self._skip_admin(position + 2, city)
        self._found.append(Found(None, item, either=(region_location(place.regions[0]), city_location(city))))
        return position + 2

    def _county(self, position: int, item: Item) -> int:
        """Read a county: "Suffolk County, New York" is the state, "Clarendon, Arlington County" the town."""
        following = self._next(position + 1)
        if following is not None and following.place is not None and following.place.is_admin:
            around = following.place
            region = around.regions[0] if around.regions else Region("", around.country or "")
            self._found.append(Found(region_location(region), item))
            return self._skip_admin(position + 2, City("", region.code, region.country, 0))
        return position + 1 if item.sep == "," and len(self._found) > self._n_before else 0

    def _skip_admin(self, position: int, city: City) -> int:
        """Skip items that repeat where the city is: region, country, postal code."""
        while (item := self._next(position)) is not None:
            place = item.place
            if place is None or item.after_remote:
                break
            same_country = lies_in(city.country, place.country)
            same_region = any(region.holds(city) for region in place.regions)
            same_city = city in place.cities
            if not (same_country or same_region or same_city):
                break
            following = self._next(position + 1)
            is_remote = item.with_remote or (following is not None and following.is_remote and following.sep == "-")
            if is_remote and item.sep in ("/", "("):
                break
            if item.sep == "/" and place.cities and same_region and not same_country and not same_city:
                break
            position += 1
        return position

    # -- a country or region, then places in it ------------------------------------------------------------

    def _admin_first(self, position: int, item: Item, place: Place) -> int:
        following = self._next(position + 1)
        if following is not None and following.place is not None:
            beside_remote = (item.with_remote or item.after_remote) and not item.is_weak
            if not beside_remote or following.sep in ("-", " ", "("):
                inside = self._places_inside(position, place, following.place, following)
                if inside:
                    return inside
        self._admin_alone(position, item, place)
        return position + 1

    def _admin_alone(self, position: int, item: Item, place: Place) -> None:
        if self._header and place.is_code and not is_code_for_place(item):
            return
        if place.country in CITY_STATES and not (item.after_remote or item.with_remote):
            self._found.append(Found(Location(CITY_STATES[place.country], None, place.country), item))
        elif place.cities and (place.is_code or self._is_rather_city(position, place)):
            self._bare_city(item, place)  # "NY", "LA" and "DC" alone
        elif place.country and place.regions:
            self._found.append(Found(None, item))  # Georgia, "CA", "IN": decided by what else is found
        elif place.regions:
            self._found.append(Found(region_location(place.regions[0]), item))
        elif not self._is_repeated(item, place):
            self._found.append(Found(Location(None, None, place.country), item, is_country=True))

    def _is_repeated(self, item: Item, place: Place) -> bool:
        """Return whether the country of a place found before follows: "Heidelberg, Germany", "Puerto Rico, USA"."""
        if item.sep != "," or item.with_remote or item.after_remote:
            return False
        for one in self._found[self._n_before :]:
            where = one.location or (one.cities[0] if one.cities else None)
            if where is not None and lies_in(where.country, place.country):
                return True
        return False

    def _is_rather_city(self, position: int, place: Place) -> bool:
        """Return whether a region's name alone means its city: New York, Luxembourg, but not "Washington (Remote)"."""
        if not place.regions or place.country:
            return False
        region = place.regions[0]
        if region.country not in WITH_POSTAL_REGIONS:
            return True
        return names_main_city(place, region) and not (region.code == "WA" and self._is_beside_remote(position))

    def _is_beside_remote(self, position: int) -> bool:
        item, following = self._items[position], self._next(position + 1)
        return item.with_remote or item.after_remote or (following is not None and following.is_remote)

    def _places_inside(self, position: int, place: Place, second: Place, following: Item) -> int:
        """Read places listed after their country or region."""
        if place.regions and second.country and not following.after_remote:
            own = next((region for region in place.regions if region.country == second.country), None)
            if own is not None:
                # "Ontario, Canada", "Georgia, USA"
                self._found.append(Found(region_location(own), self._items[position]))
                return position + 2
        region: Region | None = None
        at = position + 1
        if place.country:
            region = self._region_between(at, place.country, second)
            at += region is not None
        elif place.regions:
            region = place.regions[0]
        within = Place(regions=(region,)) if region is not None else Place(country=place.country)
        n_found = len(self._found)
        while (item := self._next(at)) is not None and not (item.is_weak and len(self._found) > n_found):
            if item.place is None:
                is_first = not item.is_remote and len(self._found) == n_found and not self._header
                if region is not None and is_first and item.sep in ", -" and looks_like_name(item.text):
                    self._found.append(Found(region_location(region, item.text), item))
                    return at + 1
                break
            city = within.largest_of(item.place.cities)
            if city is None or item.place.country not in (None, city.country) or self._lies_elsewhere(at, item, city):
                break
            self._add_city(city, item)
            at = self._skip_admin(at + 1, city)
            if place.country:
                within, region = Place(country=place.country), None  # the next city may lie in another region
        if len(self._found) > n_found:
            return at
        if region is not None and at > position + 1:
            self._found.append(Found(region_location(region), self._items[position]))
            return at
        return 0

    def _region_between(self, position: int, country: str, place: Place) -> Region | None:
        """Return the region between the country and its city, if any: "USA, Oregon, Hillsboro"."""
        if not place.regions:
            return None
        first = place.regions[0]
        is_region = (
            not place.cities
            or place.is_code
            or (first.country == "US" and not names_main_city(place, first))
            or first.country == "CA"
            or self._is_region_first(position, place)
        )
        return next((region for region in place.regions if region.country == country), None) if is_region else None

    def _is_region_first(self, position: int, place: Place) -> bool:
        """Return whether the name is the region ("USA, New York, Buffalo") or the city ("USA, New York, New York")."""
        following = self._next(position + 1)
        if following is None or following.place is None:
            return False
        return any(
            region.holds(city) and city not in place.cities
            for region in place.regions
            for city in following.place.cities[:3]
        )

    def _lies_elsewhere(self, position: int, item: Item, city: City) -> bool:
        """Return whether what follows assigns the name to another country: "USA, Paris, France"."""
        after = self._next(position + 1)
        if item.place is None or after is None or after.place is None or after.place.cities:
            return False
        if after.place.country in (None, city.country):
            return False
        return after.place.largest_of(item.place.cities) not in (None, city)

    # -- single names --------------------------------------------------------------------------------------

    def _town(self, position: int, name: str) -> int:
        """Read an unknown town followed by its region or country: "Ackworth, Iowa"."""
        following, third = self._next(position + 1), self._next(position + 2)
        if following is None or following.place is None or following.after_remote or following.with_remote:
            return 0
        place = following.place
        if following.sep not in (",", " ") or not looks_like_name(name):
            return 0
        is_trade = self._header and following.text in CODES_OF_TRADE  # "Software, QA, IT"
        if not is_trade and (country := country_behind_region(following, third)) is not None:
            self._found.append(Found(Location(name, None, country.country), self._items[position]))
            return position + 3
        if self._header and not (place.is_code and place.regions and following.sep == ","):
            return 0
        is_large_city = bool(place.cities) and place.cities[0].population > AMONG_WORDS_FROM
        if place.regions and (place.is_code or not is_large_city):
            region = place.regions[0]
            if third is not None and third.place is not None and third.place.country:
                region = next((r for r in place.regions if r.country == third.place.country), region)
            town = region_location(region, name)
            where = City(name, region.code, region.country, 0)
        elif place.country and not place.regions and following.sep == "," and place.country not in CITY_STATES:
            town = Location(name, None, place.country)
            where = City(name, "", place.country, 0)
        else:
            return 0
        self._found.append(Found(town, self._items[position]))
        return self._skip_admin(position + 2, where)

    def _whole_name(self, position: int) -> str:
        """Return unknown words with the name that they continue: "Spring House, PA"."""
        item, before = self._items[position], self._items[position - 1]
        is_continued = position > 0 and item.sep == " " and before.place is not None and before.is_weak
        is_read = bool(self._found) and self._found[-1].item is before
        return f"{before.text} {item.text}" if is_continued and not is_read else item.text

    def _bare_city(self, item: Item, place: Place) -> None:
        if self._is_detail(item, place):
            return
        smallest = 0
        if item.is_weak:
            smallest = AMONG_WORDS_FROM
        elif self._header and not place.is_code:
            if fold_name(item.text) in WORDS_NOT_PLACES or place.is_alternate:
                return
            smallest = _HEADER_CITY_FROM if " " not in item.text else 0
        if place.cities[0].population >= smallest:
            self._found.append(Found(None, item, place.cities))

    def _add_city(self, city: City, item: Item) -> None:
        if self._found and self._found[-1].is_metro and item.place is not None and item.sep == "(":
            self._is_detail(item, item.place)
        else:
            self._found.append(Found(city_location(city, item.direction), item, (city,)))

    def _is_detail(self, item: Item, place: Place) -> bool:
        """Return whether a bracketed name details the place before it; inside a wider area, it replaces the area."""
        if item.sep != "(" or not self._found:
            return False
        last = self._found[-1]
        if last.is_metro:
            around = Region(last.cities[0].region, last.cities[0].country)
            inside = Place(regions=(around,)).largest_of(place.cities)
            if inside is not None:
                self._found[-1] = Found(city_location(inside), item, (inside,))
            return inside is not None
        return bool(last.cities) or (last.location is not None and last.location.city is not None)
