"""Read the places where a job can be done, from the location field or else from the posting itself.

:mod:`jobmarket.extract.place_field` splits a field into names, :mod:`jobmarket.extract.place_grouping` combines them
into places, and :mod:`jobmarket.extract.place_choice` decides what ambiguous names mean. Every rule is a lookup in the
gazetteer or in :mod:`jobmarket.extract.place_words`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from jobmarket.extract import place_sentence
from jobmarket.extract.currencies import DOLLAR_COUNTRIES
from jobmarket.extract.document import Document
from jobmarket.extract.facts import Location
from jobmarket.extract.gazetteer import gazetteer
from jobmarket.extract.inclusive import in_masculine
from jobmarket.extract.place_address import read_address
from jobmarket.extract.place_choice import choose
from jobmarket.extract.place_department import with_article
from jobmarket.extract.place_field import Item, read_items
from jobmarket.extract.place_found import Found
from jobmarket.extract.place_grouping import group_items
from jobmarket.extract.place_words import REMOTE
from jobmarket.extract.places import fold_name, lies_in

# Characters; enough for a list of a hundred addresses.
_FIELD_LIMIT = 20_000
# How much likelier a country's cities become when the board's own field states the country.
_STATED = 20.0
# The same for a text's language where no country is stated: "Brest", "Saint-Cloud"
_OF_LANGUAGE: Mapping[str, Mapping[str, float]] = {"fr": {"FR": 4.0}, "de": {"DE": 4.0}}
# Characters. A longer part of a header line is a sentence, and only its start can be a place.
_PART_LIMIT = 160
# The cut is not inside a name: "San Francisco" must not become "San", a town in Mali.
_START_OF_LONG_PART = re.compile(r".{0,60}(?= )(?: [A-Z]\S*)*")

_LABELS = frozenset(
    ("location", "locations", "job location", "work location", "where", "standort", "standorte", "arbeitsort")
    + ("einsatzort", "ort", "lieu", "lieu de travail", "lieu du poste", "localisation")
)
_LABEL_INSIDE = " Location: "
# A job page flattened to one line: "$100K - $250K • 0.50% • Lyon, France Job type Full-time Role Engineering"
_BEFORE_JOB_TYPE = re.compile(r" • ([^•\n]{2,80}) Job type ")
_BEHIND_DASH_OR_BAR = re.compile(r"\s[-–—|]\s|\s*\|\s*|, ")
_TITLE_LIMIT = 300
# Characters. Longer than almost every posting: the place may stand at its end.
_TEXT_LIMIT = 20_000


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
    """Return the places where the job can be done, in the order they are named; unknown places are left out.

    Args:
        document: The posting. ``document.location`` is read first. Without one, the sources are a header line of
            ``|``-separated parts, a line "Location: …", the title, and phrases such as "based in …".
        job_locations: Places from the board's own fields. They settle ambiguous names, and replace a location field
            that names no place.

    Returns:
        Distinct places. Continents, "Worldwide" and a bare "Remote" give none.
    """
    if document.location:
        stated = dict.fromkeys(_stated_countries(job_locations), _STATED) or _OF_LANGUAGE.get(
            document.language or "", {}
        )
        read = read_field(with_article(document.location), stated=stated, context=document.text)
        if read:
            return _closer_by_title(read, document.title)
        return _of_remote_field(document.location, job_locations, document.title)
    places = [place for one in job_locations for place in _read_stated(one)]
    if places:
        return list(dict.fromkeys(places))
    headers = _header_lines(document)
    if not headers:
        return _labelled(document) or _from_title(document) or _from_text(document.text)
    says_remote = any(item.is_remote for item in read_items(headers[0]))
    # The lines below the first begin with a role.
    lines = headers[:1] if says_remote else [headers[0], *(f"| {line}" for line in headers[1:])]
    of_headers = (_from_header(line, document.text) for line in lines)
    places = next(filter(None, of_headers), [])
    return places or _labelled(document) or ([] if says_remote else _from_text(document.text))


def primary_country(places: Sequence[Location]) -> str | None:
    """Return the country of most places, by which pay is read; None if no place has a country.

    On a tie the first named counts, but the US before other countries with a dollar: where both may apply, a bare ``$``
    is a US dollar.
    """
    countries = [place.country for place in places if place.country]
    if not countries:
        return None
    primary = max(countries, key=countries.count)
    is_tie = primary in DOLLAR_COUNTRIES and countries.count("US") == countries.count(primary)
    return "US" if is_tie else primary


def country_code(text: str | None) -> str | None:
    """Return the ISO 3166 alpha-2 code for a country's name or code in English, French or German; None if unknown."""
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
    """Return the places in one location field.

    Args:
        text: The field as the board shows it; places are split at ``;``, ``|``, ``or``, ``and`` …
        header: The text is a header line that contains other things than places, so reading is strict.
        stated: Countries known from elsewhere, with how much likelier they make their cities.
        context: A longer text that may resolve an ambiguous city ("Cambridge, MA").
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
    """Return the line of ``|``-separated parts that heads a forum post (Hacker News), or None."""
    return next(iter(_header_lines(document)), None)


def _header_lines(document: Document) -> list[str]:
    """Return the lines of ``|``-separated parts at the top: below "Acme | acme.com", roles may stand with places."""
    first_lines = document.text[:3_000].split("\n")[:4]
    return [line for line in first_lines if "|" in line] or [line for line in (document.title,) if "|" in line]


def title_pieces(title: str) -> list[str]:
    """Return the parts of a title in brackets or after a dash, bar or comma: the candidates for a place."""
    title = in_masculine(title[:_TITLE_LIMIT])  # no place in "Acheteur(se)"
    return [*place_sentence.IN_BRACKETS.findall(title), *_BEHIND_DASH_OR_BAR.split(title)[1:]]


# -- the board's own fields -------------------------------------------------------------------------------------


def _stated_countries(job_locations: Sequence[StatedPlace]) -> list[str]:
    countries = (country_code(one.address_country) for one in job_locations)
    return list(dict.fromkeys(country for country in countries if country))


def _read_stated(one: StatedPlace) -> list[Location]:
    """Read a place given as separate fields for locality, region and country."""
    country = country_code(one.address_country)
    parts = [part for part in (one.address_locality, one.address_region) if part and fold_name(part) not in REMOTE]
    if country is None:
        return read_field(", ".join(parts))[:1]
    read = read_field(", ".join([*parts, one.address_country or ""]), stated={country: _STATED})
    # With both a district and its city stated, the first one is the locality.
    for place in read:
        if place.country is None or lies_in(place.country, country):
            return [Location(place.city, place.region, place.country or country)]
    return [Location(None, None, country)]


def _of_remote_field(field_text: str, job_locations: Sequence[StatedPlace], title: str) -> list[Location]:
    """Return the countries of the board's own fields or the title, for a field that names no place ("Remote")."""
    # The address of an employer's office does not narrow down "EMEA", the title does: "… - India".
    is_area = any(item.place is not None and item.place.area for item in read_items(field_text))
    if is_area and "relocation" in title.lower():
        return []  # "EU" says where applicants are, the title where some of them would move
    stated = [] if is_area else [Location(None, None, country) for country in _stated_countries(job_locations)]
    return stated or _from_title_parts(title)


def _closer_by_title(read: list[Location], title: str) -> list[Location]:
    """Return the city in the title's brackets if the field gives only its country: "… (Belo Horizonte)", "Brazil"."""
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
    # The first part is the employer's name or the role; only its brackets can contain a place.
    opened, _, rest = first.partition("(")
    if rest and not _names_places_only(opened):
        first = rest.partition(")")[0]
    elif not _names_places_only(first):
        first = ""
    parts = [_start_if_long(part) for part in (first, *others)]
    return read_field(" | ".join(parts), header=True, context=text)


def _start_if_long(part: str) -> str:
    if len(part) <= _PART_LIMIT:
        return part
    start = _START_OF_LONG_PART.match(part)
    return start.group() if start else ""


def _names_places_only(part: str) -> bool:
    """Return whether a part is "Remote" or several places; a single name is mostly the employer's ("Phoenix")."""
    items = read_items(part)
    is_place = [item.is_remote or item.place is not None for item in items]
    return all(is_place) and (len(items) > 1 or any(item.is_remote for item in items))


def _labelled(document: Document) -> list[Location]:
    """Read "Location: Berlin" in or at the start of a line, or the line below "Location"."""
    lines = document.text[:_TEXT_LIMIT].split("\n")
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


def _from_title(document: Document) -> list[Location]:
    """Read places in the parts of a title, or in its words if it is the text's first sentence ("Hiring in Lyon, …")."""
    sentence = document.title if document.text.startswith(document.title) else ""
    phrases = place_sentence.phrases(sentence)
    of_sentence = (places for phrase in phrases if (places := read_field(phrase, header=True)))
    return next(of_sentence, []) or _from_title_parts(document.title)


def _from_title_parts(title: str) -> list[Location]:
    """Read places in brackets or after a dash at the end of a title: "Data Engineer (Berlin)"."""
    return next((places for piece in title_pieces(title) if (places := read_field(piece, header=True))), [])


def _from_text(text: str) -> list[Location]:
    for phrase in place_sentence.phrases(text):
        places = read_field(phrase, header=True, context=text)
        if places:
            return places
    return read_field(" | ".join(place_sentence.listed(text)), header=True, context=text)
