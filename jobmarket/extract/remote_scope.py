"""Read where a remote worker may live: countries, parts of countries, and areas larger than a country."""

from __future__ import annotations

from collections.abc import Iterable

from jobmarket.extract import anchors
from jobmarket.extract.document import Document
from jobmarket.extract.location import header_line, title_pieces
from jobmarket.extract.place_field import Item, read_items
from jobmarket.extract.place_found import names_main_city
from jobmarket.extract.place_words import REMOTE
from jobmarket.extract.places import WITH_POSTAL_REGIONS

# Phrases after which a place, following directly, is a scope.
_OPENINGS = (
    "remote within ",
    "remotely within ",
    "remote in ",
    "remotely in ",
    "remotely from ",
    "remote from ",
    "remote anywhere in ",
    "remotely from anywhere in ",
    "remote across ",
    "remote (",
    "remote, ",
    "remote - ",
    "remote – ",
)
_TEXT_LIMIT = 30_000
_OCCURRENCES = 12


def _scopes(items: Iterable[Item]) -> list[str]:
    """Return the codes of the countries, states and areas that items name, in order."""
    named = [item.place for item in items if item.place is not None and not item.is_weak]
    has_country = any(place.country and not place.regions for place in named)
    scopes: list[str] = []
    for place in named:
        if place.area:
            scopes.append(place.area)
        elif place.country and (has_country or not place.regions):
            scopes.append(place.country)  # beside other countries, "CA" is Canada and "Georgia" the country
        elif place.regions and not place.country and place.regions[0].country in WITH_POSTAL_REGIONS:
            scopes.append(f"{place.regions[0].country}-{place.regions[0].code}")
    return scopes


def _names_city(item: Item) -> bool:
    place = item.place
    if place is None or not place.cities or place.country or place.area:  # APAC is also a town in Uganda
        return False
    return not place.regions or names_main_city(place, place.regions[0])


def _of_field(text: str) -> tuple[bool, list[str]]:
    """Return whether a field says "remote", and the scope it gives.

    The scope is what stands beside "remote" ("Remote - US", "EU or UK (remote)"). If "remote" stands alone, it is the
    countries and areas named without a city ("Remote; USA"). Without the word, an area larger than a country implies
    it: nobody works in the office of EMEA.
    """
    is_remote = False
    beside: list[str] = []
    alone: list[str] = []
    for part in text.replace("|", ";").split(";"):
        items = read_items(part)
        marks = [number for number, item in enumerate(items) if item.is_remote]
        is_remote = is_remote or bool(marks)
        if any(_names_city(item) for item in items):
            # "San Francisco, CA / Remote US": the scope is what follows the word.
            following = items[marks[-1] + 1 :] if marks else []
            if not any(_names_city(item) for item in following):
                beside.extend(_scopes(following))
        elif marks:
            beside.extend(_scopes(items))
        else:
            alone.extend(_scopes(items))
    if is_remote:
        return True, beside or [scope for scope in alone if "-" not in scope]
    return False, alone if any(scope in _AREAS for scope in alone) else []


_AREAS = frozenset(
    ("WORLD", "EU", "EUROPE", "EMEA", "APAC", "LATAM", "SOUTH_AMERICA", "NORTH_AMERICA", "CENTRAL_AMERICA")
    + ("AMERICAS", "ASIA", "SOUTHEAST_ASIA", "AFRICA", "OCEANIA", "MENA", "DACH", "NORDICS", "BALTICS", "BENELUX")
    + ("BALKANS", "IBERIA", "CIS")
)


def _of_text(document: Document) -> list[str]:
    """Return the scope stated in a sentence: "work remotely from anywhere in the EU"."""
    seen = 0
    for position, line in document.spots.get(anchors.WORKPLACE, ()):
        at = -1
        while (at := line.lowered.find("remote", at + 1)) >= 0:
            seen += 1
            if seen > _OCCURRENCES or position + at > _TEXT_LIMIT:
                return []
            opening = _opening_at(line.lowered, at)
            scopes = _behind(line.text[at + opening : at + opening + 60]) if opening else []
            if scopes:
                return scopes
    return []


def _behind(rest: str) -> list[str]:
    """Return the scope with which the rest of a sentence begins."""
    for stop in (". ", ")", "!"):
        rest = rest.split(stop)[0]
    items = read_items(rest)
    return _scopes(items[:4]) if items and items[0].place is not None else []


def _opening_at(lowered: str, at: int) -> int:
    """Return the length of the phrase that introduces a scope here; 0 if there is none."""
    return max((len(opening) for opening in _OPENINGS if lowered.startswith(opening, at)), default=0)


def remote_scope(document: Document) -> tuple[str, ...]:
    """Return the countries or regions where a remote worker may live.

    Args:
        document: The posting. The location field or else the header line is read first, then the title's brackets and
            ends, and last the sentences.

    Returns:
        ISO 3166 alpha-2 codes, ISO 3166-2 codes of states and provinces (``US-CO``), and names of areas (``WORLD EU
        EUROPE EMEA APAC LATAM NORTH_AMERICA SOUTH_AMERICA AMERICAS DACH NORDICS`` …), in the order they are named.
        Empty if nothing is stated: a bare "Remote" does not mean worldwide.
    """
    says_remote = False
    if document.location:
        says_remote, scopes = _of_field(document.location)
        if scopes:
            return tuple(dict.fromkeys(scopes))
    else:
        line = header_line(document)
        if line:
            scopes = []
            for part in line.split("|")[1:]:
                part_is_remote, part_scopes = _of_field(part)
                says_remote = says_remote or part_is_remote
                if part_is_remote:
                    scopes.extend(part_scopes)
            if scopes:
                return tuple(dict.fromkeys(scopes))
    title = document.title.casefold()
    for piece in title_pieces(document.title) if says_remote or any(word in title for word in REMOTE) else ():
        piece_is_remote, scopes = _of_field(piece)
        says_remote = says_remote or piece_is_remote
        if scopes and (piece_is_remote or says_remote):
            return tuple(dict.fromkeys(scopes))
    return tuple(dict.fromkeys(_of_text(document)))
