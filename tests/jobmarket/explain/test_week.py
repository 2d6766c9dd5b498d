"""`jobmarket explain 2026-W33` counts what the weekly figures count, and says why employers are missing."""

from click.testing import CliRunner

from jobmarket.cli import main
from jobmarket.publishing import open_published, publish
from jobmarket.settings import Home, Settings
from tests.jobmarket.publishing.synthetic_marts import AS_OF, change_marts


def test_an_employer_that_only_has_copies_in_a_week_is_not_counted(home: Home) -> None:
    change_marts(
        home,
        "update marts.fct_posting_weeks set is_canonical = company_key <> "
        "(select max_by(company_key, week_start) from marts.fct_posting_weeks)",
    )
    publish(home, Settings(_env_file=None), AS_OF)
    with open_published(home) as published:
        week, *counts = published.execute(
            """select week_start, count_if(is_canonical), count(*), count(distinct company_key) - 1
            from fct_posting_weeks where measure = 'stock' group by week_start order by week_start desc limit 1"""
        ).fetchone() or (None,)
    explained = CliRunner().invoke(main, ["explain", "--home", str(home.root), str(week)])
    assert explained.exit_code == 0, explained.output
    counted = explained.output.partition("What counted")[2]
    stock = next(line.split() for line in counted.splitlines() if line.split()[:1] == ["stock"])
    assert stock[1:] == [str(count) for count in counts]
    assert counts[0] < counts[1]
    refused = CliRunner().invoke(main, ["explain", "--home", str(home.root), str(week), "--country", "US"])
    assert refused.exit_code == 2
    assert f"'{week}' is a week, whose explanation takes none of these options: leave out --country." in refused.stderr


def test_a_week_without_crawls_was_not_crawled(home: Home) -> None:
    change_marts(
        home,
        "update marts.rpt_board_coverage_weekly set n_companies_crawled = 0, n_companies_qualified = 0, "
        "coverage_ratio = 0, n_runs = 0, status = 'coverage_break', break_reason = 'few_reached', "
        "main_reason = 'not_crawled'",
    )
    publish(home, Settings(_env_file=None), AS_OF)
    with open_published(home) as published:
        ((week, gaps),) = published.execute("select max(week_start), count(*) from how_complete_is_it").fetchall()
    explained = CliRunner().invoke(main, ["explain", "--home", str(home.root), str(week)])
    assert explained.exit_code == 0, explained.output
    assert explained.output.count("not crawled") == gaps > 1
