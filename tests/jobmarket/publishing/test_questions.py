from __future__ import annotations

import pytest
from click.testing import CliRunner

from jobmarket.cli import main
from jobmarket.publishing import open_published
from jobmarket.publishing.questions import questions
from jobmarket.settings import Home

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
