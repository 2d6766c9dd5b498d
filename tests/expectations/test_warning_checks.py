# ruff: noqa: E501  # the planted cases are a table, one per line
"""Every warning is given on rows planted for it, and none closes a gate."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

import pytest

from expectations.batches import Published
from expectations.results import GateOutcome
from expectations.suites import SUITES
from expectations.suites.raw_posting_versions import SURELY_IN_SCOPE
from scrapers.scope import in_scope
from tests.expectations import report_marts

RUNS, SEEN, VERSIONS = "raw.crawl_runs", "raw.sightings", "raw.posting_versions"
RATES = "raw.exchange_rates"
POSTINGS, COMPANIES, PLACES = (
    "marts.fct_postings",
    "marts.dim_companies",
    "marts.dim_locations",
)
MENTIONS, PAY = "marts.fct_posting_skills", "marts.fct_posting_salaries"
COVERAGE, DEMAND, TREND = (
    "marts.rpt_board_coverage_weekly",
    "marts.rpt_skill_demand_weekly",
    "marts.rpt_salary_trend_weekly",
)
GRID, CLAIMS = "marts.rpt_salary_grid", "marts.rpt_published_claims"
SKILL_PREMIUM, SPECIALISATIONS = "marts.rpt_skill_salary_premium", "marts.rpt_specialisation_salary"

ONE_RUN = "run_id = 'ashby-20260820T000000Z-1' and company_slug = 'firm-ashby-0'"
ONE_VERSION = "landed_run_id = 'ashby-20260820T000000Z-1' and company_slug = 'firm-ashby-0' and native_id = '0'"
ONE_POSTING = "company_slug = 'firm-ashby-0' and native_id = '0'"


def _version(change: str) -> str:
    return f"update {VERSIONS} set {change} where {ONE_VERSION}"


def _pay(lower: str, upper: str, currency: str = "EUR") -> str:
    return _version(
        f"base_salary = [{{min_value: {lower}, max_value: {upper}, currency: '{currency}', unit_text: null, \"name\": null}}]"
    )


def _many(change: str) -> str:
    """600 postings, changed into a market that is odd as a whole."""
    return (
        f"insert into {POSTINGS} select posting.* from {POSTINGS} as posting, range(9); update {POSTINGS} set {change}"
    )


def _band(share: float, skill: str) -> str:
    return f"update {DEMAND} set skill_name = '{skill}', n_with_skill = {round(60 * share)} where status = 'final'"


def _held(which: str, status: str = "partial", days: tuple[int, ...] = (5, 14, 23)) -> str:
    """Crawls of one company some days before its last one, some of which did not qualify."""
    return f"""insert into {RUNS} select crawl.* replace (
            run_id || '-' || row_number() over () as run_id, '{status}' as status, 'cut off' as reason,
            as_of - to_days(days) as as_of)
        from {RUNS} as crawl, unnest({list(days)}) as earlier(days) where {ONE_RUN};
        update {RUNS} set qualifies = false where company_slug = 'firm-ashby-0' and {which}"""


def _stated(now: str, before: str, where: str = "company_slug = 'firm-ashby-0'") -> str:
    """Missing fields ('field': count, …) of ten postings, in the newest crawl and in the one a week before."""
    counted = f"case as_of when '2026-08-20' then map {{{now}}} else map {{{before}}} end"
    return f"update {RUNS} set missing = {counted} where {where}"


_LOST = _stated("'description_html': 10, 'team': 10", "'description_html': 0, 'team': 10")
LAST_WEEK = datetime(2026, 8, 13)  # noqa: DTZ001  # the warehouse stores UTC without a time zone

PLANTED: list[tuple[str, str, str]] = [
    (RUNS, "gap_explained", f"update {RUNS} set status = 'partial' where {ONE_RUN}"),
    (RUNS, "usual_size", f"update {RUNS} set postings = 4 where {ONE_RUN}"),
    (RUNS, "few_rejected", f"update {RUNS} set rejected = 5 where {ONE_RUN}"),
    (RUNS, "board_complete", f"update {RUNS} set status = 'failed', reason = 'HTTP 500' where {ONE_RUN}"),
    (RUNS, "few_duplicates", f"update {RUNS} set duplicates = 9 where {ONE_RUN}"),
    (RUNS, "closes_in_time", _held("true")),
    (RUNS, "fields_kept", _LOST),
    (SEEN, "count_as_recorded", f"update {RUNS} set postings = 11 where {ONE_RUN}"),
    (VERSIONS, "title_length", _version("title = 'X'")),
    (VERSIONS, "url_present", f"update {VERSIONS} set url = null where native_id = '0'"),
    (VERSIONS, "url_http", _version("url = 'jobs.example/1'")),
    (VERSIONS, "date_posted_not_before_2000", _version("date_posted = '1970-01-01'")),
    (VERSIONS, "date_posted_not_ahead", _version("date_posted = '2026-08-21 00:00:01'")),
    (VERSIONS, "valid_through_not_before_2000", _version("valid_through = '1970-01-01'")),
    (VERSIONS, "valid_through_not_far_ahead", _version("valid_through = '2099-12-31'")),
    (VERSIONS, "no_error_page", _version("description_html = '<html><head><title>502 Bad Gateway</title></head></html>'")),
    (VERSIONS, "language_tag", _version("language = 'English (US)'")),
    (VERSIONS, "little_mojibake", _version("description_html = '<p>L''Ã©quipe vous attend</p>'")),
    (VERSIONS, "description_size", _version("description_html = repeat('very long ', 110_000)")),
    (VERSIONS, "described", f"update {VERSIONS} set description_html = ' ' where board = 'lever' and native_id < '6'"),
    (VERSIONS, "located", f"update {VERSIONS} set location_text = null where board = 'lever' and native_id < '2'"),
    (VERSIONS, "pay_positive", _pay("0", "60000")),
    (VERSIONS, "pay_below_ten_million", _pay("60000", "60_000_000")),
    (VERSIONS, "pay_ordered", _pay("80000", "60000")),
    (VERSIONS, "pay_currency", f"update {VERSIONS} set base_salary = [{{min_value: 1, max_value: 2, currency: 'euros', unit_text: null, \"name\": null}}] where native_id < '2'"),
    (RATES, "fresh", f"delete from {RATES} where rate_date between '2026-08-06' and '2026-08-20'"),
    (POSTINGS, "url_http", f"update {POSTINGS} set url = 'javascript:alert(1)' where {ONE_POSTING}"),
    (POSTINGS, "title_no_text", f"update {POSTINGS} set title = repeat('text ', 200) where {ONE_POSTING}"),
    (COMPANIES, "no_mail_address", f"update {COMPANIES} set company_name = 'hr@mail.example.org' where company_key = 'firm-ashby-0'"),
    (MENTIONS, "no_mail_address", f"update {MENTIONS} set surface = 'jane@mail.example.org' where posting_key = (select min(posting_key) from {MENTIONS})"),
    (POSTINGS, "nothing_lost", f"delete from {POSTINGS} where {ONE_POSTING}"),
    (POSTINGS, "years_plausible", f"update {POSTINGS} set years_max = 40 where {ONE_POSTING}"),
    (POSTINGS, "language_tag", f"update {POSTINGS} set language = 'French' where {ONE_POSTING}"),
    (POSTINGS, "fresh", f"update {POSTINGS} set first_seen_at = '2026-08-01', last_seen_at = '2026-08-01'"),
    (POSTINGS, "described", _many("has_description = native_id < '4'")),
    (POSTINGS, "skills_read", _many("n_skills = 0 where native_id >= '4'")),
    (POSTINGS, "located", _many("country = null where native_id < '4'")),
    (POSTINGS, "seniority_read", _many("seniority = 'unspecified'")),
    (POSTINGS, "few_duplicates", _many("is_canonical = native_id < '4'")),
    (POSTINGS, "no_giant", _many("company_key = 'giant' where native_id < '6'")),
    (COMPANIES, "has_postings", f"update {COMPANIES} set n_postings = 0 where company_key = 'firm-ashby-0'"),
    (PLACES, "not_empty", f"delete from {PLACES}"),
    (PLACES, "city_is_a_name", f"update {PLACES} set city = 'Anywhere within the European Union, with visits to our headquarters'"),
    (MENTIONS, "not_empty", f"delete from {MENTIONS}"),
    (MENTIONS, "plausible_many", f"insert into {MENTIONS} select m.* replace (skill_id || range as skill_id) from {MENTIONS} as m, range(90)"),
    (PAY, "not_empty", f"delete from {PAY}"),
    (PAY, "lower_end_plausible", f"update {PAY} set salary_min_usd_annual = 60 where posting_key = (select min(posting_key) from {PAY})"),
    (PAY, "upper_end_plausible", f"update {PAY} set salary_max_usd_annual = 9e6 where posting_key = (select min(posting_key) from {PAY})"),
    (PAY, "not_far_apart", f"insert into {PAY} select * replace (2 as salary_no, 28e3 as salary_min_annual, 40e3 as salary_max_annual) from {PAY}"),
    (COVERAGE, "not_empty", f"delete from {COVERAGE}"),
    (COVERAGE, "last_week_covered", f"update {COVERAGE} set coverage_ratio = 0.5 where week_start = '2026-08-10'"),
    (DEMAND, "not_empty", f"delete from {DEMAND}"),
    (DEMAND, "something_shown", f"update {DEMAND} set status = 'coverage_break' where status = 'final'"),
    (DEMAND, "coverage_effect_plausible", f"update {DEMAND} set coverage_effect = -0.3 where status = 'final'"),
    (DEMAND, "band_python", _band(0.2, "Python")),
    (DEMAND, "band_sql", _band(0.95, "SQL")),
    (DEMAND, "band_pytorch", _band(0.0, "PyTorch")),
    (DEMAND, "band_aws", _band(0.9, "AWS")),
    (TREND, "not_empty", f"delete from {TREND}"),
    (TREND, "change_plausible", f"update {TREND} set controlled_change_13w = 0.3, controlled_change_13w_high = 0.4 where status = 'final'"),
    (TREND, "something_shown", f"update {TREND} set status = 'coverage_break' where status = 'final'"),
    *report_marts.warnings(),
]  # fmt: skip


@pytest.mark.parametrize(("table", "key", "planted"), PLANTED, ids=[f"{table}-{key}" for table, key, _ in PLANTED])
def test_planted_rows_are_warned_of(table: str, key: str, planted: str, run_check: Callable[..., GateOutcome]) -> None:
    published = Published(60, LAST_WEEK) if key == "nothing_lost" else None
    outcome = run_check(table, key, planted, published=published)
    assert key in {one.expectation for one in outcome.warnings}
    assert outcome.is_open, [one.line for one in outcome.failed]


@pytest.mark.parametrize(
    "planted",
    [
        _held("as_of <> '2026-08-06'"),
        _held("true", status="failed"),
        f"{_held('true', days=(23, 23))}; update {RUNS} set status = 'failed' where as_of = '{LAST_WEEK}'",
        f"{_held('true')}; update {RUNS} set status = 'failed' where {ONE_RUN}",
    ],
    ids=[
        "closed something two weeks ago",
        "answered once",
        "answered twice, and once again on retry",
        "does not answer now",
    ],
)
def test_a_company_that_closes_nothing_is_named_after_three_answers_and_three_weeks(
    planted: str, run_check: Callable[..., GateOutcome]
) -> None:
    assert "closes_in_time" not in {one.expectation for one in run_check(RUNS, "closes_in_time", planted).warnings}
    (warning,) = (
        one
        for one in run_check(RUNS, "closes_in_time", _held("true")).warnings
        if one.column_name == "days_without_qualifying"
    )
    assert warning.line.endswith("(companies ashby/firm-ashby-0)")


def test_a_renamed_field_is_named_with_its_figures(run_check: Callable[..., GateOutcome]) -> None:
    def lines(planted: str) -> list[str]:
        return [one.line for one in run_check(RUNS, "fields_kept", planted, alone=True).warnings]

    renamed = "'description_html': 10, 'team': 10", "'description_html': 1, 'team': 10"
    (of_company,) = lines(_stated(*renamed))
    assert of_company.endswith("(of ashby/firm-ashby-0 description_html: 0 instead of 9)")
    (of_board,) = lines(_stated(*renamed, where="board = 'ashby'"))
    assert (
        "(of ashby description_html: 0 instead of 27, ashby/firm-ashby-0 description_html: 0 instead of 9" in of_board
    )
    # each company is too small to judge, the board is not
    (of_small,) = lines(
        f"update {RUNS} set postings = 2 where board = 'ashby'; "
        + _stated("'description_html': 2, 'team': 2", "'description_html': 0, 'team': 2", where="board = 'ashby'")
    )
    assert of_small.endswith("(of ashby description_html: 0 instead of 6)")


def test_fields_that_staging_reads_from_comments_are_not_missed(run_check: Callable[..., GateOutcome]) -> None:
    as_hn = f"update {RUNS} set board = 'hn' where company_slug = 'firm-ashby-0'; "
    of_comments = as_hn + _stated("'pay_text': 10, 'location_text': 10, 'team': 10", "'team': 10")
    assert run_check(RUNS, "fields_kept", of_comments, alone=True).warnings == []
    (warning,) = run_check(RUNS, "fields_kept", as_hn + _LOST, alone=True).warnings
    assert warning.line.endswith("(of hn/firm-ashby-0 description_html: 0 instead of 10)")


@pytest.mark.parametrize(
    "planted",
    [
        _stated("'base_salary': 10, 'team': 10", "'base_salary': 10, 'team': 10"),
        _stated("'base_salary': 10, 'team': 10", "'base_salary': 6, 'team': 10"),
        _stated("'base_salary': 9, 'team': 10", "'base_salary': 0, 'team': 10"),
        # neither of two new postings states pay, as usual; the other eight are known and not counted
        _stated("'base_salary': 10, 'team': 10", "'base_salary': 2, 'team': 2"),
        f"{_LOST}; delete from {RUNS} where company_slug = 'firm-ashby-0' and as_of < '2026-08-20'",
        f"{_LOST}; update {RUNS} set as_of = '2026-07-20' where as_of < '2026-08-20'",
    ],
    ids=["never stated", "stated by few", "still stated by one", "missing in those that were read, as usual", "a new company", "stated long ago"],
)  # fmt: skip
def test_a_field_that_was_usually_absent_is_not_missed(planted: str, run_check: Callable[..., GateOutcome]) -> None:
    assert run_check(RUNS, "fields_kept", planted, alone=True).warnings == []


def test_one_pair_in_twenty_may_lack_a_lift(run_check: Callable[..., GateOutcome]) -> None:
    pairs = "marts.rpt_skill_pairs"

    def warned_of(n_with_lift: int) -> list[str]:
        planted = f"""insert into {pairs} select good.* from {pairs} as good, range({n_with_lift} - 1);
            insert into {pairs} select * replace (null as lift, null as lift_low, null as lift_high) from {pairs} limit 1;
            insert into {pairs} select * replace ('suppressed' as status) from {pairs} where lift is null"""
        return [one.line for one in run_check(pairs, "lift_shown", planted, alone=True).warnings]

    assert warned_of(19) == []
    (line,) = warned_of(18)
    assert line.startswith("marts.rpt_skill_pairs.lift_shown: 1 of 20 rows that are shown without a lift")


def test_a_posting_out_of_scope_needs_no_description(run_check: Callable[..., GateOutcome]) -> None:
    planted = f"update {VERSIONS} set title = 'Cook', description_html = null where board = 'lever' and native_id < '6'"
    outcome = run_check(VERSIONS, "described", planted)
    assert "described" not in {one.expectation for one in outcome.warnings}


@pytest.mark.parametrize(
    "title",
    [
        "Machine Learning Engineer", "Applied Machine Learning Scientist", "Data Engineer II", "Senior Data Scientist",
        "ML Engineer (m/w/d)", "Software Engineer, Payments", "Software Developer", "Full-Stack Engineer",
        "Full Stack Developer", "Backend Engineer", "Back-end Developer", "Frontend Developer", "Front End Engineer",
    ],
)  # fmt: skip
def test_titles_that_the_gate_considers_in_scope_are_read_on_their_pages(title: str) -> None:
    assert re.search(rf"\b({SURELY_IN_SCOPE})\b", title, re.IGNORECASE)
    assert in_scope(title)


def test_every_warning_is_planted() -> None:
    warnings = {(suite.table, one.key) for suite in SUITES for _, one in suite if one.severity == "warning"}
    assert warnings, "no warnings: the suites were not read"
    assert warnings == {(table, key) for table, key, _ in PLANTED}
