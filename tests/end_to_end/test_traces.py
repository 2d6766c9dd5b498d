"""From a published figure back to the postings, the words and the crawls that it was made of."""

from __future__ import annotations

import gzip
import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from jobmarket.cli import main
from tests.end_to_end.conftest import FinishedRun, run_pipeline

_FIGURES = """
select skill_id, week_start, country, role_family, measure, seniority, workplace, n_postings, n_with_skill
from rpt_skill_demand_weekly where n_with_skill > 0
order by hash(skill_id, week_start, country, role_family, measure, seniority, workplace) limit 60
"""


def test_the_postings_behind_a_share_are_as_many_as_it_says(sample_run: FinishedRun) -> None:
    figures = sample_run.published(_FIGURES)
    assert {row[4] for row in figures} == {"flow", "stock"}
    assert {row[5] for row in figures} > {"all"}, "levels are traced as well"
    for skill, week, *cell, n_postings, n_with_skill in figures:
        behind = f"postings_behind({', '.join(repr(str(value)) for value in (skill, week, *cell))})"
        counted = sample_run.published(f"select count(*), count_if(asks_for_it) from {behind}")
        assert counted == [(n_postings, n_with_skill)], behind


def test_the_postings_behind_a_themes_share_are_as_many_as_it_says(sample_run: FinishedRun) -> None:
    figures = sample_run.published(
        """select theme, week_start, country, role_family, measure, n_postings, n_with
        from rpt_theme_demand_weekly where n_with > 0
        order by hash(theme, week_start, country, role_family, measure) limit 30"""
    )
    assert len({row[0] for row in figures}) > 10
    several = 0
    for theme, week, *cell, n_postings, n_with in figures:
        behind = f"postings_behind_theme({', '.join(repr(str(value)) for value in (theme, week, *cell))})"
        ((n_asked, n_asking, most),) = sample_run.published(
            f"select count(*), count_if(asks_for_it), max(len(skill_names)) from {behind}"  # noqa: S608
        )
        assert (n_asked, n_asking) == (n_postings, n_with), behind
        several += most > 1
    assert several, "an opening that asks for several of a theme's skills is one"


def test_the_median_of_the_postings_behind_pay_is_that_of_the_week(sample_run: FinishedRun) -> None:
    figures = sample_run.published(
        """select week_start, country, role_family, measure, seniority, n_with_pay, salary_median_usd_annual
        from rpt_salary_trend_weekly where salary_median_usd_annual is not null
        order by country = 'all', hash(week_start, country, role_family, measure, seniority) limit 60"""
    )
    assert len({row[1] for row in figures}) > 2
    for *cell, n_with_pay, median in figures:
        behind = f"postings_behind_pay({', '.join(repr(str(value)) for value in cell)})"
        ((n_behind, found),) = sample_run.published(f"select count(*), median(salary_usd_annual) from {behind}")  # noqa: S608
        assert (n_behind, found) == (n_with_pay, pytest.approx(median)), behind


def test_a_posting_is_explained_with_the_words_of_its_pay(sample_run: FinishedRun) -> None:
    ((key, first, last),) = sample_run.published(
        "select posting_key, span_start, span_end from fct_posting_salaries where span_start is not null "
        "order by posting_key limit 1"
    )
    said = run_pipeline(sample_run.home, str(key), command="explain").output
    words = said.partition("Pay, in the words of the posting")[2].partition("Skills, in the words")[0]
    quoted = re.search(r"\[([^\]]*\d[^\]]*)\]", words)
    assert quoted is not None, words
    assert len(quoted[1]) <= last - first


def test_a_posting_is_explained_in_its_own_words(sample_run: FinishedRun) -> None:
    ((key, surface, run),) = sample_run.published(
        "select posting_key, surface, first_run_id from fct_posting_skills join fct_postings using (posting_key) "
        "where span_start is not null order by posting_key, skill_id limit 1"
    )
    said = run_pipeline(sample_run.home, str(key), command="explain").output
    assert f"[{surface}]" in said
    assert str(run) in said.split("The crawls that saw it")[1]


def test_an_edited_posting_is_explained_with_the_file_that_holds_its_words(sample_run: FinishedRun) -> None:
    ((key, content_hash, first_run),) = sample_run.published(
        "select posting_key::text, content_hash::text, first_run_id from fct_postings where n_versions = 2 "
        "order by posting_key limit 1"
    )
    said = run_pipeline(sample_run.home, str(key), command="explain").output
    (payload,) = re.findall(r"^The payload of this content: (.+)$", said, re.MULTILINE)
    assert f"run={first_run}/" not in payload, "what the first run landed was edited"
    with gzip.open(sample_run.home / payload, "rt", encoding="utf-8") as lines:
        landed = {(row["posting_key"], row["content_hash"]) for row in map(json.loads, lines)}
    assert (key, content_hash) in landed


def test_a_role_is_profiled_with_its_sample_and_ends_with_a_job_description(sample_run: FinishedRun) -> None:
    ((week, n_postings, n_companies, share),) = sample_run.published(
        """select week_start, n_postings, n_companies, share from rpt_skill_demand_weekly
        where role_family = 'ml_engineer' and country = 'US' and measure = 'stock' and skill_id = 'pytorch'
            and seniority = 'all' and workplace = 'all' and status = 'provisional'
            and week_start = (select week_start from current_week)"""
    )
    done = run_pipeline(sample_run.home, "--role", "ml_engineer", "--country", "us", command="profile")
    assert done.exit_code == 0, done.output
    assert "This is a sample world" in done.output
    assert f"{n_postings} open postings of {n_companies} employers, week of {week} (provisional: late" in done.output
    (line,) = [line for line in done.output.splitlines() if line.startswith("  PyTorch ")]
    assert f" {share:.0%} (" in line
    description = done.output.split("A job description")[1]
    assert "Python" in description.split("Asked for by many")[0]
    assert "Interview topics" in description


@pytest.mark.parametrize("page", ["README.md", "docs/analysts.md"])
def test_the_examples_of_the_pages_have_an_answer(sample_run: FinishedRun, root: Path, page: str) -> None:
    found = set(re.findall(r"`jobmarket ((?:profile|explain) [^`]+)`", (root / page).read_text(encoding="utf-8")))
    assert len({example.split()[0] for example in found}) == 2
    ((key,),) = sample_run.published("select max(posting_key)::text from fct_postings where is_open")
    for example in sorted(found):
        arguments = shlex.split(example.replace("POSTING_KEY", key))
        done = CliRunner().invoke(main, [*arguments, "--home", str(sample_run.home)])
        assert done.exit_code == 0, f"{example}: {done.output}"


@pytest.mark.parametrize(
    ("kind", "what", "options", "said"),
    [
        ("a skill", "pytorch", ["--role", "ml_engineer", "--country", "US"], "--country goes with it, --role not"),
        ("a skill", "pytorch", ["--seniority", "junior"], "--country goes with it, --seniority not"),
        (
            "an employer",
            None,
            ["--role", "ml_engineer", "--country", "US"],
            "none goes with it, --role and --country not",
        ),
        ("a country", "France", ["--country", "US"], "--role and --seniority go with it, --country not"),
    ],
)
def test_an_option_that_a_profile_would_not_heed_is_refused(
    sample_run: FinishedRun, kind: str, what: str | None, options: list[str], said: str
) -> None:
    if what is None:
        ((what,),) = sample_run.published("select company_name from dim_companies order by n_postings desc limit 1")
    done = CliRunner().invoke(main, ["profile", str(what), *options, "--home", str(sample_run.home)])
    assert done.exit_code == 2, done.output
    assert f"'{what}' is {kind}: {said}" in done.output


def test_a_skill_and_an_employer_are_profiled_and_a_stranger_is_told_of(sample_run: FinishedRun) -> None:
    skill = run_pipeline(sample_run.home, "terraform", command="profile")
    assert skill.exit_code == 0, skill.output
    for title in (
        "Share of open postings",
        "What goes with it in pay",
        "Asked for together with",
        "Who asks for it now",
    ):
        assert title in skill.output
    ((company,),) = sample_run.published("select company_name from dim_companies order by n_postings desc limit 1")
    employer = run_pipeline(sample_run.home, company, command="profile")
    assert employer.exit_code == 0, employer.output
    assert "Its open postings" in employer.output
    ((week,),) = sample_run.published("select week_start from current_week")
    table = employer.output.partition(f"in openings of the week of {week}")[2].partition("\n\n")[0].splitlines()[1:]
    names, *rows = (re.split(r"\s{2,}", line.strip()) for line in table)
    first = dict(zip(names, rows[0], strict=True))
    skill_name = first["skill_name"]
    ((n_its, n_with, share),) = sample_run.published(
        f"""select count(distinct weeks.posting_key), count(mentions.skill_name), any_value(demand.share)
        from fct_posting_weeks as weeks join posting_versions as postings using (posting_key, version_no)
        left join (from version_skills where level <> 'context' and skill_name = '{skill_name}') as mentions
            using (posting_key, version_no)
        join rpt_skill_demand_weekly as demand on demand.week_start = weeks.week_start
            and demand.skill_name = '{skill_name}' and demand.measure = 'stock' and demand.role_family = 'all'
            and demand.country = 'all' and demand.seniority = 'all' and demand.workplace = 'all'
        where weeks.week_start = date '{week}' and weeks.measure = 'stock' and weeks.is_canonical
            and postings.has_description and weeks.company_key = (
                select company_key from dim_companies where company_name = '{str(company).replace("'", "''")}')"""
    )
    assert (first["n_its_openings"], first["n_its_openings_with_it"]) == (str(n_its), str(n_with))
    assert float(first["share_of_all_employers_openings"]) == pytest.approx(share, abs=0.001)
    stranger = run_pipeline(sample_run.home, "Terrafrom", command="profile")
    assert stranger.exit_code == 1
    assert "Near it: Terraform" in stranger.output
    few = run_pipeline(sample_run.home, "--seniority", "intern", "--country", "ES", command="profile")
    assert few.exit_code == 1
    assert "Too few postings for a profile (all roles, intern, ES)" in few.output


def test_what_is_open_now_is_the_stock_of_the_week_that_runs(sample_run: FinishedRun) -> None:
    """The sample world ends a few hours into a week: until then nothing of it was found closed."""
    ((running, n_stock, told),) = sample_run.published(
        """select week_start, count(*), (select value::int from about where key = 'n_postings_open_ml')
        from fct_posting_weeks where measure = 'stock' and is_canonical and week_start = (
            select week_start from dim_weeks where not is_over) group by all"""
    )
    apart = sample_run.published(
        f"""select open.posting_key, weeks.posting_key from open_ml_postings as open
        full join (
            from fct_posting_weeks where measure = 'stock' and is_canonical and week_start = '{running}'
        ) as weeks using (posting_key)
        where open.posting_key is null or weeks.posting_key is null"""  # noqa: S608
    )
    assert apart == []
    assert n_stock == told > 500
