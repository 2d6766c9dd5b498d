"""Checks of ``rpt_skill_demand_weekly`` before publication: one row per week, cell and skill."""

from __future__ import annotations

from great_expectations import expectations as gxe

from expectations.suite import Batch, check
from expectations.suites.attribute_suite import FLAGGED_INTERVALS, FLAGS_HOLD, INTERVALS, SHARES
from expectations.suites.flags import flags_hold
from expectations.suites.report_suite import WEEKLY_CELL, report_suite
from jobmarket.extract import facts

# the counts give the shares when divided by n_postings
_ESTIMATES = (
    *SHARES, "required_share", "n_with_skill", "n_required", "n_preferred", "n_companies_with_skill", "coverage_effect",
    "change_4w", "change_13w",
)  # fmt: skip

# Skill → range of its share among all ML postings. Wide, to catch broken extraction rather than a changing market.
_BANDS = {"Python": (0.3, 0.98), "SQL": (0.05, 0.85), "PyTorch": (0.05, 0.85), "AWS": (0.03, 0.8)}


def _band_column(skill: str) -> str:
    return f"{skill.lower()}_share"


SUITE = report_suite(
    "rpt_skill_demand_weekly",
    names={**WEEKLY_CELL, "seniority": ("all", *facts.SENIORITIES), "workplace": ("all", *facts.WORKPLACES)},
    shares=(*SHARES, "required_share"),
    intervals={**INTERVALS, **FLAGGED_INTERVALS},
    estimates=_ESTIMATES,
    may_lack=("change_4w", "change_13w"),
    columns={
        "flags_hold": FLAGS_HOLD,
        # a break moves the plain share by what is crawled; the matched share must not move
        "coverage_effect_size": "abs(coverage_effect)",
    },
    checks=(
        flags_hold("change"),
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
    ),
    more=(
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
