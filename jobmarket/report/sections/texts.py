"""How many open postings have a full description; those without one, or with an excerpt, are in no share."""

from __future__ import annotations

from dataclasses import dataclass

from jobmarket.report import formats
from jobmarket.report.language import say, say_many
from jobmarket.report.queries import Published, families
from jobmarket.report.sections import demand, volume

# The view with the contents of postings as counted in a week.
CONTENTS = "posting_versions"
_NAMED = 3


@dataclass(frozen=True)
class WithoutText:
    """An employer with open postings in the week that have no description."""

    company_name: str
    n_without: int


@dataclass(frozen=True)
class Texts:
    """Open postings of the scope in the week.

    Attributes:
        n_open: All of them.
        n_without: Number without a description.
        employers: Their employers, most postings first.
    """

    n_open: int
    n_without: int
    employers: tuple[WithoutText, ...]


def texts(published: Published) -> Texts | None:
    """Count the week's open postings with and without a description; None if none is counted."""
    stock, n_open = demand.of_week(published, "stock"), volume.of_week(published)
    if n_open is None:
        return None
    n_without = n_open - (stock[0].n_postings if stock else 0)
    return Texts(n_open, n_without, _employers(published) if n_without > 0 else ())


def _employers(published: Published) -> tuple[WithoutText, ...]:
    found = published.source.rows(
        WithoutText,
        f"""(select coalesce(any_value(company_name), company_key) as company_name, count(*) as n_without, company_key
        from fct_posting_weeks as weeks join {CONTENTS} as contents using (posting_key, version_no)
        left join dim_companies using (company_key)
        where weeks.week_start = $week and weeks.measure = 'stock' and weeks.is_canonical
            and not contents.has_description and contents.role_family in (select unnest($families))
            and $role_family in ('all', contents.role_family)
            and ($country = 'all' or contents.country = $country
                or list_contains(list_transform(contents.locations, lambda place: place.country), $country))
        group by company_key)""",  # noqa: S608  # only constants
        "true order by n_without desc, company_key",
        families=families(published.about),
    )
    return tuple(found)


def without_text(published: Published) -> str:
    """State how many open postings have no description and at which employers; empty if there are none."""
    counts = texts(published)
    if counts is None or counts.n_without <= 0:
        return ""
    return say_many(
        "{n} more open posting {whose} has no full description and is not counted in any share.",
        "{n} more open postings {whose} have no full description and are not counted in any share.",
        counts.n_without,
        n=formats.count(counts.n_without),
        whose=_whose(counts.employers),
    )


def _whose(employers: tuple[WithoutText, ...]) -> str:
    if len(employers) == 1:
        return say("at {employer}", employer=formats.foreign(employers[0].company_name))
    return say("at {n} employers", n=formats.count(len(employers)))


def coverage_of_texts(published: Published) -> tuple[str, ...]:
    """State how many open postings have a description."""
    counts = texts(published)
    if counts is None or not counts.n_open:
        return ()
    read = say(
        "{read} of the week’s {n} open postings have a full description ({share}). Demand is read from these.",
        read=formats.count(counts.n_open - counts.n_without),
        n=formats.count(counts.n_open),
        share=formats.share((counts.n_open - counts.n_without) / counts.n_open),
    )
    if not counts.employers:
        return (read,)
    named = formats.listed(
        [
            f"{formats.foreign(employer.company_name)} ({formats.count(employer.n_without)})"
            for employer in counts.employers[:_NAMED]
        ]
    )
    if len(counts.employers) <= _NAMED:
        whose = say("Those without one are from {names}.", names=named)
    else:
        n = formats.count(len(counts.employers))
        whose = say("Those without one are from {n} employers, most of them from {names}.", n=n, names=named)
    return (f"{read} {whose}",)
