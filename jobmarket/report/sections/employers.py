"""Who is hiring: the largest employers, their share of the market, and sectors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from jobmarket.report import formats, names
from jobmarket.report.figures import Figure, Section
from jobmarket.report.language import say
from jobmarket.report.queries import Published, families, weeks
from jobmarket.report.sections.attributes import attribute_figure
from jobmarket.report.tables import Field, table

TABLE, SECTORS = "rpt_employers", "rpt_sector_demand"
_SHOWN, _NEWEST_SHOWN = 15, 12


@dataclass(frozen=True)
class Hiring:
    """An employer with its openings in the last complete week, and its share of the cell."""

    company_name: str
    sector: str | None
    size_band: str | None
    week_start: date
    n_open: int
    n_new_4w: int
    n_new_13w: int
    n_postings: int
    n_companies: int
    share_of_open: float | None
    concentration: float | None
    top_5_share: float | None
    status: str
    floor_reason: str | None


@dataclass(frozen=True)
class Newest:
    """A company with open machine-learning postings, and the newest of them."""

    company_name: str
    newest_title: str
    newest_title_url: str | None


def employers_section(published: Published) -> Section:
    """The employers with the most openings, their newest postings, and the sectors named in postings."""
    key, title = "employers-share", say("The largest employers")
    figures = (
        _largest(published, key, title),
        _newest(published),
        _sectors(published),
    )
    return Section("employers", say("Who is hiring"), figures=figures)


def _largest(published: Published, key: str, title: str) -> Figure:
    rows = published.source.rows(
        Hiring,
        TABLE,
        f"role_family = $role_family and country = $country and is_agency is not true "
        f"order by n_open desc, n_new_13w desc, company_key limit {_SHOWN}",
    )
    if not rows:
        return Figure(key, title, absence=_why_none(published))
    first = rows[0]
    note = say(
        "Openings in the week of {day}, each job counted once: {open} openings at {employers} employers in total.",
        day=formats.day(first.week_start),
        open=formats.count(first.n_postings),
        employers=formats.count(first.n_companies),
    )
    if first.share_of_open is None:
        why = say("Shares are not shown: {reason}.", reason=names.reason(first.floor_reason))
        note = f"{note} {why}"
    else:
        weight = say(
            "The five largest account for {share} of them; two drawn at random belong to the same employer "
            "in {chance} of cases.",
            share=formats.share(first.top_5_share),
            chance=formats.share(first.concentration),
        )
        note = f"{note} {weight}"
    agencies = say(
        "Companies recognised as agencies by their name, if any, count in the total, but are neither listed nor among "
        "the five largest."
    )
    note = f"{note} {agencies}"
    return Figure(
        key,
        title,
        note=note,
        table=table(
            say("Employers with the most openings"),
            rows,
            Field("company_name", say("Employer")),
            Field("n_open", say("Open"), "count"),
            Field("share_of_open", say("Share"), "share"),
            Field("n_new_4w", say("New in 4 weeks"), "count"),
            Field("n_new_13w", say("New in 13 weeks"), "count"),
            Field("sector", say("Sector in the registry"), "code", write=names.sector),
            Field("size_band", say("Employees")),
            Field("status", say("Status"), "status"),
        ),
        query=rows.query,
    )


def _why_none(published: Published) -> str:
    as_of = datetime.fromisoformat(published.about["as_of"])
    if any(is_over for _, is_over in weeks(published.source.connection, as_of)):
        return say("No employer had an opening in the last complete week.")
    return say("No week is complete yet; each employer’s openings are counted for a complete week.")


def _newest(published: Published) -> Figure:
    key, title = "employers-most", say("Their newest postings")
    rows = published.source.rows(
        Newest,
        "open_postings join dim_companies using (company_key)",
        "company_name is not null and is_agency is not true "
        "and list_contains($families, role_family) and $role_family in ('all', role_family) "
        "and ($country in ('all', country) "
        "or list_contains(list_transform(locations, lambda place: place.country), $country)) "
        f"group by company_key order by count(*) desc, company_key limit {_NEWEST_SHOWN}",
        {
            "company_name": "any_value(company_name)",
            "newest_title": "first(title order by posted_at desc, posting_key)",
            "newest_title_url": "first(url order by posted_at desc, posting_key)",
        },
        families=families(published.about),
    )
    if not rows:
        return Figure(key, title, absence=say("No machine-learning posting is open."))
    return Figure(
        key,
        title,
        note=say("For the employers with the most open machine-learning postings when the data were collected."),
        table=table(
            say("Newest open posting of the employers with the most postings"),
            rows,
            Field("company_name", say("Employer")),
            Field("newest_title", say("Newest posting"), "link", href=lambda row: row.newest_title_url),
        ),
        query=rows.query,
    )


def _sectors(published: Published) -> Figure:
    return attribute_figure(published, "employers-sectors", say("Sectors named in postings"), SECTORS, "sector")
