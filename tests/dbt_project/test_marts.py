"""The marts contain the planted facts of the invented world, row by row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from math import isclose
from typing import Any

import pytest

Ask = Callable[[str], list[dict[str, Any]]]


def at(day: int) -> datetime:
    """Return the moment of a crawl in January 2026."""
    return datetime(2026, 1, day, 6)  # noqa: DTZ001  # TIMESTAMP in the warehouse is UTC without a zone


OPEN = (None, None, True)

# native_id → first seen, last seen, (closed after, closed at, is open), times reopened, contents seen
LIVES = {
    # missing from the partial crawl of the 19th, but open
    "paid": (at(5), at(26), OPEN, 0, 1),
    "twin": (at(5), at(26), OPEN, 0, 1),
    "future": (at(5), at(26), OPEN, 0, 1),
    "opening": (at(5), at(26), OPEN, 0, 1),
    "edited": (at(5), at(26), OPEN, 0, 2),
    # missing from a complete crawl on the 12th, listed again on the 26th
    "back": (at(5), at(26), OPEN, 1, 1),
    "fresh": (at(26), at(26), OPEN, 0, 1),
    # the third empty answer in a row closes it, not the first
    "h0": (at(5), at(5), (at(5), at(26), False), 0, 1),
    # a truncated crawl closes nothing
    "t0": (at(5), at(26), OPEN, 0, 1),
    "t7": (at(5), at(19), OPEN, 0, 1),
    "n0": (at(12), at(26), OPEN, 0, 1),
    "n2": (at(26), at(26), OPEN, 0, 1),
    "s3": (at(5), at(26), OPEN, 0, 1),
    "mute": (at(5), at(26), OPEN, 0, 1),
}


def test_every_posting_is_listed_once_whatever_its_role(ask: Ask) -> None:
    rows = ask("select native_id from marts.fct_postings order by native_id")
    expected = ["back", "copy-of-opening", "edited", "fresh", "future", "h0", "mute", "n0", "n1", "n2", "new"]
    expected += ["nobodys-0", "nobodys-1", "nobodys-2", "opening", "paid", "s0", "s1", "s2", "s3"]
    expected += ["t0", "t1", "t2", "t3", "t4", "t5", "t6", "t7", "twin"]
    assert [row["native_id"] for row in rows] == expected


@pytest.mark.parametrize("native_id", LIVES)
def test_sightings_and_closings_of_a_posting(ask: Ask, native_id: str) -> None:
    (row,) = ask(f"from marts.fct_postings where native_id = '{native_id}'")
    life = (
        row["first_seen_at"],
        row["last_seen_at"],
        (row["closed_after"], row["closed_at"], row["is_open"]),
        row["n_reopened"],
        row["n_versions"],
    )
    assert life == LIVES[native_id]


def test_the_boards_date_counts_unless_it_is_after_the_first_sighting(ask: Ask) -> None:
    rows = ask(
        """select native_id, posted_at, posted_at_basis, posted_week from marts.fct_postings
        where native_id in ('opening', 'future', 'edited') order by native_id"""
    )
    assert [tuple(row.values()) for row in rows] == [
        ("edited", at(5), "first_seen", date(2026, 1, 5)),
        ("future", at(5), "first_seen", date(2026, 1, 5)),
        ("opening", datetime(2025, 12, 20), "board", date(2025, 12, 15)),  # noqa: DTZ001
    ]


def test_a_posting_has_the_content_last_seen(ask: Ask) -> None:
    rows = ask(
        """select versions.payload ->> 'more' as more, postings.first_run_id, postings.last_run_id
        from marts.fct_postings as postings join raw.posting_versions as versions using (posting_key, content_hash)
        where postings.native_id = 'edited'"""
    )
    assert rows == [
        {
            "more": "<p>Now with a van.</p>",
            "first_run_id": "ashby-20260105T060000Z-1",
            "last_run_id": "ashby-20260126T060000Z-1",
        }
    ]


def test_the_posting_on_the_employers_board_is_canonical_and_twins_are_separate(ask: Ask) -> None:
    rows = ask(
        """select postings.native_id, postings.is_canonical, canonical.native_id as canonical_id, postings.company_key
        from marts.fct_postings as postings
        join marts.fct_postings as canonical on postings.canonical_posting_key = canonical.posting_key
        where postings.native_id in ('copy-of-opening', 'opening', 'twin', 'mute') order by postings.native_id"""
    )
    assert [tuple(row.values()) for row in rows] == [
        ("copy-of-opening", False, "opening", "acme"),
        ("mute", True, "mute", "quiet"),
        ("opening", True, "opening", "acme"),
        ("twin", True, "twin", "acme"),
    ]
    assert ask("select count(*) as n from marts.fct_postings where not is_canonical") == [{"n": 2}]


def test_each_posting_that_names_no_employer_has_a_separate_one(ask: Ask) -> None:
    rows = ask(
        """select postings.native_id, postings.is_canonical,
            postings.company_key = postings.posting_key::varchar as is_own, companies.company_name, companies.n_postings
        from marts.fct_postings as postings join marts.dim_companies as companies using (company_key)
        where starts_with(postings.native_id, 'nobodys') order by native_id"""
    )
    assert [tuple(row.values()) for row in rows] == [
        ("nobodys-0", True, True, None, 1),
        ("nobodys-1", True, True, None, 1),
        ("nobodys-2", False, True, None, 0),
    ]


def test_titles_have_no_contact_data(ask: Ask) -> None:
    titles = ask("select distinct title from marts.fct_postings where starts_with(native_id, 'nobodys')")
    assert titles == [{"title": "Accountant, contact [name], [email]"}]


def test_a_company_on_several_boards_is_one_row_with_the_registrys_facts(ask: Ask) -> None:
    rows = ask(
        """select * exclude (first_seen_at, last_seen_at) from marts.dim_companies
        where company_name is not null order by company_key"""
    )
    assert [tuple(row.values()) for row in rows] == [
        ("acme", "Acme Inc.", ["ashby", "remotive"], "software", "51-200", "FR", "invented", False, None, 7),
        ("hollow", "Hollow", ["lever"], None, None, None, None, False, None, 1),
        ("newcomer", "Newcomer SAS", ["lever"], None, None, None, None, False, None, 3),
        ("quiet", "Quiet Ltd", ["remotive"], None, None, None, None, False, None, 1),
        ("shrunk", "Shrunk", ["lever"], None, None, None, None, False, None, 8),
        ("steady", "Steady GmbH", ["ashby"], None, None, None, None, False, None, 5),
    ]


def test_pay_lists_each_basis_and_prefers_the_boards_field(ask: Ask) -> None:
    rows = ask(
        """select salary_min, salary_max, currency, amount_basis, is_preferred, fx_rate_date, salary_min_annual
        from marts.fct_posting_salaries order by salary_min"""
    )
    friday = date(2026, 1, 2)  # posted on Sunday the 4th
    assert [tuple(row.values()) for row in rows] == [
        (50000, 70000, "EUR", "board_field", True, friday, 50000),
        (60000, 80000, "EUR", "board_field", True, friday, 60000),
        (90000, 110000, "USD", "text", False, date(2026, 1, 4), 90000),
    ]


def test_dollar_amounts_use_the_rate_of_fx_rate_date(ask: Ask) -> None:
    rows = ask(
        """select salary_max_usd_annual, salary_max_annual * usd.per_eur as expected
        from marts.fct_posting_salaries as salaries
        join raw.exchange_rates as usd on salaries.fx_rate_date = usd.rate_date and usd.currency = 'USD'
        where salaries.currency = 'EUR'"""
    )
    assert len(rows) == 2
    for row in rows:
        assert isclose(row["salary_max_usd_annual"], row["expected"], rel_tol=1e-12)


def test_skills_have_their_level_and_their_wording_in_the_text(ask: Ask) -> None:
    rows = ask(
        """select skill_id, level, surface from marts.fct_posting_skills
        join marts.fct_postings using (posting_key) where native_id = 'opening' order by skill_id"""
    )
    assert [tuple(row.values()) for row in rows] == [
        ("kubernetes", "preferred", "Kubernetes"),
        ("python", "required", "Python"),
        ("pytorch", "required", "PyTorch"),
    ]


def test_locations_have_keys_and_counts_of_postings(ask: Ask) -> None:
    rows = ask("select location_key, city, country, country_name, n_postings from marts.dim_locations order by all")
    assert [tuple(row.values()) for row in rows] == [
        ("DE-Berlin", "Berlin", "DE", "Germany", 5),
        ("ES-Madrid", "Madrid", "ES", "Spain", 1),
        ("FR-Lyon", "Lyon", "FR", "France", 1),
        ("FR-Paris", "Paris", "FR", "France", 10),
        ("IE-Dublin", "Dublin", "IE", "Ireland", 8),
        ("IT-Rome", "Rome", "IT", "Italy", 2),
    ]


def test_coverage_by_board_and_week(ask: Ask) -> None:
    rows = ask(
        """select week_start, board, n_companies_expected, n_companies_qualified, n_runs, n_partial, n_postings_seen,
            main_reason, status, break_reason
        from marts.rpt_board_coverage_weekly where board != 'remotive' order by week_start, board"""
    )
    empty, fewer = "empty_list", "few_postings"
    timed_out, once = "timed out after 2 of 6 requests", "not_followed_up"
    weeks = [date(2026, 1, day) for day in (5, 12, 19, 26)]
    # hollow has no qualifying crawl after the first week; one of shrunk after the third may still come
    assert [tuple(row.values()) for row in rows] == [
        (weeks[0], "all", 5, 4, 5, 0, 24, once, "final", None),
        (weeks[0], "ashby", 2, 2, 2, 0, 10, None, "final", None),
        (weeks[0], "lever", 2, 1, 2, 0, 9, once, "coverage_break", "few_reached"),
        (weeks[1], "all", 6, 5, 6, 0, 25, empty, "provisional", None),
        (weeks[1], "ashby", 2, 2, 2, 0, 10, None, "provisional", None),
        (weeks[1], "lever", 3, 2, 3, 0, 10, empty, "coverage_break", "few_reached"),
        (weeks[2], "all", 6, 4, 6, 2, 22, empty, "coverage_break", "few_reached"),
        (weeks[2], "ashby", 2, 1, 2, 2, 7, timed_out, "coverage_break", "few_reached"),
        (weeks[2], "lever", 3, 2, 3, 0, 10, empty, "coverage_break", "few_reached"),
        (weeks[3], "all", 6, 5, 6, 0, 21, fewer, "coverage_break", "coverage_rose"),
        (weeks[3], "ashby", 2, 2, 2, 0, 12, None, "coverage_break", "coverage_rose"),
        (weeks[3], "lever", 3, 2, 3, 0, 4, fewer, "coverage_break", "few_reached"),
    ]


def test_flow_omits_backlogs_and_stock_keeps_postings_not_known_to_be_gone(ask: Ask) -> None:
    rows = ask(
        """select weeks.measure, weeks.week_start, list(native_id order by native_id) as ids
        from intermediate.int_posting_weeks as weeks join marts.fct_postings using (posting_key)
        where fct_postings.company_slug in ('newcomer', 'hollow', 'acme') and weeks.is_canonical
        group by all order by all"""
    )
    weeks = [date(2026, 1, day) for day in (5, 12, 19, 26)]
    always = ["edited", "future", "opening", "paid", "twin"]
    assert [tuple(row.values()) for row in rows] == [
        # n0 and n1 were listed when newcomer was first crawled; fresh was discovered in time despite a partial crawl
        ("flow", weeks[1], ["fresh"]),
        ("flow", weeks[2], ["n2"]),
        ("stock", weeks[0], ["back", "edited", "future", "h0", "opening", "paid", "twin"]),
        # fresh and n2 were seen on the 26th only, but are open since their publication
        ("stock", weeks[1], sorted([*always, "fresh", "h0", "n0", "n1"])),
        ("stock", weeks[2], sorted([*always, "fresh", "h0", "n0", "n1", "n2"])),
        ("stock", weeks[3], sorted([*always, "back", "fresh", "n0", "n1", "n2"])),
    ]


def test_suppressed_cells_show_their_samples_but_no_estimate(ask: Ask) -> None:
    rows = ask("select distinct status, share, share_low, floor_reason from marts.rpt_skill_demand_weekly")
    assert [tuple(row.values()) for row in rows] == [("suppressed", None, None, "fewer than 30 postings")]
    rows = ask("select distinct status, salary_median_usd_annual, floor_reason from marts.rpt_salary_trend_weekly")
    assert [tuple(row.values()) for row in rows] == [("suppressed", None, "fewer than 30 postings with pay")]
    rows = ask(
        """select sum(n_companies) as n, count(n_with_pay) as counts, count(disclosure_share) as shares
        from marts.rpt_salary_trend_weekly where seniority = 'senior'"""
    )
    assert rows[0]["n"] > 0
    assert (rows[0]["counts"], rows[0]["shares"]) == (0, 0), "n_with_pay would give away the disclosure share"


def test_schemas_are_named_exactly_and_every_mart_column_has_a_comment(ask: Ask) -> None:
    rows = ask("select distinct schema_name from duckdb_tables() union select distinct schema_name from duckdb_views()")
    assert {"staging", "intermediate", "marts", "seeds"} <= {row["schema_name"] for row in rows}
    assert not [row for row in rows if row["schema_name"].startswith("main_")]
    assert (
        ask("select table_name, column_name from duckdb_columns() where schema_name = 'marts' and comment is null")
        == []
    )
    assert ask("select table_name from duckdb_tables() where schema_name = 'marts' and comment is null") == []
