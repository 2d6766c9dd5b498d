"""Checks of ``rpt_skill_demand_weekly`` before publication: one row per week, cell and skill."""

from __future__ import annotations

from great_expectations import expectations as gxe

from expectations.suite import Batch, TableSuite, check
from expectations.suites.shared_bounds import MEASURES, REPORTED_FAMILIES, STATUSES
from expectations.suites.weekly_checks import (
    companies_floor,
    complete_interval,
    country_code,
    in_interval,
    known,
    no_suppressed_estimate,
    no_week_ahead,
    not_empty,
    postings_floor,
    share,
    some_shown,
    weekly_columns,
)
from jobmarket.extract import facts

# the counts give the shares when divided by n_postings
_ESTIMATES = (
    "n_with_skill", "n_required", "n_preferred", "n_companies_with_skill", "share", "share_low",
    "share_high", "required_share", "matched_share", "coverage_effect", "change_4w", "change_13w",
)  # fmt: skip

# Skill → range of its share among all ML postings. Wide, to catch broken extraction rather than a changing market.
_BANDS = {"Python": (0.3, 0.98), "SQL": (0.05, 0.85), "PyTorch": (0.05, 0.85), "AWS": (0.03, 0.8)}


def _band_column(skill: str) -> str:
    return f"{skill.lower()}_share"


SUITE = TableSuite(
    gate="marts",
    table="marts.rpt_skill_demand_weekly",
    batches=(
        Batch(
            name="",
            unit="rows",
            relation="marts.rpt_skill_demand_weekly",
            where="week",
            where_unit="weeks",
            columns=weekly_columns(_ESTIMATES)
            | {
                "interval_holds": in_interval("share", "share_low", "share_high"),
                "matched_interval_holds": in_interval("matched_share", "matched_low", "matched_high"),
                # a break moves the plain share by what is crawled; the matched share must not move
                "coverage_effect_size": "abs(coverage_effect)",
            },
            checks=(
                not_empty(),
                known("measure", MEASURES),
                known("role_family", REPORTED_FAMILIES),
                known("seniority", ("all", *facts.SENIORITIES)),
                known("workplace", ("all", *facts.WORKPLACES)),
                known("status", STATUSES),
                country_code(),
                share("share"),
                share("share_low"),
                share("share_high"),
                share("required_share"),
                share("coverage_ratio"),
                share("matched_share"),
                share("matched_low"),
                share("matched_high"),
                complete_interval("interval_holds", "share"),
                complete_interval("matched_interval_holds", "matched_share"),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "coverage_effect_plausible",
                    "whose plain share differs by more than 0.25 from the matched share",
                    column="coverage_effect_size",
                    max_value=0.25,
                    severity="warning",
                    reason="2026-11: other sources move a share by a few points; 25 points mean that the chain "
                    "drifted, or that the first weeks had entirely different employers.",
                    remedy="Compare matched_since with the weeks in which sources were added (int_company_weeks).",
                ),
                no_suppressed_estimate(),
                postings_floor(),
                companies_floor(),
                no_week_ahead(),
            ),
        ),
        Batch(
            name="shown",
            unit="published tables",
            relation="marts.rpt_skill_demand_weekly having count(*) > 0",
            columns={"n_shown": "count(*) filter (where status in ('final', 'provisional'))"},
            checks=(some_shown(),),
        ),
        Batch(
            name="bands",
            unit="published tables",
            relation="""marts.rpt_skill_demand_weekly
                where status = 'final' and measure = 'stock' and role_family = 'all' and country = 'all'
                    and seniority = 'all' and workplace = 'all'
                having count(*) > 0""",
            columns={
                _band_column(skill): f"""sum(n_with_skill) filter (where lower(skill_name) = '{skill.lower()}')
                    / nullif(sum(n_postings) filter (where lower(skill_name) = '{skill.lower()}'), 0)"""
                for skill in _BANDS
            },
            checks=tuple(
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    f"band_{skill.lower()}",
                    f"where {skill} is not asked for in {low:.0%} to {high:.0%} of the postings",
                    column=_band_column(skill),
                    min_value=low,
                    max_value=high,
                    severity="warning",
                    reason="2026-11: a wide range around recent shares in postings for ML engineers. Outside, texts "
                    "are not read, or an alias matches too much. Over all final weeks of the stock.",
                    remedy="Count the skill's spellings (surface) in fct_posting_skills; look for a new or lost alias.",
                )
                for skill, (low, high) in _BANDS.items()
            ),
        ),
    ),
)
