"""Profiles: how postings ask for each skill in a role, and what is said of a skill's pairs."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest
from click.testing import CliRunner

from jobmarket.cli import main
from jobmarket.profile.cell import Postings, ProfileCell, Share
from jobmarket.profile.role import _ATTRIBUTES, show_description
from jobmarket.profile.subjects import _significant, show_skill
from jobmarket.settings import Home


def shares(**values: float) -> list[Share]:
    return [Share(name, value, 0.0, 1.0, 1) for name, value in sorted(values.items(), key=lambda one: -one[1])]


def test_a_skill_is_called_required_only_where_postings_require_it(capsys: pytest.CaptureFixture[str]) -> None:
    show_description(
        ProfileCell("ml_engineer"),
        skills=shares(python=0.9, annotation=0.77, pytorch=0.65, docker=0.25, rust=0.2),
        required={one.name: one for one in shares(python=0.5, pytorch=0.4, docker=0.24, rust=0.05)},
        preferred={one.name: one for one in shares(python=0.2, pytorch=0.2, rust=0.15)},
        attributes={"Degree, at least": [], "Workplace": []},
        postings=SimpleNamespace(years=None),  # type: ignore[arg-type]
    )
    printed = dict(line.strip().split(":", 1) for line in capsys.readouterr().out.splitlines() if ":" in line)
    assert {label: names.strip() for label, names in printed.items() if label != "To fill in"} == {
        "Required by most": "python",
        "Required by many": "pytorch",
        "Asked for by many": "annotation, docker",
        "Nice to have": "rust",
        "Degree": "–",
        "Workplace": "–",
        "Years": "–",
    }


def test_a_description_gives_the_share_of_postings_that_state_a_degree_and_a_workplace(
    capsys: pytest.CaptureFixture[str],
) -> None:
    attributes = {
        "Degree, at least": shares(**{"not stated": 0.73, "bachelor": 0.16, "master": 0.05}),
        "Workplace": shares(**{"not stated": 1.0}),
    }
    show_description(
        ProfileCell(),
        [],
        {},
        {},
        attributes,
        postings=SimpleNamespace(years=None),  # type: ignore[arg-type]
    )
    lines = capsys.readouterr().out
    assert "Degree:             bachelor (16% of postings)\n" in lines
    assert "Workplace:          –\n" in lines


_WEEK_AND_FLOORS = """create table current_week as
select date '2026-08-17' as week_start, true as is_over, false as is_provisional;
create table about as select * from (values
    ('min_postings', '30'), ('min_companies', '5'), ('max_company_share', '0.5')) as rows (key, value);"""


@pytest.mark.parametrize(
    ("asking", "quartiles"),
    [
        ([10, 10, 10, 10, 10], (3, 3, 3)),
        ([10, 10, 10, 10, 0], None),  # of four employers
        ([10, 1, 1, 1, 1], None),  # 14 postings
        ([25, 5, 5, 5, 5], None),  # more than half from one
    ],
)
def test_years_are_given_if_the_postings_that_ask_for_any_are_above_every_floor(
    asking: list[int], quartiles: tuple[int, ...] | None
) -> None:
    with duckdb.connect() as published:
        published.execute(
            f"""{_WEEK_AND_FLOORS}
            create table fct_posting_weeks as
            select company || '-' || n as posting_key, 1 as version_no, date '2026-08-17' as week_start,
                'stock' as measure, true as is_canonical, 'c' || company as company_key
            from range(5) as companies (company), range(25) as postings (n);"""
        )
        published.execute(
            """create table posting_versions as
            select company || '-' || n as posting_key, 1 as version_no, true as has_description,
                'ml_engineer' as role_family,
                'senior' as seniority, ['FR'] as countries,
                case when n < $asking[company + 1] then 3 end as years_min
            from range(5) as companies (company), range(25) as postings (n)""",
            {"asking": asking},
        )
        assert Postings(published, ProfileCell()).years == quartiles


@pytest.mark.parametrize("attribute", ["Workplace", "Employment", "Degree, at least", "Sector"])
def test_postings_that_state_no_value_are_a_share_of_their_own(attribute: str) -> None:
    with duckdb.connect() as published:
        published.execute(
            f"""{_WEEK_AND_FLOORS}
            create table fct_posting_weeks as
            select n as posting_key, 1 as version_no, date '2026-08-17' as week_start, 'stock' as measure,
                true as is_canonical, n % 10 as company_key
            from range(40) as postings (n);
            create table posting_versions as
            select n as posting_key, 1 as version_no, true as has_description, 'ml_engineer' as role_family,
                'senior' as seniority, ['FR'] as countries, 3 as years_min, workplace, workplace as employment_type,
                workplace as degree_min, nullif(workplace, 'unspecified') as sector
            from range(40) as postings (n) cross join lateral (select if(n < 30, 'unspecified', 'some') as workplace)"""
        )
        found = Postings(published, ProfileCell()).shares(_ATTRIBUTES[attribute])
    assert [(share.name, share.value) for share in found] == [("not stated", 0.75), ("some", 0.25)]


def test_nothing_is_called_due_to_chance_where_there_are_no_pairs() -> None:
    with duckdb.connect() as published:
        published.execute(
            "create table rpt_skill_pairs (skill_id text, role_family text, status text, is_significant bool)"
        )
        of_all = {"skill": "rust", "role": "all"}
        assert _significant(published, of_all) == ""
        published.execute("insert into rpt_skill_pairs values ('rust', 'all', 'final', false)")
        assert _significant(published, of_all) == " (0 of 1 pair significant, so the order may be due to chance)"


def test_the_error_for_an_unknown_level_lists_the_available_ones(two_weeks_published: Home) -> None:
    arguments = ["profile", "--home", str(two_weeks_published.root), "--seniority"]
    done = CliRunner().invoke(main, [*arguments, "nonsense"])
    assert done.exit_code == 2
    assert "have no seniority 'nonsense'; there are all, junior, mid" in " ".join(done.output.split())
    known = CliRunner().invoke(main, [*arguments, "unspecified"])  # no figure of a skill has this level
    assert "have no seniority" not in known.output


def test_a_name_shared_by_a_skill_and_an_employer_is_reported_and_either_can_be_chosen(published_home: Home) -> None:
    with duckdb.connect(str(published_home.published / "jobmarket.duckdb")) as published:
        published.execute("update dim_companies set company_name = 'PyTorch' where company_key = 'company-1'")

    def profiled(*arguments: str) -> str:
        # These marts have no pairs of skills, so a skill's profile ends after its heading, which is enough here.
        return CliRunner().invoke(main, ["profile", "--home", str(published_home.root), *arguments]).output

    notice = "Shown as a skill. 'pytorch' is also an employer: --kind employer\n\n"
    as_a_skill, as_an_employer = profiled("pytorch", "--kind", "skill"), profiled("pytorch", "--kind", "employer")
    assert ("PyTorch, country all" in as_a_skill, "\nOpen postings" in as_a_skill) == (True, False)
    assert ("PyTorch, country all" in as_an_employer, "\nOpen postings" in as_an_employer) == (False, True)
    assert profiled("pytorch") == as_a_skill.replace("PyTorch, country", f"{notice}PyTorch, country", 1)
    assert "is also" not in as_a_skill + as_an_employer + profiled("company-2")
    assert "leave out --country" in profiled("pytorch", "--kind", "employer", "--country", "US")
    at_a_level = profiled("pytorch", "--kind", "skill", "--seniority", "senior")
    assert "For its share at a level: `jobmarket explain pytorch --seniority senior`." in at_a_level
    assert "a theme or pay: `jobmarket explain`." in profiled("mlops")
    assert "'pytorch' is a skill and an employer here, not a country." in profiled("pytorch", "--kind", "country")
    assert "--kind needs the name" in profiled("--kind", "skill")


def test_an_employer_is_found_by_the_slug_of_its_account(published_home: Home) -> None:
    with duckdb.connect(str(published_home.published / "jobmarket.duckdb")) as published:
        published.execute(
            "update dim_companies set company_key = 'stackai', company_name = 'Stack.AI'"
            " where company_key = 'company-1'"
        )
    done = CliRunner().invoke(main, ["profile", "--home", str(published_home.root), "stack-ai"])
    assert "\n\nStack.AI\n\n" in done.output


def test_a_country_is_profiled_by_any_name_and_found_by_a_misspelt_one(published_home: Home) -> None:
    with duckdb.connect(str(published_home.published / "jobmarket.duckdb")) as published:
        published.execute("update dim_locations set country_name = 'United Kingdom' where country = 'GB'")

    def profiled(country: str) -> str:
        return CliRunner().invoke(main, ["profile", country, "--home", str(published_home.root)]).output

    in_gb = profiled("gb")
    assert "(all roles, GB)" in in_gb
    assert [name for name in ("UK", "United Kingdom", "Royaume-Uni") if profiled(name) != in_gb] == []
    assert "Similar names: Germany, " in profiled("Germny")
    assert "have no country 'JP'; there are CA, DE" in profiled("Japan")


def add_tables_of_a_skill(published: duckdb.DuckDBPyConnection) -> None:
    """Add four pairs of PyTorch."""
    published.execute(
        """create or replace table rpt_skill_pairs as
        select 'pytorch' as skill_id, 'all' as role_family, 'final' as status, 1.0 as coverage_ratio,
            2.0 as lift_high, null as lift_selected_high, 40 as n_with_both, 0.5 as share_with_other,
            0.4 as share_with_other_low,
            0.6 as share_with_other_high, pairs.*
        from (values ('Wide', 2.9, 0.2, 0.61, false, null), ('Unsure', 1.9, 0.9, 0.57, false, null),
            ('Unjudged', 1.8, 0.3, null, null, null), ('Sure', 1.2, 1.1, 0.01, true, 1.05))
            as pairs (other_skill_name, lift, lift_low, q_value, is_significant, lift_selected_low)"""
    )


def test_pairs_of_a_profile_list_significant_pairs_first_and_mark_them(
    published_home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    with duckdb.connect(str(published_home.published / "jobmarket.duckdb")) as published:
        add_tables_of_a_skill(published)
        show_skill(published, "pytorch", "PyTorch", ProfileCell())
    output = capsys.readouterr().out
    printed = output.partition("Skills asked for together with it")[2].partition("\n\n")[0]
    assert "(1 of 3 pairs significant, listed first)" in printed
    names, *rows = (line.split() for line in printed.splitlines()[1:])
    flags = [(row[0], row[names.index("is_significant")], row[names.index("q_value")]) for row in rows]
    assert [flag[:2] for flag in flags] == [("Sure", "True"), ("Unsure", "False"), ("Wide", "False"), ("Unjudged", "–")]
    assert [flag[2] for flag in flags[:3]] == ["0.01", "0.57", "0.61"]
    assert [row[names.index("lift_selected_low")] for row in rows] == ["1.05", "–", "–", "–"]


def test_a_profile_of_a_skill_in_a_role_and_country_shows_no_other(
    published_home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    def profiled(role: str) -> list[str]:
        show_skill(published, "pytorch", "PyTorch", ProfileCell(role, country="DE"))
        return capsys.readouterr().out.split("\n\n")

    with duckdb.connect(str(published_home.published / "jobmarket.duckdb")) as published:
        add_tables_of_a_skill(published)
        published.execute("update rpt_skill_pairs set role_family = 'ml_engineer' where other_skill_name = 'Sure'")
        published.execute("update rpt_skill_demand_weekly set status = 'final'")
        published.execute(
            """insert into rpt_skill_salary_premium by name
            select 'pytorch' as skill_id, role_family, country, 0.1 as premium, 40 as n_with, 'final' as status
            from (values ('ml_engineer', 'DE'), ('ml_engineer', 'FR'), ('ai_engineer', 'DE'))
                as cells (role_family, country)"""
        )
        heading, demand, premiums, pairs, employers = profiled("ml_engineer")
        *_, other_employers = profiled("ai_engineer")
    assert heading == "PyTorch, country DE, role ml_engineer"
    assert [line.split()[1] for line in demand.splitlines()[2:]] == ["ml_engineer"]
    assert [line.split()[:2] for line in premiums.splitlines()[2:]] == [["ml_engineer", "DE"]]
    assert pairs.startswith("Skills asked for together with it, role ml_engineer, all countries (1 of 1 pair ")
    assert [line.split()[0] for line in pairs.splitlines()[2:]] == ["Sure"]
    assert "PyTorch" in employers
    assert "nothing, or too little to show" in other_employers  # all of these marts' postings are of ML engineers


_OPTIONS = {
    "--country": "US", "--role": "ml_engineer", "--seniority": "senior", "--week": "2026-08-17", "--measure": "flow",
}  # fmt: skip


def _documented() -> list[tuple[str, set[str]]]:
    """Return the commands in the table of docs/analysts.md, each with the options that it takes."""
    text = (Path(__file__).parents[2] / "docs" / "analysts.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`jobmarket (?:explain|profile).*) \| (.*) \|$", text, re.MULTILINE)
    return [
        (command, set(re.findall(r"--\w+", takes)))
        for commands, takes in rows
        for command in re.findall(r"`jobmarket (.*?)`", commands)
    ]


@pytest.mark.parametrize(("command", "takes"), _documented(), ids=[command for command, _ in _documented()])
def test_explain_and_profile_take_the_options_that_the_docs_name_and_refuse_the_others(
    published_home: Home, command: str, takes: set[str]
) -> None:
    with duckdb.connect(str(published_home.published / "jobmarket.duckdb")) as published:
        published.execute("update dim_locations set country_name = 'United States' where country = 'US'")
        ((posting,),) = published.execute("select posting_key::varchar from fct_postings limit 1").fetchall()
    words = command.replace("POSTING_KEY", posting).replace("EMPLOYER", "company-1").split()
    refused = set()
    for option, value in _OPTIONS.items():
        output = CliRunner().invoke(main, [*words, "--home", str(published_home.root), option, value]).output
        if f"leave out {option}" in output or f"No such option '{option}'" in output:
            refused.add(option)
    assert refused == _OPTIONS.keys() - takes


def test_a_profile_of_a_skill_counts_postings_of_the_markets_roles_alone(
    published_home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    def listed(published: duckdb.DuckDBPyConnection) -> str:
        show_skill(published, "pytorch", "PyTorch", ProfileCell())
        return capsys.readouterr().out.partition("Employers asking for it now")[2]

    with duckdb.connect(str(published_home.published / "jobmarket.duckdb")) as published:
        add_tables_of_a_skill(published)
        first = listed(published).splitlines()[2].split("  ")[0].strip()
        published.execute(
            "update fct_postings set role_family = 'recruiter' where company_key = "
            "(select any_value(company_key) from dim_companies where company_name = $1)",
            [first],
        )
        assert first not in listed(published)


@pytest.mark.parametrize("command", [["explain", "pytorch"], ["profile"]])
def test_a_country_may_be_typed_in_either_case(two_weeks_published: Home, command: list[str]) -> None:
    options = [*command, "--home", str(two_weeks_published.root)]
    results = [CliRunner().invoke(main, [*options, "--country", country]) for country in ("us", "US", "All", "all")]
    assert results[0].output == results[1].output
    assert results[2].output == results[3].output
    assert results[0].output != results[2].output
