"""Places where a job can be done: from the location field, and where a board has none from the text's header.

A field is read (:mod:`jobmarket.extract.place_field`), its names are put together to places
(:mod:`jobmarket.extract.place_grouping`), and what a name means is chosen (:mod:`jobmarket.extract.place_choice`).
Every rule is a look-up in the gazetteer or in :mod:`jobmarket.extract.place_words`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from jobmarket.extract import place_sentence
from jobmarket.extract.document import Document
from jobmarket.extract.facts import Location
from jobmarket.extract.gazetteer import gazetteer
from jobmarket.extract.place_address import read_address
from jobmarket.extract.place_choice import choose
from jobmarket.extract.place_field import Item, read_items
from jobmarket.extract.place_found import Found
from jobmarket.extract.place_grouping import group_items
from jobmarket.extract.place_words import REMOTE
from jobmarket.extract.places import fold_name, lies_in

# Characters: a list of a hundred addresses is no longer.
_FIELD_LIMIT = 20_000
# How much likelier a country makes its cities when the board's own field states it.
_STATED = 20.0
# A longer part of a header line is a sentence: only its start can be a place.
_PART_LIMIT = 160
_START_OF_LONG_PART = 60

_LABELS = frozenset(
    ("location", "locations", "job location", "work location", "where", "standort", "standorte", "arbeitsort")
    + ("einsatzort", "ort", "lieu", "lieu de travail", "lieu du poste", "localisation")
)
_LABEL_INSIDE = " Location: "
# A page of a job put on one line: "$100K - $250K • 0.50% • Lyon, France Job type Full-time Role Engineering"
_BEFORE_JOB_TYPE = re.compile(r" • ([^•\n]{2,80}) Job type ")
_BEHIND_DASH_OR_BAR = re.compile(r"\s[-–—|]\s|\s*\|\s*|, ")
_TITLE_LIMIT = 300


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
    if document.location:
        stated = dict.fromkeys(_stated_countries(job_locations), _STATED)
        read = read_field(document.location, stated=stated, context=document.text)
        return _closer_by_title(read, document.title) if read else _of_remote_field(document.location, job_locations)
    places = [place for one in job_locations for place in _read_stated(one)]
    if places:
        return list(dict.fromkeys(places))
    line = header_line(document)
    if line is None:
        return _labelled(document) or _from_title(document.title) or _from_text(document.text)
    says_remote = any(item.is_remote for item in read_items(line))
    return (
        _from_header(line, document.text) or _labelled(document) or ([] if says_remote else _from_text(document.text))
    )


def primary_country(places: Sequence[Location]) -> str | None:
    """The country that stands for a posting: that of most of its places, the first named among equals."""
    countries = [place.country for place in places if place.country]
    return max(countries, key=countries.count) if countries else None


def country_code(text: str | None) -> str | None:
    """ISO 3166 alpha-2 of a country's name or code in EN, FR, DE; null if it is none."""
    if not text:
        return None
    names = gazetteer()
    place = names.coded(text.strip().replace(".", "").upper())
    if place is not None and place.country:
        return place.country
    named = names.named(fold_name(text))
    return named.country if named is not None else None


def read_field(
    text: str, *, header: bool = False, stated: Mapping[str, float] | None = None, context: str = ""
) -> list[Location]:
    """Places in one location field.

    Args:
        text: The field as the board shows it; places are split at ``;``, ``|``, ``or``, ``and`` …
        header: The text is a header line in which other things than places stand: be strict.
        stated: Countries known from elsewhere, with how much more likely they make a city.
        context: A longer text in which an ambiguous city may be told ("Cambridge, MA").
    """
    found = [one for piece in text[:_FIELD_LIMIT].split(";") for one in _read_piece(piece, header=header)]
    return choose(found, stated or {}, context)


def _read_piece(piece: str, *, header: bool) -> list[Found]:
    address = None if header else read_address(piece)
    if address is not None:
        return [Found(address, Item(piece, None, ";"))]
    items: Sequence[Item] = read_items(piece)
    if header:
        items = [item for item in items if not item.is_weak or item.is_remote]
    return group_items(items, header=header)


def header_line(document: Document) -> str | None:
    """The line of ``|``-separated parts that heads a posting of a forum thread (Hacker News), if there is one."""
    first_lines = document.text[:3_000].split("\n")[:4]
    return next((line for line in (*first_lines, document.title) if "|" in line), None)


def title_pieces(title: str) -> list[str]:
    """What stands in brackets or behind a dash or bar in a title, and no more than a place may take."""
    title = title[:_TITLE_LIMIT]
    return [*place_sentence.IN_BRACKETS.findall(title), *_BEHIND_DASH_OR_BAR.split(title)[1:]]


# -- the board's own fields -------------------------------------------------------------------------------------


def _stated_countries(job_locations: Sequence[StatedPlace]) -> list[str]:
    countries = (country_code(one.address_country) for one in job_locations)
    return list(dict.fromkeys(country for country in countries if country))


def _read_stated(one: StatedPlace) -> list[Location]:
    """A place given in fields of their own: locality, region, country."""
    country = country_code(one.address_country)
    parts = [part for part in (one.address_locality, one.address_region) if part and fold_name(part) not in REMOTE]
    if country is None:
        return read_field(", ".join(parts))[:1]
    read = read_field(", ".join([*parts, one.address_country or ""]), stated={country: _STATED})
    # A district and its city, both stated: the first is the locality.
    for place in read:
        if place.country is None or lies_in(place.country, country):
            return [Location(place.city, place.region, place.country or country)]
    return [Location(None, None, country)]


def _of_remote_field(field_text: str, job_locations: Sequence[StatedPlace]) -> list[Location]:
    """Where the field names no place ("Remote"), the country that the board's own field states."""
    if any(item.place is not None and item.place.area for item in read_items(field_text)):
        return []  # the address of an employer's office says nothing of "EMEA"
    return [Location(None, None, country) for country in _stated_countries(job_locations)]


def _closer_by_title(read: list[Location], title: str) -> list[Location]:
    """A city in the title's brackets, where the field gives its country alone: "… (Belo Horizonte)", "Brazil"."""
    if len(read) != 1 or read[0].city or read[0].region:
        return read
    for piece in place_sentence.IN_BRACKETS.findall(title[:_TITLE_LIMIT]):
        closer = [place for place in read_field(piece, header=True) if place.country == read[0].country and place.city]
        if closer:
            return closer
    return read


# -- without a field ---------------------------------------------------------------------------------------------


def _from_header(line: str, text: str) -> list[Location]:
    first, *others = (part.strip() for part in line.split("|"))
    # First comes the employer's name, or the role: only what stands in brackets can be a place.
    opened, _, rest = first.partition("(")
    if rest and not _names_places_only(opened):
        first = rest.partition(")")[0]
    elif not _names_places_only(first):
        first = ""
    parts = [part if len(part) <= _PART_LIMIT else part[:_START_OF_LONG_PART] for part in (first, *others)]
    return read_field(" | ".join(parts), header=True, context=text)


def _names_places_only(part: str) -> bool:
    """Whether a part is "Remote" or names several places; one name alone is mostly the employer's ("Phoenix")."""
    items = read_items(part)
    is_place = [item.is_remote or item.place is not None for item in items]
    return all(is_place) and (len(items) > 1 or any(item.is_remote for item in items))


def _labelled(document: Document) -> list[Location]:
    """A line "Location: Berlin" among the first lines, or inside one of them; or the line below "Location"."""
    lines = document.text[:4_000].split("\n")[:25]
    for at, line in enumerate(lines):
        label, colon, rest = line.partition(":")
        if not rest.strip() and label.strip().casefold() in _LABELS:
            below = next((one for one in lines[at + 1 :] if one.strip()), "")
            places = read_field(below[:_PART_LIMIT], header=True, context=document.text)
            if places:
                return places
        if colon and label.strip().casefold() in _LABELS:
            places = read_field(rest[:200], context=document.text)
            if places:
                return places
        before, label, rest = line.partition(_LABEL_INSIDE)
        if label:
            places = read_field(rest[:130], header=True, context=document.text)
            if places:
                return places
        page = _BEFORE_JOB_TYPE.search(line)
        if page:
            return read_field(page[1], context=document.text)
    return []


def _from_title(title: str) -> list[Location]:
    """Places in brackets or after a dash at the end of a title: "Data Engineer (Berlin)"."""
    return next((places for piece in title_pieces(title) if (places := read_field(piece, header=True))), [])


def _from_text(text: str) -> list[Location]:
    for phrase in place_sentence.phrases(text):
        places = read_field(phrase, header=True, context=text)
        if places:
            return places
    return read_field(" | ".join(place_sentence.listed(text)), header=True, context=text)
