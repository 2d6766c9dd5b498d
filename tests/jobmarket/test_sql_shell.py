"""`jobmarket sql`: every answer is printed, and nothing but the published file is within reach."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from jobmarket.cli import main
from jobmarket.publishing import publish
from jobmarket.settings import Home, Settings
from tests.jobmarket.publishing.synthetic_marts import AS_OF, build_marts


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    made = Home(tmp_path_factory.mktemp("sql"))
    build_marts(made, weeks=1, postings=60)
    publish(made, Settings(_env_file=None), AS_OF)
    return made


def ask(home: Home, query: str, *options: str, piped: str | None = None) -> Result:
    arguments = ["sql", "--home", str(home.root), *options, *([] if piped else [query])]
    return CliRunner().invoke(main, arguments, input=piped)


@pytest.mark.parametrize("style", ["csv", "json", "table"])
@pytest.mark.parametrize("is_piped", [False, True])
def test_the_answer_of_each_query_is_printed(home: Home, style: str, is_piped: bool) -> None:
    query = "create temp table chosen as select 41 as it; select it from chosen; select it + 1 as next from chosen;"
    done = ask(home, query, "--format", style, piped=query if is_piped else None)
    assert done.exit_code == 0, done.output
    first, second = done.output.split("\n\n")
    assert "41" in first
    assert "42" in second


def test_what_was_answered_before_a_wrong_query_is_printed(home: Home) -> None:
    done = ask(home, "select 41 as it; select nonsense from nowhere")
    assert done.exit_code == 1
    assert "41" in done.output
    assert "nowhere" in done.output


@pytest.mark.parametrize(
    "query",
    [
        "select * from read_csv('/etc/passwd')",
        "from '/etc/passwd'",
        "copy (select 1) to '{folder}/written.csv'",
        "attach '{folder}/other.duckdb' as other",
        "install httpfs",
        "set enable_external_access = true",
    ],
)
def test_a_query_reaches_nothing_but_the_published_file(home: Home, query: str, tmp_path: Path) -> None:
    done = ask(home, query.replace("{folder}", str(tmp_path)))
    assert done.exit_code == 1
    assert "root:" not in done.output
    assert list(tmp_path.iterdir()) == []


def test_a_refused_copy_says_how_rows_get_into_a_file(home: Home, tmp_path: Path) -> None:
    done = ask(home, f"copy about to '{tmp_path}/about.csv'")
    assert "--format csv" in done.output
    rows = ask(home, "from about", "--format", "csv").output.splitlines()
    assert rows[0] == "key,value"
    assert len(rows) > 5
