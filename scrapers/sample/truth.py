"""The truth about the sample world: planted figures and the realised figures beside them.

A planted figure is the parameter that the generator drew from. The realised figure is computed from the drawn postings.
A measure of the pipeline must match the realised figure exactly or closely, and the planted one within the sampling
error. For the lives of jobs, see :mod:`scrapers.sample.truth_lives`.

A job counts once, however many listings show it: reposts, copies on a second board and listings that moved to another
board add nothing. A twin in another city is a separate opening.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from scrapers.sample.firms import AGENCIES
from scrapers.sample.listings import Listing
from scrapers.sample.openings import SpelledSkill
from scrapers.sample.pay_market import (
    FAMILY_FACTOR,
    LEVEL,
    PERIODS_A_YEAR,
    SENIORITY_FACTOR,
    PlantedPay,
    annual_growth,
    median_annual,
)
from scrapers.sample.places import is_country_unstated
from scrapers.sample.skill_market import FAMILIES, SKILLS
from scrapers.sample.world import SampleWorld

ALL_FAMILIES = "all"
_OPENS_A_JOB = ("first", "twin")


@dataclass(frozen=True)
class PostingTruth:
    """The labels of one version of a listing, with the same enumerations as the pipeline.

    The board's field states ``employment_type`` (Lever, Ashby), and the text does if ``employment_in_text``.
    ``country`` is None if the posting names only a continent.
    """

    board: str
    company_slug: str
    native_id: str
    version: int
    posted_at: datetime
    role_family: str
    seniority: str
    workplace: str
    employment_type: str
    employment_in_text: bool
    language: str
    country: str | None
    cities: tuple[str, ...]
    skills: tuple[SpelledSkill, ...]
    context_skills: tuple[str, ...]
    pay: PlantedPay | None
    pay_in_field: bool
    pay_in_text: bool
    pay_on_target: PlantedPay | None
    years_min: int | None
    years_max: int | None
    degree_min: str
    certification: str | None
    visa_sponsorship: str
    is_by_agency: bool
    stated_end: datetime | None
    origin: str


@dataclass(frozen=True)
class SkillShare:
    """Demand for one skill in one cell: a week and a role family (or ``all``), in flow or stock.

    ``planted`` is the probability on the curve at mid-week. It is None for ``all``, where the mix of families decides.
    ``expected`` is the mean probability of the postings in the cell. The outcome is that ``with_skill`` of ``postings``
    ask for the skill.
    """

    skill: str
    family: str
    week: int
    week_start: date
    planted: float | None
    expected: float
    with_skill: int
    postings: int

    @property
    def realised(self) -> float:
        """The share of the cell's postings that ask for the skill."""
        return self.with_skill / self.postings


@dataclass(frozen=True)
class PayCell:
    """Pay in one country at one seniority.

    ``level`` is the planted median annual pay of an ML engineer at week 0, and ``annual_growth`` its growth per year.
    ``disclosed`` is the number of jobs that state pay. ``ratio`` is the median over these jobs of the stated annual
    middle divided by the planted median of the same role family and week. It is 1 if the draw matches the plan, and
    None without disclosed pay.
    """

    country: str
    currency: str
    seniority: str
    level: float
    annual_growth: float
    disclosed: int
    ratio: float | None


def week_of_posting(world: SampleWorld, moment: datetime) -> float:
    """Return the weeks since Monday 00:00 UTC of the first week, negative before it."""
    return (moment - world.epoch) / timedelta(weeks=1)


def label(listing: Listing, version: int) -> PostingTruth:
    """Return the labels of a listing at one of its versions."""
    opening = listing.opening
    with_skill = listing.skills_in(version)
    named = {skill.name for skill in with_skill}
    remote = opening.workplace == "remote"
    return PostingTruth(
        board=listing.account.board,
        company_slug=listing.account.slug,
        native_id=listing.native_id,
        version=version,
        posted_at=listing.posted_at,
        role_family=opening.family,
        seniority=opening.seniority,
        workplace=opening.workplace,
        employment_type=opening.employment_type,
        employment_in_text=opening.employment_in_text,
        language=opening.language,
        country=None if is_country_unstated(listing) else opening.country,
        cities=() if remote else tuple(city.name for city in listing.places),
        skills=with_skill,
        context_skills=tuple(name for name in opening.firm.context_skills if name not in named),
        pay=listing.pay_in(version),
        pay_in_field=listing.pay_in_field,
        pay_in_text=listing.pay_in_text,
        pay_on_target=listing.on_target_in(version),
        years_min=opening.years,
        years_max=opening.remarks.years_max,
        degree_min=opening.degree,
        certification=opening.remarks.certification,
        visa_sponsorship=opening.remarks.visa,
        is_by_agency=opening.firm.index in AGENCIES,
        stated_end=listing.stated_end,
        origin=listing.origin,
    )


def labels(world: SampleWorld) -> Iterator[PostingTruth]:
    """Yield the labels of every version of every listing."""
    for listing in world.listings:
        for version in range(len(listing.edits) + 1):
            yield label(listing, version)


def _counted(world: SampleWorld, panel: set[int] | None) -> Iterator[Listing]:
    for listing in world.listings:
        if panel is None or listing.opening.firm.index in panel:
            yield listing


def flow(world: SampleWorld, panel: set[int] | None = None) -> dict[int, list[tuple[Listing, int]]]:
    """Return the new jobs by week of publication, each at version 0. ``panel`` limits them to employers by index."""
    weeks: dict[int, list[tuple[Listing, int]]] = defaultdict(list)
    for listing in _counted(world, panel):
        if listing.origin in _OPENS_A_JOB:
            week = int(week_of_posting(world, listing.posted_at) // 1)
            if 0 <= week < world.weeks - 1:
                weeks[week].append((listing, 0))
    return weeks


def stock(world: SampleWorld, panel: set[int] | None = None) -> dict[int, list[tuple[Listing, int]]]:
    """Return the jobs open at each weekly crawl, at the version shown then, even if the board failed that week."""
    weeks: dict[int, list[tuple[Listing, int]]] = {}
    listings = list(_counted(world, panel))
    for week, moment in enumerate(world.observation_dates):
        jobs: dict[tuple[str, tuple[str, ...]], tuple[Listing, int]] = {}
        for listing in listings:
            if listing.visible_at(moment):
                job = (listing.opening.key, tuple(city.name for city in listing.places))
                jobs.setdefault(job, (listing, listing.version_at(moment)))
        weeks[week] = list(jobs.values())
    return weeks


def skill_shares(world: SampleWorld, measure: str, panel: set[int] | None = None) -> list[SkillShare]:
    """Return the demand for every tracked skill by week and family, and over all families.

    Args:
        world: The sample world.
        measure: ``flow`` (jobs published in the week) or ``stock`` (jobs open at the week's crawl).
        panel: Indexes of the employers to include. None includes all.

    Raises:
        ValueError: If ``measure`` is neither.
    """
    if measure not in ("flow", "stock"):
        raise ValueError(f"measure must be 'flow' or 'stock', not {measure!r}")
    weeks = flow(world, panel) if measure == "flow" else stock(world, panel)
    shares: list[SkillShare] = []
    for week, postings in sorted(weeks.items()):
        by_family: dict[str, list[tuple[Listing, int]]] = defaultdict(list)
        for posting in postings:
            by_family[posting[0].opening.family].append(posting)
        by_family[ALL_FAMILIES] = postings
        for family in (*FAMILIES, ALL_FAMILIES):
            if cell := by_family.get(family):
                shares += _cell(world, week, family, cell)
    return shares


def _cell(world: SampleWorld, week: int, family: str, cell: list[tuple[Listing, int]]) -> Iterable[SkillShare]:
    with_skill: dict[str, int] = defaultdict(int)
    for listing, version in cell:
        for named in listing.skills_in(version):
            with_skill[named.name] += 1
    moments = [(item.opening.family, week_of_posting(world, item.opening.posted_at)) for item, _ in cell]
    for skill in SKILLS:
        yield SkillShare(
            skill=skill.name,
            family=family,
            week=week,
            week_start=(world.epoch + timedelta(weeks=week)).date(),
            planted=None if family == ALL_FAMILIES else skill.probability(family, week + 0.5),
            expected=statistics.fmean(skill.probability(*moment) for moment in moments),
            with_skill=with_skill[skill.name],
            postings=len(cell),
        )


def stated_middle(pay: PlantedPay) -> float:
    """Return the annual middle of the stated range, or the annual value of the only stated end."""
    ends = [end for end in (pay.minimum, pay.maximum) if end is not None]
    return statistics.fmean(ends) * PERIODS_A_YEAR[pay.period]


def pay_cells(world: SampleWorld) -> list[PayCell]:
    """Return the planted level and growth of pay by country and seniority, and the realised figures of published jobs.

    ``ratio`` excludes ranges with only one end, and the employer that is planted to pay unlike the market.
    """
    ratios: dict[tuple[str, str], list[float]] = defaultdict(list)
    disclosed: dict[tuple[str, str], int] = defaultdict(int)
    currencies: dict[str, str] = {}
    for listing in world.listings:
        opening, pay = listing.opening, listing.opening.pay
        if listing.origin not in _OPENS_A_JOB or pay is None:
            continue
        cell = (opening.country, opening.seniority)
        currencies[opening.country] = pay.currency
        disclosed[cell] += 1
        if pay.minimum is not None and pay.maximum is not None and opening.firm.story != "added_large":
            week = week_of_posting(world, opening.posted_at)
            ratios[cell].append(stated_middle(pay) / median_annual(*cell, opening.family, week))
    return [
        PayCell(
            country=country,
            currency=currencies[country],
            seniority=seniority,
            level=median_annual(country, seniority, "ml_engineer", 0),
            annual_growth=annual_growth(country, seniority),
            disclosed=disclosed[country, seniority],
            ratio=statistics.median(ratios[country, seniority]) if ratios[country, seniority] else None,
        )
        for country in LEVEL
        for seniority in SENIORITY_FACTOR
        if disclosed[country, seniority]
    ]


def family_pay_factor(family: str) -> float:
    """Return the planted pay of a role family relative to an ML engineer of the same seniority and country."""
    return FAMILY_FACTOR[family]
