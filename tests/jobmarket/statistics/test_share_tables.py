"""Shares counted and chained by cell equal those computed employer by employer, and counts equal those of SQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import cast

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from scipy.sparse import csr_array

from jobmarket.statistics.cell_reader import CellReader
from jobmarket.statistics.cell_sizes import cell_sizes
from jobmarket.statistics.chains import Links, chain, link
from jobmarket.statistics.changes import HORIZONS
from jobmarket.statistics.count_series import matched_counts
from jobmarket.statistics.mentions import CellMentions, Mentions
from jobmarket.statistics.panel import Floors, Numbers, Panel
from jobmarket.statistics.series import matched_shares
from jobmarket.statistics.share_tables import mention_series, schema
from jobmarket.statistics.sources import Tables, Weeks
from tests.jobmarket.statistics.one_by_one import paired_changes, shares

FLOORS = Floors(postings=20, companies=4, company_share=0.5)
WEEKS, EMPLOYERS, ATTRIBUTES = 18, 60, 7
CELL = ("role_family", "country", "seniority", "workplace")


def market(seed: int) -> tuple[Numbers, Numbers, Panel]:
    """Openings of employers: a third are unknown for some weeks, the others are always known."""
    draw = np.random.default_rng(seed)
    size = draw.poisson(4, (WEEKS, EMPLOYERS)).astype(float)
    known = np.ones((EMPLOYERS, WEEKS), dtype=np.bool_)
    for employer in range(0, EMPLOYERS, 3):
        begin = draw.integers(0, WEEKS)
        known[employer, begin : begin + draw.integers(1, 6)] = False
    size[:6, -5:] = 0
    having = draw.binomial(size[:, :, None].astype(int), draw.random(ATTRIBUTES)).astype(float)
    having[:, :, -1] = 0
    return having, size, Panel(np.arange(EMPLOYERS), EMPLOYERS, (size > 0).T, known)


def divisor_of(links: Links, week: int, size: Numbers) -> float:
    """The divisor D of the methods. Without employers that are out of sight, a level rests on earlier weeks too."""
    views = list(zip(links.weight[week], links.weeks, links.known, strict=True))
    counted = [
        sum(abs(weight) * size[seen, employer] for weight, seen, known in views if known[employer])
        for employer in range(EMPLOYERS)
    ]
    n, nn, nnn = (sum(number**power for number in counted) for power in (1, 2, 3))
    return 1 - 2 * nnn / (n * nn) + nn / n**2


@pytest.mark.parametrize("at_once", [1, 2_000_000])
def test_many_shares_at_once_equal_each_share_computed_employer_by_employer(
    at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jobmarket.statistics.influences._NUMBERS_AT_ONCE", at_once)
    having, size, panel = market(3)
    expected = chain(shares(having, size), ATTRIBUTES, size, panel, FLOORS)
    links = link(size, panel, FLOORS)
    found = matched_shares(links, csr_array(having.reshape(-1, ATTRIBUTES)), size, FLOORS)
    assert found.since.tolist() == expected.since.tolist()
    assert (found.since >= 0).sum() > 13
    assert np.allclose(found.level, expected.level, atol=1e-12, equal_nan=True)
    for week in np.flatnonzero(expected.since >= 0):
        squares = np.square(expected.influence[week]).sum(axis=0)
        assert np.allclose(found.variance[week], squares / divisor_of(links, week, size), rtol=1e-9, atol=1e-20)
    for horizon in HORIZONS:
        week = WEEKS - 1
        moved = paired_changes(
            expected.level[week] - expected.level[week - horizon],
            expected.influence[week] - expected.influence[week - horizon],
            int(np.count_nonzero(size[week] + size[week - horizon])),
        )
        change = found.changes[horizon]
        assert np.allclose(change.low[week, :-1], moved.low[:-1], atol=1e-12)
        assert np.allclose(change.p_value[week, :-1], moved.p_value[:-1], rtol=1e-6)
        # nobody has the last attribute: there is no change to estimate
        assert np.isnan(change.value[:, -1]).all()


def test_rounding_never_makes_an_unchanged_share_significant() -> None:
    size = np.tile(np.array([3.0, 7.0, 11.0, 6.0, 9.0]), (6, 1))
    having = np.tile(np.array([1.0, 2.0, 3.0, 5.0, 7.0]), (6, 1))[:, :, None]
    having[-1, 0, 0] = 1.0
    panel = Panel(np.arange(5), 5, np.ones((5, 6), dtype=np.bool_), np.ones((5, 6), dtype=np.bool_))
    panel.is_known[2, 3] = False
    found = matched_shares(link(size, panel, FLOORS), csr_array(having.reshape(-1, 1)), size, FLOORS)
    assert found.changes[4].p_value[5, 0] == 1.0
    assert np.isnan([found.changes[4].low[5, 0], found.changes[4].high[5, 0]]).all()


@pytest.mark.parametrize("seed", range(3))
def test_identical_employers_have_a_share_of_0_or_1_without_variance_despite_rounding(seed: int) -> None:
    having, size, panel = market(seed)
    having[:, :, 0] = size
    found = matched_shares(link(size, panel, FLOORS), csr_array(having.reshape(-1, ATTRIBUTES)), size, FLOORS)
    is_chained = found.since >= 0
    assert set(found.level[is_chained, 0]) == {1.0}
    assert set(found.level[is_chained, -1]) == {0.0}
    assert set(found.variance[is_chained][:, [0, -1]].ravel()) == {0.0}
    assert (found.variance[is_chained, 1] > 0).all()


def test_a_change_never_reveals_a_suppressed_week() -> None:
    having, size, panel = market(3)
    panel.is_known[0, 9] = False
    size[9, 0], having[9, 0] = 10 * size[9].sum(), 0  # unknown, with nearly all of the week, which is suppressed
    found = matched_shares(link(size, panel, FLOORS), csr_array(having.reshape(-1, ATTRIBUTES)), size, FLOORS)
    # the others are compared, so that there is a level
    assert found.since[9] >= 0
    assert np.isnan(found.changes[4].value[9 + 4]).all()
    assert not np.isnan(found.changes[4].value[9 + 3, 0])


def test_a_chained_share_is_clipped_to_0_and_1() -> None:
    size = np.full((2, 10), 10.0)
    known = np.ones((10, 2), dtype=np.bool_)
    known[5:, 1] = False  # the lost half of the market has none, or all, of an attribute
    falls = np.array([[5.0] * 5 + [0.0] * 5, [0.0] * 10])
    having = np.stack([falls, size - falls], axis=2)
    panel = Panel(np.arange(10), 10, np.ones((10, 2), dtype=np.bool_), known)
    names = np.array(["falls", "rises"], dtype=object)
    cell = CellMentions(("stock",), names, size, panel, csr_array(having.reshape(-1, 2)), {})
    mentions = SimpleNamespace(
        weeks=np.array(["2026-01-05", "2026-01-12"], dtype="datetime64[D]"), cell=("measure",), has_questions=False,
        counts=("n_with", "n_companies_with", "sum_yy", "sum_yn"), names=names,
        n_entries=lambda: np.ones(1), of_cell=lambda _: cell,
    )  # fmt: skip
    rows = pa.Table.from_batches(list(mention_series(cast(Mentions, mentions), "skill_id", FLOORS, 0.05))).to_pylist()
    found = {(row["skill_id"], row["week_start"].day): row["matched_share"] for row in rows}
    # from a quarter of all, a change by half of the postings known in both weeks: 0.25 - 0.5
    assert found == {("falls", 5): 0.25, ("falls", 12): 0, ("rises", 5): 0.75, ("rises", 12): 1}


def test_bounds_of_a_change_stay_within_what_a_share_can_do() -> None:
    size = np.tile(np.array([30.0] * 3 + [10.0] * 3), (5, 1))
    rises = np.tile(np.array([0.0] * 3 + [5.0] * 3), (5, 1))
    rises[-1, :3] = 30.0  # the large employers move as far as possible, the others stay
    having = np.stack([rises, size - rises], axis=2)
    always = np.ones((6, 5), dtype=np.bool_)
    names = np.array(["rises", "falls"], dtype=object)
    cell = CellMentions(
        ("stock",), names, size, Panel(np.arange(6), 6, always, always),
        csr_array(having.reshape(-1, 2)), {},
    )  # fmt: skip
    mentions = SimpleNamespace(
        weeks=np.arange("2026-01-05", "2026-02-09", 7, dtype="datetime64[D]"), cell=("measure",), has_questions=False,
        counts=("n_with", "n_companies_with", "sum_yy", "sum_yn"), names=names,
        n_entries=lambda: np.ones(1), of_cell=lambda _: cell,
    )  # fmt: skip
    rows = pa.Table.from_batches(list(mention_series(cast(Mentions, mentions), "skill_id", FLOORS, 0.05))).to_pylist()
    found = {row["skill_id"]: row for row in rows if row["week_start"] == date(2026, 2, 2)}
    # half of the interval is 2.57 standard errors of 0.17
    change, half = 90 / 120, 0.431
    assert [(row["change_4w_low"], row["change_4w"], row["change_4w_high"]) for row in found.values()] == [
        (pytest.approx(change - half, abs=1e-3), pytest.approx(change), 1),
        (-1, pytest.approx(-change), pytest.approx(half - change, abs=1e-3)),
    ]


def test_the_known_share_of_a_week_is_given_for_each_measure() -> None:
    with duckdb.connect() as connection:
        weeks = connection.sql("select unnest([date '2026-01-05', date '2026-01-12']) as week_start")
        crawled = connection.sql("""
            select week_start, 'b' as board, slug as company_slug, true as is_known_stock,
                week_start > date '2026-01-05' or slug = 'c0' as is_known_flow
            from weeks, (select unnest(['c0', 'c1', 'c2', 'c3']) as slug)
        """)
        tables = Tables(samples=weeks, having=weeks, company_weeks=crawled, weeks=weeks)
        found = {measure: Weeks(tables, measure).known_share.tolist() for measure in ("stock", "flow")}
    assert found == {"stock": [1.0, 1.0], "flow": [0.25, 1.0]}


def tables_of(connection: duckdb.DuckDBPyConnection) -> Tables:
    """Return the tables of a market whose employers are crawled in the weeks in which they have an opening."""
    crawled = "week_start, board, company_slug, true as is_known_stock, true as is_known_flow"
    return Tables(
        samples=connection.table("open"), having=connection.table("stated"),
        company_weeks=connection.sql(f"select distinct {crawled} from open"), weeks=connection.table("weeks"),
    )  # fmt: skip


def reader_of(connection: duckdb.DuckDBPyConnection, tables: Tables) -> CellReader:
    return CellReader(connection, tables, connection.table("counted_in"), CELL)


def test_counts_equal_those_of_sql() -> None:
    draw = np.random.default_rng(5)
    weeks = [date(2026, 1, 5) + timedelta(weeks=number) for number in range(6)]
    with duckdb.connect() as connection:
        connection.execute("create table weeks (week_start date)")
        connection.executemany("insert into weeks values (?)", [[week] for week in weeks])
        connection.execute("""
            create table stated (posting_key varchar, version_no integer, name varchar, level varchar, question varchar,
                is_answer boolean)
        """)
        connection.execute("""
            create table open (week_start date, measure varchar, posting_key varchar, version_no integer,
                company_key varchar, board varchar, company_slug varchar, is_canonical boolean);
            create table counted_in (posting_key varchar, version_no integer, role_family varchar, country varchar,
                seniority varchar, workplace varchar)
        """)
        levels = ["required", "preferred", "mentioned"]
        for number in range(120):
            key, employer = f"p{number}", f"c{number % 11}"
            # before and after an edit: every fourth posting changes in its third week
            for version in (1, 2):
                names = draw.choice(["python", "go", "rust", "sql"], draw.integers(0, 4), replace=False)
                for name in names:
                    row = [key, version, name, draw.choice(levels)]
                    connection.execute("insert into stated values (?, ?, ?, ?, null, false)", row)
                for question, answers in (("place", ["remote", "onsite", "unknown"]), ("degree", ["phd", "no degree"])):
                    name = draw.choice(answers)
                    row = [key, version, name, question, name != answers[-1]]
                    connection.execute("insert into stated values (?, ?, ?, 'mentioned', ?, ?)", row)
                for country in ["all", *(["FR"] if (number + version) % 3 else [])]:
                    row = [key, version, country]
                    connection.execute("insert into counted_in values (?, ?, 'all', ?, 'all', 'all')", row)
            first = int(draw.integers(0, 6))
            for age, week in enumerate(weeks[first : first + 3]):
                # two accounts of one employer
                slug = f"{employer}-{number % 2}"
                version = 2 if age == 2 and number % 4 == 0 else 1
                row = [week, "stock", key, version, employer, "b", slug, number % 10 > 0]
                connection.execute("insert into open values (?, ?, ?, ?, ?, ?, ?, ?)", row)
        tables = tables_of(connection)
        mentions = Mentions(
            connection, tables, connection.table("counted_in"), CELL, levels=("required", "preferred"), answers=True
        )
        found = list(mention_series(mentions, "skill_id", Floors(30, 5, 0.5), 0.05))
        assert [batch.schema for batch in found] == [schema(mentions, "skill_id")] * 2
        connection.register("series", pa.Table.from_batches(found))
        demand = [
            set(connection.sql(f"select distinct {columns}, question, is_answer from {table}").fetchall())
            for columns, table in (("skill_id", "series"), ("name", "stated"))
        ]
        assert demand[0] == demand[1]
        differing = connection.sql("""
            with of_employers as (
                select week_start, country, company_key, name, count(*) as y,
                    count(*) filter (level = 'required') as r, count(*) filter (level = 'preferred') as p
                from open join counted_in using (posting_key, version_no) join stated using (posting_key, version_no)
                where is_canonical group by all),
            sizes as (
                select week_start, country, company_key, count(*) as n
                from open join counted_in using (posting_key, version_no) where is_canonical group by all),
            expected as (
                select week_start, country, name as skill_id, sum(y)::bigint as n_with, sum(r)::bigint as n_required,
                    sum(p)::bigint as n_preferred, count(*) as n_companies_with, sum(y * y)::bigint as sum_yy,
                    sum(y * n)::bigint as sum_yn
                from of_employers join sizes using (week_start, country, company_key) group by all),
            counted as (
                select week_start, country, skill_id, n_with, n_required, n_preferred, n_companies_with, sum_yy, sum_yn
                from series where n_with > 0)
            (from expected except from counted) union all (from counted except from expected)
        """).fetchall()
        assert differing == []
        differing = connection.sql("""
            with of_employers as (
                select week_start, country, company_key, name, question, count(*) as y
                from open join counted_in using (posting_key, version_no) join stated using (posting_key, version_no)
                where is_canonical group by all),
            answered as (
                select week_start, country, company_key, stated.question, count(*) as k
                from open join counted_in using (posting_key, version_no) join stated using (posting_key, version_no)
                where is_canonical and is_answer group by all),
            known as (
                select week_start, country, question, sum(k)::bigint as n_known, count(*) as n_companies_known,
                    max(k) as n_known_of_largest, sum(k * k)::bigint as sum_kk,
                    sum(k * k * k)::bigint as sum_kkk
                from answered group by all),
            beside as (
                select week_start, country, name, question, sum(y * coalesce(k, 0))::bigint as sum_yk
                from of_employers left join answered using (week_start, country, company_key, question) group by all),
            expected as (
                select week_start, country, name as skill_id, coalesce(n_known, 0), coalesce(n_companies_known, 0),
                    coalesce(n_known_of_largest, 0), coalesce(sum_kk, 0), coalesce(sum_kkk, 0), sum_yk
                from beside left join known using (week_start, country, question)),
            counted as (
                select week_start, country, skill_id, n_known, n_companies_known, n_known_of_largest, sum_kk, sum_kkk,
                    sum_yk
                from series where n_with > 0)
            (from expected except from counted) union all (from counted except from expected)
        """).fetchall()
        assert differing == []
        connection.register("sizes_found", pa.Table.from_batches(list(cell_sizes(reader_of(connection, tables)))))
        differing = connection.sql("""
            with of_employers as (
                select week_start, country, company_key, count(*) as n
                from open join counted_in using (posting_key, version_no) where is_canonical group by all),
            expected as (
                select week_start, country, sum(n)::bigint as n_postings, count(*) as n_companies,
                    sum(n * n)::bigint as sum_nn, sum(n * n * n)::bigint as sum_nnn, max(n) as n_of_largest
                from of_employers group by all),
            counted as (select * exclude (measure, role_family, seniority, workplace) from sizes_found)
            (from expected except from counted) union all (from counted except from expected)
        """).fetchall()
        assert differing == []
        whole = connection.sql("select count(*), count(matched_share) from series where country = 'all'").fetchone()
        assert whole is not None
        assert whole[0] > whole[1] > 0


def test_a_newly_named_attribute_adds_no_rows_to_earlier_weeks() -> None:
    with duckdb.connect() as connection:
        connection.execute("""
            create table weeks as select date '2026-01-05' + 7 * n::integer as week_start from range(4) as numbers(n);
            create table open as
                select week_start, 'stock' as measure, 'p' || n as posting_key, 1 as version_no,
                    'c' || n % 8 as company_key, 'b' as board, 'c' || n % 8 as company_slug, true as is_canonical
                from weeks, range(40) as numbers(n);
            -- in the third week one more posting is open, and names what nobody has named; in the last it is closed
            insert into open values ('2026-01-19', 'stock', 'later', 1, 'c0', 'b', 'c0', true);
            create table counted_in as
                select distinct posting_key, version_no, 'all' as role_family, 'all' as country, 'all' as seniority,
                    'all' as workplace
                from open;
            create table stated as
                select posting_key, version_no, if(posting_key = 'later', 'new', 'old') as name,
                    'required' as level
                from counted_in
        """)
        tables = tables_of(connection)
        mentions = Mentions(connection, tables, connection.table("counted_in"), CELL)
        found = pa.Table.from_batches(list(mention_series(mentions, "skill_id", Floors(30, 5, 0.5), 0.05)))
        rows = found.select(["skill_id", "week_start", "n_with"]).to_pylist()
    counts = {(row["skill_id"], row["week_start"].day): row["n_with"] for row in rows}
    assert counts == {("old", 5): 40, ("old", 12): 40, ("old", 19): 40, ("old", 26): 40, ("new", 19): 1, ("new", 26): 0}


def test_an_unchanged_skill_has_no_interval_or_flag_but_counts_as_a_comparison() -> None:
    with duckdb.connect() as connection:
        connection.execute("""
            create table weeks as select date '2026-01-05' + 7 * n::integer as week_start from range(6) as numbers(n);
            -- in the last week other postings are open, of which some employers have more that name the one skill
            create table open as
                select week_start, 'stock' as measure, 'p' || n || (week_start = '2026-02-09') as posting_key,
                    1 as version_no, 'c' || n % 8 as company_key, 'b' as board, 'c' || n % 8 as company_slug,
                    true as is_canonical
                from weeks, range(40) as numbers(n);
            insert into open values ('2026-02-09', 'stock', 'more', 1, 'c0', 'b', 'c0', true);
            create table counted_in as
                select distinct posting_key, version_no, 'all' as role_family, 'all' as country, 'all' as seniority,
                    'all' as workplace
                from open;
            create table stated as
                select posting_key, version_no, 'still' as name, 'required' as level from counted_in
                union all
                select distinct posting_key, 1, 'moving', 'required' from open
                where company_key in ('c1', 'c4', 'c7') or (week_start = '2026-02-09' and company_key < 'c6')
        """)
        tables = tables_of(connection)
        floors = Floors(30, 5, 0.5)
        mentions = Mentions(connection, tables, connection.table("counted_in"), CELL)
        shares_found = pa.Table.from_batches(list(mention_series(mentions, "skill_id", floors, 0.05))).to_pylist()
        one = replace(tables, having=connection.table("stated").filter("name = 'moving'"))
        alone = Mentions(connection, one, connection.table("counted_in"), CELL)
        found_alone = pa.Table.from_batches(list(mention_series(alone, "skill_id", floors, 0.05))).to_pylist()
        of_kinds = pa.Table.from_batches(
            list(mention_series(mentions, "skill_id", floors, 0.05, kind_of=str))
        ).to_pylist()
        reader = CellReader(connection, tables, connection.table("counted_in"), ("role_family", "country"))
        counts = pa.Table.from_batches(list(matched_counts(reader, floors))).to_pylist()
    last = {row["skill_id"]: row for row in shares_found if row["week_start"] == date(2026, 2, 9)}
    assert last["still"]["change_4w"] == 0
    assert {last["still"][f"change_4w_{part}"] for part in ("low", "high", "q_value")} == {None}
    assert last["moving"]["change_4w_low"] < last["moving"]["change_4w"] < last["moving"]["change_4w_high"]
    (judged_alone,) = (row["change_4w_q_value"] for row in found_alone if row["week_start"] == date(2026, 2, 9))
    assert last["moving"]["change_4w_q_value"] == pytest.approx(2 * judged_alone)
    # attributes of another kind are not comparisons to correct for
    (judged_by_kind,) = (
        row["change_4w_q_value"]
        for row in of_kinds
        if (row["week_start"], row["skill_id"]) == (date(2026, 2, 9), "moving")
    )
    assert judged_by_kind == pytest.approx(judged_alone)
    # it is flagged where it alone is compared, and then has an interval of the flagged
    assert judged_alone < 0.05 < last["moving"]["change_4w_q_value"]
    (alone_last,) = (row for row in found_alone if row["week_start"] == date(2026, 2, 9))
    assert alone_last["change_4w_selected_low"] == alone_last["change_4w_low"] > 0
    assert alone_last["change_4w_selected_high"] == alone_last["change_4w_high"]
    assert last["moving"]["change_4w_selected_low"] is None
    assert last["still"]["change_4w_selected_low"] is None
    # the number of openings: 100 at first, unchanged while nobody moves, then one employer alone has another
    bounds = [(row["matched_index_low"], row["matched_index_high"]) for row in counts]
    assert bounds[:5] == [(100.0, 100.0), *[(None, None)] * 4]
    assert [row["matched_index"] for row in counts[:5]] == pytest.approx([100.0] * 5)
    assert counts[5]["matched_index"] is None
    assert counts[5]["matched_index_floor_reason"] == "fewer than 3 effective companies make up the change"
    assert (counts[4]["change_4w"], counts[4]["change_4w_low"], counts[4]["change_4w_high"]) == (0.0, None, None)
