"""Employers behind a change: in a small invented market, each change equals one computed without SQL."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import duckdb
import pytest

from jobmarket.profile.cell import Postings, ProfileCell
from jobmarket.publishing.questions import questions
from jobmarket.stages import StageError

NOW = date(2026, 8, 10)
EMPLOYERS = 9
_TABLES = """
create table about as from (values
    ('ml_role_families', 'ml_engineer, ai_engineer'), ('min_postings', '30'), ('min_companies', '5'),
    ('max_company_share', '0.5'), ('vintage_id', 'v1')) as facts (key, value);
create table dim_weeks as
    select $now::date - 7 * back::integer as week_start, week_start + 6 as week_last_day, null as iso_week,
        back >= 0 as is_over, back = 0 as is_current, false as is_provisional, null as final_at
    from unnest([-1, 0, 4, 5, 13]) as weeks (back);
create table dim_locations as
    select unnest(['FR', 'US']) as country, unnest(['France', 'United States']) as country_name;
create table dim_skills as select 'rag' as skill_id, 'RAG' as skill_name, ['retrieval'] as aliases;
create table dim_companies as
    select 'c' || n as company_key, 'Company ' || n as company_name from range($employers) as numbers (n);
create table fct_posting_weeks (
    week_start date, measure varchar, posting_key varchar, version_no integer, company_key varchar,
    is_canonical boolean);
create table fct_postings (
    posting_key varchar, version_no integer, title varchar, url varchar, role_family varchar, seniority varchar,
    experience_band varchar, workplace varchar, employment_type varchar, degree_min varchar, years_min integer,
    years_max integer, country varchar, region varchar, city varchar, countries varchar[],
    locations struct(country varchar)[], specialisations varchar[], certifications varchar[], sector varchar,
    is_by_agency boolean, has_description boolean, has_pay boolean);
create table fct_earlier_versions as from fct_postings;
create table fct_posting_skills (posting_key varchar, version_no integer, skill_id varchar, level varchar);
create table fct_earlier_version_skills as from fct_posting_skills;
create table rpt_skill_demand_weekly as
    select $now::date as week_start, 'stock' as measure, unnest(['all', 'all', 'ml_engineer']) as role_family,
        unnest(['all', 'FR', 'all']) as country, 'all' as seniority, 'all' as workplace, 'rag' as skill_id,
        0.1 as change_13w, 0.05 as change_13w_low, 0.15 as change_13w_high, true as is_significant_13w,
        null::double as change_4w, null::double as change_4w_low, null::double as change_4w_high,
        null::boolean as is_significant_4w, 'final' as status, 0.9 as coverage_ratio;
"""
_BUILT_ON = (
    "current_week", "known_roles", "posting_versions", "version_skills", "employer_skill_counts", "country_named",
    "skill_named", "value_named", "role_named", "employers_behind_change",
)  # fmt: skip


@dataclass(frozen=True)
class Posting:
    """One posting in one week; an edit may change its skills."""

    weeks_before: int
    employer: int
    asks: bool
    family: str
    countries: tuple[str, ...]


def _drawn() -> list[Posting]:
    """Draw a market in which some employers join and one leaves; none has half of the postings of a week."""
    draw = random.Random(5)  # noqa: S311  # invented numbers
    found = []
    for weeks_before, employers in ((13, range(EMPLOYERS - 1)), (0, range(1, EMPLOYERS)), (4, range(EMPLOYERS))):
        for employer in employers:
            for _ in range(draw.randint(16, 24) + 20 * (employer == 2)):
                asks = draw.random() < (0.5 if weeks_before == 0 or employer == 4 else 0.3)
                places = draw.choice([("FR",), ("US",), ("FR", "US"), ("FR",)])
                found.append(Posting(weeks_before, employer, asks, draw.choice(["ml_engineer", "ai_engineer"]), places))
    return found


def _change(postings: list[Posting], compared: set[int]) -> float:
    shares = []
    for weeks_before in (13, 0):
        of_week = [one.asks for one in postings if one.weeks_before == weeks_before and one.employer in compared]
        shares.append(sum(of_week) / len(of_week))
    return shares[1] - shares[0]


@pytest.fixture(scope="module")
def postings() -> list[Posting]:
    return _drawn()


@pytest.fixture
def market(drawn_market: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """The market, in which each test's changes are undone."""
    drawn_market.execute("begin")
    yield drawn_market
    drawn_market.execute("rollback")


@pytest.fixture(scope="module")
def drawn_market(postings: list[Posting]) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        for statement in _TABLES.split(";\n"):
            if statement.strip():
                named = {
                    name: value for name, value in (("now", NOW), ("employers", EMPLOYERS)) if f"${name}" in statement
                }
                connection.execute(statement, named)
        for number, one in enumerate(postings):
            _add(connection, f"p{number}", one)
        # none of these counts: a copy, one without a text, a skill that describes the employer, another measure
        _add(connection, "copy", Posting(0, 3, True, "ml_engineer", ("FR",)), is_canonical=False)
        _add(connection, "mute", Posting(0, 3, True, "ml_engineer", ("FR",)), has_description=False)
        connection.execute("insert into fct_posting_weeks values (?, 'flow', 'p0', 1, 'c3', true)", [NOW])
        connection.execute(
            "insert into fct_posting_skills select posting_key, 1, 'rag', 'context' from fct_postings "
            "where posting_key not in (select posting_key from fct_posting_skills)"
        )
        for question in questions():
            if question.name in _BUILT_ON:
                connection.execute(question.statement)
        yield connection


def _add(
    connection: duckdb.DuckDBPyConnection,
    key: str,
    one: Posting,
    *,
    is_canonical: bool = True,
    has_description: bool = True,
) -> None:
    week = NOW - timedelta(weeks=one.weeks_before)
    weeks = [week, "stock", key, 1, f"c{one.employer}", is_canonical]
    connection.execute("insert into fct_posting_weeks values (?, ?, ?, ?, ?, ?)", weeks)
    connection.execute(
        "insert into fct_postings by name select $key as posting_key, 1 as version_no, $family as role_family, "
        "$countries as countries, $has_description as has_description",
        {"key": key, "family": one.family, "countries": list(one.countries), "has_description": has_description},
    )
    if one.asks:
        connection.execute("insert into fct_posting_skills values (?, 1, 'rag', 'mentioned')", [key])


@pytest.mark.parametrize(
    ("call", "family", "country"),
    [
        ("employers_behind_change('RAG')", None, None),
        ("employers_behind_change('retrieval', weeks := 13, country := 'France')", None, "FR"),
        ("employers_behind_change('rag', role_family := 'ml_engineer')", "ml_engineer", None),
    ],
)
def test_the_change_is_given_without_each_employer_that_both_weeks_have(
    market: duckdb.DuckDBPyConnection, postings: list[Posting], call: str, family: str | None, country: str | None
) -> None:
    postings = [
        one for one in postings if family in (None, one.family) and (country is None or country in one.countries)
    ]
    in_week = [{one.employer for one in postings if one.weeks_before == weeks_before} for weeks_before in (13, 0)]
    compared = in_week[0] & in_week[1]
    assert (0 in compared, EMPLOYERS - 1 in compared, len(compared)) == (False, False, EMPLOYERS - 2)
    found = market.sql(f"from {call}").fetchall()
    of_all = _change(postings, compared)
    assert {row[-1] for row in found} == {f"c{employer}" for employer in compared}
    for name, with_before, before, with_after, after, contribution, without, of_compared, *rest, key in found:
        employer = int(key.removeprefix("c"))
        own = [
            [one.asks for one in postings if (one.weeks_before, one.employer) == (weeks_before, employer)]
            for weeks_before in (13, 0)
        ]
        assert name == f"Company {employer}"
        assert (with_before, before, with_after, after) == (sum(own[0]), len(own[0]), sum(own[1]), len(own[1]))
        assert of_compared == pytest.approx(of_all)
        assert without == pytest.approx(_change(postings, compared - {employer}))
        assert contribution == pytest.approx(of_all - without)
        assert [float(part) for part in (*rest[:3], rest[-1])] == [0.1, 0.05, 0.15, 0.9]
        assert rest[3:-1] == [True, "final"]
    sizes = [abs(row[5]) for row in found]
    assert sizes == sorted(sizes, reverse=True)


def test_there_are_no_rows_where_no_change_is_published(market: duckdb.DuckDBPyConnection) -> None:
    assert market.sql("from employers_behind_change('rag', weeks := 4)").fetchall() == []
    market.execute("update rpt_skill_demand_weekly set change_4w = 0.02")
    assert len(market.sql("from employers_behind_change('rag', weeks := 4)").fetchall()) == EMPLOYERS - 1
    market.execute("update rpt_skill_demand_weekly set change_13w = null")
    assert market.sql("from employers_behind_change('rag')").fetchall() == []


def test_the_floors_apply_with_and_without_each_employer(
    market: duckdb.DuckDBPyConnection,
) -> None:
    # six of seven postings each: without one of six, five and thirty are left, and without two neither
    market.execute("delete from employer_skill_counts where company_key > 'c6' or company_key = 'c0'")
    market.execute("update employer_skill_counts set n_now = 6, n_13w_before = 6 where skill_id is null")
    market.execute("update employer_skill_counts set n_now = 3, n_13w_before = 2 where skill_id is not null")
    call = "select count(*), count(change_without), count(contribution) from employers_behind_change('rag')"
    assert market.sql(call).fetchall() == [(6, 6, 6)]
    market.execute("update employer_skill_counts set n_now = 7 where skill_id is null and company_key = 'c1'")
    market.execute("update employer_skill_counts set n_now = 5 where skill_id is null and company_key = 'c2'")
    # without c1, 29 are left; without any other, 30 or more
    assert market.sql(call).fetchall() == [(6, 5, 5)]
    market.execute("delete from employer_skill_counts where company_key = 'c6'")
    market.execute("update employer_skill_counts set n_now = 12, n_13w_before = 12 where skill_id is null")
    assert market.sql(call).fetchall() == [(5, 0, 0)]
    market.execute("delete from employer_skill_counts where company_key = 'c5'")
    assert market.sql(call).fetchall() == [(0, 0, 0)]
    # a vintage has its own floors
    market.execute("update about set value = '3' where key = 'min_companies'")
    assert market.sql(call).fetchall() == [(4, 4, 4)]


def test_profiles_have_the_floors_of_their_vintage(market: duckdb.DuckDBPyConnection) -> None:
    assert Postings(market, ProfileCell()).n_companies == EMPLOYERS - 1
    market.execute("update about set value = '1000' where key = 'min_postings'")
    with pytest.raises(StageError, match=r"needs 1000 from 5, at most 50% of them from one"):
        Postings(market, ProfileCell())


def test_a_change_that_one_employer_would_dominate_is_withheld(market: duckdb.DuckDBPyConnection) -> None:
    market.execute("update employer_skill_counts set n_now = 8, n_13w_before = 8 where skill_id is null")
    # six of eight postings, and two larger employers: either has less than half with the other, and more without it
    sizes = {"c1": 60, "c2": 70}
    for company, size in sizes.items():
        market.execute(
            "update employer_skill_counts set n_now = $1 where skill_id is null and company_key = $2", [size, company]
        )
    found = market.sql("select company_key, change_without is null from employers_behind_change('rag')").fetchall()
    assert {company for company, is_withheld in found if is_withheld} == set(sizes)
    market.execute("update employer_skill_counts set n_now = 500 where skill_id is null and company_key = 'c2'")
    assert market.sql("from employers_behind_change('rag')").fetchall() == []
