"""Checks of ``rpt_skill_emerging`` before publication: one row per term."""

from __future__ import annotations

from great_expectations import expectations as gxe

from expectations.suite import Batch, TableSuite, check
from expectations.suites.report_suite import (
    all_in_intervals,
    all_known,
    all_shares,
    holds,
    intervals_hold,
    names_known,
    shares_hold,
)
from expectations.suites.shared_bounds import (
    COMPANIES_FLOOR,
    MAX_FALSE_CHANGES,
    STATUSES,
    has_no_contact,
)

_SHARES = ("recent_share", "earlier_share")

SUITE = TableSuite(
    gate="marts",
    table="marts.rpt_skill_emerging",
    batches=(
        Batch(
            name="",
            unit="terms",
            relation="marts.rpt_skill_emerging",
            where="term",
            where_unit="terms",
            columns={
                "names_known": all_known({"status": STATUSES}, country=False),
                "shares_hold": all_shares((*_SHARES, "change_q_value", "coverage_ratio")),
                "intervals_hold": all_in_intervals(
                    {"change": ("change_low", "change_high")}
                    | {f"{part}_share": (f"{part}_low", f"{part}_high") for part in ("recent", "earlier")}
                ),
                "flags_hold": f"is_rising = coalesce(change > 0 and change_q_value < {MAX_FALSE_CHANGES}, false)",
                "no_contact": has_no_contact("term"),
            },
            checks=(
                names_known(),
                shares_hold(),
                intervals_hold(),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "enough_companies",
                    f"listed by fewer than {COMPANIES_FLOOR} employers",
                    column="n_companies",
                    min_value=COMPANIES_FLOOR,
                    severity="critical",
                    reason="2026-11: a term of a few employers is theirs: a product or the name of a person.",
                    remedy="Compare the variable min_companies with the model.",
                ),
                holds(
                    "flags_hold",
                    "whose flag does not match the change and its q-value",
                    column="flags_hold",
                    reason="2026-11: among many terms some rise by chance; the flag separates them from the others.",
                ),
                holds(
                    "no_contact",
                    "that are a mail address or a phone number",
                    column="no_contact",
                    reason="2026-11: terms are words from postings; contact data must stay in the warehouse.",
                    remedy="Make jobmarket.extract.emerging refuse this form, then rebuild.",
                ),
            ),
        ),
    ),
)
