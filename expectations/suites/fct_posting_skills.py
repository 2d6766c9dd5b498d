"""Checks of ``fct_posting_skills`` before publication: one row per posting and skill."""

from __future__ import annotations

from great_expectations import expectations as gxe

from expectations.suite import Batch, TableSuite, check
from expectations.suites.shared_bounds import MAIL_ADDRESS, ODD_SHARE_TOLERATED, REBUILD, TRACE, matches, odd_share
from jobmarket.extract import facts

SUITE = TableSuite(
    gate="marts",
    table="marts.fct_posting_skills",
    batches=(
        Batch(
            name="",
            unit="mentions",
            relation="marts.fct_posting_skills",
            where="skill_id",
            where_unit="skills",
            columns={"surface_length": "length(surface)"},
            checks=(
                check(
                    gxe.ExpectTableRowCountToBeBetween,
                    "not_empty",
                    "are missing",
                    min_value=1,
                    severity="warning",
                    reason="2026-11: the table may be empty if no board gives descriptions; then say so in the report.",
                    remedy="See the check described of gate raw; otherwise run the extractor by hand on a posting.",
                ),
                check(
                    gxe.ExpectColumnValuesToBeInSet,
                    "level_known",
                    "with an unknown level",
                    column="level",
                    value_set=facts.SKILL_LEVELS,
                    severity="critical",
                    reason="2026-11: `context` is not demand; an unknown level would count as demand.",
                    remedy=REBUILD,
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "surface_is_a_word",
                    "whose wording has more than 100 characters",
                    column="surface_length",
                    max_value=100,
                    severity="critical",
                    reason="2026-11: the wording is a name; anything longer would publish the employer's text.",
                    remedy="Check the spans that the extractor returns, then rebuild.",
                ),
                check(
                    gxe.ExpectColumnValuesToNotMatchRegex,
                    "no_mail_address",
                    "whose wording is a mail address",
                    column="surface",
                    regex=MAIL_ADDRESS,
                    severity="warning",
                    reason="2026-11: contact data of persons is not published; publication removes single addresses.",
                    remedy="Check the spans that the extractor returns, then rebuild.",
                ),
            ),
        ),
        Batch(
            name="oddities",
            unit="published tables",
            relation="marts.fct_posting_skills having count(*) > 0",
            columns={"mail_address_share": odd_share(matches("surface", MAIL_ADDRESS))},
            checks=(
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "few_mail_addresses",
                    "with more than 1 % of wordings that contain a mail address",
                    column="mail_address_share",
                    max_value=ODD_SHARE_TOLERATED,
                    severity="critical",
                    reason="2026-11: contact data of persons is not published. Checked if there are at "
                    "least six such mentions; fewer are employers' mistakes.",
                    remedy="Check the spans that the extractor returns, then rebuild.",
                ),
            ),
        ),
        Batch(
            name="by_posting",
            unit="postings",
            relation="(select posting_key, count(*) as n_skills from marts.fct_posting_skills group by 1)",
            where="posting_key",
            where_unit="postings",
            checks=(
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "plausible_many",
                    "with more than 80 skills",
                    column="n_skills",
                    max_value=80,
                    mostly=0.999,
                    severity="warning",
                    reason="2026-11: long postings name thirty; eighty mean several jobs on a page, or a loose alias.",
                    remedy=TRACE,
                ),
            ),
        ),
    ),
)
