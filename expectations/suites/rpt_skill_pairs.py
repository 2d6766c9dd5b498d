"""Checks of ``rpt_skill_pairs`` before publication: one row per role family and pair of skills."""

from __future__ import annotations

from great_expectations import expectations as gxe

from expectations.suite import check
from expectations.suites.flags import flag_holds, flags_hold
from expectations.suites.report_suite import holds, report_suite
from expectations.suites.shared_bounds import POSTINGS_FLOOR, REPORTED_FAMILIES

SUITE = report_suite(
    "rpt_skill_pairs",
    names={"role_family": REPORTED_FAMILIES},
    shares=("share_with_other", "share_with_other_low", "share_with_other_high"),
    intervals={
        "share_with_other": ("share_with_other_low", "share_with_other_high"),
        "lift": ("lift_low", "lift_high"),
    },
    estimates=("share_with_other", "lift", "q_value", "n_with_both", "n_companies_with_both"),
    country=False,
    where=("skill_id", "skills"),
    columns={
        "pair_is_enough": f"status = 'suppressed' or n_expected_with_both >= {POSTINGS_FLOOR}",
        "flags_hold": flag_holds("lift", "q_value", "is_significant", tested=1),
        "lift_shown": "case when status != 'suppressed' then lift is not null end",
    },
    checks=(
        holds(
            "pair_is_enough",
            f"that are shown although fewer than {POSTINGS_FLOOR} postings with both skills are expected",
            column="pair_is_enough",
            reason="2026-11: an association in a few postings describes their few employers, or is chance.",
        ),
        flags_hold("lift"),
        check(
            gxe.ExpectColumnValuesToBeInSet,
            "lift_shown",
            "that are shown without a lift",
            column="lift_shown",
            value_set=(True,),
            mostly=0.95,
            severity="warning",
            reason="2026-11: only pairs with identical employers have none: 0 of 4,758 in the sample world.",
            remedy="None if all postings ask for one of the two; otherwise look at jobmarket.statistics.pairs.",
        ),
    ),
    may_be_empty=True,
)
