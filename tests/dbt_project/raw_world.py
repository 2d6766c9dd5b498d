"""A small invented world: about thirty postings over four weeks, with typical incidents of crawls.

========  =======================================  =======  =======  ============  =========
board     company                                  5 Jan    12 Jan   19 Jan        26 Jan
========  =======================================  =======  =======  ============  =========
ashby     acme (six postings, then seven)          full     full     partial       full
ashby     steady (four, then five)                 full     full     one broken    full
lever     hollow (one)                             full     empty    empty         empty
lever     shrunk (eight, then one)                 full     full     full          truncated
lever     newcomer (two, then three)               --       full     full          full
remotive  remotive (a copy; three of no employer)  full     full     full          full
========  =======================================  =======  =======  ============  =========
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jobmarket.identity import posting_key
from jobmarket.landing import CompanyOutcome, RunRecord, run_id_for
from jobmarket.posting import Pay, Place, Posting
from jobmarket.run_writer import RunWriter
from jobmarket.settings import Home

WEEKS = tuple(datetime(2026, 1, day, 6, tzinfo=UTC) for day in (5, 12, 19, 26))

_TEXT = (
    "<h3>About us</h3><p>We build {product}.</p>"
    "<h3>Requirements</h3><ul><li>5+ years of experience with Python</li><li>PyTorch in production</li></ul>"
    "<h3>Nice to have</h3><ul><li>Kubernetes</li></ul>{more}"
)


def _posting(
    board: str,
    slug: str,
    native_id: str,
    title: str = "Machine Learning Engineer",
    city: str = "Paris",
    country: str = "France",
    more: str = "",
    **fields: Any,
) -> Posting:
    return Posting(
        board=board,
        company_slug=slug,
        native_id=native_id,
        title=title,
        url=f"https://jobs.example/{slug}/{native_id}",
        location_text=f"{city}, {country}",
        job_locations=(Place(text=f"{city}, {country}", address_locality=city, address_country=country),),
        description_html=fields.pop("html", _TEXT.format(product=f"tools for {slug}", more=more)),
        payload={"id": native_id, "more": more},
        **fields,
    )


def _day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@dataclass
class Crawl:
    """The result of one crawl of one company."""

    postings: list[Posting] = field(default_factory=list)
    status: str = "complete"
    reason: str | None = None
    errors: int = 0
    broken: list[Posting] = field(default_factory=list)
    """Postings shown without a title."""


def _acme(week: int) -> Crawl:
    def own(native_id: str, **fields: Any) -> Posting:
        return _posting("ashby", "acme", native_id, company_name="Acme Inc.", **fields)

    edited = own("edited", title="Applied Scientist", more="<p>Now with a van.</p>" if week >= 2 else "")
    # published on a Sunday, so the last exchange rate is Friday's
    paid = own(
        "paid",
        title="Senior MLOps Engineer",
        date_posted=_day("2026-01-04"),
        base_salary=(
            Pay(min_value=60000, max_value=80000, currency="EUR", unit_text="1 YEAR", name="Paris"),
            Pay(min_value=50000, max_value=70000, currency="EUR", unit_text="1 YEAR", name="Lyon"),
        ),
        more="<p>Salary: $90,000 - $110,000 per year.</p>",
    )
    opening = own("opening", date_posted=_day("2025-12-20"))
    twin = own("twin", city="Lyon", date_posted=_day("2025-12-20"))
    future = own("future", title="Data Scientist", date_posted=_day("2026-06-01"))
    back = own("back", title="AI Engineer", more="<p>On and off.</p>")
    fresh = own("fresh", title="Senior Data Scientist", date_posted=_day("2026-01-14"))
    everything = [edited, paid, opening, twin, future]
    if week == 2:  # the third crawl broke off, so the postings it did not see are not closed
        return Crawl([edited, opening], "partial", "timed out after 2 of 6 requests", errors=1)
    if week == 1:  # `back` is missing from a complete crawl
        return Crawl(everything)
    return Crawl([*everything, back] if week == 0 else [*everything, back, fresh])


def _steady(week: int) -> Crawl:
    titles = ("Machine Learning Engineer", "AI Engineer", "Research Scientist", "Accountant")
    postings = [
        _posting("ashby", "steady", f"s{n}", title=title, city="Berlin", country="Germany", company_name="Steady GmbH")
        for n, title in enumerate(titles)
    ]
    if week >= 1:
        postings.append(
            _posting(
                "ashby", "steady", "new", title="NLP Engineer", city="Berlin", country="Germany",
                company_name="Steady GmbH", date_posted=_day("2026-01-09"),
            )
        )  # fmt: skip
    if week == 2:  # the researcher has no title that day
        broken = postings.pop(2)
        return Crawl(postings, "partial", "1 rejected: no title (1)", errors=1, broken=[broken])
    return Crawl(postings)


def _hollow(week: int) -> Crawl:
    return Crawl([_posting("lever", "hollow", "h0", city="Madrid", country="Spain")] if week == 0 else [])


def _shrunk(week: int) -> Crawl:
    postings = [
        _posting(
            "lever", "shrunk", f"t{n}", title=f"Machine Learning Engineer, Team {n}", city="Dublin", country="Ireland"
        )
        for n in range(8)
    ]
    return Crawl(postings[:1] if week == 3 else postings)


def _newcomer(week: int) -> Crawl | None:
    postings = [
        _posting("lever", "newcomer", f"n{n}", title=f"ML Engineer {n}", date_posted=_day(day))
        for n, day in enumerate(("2026-01-06", "2026-01-07", "2026-01-20"))
    ]
    return None if week == 0 else Crawl(postings if week == 3 else postings[:2])


def _remotive(week: int) -> Crawl:
    copy = _posting(
        "remotive", "remotive", "copy-of-opening", company_name="ACME, Inc", html=_TEXT.format(
            product="tools for acme", more="").replace("<h3>", "<b>").replace("</h3>", "</b>"),
    )  # fmt: skip
    mute = _posting("remotive", "remotive", "mute", company_name="Quiet Ltd", html=None)
    # an agency advertises for two clients that it does not name, with one wording and in one place
    nobodys = [
        _posting("remotive", "remotive", f"nobodys-{n}", title="Accountant, contact Jane Doe, jane.doe@acme.example",
                 city="Rome", country="Italy", more=f"<p>{words}</p>")
        # the last repeats the first
        for n, words in enumerate((
            "Our client makes pumps for mines and mills.", "Our client is a house of fashion with nine shops.",
            "Our client makes pumps for mines and mills.",
        ))
    ]  # fmt: skip
    return Crawl([copy, mute, *nobodys])


_COMPANIES = {
    "ashby": {"acme": _acme, "steady": _steady},
    "lever": {"hollow": _hollow, "shrunk": _shrunk, "newcomer": _newcomer},
    "remotive": {"remotive": _remotive},
}
_NAMES = {"hollow": "Hollow", "shrunk": "Shrunk", "newcomer": "Newcomer SAS"}


def land(home: Home) -> None:
    """Write the landing of all four weeks."""
    for week, moment in enumerate(WEEKS):
        for board, companies in _COMPANIES.items():
            record = RunRecord(run_id=run_id_for(board, moment, 1), board=board, origin="sample", as_of=moment)
            writer = RunWriter(home, record)
            outcomes = []
            for slug, crawl_in in companies.items():
                crawl = crawl_in(week)
                if crawl is None:
                    continue
                for posting in crawl.postings:
                    writer.write(posting)
                for broken in crawl.broken:
                    key = posting_key(board, slug, broken.native_id)
                    writer.reject(slug, "no title", {"id": broken.native_id}, key)
                outcomes.append(
                    CompanyOutcome(
                        company_slug=slug,
                        company_name=_NAMES.get(slug),
                        status=crawl.status,
                        reason=crawl.reason,
                        errors=crawl.errors,
                        rejected=len(crawl.broken),
                        postings=len(crawl.postings),
                    )
                )
            writer.seal(outcomes)
    land_history(home)


def land_history(home: Home) -> None:
    """Write an archive of the year before: a posting that no crawl saw, and those that the crawls saw too."""
    moment = _day("2025-03-01")
    record = RunRecord(run_id=run_id_for("remotive", moment, 1), board="remotive", origin="backfill", as_of=moment)
    writer = RunWriter(home, record)
    past = _posting(
        "remotive", "remotive", "past", title="Machine Learning Engineer", company_name="Past GmbH",
        date_posted=_day("2025-02-10"),
    )  # fmt: skip
    archived = (past, *_remotive(0).postings)
    for posting in archived:
        writer.write(posting)
    writer.seal([CompanyOutcome(company_slug="remotive", status="complete", postings=len(archived))])


def write_registry(path: Path) -> None:
    """Write a registry of employers that has one of them."""
    path.write_text(
        "board,slug,company,sector,size_band,hq_country,basis\nashby,acme,Acme,software,51-200,fr,invented\n"
    )
