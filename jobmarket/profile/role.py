"""The profile of a role: what employers ask for and pay, with a job description and interview topics."""

from __future__ import annotations

import click
import duckdb

from jobmarket.counted import counted
from jobmarket.extract.experience import experience_band
from jobmarket.profile.cell import Postings, ProfileCell, Share
from jobmarket.sql_shell import print_relation

# Shares of postings. A rarer skill is an employer's own choice.
MOST, MANY = 0.5, 0.25
_MOST_SKILLS = 25
_MOST_TOPICS = 6
_MOST_VALUES = 8
_MOST_NICE = 6
# How deep an interview goes at each level.
_DEPTH = {
    "intern": "explain what it is for; solve a small task with help",
    "junior": "explain how it works; solve a small task with it",
    "confirmed": "build with it independently; find a mistake in somebody else's use of it",
    "senior": "explain when to use it and when not; describe a production failure and what changed afterwards",
    "staff_principal": "set the direction of several teams; weigh cost, risk and the alternatives",
}

# Shares are of all postings. Without those that say nothing, "full_time 57%" reads as if the others were part-time.
_NOT_STATED = "not stated"


def _one_of(column: str) -> str:
    """The query of an attribute of which a posting has one value, or says nothing."""
    return (
        f"select posting_key, version_no, coalesce(nullif({column}, 'unspecified'), '{_NOT_STATED}') as value "  # noqa: S608
        "from cell_postings"
    )


_ASKS = """
select posting_key, version_no, skill_name as value from version_skills where level {} order by all
"""
_ATTRIBUTES = {
    "Workplace": _one_of("workplace"),
    "Employment": _one_of("employment_type"),
    "Degree, at least": _one_of("degree_min"),
    "Specialisation": "select posting_key, version_no, unnest(specialisations) as value from cell_postings",
    "Certification": "select posting_key, version_no, unnest(certifications) as value from cell_postings",
    "Sector": _one_of("sector"),
    "Level": "select posting_key, version_no, seniority as value from cell_postings",
}
_PAY = """
select week_start, salary_p25_usd_annual, salary_median_usd_annual, salary_median_usd_annual_low,
    salary_median_usd_annual_high, salary_p75_usd_annual, n_postings, disclosure_share, disclosure_low, disclosure_high,
    n_with_pay, n_companies, status, coverage_ratio, floor_reason
from rpt_salary_trend_weekly
where measure = 'stock' and week_start = $week and role_family = $role and country = $country and seniority = $seniority
"""
_GRID = """
select experience_band, company_size_band, pay_region_name, currency, salary_p25_annual, salary_median_annual,
    median_low, median_high, salary_p75_annual, region_premium, region_premium_low, region_premium_high,
    is_region_premium_significant, n_with_pay, status, coverage_ratio
from salary_grid($country, $role)
where status <> 'suppressed' and experience_band in ('all', $band)
"""
_PREMIUMS = """
select skill_name, premium, premium_low, premium_high, is_significant, premium_selected_low, premium_selected_high,
    n_with, coverage_ratio
from rpt_skill_salary_premium
where role_family = $role and country = $country and status <> 'suppressed'
order by is_significant desc, premium desc limit 8
"""


def show_role(published: duckdb.DuckDBPyConnection, cell: ProfileCell) -> None:
    """Print the profile of a role.

    Raises:
        StageError: If the cell has too few open postings.
    """
    postings = Postings(published, cell)
    click.echo(
        f"Profile ({cell.words}): {counted(postings.n_postings, 'open posting')} from "
        f"{counted(postings.n_companies, 'employer')}, {postings.week_words}.\n"
        "Shares are of these postings, with 95% intervals in brackets."
    )
    skills = postings.shares(_ASKS.format("<> 'context'"))
    # Each posting has a skill at one level, so the three add up to what is asked for.
    required, preferred, mentioned = (
        {share.name: share for share in postings.shares(_ASKS.format(f"= '{level}'"))}
        for level in ("required", "preferred", "mentioned")
    )
    click.echo(f"\n{'Skills':<30}{'asked for':<20}{'required':>10}{'nice to have':>14}{'mentioned':>11}")
    for share in skills[:_MOST_SKILLS]:
        parts = [_part(level, share.name) for level in (required, preferred, mentioned)]
        click.echo(f"  {share.name:<28}{share.text:<20}{parts[0]:>10}{parts[1]:>14}{parts[2]:>11}")
    attributes = {name: postings.shares(query) for name, query in _ATTRIBUTES.items()}
    for name, shares in attributes.items():
        # of the postings of one level, all have it
        if _stated(shares) and (name != "Level" or cell.seniority == "all"):
            click.echo(f"\n{name}")
            for share in (*_stated(shares)[:_MOST_VALUES], *(one for one in shares if one.name == _NOT_STATED)):
                click.echo(f"  {share.name:<28}{share.text}")
    if postings.years:
        low, median, high = postings.years
        click.echo(
            "\nYears of experience, in postings that state them: "
            f"median {median:.0f}, middle half {low:.0f} to {high:.0f}"
        )
    stated = experience_band(cell.seniority, None)
    band = "all" if stated == "unspecified" else stated
    named = {"week": postings.week, "role": cell.role_family, "country": cell.country}
    click.echo("\nStated pay, US dollars a year")
    print_relation(published.sql(_PAY, params=named | {"seniority": cell.seniority}))
    click.echo("\nPay by experience, employer size and region, last half year")
    print_relation(published.sql(_GRID, params={"role": cell.role_family, "country": cell.country, "band": band}))
    click.echo("\nPay with a skill compared with similar jobs of all levels, significant ones first, then the highest")
    print_relation(published.sql(_PREMIUMS, params={"role": cell.role_family, "country": cell.country}))
    show_description(cell, skills, required, preferred, attributes, postings)
    _topics(published, skills, band)


def _stated(shares: list[Share]) -> list[Share]:
    return [share for share in shares if share.name != _NOT_STATED]


def _most_frequent(shares: list[Share]) -> list[str]:
    """The value that most postings state, with their share: it may be few of them."""
    return [f"{share.name} ({share.value:.0%} of postings)" for share in _stated(shares)[:1]]


def _part(shares: dict[str, Share], name: str) -> str:
    return f"{shares[name].value if name in shares else 0:.0%}"


def show_description(
    cell: ProfileCell,
    skills: list[Share],
    required: dict[str, Share],
    preferred: dict[str, Share],
    attributes: dict[str, list[Share]],
    postings: Postings,
) -> None:
    """Print a job description as far as the market determines it, for the employer to complete."""
    by_most = [share.name for share in required.values() if share.value >= MOST]
    by_many = [share.name for share in required.values() if MANY <= share.value < MOST]
    # Each skill is on one line only. Fewer require these: others prefer them, or mention them in the duties.
    asked_for = [share.name for share in skills if share.value >= MANY and share.name not in (*by_most, *by_many)]
    nice = [share.name for share in preferred.values() if share.name not in (*by_most, *by_many, *asked_for)]
    click.echo(f"\nJob description, as the market writes it ({cell.words})")
    for line, names in (
        ("Required by most", by_most),
        ("Required by many", by_many),
        ("Asked for by many", asked_for),
        ("Nice to have", nice[:_MOST_NICE]),
        ("Degree", _most_frequent(attributes["Degree, at least"])),
        ("Workplace", _most_frequent(attributes["Workplace"])),
    ):
        click.echo(f"  {line + ':':<20}{', '.join(names) or '–'}")
    years = f"{postings.years[1]:.0f}" if postings.years else "–"
    click.echo(f"  {'Years:':<20}{years}")
    click.echo("  To fill in: what the team builds, for whom, and what the job pays.")


def _topics(published: duckdb.DuckDBPyConnection, skills: list[Share], band: str) -> None:
    """Print interview topics for the level: the skills of each category that many postings ask for."""
    kinds = dict(published.execute("select skill_name, category from dim_skills").fetchall())
    by_kind: dict[str, list[str]] = {}
    for share in skills:
        if share.value >= MANY:
            by_kind.setdefault(str(kinds.get(share.name, "other")), []).append(share.name)
    click.echo(f"\nInterview topics: {_DEPTH.get(band, _DEPTH['confirmed'])}")
    for kind, names in by_kind.items():
        click.echo(f"  {kind.replace('_', ' ') + ':':<20}{', '.join(names[:_MOST_TOPICS])}")
