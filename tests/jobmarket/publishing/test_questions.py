from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from jobmarket.cli import main
from jobmarket.cli.stages import FIRST_QUERIES
from jobmarket.explore import queries
from jobmarket.explore.queries import Choice
from jobmarket.profile.subjects import show_company
from jobmarket.publishing import open_published, publish
from jobmarket.publishing.questions import Question, questions
from jobmarket.report import ReportSpec, is_published
from jobmarket.report.queries import ReportSource, Scope, read, read_about, weeks
from jobmarket.report.sections.employers import employers_section
from jobmarket.report.stage import week_of
from jobmarket.settings import Home, Settings
from tests.jobmarket.conftest import copy_of
from tests.jobmarket.publishing.synthetic_marts import AS_OF, LAST_WEEK, build_marts, change_marts
from tests.jobmarket.publishing.test_recipes import recipe

CALLS = {
    "country_named": "country_named('us')",
    "skill_named": "skill_named('PyTorch')",
    "value_named": "value_named('measure', 'flow', ['stock', 'flow'])",
    "week_named": "week_named('2026-08-19')",
    "role_named": "role_named('ml_engineer')",
    "theme_named": "theme_named('MLOps')",
    "cell_named": "cell_named('2026-W34', 'US', 'ml_engineer', 'flow', 'senior', 'all')",
    "theme_trend": "theme_trend('mlops', 'US', measure := 'flow')",
    "postings_counted": "postings_counted('2026-W34')",
    "postings_behind_pay": "postings_behind_pay('2026-W34', 'DE', seniority := 'senior')",
    "postings_behind_theme": "postings_behind_theme('mlops', '2026-W34')",
    "skill_trend": "skill_trend('PyTorch', 'US', measure := 'flow')",
    "salary_trend": "salary_trend('US', seniority := 'senior')",
    "salary_grid": "salary_grid('US')",
    "salary_levels": "salary_levels('US')",
    "closing_trend": "closing_trend('US')",
    "attribute_premium": "attribute_premium('degree', 'US')",
    "postings_behind": "postings_behind('pytorch', '2026-08-17', measure := 'flow')",
    "employers_behind_change": "employers_behind_change('pytorch', weeks := 4)",
}


def test_every_question_has_an_answer_and_a_description(two_weeks_published: Home) -> None:
    with open_published(two_weeks_published) as published:
        for question in questions():
            call = question.name if question.kind != "macro" else CALLS[question.name]
            # two weeks are too few for changes; test_employers_behind_change and the cookbook cover them
            is_empty = question.name in ("what_is_changing_now", "employers_behind_change")
            assert published.sql(f"from {call} limit 1").fetchall() != [] or is_empty
            assert "One row per" in question.comment
        comments = published.execute(
            "select view_name, comment from duckdb_views() where not internal union all "
            "select table_name, comment from duckdb_tables() "
            "where table_name in ('open_ml_postings', 'employer_skill_counts', 'version_pay') union all "
            "select function_name, comment from duckdb_functions() where database_name = current_database()"
        ).fetchall()
        assert {name: comment for name, comment in comments if comment} == {q.name: q.comment for q in questions()}
        silent = published.execute(
            "select table_name, column_name from duckdb_columns() where not internal and coalesce(comment, '') = ''"
        ).fetchall()
    assert silent == []


def test_a_column_of_a_view_has_the_comment_of_its_table(two_weeks_published: Home) -> None:
    with open_published(two_weeks_published) as published:
        comments = {
            (table, column): comment
            for table, column, comment in published.execute(
                "select table_name, column_name, comment from duckdb_columns() where not internal"
            ).fetchall()
        }
    for view, column, table in (
        ("current_week", "week_start", "dim_weeks"),
        ("what_is_asked_for_now", "n_companies", "rpt_skill_demand_weekly"),
        ("what_is_paid_now", "n_postings", "rpt_salary_trend_weekly"),
        ("how_complete_is_it", "status", "rpt_board_coverage_weekly"),
        ("open_postings", "sector", "fct_postings"),
        ("version_salaries", "kind", "fct_posting_salaries"),
        ("posting_versions", "version_no", "fct_earlier_versions"),
    ):
        assert comments[view, column] == comments[table, column], (view, column)
    assert "open postings" in comments["who_is_hiring_now", "n_postings"]


def test_pay_now_lists_each_cell_of_the_week_with_its_status_suppressed_ones_too(published_home: Home) -> None:
    columns = "role_family, country, seniority, status, disclosure_status"
    with open_published(published_home) as published:
        listed = published.execute(f"select {columns} from what_is_paid_now").fetchall()
        of_the_week = published.execute(
            f"select {columns} from rpt_salary_trend_weekly where measure = 'stock' and week_start = "
            "(select week_start from current_week)"
        ).fetchall()
    assert {row[3:] for row in listed} >= {("suppressed", "suppressed")}
    assert sorted(listed) == sorted(of_the_week)


@pytest.mark.parametrize("answer", ["what_is_paid_now", "salary_trend('US')"])
def test_pay_and_the_share_that_states_it_stand_beside_their_own_samples(published_home: Home, answer: str) -> None:
    with open_published(published_home) as published:
        found = {name for name, *_ in published.execute(f"describe from {answer}").fetchall()}
    assert {"salary_median_usd_annual", "n_with_pay", "n_companies", "status"} <= found
    assert {"disclosure_share", "n_postings", "n_companies_asked", "disclosure_status"} <= found


@pytest.mark.parametrize("made", ["update about set value = '0.f00' where key", "delete from about where key"])
def test_a_vintage_of_another_version_is_only_read_with_sql(published_home: Home, made: str) -> None:
    with duckdb.connect(str(published_home.published / "jobmarket.duckdb")) as published:
        published.execute(f"{made} = 'schema_version'")
    for command in (["explain", "pytorch"], ["profile"], ["report"], ["explore"], ["sql", "select 1"]):
        done = CliRunner().invoke(main, [*command, "--home", str(published_home.root)])
        refused = (
            "made by another version of jobmarket. Run `jobmarket build`, `gate marts` and `publish`" in done.output
        )
        assert (done.exit_code, refused) == ((0, False) if command[0] == "sql" else (1, True)), done.output
    assert not is_published(published_home)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("skill_trend('nosuchskill')", "no skill 'nosuchskill' in these figures: dim_skills"),
        ("skill_trend('pytorch', 'ZZ')", "no country 'ZZ' in these figures: dim_locations"),
        ("salary_trend('ZZ')", "no country 'ZZ'"),
        ("salary_grid('ZZ')", "no country 'ZZ'"),
        ("salary_levels('ZZ')", "no country 'ZZ'"),
        ("salary_levels(role_family := 'ml')", "no role_family 'ml' in these figures; there are ai_engineer, all, "),
        ("closing_trend('ZZ')", "no country 'ZZ'"),
        ("closing_trend(role_family := 'ml')", "no role_family 'ml' in these figures; there are ai_engineer, all, "),
        (
            "attribute_premium('age')",
            "no attribute 'age' in these figures; there are degree, visa_sponsorship, workplace.",
        ),
        ("attribute_premium('degree', 'ZZ')", "no country 'ZZ'"),
        ("postings_behind('nosuchskill', '2026-08-17')", "no skill 'nosuchskill'"),
        ("postings_behind('pytorch', '2026-08-17', 'ZZ')", "no country 'ZZ'"),
        ("theme_trend('cobol')", "no theme 'cobol' in these figures; there are deep_learning_frameworks, .*mlops"),
        ("theme_trend('mlops', 'ZZ')", "no country 'ZZ'"),
        ("theme_trend('mlops', measure := 'stok')", "no measure 'stok'"),
        ("postings_behind_theme('cobol', '2026-W34')", "no theme 'cobol'"),
        ("postings_behind('pytorch', '2026-W51')", "no week of 2026-W51 in these figures"),
        ("postings_behind('pytorch', 'now')", "no week of now in these figures"),
        ("postings_behind('pytorch', null)", "no week of null in these figures"),
        ("postings_behind_pay('2026-W34', seniority := 'boss')", "no seniority 'boss'"),
        ("employers_behind_change('nosuchskill')", "no skill 'nosuchskill'"),
        ("employers_behind_change('pytorch', weeks := 5)", "published over 4 or 13 weeks, not over 5"),
        (
            "employers_behind_change('pytorch', country := 'US', role_family := 'ml_engineer')",
            "by role_family or by country, not by both together",
        ),
        ("country_named(null)", "no country ''"),
        ("skill_named(null)", "no skill ''"),
        (
            "skill_trend('pytorch', role_family := 'ml')",
            "no role_family 'ml' in these figures; there are ai_engineer, all, ",
        ),
        ("skill_trend('pytorch', measure := 'stok')", "no measure 'stok' in these figures; there are flow, stock."),
        ("skill_trend('pytorch', seniority := 'Boss')", "no seniority 'Boss' in these figures; there are all"),
        ("skill_trend('pytorch', workplace := 'home')", "no workplace 'home' in these figures; there are all"),
        ("salary_trend(role_family := 'ml')", "no role_family 'ml' in these figures; there are ai_engineer, all, "),
        ("salary_trend(seniority := null)", "no seniority '' in these figures; there are all, junior, "),
        ("salary_trend(measure := 'stok')", "no measure 'stok'"),
        ("salary_grid(role_family := 'ml')", "no role_family 'ml' in these figures; there are ai_engineer, all, "),
        ("postings_behind('pytorch', '2026-08-17', role_family := 'ml')", "no role_family 'ml'"),
        ("postings_behind('pytorch', '2026-08-17', measure := 'stok')", "no measure 'stok'"),
        ("postings_behind('pytorch', '2026-08-17', seniority := 'boss')", "no seniority 'boss'"),
        ("postings_behind('pytorch', '2026-08-17', workplace := 'home')", "no workplace 'home'"),
        (
            "postings_behind('pytorch', '2030-01-01')",
            "no week of 2030-01-01 in these figures: they reach from that of 2026-08-10 .2026-W33. "
            "to that of 2026-08-17",
        ),
    ],
)
def test_a_macro_refuses_values_that_do_not_exist(two_weeks_published: Home, call: str, message: str) -> None:
    with open_published(two_weeks_published) as published, pytest.raises(duckdb.InvalidInputException, match=message):
        published.sql(f"from {call}").fetchall()


def test_trends_exist_by_level_or_workplace_and_untabulated_combinations_are_refused(published_home: Home) -> None:
    with duckdb.connect(str(published_home.published / "jobmarket.duckdb")) as published:
        for cut in ("'senior' as seniority", "'remote' as workplace"):
            published.execute(
                f"insert into rpt_skill_demand_weekly select * replace ({cut}) from rpt_skill_demand_weekly "
                "where seniority = 'all' and workplace = 'all'"
            )
        trend = "from skill_trend('pytorch', seniority := $level, workplace := $workplace)"
        for level, workplace in (("Senior", "All"), ("all", "Remote"), ("all", "all")):
            assert published.execute(trend, {"level": level, "workplace": workplace}).fetchall() != []
        for level, workplace in (("Senior", "Remote"), ("senior", "remote")):
            with pytest.raises(duckdb.InvalidInputException, match="not by both together: leave one of them out"):
                published.execute(trend, {"level": level, "workplace": workplace}).fetchall()
        of_cell = "from skill_trend('pytorch', seniority := 'senior', role_family := $role, country := $place)"
        for role, place in (("ml_engineer", "all"), ("all", "US")):
            assert published.execute(of_cell, {"role": role, "place": place}).fetchall() != []
        with pytest.raises(duckdb.InvalidInputException, match="by role_family or by country, not by both together"):
            published.execute(of_cell, {"role": "ml_engineer", "place": "US"}).fetchall()


def test_a_suppressed_week_has_a_row_with_its_reason_and_a_week_without_demand_has_none(
    published_home: Home,
) -> None:
    first, last = date(2026, 8, 10), LAST_WEEK
    columns = "week_start, status, floor_reason, n_postings"
    trends = {
        "skill": f"select {columns} from skill_trend('pytorch', seniority := $level)",
        "theme": f"select {columns} from theme_trend('mlops')",
        "pay": f"select {columns} from salary_trend('DE', seniority := 'staff')",
    }
    with duckdb.connect(str(published_home.published / "jobmarket.duckdb")) as published:

        def rows(trend: str, **named: object) -> list[tuple[object, ...]]:
            return published.execute(trends[trend], named).fetchall()

        shown = rows("skill", level="all")
        assert [(row[0], row[2]) for row in shown] == [(first, None), (last, None)]
        published.execute(
            "insert into rpt_skill_demand_weekly select * replace ('senior' as seniority) "
            "from rpt_skill_demand_weekly where week_start = $last",
            {"last": last},
        )
        # a level has no rows where it is suppressed
        assert rows("skill", level="senior") == [
            (first, "suppressed", "too few postings or companies of the kind", None),
            shown[1],
        ]
        for table, what in (("skill", "skill_id = 'pytorch'"), ("theme", "theme = 'mlops'")):
            published.execute(f"delete from rpt_{table}_demand_weekly where week_start = $1 and {what}", [first])
            assert [row[0] for row in rows(table, **({"level": "all"} if table == "skill" else {}))] == [last]
            published.execute(
                f"update rpt_{table}_demand_weekly set status = 'suppressed', floor_reason = 'fewer than 30 postings' "
                "where week_start = $1",
                [first],
            )
            found = rows(table, **({"level": "all"} if table == "skill" else {}))
            assert [row[:3] for row in found] == [
                (first, "suppressed", "fewer than 30 postings"),
                (last, shown[1][1], None),
            ]
            assert found[0][3] == shown[0][3], "the cell's postings are given, as in its other rows"
        published.execute("delete from rpt_salary_trend_weekly where week_start = $1", [first])
        assert [row[:3] for row in rows("pay")] == [
            (first, "suppressed", "no posting of the kind"),
            (last, "suppressed", "fewer than 30 postings"),
        ]
        for table in ("skill_demand", "theme_demand", "salary_trend"):
            published.execute(f"delete from rpt_{table}_weekly where measure = 'flow' and week_start < $1", [last])
        published.execute("update dim_weeks set is_over = false where week_start = $1", [last])
        published.execute("delete from rpt_salary_trend_weekly where country = 'DE' and week_start = $1", [last])
        for trend in ("skill_trend('pytorch', 'DE'", "theme_trend('mlops', 'DE'", "salary_trend('DE'"):
            of_first = f"select floor_reason from {trend}, measure := 'flow') where week_start = $1"
            assert published.execute(of_first, [first]).fetchall() == [
                ("the flow is not known: no employer was crawled before the week",)
            ]
        of_last = "select floor_reason from salary_trend('DE', measure := 'flow') where week_start = $1"
        assert published.execute(of_last, [last]).fetchall() == [
            ("the week is not over: no posting counts as new yet",)
        ]
        of_stock = "select floor_reason from salary_trend('DE') where week_start = $1"
        assert published.execute(of_stock, [last]).fetchall() == [("no posting of the kind",)]


@pytest.mark.parametrize(
    ("macro", "table", "of_all", "reason"),
    [
        ("salary_grid", "rpt_salary_grid", ["experience_band", "company_size_band", "pay_region_name"],
         "no posting of the kind"),
        ("salary_levels", "rpt_seniority_salary", ["seniority"], "no posting of the kind"),
        ("closing_trend", "rpt_time_to_close_quarterly", [], "no posting of the kind was followed"),
    ],
)  # fmt: skip
def test_a_cell_without_a_figure_has_a_row_with_its_reason(
    published_home: Home, macro: str, table: str, of_all: list[str], reason: str
) -> None:
    with duckdb.connect(str(published_home.published / "jobmarket.duckdb")) as published:
        published.execute(f"delete from {table} where country = 'US'")
        columns = ", ".join(["status", "floor_reason", "n_postings", *of_all])
        answer = published.execute(f"select {columns} from {macro}('US')").fetchall()
        assert answer == [("suppressed", reason, None, *("all" for _ in of_all))]


def test_a_theme_is_found_by_the_spellings_of_the_skill_of_the_same_name(published_home: Home) -> None:
    with duckdb.connect(str(published_home.published / "jobmarket.duckdb")) as published:
        published.execute("update dim_skills set themes = ['pytorch'] where skill_id = 'jax'")
        named = [published.execute("from theme_named($1)", [typed]).fetchall() for typed in ("PyTorchs", "pytorch")]
        assert named == [[("pytorch",)]] * 2
        # a skill without a theme of the same name names none
        with pytest.raises(duckdb.InvalidInputException, match="no theme 'RAG' in these figures; there are"):
            published.execute("from theme_named('RAG')").fetchall()
        # a spelling of several themes names none of them; the name of one does
        published.execute(
            "update dim_skills set themes = [skill_id], aliases = ['frameworks'] where skill_id in ('jax', 'pytorch')"
        )
        with pytest.raises(duckdb.InvalidInputException, match="is a spelling of several themes: jax, pytorch. Use"):
            published.execute("from theme_named('Frameworks')").fetchall()
        assert published.execute("from theme_named('JAX')").fetchall() == [("jax",)]


def test_an_open_posting_joins_to_its_counted_pay(two_weeks_published: Home) -> None:
    with open_published(two_weeks_published) as published:
        ((n_open, n_paid, n_stated),) = published.execute(
            """select count(*), count(paid.salary_usd_annual), count_if(open.has_pay)
            from open_ml_postings as open left join fct_counted_pay as paid
                on paid.posting_key = open.posting_key and paid.version_no = open.version_no and paid.country = 'all'"""
        ).fetchall()
    assert n_open > n_paid == n_stated > 0


def test_an_open_posting_says_whether_it_was_read(home: Home) -> None:
    change_marts(home, "update marts.fct_postings set has_description = false where native_id = '11'")
    publish(home, Settings(_env_file=None), AS_OF)
    query = "select posting_key from {} where not has_description order by all"
    with open_published(home) as published:
        unread, listed = (
            published.execute(query.format(table)).fetchall() for table in ("open_postings", "open_ml_postings")
        )
    assert listed == unread != []


def test_the_error_for_a_misspelt_skill_suggests_similar_names(two_weeks_published: Home) -> None:
    message = r"no skill 'pytroch'.*Similar names: PyTorch, \w+.*, \w+.*\."
    with (
        open_published(two_weeks_published) as published,
        pytest.raises(duckdb.InvalidInputException, match=message),
    ):
        published.execute("from skill_trend('pytroch')").fetchall()


@pytest.mark.parametrize("command", [["explain", "o1"], ["profile", "O1"], ["explain", "o1", "--kind", "skill"]])
def test_a_spelling_of_several_skills_is_refused_with_their_ids(published_home: Home, command: list[str]) -> None:
    message = "is a spelling of several skills: jax (JAX), pytorch (PyTorch). Use the id of one of them."
    with duckdb.connect(str(published_home.published / "jobmarket.duckdb")) as published:
        published.execute("update dim_skills set aliases = ['o1'] where skill_id in ('jax', 'pytorch')")
        published.execute("update dim_companies set company_name = 'O1' where company_key = 'company-1'")
        for macro in ("skill_trend('O1')", "postings_behind('o1', '2026-08-17')"):
            with pytest.raises(duckdb.InvalidInputException, match=re.escape(message)):
                published.sql(f"from {macro}").fetchall()
        assert published.sql("from skill_named('jax')").fetchall() == [("jax",)]
    result = CliRunner().invoke(main, [*command, "--home", str(published_home.root)])
    assert result.exit_code == 2
    assert message in result.output
    as_an_employer = ["profile", "o1", "--kind", "employer", "--home", str(published_home.root)]
    assert "Open postings" in CliRunner().invoke(main, as_an_employer).output


def test_a_macro_accepts_prepared_parameters(two_weeks_published: Home) -> None:
    with open_published(two_weeks_published) as published:
        query = "from skill_trend($skill, role_family := $role)"
        published.execute(f"prepare trend as {query}")
        published.execute("explain from skill_trend('pytorch', role_family := 'ml')")
        right, wrong = ({"skill": "pytorch", "role": role} for role in ("all", "ml"))
        assert published.execute(query, right).fetchall() == published.sql("from skill_trend('pytorch')").fetchall()
        with pytest.raises(duckdb.InvalidInputException, match="no role_family 'ml'"):
            published.execute(query, wrong).fetchall()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("skill_trend('PYTORCH', 'us')", "skill_trend('pytorch', 'US')"),
        ("skill_trend('PyTorchs', 'Germany')", "skill_trend('pytorch', 'DE')"),
        ("salary_trend('UK')", "salary_trend('GB')"),
        ("salary_trend('usa')", "salary_trend('US')"),
        (
            "skill_trend('pytorch', measure := 'Flow', role_family := 'ALL')",
            "skill_trend('pytorch', measure := 'flow')",
        ),
        ("salary_trend('us')", "salary_trend('US')"),
        ("salary_grid('us')", "salary_grid('US')"),
        ("salary_levels('us')", "salary_levels('US')"),
        ("closing_trend('us')", "closing_trend('US')"),
        ("attribute_premium('Degree', 'us')", "attribute_premium('degree', 'US')"),
        ("salary_grid('ALL')", "salary_grid()"),
        ("theme_trend('MLOps', 'us')", "theme_trend('mlops', 'US')"),
        ("theme_trend('Deep learning frameworks')", "theme_trend('deep_learning_frameworks')"),
        ("postings_behind('pytorch', '2026-w34')", "postings_behind('pytorch', '2026-08-17')"),
        (
            "postings_behind('PyTorch', '2026-08-19', 'All', measure := 'flow')",
            "postings_behind('pytorch', '2026-08-17', measure := 'flow')",
        ),
    ],
)
def test_a_macro_accepts_any_case_and_any_day_of_a_week(two_weeks_published: Home, typed: str, meant: str) -> None:
    with open_published(two_weeks_published) as published:
        found = published.sql(f"from {typed}").fetchall()
        assert found == published.sql(f"from {meant}").fetchall()
        assert found or "grid" in typed, "something is compared"


@pytest.fixture(scope="module")
def two_zones(two_weeks: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a published home with pay stated for two zones: one below the other, one of them in another currency."""
    home = copy_of(two_weeks, tmp_path_factory.mktemp("two-zones") / "home")
    change_marts(
        home,
        """insert into marts.fct_posting_salaries
        select * replace (2 as salary_no, 100000 as salary_min, 120000 as salary_max,
            if(hash(posting_key) % 4 = 0, 'USD', 'EUR') as currency, 110000 as salary_min_usd_annual,
            132000 as salary_max_usd_annual)
        from marts.fct_posting_salaries""",
        """insert into marts.fct_posting_salaries
        select * replace (3 as salary_no, 250000 as salary_min, 300000 as salary_max, 'total' as kind,
            250000 as salary_min_usd_annual, 300000 as salary_max_usd_annual)
        from marts.fct_posting_salaries where salary_no = 1""",
    )
    publish(home, Settings(_env_file=None), AS_OF)
    return home


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)
def test_a_question_has_the_grain_that_it_states(two_zones: Home, question: Question) -> None:
    grain = re.search(r"One row per \(?([\w, ]+)\)?\.$", question.comment)
    assert grain is not None
    call = question.name if question.kind != "macro" else CALLS[question.name]
    with open_published(two_zones) as published:
        twice = published.sql(f"select {grain[1]}, count(*) from {call} group by {grain[1]} having count(*) > 1")
        assert twice.fetchall() == []


def test_pay_of_several_zones_becomes_one_range_and_the_posting_counts_once(
    two_zones: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_published(two_zones) as published:
        pay = published.execute("select distinct * exclude (posting_key) from posting_pay order by all").fetchall()
        assert pay == [
            (100000.0, 190000.1, "USD", "year", 110000.0, 190000.1, "board_field"),
            (None, None, None, None, 110000.0, 190000.1, "board_field"),
        ]
        hiring = published.execute("select company_key, n_postings from who_is_hiring_now order by all").fetchall()
        counted = published.execute(
            "select company_key, count(*) from open_postings group by all order by all"
        ).fetchall()
        company, n_paid = published.execute(
            "select company_key, count(*) from open_ml_postings where salary_min_usd_annual > 0 group by all limit 1"
        ).fetchall()[0]
        show_company(published, company, company)
        behind = queries.postings(Choice("all", "all", "all", "pytorch", "flow"), LAST_WEEK)
        assert published.sql(f"from ({behind}) where salary_min_usd_annual > 0").fetchall() != []
        assert published.sql(f"select posting_key from ({behind}) group by all having count(*) > 1").fetchall() == []
    assert hiring == counted
    assert capsys.readouterr().out.partition("Stated pay")[2].count("https://jobs") == min(n_paid, 10)


def newest(source: ReportSource) -> dict[object, object]:
    """Return the newest open posting of each employer, as the report shows it."""
    found = {figure.key: figure for figure in employers_section(read(source)).figures}["employers-most"].table
    assert found is not None
    return {row[0].value: row[1].value for row in found.rows}


def newest_of(published: duckdb.DuckDBPyConnection, postings: str) -> dict[object, object]:
    """Return the same from a table of postings, in SQL."""
    query = f"select company_name, first(title order by posted_at desc, posting_key) from {postings} group by all"
    return dict(published.execute(query).fetchall())


def test_an_unnamed_employer_is_not_listed_but_its_postings_are(home: Home) -> None:
    change_marts(home, "update marts.dim_companies set company_name = null where company_key = 'company-1'")
    publish(home, Settings(_env_file=None), AS_OF)
    with open_published(home) as published:
        of_nobody = "select count(*) from open_ml_postings where company_name is null and company_key = 'company-1'"
        assert published.execute(of_nobody).fetchall() > [(0,)]
        assert published.execute("from who_is_hiring_now where company_name is null").fetchall() == []
        about = read_about(published)
        assert about["n_companies"] == "179"
        newest_postings = newest(ReportSource(published, about, LAST_WEEK, is_complete=True, scope=Scope()))
        assert len(newest_postings) > 1
        assert None not in newest_postings


def test_agencies_follow_the_employers_and_a_share_can_be_read_without_them(home: Home, root: Path) -> None:
    change_marts(
        home, "update marts.dim_companies set is_agency = true where company_key in ('company-1', 'company-4')"
    )
    publish(home, Settings(_env_file=None), AS_OF)
    with open_published(home) as published:
        hiring = published.execute("select company_key, is_agency, n_postings from who_is_hiring_now").fetchall()
        ranked = [n_postings for _, is_agency, n_postings in hiring if not is_agency]
        assert {company for company, is_agency, _ in hiring[-2:] if is_agency} == {"company-1", "company-4"}
        assert ranked == sorted(ranked, reverse=True)
        ((n_postings, n_by_agencies, share, without),) = published.execute(
            recipe(root, "How much of a skill's share rests on agencies").replace(
                "(select week_start from current_week)", f"'{LAST_WEEK}'"
            )
        ).fetchall()
        own = published.execute(
            f"""select round(avg(asks_for_it::int), 3) from postings_behind('pytorch', '{LAST_WEEK}')
            join fct_postings using (posting_key) where not fct_postings.is_by_agency"""
        ).fetchall()
    assert 0 < n_by_agencies < n_postings
    assert 0 < share < 1
    assert own == [(without,)]


@pytest.mark.parametrize(
    "behind", [f"postings_behind_theme('mlops', '{LAST_WEEK}')", f"postings_behind_pay('{LAST_WEEK}')"]
)
def test_postings_behind_a_theme_and_behind_pay_can_be_read_without_agencies(home: Home, behind: str) -> None:
    change_marts(home, "update marts.fct_postings set is_by_agency = company_key in ('company-1', 'company-4')")
    publish(home, Settings(_env_file=None), AS_OF)
    with open_published(home) as published:
        marked = published.execute(
            f"""select behind.is_by_agency, count(*), count_if(versions.is_by_agency = behind.is_by_agency)
            from {behind} as behind join posting_versions as versions using (posting_key, version_no)
            group by all order by all"""
        ).fetchall()
    assert [is_by_agency for is_by_agency, *_ in marked] == [False, True]
    assert all(n == n_same for _, n, n_same in marked)


def test_an_opening_is_open_while_any_of_its_copies_is(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    # one opening has two open copies, and the canonical one is classified outside the market
    change_marts(
        home,
        "update marts.fct_postings set role_family = 'other' where native_id = '11'",
        "update marts.fct_postings set company_key = 'company-' || native_id::int % 2",
        # the copies are the newest postings
        "update marts.fct_postings set posted_at = posted_at + interval 90 day where not is_canonical",
        """update marts.fct_posting_salaries as pay set salary_max_usd_annual = 900000
        from marts.fct_postings as postings
        where pay.posting_key = postings.posting_key and not postings.is_canonical""",
    )
    publish(home, Settings(_env_file=None), AS_OF)
    with open_published(home) as published:
        of_the_market = "from fct_postings where is_open and role_family = 'ml_engineer'"
        expected = published.execute(f"select distinct canonical_posting_key {of_the_market} order by all").fetchall()
        (lost,) = published.execute(
            f"""select count(distinct canonical_posting_key) {of_the_market} and canonical_posting_key not in (
                select posting_key {of_the_market} and is_canonical)"""
        ).fetchall()[0]
        assert lost > 1
        chosen = "canonical_posting_key from open_ml_postings join fct_postings using (posting_key) order by all"
        assert published.execute(f"select {chosen}").fetchall() == expected
        about = read_about(published)
        (n_open,) = published.execute("select count(*) from open_postings").fetchall()[0]
        assert (about["n_postings_open"], about["n_postings_open_ml"]) == (str(n_open), str(len(expected)))
        hiring = dict(published.execute("select company_key, n_postings from who_is_hiring_now").fetchall())
        assert sum(hiring.values()) == len(expected)
        source = ReportSource(published, about, LAST_WEEK, is_complete=True, scope=Scope())
        assert newest(source) == newest_of(published, "open_ml_postings")
        # its canonical posting is closed: the copy is shown
        company, title = published.execute(
            """select open.company_key, open.title from open_ml_postings as open
            join fct_postings as postings using (posting_key)
            join fct_postings as canonical on canonical.posting_key = postings.canonical_posting_key
            where not canonical.is_open and open.salary_min_usd_annual > 0 order by all limit 1"""
        ).fetchall()[0]
        show_company(published, company, company)
    assert title in capsys.readouterr().out.partition("Stated pay")[2]


@pytest.fixture(scope="module")
def midweek(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a home published on a Thursday: the newest of its three weeks is not over."""
    home, thursday = Home(tmp_path_factory.mktemp("midweek")), datetime(2026, 8, 20, tzinfo=UTC)
    build_marts(home, as_of=thursday, weeks=3, postings=400)
    publish(home, Settings(_env_file=None), thursday)
    return home


FINISHED = date(2026, 8, 10)


def test_every_question_about_now_answers_for_the_last_finished_week(midweek: Home) -> None:
    assert LAST_WEEK > FINISHED
    with open_published(midweek) as published:
        about = dict(published.execute("select key, value from about").fetchall())
        assert (LAST_WEEK, False) in weeks(published, datetime.fromisoformat(about["as_of"]))
        assert about["coverage_week"] == FINISHED.isoformat()
        assert published.execute("select week_start, is_over from current_week").fetchall() == [(FINISHED, True)]
        for view in ("what_is_asked_for_now", "what_is_paid_now", "how_complete_is_it"):
            assert published.execute(f"select distinct week_start from {view}").fetchall() == [(FINISHED,)], view
        for query in FIRST_QUERIES:
            answer = published.execute(query)
            names = [column[0] for column in answer.description or ()]
            assert dict(zip(names, answer.fetchone() or (), strict=True))["week_start"] == FINISHED, query
    assert week_of(midweek, None, ReportSpec()) == FINISHED


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("status",), "Coverage of the week of 2026-08-10"),
        (("explain", "pytorch"), "behind the share in the week of 2026-08-10"),
    ],
)
def test_every_command_answers_for_the_last_finished_week(
    midweek: Home, arguments: tuple[str, ...], words: str
) -> None:
    done = CliRunner().invoke(main, [arguments[0], "--home", str(midweek.root), *arguments[1:]])
    assert done.exit_code == 0, done.output
    assert words in done.output
    assert "week of 2026-08-17" not in done.output


def test_status_counts_coverage_as_the_view_does(midweek: Home) -> None:
    with open_published(midweek) as published:
        rows = published.execute("select board, n_companies_qualified, n_companies_expected from how_complete_is_it")
        expected = [tuple(str(value) for value in row) for row in rows.fetchall()]
    output = CliRunner().invoke(main, ["status", "--home", str(midweek.root)]).output
    table = output.partition("Coverage of the week of")[2].partition("\n\n")[0]
    assert re.findall(r"^ (\S+) +(\d+) of (\d+)", table, re.MULTILINE) == expected
    assert "coverage" not in output.partition("Coverage of")[0].lower()
