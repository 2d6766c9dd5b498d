from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner

from jobmarket.cli import main
from jobmarket.cli.stages import FIRST_QUERIES
from jobmarket.publishing import open_published, publish
from jobmarket.publishing.questions import questions
from jobmarket.report import Order
from jobmarket.report.queries import weeks
from jobmarket.report.stage import week_of
from jobmarket.settings import Home, Settings
from tests.jobmarket.publishing.synthetic_marts import LAST_WEEK, build_marts

CALLS = {
    "skill_trend": "skill_trend('PyTorch', 'US', kind := 'flow')",
    "salary_trend": "salary_trend('US', level := 'senior')",
    "salary_grid": "salary_grid('US')",
    "postings_behind": "postings_behind('pytorch', '2026-08-17', kind := 'flow')",
}


def test_every_question_has_an_answer_and_tells_what_it_answers(two_weeks_published: Home) -> None:
    with open_published(two_weeks_published) as published:
        for question in questions():
            call = question.name if question.kind == "view" else CALLS[question.name]
            assert published.sql(f"from {call} limit 1").fetchall() != [] or question.name == "what_is_paid_now"
            assert "One row per" in question.comment
        told = published.execute(
            "select view_name, comment from duckdb_views() where not internal union all "
            "select function_name, comment from duckdb_functions() where database_name = current_database()"
        ).fetchall()
        assert {name: comment for name, comment in told if comment} == {q.name: q.comment for q in questions()}
        silent = published.execute(
            "select table_name, column_name from duckdb_columns() where not internal and coalesce(comment, '') = ''"
        ).fetchall()
    assert silent == []


@pytest.fixture(scope="module")
def midweek(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Published on a Thursday: the newest of three weeks is not over."""
    home, thursday = Home(tmp_path_factory.mktemp("midweek")), datetime(2026, 8, 20, tzinfo=UTC)
    build_marts(home, as_of=thursday, weeks=3, postings=400)
    publish(home, Settings(_env_file=None), thursday)
    return home


FINISHED = date(2026, 8, 10)


def test_now_is_the_last_finished_week_for_everybody(midweek: Home) -> None:
    assert LAST_WEEK > FINISHED
    with open_published(midweek) as published:
        about = dict(published.execute("select key, value from about").fetchall())
        assert (LAST_WEEK, False) in weeks(published, datetime.fromisoformat(about["as_of"]))
        assert about["coverage_week"] == FINISHED.isoformat()
        assert published.execute("select week_start, is_over from current_week").fetchall() == [(FINISHED, True)]
        for view in ("what_is_asked_for_now", "what_is_paid_now", "how_complete_is_it"):
            assert published.execute(f"select distinct week_start from {view}").fetchall() == [(FINISHED,)], view
        for query in FIRST_QUERIES:
            told = published.execute(query)
            names = [column[0] for column in told.description or ()]
            assert dict(zip(names, told.fetchone() or (), strict=True))["week_start"] == FINISHED, query
    assert week_of(midweek, None, Order()) == FINISHED


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("status",), "Coverage of the week of 2026-08-10"),
        (("explain", "pytorch"), "behind the share of the week of 2026-08-10"),
    ],
)
def test_every_command_answers_for_the_last_finished_week(midweek: Home, arguments: tuple[str, ...], said: str) -> None:
    done = CliRunner().invoke(main, [arguments[0], "--home", str(midweek.root), *arguments[1:]])
    assert done.exit_code == 0, done.output
    assert said in done.output
    assert "week of 2026-08-17" not in done.output


def test_status_counts_coverage_as_the_view_does(midweek: Home) -> None:
    with open_published(midweek) as published:
        rows = published.execute("select board, n_companies_qualified, n_companies_expected from how_complete_is_it")
        expected = [[str(value) for value in row] for row in rows.fetchall()]
    said = CliRunner().invoke(main, ["status", "--home", str(midweek.root)]).output
    table = said.partition("Coverage of the week of")[2].partition("\n\n")[0].splitlines()[1:]
    names, *lines = (line.split() for line in table)
    assert [[line[names.index(name)] for name in ("board", "n_companies_qualified", "n_companies_expected")]
            for line in lines] == expected  # fmt: skip
    assert "coverage" not in said.partition("Coverage of")[0].lower()


def explained(home: Home, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["explain", "--home", str(home.root), *arguments])
    return done.exit_code, done.output


def test_a_week_is_explained_by_its_crawls_and_cells(two_weeks_published: Home) -> None:
    code, said = explained(two_weeks_published, "2026-W34")
    assert code == 0
    assert "Week of 2026-08-17" in said
    assert "greenhouse" in said
    assert said == explained(two_weeks_published, "2026-08-20")[1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["pytorhc"], "Near it: PyTorch"),
        (["2020-W01"], "reaches from 2026-08-10 to 2026-08-17"),
        (["PyTorch", "--country", "ZZ"], "unknown country or role"),
        (["00000000-0000-0000-0000-000000000000"], "No posting"),
    ],
)
def test_what_is_not_there_is_told(two_weeks_published: Home, arguments: list[str], message: str) -> None:
    code, said = explained(two_weeks_published, *arguments)
    assert code == 1
    assert message in said
