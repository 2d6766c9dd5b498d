"""Places where a job can be done: from the location field, and where a board has none from the text's header.

A field is cut into words and separators; the longest known name wins; what is known is then put together:
"City, Region, Country" in either direction, lists of cities, several places in one field. Every rule is a
look-up in the gazetteer or in :mod:`jobmarket.extract.place_words`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from jobmarket.extract.document import Document
from jobmarket.extract.facts import Location
from jobmarket.extract.gazetteer import WITH_POSTAL_REGIONS, City, Gazetteer, Place, Region, fold, gazetteer
from jobmarket.extract.place_words import (
    CLOCK,
    COUNTRY_WEIGHT,
    NO_PLACE,
    NOISE,
    PREPOSITIONS,
    REMOTE,
    STRONG_MARKS,
    STRONG_WORDS,
    WORDS_NOT_PLACES,
)


class StatedPlace(Protocol):
    """A place in a board's own fields (:class:`jobmarket.posting.Place`)."""

    @property
    def text(self) -> str | None: ...  # noqa: D102
    @property
    def address_locality(self) -> str | None: ...  # noqa: D102
    @property
    def address_region(self) -> str | None: ...  # noqa: D102
    @property
    def address_country(self) -> str | None: ...  # noqa: D102


# Longer fields are lists of sentences; nothing after this many characters is read.
_FIELD_LIMIT = 2_000
_PART_LIMIT = 160
_START_OF_LONG_PART = 60
_LONGEST_NAME = 6
# In a header line, a city of one word must be this large to stand without region or country.
_HEADER_CITY_FROM = 30_000
# A city among unknown words ("Acme Works Berlin") must be this large.
_AMONG_WORDS_FROM = 100_000
# Another country's city of the same name may have at most this share for the name to be clear.
_CLEAR_SHARE = 0.67
# Written "City, ST", a city that GeoNames knows elsewhere is believed to be a small namesake, up to this size.
_NAMESAKE_UP_TO = 500_000
# Countries whose name is the name of their city: no other place can be meant.
_CITY_STATES = {"SG": "Singapore", "HK": "Hong Kong", "MO": "Macau", "MC": "Monaco"}
# Written small, these codes are read all the same when the whole field is small.
_CODES_WRITTEN_SMALL = frozenset(("us", "usa", "uk", "eu", "nyc", "sf", "dc", "uae"))

_TOKEN = re.compile(r"https?://\S*|www\.\S*|[^\W_](?:[\w%]|[.'’`](?=\w))*\.?|[^\s\w]|\n")
_BARE_DOMAIN = re.compile(r"\.(?:ai|io|com|co|org|net|dev|app|xyz|fun|build|so|me|tech|gg|health|jobs)\.?$")


@dataclass(slots=True)
class Item:
    """A known name, a run of unknown words, or the word "remote", with the separator before it."""

    text: str
    place: Place | None
    sep: str
    is_remote: bool = False
    # Among unknown words, without a separator between.
    is_weak: bool = False
    # "Remote" stands before it, with nothing but separators between.
    after_remote: bool = False
    # A part of the same run of words says "remote".
    with_remote: bool = False
    has_digits: bool = False
    prefix: str = ""


@dataclass(slots=True)
class Found:
    """A place found; ``cities`` are its possible meanings while the country is open."""

    location: Location | None
    cities: tuple[City, ...] = ()
    item: Item | None = None
    is_country: bool = False
    is_metro: bool = False


_RANK = {" ": 0, "-": 1, ",": 2, ")": 3, "/": 4, "(": 5, "in": 6, ";": 7}


def _tokens(text: str) -> Iterator[tuple[str, bool]]:
    """Words and marks, each with whether a space stood before it."""
    end = 0
    for match in _TOKEN.finditer(text[:_FIELD_LIMIT]):
        yield match[0], match.start() > end or end == 0
        end = match.end()


def _separator(word: str, *, spaced: bool, next_spaced: bool) -> str | None:
    if word in STRONG_MARKS:
        return ";"
    if word in ",":
        return ","
    if word in "/\\":
        return "/"
    if word in "([{<":
        return "("
    if word in ")]}>":
        return ")"
    if word in "-–—‑‐:→~":
        return "-" if spaced or next_spaced or word == ":" else "tight"
    return None


class _Reader:
    """Cuts one field into items."""

    def __init__(self, text: str, names: Gazetteer) -> None:
        self.names = names
        self.tokens = list(_tokens(text))
        letters = "".join(word for word, _ in self.tokens if word[0].isalpha())
        self.is_lower = letters.islower()
        self.is_upper = letters.isupper() and len(letters) > 12

    def items(self) -> list[Item]:
        items: list[Item] = []
        part: list[Item] = []
        sep = ";"
        unknown: list[str] = []
        direction = ""
        position = 0
        after_remote = False
        after_code = False
        numbered = False  # a house number or floor stands in this part; postal codes are longer

        def close_unknown() -> None:
            nonlocal sep, after_remote, direction
            if unknown:
                words = " ".join(unknown)
                part.append(
                    Item(words, None, sep, after_remote=after_remote, has_digits=any(c.isdigit() for c in words))
                )
                unknown.clear()
                sep = " "
                after_remote = False
            direction = ""

        def close_part() -> None:
            nonlocal numbered
            close_unknown()
            if (
                numbered
                or after_code
                or len(part) > 1
                and any(item.place is None and not item.is_remote for item in part)
            ):
                for item in part:
                    item.is_weak = True
            if any(item.is_remote for item in part):
                for item in part:
                    item.with_remote = True
            items.extend(part)
            part.clear()
            numbered = False

        def widen(to: str) -> None:
            nonlocal sep, after_code, after_remote
            if to == ";":
                after_code = after_remote = False
            if to == ")" and sep == "(":
                sep = to  # nothing but noise in the brackets: "NYC (HQ), London"
            if _RANK[to] > _RANK[sep]:
                sep = to

        tokens = self.tokens
        while position < len(tokens):
            word, spaced = tokens[position]
            if not (word[0].isalnum()):
                next_spaced = tokens[position + 1][1] if position + 1 < len(tokens) else True
                mark = _separator(word, spaced=spaced, next_spaced=next_spaced)
                position += 1
                if mark == "tight":
                    close_unknown()
                    widen(" ")
                elif mark is not None:
                    close_part()
                    widen(mark)
                continue
            length, place = self._longest(position)
            lowered = word.casefold().rstrip(".")
            if place is None and (lowered.startswith(("http", "www")) or _BARE_DOMAIN.search(lowered)):
                close_part()
                widen(";")
                position += 1
                continue
            if place is not None:
                after = tokens[position + length][0].casefold() if position + length < len(tokens) else ""
                text = " ".join(word for word, _ in tokens[position : position + length] if word[0].isalnum())
                position += length
                prefix = direction
                if unknown:
                    close_unknown()
                if after in CLOCK:
                    continue
                part.append(Item(text, place, sep, after_remote=after_remote, prefix=prefix))
                sep, after_remote, direction = " ", False, ""
                continue
            position += 1
            if lowered in STRONG_WORDS:
                close_part()
                widen(";")
            elif lowered in PREPOSITIONS and not (lowered == "on" and self._is_on_site(position)):
                close_part()
                widen("in")
            elif lowered in REMOTE:
                close_unknown()
                part.append(Item(word, None, sep, is_remote=True))
                sep, after_remote = " ", True
            elif lowered in NOISE or word[0].isdigit():
                if word[0].isdigit() and not (word.isdigit() and 4 <= len(word) <= 6):
                    numbered = True
                elif word[0].isdigit() and any(item.place is not None for item in items):
                    after_code = True  # "New York, New York, 10036, …": what follows a postal code is a street
                if unknown and (word[0].isupper() or word[0].isdigit()):
                    unknown.append(word)
                elif lowered in _DIRECTIONS and word[0].isupper():
                    direction = word
                continue
            else:
                if direction and not unknown:
                    unknown.append(direction)
                    direction = ""
                unknown.append(word)
        close_part()
        return items

    def _is_on_site(self, position: int) -> bool:
        following = [word.casefold() for word, _ in self.tokens[position : position + 2]]
        return "site" in following

    def _longest(self, position: int) -> tuple[int, Place | None]:
        """The longest known name that begins here: number of tokens, and what it may mean."""
        tokens = self.tokens
        first = tokens[position][0]
        names = self.names
        best: tuple[int, Place | None] = (0, None)
        head = fold(first)
        if not head:
            return best
        longest = min(names.first_words.get(head.split(" ", 1)[0], 0), _LONGEST_NAME)
        if longest and (first[0].isupper() or self.is_lower or not first[0].isalpha() or first in _SMALL_ARTICLES):
            words: list[str] = []
            at = position
            count = 0
            while at < len(tokens) and count < longest:
                word, spaced = tokens[at]
                if word[0].isalnum() or word == "&":
                    words.append(word)
                    count += 1
                elif word in "-'’" and not spaced and at + 1 < len(tokens) and not tokens[at + 1][1]:
                    at += 1
                    continue
                else:
                    break
                at += 1
                place = names.names.get(fold(" ".join(words)))
                if place is not None and (count > 1 or self._may_be_name(words[0])):
                    best = (at - position, place)
        if best[0] <= 1:
            code = names.codes.get(self._as_code(first))
            if code is not None:
                # A code may also be a name: "LA", "Singapore" never is a code, "PERU" is read above.
                return 1, code
        return best

    def _may_be_name(self, word: str) -> bool:
        lowered = word.casefold()
        return lowered not in NOISE and lowered not in STRONG_WORDS and lowered not in REMOTE

    def _as_code(self, word: str) -> str:
        plain = word.replace(".", "")
        if len(plain) > 3:
            return ""
        if plain.isupper():
            return plain
        if self.is_lower and plain in _CODES_WRITTEN_SMALL:
            return plain.upper()
        return ""


_CLEAR_CODES = frozenset(
    (
        "US",
        "USA",
        "UK",
        "EU",
        "NZ",
        "NY",
        "NYC",
        "DC",
        "LA",
        "SF",
        "SJ",
        "UAE",
        "CAN",
        "AUS",
        "GER",
        "DEU",
        "GBR",
        "IND",
    )
)
_CODES_OF_TRADE = frozenset(
    ("AI", "ML", "QA", "IT", "BI", "PM", "AM", "IO", "CS", "PR", "TS", "AR", "PS", "ME", "MD", "SE", "SWE", "PT", "ET")
    + ("CT", "MT")
)
_DIRECTIONS = frozenset(("north", "south", "east", "west"))
_SMALL_ARTICLES = frozenset(("the", "s"))


def _in_region(city: City, region: Region) -> bool:
    if city.country != region.country:
        return False
    return region.country not in WITH_POSTAL_REGIONS or city.region == region.code


def _inside(cities: Iterable[City], place: Place) -> City | None:
    """The largest of the cities that lies in a region or country of that name."""
    for region in place.regions:
        for city in cities:
            if _in_region(city, region):
                return city
    if place.country:
        for city in cities:
            if city.country == place.country:
                return city
    return None


def _is_admin(item: Item) -> bool:
    return item.place is not None and bool(item.place.country or item.place.regions)


def _looks_like_name(text: str) -> bool:
    words = text.split()
    return (
        0 < len(words) <= 4
        and not any(c.isdigit() for c in text)
        and (words[0][0].isupper() or words[0][0] == "'")
        and len(text) > 2
        and not any(word.casefold() in NO_PLACE for word in words)
    )


def _shown(city: City, prefix: str = "") -> Location:
    region = city.region if city.country in WITH_POSTAL_REGIONS and city.region else None
    return Location(f"{prefix} {city.name}" if prefix else city.name, region, city.country)


def _shown_region(region: Region, city: str | None = None) -> Location:
    return Location(city, region.code if region.country in WITH_POSTAL_REGIONS else None, region.country)


class _Grouper:
    """Puts the items of one field together to places."""

    def __init__(self, items: Sequence[Item], *, header: bool) -> None:
        self.items = items
        self.header = header
        self.found: list[Found] = []

    def run(self) -> list[Found]:
        position = 0
        found_before = 0
        while position < len(self.items):
            if self.items[position].sep == ";":
                found_before = len(self.found)
            if self.items[position].is_weak and len(self.found) > found_before:
                position += 1  # "…, New York, 50 Hudson Yards": a street or building
                continue
            position = self._one(position)
        return self.found

    def _next(self, position: int) -> Item | None:
        """The item that belongs to the same run of words and marks, if any."""
        if position < len(self.items) and self.items[position].sep not in (";", "in"):
            return self.items[position]
        return None

    def _one(self, position: int) -> int:
        item = self.items[position]
        if item.is_remote:
            return position + 1
        if item.place is None:
            return self._unknown(position)
        if item.place.area:
            return position + 1
        if item.place.cities:
            taken = self._city_first(position)
            if taken:
                return taken
        if _is_admin(item):
            return self._admin_first(position)
        if item.place.cities:
            self._bare_city(item)
        return position + 1

    # -- a city, then where it lies ------------------------------------------------------------------------

    def _city_first(self, position: int) -> int:
        item = self.items[position]
        assert item.place is not None  # noqa: S101 - checked by the caller
        following = self._next(position + 1)
        if following is None or following.is_remote:
            return 0
        if following.place is not None and _is_admin(following) and not self._stands_alone(item, following):
            city = _inside(item.place.cities, following.place)
            third = self._next(position + 2)
            if city is not None and self._is_rather_admin(item, following, city):
                return 0
            if city is not None:
                # "London, Ontario, Canada" and "New York, New York, USA"; but "Georgia, USA" is no city.
                self._add_city(city, item)
                return self._skip_admin(position + 2, city)
            if (
                third is not None
                and third.place is not None
                and following.place.cities
                and following.place.cities[0].country != (third.place.country or "")
            ):
                return 0
            if self._is_namesake(item, following):
                return self._unknown_in(position, item.text)
            return 0
        # "Warsaw, Masovian Voivodeship, Poland": a region that is not known.
        third = self._next(position + 2)
        if following.place is None and third is not None and third.place is not None and _is_admin(third):
            city = _inside(item.place.cities, third.place)
            if city is not None and following.sep == "," and third.sep == "," and not third.after_remote:
                self._add_city(city, item)
                return self._skip_admin(position + 3, city)
        return 0

    def _stands_alone(self, item: Item, following: Item) -> bool:
        """Whether "…, Remote US" or "NYC / Remote US" names a second place."""
        if following.after_remote:
            return True
        return following.sep == "/" and following.with_remote and not item.with_remote

    @staticmethod
    def _is_rather_admin(item: Item, following: Item, city: City) -> bool:
        """A country or region that has a small namesake in the next place: "Georgia, USA", "Florida, USA"."""
        place = item.place
        if place is None or following.place is None or not _is_admin(item):
            return False
        if place.country and following.place.country and place.country not in _CITY_STATES:
            return True
        own = place.regions[0] if place.regions else None
        return own is not None and following.place.country == own.country and not names_main_city(place, own)

    @staticmethod
    def _is_namesake(item: Item, following: Item) -> bool:
        place = item.place
        if place is None or following.place is None or _is_admin(item) or following.sep not in (",", " ", "("):
            return False
        if following.place.cities and not following.place.is_code:
            return False
        limit = _NAMESAKE_UP_TO if following.place.regions else _AMONG_WORDS_FROM
        return place.cities[0].population < limit

    def _skip_admin(self, position: int, city: City) -> int:
        """Step over what repeats where the city lies: region, country, postal code."""
        while True:
            item = self._next(position)
            if item is None or item.place is None or item.after_remote or item.is_remote:
                return position
            place = item.place
            same_country = place.country == city.country
            same_region = any(_in_region(city, region) for region in place.regions)
            same_city = any(other == city for other in place.cities)
            if not (same_country or same_region or same_city):
                return position
            if item.with_remote and item.sep in ("/", "("):
                return position
            if same_region and not same_country and not same_city and place.cities and item.sep == "/":
                return position
            position += 1

    # -- a country or region, then places in it ------------------------------------------------------------

    def _admin_first(self, position: int) -> int:
        item = self.items[position]
        place = item.place
        assert place is not None  # noqa: S101 - checked by the caller
        following = self._next(position + 1)
        is_alone_by_remote = (
            (item.with_remote or item.after_remote)
            and not item.is_weak
            and following is not None
            and following.sep
            not in (
                "-",
                " ",
                "(",
            )
        )
        if following is not None and following.place is not None and not is_alone_by_remote:
            inside = self._scope(position, place, following)
            if inside:
                return inside
        if self.header and place.is_code and not self._is_code_for_place(item):
            return position + 1
        if place.country in _CITY_STATES and not (item.after_remote or item.with_remote):
            self.found.append(Found(Location(_CITY_STATES[place.country], None, place.country), (), item))
            return position + 1
        if place.is_code and place.cities:
            self._bare_city(item)  # "NY", "LA" and "DC" alone
            return position + 1
        if place.regions and place.cities and not place.country and not (place.is_code and not place.cities):
            main = place.regions[0]
            if main.country not in WITH_POSTAL_REGIONS or (
                names_main_city(place, main) and not (main.code == "WA" and self._is_beside_remote(position))
            ):
                self._bare_city(item)
                return position + 1
        if place.country and place.regions:
            self.found.append(Found(None, (), item))  # Georgia, "CA", "IN": decided by what else is found
            return position + 1
        if place.regions:
            self.found.append(Found(_shown_region(place.regions[0]), (), item))
        elif place.country:
            self.found.append(Found(Location(None, None, place.country), (), item, is_country=True))
        return position + 1

    def _is_beside_remote(self, position: int) -> bool:
        """Whether "remote" stands beside: "Washington (Remote)" is the state."""
        following = self._next(position + 1)
        item = self.items[position]
        return item.with_remote or item.after_remote or (following is not None and following.is_remote)

    @staticmethod
    def _is_code_for_place(item: Item) -> bool:
        """Whether capitals in a header are a country or state: "AI", "ML", "SWE" and "BE" are mostly not."""
        code = item.text.replace(".", "")
        return code in _CLEAR_CODES or (item.after_remote and code not in _CODES_OF_TRADE)

    def _scope(self, position: int, place: Place, following: Item) -> int:
        """Places listed after their country or region; 0 if what follows is elsewhere."""
        second = following.place
        assert second is not None  # noqa: S101 - checked by the caller
        if place.regions and second.country and not following.after_remote:
            # "Ontario, Canada", "Georgia, USA"
            for own in place.regions:
                if own.country == second.country:
                    self.found.append(Found(_shown_region(own), (), self.items[position]))
                    return position + 2
        country = place.country
        at = position + 1
        region: Region | None = None
        if (
            country
            and second.regions
            and (
                not second.cities
                or second.is_code
                or (second.regions[0].country == "US" and not names_main_city(second, second.regions[0]))
                or (second.regions[0].country == "CA")
                or self._is_region_first(at, second)
            )
        ):
            region = next((r for r in second.regions if r.country == country), None)
            if region is not None:
                at += 1
        elif place.regions and not country:
            region = place.regions[0]
        added = False
        while (item := self._next(at)) is not None:
            if item.is_weak and added:
                break
            if item.is_remote or item.place is None:
                may_be_town = region is not None and not item.is_remote and not added and not self.header
                if region is not None and may_be_town and item.sep in ", -" and _looks_like_name(item.text):
                    self.found.append(Found(_shown_region(region, item.text), (), item))
                    return at + 1
                break
            inside = _inside(item.place.cities, Place(None if region else country, (region,) if region else ()))
            if inside is None:
                break
            after = self._next(at + 1)
            if after is not None and after.place is not None and after.place.country not in (None, inside.country):
                elsewhere = _inside(item.place.cities, after.place)
                if elsewhere is not None and elsewhere != inside and not after.place.cities:
                    break
            if item.place.country and item.place.country != inside.country:
                break
            self._add_city(inside, item)
            added = True
            at = self._skip_admin(at + 1, inside)
            if region is not None and place.country:
                region = None
        if added:
            return at
        if region is not None and at > position + 1:
            self.found.append(Found(_shown_region(region), (), self.items[position]))
            return at
        return 0

    def _is_region_first(self, position: int, place: Place) -> bool:
        """In "USA, New York, Buffalo" the first name is the region; in "USA, New York, New York" the city."""
        following = self._next(position + 1)
        if following is None or following.place is None or not following.place.cities:
            return not place.cities
        return any(
            _in_region(city, region) and city not in place.cities
            for region in place.regions
            for city in following.place.cities[:3]
        )

    # -- single names --------------------------------------------------------------------------------------

    def _unknown(self, position: int) -> int:
        return self._unknown_in(position, self.items[position].text) or position + 1

    def _unknown_in(self, position: int, name: str) -> int:
        """A name that is not known, followed by its region or country: "Ackworth, Iowa"."""
        following = self._next(position + 1)
        if (
            following is None
            or following.place is None
            or following.after_remote
            or following.with_remote
            or following.sep not in (",", " ")
            or not _looks_like_name(name)
            or (self.header and not (following.place.is_code and following.place.regions and following.sep == ","))
        ):
            return 0
        place = following.place
        third = self._next(position + 2)
        if place.regions and (place.is_code or not place.cities or not place.cities[0].population > _AMONG_WORDS_FROM):
            region = place.regions[0]
            if third is not None and third.place is not None and third.place.country:
                region = next((r for r in place.regions if r.country == third.place.country), region)
            self.found.append(Found(_shown_region(region, name), (), self.items[position]))
            return self._skip_admin(position + 2, City(name, region.code, region.country, 0))
        if place.country and not place.regions and following.sep == "," and place.country not in _CITY_STATES:
            self.found.append(Found(Location(name, None, place.country), (), self.items[position]))
            return self._skip_admin(position + 2, City(name, "", place.country, 0))
        return 0

    def _bare_city(self, item: Item) -> None:
        place = item.place
        assert place is not None  # noqa: S101 - checked by the caller
        if item.sep == "(" and self.found and self._is_detail(item, place):
            return
        smallest = 0
        if item.is_weak:
            smallest = _AMONG_WORDS_FROM
        elif self.header and not place.is_code:
            smallest = _HEADER_CITY_FROM if " " not in item.text else 0
            if fold(item.text) in WORDS_NOT_PLACES or place.is_alternate:
                return
        if place.cities[0].population < smallest:
            return
        self.found.append(Found(None, place.cities, item, is_metro=_is_metro(item)))

    def _is_detail(self, item: Item, place: Place) -> bool:
        """A name in brackets after a place: closer than an area or a country, a remark after a city."""
        last = self.found[-1]
        if last.is_metro and last.cities:
            inside = _inside(place.cities, Place(regions=(Region(last.cities[0].region, last.cities[0].country),)))
            if inside is not None:
                self.found[-1] = Found(_shown(inside), (inside,), item)
                return True
            return False
        return bool(last.cities) or (last.location is not None and last.location.city is not None)

    def _add_city(self, city: City, item: Item) -> None:
        if item.sep == "(" and self.found and self.found[-1].is_metro and item.place is not None:
            self._is_detail(item, item.place)
            return
        self.found.append(Found(_shown(city, item.prefix), (city,), item, is_metro=_is_metro(item)))


def _is_metro(item: Item) -> bool:
    folded = fold(item.text)
    return folded.endswith((" area", " metro", " region")) or folded.startswith("greater ")


def names_main_city(place: Place, region: Region) -> bool:
    """A state whose name alone means a city: New York, and Washington, which is the city in DC."""
    return bool(place.cities) and region.country == "US" and region.code in ("NY", "WA")


def _score(city: City, known: dict[str, float]) -> float:
    return max(city.population, 1) * city.weight * COUNTRY_WEIGHT.get(city.country, 1.0) * known.get(city.country, 1.0)


def _decide(found: list[Found], stated: dict[str, float], text: str) -> list[Location]:
    """Settle the names that may mean several places, by what else the field names."""
    known = dict(stated)
    for one in found:
        if one.location is not None and one.location.country:
            known[one.location.country] = max(known.get(one.location.country, 1.0), 4.0)
    decided: list[Location] = []
    for one in found:
        location = one.location
        if location is None and one.cities:
            location = _clearest(one, known, text)
        elif location is None and one.item is not None and one.item.place is not None:
            location = _country_or_region(one.item.place, known, found)
        if location is not None and location not in decided:
            decided.append(location)
    return decided


def _clearest(one: Found, known: dict[str, float], text: str) -> Location | None:
    ranked = sorted(one.cities, key=lambda city: -_score(city, known))
    best = ranked[0]
    rival = next((city for city in ranked[1:] if city.country != best.country), None)
    prefix = one.item.prefix if one.item else ""
    if rival is not None and _score(rival, known) > _CLEAR_SHARE * _score(best, known):
        told = _told_in_text(best.name, ranked, text)
        return _shown(told) if told is not None else Location(best.name, None, None)
    namesake = next((c for c in ranked[1:] if c.country == best.country and c.region != best.region), None)
    if namesake is not None and best.region and _score(namesake, known) > _CLEAR_SHARE * _score(best, known):
        told = _told_in_text(best.name, ranked, text)
        return _shown(told) if told is not None else Location(best.name, None, best.country)
    return _shown(best, prefix)


def _told_in_text(name: str, cities: Sequence[City], text: str) -> City | None:
    """Look for "Cambridge, MA" or "Cambridge, UK" in the text, where the field only says "Cambridge"."""
    at = text.find(name + ", ")
    for _ in range(3):
        if at < 0:
            return None
        start = at + len(name) + 2
        for item in _Reader(text[start : start + 30].split("\n")[0], gazetteer()).items()[:1]:
            if item.place is not None and _is_admin(item) and (city := _inside(cities, item.place)) is not None:
                return city
        at = text.find(name + ", ", start)
    return None


def _country_or_region(place: Place, known: dict[str, float], found: list[Found]) -> Location | None:
    """Georgia, or a code such as CA, IN, DE alone: the one whose surroundings are named beside it."""
    countries = {one.location.country for one in found if one.is_country and one.location is not None}
    in_states = any(
        (one.location is not None and one.location.country == place.regions[0].country and not one.is_country)
        or (one.cities and one.cities[0].country == place.regions[0].country)
        for one in found
    )
    if place.country in known and place.country not in countries:
        return Location(None, None, place.country)
    if in_states or place.regions[0].country in known and not countries:
        return _shown_region(place.regions[0])
    if countries:
        return Location(None, None, place.country)
    return None


def _stated_countries(job_locations: Sequence[StatedPlace], names: Gazetteer) -> dict[str, float]:
    stated: dict[str, float] = {}
    for one in job_locations:
        country = country_code(one.address_country, names)
        if country:
            stated[country] = 20.0
    return stated


def country_code(text: str | None, names: Gazetteer | None = None) -> str | None:
    """ISO 3166 alpha-2 of a country's name or code in EN, FR, DE; null if it is none."""
    if not text:
        return None
    names = names or gazetteer()
    place = names.codes.get(text.strip().replace(".", "").upper())
    if place is not None and place.country:
        return place.country
    named = names.names.get(fold(text))
    return named.country if named is not None else None


def read_items(text: str) -> list[Item]:
    """Known names, unknown words and the word "remote" of a field, in order."""
    return _Reader(text, gazetteer()).items()


def read_field(
    text: str, *, header: bool = False, stated: dict[str, float] | None = None, context: str = ""
) -> list[Location]:
    """Places in one location field.

    Args:
        text: The field as the board shows it; places are split at ``;``, ``|``, ``or``, ``and`` …
        header: The text is a header line in which other things than places stand: be strict.
        stated: Countries known from elsewhere, with how much more likely they make a city.
        context: A longer text in which an ambiguous city may be told ("Cambridge, MA").
    """
    items = _Reader(text, gazetteer()).items()
    if header:
        items = [item for item in items if not item.is_weak or item.is_remote]
    return _decide(_Grouper(items, header=header).run(), stated or {}, context)


def _read_stated(one: StatedPlace, names: Gazetteer) -> list[Location]:
    """A place given in fields of their own: locality, region, country."""
    country = country_code(one.address_country, names)
    parts = [part for part in (one.address_locality, one.address_region) if part and fold(part) not in REMOTE]
    joined = ", ".join(parts + ([one.address_country] if country and one.address_country else []))
    read = read_field(joined, stated={country: 20.0} if country else None)
    inside = [place for place in read if place.country in (country, None)]
    if inside and country:
        # A district and its city, both stated: the first is the locality.
        first = inside[0]
        return [Location(first.city, first.region, country)]
    if country:
        return [Location(None, None, country)]
    return read[:1]


_LABELS = ("location", "locations", "standort", "standorte", "arbeitsort", "einsatzort", "lieu", "localisation", "ort")
_LABELS_LOWER = frozenset((*_LABELS, "job location", "work location", "lieu de travail", "lieu du poste", "where"))
_BASED_IN = (
    "based in ",
    "located in ",
    "hiring in ",
    "onsite in ",
    "on-site in ",
    "in-person in ",
    "in person in ",
    "office in ",
    "offices in ",
    "hybrid in ",
)


def header_line(document: Document) -> str | None:
    """The line of ``|``-separated parts that heads a posting of a forum thread (Hacker News), if there is one."""
    for line in (*document.text[:3_000].split("\n")[:4], document.title):
        if "|" in line:
            return line
    return None


def _from_header(line: str, text: str) -> list[Location]:
    parts = [part.strip() for part in line.split("|")]
    kept: list[str] = []
    for number, part in enumerate(parts):
        if len(part) > _PART_LIMIT:
            part = part[:_START_OF_LONG_PART]  # a sentence follows
        if number == 0 and len(parts) > 1:
            # The employer's name, or the role: only what stands in brackets can be a place.
            opened, _, rest = part.partition("(")
            if rest and not _is_place_only(opened):
                part = rest.partition(")")[0]
            elif not _is_place_only(part):
                continue
        kept.append(part)
    return read_field(" | ".join(kept), header=True, context=text)


def _is_place_only(part: str) -> bool:
    items = _Reader(part, gazetteer()).items()
    return len(items) > sum(not item.is_remote for item in items[:1]) and all(
        item.is_remote or item.place is not None for item in items
    )


def _labelled(document: Document) -> list[Location]:
    """A line "Location: Berlin" among the first lines, or inside one of them."""
    for line in document.text[:4_000].split("\n")[:25]:
        label, colon, rest = line.partition(":")
        if colon and label.strip().casefold() in _LABELS_LOWER:
            places = read_field(rest[:200], context=document.text)
            if places:
                return places
        at = line.find(" Location: ")
        if at >= 0:
            places = read_field(line[at + 11 : at + 140], header=True, context=document.text)
            if places:
                return places
    return []


def _from_title(title: str) -> list[Location]:
    """Places in brackets or after a dash at the end of a title: "Data Engineer (Berlin)"."""
    for piece in title_pieces(title):
        places = read_field(piece, header=True)
        if places:
            return places
    return []


def title_pieces(title: str) -> list[str]:
    """What stands in brackets or behind a dash or bar in a title, and no more than a place may take."""
    pieces = re.findall(r"[(\[]([^()\[\]]{2,60})[)\]]", title[:300])
    rest = re.split(r"\s[-–—|]\s|\s*\|\s*|, ", title[:300])
    return [*pieces, *rest[1:]]


def _from_text(text: str) -> list[Location]:
    for phrase in _BASED_IN:
        at = text.find(phrase, 0, 20_000)
        if at >= 0:
            start = at + len(phrase)
            places = read_field(text[start : start + 60].split("\n")[0].split(". ")[0], header=True, context=text)
            if places:
                return places
    return []


def locations(document: Document, job_locations: Sequence[StatedPlace] = ()) -> list[Location]:
    """Places where the job can be done, in the order they are named; unknown stays out.

    Args:
        document: The posting. ``document.location`` is read first; without one, a header line of
            ``|``-separated parts, a line "Location: …", the title, a phrase "based in …".
        job_locations: Places from the board's own fields: they settle ambiguous names, and stand in where the
            location field names no place.

    Returns:
        Distinct places. Continents, "Worldwide" and a bare "Remote" give none.
    """
    names = gazetteer()
    stated = _stated_countries(job_locations, names)
    if document.location:
        read = read_field(document.location, stated=stated, context=document.text)
        if read:
            return _closer_by_title(read, document.title)
        return _from_stated(document.location, job_locations, names)
    if job_locations:
        joined = [place for one in job_locations for place in _read_stated(one, names)]
        if joined:
            return list(dict.fromkeys(joined))
    line = header_line(document)
    places = _from_header(line, document.text) if line else []
    return (
        places
        or _labelled(document)
        or ([] if line else _from_title(document.title))
        or ([] if line and _says_remote(line) else _from_text(document.text))
    )


def _says_remote(line: str) -> bool:
    return any(item.is_remote for item in _Reader(line, gazetteer()).items())


def _from_stated(field_text: str, job_locations: Sequence[StatedPlace], names: Gazetteer) -> list[Location]:
    """Where the field names no place ("Remote"), the country that the board's own field states."""
    items = _Reader(field_text, names).items()
    if any(item.place is not None and item.place.area for item in items):
        return []  # the address of an employer's office says nothing of "EMEA"
    countries = [country_code(one.address_country, names) for one in job_locations]
    return [Location(None, None, country) for country in dict.fromkeys(countries) if country]


def _closer_by_title(read: list[Location], title: str) -> list[Location]:
    """A city in the title's brackets, where the field gives its country alone: "… (Belo Horizonte)", "Brazil"."""
    if len(read) != 1 or read[0].city or read[0].region or "(" not in title:
        return read
    country = read[0].country
    for piece in re.findall(r"\(([^()]{2,60})\)", title[:300]):
        closer = [place for place in read_field(piece, header=True) if place.country == country and place.city]
        if closer:
            return closer
    return read


def primary_country(places: Sequence[Location]) -> str | None:
    """The country that stands for a posting: that of most of its places, the first named among equals."""
    counts: dict[str, int] = {}
    for place in places:
        if place.country:
            counts[place.country] = counts.get(place.country, 0) + 1
    return max(counts, key=lambda country: counts[country]) if counts else None
