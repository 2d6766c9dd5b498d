"""`jobmarket sql`: every answer is printed, and only the published file can be read."""

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest
from click.testing import CliRunner, Result

from jobmarket.checksum import sha256
from jobmarket.cli import main
from jobmarket.publishing import publish, sample_world
from jobmarket.publishing.vintages import kept_vintages, make_current
from jobmarket.settings import Home, Settings
from jobmarket.sql_shell import _fitting, prompt
from tests.jobmarket.publishing.synthetic_marts import AS_OF, build_marts, change_marts

# Control sequences that set the terminal's title and write to its clipboard.
ESCAPES = "chr(27) || ']0;pwn' || chr(7) || chr(27) || ']52;c;cHdu' || chr(7) || 'Engineer'"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    made = Home(tmp_path_factory.mktemp("sql"))
    build_marts(made, weeks=1, postings=60)
    change_marts(
        made,
        f"update marts.fct_postings set title = {ESCAPES}",
        "update marts.fct_postings set content_hash = uuid()",
    )
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
    first, second = done.stdout.split("\n\n")
    assert "41" in first
    assert "42" in second
    assert done.stderr == "This is a sample world: employers, postings and pay are invented.\n"


def test_piped_queries_that_are_not_utf8_are_refused_with_their_line(home: Home) -> None:
    done = CliRunner().invoke(main, ["sql", "--home", str(home.root)], input=b"select 1;\nselect 'caf\xe9';")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "Line 2 of the query is not UTF-8." in done.stderr
    marked = CliRunner().invoke(main, ["sql", "--home", str(home.root)], input=b"\xef\xbb\xbfselect 'caf\xc3\xa9';")
    assert "café" in marked.stdout


def test_the_prompt_starts_with_the_file_that_it_reads(
    home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    two = Home(shutil.copytree(home.root, tmp_path / "two", symlinks=True))
    (first,) = kept_vintages(two.published)
    later = first.with_name(f"20270101T000000Z-{first.name.split('-')[1]}")
    shutil.copytree(first, later)
    make_current(two.published, later)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("builtins.input", lambda _: ".quit")
    for as_of, opened in ((None, later), (AS_OF, first)):
        prompt(two, as_of=as_of)
        assert capsys.readouterr().out.startswith(f"{opened / 'jobmarket.duckdb'}, read-only."), as_of


@pytest.mark.parametrize("farewell", ["quit", "exit;", ".exit", KeyboardInterrupt, EOFError])
def test_the_prompt_cancels_a_query_on_ctrl_c_and_ends_on_a_command(
    farewell: str | type[BaseException], home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = iter(["", "  ", "select 1 as begun,", KeyboardInterrupt, "select 2 as meant", ";", farewell])
    prompts = []

    def typed(asks: str) -> str:
        prompts.append(asks.strip())
        line = next(lines)
        if isinstance(line, str):
            return line
        raise line

    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("builtins.input", typed)
    prompt(home, "csv")
    output = capsys.readouterr().out
    assert next(lines, None) is None
    assert prompts == ["jobmarket>", "jobmarket>", "jobmarket>", "...>", "jobmarket>", "...>", "jobmarket>"]
    assert "meant" in output
    assert "begun" not in output


def test_the_prompt_lists_its_commands_after_an_unknown_one(
    home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = iter([".help", "select .5 as a,", ".5 as b;", ".quit"])
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("builtins.input", lambda _: next(lines))
    prompt(home, "csv")
    greeting, help_, *answer = capsys.readouterr().out.splitlines()
    assert greeting.endswith(help_)
    assert ".tables" in help_
    assert answer == ["a,b", "0.5,0.5"], "the second line of a query is not a command"


def test_a_column_has_a_fixed_number_of_decimals_and_a_time_no_fractions(home: Home) -> None:
    done = ask(
        home,
        """select * from (values
            (0.123456::double, 0.7::double, 8.26::double, 1234.5::double, 0.00002::double, true,
             '2026-08-10 06:00:00.25'::timestamp),
            (-0.00001, 8.415e-05, 0.7, 65.25, null, null, null)
        ) as shown (share, small, seconds, pay, tiny, is_over, seen_at)""",
    )
    header, *rows = done.stdout.splitlines()
    assert [row.split() for row in rows] == [
        ["0.1235", "0.7000", "8.26", "1,234", "2e-05", "True", "2026-08-10", "06:00:00"],
        ["0.0000", "0.0001", "0.70", "65.25", "–", "–", "–"],
    ]
    assert header.index("is_over") == rows[0].index("True"), "only numbers are aligned to the right"


def test_the_columns_that_fit_are_counted_in_cells_of_the_terminal() -> None:
    assert _fitting(["title", "n"], [["機" * 25, "1"]]) == 2
    assert _fitting(["title", "n"], [["機" * 39, "1"]]) == 1, "78 cells and their padding leave no room"


def test_only_a_sample_world_is_called_one() -> None:
    with duckdb.connect() as published:
        published.execute("create table about as select 'sample_world' as key, 'false' as value")
        assert sample_world(published) is None
        published.execute("update about set value = 'true'")
        assert sample_world(published) is not None


def test_answers_before_a_wrong_query_are_printed(home: Home) -> None:
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
        "set temp_directory = '{folder}'",
    ],
)
def test_a_query_can_read_only_the_published_file(home: Home, query: str, tmp_path: Path) -> None:
    done = ask(home, query.replace("{folder}", str(tmp_path)))
    assert done.exit_code == 1
    assert "root:" not in done.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("written", ["{file}.wal", "{file}.tmp/rows.csv", "{file}"])
@pytest.mark.parametrize("before", ["", "explain analyze "])
def test_a_query_cannot_write_beside_the_published_file(home: Home, written: str, before: str) -> None:
    file = home.database.resolve()
    names = sorted(path.name for path in file.parent.iterdir())
    digest = sha256(file)
    done = ask(home, f"{before}copy (select 1) to '{written.format(file=file)}' (format csv, use_tmp_file false)")
    assert done.exit_code == 1
    assert "reads only the published file" in done.stderr
    assert sorted(path.name for path in file.parent.iterdir()) == names
    assert sha256(file) == digest


def test_a_query_that_needs_more_memory_says_where_it_can_run(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOBMARKET_MEMORY_LIMIT", "30MB")
    done = ask(home, "select count(*) from (select i, i::varchar as t from range(3000000) r(i) order by hash(i), t)")
    assert done.exit_code == 1
    assert "`duckdb -readonly`" in done.stderr
    assert not list(home.database.resolve().parent.glob("*.tmp"))


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("delete from about", "is read-only. `create temp table`"),
        ("create table kept as select 1", "is read-only. `create temp table`"),
        ("from nosuch", "`show tables` lists"),
        ("selct 1", 'syntax error at or near "selct"'),
    ],
)
def test_a_wrong_query_says_what_to_do(home: Home, query: str, message: str) -> None:
    done = ask(home, query)
    assert (done.exit_code, done.stdout) == (1, "")
    assert message in done.stderr


def test_the_error_for_copy_says_how_to_write_rows_to_a_file(home: Home, tmp_path: Path) -> None:
    done = ask(home, f"copy about to '{tmp_path}/about.csv'")
    assert "--format csv" in done.output
    rows = ask(home, "from about", "--format", "csv").stdout.splitlines()
    assert rows[0] == "key,value"
    assert len(rows) > 5


@pytest.mark.parametrize("style", ["table", "csv", "json"])
def test_no_posting_sends_control_sequences_to_the_terminal(home: Home, style: str) -> None:
    query = f"select title from fct_postings limit 3; pivot (select {ESCAPES} as name, 1 as n) on name using sum(n)"
    done = ask(home, query, "--format", style)
    assert done.exit_code == 0, done.output
    assert "Engineer" in done.output
    assert not {"\x1b", "\x07"} & set(done.output)


def test_explanations_and_errors_send_no_control_sequences_either(home: Home) -> None:
    key = ask(home, "select posting_key from fct_postings limit 1", "--format", "csv").stdout.split()[1]
    explained = CliRunner().invoke(main, ["explain", "--home", str(home.root), key])
    assert explained.exit_code == 0, explained.output
    assert "Engineer" in explained.output
    failed = ask(home, "select title::int from fct_postings")
    assert "Engineer" in failed.output
    assert not {"\x1b", "\x07"} & set(explained.output + failed.output)


def test_csv_is_safe_for_spreadsheets_and_raw_csv_keeps_the_text(home: Home) -> None:
    query = """select '=HYPERLINK("x")' as title, -3 as n, 'a - b' as plain, date '2026-08-17' as day, null as none,
        ['=1'] as listed, '@all' as title"""
    guarded = ask(home, query, "--format", "csv").stdout.splitlines()
    assert guarded == [
        "title,n,plain,day,none,listed,title_1",
        '"\'=HYPERLINK(""x"")",-3,a - b,2026-08-17,,"[""=1""]",\'@all',
    ]
    raw = ask(home, query, "--format", "csv", "--raw").stdout.splitlines()
    assert raw == [guarded[0], guarded[1].replace("'=HYPER", "=HYPER").replace("'@all", "@all")]
    assert ask(home, query, "--raw").exit_code == 2


def test_every_type_of_value_is_written_exactly(home: Home) -> None:
    query = """select
        uuid '0193b2d0-0000-7000-8000-0123456789ab' as posting_key,
        sum(n)::hugeint + 9007199254740993 as total,
        12.50::decimal(9, 2) as pay,
        0.1::double as share,
        true as is_open,
        date '2026-08-10' as day,
        timestamp '2026-08-10 06:00:00' as seen_at,
        ['a', 'ü', null] as skills,
        {'city': 'Berlin', 'lat': null} as place,
        ['x'][1:0] as nothing,
        'infinity'::double as no_number,
        null::varchar as none,
        1 as "answer row",
        2 as total
    from range(3) as numbers (n)"""
    done = ask(home, query, "--format", "json")
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines() == [
        '{"posting_key":"0193b2d0-0000-7000-8000-0123456789ab","total":9007199254740996,"pay":12.5,"share":0.1,'
        '"is_open":true,"day":"2026-08-10","seen_at":"2026-08-10 06:00:00","skills":["a","ü",null],'
        '"place":{"city":"Berlin","lat":null},"nothing":[],"no_number":null,"none":null,"answer row":1,"total_1":2}'
    ]
    for options in ([], ["--raw"]):
        header, row = csv.reader(ask(home, query, "--format", "csv", *options).stdout.splitlines())
        assert dict(zip(header, row, strict=True)) == {
            "posting_key": "0193b2d0-0000-7000-8000-0123456789ab",
            "total": "9007199254740996",
            "pay": "12.50",
            "share": "0.1",
            "is_open": "true",
            "day": "2026-08-10",
            "seen_at": "2026-08-10 06:00:00",
            "skills": '["a","ü",null]',
            "place": '{"city":"Berlin","lat":null}',
            "nothing": "[]",
            "no_number": "inf",
            "none": "",
            "answer row": "1",
            "total_1": "2",
        }


@pytest.mark.parametrize("style", ["csv", "json"])
def test_all_rows_are_written_in_the_order_of_the_query(home: Home, style: str) -> None:
    done = ask(home, "select n from range(100000) as numbers (n) order by n desc", "--format", style)
    numbers = [int(line.strip('{}"n:')) for line in done.stdout.splitlines() if any(map(str.isdigit, line))]
    assert numbers == list(range(99_999, -1, -1))


def test_postings_with_their_keys_can_be_written_as_json(home: Home) -> None:
    done = ask(home, "select posting_key, content_hash from fct_postings order by all", "--format", "json")
    assert done.exit_code == 0, done.output
    keys = [json.loads(line)["posting_key"] for line in done.stdout.splitlines()]
    assert len(keys) > 50
    assert keys == sorted(keys)


def test_a_query_that_takes_too_long_can_be_interrupted(home: Home) -> None:
    """Run in a separate process: if Ctrl-C fails, only ending the process stops the query.

    Ctrl-C is sent again every two seconds, because one that arrives before the query may be lost.
    """
    query = "select count(*) from range(1000000000000) as numbers(n) where n % 7 = 3"
    interrupted = f"""
import _thread, signal, threading, time
from pathlib import Path
from jobmarket.settings import Home
from jobmarket.sql_shell import answer

signal.signal(signal.SIGINT, signal.default_int_handler)  # what runs the tests may have it ignored

def press():
    while True:
        time.sleep(2)
        _thread.interrupt_main()

threading.Thread(target=press, daemon=True).start()
answer(Home(Path({str(home.root)!r})), {query!r})
"""
    done = subprocess.run([sys.executable, "-c", interrupted], timeout=60, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.strip().endswith("The query was interrupted.")
