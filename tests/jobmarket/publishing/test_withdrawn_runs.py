"""Readers of a vintage are warned of its runs that were withdrawn since it was published."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import Mock

import pytest

from jobmarket import transform
from jobmarket.landing import CompanyOutcome, RunRecord, run_id_for
from jobmarket.one_at_a_time import only_one
from jobmarket.publishing import publish, withdraw
from jobmarket.run_writer import RunWriter
from jobmarket.settings import Home, Settings
from jobmarket.stages import PermanentError, as_of_text
from jobmarket.warehouse import connect, load
from tests.jobmarket.cli.commands import invoke
from tests.jobmarket.publishing.synthetic_marts import AS_OF, build_marts, describe, pass_gates
from tests.jobmarket.publishing.test_published_figures import headlines

SETTINGS = Settings(_env_file=None)
PUBLISHED, LATER = run_id_for("ashby", AS_OF, 1), run_id_for("ashby", AS_OF, 2)


def land(home: Home, run_id: str) -> None:
    run = RunWriter(home, RunRecord(run_id=run_id, board="ashby", origin="recorded", as_of=AS_OF))
    run.seal([CompanyOutcome(company_slug="acme", status="complete", finished_at=datetime.now(UTC))])
    load(home, SETTINGS)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a home with one published run, and another that was loaded later for the same moment."""
    home = Home(tmp_path_factory.mktemp("home"))
    build_marts(home, weeks=2, postings=20)
    with connect(home, SETTINGS) as connection:
        connection.execute("delete from raw.crawl_runs")
    land(home, PUBLISHED)
    with connect(home, SETTINGS) as connection:
        connection.execute(headlines(AS_OF, 60))
        describe(connection)
        pass_gates(connection)
    publish(home, SETTINGS, AS_OF)
    land(home, LATER)
    return home


@pytest.fixture
def home(published: Home, tmp_path: Path) -> Home:
    return Home(shutil.copytree(published.root, tmp_path / "home", symlinks=True))


def withdraw_run(home: Home, run_id: str) -> str:
    done = invoke("load", "--home", str(home.root), "--withdraw", run_id, "--reason", "wrong page")
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize(
    "command",
    [["sql", "select 1"], ["status"], ["report", "--format", "csv"], ["profile"], ["explain", "python"]],
    ids=lambda command: command[0],
)
def test_readers_are_warned(home: Home, command: list[str]) -> None:
    vintage = home.database.resolve().parent.name
    # the newest crawl that is left may be an earlier one, and publishing its moment would leave readers where they are
    steps = f"`jobmarket gate raw`, `build --as-of {as_of_text(AS_OF)}`, `gate marts` and `publish`"
    warning = f"Vintage {vintage} contains 1 run that was withdrawn since ({PUBLISHED}). For one without, run {steps}."
    assert warning not in invoke(*command, "--home", str(home.root)).output
    printed = withdraw_run(home, PUBLISHED)
    assert f"vintage {vintage} contains it: its readers are warned. For one without, run {steps}" in printed
    assert warning in invoke(*command, "--home", str(home.root)).output


def test_reports_made_before_are_named_with_the_command_that_lets_them_warn(home: Home) -> None:
    vintage = home.database.resolve().parent.name
    written = ["report", "--home", str(home.root), "--format", "csv"]
    assert invoke(*written).exit_code == 0
    assert invoke(*written, "--language", "de", "--country", "US").exit_code == 0
    (note,) = home.reports.glob(f"*/{vintage}/report.json")
    week, earlier = note.parent.parent.name, "20260105T000000Z-00000000"
    of_earlier = home.reports / week / earlier / note.name
    of_earlier.parent.mkdir()
    of_earlier.write_text(note.read_text(encoding="utf-8").replace(vintage, earlier), encoding="utf-8")
    assert "withdrawn" not in note.read_text(encoding="utf-8")

    printed = withdraw_run(home, PUBLISHED)
    named = re.findall(r"it warns too once it is written again: run `jobmarket (.*)`", printed)
    command = f"report --week {week} --vintage {vintage}"
    assert sorted(named) == [command, f"{command} --country US --language de"]
    feed = home.reports / "feed.xml"
    for warning in ("1 crawl behind this report was withdrawn", "1 Abruf hinter diesem Bericht wurde"):
        assert warning in feed.read_text(encoding="utf-8")
    assert "withdrawn" not in of_earlier.read_text(encoding="utf-8")
    assert "the archive of reports and its feed warn of them" in printed

    assert invoke(*command.split(), "--home", str(home.root), "--format", "csv").exit_code == 0
    assert feed.read_text(encoding="utf-8").count("1 crawl behind this report was withdrawn") == 1


@pytest.mark.parametrize("has_manifest", [True, False], ids=["named-in-the-manifest", "manifest-lost"])
def test_readers_are_warned_although_the_warehouse_was_rebuilt(home: Home, has_manifest: bool) -> None:
    vintage = home.database.resolve().parent
    if not has_manifest:
        (vintage / "manifest.json").unlink()
    home.warehouse.unlink()
    load(home, SETTINGS)
    assert f"vintage {vintage.name} contains it: its readers are warned" in withdraw_run(home, PUBLISHED)


@pytest.mark.parametrize("is_rebuilt", [False, True], ids=["warehouse", "warehouse-rebuilt"])
def test_the_archive_warns_of_a_report_whose_vintage_is_no_longer_kept(home: Home, is_rebuilt: bool) -> None:
    vintage = home.database.resolve().parent
    assert invoke("report", "--home", str(home.root), "--format", "csv").exit_code == 0
    shutil.rmtree(vintage)
    if is_rebuilt:
        home.warehouse.unlink()
        load(home, SETTINGS)
    later = withdraw_run(home, LATER)  # crawled after the publication
    assert vintage.name not in later
    assert "The marts may still contain it: run `jobmarket gate raw`, `build`, `gate marts` and `publish`." in later
    printed = withdraw_run(home, PUBLISHED)
    assert "contains it" not in printed
    assert f"a report was made from {vintage.name} before; that is not kept, so it cannot be written again" in printed
    for file in ("index.html", "feed.xml"):
        assert "1 crawl behind this report was withdrawn" in (home.reports / file).read_text(encoding="utf-8")


def test_a_report_that_is_being_written_does_not_stop_the_withdrawal(home: Home) -> None:
    assert invoke("report", "--home", str(home.root), "--format", "csv").exit_code == 0
    with only_one(home.reports, "writing or sending reports in"):
        printed = withdraw_run(home, PUBLISHED)
    assert "until the next report is written or this command is repeated: Another process is writing" in printed
    assert "withdrawn" not in (home.reports / "feed.xml").read_text(encoding="utf-8")
    printed = withdraw_run(home, PUBLISHED)
    assert printed.startswith(f"run {PUBLISHED} is already withdrawn, since ")
    assert "the archive of reports and its feed warn of them" in printed
    assert "1 crawl behind this report was withdrawn" in (home.reports / "feed.xml").read_text(encoding="utf-8")


def test_a_withdrawal_that_was_killed_before_the_archive_can_be_repeated(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = ["report", "--home", str(home.root), "--format", "csv"]
    assert invoke(*written).exit_code == 0
    with monkeypatch.context() as killed:
        killed.setattr("jobmarket.report.late_warnings.warn", Mock(side_effect=SystemExit(9)))
        assert invoke("load", "--home", str(home.root), "--withdraw", PUBLISHED, "--reason", "wrong").exit_code == 9
    once = withdraw_run(home, PUBLISHED).partition("\n")[2]
    feed = (home.reports / "feed.xml").read_bytes()
    assert b"1 crawl behind this report was withdrawn" in feed
    assert withdraw_run(home, PUBLISHED).partition("\n")[2] == once
    assert (home.reports / "feed.xml").read_bytes() == feed


def test_the_archive_warns_no_more_once_the_withdrawal_is_undone(home: Home) -> None:
    written = ["report", "--home", str(home.root), "--format", "csv"]
    assert invoke(*written).exit_code == 0
    vintage = home.database.resolve().parent
    (note,) = home.reports.glob(f"*/{vintage.name}/report.json")
    dropped = vintage.with_name("20990105T000000Z-00000000")
    of_dropped = home.reports / note.parent.parent.name / dropped.name / note.name
    of_dropped.parent.mkdir()
    of_dropped.write_text(note.read_text(encoding="utf-8").replace(vintage.name, dropped.name), encoding="utf-8")
    with connect(home, SETTINGS) as connection:
        connection.execute(
            "insert into ops.published_figures by name "
            "from (from ops.published_figures where vintage_id = ? limit 1) "
            "select * replace (? as vintage_id, now() + interval 1 day as published_at)",
            [vintage.name, dropped.name],
        )
    withdraw_run(home, PUBLISHED)
    feed = home.reports / "index.html"
    assert feed.read_text(encoding="utf-8").count("1 crawl behind this report was withdrawn") == 2

    (mark,) = home.landing.rglob("withdrawn.json")
    mark.unlink()
    with connect(home, SETTINGS) as connection:
        connection.execute("delete from ops.withdrawn_runs")  # as in a new warehouse
    load(home, SETTINGS)
    with connect(home, SETTINGS) as connection:
        connection.execute("update ops.builds set started_at = now()")
        pass_gates(connection)
    publish(home, SETTINGS, AS_OF)
    assert invoke(*written).exit_code == 0
    assert "withdrawn" not in feed.read_text(encoding="utf-8")
    assert list(vintage.parent.glob("*.withdrawn_runs")) == []


def test_the_warning_is_not_among_the_rows(home: Home) -> None:
    withdraw_run(home, PUBLISHED)
    done = invoke("sql", "--home", str(home.root), "--format", "csv", "select 1 as one")
    assert done.stdout.split() == ["one", "1"]
    assert "withdrawn since" in done.stderr


def test_a_run_that_no_vintage_contains_is_no_reason_to_warn(home: Home) -> None:
    assert "contains it" not in withdraw_run(home, LATER)
    assert "withdrawn since" not in invoke("sql", "--home", str(home.root), "select 1").output


def test_a_vintage_before_the_run_is_no_reason_to_warn(home: Home) -> None:
    vintage = home.database.resolve().parent
    earlier = vintage.rename(vintage.with_name(f"{AS_OF - timedelta(days=7):%Y%m%dT%H%M%SZ}-00000000"))
    assert earlier.name not in withdraw_run(home, PUBLISHED)


def test_publishing_the_same_content_without_the_run_ends_the_warning(home: Home) -> None:
    withdraw_run(home, PUBLISHED)
    with connect(home, SETTINGS) as connection:
        # The build that the gates and the publication ask for, after which the marts are the same.
        connection.execute("update ops.builds set started_at = now()")
        pass_gates(connection)
    assert publish(home, SETTINGS, AS_OF).counts["changed"] == 0
    assert "withdrawn since" not in invoke("sql", "--home", str(home.root), "select 1").output


def test_the_archive_goes_on_warning_when_the_vintage_is_removed(home: Home) -> None:
    written = ["report", "--home", str(home.root), "--format", "csv"]
    assert invoke(*written).exit_code == 0
    withdraw_run(home, PUBLISHED)
    vintage = home.database.resolve().parent
    before = vintage.with_name(f"{AS_OF - timedelta(days=7):%Y%m%dT%H%M%SZ}-00000000")
    shutil.copytree(vintage, before)
    feed = home.reports / "feed.xml"
    withdraw(home, SETTINGS, vintage.name)
    assert invoke(*written).exit_code == 0
    assert "The vintage behind this report was withdrawn" in feed.read_text(encoding="utf-8")
    vintage.with_name(f"{vintage.name}.withdrawn").unlink()
    assert invoke(*written).exit_code == 0
    assert "1 crawl behind this report was withdrawn" in feed.read_text(encoding="utf-8")


@pytest.mark.parametrize("command", [["gate", "raw"], ["build"], ["gate", "marts"], ["publish"]], ids=" ".join)
def test_if_all_runs_are_withdrawn_the_stages_say_so(home: Home, command: list[str]) -> None:
    withdraw_run(home, PUBLISHED)
    withdraw_run(home, LATER)
    done = invoke(*command, "--home", str(home.root))
    assert done.exit_code == 1
    assert f"All runs in {home.warehouse} are withdrawn, at last {LATER} (wrong page)." in done.output
    assert f"move {home.published} away" in done.output


def test_empty_marts_are_not_built_although_a_moment_is_given(home: Home) -> None:
    withdraw_run(home, PUBLISHED)
    withdraw_run(home, LATER)
    with pytest.raises(PermanentError, match="All runs in .* are withdrawn"):
        transform.build(home, SETTINGS, AS_OF)
