"""Render a listing in the format of Lever's Postings API."""

from __future__ import annotations

from typing import Any

from scrapers.sample.listings import Listing
from scrapers.sample.markup import list_items, section_html, section_plain, to_html, to_plain
from scrapers.sample.places import place_texts
from scrapers.sample.streams import stream
from scrapers.sample.text import Document, Section

# Only the first value occurs in recorded responses. The others are reported by users of the system.
INTERVALS = {
    "year": "per-year-salary",
    "month": "per-month-salary",
    "day": "per-day-wage",
    "hour": "per-hour-wage",
}
_COMMITMENTS = {
    "full_time": ("Full-time", "Full Time Employee", "Permanent", "Full-Time"),
    "part_time": ("Part-time",),
    "contract": ("Contract", "Contractor"),
    "internship": ("Internship", "Intern"),
    "temporary": ("Fixed Term", "Temporary"),
}
_IN_LISTS = ("duties", "required", "preferred")
_AFTERWARDS = ("working", "benefits", "pay", "closing")


def _divs(sections: list[Section], style: int) -> str:
    return "".join(f"<div>{section_html(section, style, joiner='')}</div>" for section in sections)


def lever_posting(seed: int, listing: Listing, document: Document, version: int) -> dict[str, Any]:
    """Return the JSON object of one posting, with its keys in the API's order."""
    opening, account = listing.opening, listing.account
    style = opening.firm.markup_style
    rng = stream(seed, "lever", listing.native_id)
    by_kind = {section.kind: section for section in document.sections}
    lead = [by_kind["company"]] if opening.firm.index % 10 < 7 else []
    body = [section for section in document.sections if section.kind in ("company", "role") and section not in lead]
    pay = listing.pay_in(version)
    pay_text = by_kind.get("pay")
    described = [pay_text] if listing.pay_in_field and pay_text else []
    closing = [s for s in document.sections if s.kind in _AFTERWARDS and s not in described]
    places = place_texts(listing)
    commitments = _COMMITMENTS[opening.employment_type]
    categories: dict[str, Any] = {
        "commitment": commitments[opening.firm.index % len(commitments)],
        "department": ("Engineering", "Data & AI", "Technology")[opening.firm.index % 3],
        "location": places[0],
        "team": document.team,
        "allLocations": places,
    }
    if rng.random() < 0.06:
        del categories["commitment"]
    if opening.firm.index % 11 == 3:
        del categories["department"]
    lists = [
        {"text": section.heading or "", "content": "\n" + "\n".join(list_items(section)) + "\n"}
        for section in document.sections
        if section.kind in _IN_LISTS
    ]
    posting: dict[str, Any] = {
        "additionalPlain": to_plain(closing),
        "additional": _divs(closing, style),
        "categories": categories,
        "createdAt": int(listing.posted_at.timestamp() * 1000),
        "descriptionPlain": to_plain([*lead, *body]),
        "description": _divs([*lead, *body], style),
        "id": listing.native_id,
        "lists": lists,
    }
    if listing.pay_in_field and pay is not None:
        posting["salaryRange"] = {
            "min": pay.minimum,
            "max": pay.maximum,
            "currency": pay.currency,
            "interval": INTERVALS[pay.period],
        }
        if described:
            posting["salaryDescription"] = to_html(described, style, joiner="")
            posting["salaryDescriptionPlain"] = section_plain(described[0])
    url = f"https://jobs.lever.co/{account.slug}/{listing.native_id}"
    workplaces = {"remote": "remote", "hybrid": "hybrid", "onsite": "onsite", "unspecified": "unspecified"}
    if opening.firm.index % 2:
        workplaces["onsite"] = "on-site"
    posting |= {
        "text": document.title,
        "country": None if places == ["Remote - Europe"] else opening.country,
        "workplaceType": workplaces[opening.workplace],
        "opening": _divs(lead, style),
        "openingPlain": to_plain(lead),
        "descriptionBody": _divs(body, style),
        "descriptionBodyPlain": to_plain(body),
        "hostedUrl": url,
        "applyUrl": f"{url}/apply",
    }
    return posting
