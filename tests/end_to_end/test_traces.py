"""Published figures can be traced back to the postings, texts and crawls behind them."""

from __future__ import annotations

import gzip
import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from jobmarket.cli import main
from tests.end_to_end.conftest import FinishedRun

_FIGURES = """
select skill_id, week_start, country, role_family, measure, seniority, workplace, n_postings, n_with_skill
from rpt_skill_demand_weekly where n_with_skill > 0
order by hash(skill_id, week_start, country, role_family, measure, seniority, workplace) limit 60
"""


def ask(run: FinishedRun, *arguments: str) -> Result:
    """Run a command that only reads, in this process: to start another takes longer than to answer."""
    return CliRunner().invoke(main, [*arguments, "--home", str(run.home)])


def test_postings_behind_a_share_match_its_counts(sample_run: FinishedRun) -> None:
    figures = sample_run.published(_FIGURES)
    assert {row[4] for row in figures} == {"flow", "stock"}
    assert {row[5] for row in figures} > {"all"}, "no seniority levels among the figures"
    with sample_run.reading() as published:
        for skill, week, *cell, n_postings, n_with_skill in figures:
            behind = f"postings_behind({', '.join(repr(str(value)) for value in (skill, week, *cell))})"
            counted = published(f"select count(*), count_if(asks_for_it) from {behind}")
            assert counted == [(n_postings, n_with_skill)], behind


def test_postings_behind_a_themes_share_match_its_counts(sample_run: FinishedRun) -> None:
    figures = sample_run.published(
        """select theme, week_start, country, role_family, measure, n_postings, n_with
        from rpt_theme_demand_weekly where n_with > 0
        order by hash(theme, week_start, country, role_family, measure) limit 30"""
    )
    assert len({row[0] for row in figures}) > 8  # the sample world asks for skills of 13 themes
    several = 0
    with sample_run.reading() as published:
        for theme, week, *cell, n_postings, n_with in figures:
            behind = f"postings_behind_theme({', '.join(repr(str(value)) for value in (theme, week, *cell))})"
            ((n_rows, n_asking, most),) = published(
                f"select count(*), count_if(asks_for_it), max(len(skill_names)) from {behind}"
            )
            assert (n_rows, n_asking) == (n_postings, n_with), behind
            several += most > 1
    assert several, "no opening asks for several skills of a theme, so counting it once was not tested"


def test_postings_behind_pay_have_the_published_median(sample_run: FinishedRun) -> None:
    figures = sample_run.published(
        """select week_start, country, role_family, measure, seniority, n_with_pay, salary_median_usd_annual
        from rpt_salary_trend_weekly where salary_median_usd_annual is not null
        order by country = 'all', hash(week_start, country, role_family, measure, seniority) limit 60"""
    )
    assert len({row[1] for row in figures}) > 2
    with sample_run.reading() as published:
        for *cell, n_with_pay, median in figures:
            behind = f"postings_behind_pay({', '.join(repr(str(value)) for value in cell)})"
            ((n_behind, recomputed),) = published(f"select count(*), median(salary_usd_annual) from {behind}")
            assert (n_behind, recomputed) == (n_with_pay, pytest.approx(median)), behind


def test_a_posting_is_explained_with_the_text_that_states_its_pay(sample_run: FinishedRun) -> None:
    ((key, first, last),) = sample_run.published(
        "select posting_key, span_start, span_end from fct_posting_salaries where span_start is not null "
        "order by posting_key limit 1"
    )
    output = ask(sample_run, "explain", str(key)).output
    words = output.partition("Pay, in the words of the posting")[2].partition("Skills, in the words")[0]
    quoted = re.search(r"\[([^\]]*\d[^\]]*)\]", words)
    assert quoted is not None, words
    assert len(quoted[1]) <= last - first


def test_a_posting_is_explained_with_the_text_that_names_a_skill_and_its_crawls(sample_run: FinishedRun) -> None:
    ((key, surface, run),) = sample_run.published(
        "select posting_key, surface, first_run_id from fct_posting_skills join fct_postings using (posting_key) "
        "where span_start is not null order by posting_key, skill_id limit 1"
    )
    output = ask(sample_run, "explain", str(key)).output
    assert f"[{surface}]" in output
    assert str(run) in output.split("Crawls that saw it")[1]


def test_a_posting_is_explained_with_the_words_that_say_its_other_facts(sample_run: FinishedRun) -> None:
    ((key, title, level),) = sample_run.published(
        "select posting_key, title, seniority from fct_postings where title ilike 'senior%' and seniority = 'senior' "
        "order by posting_key limit 1"
    )
    words = ask(sample_run, "explain", str(key)).output.partition("Other facts, in the words of the posting")[2]
    assert re.search(rf"^  seniority +{level} +{re.escape(title)}$", words, re.MULTILINE)


def test_an_edited_posting_is_explained_with_the_file_that_has_its_words(sample_run: FinishedRun) -> None:
    ((key, content_hash, first_run),) = sample_run.published(
        "select posting_key::text, content_hash::text, first_run_id from fct_postings where n_versions = 2 "
        "order by posting_key limit 1"
    )
    output = ask(sample_run, "explain", str(key)).output
    (payload,) = re.findall(r"^Payload of this content: (.+)$", output, re.MULTILINE)
    assert f"run={first_run}/" not in payload, "the first run landed the text before the edit"
    with gzip.open(sample_run.home / payload, "rt", encoding="utf-8") as lines:
        landed = {(row["posting_key"], row["content_hash"]) for row in map(json.loads, lines)}
    assert (key, content_hash) in landed


def test_the_profile_of_a_role_states_its_sample_and_ends_with_a_job_description(sample_run: FinishedRun) -> None:
    ((week, n_postings, n_companies, share),) = sample_run.published(
        """select week_start, n_postings, n_companies, share from rpt_skill_demand_weekly
        where role_family = 'ml_engineer' and country = 'US' and measure = 'stock' and skill_id = 'pytorch'
            and seniority = 'all' and workplace = 'all' and status = 'provisional'
            and week_start = (select week_start from current_week)"""
    )
    done = ask(sample_run, "profile", "--role", "ml_engineer", "--country", "us")
    assert done.exit_code == 0, done.output
    assert "This is a sample world" in done.output
    assert f"{n_postings} open postings from {n_companies} employers, week of {week} (provisional: late" in done.output
    (line,) = [line for line in done.output.splitlines() if line.startswith("  PyTorch ")]
    assert f" {share:.0%} (" in line
    description = done.output.split("Job description")[1]
    assert "Python" in description.split("Asked for by many")[0]
    assert "Interview topics" in description
    seniors = ask(sample_run, "profile", "--seniority", "senior", "--country", "us")
    assert seniors.exit_code == 0, seniors.output
    assert ("\nLevel\n" in done.output, "\nLevel\n" in seniors.output) == (True, False)


@pytest.mark.parametrize("page", ["README.md", "docs/analysts.md"])
def test_the_command_examples_in_the_documentation_run(sample_run: FinishedRun, root: Path, page: str) -> None:
    examples = set(re.findall(r"`jobmarket ((?:profile|explain) [^`]+)`", (root / page).read_text(encoding="utf-8")))
    assert len({example.split()[0] for example in examples}) == 2
    ((key,),) = sample_run.published("select max(posting_key)::text from fct_postings where is_open")
    ((employer,),) = sample_run.published("select company_name from dim_companies order by n_postings desc limit 1")
    for example in sorted(examples):
        arguments = shlex.split(example.replace("POSTING_KEY", key).replace("EMPLOYER", shlex.quote(employer)))
        done = ask(sample_run, *arguments)
        assert done.exit_code == 0, f"{example}: {done.output}"


@pytest.mark.parametrize(
    ("kind", "what", "options", "answer"),
    [
        ("a skill", "pytorch", ["--seniority", "junior"], "takes only --role and --country: leave out --seniority"),
        (
            "an employer",
            None,
            ["--role", "ml_engineer", "--country", "US"],
            "takes none of these options: leave out --role and --country",
        ),
        ("a country", "France", ["--country", "US"], "takes only --role and --seniority: leave out --country"),
    ],
)
def test_a_profile_refuses_options_that_it_would_ignore(
    sample_run: FinishedRun, kind: str, what: str | None, options: list[str], answer: str
) -> None:
    if what is None:
        ((what,),) = sample_run.published("select company_name from dim_companies order by n_postings desc limit 1")
    done = ask(sample_run, "profile", str(what), *options)
    assert done.exit_code == 2, done.output
    assert f"'{what}' is {kind}, whose profile {answer}" in done.output


def test_skills_and_employers_have_profiles_and_unknown_names_are_refused(sample_run: FinishedRun) -> None:
    skill = ask(sample_run, "profile", "terraform")
    assert skill.exit_code == 0, skill.output
    for title in (
        "Share of open postings",
        "Pay with it compared with similar jobs",
        "Skills asked for together with it",
        "Employers asking for it now",
    ):
        assert title in skill.output
    ((company,),) = sample_run.published("select company_name from dim_companies order by n_postings desc limit 1")
    employer = ask(sample_run, "profile", company)
    assert employer.exit_code == 0, employer.output
    assert "Open postings" in employer.output
    ((week,),) = sample_run.published("select week_start from current_week")
    title = f"compared with all employers, week of {week}"
    table = employer.output.partition(title)[2].partition("\n\n")[0].splitlines()[1:]
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
    stranger = ask(sample_run, "profile", "Terrafrom")
    assert stranger.exit_code == 2
    assert "Similar names: Terraform" in stranger.output
    few = ask(sample_run, "profile", "--seniority", "intern", "--country", "ES")
    assert few.exit_code == 1
    assert "Too few postings for a profile (all roles, intern, ES)" in few.output


def test_postings_open_now_are_the_stock_of_the_current_week(sample_run: FinishedRun) -> None:
    """The sample world ends a few hours into a week, before any of its postings is seen to close."""
    ((current, n_stock, n_open),) = sample_run.published(
        """select week_start, count(*), (select value::int from about where key = 'n_postings_open_ml')
        from fct_posting_weeks where measure = 'stock' and is_canonical and week_start = (
            select week_start from dim_weeks where not is_over) group by all"""
    )
    differing = sample_run.published(
        f"""select open.posting_key, weeks.posting_key from open_ml_postings as open
        full join (
            from fct_posting_weeks where measure = 'stock' and is_canonical and week_start = '{current}'
        ) as weeks using (posting_key)
        where open.posting_key is null or weeks.posting_key is null"""
    )
    assert differing == []
    assert n_stock == n_open > 500
