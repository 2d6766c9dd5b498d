"""Every critical check closes its gate on bad rows planted for it, and its line states what is wrong and where."""

# ruff: noqa: E501  # the planted cases are a table, one per line
from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from expectations.batches import Published
from expectations.results import GateOutcome
from expectations.suites import SUITES
from tests.expectations import report_marts

RUNS = "raw.crawl_runs"
SEEN = "raw.sightings"
VERSIONS = "raw.posting_versions"
POSTINGS = "marts.fct_postings"
COMPANIES = "marts.dim_companies"
SKILLS = "marts.dim_skills"
PLACES = "marts.dim_locations"
MENTIONS = "marts.fct_posting_skills"
PAY = "marts.fct_posting_salaries"
COVERAGE = "marts.rpt_board_coverage_weekly"
DEMAND = "marts.rpt_skill_demand_weekly"
TREND = "marts.rpt_salary_trend_weekly"
ALL_MARTS = "marts"

NEW = "ashby-20260820T000000Z-1"
ONE_RUN = f"run_id = '{NEW}' and company_slug = 'firm-ashby-0'"
ONE_VERSION = f"landed_run_id = '{NEW}' and company_slug = 'firm-ashby-0' and native_id = '0'"
SEVEN_VERSIONS = f"landed_run_id = '{NEW}' and company_slug = 'firm-ashby-0' and native_id < '7'"
ONE_POSTING = "company_slug = 'firm-ashby-0' and native_id = '0'"
SIX_POSTINGS = "company_slug = 'firm-ashby-0' and native_id < '6'"
NIL = "00000000-0000-0000-0000-000000000000"


def _set(table: str, change: str, where: str) -> str:
    return f"update {table} set {change} where {where}"


def _value(column: str, value: str, table: str = POSTINGS, where: str = ONE_POSTING) -> str:
    return _set(table, f"{column} = '{value}'", where)


FIRST_DEMAND = "week_start = '2026-08-10' and measure = 'flow' and role_family = 'all'"
FIRST_TREND = "week_start = '2026-08-10' and seniority = 'senior'"
LAST_WEEK = datetime(2026, 8, 13)  # noqa: DTZ001  # the warehouse stores UTC without a time zone

# table, check, planted rows, the line after "<table>.<column>: "
PLANTED: list[tuple[str, str, str, str]] = [
    (RUNS, "key_present", _set(RUNS, "company_slug = ' '", ONE_RUN), f"1 of 6 company crawls without run, board or company (runs {NEW})"),
    (RUNS, "key_once", f"insert into {RUNS} select * from {RUNS} where {ONE_RUN}", f"2 of 7 company crawls that are in the table more than once (runs {NEW})"),
    (RUNS, "one_board_a_run", _set(RUNS, "board = 'lever'", ONE_RUN), f"3 of 6 company crawls of a run that names several boards (runs {NEW})"),
    (RUNS, "board_name", _set(RUNS, "board = 'Ashby HQ'", f"run_id = '{NEW}'"), f"3 of 6 company crawls of a board that has no valid spider name (runs {NEW})"),
    (RUNS, "status_known", _set(RUNS, "status = 'fine'", ONE_RUN), f"1 of 6 company crawls with an unknown status (runs {NEW})"),
    (RUNS, "status_present", _set(RUNS, "status = null", ONE_RUN), f"1 of 6 company crawls without a status (runs {NEW})"),
    (RUNS, "origin_known", _set(RUNS, "origin = 'guessed'", ONE_RUN), f"1 of 6 company crawls with an unknown origin (runs {NEW})"),
    (RUNS, "moment_present", _set(RUNS, "as_of = null", f"run_id = '{NEW}'"), f"3 of 6 company crawls without as_of (runs {NEW})"),
    (RUNS, "moment_sane", _set(RUNS, "as_of = '1970-01-01'", f"run_id = '{NEW}'"), f"3 of 6 company crawls with as_of before 2000 (runs {NEW})"),
    (RUNS, "counts_sane", _set(RUNS, "postings = -1", ONE_RUN), f"1 of 6 company crawls with a count that is missing or negative (runs {NEW})"),
    (RUNS, "one_origin", _set(RUNS, "origin = 'live'", ONE_RUN), "2 of 2 origins that are mixed in one warehouse (origins live, recorded)"),
    (RUNS, "enough_complete", _set(RUNS, "status = 'failed', reason = 'HTTP 500'", "company_slug <> 'firm-lever-0'"), "1 of 1 batches in which fewer than 30 % of the companies were crawled completely"),
    (SEEN, "run_known", f"insert into {SEEN} select 'lost-1', posting_key, content_hash from {SEEN} limit 1", "1 of 3 runs with sightings, but without a row in raw.crawl_runs (runs lost-1)"),
    (SEEN, "key_present", f"insert into {SEEN} values ('{NEW}', null, null)", f"1 of 2 runs with sightings that lack a posting key or content hash (runs {NEW})"),
    (SEEN, "posting_once", f"insert into {SEEN} (from {SEEN} where run_id = '{NEW}' limit 1)", f"1 of 2 runs with more than one sighting of a posting (runs {NEW})"),
    (SEEN, "version_landed", f"delete from {VERSIONS} where {ONE_VERSION}", f"1 of 2 runs with sightings of contents that were never landed (runs {NEW})"),
    (VERSIONS, "key_present", _set(VERSIONS, "posting_key = null", ONE_VERSION), f"1 of 60 versions without a posting key (runs {NEW})"),
    (VERSIONS, "key_form", _set(VERSIONS, f"posting_key = '{NIL}'", ONE_VERSION), f"1 of 60 versions whose posting key is not a UUID (runs {NEW})"),
    (VERSIONS, "hash_present", _set(VERSIONS, "content_hash = null", ONE_VERSION), f"1 of 60 versions without a content hash (runs {NEW})"),
    (VERSIONS, "hash_form", _set(VERSIONS, f"content_hash = '{NIL}'", ONE_VERSION), f"1 of 60 versions whose content hash is not in the form of a UUID (runs {NEW})"),
    (VERSIONS, "content_once", f"insert into {VERSIONS} select * from {VERSIONS} where {ONE_VERSION}", f"2 of 61 versions that are in the table more than once (runs {NEW})"),
    (VERSIONS, "identity_present", _set(VERSIONS, "native_id = ''", ONE_VERSION), f"1 of 60 versions without board, company or the board's id (runs {NEW})"),
    (VERSIONS, "board_known", _set(VERSIONS, "board = 'teamtailor'", ONE_VERSION), f"1 of 60 versions of a board without any crawl (runs {NEW})"),
    (VERSIONS, "title_present", _set(VERSIONS, "title = '  '", SEVEN_VERSIONS), f"7 of 60 versions without a title (runs {NEW}, …)"),
    (VERSIONS, "payload_present", _set(VERSIONS, "payload = null", ONE_VERSION), f"1 of 60 versions without the board's object (payload) (runs {NEW})"),
    (VERSIONS, "payload_present", _set(VERSIONS, "payload = 'null'", ONE_VERSION), f"1 of 60 versions without the board's object (payload) (runs {NEW})"),
    (VERSIONS, "few_long_titles", _set(VERSIONS, "title = repeat('long ', 100)", SEVEN_VERSIONS), f"1 of 2 runs with more than 2 % of titles longer than 300 characters (runs {NEW})"),
    (VERSIONS, "few_bad_urls", _set(VERSIONS, "url = 'javascript:alert(1)'", SEVEN_VERSIONS), f"1 of 2 runs with more than 2 % of addresses that are not http(s) (runs {NEW})"),
    (VERSIONS, "few_bad_dates", _set(VERSIONS, "date_posted = '1970-01-21'", SEVEN_VERSIONS), f"1 of 2 runs with more than 2 % of publication dates before 2000 or more than a year ahead (runs {NEW})"),
    (VERSIONS, "few_error_pages", _set(VERSIONS, "description_html = '<html><title>Just a moment...</title>'", SEVEN_VERSIONS), f"1 of 2 runs with more than 2 % of descriptions that are error pages (runs {NEW})"),
    (VERSIONS, "few_negative_pay", _set(VERSIONS, "base_salary = [{min_value: -1, max_value: 1, currency: 'EUR', unit_text: null, \"name\": null}]", SEVEN_VERSIONS), f"1 of 2 runs with more than 10 % of pay ranges at zero or less (runs {NEW})"),
    (VERSIONS, "few_large_pay", _set(VERSIONS, "base_salary = [{min_value: 1, max_value: 12_000_000, currency: 'EUR', unit_text: null, \"name\": null}]", SEVEN_VERSIONS), f"1 of 2 runs with more than 2 % of pay ranges at 10 million or more (runs {NEW})"),
    (POSTINGS, "not_empty", f"delete from {POSTINGS}", "1 of 1 published tables without a single posting"),
    (POSTINGS, "not_shrunk", f"delete from {POSTINGS} where native_id < '3'", "1 of 1 published tables with over 20 % fewer postings than the published database"),
    (POSTINGS, "role_family_known", _value("role_family", "wizard"), "1 of 60 postings with an unknown role_family (boards ashby)"),
    (POSTINGS, "seniority_known", _value("seniority", "wizard"), "1 of 60 postings with an unknown seniority (boards ashby)"),
    (POSTINGS, "experience_band_known", _value("experience_band", "wizard"), "1 of 60 postings with an unknown experience_band (boards ashby)"),
    (POSTINGS, "workplace_known", _value("workplace", "moon"), "1 of 60 postings with an unknown workplace (boards ashby)"),
    (POSTINGS, "employment_type_known", _value("employment_type", "duel"), "1 of 60 postings with an unknown employment_type (boards ashby)"),
    (POSTINGS, "degree_min_known", _value("degree_min", "knighthood"), "1 of 60 postings with an unknown degree_min (boards ashby)"),
    (POSTINGS, "visa_sponsorship_known", _value("visa_sponsorship", "perhaps"), "1 of 60 postings with an unknown visa_sponsorship (boards ashby)"),
    (POSTINGS, "company_size_known", _value("company_size", "cosy"), "1 of 60 postings with an unknown company_size (boards ashby)"),
    (POSTINGS, "posted_at_basis_known", _value("posted_at_basis", "hearsay"), "1 of 60 postings with an unknown posted_at_basis (boards ashby)"),
    (POSTINGS, "country_code", _value("country", "USA"), "1 of 60 postings whose country is not a two-letter ISO 3166 code (boards ashby)"),
    (POSTINGS, "few_other_addresses", _set(POSTINGS, "url = 'javascript:alert(1)'", SIX_POSTINGS), "1 of 1 published tables with more than 1 % of addresses that are not http(s)"),
    (POSTINGS, "no_contact", _value("title", "Engineer, write to jane.doe@mail.example.org"), "1 of 60 postings with a mail address or phone number in the title (boards ashby)"),
    (POSTINGS, "no_contact", _value("title", "Engineer, call (555) 123-4567"), "1 of 60 postings with a mail address or phone number in the title (boards ashby)"),
    (POSTINGS, "few_texts_for_titles", _set(POSTINGS, "title = repeat('text ', 200)", SIX_POSTINGS), "1 of 1 published tables with more than 1 % of titles longer than 500 characters"),
    (POSTINGS, "not_seen_ahead", _value("last_seen_at", "2026-08-21"), "1 of 60 postings seen after the as_of of the build (boards ashby)"),
    (POSTINGS, "years_not_negative", _value("years_min", "-3"), "1 of 60 postings that ask for a negative number of years of experience (boards ashby)"),
    (POSTINGS, "not_stale", _set(POSTINGS, "first_seen_at = '2026-05-01', last_seen_at = '2026-05-01'", "true"), "1 of 1 published tables whose newest sighting is more than 60 days older than as_of"),
    (POSTINGS, "no_private_column", "alter table marts.dim_companies add column email VARCHAR", "columns of schema marts that are private (tables dim_companies)"),
    (COMPANIES, "not_empty", f"delete from {COMPANIES}", "companies are missing"),
    (COMPANIES, "hq_country_code", _value("hq_country", "France", COMPANIES, "company_key = 'firm-ashby-0'"), "1 of 6 companies whose country of headquarters is not a two-letter ISO 3166 code (companies firm-ashby-0)"),
    (COMPANIES, "few_mail_addresses", _set(COMPANIES, "company_name = 'hr@mail.example.org'", "true"), "1 of 1 published tables with more than 1 % of names that contain a mail address"),
    (COMPANIES, "not_seen_ahead", _value("last_seen_at", "2026-08-21", COMPANIES, "company_key = 'firm-ashby-0'"), "1 of 6 companies seen after the as_of of the build (companies firm-ashby-0)"),
    (SKILLS, "not_empty", f"delete from {SKILLS}", "skills are missing"),
    (SKILLS, "counts_within_postings", _value("n_postings", "61", SKILLS, "skill_id = 'rust'"), "1 of 2 skills with a negative number of postings, or more than there are (skills rust)"),
    (PLACES, "country_code", _value("country", "France", PLACES, "true"), "1 of 1 places whose country is not a two-letter ISO 3166 code (places FR-Lyon)"),
    (MENTIONS, "level_known", _set(MENTIONS, "level = 'wished'", "true"), "60 of 60 mentions with an unknown level (skills python, …)"),
    (MENTIONS, "surface_is_a_word", _set(MENTIONS, "surface = repeat('Python ', 20)", "true"), "60 of 60 mentions whose wording has more than 100 characters (skills python, …)"),
    (MENTIONS, "few_mail_addresses", _set(MENTIONS, "surface = 'jane@mail.example.org'", "true"), "1 of 1 published tables with more than 1 % of wordings that contain a mail address"),
    (PAY, "period_known", _set(PAY, "period = 'fortnight'", "true"), "60 of 60 ranges with an unknown period"),
    (PAY, "kind_known", _set(PAY, "kind = 'pocket money'", "true"), "60 of 60 ranges with an unknown kind"),
    (PAY, "amount_basis_known", _set(PAY, "amount_basis = 'rumour'", "true"), "60 of 60 ranges with an unknown amount_basis"),
    (PAY, "currency_basis_known", _set(PAY, "currency_basis = 'rumour'", "true"), "60 of 60 ranges with an unknown currency_basis"),
    (PAY, "currency_code", _set(PAY, "currency = '€'", "true"), "60 of 60 ranges whose currency is not an ISO 4217 code"),
    (PAY, "rate_plausible", _set(PAY, "usd_per_unit = 150", "true"), "60 of 60 ranges converted at an impossible rate"),
    (PAY, "mostly_plausible", _set(PAY, "salary_min_usd_annual = 60", f"posting_key in (select posting_key from {POSTINGS} where company_key = 'firm-ashby-0')"), "1 of 1 provenances with more than 5 % of their ranges outside 5 thousand to 3 million USD a year (provenances board_field)"),
    (COVERAGE, "status_known", _value("status", "fine", COVERAGE, "board = 'all' and week_start = '2026-08-10'"), "1 of 6 rows with an unknown status (boards all)"),
    (COVERAGE, "ratio_is_a_share", _value("coverage_ratio", "1.5", COVERAGE, "board = 'all' and week_start = '2026-08-10'"), "1 of 6 rows whose coverage is not between 0 and 1 (boards all)"),
    (COVERAGE, "counts_not_negative", _value("n_failed", "-1", COVERAGE, "board = 'all' and week_start = '2026-08-10'"), "1 of 6 rows with a negative count (boards all)"),
    (COVERAGE, "no_week_ahead", _value("week_start", "2026-08-24", COVERAGE, "board = 'all' and week_start = '2026-08-10'"), "1 of 6 rows of a week that has not begun (boards all)"),
    (DEMAND, "names_known", _value("measure", "river", DEMAND, FIRST_DEMAND), "1 of 9 rows of an unknown family, country, measure or status (weeks 2026-08-10)"),
    (DEMAND, "names_known", _value("role_family", "data_analyst", DEMAND, FIRST_DEMAND), "1 of 9 rows of an unknown family, country, measure or status (weeks 2026-08-10)"),
    (DEMAND, "names_known", _value("status", "fine", DEMAND, FIRST_DEMAND), "1 of 9 rows of an unknown family, country, measure or status (weeks 2026-08-10)"),
    (DEMAND, "names_known", _value("seniority", "wizard", DEMAND, FIRST_DEMAND), "1 of 9 rows of an unknown family, country, measure or status (weeks 2026-08-10)"),
    (DEMAND, "names_known", _value("workplace", "moon", DEMAND, FIRST_DEMAND), "1 of 9 rows of an unknown family, country, measure or status (weeks 2026-08-10)"),
    (DEMAND, "names_known", _value("country", "France", DEMAND, FIRST_DEMAND), "1 of 9 rows of an unknown family, country, measure or status (weeks 2026-08-10)"),
    (DEMAND, "shares_hold", _value("share", "1.2", DEMAND, FIRST_DEMAND), "1 of 9 rows with a share that is not between 0 and 1 (weeks 2026-08-10)"),
    (DEMAND, "shares_hold", _value("share_low", "-0.1", DEMAND, FIRST_DEMAND), "1 of 9 rows with a share that is not between 0 and 1 (weeks 2026-08-10)"),
    (DEMAND, "shares_hold", _value("share_high", "1.1", DEMAND, FIRST_DEMAND), "1 of 9 rows with a share that is not between 0 and 1 (weeks 2026-08-10)"),
    (DEMAND, "shares_hold", _value("required_share", "66", DEMAND, FIRST_DEMAND), "1 of 9 rows with a share that is not between 0 and 1 (weeks 2026-08-10)"),
    (DEMAND, "shares_hold", _value("coverage_ratio", "1.3", DEMAND, FIRST_DEMAND), "1 of 9 rows with a share that is not between 0 and 1 (weeks 2026-08-10)"),
    (DEMAND, "shares_hold", _value("matched_share", "1.2", DEMAND, FIRST_DEMAND), "1 of 9 rows with a share that is not between 0 and 1 (weeks 2026-08-10)"),
    (DEMAND, "shares_hold", _value("matched_low", "-0.1", DEMAND, FIRST_DEMAND), "1 of 9 rows with a share that is not between 0 and 1 (weeks 2026-08-10)"),
    (DEMAND, "shares_hold", _value("matched_high", "1.1", DEMAND, FIRST_DEMAND), "1 of 9 rows with a share that is not between 0 and 1 (weeks 2026-08-10)"),
    (DEMAND, "intervals_hold", _value("matched_low", "0.85", DEMAND, FIRST_DEMAND), "1 of 9 rows with an estimate that has no interval around it (weeks 2026-08-10)"),
    (DEMAND, "intervals_hold", _value("share_low", "0.85", DEMAND, FIRST_DEMAND), "1 of 9 rows with an estimate that has no interval around it (weeks 2026-08-10)"),
    (DEMAND, "intervals_hold", _value("change_4w_low", "0.025", DEMAND, FIRST_DEMAND), "1 of 9 rows with an estimate that has no interval around it (weeks 2026-08-10)"),
    (DEMAND, "flags_hold", _value("is_significant_4w", "true", DEMAND, FIRST_DEMAND), "1 of 9 rows whose flag does not match the q-value or the intervals of its change (weeks 2026-08-10)"),
    (DEMAND, "suppressed_is_empty", _value("share", "0.75", DEMAND, "status = 'suppressed'"), "rows that are suppressed but state an estimate (weeks 2026-08-10)"),
    (DEMAND, "suppressed_is_empty", _value("n_with_skill", "9", DEMAND, "status = 'suppressed'"), "rows that are suppressed but state an estimate (weeks 2026-08-10)"),
    (DEMAND, "enough_postings", _value("n_postings", "29", DEMAND, FIRST_DEMAND), "1 of 9 rows that are shown although they rest on fewer than 30 postings (weeks 2026-08-10)"),
    (DEMAND, "enough_companies", _value("n_companies", "4", DEMAND, FIRST_DEMAND), "1 of 9 rows that are shown although they rest on fewer than 5 companies (weeks 2026-08-10)"),
    (DEMAND, "no_week_ahead", _value("week_start", "2026-08-24", DEMAND, FIRST_DEMAND), "1 of 9 rows of a week that has not begun (weeks 2026-08-24)"),
    (TREND, "names_known", _value("measure", "river", TREND, FIRST_TREND), "1 of 5 rows of an unknown family, country, measure or status (weeks 2026-08-10)"),
    (TREND, "names_known", _value("role_family", "data_analyst", TREND, FIRST_TREND), "1 of 5 rows of an unknown family, country, measure or status (weeks 2026-08-10)"),
    (TREND, "names_known", _value("seniority", "wizard", TREND, FIRST_TREND), "1 of 5 rows of an unknown family, country, measure or status (weeks 2026-08-10)"),
    (TREND, "names_known", _value("status", "fine", TREND, FIRST_TREND), "1 of 5 rows of an unknown family, country, measure or status (weeks 2026-08-10)"),
    (TREND, "names_known", _value("country", "France", TREND, FIRST_TREND), "1 of 5 rows of an unknown family, country, measure or status (weeks 2026-08-10)"),
    *(
        (TREND, "shares_hold", _value(column, "1.5", TREND, FIRST_TREND), "1 of 5 rows with a share that is not between 0 and 1 (weeks 2026-08-10)")
        for column in ("disclosure_share", "disclosure_low", "disclosure_high", "share_from_board_field", "share_from_markup", "share_from_text", "coverage_ratio")
    ),
    (TREND, "intervals_hold", _value("salary_median_usd_annual_high", "79000", TREND, FIRST_TREND), "1 of 5 rows with an estimate that has no interval around it (weeks 2026-08-10)"),
    (TREND, "intervals_hold", _set(TREND, "salary_median_annual_high = null", FIRST_TREND), "1 of 5 rows with an estimate that has no interval around it (weeks 2026-08-10)"),
    (TREND, "intervals_hold", _set(TREND, "salary_median_constant_usd_annual_low = null", FIRST_TREND), "1 of 5 rows with an estimate that has no interval around it (weeks 2026-08-10)"),
    (TREND, "intervals_hold", _value("matched_median_high", "79000", TREND, FIRST_TREND), "1 of 5 rows with an estimate that has no interval around it (weeks 2026-08-10)"),
    (TREND, "intervals_hold", _set(TREND, "controlled_change_13w_low = null", FIRST_TREND), "1 of 5 rows with an estimate that has no interval around it (weeks 2026-08-10)"),
    (TREND, "intervals_hold", _set(TREND, "disclosure_low = null", FIRST_TREND), "1 of 5 rows with an estimate that has no interval around it (weeks 2026-08-10)"),
    (TREND, "suppressed_is_empty", _value("salary_median_usd_annual", "80000", TREND, "status = 'suppressed'"), "rows that are suppressed but state an estimate (weeks 2026-08-10)"),
    (TREND, "enough_postings", _value("n_with_pay", "29", TREND, FIRST_TREND), "1 of 5 rows that are shown although they rest on fewer than 30 postings (weeks 2026-08-10)"),
    (TREND, "names_known", _value("disclosure_status", "fine", TREND, FIRST_TREND), "1 of 5 rows of an unknown family, country, measure or status (weeks 2026-08-10)"),
    (TREND, "withheld_disclosure_is_empty", _value("n_disclosing", "9", TREND, "status = 'suppressed'"), "rows that withhold disclosure_share but state a count that gives it (weeks 2026-08-10)"),
    (TREND, "withheld_disclosure_is_empty", _value("n_with_pay", "9", TREND, "status = 'suppressed'"), "rows that withhold disclosure_share but state a count that gives it (weeks 2026-08-10)"),
    (TREND, "enough_in_currency", _value("n_in_currency", "29", TREND, FIRST_TREND), "1 of 5 rows that state a median in the country's currency of fewer than 30 postings (weeks 2026-08-10)"),
    (TREND, "enough_postings_for_disclosure", _value("n_postings", "29", TREND, FIRST_TREND), "1 of 5 rows that state disclosure_share of fewer than 30 postings (weeks 2026-08-10)"),
    (TREND, "enough_companies_for_disclosure", _value("n_companies_asked", "4", TREND, FIRST_TREND), "1 of 5 rows that state disclosure_share of fewer than 5 companies (weeks 2026-08-10)"),
    (TREND, "enough_companies", _value("n_companies", "4", TREND, FIRST_TREND), "1 of 5 rows that are shown although they rest on fewer than 5 companies (weeks 2026-08-10)"),
    (TREND, "no_week_ahead", _value("week_start", "2026-08-24", TREND, FIRST_TREND), "1 of 5 rows of a week that has not begun (weeks 2026-08-24)"),
    (TREND, "lowest_pay_plausible", _value("salary_p10_usd_annual", "60", TREND, FIRST_TREND), "1 of 5 rows with a percentile under 5 thousand USD a year (weeks 2026-08-10)"),
    (TREND, "highest_pay_plausible", _value("salary_p90_usd_annual", "9900000", TREND, FIRST_TREND), "1 of 5 rows with a percentile over 3 million USD a year (weeks 2026-08-10)"),
    (ALL_MARTS, "numbers_are_finite", _value("controlled_change_13w_high", "NaN", TREND, FIRST_TREND), "with a value that is infinite or not a number (columns rpt_salary_trend_weekly.controlled_change_13w_high)"),
    (ALL_MARTS, "numbers_are_finite", _value("coverage_ratio", "-Infinity", COVERAGE, "board = 'all'"), "with a value that is infinite or not a number (columns rpt_board_coverage_weekly.coverage_ratio)"),
    *report_marts.critical(),
]  # fmt: skip


@pytest.mark.parametrize(("table", "key", "planted", "message"), PLANTED, ids=[f"{t}-{k}" for t, k, _, _ in PLANTED])
def test_planted_rows_close_the_gate(
    table: str, key: str, planted: str, message: str, run_check: Callable[..., GateOutcome]
) -> None:
    published = Published(60, LAST_WEEK) if key == "not_shrunk" else None
    outcome = run_check(table, key, planted, alone=True, published=published)
    failed = {one.expectation: one for one in outcome.failed}
    assert key in failed, [one.line for one in outcome.results if not one.success]
    assert not outcome.is_open
    assert failed[key].line.startswith(f"{table}")
    assert message in failed[key].line
    assert "\n" not in failed[key].line


def test_every_critical_check_is_planted() -> None:
    critical = {(suite.table, one.key) for suite in SUITES for _, one in suite if one.severity == "critical"}
    assert critical, "no critical checks: the suites were not read"
    assert critical == {(table, key) for table, key, _, _ in PLANTED}
