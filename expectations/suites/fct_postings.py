"""Checks of ``fct_postings`` before publication: one row per posting ever seen."""

from __future__ import annotations

from great_expectations import expectations as gxe

from expectations.suite import Batch, TableSuite, check
from expectations.suites.report_suite import holds
from expectations.suites.shared_bounds import (
    COUNTRY,
    ODD_SHARE_TOLERATED,
    REBUILD,
    TRACE,
    WEB_ADDRESS,
    address_start,
    days_ahead,
    has_no_contact,
    matches,
    odd_share,
)
from expectations.suites.weekly_checks import known
from jobmarket.extract import facts

# Columns of raw that must not be published: texts, the boards' objects, contact data of persons.
_PRIVATE_COLUMNS = (
    "payload",
    "description",
    "description_html",
    "description_text",
    "pay_text",
    "apply_url",
    "requisition_id",
    "email",
    "phone",
    "contact",
)


SUITE = TableSuite(
    gate="marts",
    table="marts.fct_postings",
    batches=(
        Batch(
            name="size",
            unit="published tables",
            relation="""(select count(*) as n_rows from marts.fct_postings) as now
                left join published_now on published_now.as_of <= $as_of::timestamp""",
            columns={
                "has_rows": "n_rows > 0",
                "part_of_published": "n_rows / nullif(published_now.n_postings, 0)",
                "part_kept": "n_rows / nullif(published_now.n_postings, 0)",
            },
            checks=(
                check(
                    gxe.ExpectColumnValuesToBeInSet,
                    "not_empty",
                    "without a single posting",
                    column="has_rows",
                    value_set=(True,),
                    severity="critical",
                    reason="2026-11: an empty market is always a failed build.",
                    remedy="Check that raw has runs up to as_of (`jobmarket status`), then build again.",
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "not_shrunk",
                    "with over 20 % fewer postings than the published database",
                    column="part_of_published",
                    min_value=0.8,
                    severity="critical",
                    reason="2026-11: the table has every posting ever seen and can only grow. Not checked if the "
                    "published database has a later as_of.",
                    remedy="If runs were withdrawn on purpose, move published/jobmarket.duckdb away. Otherwise find "
                    "what the build left out.",
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "nothing_lost",
                    "with fewer postings than the published database",
                    column="part_kept",
                    min_value=1,
                    severity="warning",
                    reason="2026-11: only withdrawing a run removes postings.",
                    remedy="Look at ops.withdrawn_runs. If none is there, compare the two tables by posting_key.",
                ),
            ),
        ),
        Batch(
            name="",
            unit="postings",
            relation="marts.fct_postings",
            where="board",
            where_unit="boards",
            columns={
                "seen_days_ahead": f"greatest({days_ahead('first_seen_at')}, {days_ahead('last_seen_at')})",
                "least_years": "least(years_min, years_max)",
                "most_years": "greatest(years_min, years_max)",
                "url": address_start("url"),
                "no_contact": has_no_contact("title"),
                "title_length": "length(title)",
            },
            checks=(
                known("role_family", facts.ROLE_FAMILIES),
                known("seniority", facts.SENIORITIES),
                known("experience_band", facts.EXPERIENCE_BANDS),
                known("workplace", facts.WORKPLACES),
                known("employment_type", facts.EMPLOYMENT_TYPES),
                known("degree_min", facts.DEGREES),
                known("visa_sponsorship", facts.VISA_SPONSORSHIPS),
                known("company_size", facts.COMPANY_SIZES),
                known("posted_at_basis", ("board", "first_seen")),
                check(
                    gxe.ExpectColumnValuesToMatchRegex,
                    "country_code",
                    "whose country is not a two-letter ISO 3166 code",
                    column="country",
                    regex=COUNTRY,
                    severity="critical",
                    reason="2026-11: regional figures are grouped by it; 'USA' beside 'US' would split a market.",
                    remedy=REBUILD,
                ),
                check(
                    gxe.ExpectColumnValuesToMatchRegex,
                    "url_http",
                    "whose address is not http(s)",
                    column="url",
                    regex=WEB_ADDRESS,
                    severity="warning",
                    reason="2026-11: all recorded addresses are https; the report links to no others.",
                    remedy="Follow the rows' native_id to raw.posting_versions. If the mapping is wrong, fix it.",
                ),
                holds(
                    "no_contact",
                    "with a mail address or phone number in the title",
                    column="no_contact",
                    reason="2026-11: contact data of persons is not published; extraction removes these forms.",
                    remedy="Find the model that takes titles from staging, not int_posting_facts.public_title.",
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "title_no_text",
                    "with more than 500 characters in the title",
                    column="title_length",
                    max_value=500,
                    severity="warning",
                    reason="2026-11: recorded titles have at most 119 characters; publication cuts longer ones.",
                    remedy="None for a single one. If a board gives many, check that its spider reads the right field.",
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "not_seen_ahead",
                    "seen after the as_of of the build",
                    column="seen_days_ahead",
                    max_value=0,
                    severity="critical",
                    reason="2026-11: a replay of a past day must not use what came after it.",
                    remedy="Check that every model filters runs by the variable as_of.",
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "years_not_negative",
                    "that ask for a negative number of years of experience",
                    column="least_years",
                    min_value=0,
                    severity="critical",
                    reason="2026-11: a negative number means that a range was misread.",
                    remedy=TRACE,
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "years_plausible",
                    "that ask for more than 25 years of experience",
                    column="most_years",
                    max_value=25,
                    severity="warning",
                    reason="2026-11: higher numbers mostly state the age of the company.",
                    remedy=TRACE,
                ),
                check(
                    gxe.ExpectColumnValuesToMatchRegex,
                    "language_tag",
                    "whose language is not a language tag",
                    column="language",
                    regex=r"^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$",
                    severity="warning",
                    reason="2026-11: extraction writes lower-case ISO 639 codes.",
                    remedy=REBUILD,
                ),
            ),
        ),
        Batch(
            name="oddities",
            unit="published tables",
            relation="marts.fct_postings having count(*) > 0",
            columns={
                "other_address_share": odd_share(f"not {matches('url', WEB_ADDRESS)}"),
                "text_for_title_share": odd_share("length(title) > 500"),
            },
            checks=tuple(
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    key,
                    f"with more than 1 % of {what}",
                    column=column,
                    max_value=ODD_SHARE_TOLERATED,
                    severity="critical",
                    reason=f"2026-11: {reason} Checked if there are at least six such postings; fewer are employers' "
                    "mistakes.",
                    remedy="Withdraw the run whose spider read the wrong field, or fix the mapping; then rebuild.",
                )
                for key, column, what, reason in (
                    (
                        "few_other_addresses",
                        "other_address_share",
                        "addresses that are not http(s)",
                        "the address becomes a link for readers.",
                    ),
                    (
                        "few_texts_for_titles",
                        "text_for_title_share",
                        "titles longer than 500 characters",
                        "a description instead of a title would publish an employer's text.",
                    ),
                )
            ),
        ),
        Batch(
            name="shares",
            unit="published tables",
            relation="marts.fct_postings having count(*) >= 500",
            columns={
                "described_share": "avg(has_description::int)",
                "with_skill_share": "avg((n_skills > 0)::int) filter (where has_description)",
                "with_country_share": "avg((country is not null)::int)",
                "unspecified_seniority_share": "avg((seniority = 'unspecified')::int)",
                "canonical_share": "avg(is_canonical::int)",
                "largest_company_share": """(select max(n) from (
                    select count(*) as n from marts.fct_postings group by company_key)) / count(*)""",
            },
            checks=tuple(
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    key,
                    finding,
                    column=column,
                    severity="warning",
                    reason=f"2026-11: {reason} Checked if there are at least 500 postings.",
                    remedy=remedy,
                    **bound,
                )
                for key, column, bound, finding, reason, remedy in (
                    (
                        "described",
                        "described_share",
                        {"min_value": 0.5},
                        "where fewer than half of the postings have a description",
                        "skills are counted only over postings with a description; 90 % of the recorded ones have one.",
                        "The check described of gate raw names the boards that lack them.",
                    ),
                    (
                        "skills_read",
                        "with_skill_share",
                        {"min_value": 0.5},
                        "where fewer than half of the postings with a description name a skill",
                        "92 % of the recorded ones do; a smaller share means that texts are not being read.",
                        "Compare extractor_version and taxonomy_version of fct_postings with the seeds.",
                    ),
                    (
                        "located",
                        "with_country_share",
                        {"min_value": 0.7},
                        "where fewer than 70 % of the postings have a country",
                        "all recorded postings state a place; some state only 'Remote'.",
                        TRACE,
                    ),
                    (
                        "seniority_read",
                        "unspecified_seniority_share",
                        {"max_value": 0.85},
                        "where more than 85 % of the postings have no seniority",
                        "about half of the titles state it.",
                        TRACE,
                    ),
                    (
                        "few_duplicates",
                        "canonical_share",
                        {"min_value": 0.6},
                        "where fewer than 60 % of the postings are canonical",
                        "a rule that merges different openings shrinks the market.",
                        "Look at the largest groups by canonical_posting_key.",
                    ),
                    (
                        "no_giant",
                        "largest_company_share",
                        {"max_value": 0.5},
                        "where one company has more than half of the postings",
                        "its habits would look like the market's.",
                        "Check that company_key separates the companies.",
                    ),
                )
            ),
        ),
        Batch(
            name="freshness",
            unit="published tables",
            relation="marts.fct_postings having count(*) > 0",
            columns={
                "days_old": f"-{days_ahead('max(last_seen_at)')}",
                "days_too_old": f"-{days_ahead('max(last_seen_at)')}",
            },
            checks=(
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "fresh",
                    "whose newest sighting is more than 8 days older than as_of",
                    column="days_old",
                    max_value=8,
                    severity="warning",
                    reason="2026-11: the report is weekly; one day of tolerance.",
                    remedy="Crawl: `jobmarket crawl`, then `jobmarket load`.",
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "not_stale",
                    "whose newest sighting is more than 60 days older than as_of",
                    column="days_too_old",
                    max_value=60,
                    severity="critical",
                    reason="2026-11: after two months without a sighting the data does not describe the market at "
                    "as_of; publish it with an earlier as_of.",
                    remedy="Crawl, or set --as-of to the moment of the newest run.",
                ),
            ),
        ),
        Batch(
            name="columns",
            unit="columns of schema marts",
            relation="information_schema.columns where table_schema = 'marts'",
            where="table_name",
            where_unit="tables",
            columns={"column_name": "lower(column_name)"},
            checks=(
                check(
                    gxe.ExpectColumnValuesToNotBeInSet,
                    "no_private_column",
                    "that are private",
                    column="column_name",
                    value_set=_PRIVATE_COLUMNS,
                    severity="critical",
                    reason="2026-11: only facts are published; texts belong to the employers, contact data to persons.",
                    remedy="Remove the column from the mart.",
                ),
            ),
        ),
    ),
)
