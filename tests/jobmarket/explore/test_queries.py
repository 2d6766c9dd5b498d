"""The queries of the page return the published figures and the postings behind them, and read only the file."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from jobmarket.explore import queries
from jobmarket.explore.opening import CannotAnswerError, Reader, open_reader
from jobmarket.explore.queries import Choice
from jobmarket.publishing import published_vintage
from jobmarket.settings import Home
from jobmarket.stages import StageError
from tests.jobmarket.publishing.synthetic_marts import LAST_WEEK

WHOLE = Choice("all", "all", "all", "pytorch", "stock")


@pytest.fixture(scope="module")
def reader(market: Home) -> Iterator[Reader]:
    reader = open_reader(published_vintage(market))
    yield reader
    reader.connection.close()


def test_a_series_is_the_published_one(reader: Reader) -> None:
    frame, was_cut = reader.answer(queries.trend(WHOLE))
    assert not was_cut
    assert len(frame) == 6
    expected = reader.connection.execute(
        "select share from rpt_skill_demand_weekly where skill_id = 'pytorch' and measure = 'stock' "
        "and role_family = 'all' and country = 'all' order by week_start"
    ).fetchall()
    assert frame["share"].tolist() == [value for (value,) in expected]


def test_the_postings_behind_a_figure_are_those_of_its_week_and_skill(reader: Reader) -> None:
    flow = replace(WHOLE, measure="flow")
    frame, _ = reader.answer(queries.postings(flow, LAST_WEEK))
    (expected,) = reader.connection.execute(
        "select count(*) from fct_posting_weeks as weeks join fct_posting_skills as skills using (posting_key) "
        "where weeks.week_start = ? and weeks.measure = 'flow' and weeks.is_canonical and skill_id = 'pytorch'",
        [LAST_WEEK],
    ).fetchone() or (0,)
    assert 0 < len(frame) == expected
    assert {"title", "company_name", "url", "written_as", "level"} <= set(frame)
    for choice in (replace(flow, country="FR"), replace(flow, seniority="junior")):
        assert reader.answer(queries.postings(choice, LAST_WEEK))[0].empty
    with pytest.raises(duckdb.InvalidInputException, match="no role_family 'x'y' in these figures"):
        reader.answer(queries.postings(replace(flow, role_family="x'y"), LAST_WEEK))


def test_pay_by_level_is_the_published_one_with_the_total_first(reader: Reader) -> None:
    frame, _ = reader.answer(queries.level_pay(replace(WHOLE, country="US")))
    expected = reader.connection.execute(
        "select seniority, salary_median_annual from rpt_seniority_salary where country = 'US' and role_family = 'all'"
    ).fetchall()
    assert dict(zip(frame["seniority"], frame["salary_median_annual"], strict=True)) == dict(expected)
    assert frame["seniority"].tolist()[0] == "all"


def test_pairs_are_listed_by_the_lower_end_of_their_lift_and_those_without_one_last() -> None:
    pairs = {"Few": (9.0, 1.1), "Sure": (3.0, 2.5), "Hidden": (None, None), "Close": (3.1, 2.4)}
    with duckdb.connect() as connection:
        connection.execute(
            """create table rpt_skill_pairs as select 'pytorch' as skill_id, 'all' as role_family,
                unnest($names) as other_skill_name, unnest($lifts) as lift, unnest($lows) as lift_low, 1.0 as lift_high,
                true as is_significant, 0.5 as share_with_other, 0.4 as share_with_other_low,
                0.6 as share_with_other_high, 9 as n_with_both, 9 as n_with_skill, 9 as n_companies_with_both,
                current_date as week_start, 'final' as status, 0.9 as coverage_ratio, null as floor_reason""",
            {
                "names": list(pairs),
                "lifts": [lift for lift, _ in pairs.values()],
                "lows": [low for _, low in pairs.values()],
            },
        )
        listed = connection.execute(queries.together(WHOLE)).fetchall()
    assert [row[0] for row in listed] == ["Sure", "Close", "Few", "Hidden"]


def test_a_cut_list_says_that_there_are_more_rows(reader: Reader) -> None:
    frame, was_cut = reader.answer("select * from range(5000)")
    assert (len(frame), was_cut) == (queries.MOST_ROWS, True)


@pytest.mark.parametrize(
    "query",
    [
        "select * from read_csv('/etc/passwd')",
        "copy (select 1) to '{folder}/written.csv'",
        "attach '{folder}/other.duckdb' as other",
        "install httpfs",
        "set enable_external_access = true",
        "create table mine as select 1",
        "delete from about",
    ],
)
def test_a_query_can_read_only_the_published_file(reader: Reader, query: str, tmp_path: Path) -> None:
    with pytest.raises(duckdb.Error):
        reader.answer(query.replace("{folder}", str(tmp_path)))
    assert list(tmp_path.iterdir()) == []


def test_a_query_cannot_write_beside_the_published_file(reader: Reader) -> None:
    frame, _ = reader.answer("select path from duckdb_databases() where database_name = current_database()")
    log = Path(f"{frame['path'][0]}.wal")
    with pytest.raises(duckdb.PermissionException):
        reader.answer(f"copy (select 1) to '{log}' (format csv)")
    assert not log.exists()


def test_a_query_that_takes_too_long_is_stopped(reader: Reader) -> None:
    with pytest.raises(CannotAnswerError, match="stopped after 1 s"):
        reader.answer("select sum(a.range * b.range) from range(1000000) as a, range(1000000) as b", patience_s=1)


def test_a_home_without_a_publication_gives_a_clear_message(tmp_path: Path) -> None:
    with pytest.raises(StageError, match="Nothing is published"):
        published_vintage(Home(tmp_path))


def test_a_process_can_open_a_vintage_again_with_the_same_restrictions(reader: Reader) -> None:
    again = open_reader(reader.vintage)
    try:
        frame, _ = again.answer("select current_setting('timezone'), current_setting('lock_configuration')")
        assert frame.iloc[0].tolist() == ["UTC", True]
        with pytest.raises(duckdb.PermissionException):
            again.answer("select * from read_csv('/etc/passwd')")
    finally:
        again.connection.close()
