"""`jobmarket explain`: the weeks and postings behind a figure, why there is none, and the crawls behind a week."""

from __future__ import annotations

import re
import sys

import click
import duckdb
import pytest
from click.testing import CliRunner

from jobmarket.cli import main
from jobmarket.settings import Home


def explained(home: Home, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["explain", "--home", str(home.root), *arguments])
    return done.exit_code, done.output


def test_the_explanation_of_a_week_gives_the_reason_of_a_break(published_home: Home) -> None:
    with duckdb.connect(str(published_home.published / "jobmarket.duckdb")) as published:
        published.execute(
            "update rpt_skill_demand_weekly set status = 'coverage_break', break_reason = 'sources_added'"
        )
    code, output = explained(published_home, "2026-W34")
    assert (code, "sources_added" in output, "coverage_break" in output) == (0, True, True)


def test_a_skill_without_a_figure_is_explained_by_the_missing_condition(published_home: Home) -> None:
    for change, why in (
        ("update rpt_skill_demand_weekly set status = 'suppressed'", "too few postings in every week."),
        ("delete from rpt_skill_demand_weekly where skill_id = 'pytorch'", "no posting of any week asks for it."),
        (
            "delete from rpt_skill_demand_weekly where week_start = '2026-08-10'",
            "too few postings in some weeks, and none that asks for it in the others.",
        ),
    ):
        with duckdb.connect(str(published_home.published / "jobmarket.duckdb")) as published:
            published.execute(change)
        code, output = explained(published_home, "pytorch")
        assert code == 1
        assert output.rstrip().endswith(f"No figure of PyTorch for country all, role all, stock: {why}")


def test_pay_and_a_theme_are_explained_by_their_postings(two_weeks_published: Home) -> None:
    code, output = explained(two_weeks_published, "pay", "--seniority", "senior", "--week", "2026-W34")
    assert code == 0
    assert "Pay: country all, role all, stock, senior\n" in output
    behind = output.partition("Postings behind the median in the week of 2026-08-17")[2]
    assert "salary_usd_annual" in behind
    assert "https://jobs.example.com/" in behind
    code, output = explained(two_weeks_published, "Deep learning frameworks", "--country", "us")
    assert code == 0
    assert "deep_learning_frameworks: country US, role all, stock\n" in output
    assert "Postings behind the share in the week of 2026-08-17" in output
    assert explained(two_weeks_published, "deep_learning_frameworks", "--kind", "skill")[0] == 2
    code, output = explained(two_weeks_published, "mlops", "--seniority", "senior")
    assert (code, "The share of mlops takes only" in output, "leave out --seniority." in output) == (2, True, True)


@pytest.mark.parametrize("options", [(), ("--week", "2026-W34")])
def test_a_week_without_a_figure_is_reported_before_an_earlier_one_is_shown(
    published_home: Home, options: tuple[str, ...]
) -> None:
    with duckdb.connect(str(published_home.published / "jobmarket.duckdb")) as published:
        published.execute(
            "update rpt_salary_trend_weekly "
            "set status = 'suppressed', floor_reason = 'fewer than 30 postings with pay', "
            "salary_median_usd_annual = null, n_with_pay = 26, n_companies = 9 where week_start = '2026-08-17'"
        )
    code, output = explained(published_home, "pay", *options)
    assert code == 0
    first, then = output.partition("\nWeeks up to 2026-08-17\n")[::2]
    assert first.endswith(
        "Pay: country all, role all, stock\n\n2026-08-17 is suppressed: fewer than 30 postings with pay (26 postings "
        "from 9 employers); the last week with a figure is 2026-08-10.\n"
    )
    weeks, behind = then.partition("Postings behind the median in the week of ")[::2]
    assert "2026-08-17" in weeks
    assert "suppressed" in weeks
    assert "2026-08-10" in weeks
    assert behind.startswith("2026-08-17" if options else "2026-08-10")


def test_a_week_with_a_figure_needs_no_notice(two_weeks_published: Home) -> None:
    _, output = explained(two_weeks_published, "pay")
    assert "the last week with a figure" not in output


def test_a_week_without_counted_postings_is_reported_to_have_no_row(published_home: Home) -> None:
    with duckdb.connect(str(published_home.published / "jobmarket.duckdb")) as published:
        published.execute(
            "delete from rpt_skill_demand_weekly where week_start = '2026-08-17' and skill_id = 'pytorch'"
        )
    _, output = explained(published_home, "pytorch")
    assert (
        "\n2026-08-17 has no row: none of its postings asks for it, or too few are counted; "
        "the last week with a figure is 2026-08-10.\n"
    ) in output
    assert "Postings behind the share in the week of 2026-08-10" in output


def test_a_name_shared_by_a_skill_and_a_theme_is_reported_and_either_can_be_chosen(published_home: Home) -> None:
    with duckdb.connect(str(published_home.published / "jobmarket.duckdb")) as published:
        published.execute("update dim_skills set themes = ['pytorch'] where skill_id = 'jax'")
        published.execute("update rpt_theme_demand_weekly set theme = 'pytorch' where theme = 'mlops'")
    notice = "Shown as a skill. For the theme 'pytorch': --kind theme\n"
    assert (notice in explained(published_home, "pytorch")[1], notice in explained(published_home, "jax")[1]) == (
        True,
        False,
    )
    output = explained(published_home, "pytorch", "--kind", "theme")[1]
    assert ("skill_names" in output, notice in output) == (True, False)


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (["mlop", "--kind", "theme"], "mlops, deep_learning_frameworks"),
        (["Deep learning framework"], r"deep_learning_frameworks, \w+.*"),
        (["mlop", "--kind", "skill"], r"MLflow, [A-Z].*"),
    ],
)
def test_a_misspelt_name_is_answered_with_similar_names_of_its_kind(
    two_weeks_published: Home, arguments: list[str], near: str
) -> None:
    code, output = explained(two_weeks_published, *arguments)
    assert code == 2
    assert re.search(rf"Similar names: {near}\. For pay: `jobmarket explain pay`", output)


def test_a_level_that_is_not_tabulated_is_refused_with_the_available_ones(two_weeks_published: Home) -> None:
    arguments = ["pytorch", "--seniority", "senior", "--country", "US", "--role", "ml_engineer"]
    code, output = explained(two_weeks_published, *arguments)
    assert code == 2
    assert "have no seniority 'senior'; there are all" in output


def test_a_week_is_explained_by_its_crawls_and_cells(two_weeks_published: Home) -> None:
    code, output = explained(two_weeks_published, "2026-W34")
    assert code == 0
    assert output.startswith("This is a sample world: employers, postings and pay are invented.\n")
    assert "Week of 2026-08-17" in output
    assert "greenhouse" in output
    assert output == explained(two_weeks_published, "2026-08-20")[1]
    skills = [explained(two_weeks_published, "pytorch", "--week", week) for week in ("2026-W33", "2026-08-12")]
    assert skills[0] == skills[1]
    assert "behind the share in the week of 2026-08-10" in skills[0][1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["pytorhc"], "Similar names: PyTorch"),
        ([""], "Nothing to explain was given: a posting, a week, a skill, a theme or `pay`."),
        ([" "], "Nothing to explain was given"),
        (["pytorchs", "--week", "2026-W33", "--country", "ZZ"], "no country 'ZZ'"),
        (["2026-W99"], "2026-W99 is not a week: write 2026-W33"),
        (["2020-W01"], "weeks run from 2026-08-10 to 2026-08-17"),
        (["PyTorch", "--country", "ZZ"], "no country 'ZZ'; there are CA, DE"),
        (["PyTorch", "--role", "mlengineer"], "no role_family 'mlengineer'; there are ai_engineer, "),
        (["PyTorch", "--week", "2030-01-01"], "weeks run from 2026-08-10 to 2026-08-17"),
        (["PyTorch", "--country", "germny"], "Did you mean 'Germany'?"),
        (["00000000-0000-0000-0000-000000000000"], "has no posting"),
        (["https://jobs.ashbyhq.com/nope"], "no posting with the address https://jobs.ashbyhq.com/nope."),
        (["2026-W33", "--all"], "leave out --all"),
    ],
)
def test_unknown_names_and_weeks_are_refused(two_weeks_published: Home, arguments: list[str], message: str) -> None:
    code, output = explained(two_weeks_published, *arguments)
    assert code == 2
    assert message in output


def test_the_weeks_of_a_figure_fit_a_terminal_and_are_complete_in_a_file(
    two_weeks_published: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def weeks() -> list[str]:
        with pytest.raises(SystemExit, match="0"):
            main(["explain", "pytorch", "--home", str(two_weeks_published.root)])
        lines = click.unstyle(capsys.readouterr().out).splitlines()
        start = next(number for number, line in enumerate(lines) if line.startswith("Weeks up to"))
        return lines[start + 1 : lines.index("", start)]

    columns = weeks()[0].split()
    assert columns[:2] == ["week_start", "status"]
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "80")
    *table, left_out = weeks()
    shown = table[0].split()
    assert max(map(len, table)) <= 80
    assert {"share", "share_low"} < set(shown)
    assert left_out == f"… and, in a wider terminal or in a file: {', '.join(columns[len(shown) :])}"


def test_the_first_postings_behind_a_figure_fit_a_terminal_and_all_can_be_printed(
    two_weeks_published: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def postings(*options: str) -> tuple[int, list[str]]:
        with pytest.raises(SystemExit, match="0"):
            main(["explain", "pytorch", *options, "--home", str(two_weeks_published.root)])
        lines = click.unstyle(capsys.readouterr().out).splitlines()
        start = next(number for number, line in enumerate(lines) if line.startswith("Postings behind the share"))
        return int(re.findall(r"\((\d+) postings\)", lines[start])[0]), lines[start + 1 :]

    n, every = postings("--all")
    assert n > 20
    assert len(every) == 1 + n
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "80")
    *table, left_out, rest = postings()[1]
    assert len(table) == 1 + 20
    assert max(map(len, table)) <= 80
    assert left_out.startswith("… and, in a wider terminal or in a file: ")
    assert rest == "… only the first 20 rows; --all prints all of them"
