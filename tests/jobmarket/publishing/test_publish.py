import errno
import json
import re
import subprocess
import sys
from datetime import UTC, timedelta
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from jobmarket import pipeline
from jobmarket.checksum import sha256
from jobmarket.cli import main, stages
from jobmarket.publishing import open_published, provenance, publish, vintages
from jobmarket.publishing.dictionary import contracts
from jobmarket.publishing.source import (
    Column,
    Table,
    checksum,
    exact_checksums,
    published_checksums,
)
from jobmarket.settings import Home, Settings
from jobmarket.stages import GateClosedError, PermanentError, StageError, StageResult
from jobmarket.warehouse import connect, withdraw
from tests.conftest import ROOT
from tests.jobmarket.publishing.synthetic_marts import AS_OF, DDL, build_marts, change_marts

SETTINGS = Settings(_env_file=None)
NOT_THE_GATED = "are not those that passed the gate"


def change(home: Home, statement: str) -> None:
    with connect(home, SETTINGS) as warehouse:
        warehouse.execute(statement)


def test_every_mart_is_published_completely_and_with_comments(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    connect_to, beside = duckdb.connect, []

    def noting(file: str, **options: bool) -> duckdb.DuckDBPyConnection:
        beside.append(Path(file).name)
        return connect_to(file, **options)

    monkeypatch.setattr(duckdb, "connect", noting)
    result = publish(home, SETTINGS, AS_OF.replace(tzinfo=UTC))
    monkeypatch.undo()

    # each has the memory limit for itself, and only the manifest's small one opens beside the warehouse's
    assert beside.count("jobmarket.duckdb") == 1
    assert result.counts["changed"] == 1
    names = {table.name for table in contracts(ROOT / "dbt_project")}
    assert result.counts["tables"] == len(names)
    with open_published(home) as published, connect(home, SETTINGS, read_only=True) as warehouse:
        tables = {name for (name,) in published.execute("select table_name from duckdb_tables()").fetchall()}
        assert tables == {
            *names,
            "about",
            "gate_results",
            "open_ml_postings",
            "employer_skill_counts",
            "version_pay",
        }
        for name in names:
            expected = warehouse.execute(f"select * from marts.{name} order by all").fetchall()
            assert expected or name not in DDL
            assert published.execute(f"select * from {name} order by all").fetchall() == expected
            assert (
                warehouse.execute(f"describe marts.{name}").fetchall()
                == published.execute(f"describe {name}").fetchall()
            )
        assert published.execute(
            "select count(*) from duckdb_columns() where not internal and comment is null"
        ).fetchone() == (0,)
        assert published.execute("select count(*) from duckdb_tables() where comment is null").fetchone() == (0,)
        assert published.execute(
            "select comment from duckdb_columns() where table_name = 'fct_postings' and column_name = 'title'"
        ).fetchone() == ("The posting's title.",)
    assert home.database.stat().st_mode & 0o777 == 0o444


def test_published_file_refuses_writers(two_weeks_published: Home) -> None:
    with open_published(two_weeks_published) as published, pytest.raises(duckdb.Error, match="read-only"):
        published.execute("delete from fct_postings")


def test_no_query_puts_rows_into_the_folder_of_a_vintage(two_weeks_published: Home) -> None:
    with open_published(two_weeks_published) as published:
        published.execute("set memory_limit = '30MB'")
        with pytest.raises(duckdb.OutOfMemoryException):
            published.execute("select i, i::varchar as t from range(3000000) r(i) order by hash(i), t").fetchall()
    assert not list(two_weeks_published.database.resolve().parent.glob("*.tmp"))


def test_rows_are_stored_in_the_order_of_typical_queries(two_weeks_published: Home) -> None:
    with open_published(two_weeks_published) as published:
        posted = published.execute("select posted_at from fct_postings order by rowid").fetchall()
        assert posted == sorted(posted)
        weeks = published.execute(
            "select week_start, role_family from rpt_skill_demand_weekly order by rowid"
        ).fetchall()
        assert weeks == sorted(weeks)
        dates = published.execute(
            "select posted_at from fct_posting_skills as s join fct_postings using (posting_key) order by s.rowid"
        ).fetchall()
        assert dates == sorted(dates)
        counted = published.execute("select week_start, measure from fct_posting_weeks order by rowid").fetchall()
        assert counted == sorted(counted)


def test_about_says_what_the_vintage_is(two_weeks_published: Home) -> None:
    home = two_weeks_published
    with open_published(home) as published:
        about = dict(published.execute("from about").fetchall())
        counted = published.execute("select count(*) from fct_postings").fetchone()
    assert about["vintage_id"] == home.database.resolve().parent.name
    assert about["vintage_id"].startswith("20260826T000000Z-")
    assert (about["as_of"], about["origin"], about["sample_world"]) == ("2026-08-26T00:00:00Z", "sample", "true")
    assert about["boards"] == "ashby, greenhouse, lever"
    assert (int(about["n_postings"]),) == counted
    assert (about["coverage_week"], about["coverage_ratio"]) == ("2026-08-17", f"{168 / 180:.4f}")


def test_a_publication_does_not_wait_for_git(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(command: list[str], **choices: float) -> None:
        raise subprocess.TimeoutExpired(command, choices["timeout"])

    monkeypatch.setattr(provenance.subprocess, "run", slow)
    monkeypatch.setattr(provenance.shutil, "which", lambda _: "/usr/bin/git")
    assert provenance._git_sha(Settings(_env_file=None, git_sha=None)) is None


def test_about_has_the_commit_and_bounds_of_the_settings(home: Home, tmp_path: Path) -> None:
    bounds = {"min_postings": 20, "min_companies": 4, "max_company_share": 0.4, "min_coverage_ratio": 0.7}
    (tmp_path / "dbt_project.yml").write_text(json.dumps({"vars": bounds | {"expected_for_weeks": 6}}))
    build_marts(home, weeks=1, postings=40)
    publish(home, Settings(_env_file=None, git_sha="c0ffee", dbt_project=tmp_path), AS_OF)
    with open_published(home) as published:
        about = dict(published.execute("from about").fetchall())
    assert about["git_sha"] == "c0ffee"
    assert {name: about[name] for name in bounds} == {name: str(value) for name, value in bounds.items()}
    assert about["expected_for_weeks"] == "6"


def test_a_recorded_origin_is_not_labelled_as_a_sample_world(home: Home) -> None:
    build_marts(home, origin="recorded", weeks=1, postings=40)
    publish(home, SETTINGS, AS_OF)
    with open_published(home) as published:
        about = dict(published.execute("from about").fetchall())
    assert (about["origin"], about["sample_world"]) == ("recorded", "false")


def test_loading_an_archive_of_the_past_leaves_the_origin_unchanged(home: Home) -> None:
    """Otherwise recordings would lose the notice that no trend can be read from them."""
    build_marts(home, origin="recorded", weeks=1, postings=40)
    change(
        home,
        "insert into raw.crawl_runs (run_id, board, company_slug, origin, as_of, status) "
        "select any_value(run_id), 'hn', 'all', 'backfill', timestamp '2018-02-01', 'complete' from raw.crawl_runs",
    )
    publish(home, SETTINGS, AS_OF)
    with open_published(home) as published:
        assert published.execute("select value from about where key = 'origin'").fetchall() == [("recorded",)]


def test_gate_results_are_the_latest_and_contain_no_samples(home: Home) -> None:
    change(
        home,
        """create table ops.last_gates as from ops.gates; delete from ops.gates;
           insert into ops.gates select * replace ('earlier' as batch_id, 'closed' as outcome,
               checked_at + interval 1 day as checked_at) from ops.last_gates;  -- the clock was put back since
           insert into ops.gates from ops.last_gates;
           insert into ops.gate_results select * replace ('earlier' as batch_id, 'old finding' as observed)
           from ops.gate_results""",
    )
    publish(home, SETTINGS, AS_OF)
    with open_published(home) as published:
        rows = published.execute("select gate, expectation, observed from gate_results order by all").fetchall()
        everything = str(published.execute("from gate_results").fetchall())
    assert [row[0] for row in rows] == ["marts", "marts", "raw", "raw"]
    assert "old finding" not in everything
    assert "someone@employer.example" not in everything


def test_parquet_and_manifest_agree_with_the_database(two_weeks_published: Home) -> None:
    home = two_weeks_published
    manifest = json.loads((home.published / "manifest.json").read_text(encoding="utf-8"))
    folder = home.published / "current"
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert set(manifest["files"]) == files - {"manifest.json"}
    for name, file in manifest["files"].items():
        assert file == {"bytes": (folder / name).stat().st_size, "sha256": sha256(folder / name)}
    with open_published(home) as published:
        assert set(manifest["tables"]) >= {*DDL, "about", "gate_results"}
        for name, table in manifest["tables"].items():
            assert (table["rows"],) == published.execute(f"select count(*) from {name}").fetchone()
            parquet = home.published / "parquet" / f"{name}.parquet"
            assert (
                published.execute(f"from '{parquet}' order by all").fetchall()
                == published.execute(f"from {name} order by all").fetchall()
            )
            columns = tuple(Column(c["name"], c["type"], c["comment"]) for c in table["columns"])
            if table["checksum"]:
                assert checksum(published, name, columns) == table["checksum"]
        codecs = published.execute(
            f"select distinct compression from parquet_metadata('{parquet.parent}/fct*.parquet')"
        )
        assert codecs.fetchall() == [("ZSTD",)]
        assert manifest["about"] == dict(published.execute("from about").fetchall())
    with connect(home, SETTINGS, read_only=True) as warehouse:
        crawled = warehouse.execute("select distinct run_id from raw.crawl_runs order by run_id").fetchall()
    assert crawled
    assert manifest["runs"] == [run_id for (run_id,) in crawled]
    assert {row["board"] for row in manifest["coverage"]} == {"all", "ashby", "greenhouse", "lever"}


def test_the_checksum_ignores_the_order_of_rows_and_detects_any_other_change() -> None:
    columns = (Column("a", "INTEGER", ""), Column("b", "DOUBLE", ""), Column("c", "VARCHAR[]", ""))
    with duckdb.connect() as connection:
        connection.execute(
            "create table t as select n::int as a, n / 7 as b, [n::varchar, null] as c from range(5000) r(n)"
        )
        first = checksum(connection, "t", columns)
        assert first.startswith("5000-")
        assert checksum(connection, "(from t order by a desc)", columns) == first
        assert checksum(connection, "(select a, b * (1 + 1e-15) as b, c from t)", columns) == first
        assert checksum(connection, "(select a, b * (1 + 1e-6) as b, c from t)", columns) != first
        assert checksum(connection, "(select a, b, c[1:1] as c from t)", columns) != first
        # The sign of a zero is no value: it is that of a rounding error.
        negative_zero = "(select a, if(b = 0, -0.0::double, b) as b, c from t)"
        assert connection.execute(f"select count(*) from {negative_zero} where signbit(b)").fetchone() == (1,)
        assert checksum(connection, negative_zero, columns) == first
        # Two copies of each row do not cancel out.
        assert checksum(connection, "(from t union all from t)", columns) != checksum(
            connection, "(from t limit 0)", columns
        )
        assert checksum(connection, "(select -a as a, b, c from t)", columns) != first


def test_a_copy_is_compared_by_all_digits_of_floating_point_numbers() -> None:
    tables = [
        Table("counts", "", (Column("n", "INTEGER", ""), Column("words", "VARCHAR", ""))),
        Table("shares", "", (Column("n", "INTEGER", ""), Column("share", "DOUBLE", ""))),
    ]
    with duckdb.connect() as connection:
        connection.execute(
            "create schema marts; create table marts.counts as select n::int as n, 'w' as words from range(9) r(n);"
            "create table marts.shares as select n::int as n, n / 7 as share from range(9) r(n)"
        )
        published = published_checksums(connection, tables)
        exact = exact_checksums(connection, tables, published)
        assert exact == published_checksums(connection, tables, exact=True)
        connection.execute("update marts.shares set share = share * (1 + 1e-15)")
        assert published_checksums(connection, tables) == published
        assert exact_checksums(connection, tables, published)["shares"] != exact["shares"]


def test_publishing_the_same_content_again_changes_nothing(published_home: Home) -> None:
    home = published_home
    vintage_id = home.database.resolve().parent.name
    before = {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in home.published.resolve().rglob("*.*")}
    again = publish(home, SETTINGS, AS_OF)
    assert again.summary.endswith("unchanged")
    assert (again.counts["changed"], again.counts["vintage_id"]) == (0, vintage_id)
    after = {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in home.published.resolve().rglob("*.*")}
    assert before.keys() == after.keys()
    assert all(after[path] == found for path, found in before.items() if path.name != ".lock")


def test_new_content_makes_a_new_vintage_and_open_readers_keep_theirs(published_home: Home) -> None:
    home = published_home
    vintage_id = home.database.resolve().parent.name
    with open_published(home) as old:
        before = old.execute("select count(*) from dim_companies").fetchone()
        change_marts(home, "delete from marts.dim_companies where company_key = 'company-1'")
        second = publish(home, SETTINGS, AS_OF)
        assert vintage_id != second.counts["vintage_id"]
        assert old.execute("select count(*) from dim_companies").fetchone() == before == (180,)
        with open_published(home) as new:
            assert new.execute("select count(*) from dim_companies").fetchone() == (179,)


@pytest.mark.parametrize(
    "statement",
    [
        "alter table marts.dim_companies rename n_postings to n_postings_ever",
        "alter table marts.dim_companies alter n_postings type smallint",
        "comment on column marts.dim_companies.n_postings is 'Postings ever seen.'",
        "comment on table marts.dim_companies is 'Employers. One row per company_key.'",
    ],
    ids=["name", "type", "description of a column", "description of a table"],
)
def test_another_schema_of_the_same_values_makes_a_new_vintage(published_home: Home, statement: str) -> None:
    change(published_home, statement)
    with pytest.raises(StageError, match=NOT_THE_GATED):
        publish(published_home, SETTINGS, AS_OF)
    change_marts(published_home)
    assert publish(published_home, SETTINGS, AS_OF).counts["changed"] == 1
    described = (
        "select tables.comment, column_name, data_type, columns.comment from duckdb_columns() as columns "
        "join duckdb_tables() as tables using (schema_name, table_name) "
        "where table_name = 'dim_companies' order by column_index"
    )
    with open_published(published_home) as published, connect(published_home, SETTINGS, read_only=True) as warehouse:
        assert published.execute(described).fetchall() == warehouse.execute(described).fetchall()


def test_a_damaged_vintage_is_written_again(published_home: Home) -> None:
    home = published_home
    vintage_id = home.database.resolve().parent.name
    damaged = home.database.resolve()
    damaged.chmod(0o644)
    damaged.write_bytes(b"not a database")
    with pytest.raises(StageError, match=r"cannot be opened: .* It is missing or damaged: run `jobmarket publish`"):
        open_published(home)
    again = publish(home, SETTINGS, AS_OF)
    assert (again.counts["changed"], again.counts["vintage_id"]) == (1, vintage_id)
    with open_published(home) as published:
        assert published.execute("select count(*) from dim_companies").fetchone() == (180,)


def test_a_vintage_that_a_session_writes_to_is_not_called_damaged(published_home: Home) -> None:
    file = published_home.database.resolve()
    file.chmod(0o644)
    session = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", session, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout
        writer.stdout.readline()
        with pytest.raises(StageError, match=r"Another session opened it for writing: close that session"):
            open_published(published_home)
        writer.communicate()


def test_a_home_without_a_publication_gives_a_clear_message(two_weeks: Home, tmp_path: Path) -> None:
    with pytest.raises(StageError, match=r"Nothing is published in .* run `jobmarket publish --home .* if the wareh"):
        open_published(two_weeks)
    with pytest.raises(StageError, match=r"Nothing is published in .* else run `jobmarket run --home .*`\.$"):
        open_published(Home(tmp_path / "empty"))


@pytest.mark.parametrize(
    ("statement", "error", "message"),
    [
        (
            "update ops.gates set outcome = 'closed', line = 'fct_postings.title: 3 null'",
            GateClosedError,
            "title: 3 null",
        ),
        (  # by a clock that was set back
            "insert into ops.gates select * replace ('closed' as outcome, 'title: 4 null' as line, "
            "checked_at - interval 1 day as checked_at) from ops.gates where gate = 'marts'",
            GateClosedError,
            "title: 4 null",
        ),
        ("delete from ops.gates", StageError, "never checked"),
        ("drop table ops.gates", StageError, "never checked"),
        ("update ops.gates set as_of = '2026-08-25'", StageError, "last checked as of 2026-08-25T00:00:00Z"),
        # The gate did not check this moment, or the marts were built again for another one since.
        (
            "update ops.builds set as_of = '2026-08-17'",
            StageError,
            "stand for 2026-08-17T00:00:00Z, not for 2026-08-26T00:00:00Z. Run `jobmarket build --as-of 2026-08-26T",
        ),
        ("insert into ops.builds values ('2001-01-01', '2026-08-26', 'begun')", StageError, "did not finish"),
        ("drop table ops.builds", StageError, "no record of a build"),
        ("drop table marts.rpt_salary_trend_weekly", StageError, "marts has no rpt_salary_trend_weekly"),
        ("comment on table marts.dim_skills is null", StageError, r"no comment on marts\.dim_skills\."),
        (
            "comment on column marts.dim_skills.category is ' '",
            StageError,
            r"no comment on marts\.dim_skills\.category",
        ),
        # A build after the gate, complete or interrupted: other content, an added table, an added column.
        ("update marts.dim_companies set n_postings = 11 where company_key = 'company-1'", StageError, NOT_THE_GATED),
        (
            "create table marts.dim_new as from marts.dim_skills; comment on table marts.dim_new is 'New.'; "
            + "; ".join(
                f"comment on column marts.dim_new.{column} is 'A skill.'"
                for column in ("skill_id", "skill_name", "category", "aliases", "themes", "n_postings")
            ),
            StageError,
            NOT_THE_GATED,
        ),
        ("alter table marts.rpt_board_coverage_weekly drop column n_rejected", StageError, NOT_THE_GATED),
        ("update ops.gates set marts_checksum = null", StageError, "did not record which marts it checked"),
        # A run that arrived after gate raw, or that the gate did not let through.
        (
            "insert into raw.crawl_runs select * replace ('run-2' as run_id) from raw.crawl_runs",
            StageError,
            r"1 run up to 2026-08-26T00:00:00Z has not passed gate raw \(run-2\)",
        ),
        ("delete from ops.gated_runs", StageError, r"not passed gate raw \(run-1\)"),
        ("drop table ops.gated_runs", StageError, r"not passed gate raw \(run-1\)"),
    ],
)
def test_marts_that_are_not_ready_are_refused(
    home: Home, statement: str, error: type[StageError], message: str
) -> None:
    change(home, statement)
    with pytest.raises(error, match=message):
        publish(home, SETTINGS, AS_OF)
    assert not home.database.exists()


def test_an_earlier_build_dated_in_the_future_does_not_block_publication(home: Home) -> None:
    change(
        home,
        """create table ops.last_builds as from ops.builds; delete from ops.builds;
        insert into ops.builds values ('2099-01-01', '2026-08-17', 'passed'), ('2099-01-02', '2026-08-26', 'failed');
        insert into ops.builds from ops.last_builds""",
    )
    assert publish(home, SETTINGS, AS_OF).counts["changed"] == 1


def test_a_type_that_parquet_lacks_is_named(home: Home) -> None:
    change_marts(home, "alter table marts.dim_skills alter n_postings type hugeint")
    with pytest.raises(
        PermanentError, match=r"marts\.dim_skills \(n_postings is HUGEINT, in the Parquet file DOUBLE\)"
    ):
        publish(home, SETTINGS, AS_OF)
    assert not home.database.exists()


def test_marts_of_another_version_are_not_reported_as_a_full_disk(home: Home) -> None:
    change_marts(home, "alter table marts.dim_weeks drop column iso_week")
    with pytest.raises(StageError, match=r"built by another version.*iso_week.*`jobmarket build`") as error:
        publish(home, SETTINGS, AS_OF)
    assert "disk" not in str(error.value)
    assert not home.database.exists()


def test_later_runs_and_withdrawn_runs_do_not_block_publication(home: Home) -> None:
    change(
        home,
        """insert into raw.crawl_runs
        select * replace ('later' as run_id, as_of + interval 1 day as as_of) from raw.crawl_runs;
        insert into raw.crawl_runs select * replace ('bad' as run_id) from raw.crawl_runs where run_id = 'run-1'""",
    )
    with pytest.raises(StageError, match=r"gate raw \(bad\)"):
        publish(home, SETTINGS, AS_OF)
    sealed = home.landing / "board=ashby" / "dt=2026-08-26" / "run=bad"
    sealed.mkdir(parents=True)
    (sealed / "run.json").touch()
    withdraw(home, SETTINGS, "bad", "wrong board", AS_OF)
    assert publish(home, SETTINGS, AS_OF).counts["changed"] == 1


def test_a_missing_warehouse_gives_a_clear_message(tmp_path) -> None:
    with pytest.raises(StageError, match="no warehouse"):
        publish(Home(tmp_path), SETTINGS, AS_OF)


def test_a_folder_that_cannot_be_written_is_named_without_an_error_number(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(published: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(published / ".lock"))

    monkeypatch.setattr(vintages, "only_publisher", refuse)
    with pytest.raises(StageError) as error:
        publish(home, SETTINGS, AS_OF)
    unchanged = "The published database is unchanged."
    assert str(error.value) == f"Not published: Permission denied: {home.published / '.lock'}. {unchanged}"


def test_only_one_process_publishes_at_a_time(home: Home) -> None:
    from jobmarket.publishing.vintages import only_publisher

    with only_publisher(home.published), pytest.raises(StageError, match="Another process is publishing"):
        publish(home, SETTINGS, AS_OF)
    assert publish(home, SETTINGS, AS_OF).counts["changed"] == 1


def test_a_vintage_of_an_earlier_day_is_stored_beside_the_current_one(published_home: Home) -> None:
    home, earlier = published_home, AS_OF - timedelta(days=7)
    current = home.database.resolve().parent.name
    build_marts(home, weeks=2, postings=50, as_of=earlier)
    result = publish(home, SETTINGS, earlier)
    assert home.database.resolve().parent.name == current
    assert f"beside the current {current}" in result.summary
    assert result.counts["vintage_id"].startswith("20260819T")
    assert (home.published / "vintages" / result.counts["vintage_id"] / "manifest.json").exists()
    again = publish(home, SETTINGS, earlier)
    assert (again.counts["changed"], again.counts["vintage_id"]) == (0, result.counts["vintage_id"])


@pytest.mark.parametrize("command", ["publish", "run"])
def test_no_command_moves_readers_to_an_earlier_vintage(
    published_home: Home, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, earlier = published_home, AS_OF - timedelta(days=7)
    current = home.database.resolve().parent.name
    build_marts(home, weeks=2, postings=50, as_of=earlier)
    monkeypatch.setattr(stages, "STAGES", ("crawl", "publish"))  # other tests cover the stages that make the marts
    monkeypatch.setitem(pipeline._FUNCTIONS, "crawl", lambda _: StageResult("crawl", "done"))
    done = CliRunner().invoke(main, [command, "--home", str(home.root), "--as-of", earlier.isoformat()])
    assert done.exit_code == 0, done.output
    assert "beside the current" in done.output
    assert home.database.resolve().parent.name == current


def test_the_runbook_command_moves_readers_back_until_the_next_publication(published_home: Home, root: Path) -> None:
    home, earlier = published_home, AS_OF - timedelta(days=7)
    build_marts(home, weeks=2, postings=50, as_of=earlier)
    kept = publish(home, SETTINGS, earlier).counts["vintage_id"]
    runbook = (root / "docs" / "runbook.md").read_text(encoding="utf-8")
    (command,) = re.findall(r"`(ln -sfn vintages/<id> published/current)`", runbook)
    subprocess.run(command.replace("<id>", kept).split(), cwd=home.root, check=True)
    with open_published(home) as published:
        assert published.execute("select value from about where key = 'vintage_id'").fetchone() == (kept,)
    build_marts(home, weeks=2, postings=60, as_of=AS_OF)
    following = publish(home, SETTINGS, AS_OF).counts["vintage_id"]
    assert home.database.resolve().parent.name == following
