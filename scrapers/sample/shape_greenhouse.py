"""Render a listing in the format of Greenhouse's Job Board API, as in the list of a board."""

from __future__ import annotations

import html
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from scrapers.sample.listings import Listing
from scrapers.sample.markup import section_html
from scrapers.sample.places import location_text, place_texts
from scrapers.sample.streams import stable_int, stream
from scrapers.sample.text import Document

# On recorded boards, offsets follow US daylight saving time whatever the employer's country.
_EASTERN = ZoneInfo("America/New_York")
_WORKPLACES = {"remote": "Remote", "hybrid": "Hybrid", "onsite": "On-Site", "unspecified": None}
_EMPLOYMENT = {
    "full_time": "Full-time",
    "part_time": "Part-time",
    "contract": "Contractor",
    "internship": "Intern",
    "temporary": "Fixed term",
}
# The classes of the blocks that Greenhouse's templates put around boilerplate and pay.
_BLOCKS = {"company": "content-intro", "pay": "content-pay-transparency", "closing": "content-conclusion"}

LIST_ONLY_WITH_CONTENT = ("content", "departments", "offices")


def _eastern(moment: datetime) -> str:
    return moment.astimezone(_EASTERN).replace(microsecond=0).isoformat()


def _escaped_once(source: str) -> str:
    return html.escape(source, quote=True).replace("&#x27;", "&#39;")


def _content(listing: Listing, document: Document) -> str:
    style = listing.opening.firm.markup_style
    parts = []
    for section in document.sections:
        block = section_html(section, style)
        if section.kind in _BLOCKS and style != 2:
            block = f'<div class="{_BLOCKS[section.kind]}">{block}</div>'
        if style == 1 and section.kind == "duties":
            block += "\n<p>&nbsp;</p>"
        parts.append(block)
    return _escaped_once("\n".join(parts))


def _metadata(seed: int, listing: Listing) -> list[dict[str, Any]] | None:
    firm = listing.opening.firm
    rng = stream(seed, "metadata", firm.index)
    if rng.random() < 0.5:
        return None
    fields = [(rng.choice(("Location Type", "Workplace Type")), _WORKPLACES[listing.opening.workplace])]
    if rng.random() < 0.6:
        fields.append(("Employment Type", _EMPLOYMENT[listing.opening.employment_type]))
    return [
        {
            "id": stable_int(seed, 4_000_000_000, 4_100_000_000, "metadata", firm.index, name),
            "name": name,
            "value": value,
            "value_type": "single_select",
        }
        for name, value in fields
    ]


def greenhouse_job(seed: int, listing: Listing, document: Document, updated_at: datetime) -> dict[str, Any]:
    """Return the JSON object of one posting, with its keys in the API's order."""
    firm, account = listing.opening.firm, listing.account
    rng = stream(seed, "greenhouse", firm.index)
    own_site, trailing_space = rng.random() < 0.3, rng.random() < 0.06
    requisition = stable_int(seed, 1000, 9999, "requisition", listing.opening.key)
    domain = "".join(filter(str.isalnum, firm.name.lower()))
    parent = stable_int(seed, 4_000_000_000, 4_100_000_000, "department", firm.index)
    return {
        "absolute_url": f"https://www.{domain}.example/careers?gh_jid={listing.native_id}"
        if own_site
        else f"https://job-boards.greenhouse.io/{account.slug}/jobs/{listing.native_id}",
        "data_compliance": [
            {
                "type": "gdpr",
                "requires_consent": False,
                "requires_processing_consent": False,
                "requires_retention_consent": False,
                "retention_period": None,
                "demographic_data_consent_applies": False,
            }
        ],
        "internal_job_id": listing.internal_id,
        "location": {"name": location_text(listing)},
        "metadata": _metadata(seed, listing),
        "id": int(listing.native_id),
        "updated_at": _eastern(updated_at),
        "requisition_id": "See Opening ID" if firm.index % 9 == 2 else f"R-{requisition}",
        "title": document.title,
        "company_name": f"{account.company_name} " if trailing_space else account.company_name,
        "first_published": _eastern(listing.posted_at),
        "language": listing.opening.language,
        "application_deadline": None if listing.stated_end is None else _eastern(listing.stated_end),
        "content": _content(listing, document),
        "departments": [
            {
                "id": stable_int(seed, 4_000_000_000, 4_100_000_000, "department", firm.index, document.team),
                "name": document.team,
                "child_ids": [],
                "parent_id": parent,
            }
        ],
        "offices": [
            {
                "id": stable_int(seed, 4_000_000_000, 4_100_000_000, "office", firm.index, place),
                "name": place,
                "location": None if firm.index % 2 else place,
                "child_ids": [],
                "parent_id": None,
            }
            for place in place_texts(listing)
        ],
        "ai_disclaimer": None,
        "include_ai_disclaimer": False,
        "ai_opt_out_request_url": f"http://app.greenhouse.io/ai_opt_out_request/job_post/{listing.native_id}/ai_opt_out",
    }


def greenhouse_updated_at(seed: int, listing: Listing, moment: datetime) -> datetime:
    """Return the time of the last change as the API reports it.

    Some employers touch all their postings every eight weeks without changing anything.
    """
    updated = listing.posted_at + timedelta(minutes=stable_int(seed, 1, 240, "touched", listing.native_id))
    updated = max([min(updated, moment), *(edit.at for edit in listing.edits if edit.at <= moment)])
    if listing.opening.firm.index % 8 == 6:
        weeks = (moment - datetime(2026, 1, 5, 3, tzinfo=moment.tzinfo)) // timedelta(weeks=8)
        updated = max(updated, datetime(2026, 1, 5, 3, tzinfo=moment.tzinfo) + weeks * timedelta(weeks=8))
    return updated
