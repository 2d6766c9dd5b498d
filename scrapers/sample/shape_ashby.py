"""Render a listing in the format of Ashby's public job posting API."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from scrapers.sample.geography import COUNTRIES, City
from scrapers.sample.listings import Listing
from scrapers.sample.markup import to_html, to_plain
from scrapers.sample.pay_market import PlantedPay, rounding_step
from scrapers.sample.places import place_texts
from scrapers.sample.streams import stable_uuid, stream
from scrapers.sample.text import Document

_STYLE = ' style="min-height:1.5em"'
_WORKPLACES = {"remote": "Remote", "hybrid": "Hybrid", "onsite": "OnSite", "unspecified": None}
_EMPLOYMENT = {
    "full_time": "FullTime",
    "part_time": "PartTime",
    "contract": "Contract",
    "internship": "Intern",
    "temporary": "Temporary",
}
_INTERVALS = {"year": "1 YEAR", "month": "1 MONTH", "day": "1 DAY", "hour": "1 HOUR"}
_SYMBOLS = {"USD": "$", "GBP": "£", "EUR": "€", "CAD": "CA$", "INR": "₹", "CHF": "CHF ", "PLN": "PLN "}
_PER = {"year": "", "month": " per month", "day": " per day", "hour": " per hour"}

ONLY_WITH_COMPENSATION = ("compensation", "shouldDisplayCompensationOnJobPostings")

TIERED_SHARE = 0.1
TIERS = (("SF/NY", 1.0), ("Other US", 0.9))


def _address(city: City, style: int) -> dict[str, Any]:
    country = COUNTRIES[city.country].names
    return {
        "postalAddress": {
            "addressRegion": city.region if style % 2 and city.region else city.region_name,
            "addressCountry": country[style % 2 % len(country)],
            "addressLocality": city.name,
        }
    }


def _money(amount: int, pay: PlantedPay) -> str:
    symbol = _SYMBOLS[pay.currency]
    return f"{symbol}{amount / 1000:g}K" if pay.period in ("year", "month") else f"{symbol}{amount:,}"


def _range(low: int, high: int, pay: PlantedPay, dash: str) -> str:
    if low == high:
        return f"{_money(low, pay)}{_PER[pay.period]}"
    return f"{_money(low, pay)} {dash} {_money(high, pay)}{_PER[pay.period]}"


def tiers_of(seed: int, listing: Listing, version: int) -> list[tuple[str | None, int, int]]:
    """Return the pay tiers ``(title, low, high)`` of the board's pay field, or an empty list if it states no pay."""
    pay = listing.pay_in(version)
    if pay is None or not listing.pay_in_field or pay.minimum is None or pay.maximum is None:
        return []
    rng = stream(seed, "tiers", listing.native_id)
    if listing.opening.country != "US" or pay.period != "year" or rng.random() >= TIERED_SHARE:
        return [(None, pay.minimum, pay.maximum)]
    step = rounding_step(pay.currency, pay.period)
    return [
        (title, round(pay.minimum * factor / step) * step, round(pay.maximum * factor / step) * step)
        for title, factor in TIERS
    ]


def _component(kind: str, interval: str, currency: str | None, low: int | None, high: int | None) -> dict[str, Any]:
    return {
        "compensationType": kind,
        "interval": interval,
        "currencyCode": currency,
        "minValue": low,
        "maxValue": high,
    }


def _compensation(seed: int, listing: Listing, version: int) -> dict[str, Any]:
    tiers = tiers_of(seed, listing, version)
    pay = listing.pay_in(version)
    if not tiers or pay is None:
        return {
            "compensationTierSummary": None,
            "scrapeableCompensationSalarySummary": None,
            "compensationTiers": [],
            "summaryComponents": [],
        }
    equity = stream(seed, "equity", listing.opening.firm.index).random() < 0.5
    suffix = " • Offers Equity" if equity else ""
    low, high = min(tier[1] for tier in tiers), max(tier[2] for tier in tiers)
    interval = _INTERVALS[pay.period]

    def components(tier_low: int, tier_high: int) -> list[dict[str, Any]]:
        parts = [_component("Salary", interval, pay.currency, tier_low, tier_high)]
        if equity:
            parts.append(_component("EquityPercentage", "NONE", None, None, None))
        return parts

    def tier_object(number: int, title: str | None, tier_low: int, tier_high: int) -> dict[str, Any]:
        summaries = (_range(tier_low, tier_high, pay, "–"), "Offers Equity")
        return {
            "id": stable_uuid(seed, "tier", listing.native_id, number),
            "tierSummary": f"{summaries[0]}{suffix}",
            "title": title,
            "additionalInformation": None,
            "components": [
                {"id": stable_uuid(seed, "component", listing.native_id, number, at), "summary": summaries[at], **part}
                for at, part in enumerate(components(tier_low, tier_high))
            ],
        }

    return {
        "compensationTierSummary": f"{_range(low, high, pay, '–')}{suffix}",
        "scrapeableCompensationSalarySummary": _range(low, high, pay, "-"),
        "compensationTiers": [tier_object(number, *tier) for number, tier in enumerate(tiers)],
        "summaryComponents": components(low, high),
    }


def ashby_job(seed: int, listing: Listing, document: Document, version: int) -> dict[str, Any]:
    """Return the JSON object of one posting, with its keys in the API's order."""
    opening, account = listing.opening, listing.account
    rng = stream(seed, "ashby", listing.native_id)
    places = place_texts(listing)
    style = opening.firm.location_style
    is_remote: bool | None = {"remote": True, "onsite": False, "unspecified": None}.get(opening.workplace)
    if opening.workplace == "hybrid":
        # As on the real system, the flag means that some work is remote, not that the job is remote.
        is_remote = rng.random() < 0.62
    address: dict[str, Any] = _address(listing.places[0], style)
    if opening.workplace == "remote":
        country = COUNTRIES[opening.country].names[0]
        address = {"postalAddress": {} if places == ["Remote - Europe"] else {"addressCountry": country}}
    elif rng.random() < 0.08:
        address = {"postalAddress": {}}
    url = f"https://jobs.ashbyhq.com/{quote(account.slug)}/{listing.native_id}"
    return {
        "id": listing.native_id,
        "title": document.title,
        "department": ("Engineering", "Data", "Technology")[opening.firm.index % 3],
        "team": document.team,
        "employmentType": _EMPLOYMENT[opening.employment_type],
        "location": places[0],
        "shouldDisplayCompensationOnJobPostings": bool(tiers_of(seed, listing, version)),
        "secondaryLocations": [
            {"location": text, "address": _address(city, style)}
            for text, city in zip(places[1:], listing.places[1:], strict=False)
        ],
        "publishedAt": listing.posted_at.isoformat(timespec="milliseconds"),
        "isListed": True,
        "isRemote": is_remote,
        "workplaceType": _WORKPLACES[opening.workplace],
        "address": address,
        "jobUrl": url,
        "applyUrl": f"{url}/application",
        "descriptionHtml": to_html(document.sections, (1, 1, 0, 2)[opening.firm.markup_style], _STYLE, ""),
        "descriptionPlain": to_plain(document.sections),
        "compensation": _compensation(seed, listing, version),
    }
