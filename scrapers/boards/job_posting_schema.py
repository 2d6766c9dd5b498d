"""Reads schema.org/JobPosting from a page's JSON-LD or microdata and maps it to the fields of a posting.

Sites write a property in many ways: a text, an object with a name, an array of either. :func:`words` reads them all.
What it cannot read is unknown and stays in the payload. Personal contacts are removed before anything is landed.
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Iterator
from typing import Any

import lxml.html
from scrapy.http import Response

from jobmarket.posting import Pay, Place
from scrapers.boards.addresses import absolute, spellings
from scrapers.boards.fields import amount, joined, moment_or_day, with_amount
from scrapers.decoding import UnexpectedShape, read_html, read_json
from scrapers.paging import noted

# Properties that contain parts of the text beside ``description``, in the order of a posting.
_FURTHER_TEXT = {
    "responsibilities": "Responsibilities",
    "qualifications": "Qualifications",
    "skills": "Skills",
    "experienceRequirements": "Experience",
    "educationRequirements": "Education",
    "jobBenefits": "Benefits",
}
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
# Properties that name persons or how to reach them, at any depth.
_PERSONAL = frozenset(
    {
        "accountablePerson", "applicationContact", "author", "contactPoint", "creator", "editor", "email", "employee",
        "employees", "faxNumber", "founder", "telephone",
    }
)  # fmt: skip


def page_of(response: Response) -> lxml.html.HtmlElement:
    """Parse an answer as HTML.

    Raises:
        UnexpectedShape: If the answer is not an HTML page.
    """
    return read_html(response.body, getattr(response, "encoding", None))


def job_postings(page: lxml.html.HtmlElement) -> list[dict[str, Any]]:
    """Return every JobPosting of a page, from its JSON-LD or, if that has none, from its microdata."""
    return list(_in_json_ld(page)) or list(_in_microdata(page))


def one_job_posting(response: Response, address: str | None = None) -> dict[str, Any]:
    """Return the JobPosting of a posting's own page; of several, the one that states its address, or else the first.

    Raises:
        UnexpectedShape: If the answer is not an HTML page, has no JobPosting, or is a redirect to a page of several.
    """
    return own_of(job_postings(page_of(response)), response, address)


def own_of(found: list[dict[str, Any]], response: Response, address: str | None) -> dict[str, Any]:
    """Return the JobPosting of a posting's own page, of all that were found on it, as :func:`one_job_posting` does."""
    if not found:
        raise UnexpectedShape("no JobPosting in the page of a posting")
    if len(found) == 1:
        return found[0]
    same = spellings(address)
    own = next((job for job in found if absolute(response.url, words(job.get("url"))) in same), None)
    if own is None and noted(response, "redirect_urls"):
        raise UnexpectedShape("redirected to a page of several postings")
    return own or found[0]


def _in_json_ld(page: lxml.html.HtmlElement) -> Iterator[dict[str, Any]]:
    for script in page.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        source = (script.text or "").strip().removeprefix("<!--").removesuffix("-->").removeprefix("//<![CDATA[")
        for attempt in (source, html.unescape(source)):
            try:
                found = read_json(attempt.removesuffix("//]]>").encode())
            except UnexpectedShape:
                continue  # skip a broken block; other blocks of the page may be readable
            yield from _postings_within(found)
            break


def _in_microdata(page: lxml.html.HtmlElement) -> Iterator[dict[str, Any]]:
    from extruct.w3cmicrodata import MicrodataExtractor  # imported late: it takes a quarter of a second

    for item in MicrodataExtractor().extract_items(page, None):
        yield from _postings_within(_as_json_ld(item))


def _as_json_ld(item: Any) -> Any:
    """Convert a microdata item to the shape of JSON-LD."""
    if isinstance(item, list):
        return [_as_json_ld(each) for each in item]
    if not isinstance(item, dict):
        return item
    properties = item.get("properties")
    if not isinstance(properties, dict):
        return item.get("value")
    return {"@type": item.get("type"), **{key: _as_json_ld(value) for key, value in properties.items()}}


def _postings_within(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for each in value:
            yield from _postings_within(each)
    elif isinstance(value, dict):
        kinds = value.get("@type")
        if any(
            str(kind).rpartition("/")[2] == "JobPosting" for kind in (kinds if isinstance(kinds, list) else [kinds])
        ):
            yield without_personal(_with_plain_keys(value))
        else:
            for each in value.values():
                yield from _postings_within(each)


def _with_plain_keys(value: dict[str, Any]) -> dict[str, Any]:
    """Rename properties to schema.org's own spelling (from ``EducationRequirements``, ``schema:title``)."""
    plain = ((re.sub(r"^(?:schema:|https?://schema\.org/)", "", key), each) for key, each in value.items())
    return {key if key.startswith("@") else key[:1].lower() + key[1:]: each for key, each in plain}


def without_personal(value: Any) -> Any:
    """Remove persons, and how to reach them, from a JobPosting or a part of one."""
    if isinstance(value, list):
        return [without_personal(each) for each in value if not _is_person(each)]
    if isinstance(value, dict):
        return {
            key: without_personal(each)
            for key, each in value.items()
            if key not in _PERSONAL and not (_is_person(each) and key != "hiringOrganization")
        }
    return value


def _is_person(value: Any) -> bool:
    return isinstance(value, dict) and str(value.get("@type")).rpartition("/")[2] == "Person"


def fields_of(job: dict[str, Any]) -> dict[str, Any]:
    """Map a JobPosting to arguments of :class:`jobmarket.posting.Posting`; ids and addresses come from the board."""
    remote = words(job.get("jobLocationType"))
    places = list(_places(job.get("jobLocation")))
    if not places and remote == "TELECOMMUTE":  # only then does it say from where the work can be done
        places = [Place(address_country=name) for name in _all_words(job.get("applicantLocationRequirements"))]
    description, plain = _texts(job)
    return {
        "title": html.unescape(words(job.get("title")) or words(job.get("name")) or "") or None,
        "company_name": words(job.get("hiringOrganization")),
        "location_text": joined(place.text for place in places),
        "job_locations": tuple(dict.fromkeys(places)),
        "workplace_text": remote,
        "employment_type_text": joined(_all_words(job.get("employmentType"))),
        "base_salary": with_amount(_pay(job)),
        "pay_text": next(_pay_in_words(job), None),
        "description_html": description,
        "description_text": plain,
        "language": words(job.get("inLanguage")),
        "date_posted": moment_or_day(job, "datePosted"),
        "valid_through": moment_or_day(job, "validThrough"),
    }


def words(value: Any) -> str | None:
    """Return the text of a property: itself, its object's name or value, or the first text in its array."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, list):
        return next((text for text in map(words, value) if text), None)
    if isinstance(value, dict):
        return next((text for key in ("name", "@value", "value") if (text := words(value.get(key)))), None)
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return str(value) if is_number else None


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _all_words(value: Any) -> list[str]:
    return [text for text in map(words, _listed(value)) if text]


def _places(stated: Any) -> Iterator[Place]:
    for each in _listed(stated):
        if not isinstance(each, dict):
            yield from (Place(text=text) for text in _all_words(each))
            continue
        for address in _listed(each.get("address")) or [{}]:
            place = Place(text=words(each.get("name")))
            if isinstance(address, dict):
                place = Place(
                    text=words(each.get("name")) or words(address.get("name")),
                    address_locality=words(address.get("addressLocality")),
                    address_region=words(address.get("addressRegion")),
                    address_country=words(address.get("addressCountry")),
                )
            elif text := words(address):
                place = Place(text=text)
            if place != Place():
                yield place


def _pay(job: dict[str, Any]) -> Iterator[Pay]:
    """Yield the pay ranges. A single value is both ends; the currency may be a property of the posting."""
    for stated in _listed(job.get("baseSalary")):
        if not isinstance(stated, dict):
            stated = {"value": stated}
        for value in _listed(stated.get("value")) or [stated]:
            within = value if isinstance(value, dict) else {"value": value}
            exact = amount(within, "value")
            low, high = amount(within, "minValue"), amount(within, "maxValue")
            unknown = low is None and high is None
            yield Pay(
                min_value=exact if unknown else low,
                max_value=exact if unknown else high,
                currency=words(stated.get("currency"))
                or words(within.get("currency"))
                or words(job.get("salaryCurrency")),
                unit_text=words(within.get("unitText")) or words(stated.get("unitText")),
            )


def _pay_in_words(job: dict[str, Any]) -> Iterator[str]:
    """Yield texts that stand for the pay or its value and are not an amount."""
    for stated in _listed(job.get("baseSalary")):
        for value in _listed(stated.get("value") if isinstance(stated, dict) else stated):
            if isinstance(value, str) and value.strip() and amount({"value": value}, "value") is None:
                yield value


def _texts(job: dict[str, Any]) -> tuple[str | None, str | None]:
    """Return the full text, as HTML or as plain text: the description, and what other properties add to it."""
    main = words(job.get("description")) or ""
    if not _TAG.search(main) and _TAG.search(html.unescape(main)):
        main = html.unescape(main)  # the HTML is escaped once more
    further = {
        title: text for name, title in _FURTHER_TEXT.items() if (text := _prose(job.get(name))) and text not in main
    }
    if _TAG.search(main) or any(map(_TAG.search, further.values())):
        main = main if _TAG.search(main) or not main else "<p>" + "<br>".join(main.splitlines()) + "</p>"
        return "\n".join([main, *(f"<h3>{title}</h3>\n<div>{text}</div>" for title, text in further.items())]), None
    parts = [main, *(f"{title}\n{text}" for title, text in further.items())]
    return None, html.unescape("\n\n".join(filter(None, parts))) or None


def _prose(value: Any) -> str | None:
    """Return the texts of a property that other sites fill with a code or an object."""
    return "\n".join(each for each in _listed(value) if isinstance(each, str)).strip() or None
