"""Random small labour markets with planted truth, written as intermediate tables. Each market is a country.

An employer has a fixed number of openings. Each week, one in eight closes and another is published. An opening asks for
a skill with its employer's probability, whose mean over employers is the one planted for the week of publication. An
employer's pay is its own level times the market's growth. The project's models read these tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

Numbers = NDArray[np.float64]

MONDAY = date(2026, 1, 5)
WEEKS = 14  # the first and the last are 13 weeks apart
TURNOVER = 1 / 8
# By skill: the planted probability among the first week's publications, and its change by the last week's.
SKILLS = {
    "steady-rare": (0.08, 0.0),
    "steady": (0.3, 0.0),
    "common": (0.7, 0.0),
    "rising": (0.2, 0.25),
    "falling": (0.5, -0.25),
}
# By theme: the skills of which an opening must ask for at least one. Two themes do not change, two change with a skill.
THEMES = {
    "still": ("steady-rare", "steady"),
    "still-too": ("steady", "common"),
    "growing": ("steady-rare", "rising"),
    "shrinking": ("falling", "steady-rare"),
}
# By family: the logarithm of its pay relative to the first family.
FAMILIES = {
    "ml_engineer": 0.0,
    "mlops_engineer": -0.05,
    "ai_engineer": 0.1,
    "ml_researcher": 0.2,
    "data_scientist": -0.15,
}
# Effects on the logarithm of pay. One skill has an effect, the others have none. Specialisations: their share of the
# openings and their effect. The region: the same, relative to elsewhere.
PREMIUMS = {"steady": 0.08}
SPECIALISATIONS = {"vision": (0.25, 0.1), "speech": (0.3, 0.0), "ranking": (0.2, -0.05), "agents": (0.35, 0.04)}
REGION, REGION_SHARE, REGION_PREMIUM = "harbour", 0.4, 0.15
# Attributes of which an opening states one value. By value: its share, and its effect on the logarithm of pay relative
# to the reference value, which comes first. Openings that state nothing have a different pay again.
ATTRIBUTES = {
    "workplace": {"onsite": (0.3, 0.0), "remote": (0.25, -0.06), "hybrid": (0.3, 0.0), "unspecified": (0.15, 0.1)},
    "degree_min": {"bachelor": (0.4, 0.0), "phd": (0.2, 0.09), "master": (0.2, 0.0), "unspecified": (0.2, -0.05)},
}
# How similar an employer's openings are: the sum of a beta distribution's parameters. 8 gives a correlation of 1/9.
_TASTE = 8.0


@dataclass(frozen=True)
class Plan:
    """The parameters of a group of worlds.

    Attributes:
        names: The countries, one per world.
        employers: Number of employers in each world.
        openings: Mean number of openings per employer.
        growth: Growth of log pay from the first to the last week's publications.
        seniors: Share of seniors among the publications of the first and of the last week.
    """

    names: tuple[str, ...]
    employers: int
    openings: float
    growth: float = 0.0
    seniors: tuple[float, float] = (0.5, 0.5)


def age_weights(week: int) -> Numbers:
    """Return the shares of a week's stock by week of publication, 0 to ``week``. Week 0 includes all earlier ones."""
    ages = np.arange(week, -1, -1)
    share = TURNOVER * (1 - TURNOVER) ** ages
    share[0] = (1 - TURNOVER) ** week
    return share


def planted_share(skill: str, week: int) -> float:
    """Return the expected share of a week's stock that asks for a skill."""
    start, change = SKILLS[skill]
    return float(age_weights(week) @ (start + change * np.arange(week + 1) / (WEEKS - 1)))


def planted_theme_share(theme: str, week: int) -> float:
    """Return the expected share of a week's stock that asks for a skill of a theme. Skills are drawn independently."""
    at = np.arange(week + 1) / (WEEKS - 1)
    planted = [SKILLS[skill] for skill in THEMES[theme]]
    asks_for_none = np.prod([1 - start - change * at for start, change in planted], axis=0)
    return float(age_weights(week) @ (1 - asks_for_none))


def planted_growth(plan: Plan) -> float:
    """Return the expected change of log pay of similar jobs between the stocks of the first and the last week."""
    return float(plan.growth * (age_weights(WEEKS - 1) @ np.arange(WEEKS)) / (WEEKS - 1))


def _draw(plan: Plan, draw: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Draw the postings, their skills, and the weeks in which each is open."""
    sizes = np.maximum(1, np.round(draw.lognormal(np.log(plan.openings), 0.6, plan.employers))).astype(int)
    slot_of = np.repeat(np.arange(plan.employers), sizes)
    begins = np.hstack([np.ones((len(slot_of), 1), dtype=bool), draw.random((len(slot_of), WEEKS - 1)) < TURNOVER])
    serial = begins.ravel().cumsum().reshape(begins.shape) - 1
    slot, published = np.nonzero(begins)
    employer = slot_of[slot]
    at = published / (WEEKS - 1)
    quantiles = draw.random((len(SKILLS), plan.employers))
    skills = []
    for number, (skill, (start, change)) in enumerate(SKILLS.items()):
        # An array (weeks, employers) of each employer's probability, with a single row if the skill does not change.
        mean = (start + change * np.arange(WEEKS) / (WEEKS - 1))[: WEEKS if change else 1, None]
        own = stats.beta.ppf(quantiles[number], mean * _TASTE, (1 - mean) * _TASTE)
        chance = own[published if change else 0, employer]
        with_skill = np.flatnonzero(draw.random(len(slot)) < chance)
        skills.append(pd.DataFrame({"number": with_skill, "skill_id": skill}))
    is_senior = draw.random(len(slot)) < plan.seniors[0] + (plan.seniors[1] - plan.seniors[0]) * at
    pay = np.log(80e3) + 0.6 * is_senior + plan.growth * at + draw.normal(0, 0.08, len(slot))
    pay += draw.normal(0, 0.08, plan.employers)[employer]
    for frame in skills:
        pay[frame["number"]] += PREMIUMS.get(frame["skill_id"].iloc[0], 0.0) if len(frame) else 0.0
    attributes = {name: share for name, (share, _) in SPECIALISATIONS.items()} | {REGION: REGION_SHARE}
    has = {
        name: draw.random(len(slot)) < draw.beta(share * _TASTE, (1 - share) * _TASTE, plan.employers)[employer]
        for name, share in attributes.items()
    }
    pay += REGION_PREMIUM * has[REGION] + sum(effect * has[name] for name, (_, effect) in SPECIALISATIONS.items())
    # Attributes have a separate generator, so that they do not change the other draws.
    stated, of_attributes = {}, draw.spawn(1)[0]
    for attribute, values in ATTRIBUTES.items():
        shares, effects = (np.array(column) for column in zip(*values.values(), strict=True))
        reached = of_attributes.dirichlet(_TASTE * shares, plan.employers).cumsum(axis=1)[employer]
        place = (of_attributes.random(len(slot))[:, None] > reached[:, :-1]).sum(axis=1)
        stated[attribute] = np.array(list(values))[place]
        pay += effects[place]
    family = draw.integers(0, len(FAMILIES), len(slot))
    pay += np.array(list(FAMILIES.values()))[family]
    postings = pd.DataFrame({
        "number": np.arange(len(slot)), "employer": employer, "family": family, "is_senior": is_senior,
        "pay": np.where(draw.random(len(slot)) < 0.7, np.exp(pay), np.nan), "published": published, **has, **stated,
    })  # fmt: skip
    weeks = pd.DataFrame({"number": serial.ravel(), "week_no": np.tile(np.arange(WEEKS), len(slot_of))})
    return postings, pd.concat(skills, ignore_index=True), weeks


def write(connection: duckdb.DuckDBPyConnection, plans: list[Plan], seed: int) -> None:
    """Write all worlds to the tables that the weekly models read."""
    draw = np.random.default_rng(seed)
    names = [name for plan in plans for name in plan.names]
    drawn = [_draw(plan, draw) for plan in plans for _ in plan.names]
    # Integers are quick to join. DuckDB derives the names from them.
    numbers, mentions, weeks = (  # read by DuckDB under these names
        pd.concat([frame.assign(world=world) for world, frame in enumerate(frames)], ignore_index=True)
        for frames in zip(*drawn, strict=True)
    )
    starts = pd.DataFrame({"week_no": range(WEEKS), "week_start": [MONDAY + timedelta(weeks=n) for n in range(WEEKS)]})  # noqa: F841 - as above
    connection.execute(
        """
        create schema intermediate; create schema marts; create schema seeds; create schema staging;
        create temp table postings as
            select world, number, country || '-' || number as posting_key, country,
                country || '-e' || employer as company_key, $families[family + 1] as role_family,
                if(is_senior, 'senior', 'junior') as seniority, pay, published, workplace, degree_min,
                list_filter([$specialisations], lambda name: name is not null) as specialisations,
                if($region, 'Quay', 'Inland') as city
            from (select *, $names[world + 1] as country from numbers);
        create table intermediate.int_weeks as
            select week_start::date as week_start, (week_start + interval 7 day)::timestamp as week_end,
                false as is_provisional, true as is_over, week_no = max(week_no) over () as is_current,
                week_no = max(week_no) over () as is_window_end
            from starts;
        create table intermediate.int_posting_weeks as
            select starts.week_start::date as week_start, 'stock' as measure, posting_key, 1 as version_no,
                'ashby' as board, company_key as company_slug, company_key, true as is_canonical
            from weeks inner join starts using (week_no) inner join postings using (world, number);
        create table intermediate.int_posting_cells as
            select posting_key, 1 as version_no, 'all' as role_family, country from postings;
        create table intermediate.int_posting_segments as
            select *, 'all' as seniority, 'all' as workplace from intermediate.int_posting_cells;
        create table intermediate.int_posting_contents as
            select posting_key, 1 as version_no, company_key, role_family, seniority, workplace, degree_min,
                'unspecified' as visa_sponsorship, true as has_description,
                if(pay is null, [], [{'min': pay, 'max': pay, 'kind': 'base'}]) as salaries,
                seniority as experience_band,
                null::integer as company_employees, specialisations,
                [{'city': city, 'region': null::varchar, 'country': country}] as locations
            from postings;
        create table intermediate.int_posting_versions as
            select posting_key, 1 as version_no, null::date as first_week, null::date as last_week from postings;
        create table intermediate.int_posting_duplicates as
            select posting_key, posting_key as opening_key from postings;
        create table intermediate.int_posting_lives as
            select posting_key, (date '2026-01-05' + (7 * published)::integer)::timestamp as posted_at,
                (date '2026-01-05' + (7 * published)::integer)::timestamp as first_seen_at,
                timestamp '2026-06-01' as last_seen_at
            from postings;
        create table intermediate.int_companies as
            select distinct company_key, '51-200' as size_band from postings;
        create table seeds.pay_regions as
            select distinct '$region' as pay_region, '$region' as pay_region_name, country, null::varchar as region,
                'Quay' as city
            from postings;
        create table intermediate.int_version_skills as
            select posting_key, 1 as version_no, skill_id, 'required' as level
            from mentions inner join postings using (world, number);
        create table intermediate.int_posting_attributes as
            select distinct posting_key, version_no, 'theme' as attribute_kind, theme as attribute,
                null::varchar as question, false as is_answer
            from intermediate.int_version_skills
            inner join (select unnest($themes, recursive := true)) as themes on list_contains(skills, skill_id)
            -- a dozen unchanging values of another kind, with which themes must not be compared
            union all
            select posting_key, 1, 'certification', 'n' || number % 12, null, false from postings;
        create table intermediate.int_version_salaries as
            select posting_key, 1 as version_no, 'USD' as currency, 'year' as period, null::double as monthly_payments,
                1 as annualisation_factor,
                'base' as kind, 'board_field' as amount_basis, true as is_preferred, pay as salary_min,
                pay as salary_max, pay as salary_min_annual, pay as salary_max_annual, pay as salary_min_usd_annual,
                pay as salary_max_usd_annual
            from postings where pay is not null and not isnan(pay);
        create table marts.dim_skills as
            select distinct skill_id, skill_id as skill_name, 'tool' as category from mentions;
        create table seeds.pay_period_factors as
            select 'default' as country, 'year' as period, 1 as factor_to_year;
        create table seeds.countries as select distinct country, 'USD' as currency from postings;
        create table staging.stg_exchange_rates as
            select date '2026-01-02' as rate_date, 'USD' as currency, 1.0::double as usd_per_unit, 'invented' as source;
        create table intermediate.int_company_weeks as
            select distinct week_start::date as week_start, 'ashby' as board, company_key as company_slug,
                true as is_qualified, true as is_covered, true as is_known_stock, true as is_known_flow
            from postings cross join starts;
        create table intermediate.int_cell_coverage as
            select distinct week_start::date as week_start, 'all' as role_family, country,
                1.0::double as coverage_ratio, null::varchar as break_reason,
                1.0::double as flow_coverage_ratio, null::varchar as flow_break_reason
            from postings cross join starts
        """.replace("$region", REGION)
        .replace("$names", repr(names))
        .replace("$families", repr(list(FAMILIES)))
        .replace("$themes", repr([{"theme": theme, "skills": list(skills)} for theme, skills in THEMES.items()]))
        .replace("$specialisations", ", ".join(f"if({name}, '{name}', null)" for name in SPECIALISATIONS))
    )
