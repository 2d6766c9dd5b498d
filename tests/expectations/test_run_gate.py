"""Both gates from end to end: return values, stored results and Data Docs."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import duckdb
import pytest

from expectations.gates import run_gate
from expectations.results import GateOutcome
from jobmarket.builds import begin_build, end_build
from jobmarket.publishing.source import marts_checksum
from jobmarket.settings import Home, Settings
from jobmarket.stages import GateClosedError, PermanentError, StageError, SupersededError
from jobmarket.warehouse import connect, withdraw
from tests.expectations.conftest import note_build

AS_OF = datetime(2026, 8, 20, tzinfo=UTC)
NEW = ("ashby-20260820T000000Z-1", "lever-20260820T000000Z-1")
NO_TITLES = "update raw.posting_versions set title = null where landed_run_id = 'ashby-20260820T000000Z-1'"
CHECKED_AT = datetime(2026, 8, 21, 9, 30, tzinfo=UTC)


def _change(home: Home, settings: Settings, sql: str) -> None:
    with connect(home, settings) as connection:
        connection.execute(sql)


def _ask(home: Home, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def _fingerprint(home: Home, settings: Settings) -> str:
    with connect(home, settings, read_only=True) as connection:
        return marts_checksum(connection)


class _Page(HTMLParser):
    """Collects what a browser would load, and the links."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a":
            self.links.append(given.get("href") or "")
        elif address := given.get("src") or given.get("href"):
            self.loads.append(address)


def test_good_raw_passes_once(home: Home, settings: Settings) -> None:
    updates: list[tuple[str, str, int, int | None]] = []

    class Listener:
        def update(self, stage: str, detail: str, done: int, total: int | None = None) -> None:
            updates.append((stage, detail, done, total))

    result = run_gate(home, settings, "raw", AS_OF, Listener(), clock=lambda: CHECKED_AT)
    assert result.counts["critical_failed"] == result.counts["warnings"] == 0
    assert result.counts["runs"] == 2
    assert result.details == ()
    assert updates[-1][2] == updates[-1][3] == len(updates)

    gates = _ask(home, "select gate, outcome, n_checks, n_critical_failed, n_warnings, line, checked_at from ops.gates")
    assert gates == [("raw", "open", result.counts["checks"], 0, 0, result.summary, CHECKED_AT.replace(tzinfo=None))]
    stored = _ask(
        home, "select count(*), count(distinct (table_name, expectation)), bool_and(success) from ops.gate_results"
    )
    assert stored == [(result.counts["checks"], result.counts["checks"], True)]
    assert _ask(home, "select run_id from ops.gated_runs where batch_id like 'raw-20260820T000000Z-%' order by 1") == [
        (run_id,) for run_id in NEW
    ]

    again = run_gate(home, settings, "raw", AS_OF)
    assert again.summary == "nothing new to check"
    assert again.counts["checks"] == 0
    assert _ask(home, "select count(*) from ops.gates") == [(1,)]


def test_a_gate_with_nothing_new_does_not_import_great_expectations(home: Home, settings: Settings) -> None:
    _change(home, settings, "insert into ops.gated_runs select distinct run_id, 'before' from raw.crawl_runs")
    code = f"""
import sys
from datetime import UTC, datetime
from pathlib import Path
from expectations.gates import run_gate
from jobmarket.settings import Home, Settings
result = run_gate(Home(Path({str(home.root)!r})), Settings(_env_file=None), "raw", datetime(2026, 8, 20, tzinfo=UTC))
print(result.summary, "great_expectations" in sys.modules)
"""
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert process.stdout == "nothing new to check False\n", process.stderr


def test_good_marts_pass_and_a_second_check_replaces_the_first(home: Home, settings: Settings) -> None:
    first = run_gate(home, settings, "marts", AS_OF, clock=lambda: CHECKED_AT)
    assert first.counts["critical_failed"] == first.counts["warnings"] == 0
    before = _ask(home, "select * exclude (checked_at) from ops.gate_results order by all")
    second = run_gate(home, settings, "marts", AS_OF, clock=lambda: CHECKED_AT + timedelta(hours=1))
    assert second == first
    assert _ask(home, "select * exclude (checked_at) from ops.gate_results order by all") == before
    assert _ask(home, "select gate, batch_id, outcome, checked_at from ops.gates") == [
        ("marts", "marts-20260820T000000Z", "open", datetime(2026, 8, 21, 10, 30))  # noqa: DTZ001  # as DuckDB gives it
    ]
    ((kept,),) = _ask(home, "select marts_checksum from ops.gates")
    assert kept == _fingerprint(home, settings)
    _change(home, settings, "update marts.dim_skills set n_postings = 59 where skill_id = 'python'")
    assert kept != _fingerprint(home, settings), "publication would not notice that the marts were rebuilt"
    pages = list(home.data_docs.rglob("validations/**/*.html"))
    assert len(pages) == len(set(_ask(home, "select distinct suite from ops.gate_results")))


def test_runs_of_a_closed_raw_gate_stay_pending_until_they_pass(
    home: Home, settings: Settings, only: Callable[..., None]
) -> None:
    only("raw.posting_versions")
    bad = "landed_run_id = 'ashby-20260820T000000Z-1' and native_id = '3' and company_slug = 'firm-ashby-1'"
    _change(home, settings, f"update raw.posting_versions set title = null where {bad}")
    with pytest.raises(GateClosedError) as closed:
        run_gate(home, settings, "raw", AS_OF)
    line = str(closed.value)
    assert line == (
        "Gate raw closed: raw.posting_versions.title: 1 of 60 versions without a title "
        f"(runs ashby-20260820T000000Z-1): see {home.data_docs / 'index.html'} "
        "and docs/gates.md#raw-posting-versions-title-present"
    )
    assert _ask(home, "select outcome, n_critical_failed, line from ops.gates") == [("closed", 1, line)]
    assert _ask(home, "select count(*) from ops.gated_runs where run_id like '%20260820%'") == [(0,)]
    stored = _ask(home, "select severity, unexpected_count, reason from ops.gate_results where not success")
    assert len(stored) == 1
    assert stored[0][:2] == ("critical", 1)
    assert str(stored[0][2]).startswith("No versions without a title. Why: ")
    assert str(stored[0][2]).endswith(" (Bound set in November 2026.)")

    _change(home, settings, f"update raw.posting_versions set title = 'Data Engineer' where {bad}")
    assert run_gate(home, settings, "raw", AS_OF).counts["runs"] == 2
    assert _ask(home, "select outcome from ops.gates") == [("open",)]


def seal(home: Home, run_id: str) -> None:
    """Make the landing folder of a run, which a withdrawal marks."""
    folder = home.landing / "board=ashby" / "dt=2026-08-20" / f"run={run_id}"
    folder.mkdir(parents=True)
    (folder / "run.json").touch()


def test_a_withdrawn_run_no_longer_blocks_the_gate(home: Home, settings: Settings, only: Callable[..., None]) -> None:
    only("raw.posting_versions")
    _change(home, settings, NO_TITLES)
    with pytest.raises(GateClosedError, match="30 of 60 versions without a title"):
        run_gate(home, settings, "raw", AS_OF)
    seal(home, "ashby-20260820T000000Z-1")
    withdraw(home, settings, "ashby-20260820T000000Z-1", "titles missing", AS_OF)
    assert run_gate(home, settings, "raw", AS_OF).counts["runs"] == 1


def test_the_content_of_a_withdrawn_run_is_checked_if_another_run_saw_it(
    home: Home, settings: Settings, only: Callable[..., None]
) -> None:
    only("raw.posting_versions")
    _change(home, settings, NO_TITLES)
    _change(
        home,
        settings,
        """insert into raw.sightings select 'ashby-20260820T000000Z-2', posting_key, content_hash from raw.sightings
            where run_id = 'ashby-20260820T000000Z-1';
        insert into raw.crawl_runs select * replace ('ashby-20260820T000000Z-2' as run_id) from raw.crawl_runs
            where run_id = 'ashby-20260820T000000Z-1'""",
    )
    seal(home, "ashby-20260820T000000Z-1")
    withdraw(home, settings, "ashby-20260820T000000Z-1", "titles missing", AS_OF)
    with pytest.raises(GateClosedError, match="30 of 60 versions without a title"):
        run_gate(home, settings, "raw", AS_OF)


def test_runs_after_as_of_wait(home: Home, settings: Settings, only: Callable[..., None]) -> None:
    only("raw.crawl_runs")
    result = run_gate(home, settings, "raw", AS_OF - timedelta(days=1))
    assert result.summary == "nothing new to check"
    assert run_gate(home, settings, "raw", AS_OF).counts["runs"] == 2


def test_a_later_success_makes_up_for_failed_crawls(home: Home, settings: Settings, only: Callable[..., None]) -> None:
    only("raw.crawl_runs")
    _change(
        home,
        settings,
        """insert into raw.crawl_runs
            select * replace (run_id || '-early' as run_id, as_of - interval 6 hour as as_of, 'failed' as status,
                'no network' as reason, 0 as postings)
            from raw.crawl_runs where as_of = '2026-08-20'""",
    )
    assert run_gate(home, settings, "raw", AS_OF).counts["runs"] == 4


def test_warnings_do_not_close_a_gate(home: Home, settings: Settings) -> None:
    _change(
        home,
        settings,
        """update raw.posting_versions set description_html = 'It is our clientâ€™s rÃ©sumÃ©' where native_id = '1';
        update raw.posting_versions set date_posted = '1970-01-01', language = 'English', url = 'www.example.org',
            base_salary = [{min_value: 0, max_value: 60000, currency: 'EUR', unit_text: null, "name": null}]
            where native_id = '1' and company_slug = 'firm-lever-0';
        update raw.crawl_runs set status = 'failed', reason = null where company_slug = 'firm-lever-0'
            and as_of = '2026-08-20';
        update raw.crawl_runs set postings = 31, duplicates = 9 where company_slug = 'firm-lever-1'
            and as_of = '2026-08-20'""",
    )
    result = run_gate(home, settings, "raw", AS_OF)
    warned = {name for (name,) in _ask(home, "select expectation from ops.gate_results where not success")}
    assert warned == {
        "board_complete",
        "count_as_recorded",
        "date_posted_not_before_2000",
        "few_duplicates",
        "gap_explained",
        "language_tag",
        "little_mojibake",
        "pay_positive",
        "url_http",
        "usual_size",
    }
    assert _ask(home, "select distinct severity from ops.gate_results where not success") == [("warning",)]
    assert result.counts["warnings"] == len(result.details) == len(warned)
    assert (
        "warning: raw.posting_versions.language: 1 of 60 versions whose language is not a language tag "
        "(runs lever-20260820T000000Z-1)"
    ) in result.details
    assert _ask(home, "select outcome from ops.gates") == [("open",)]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("rpt_skill_demand_weekly", "warning"),
        ("rpt_salary_trend_weekly", "warning"),
        ("rpt_board_coverage_weekly", "warning"),
        ("fct_posting_skills", "warning"),
        ("fct_posting_salaries", "warning"),
        ("fct_postings", "critical"),
    ],
)
def test_an_empty_mart(table: str, expected: str, run_check: Callable[..., GateOutcome]) -> None:
    outcome = run_check(f"marts.{table}", "not_empty", f"delete from marts.{table}")
    assert [(one.expectation, one.severity) for one in outcome.results if not one.success] == [("not_empty", expected)]


@pytest.mark.parametrize("days", [-7, 15])
def test_marts_of_another_moment_are_not_checked(home: Home, settings: Settings, days: int) -> None:
    as_of = AS_OF + timedelta(days=days)
    with pytest.raises(PermanentError) as refused:
        run_gate(home, settings, "marts", as_of)
    assert isinstance(refused.value, SupersededError) == (days < 0)
    line = str(refused.value)
    assert line.startswith(f"Not checked: the marts stand for 2026-08-20T00:00:00Z, not for {as_of:%Y-%m-%d}T00:00:00Z")
    assert f"`jobmarket build --as-of {as_of:%Y-%m-%d}T00:00:00Z`" in line
    assert "\n" not in line
    assert _ask(home, "select count(*) from ops.gates") == [(0,)], "nothing was checked, so no gate is closed"


@pytest.mark.parametrize(
    ("outcome", "message"), [("begun", "the last build, as of 2026-08-21T00:00:00Z, did not finish"),
                          ("failed", "the last build, as of 2026-08-21T00:00:00Z, failed"),
                          (None, "this warehouse has no record of a build")]
)  # fmt: skip
def test_marts_of_a_build_without_an_end_are_not_checked(
    home: Home, settings: Settings, outcome: str | None, message: str
) -> None:
    started = datetime.now(UTC)
    with connect(home, settings) as connection:
        if outcome is None:
            connection.execute("drop table ops.builds")
        else:
            begin_build(connection, started, AS_OF + timedelta(days=1))
        if outcome == "failed":
            end_build(connection, started, "failed")
    with pytest.raises(StageError, match=f"^Not checked: {message}.*`jobmarket build --as-of 2026-08-20T00:00:00Z`"):
        run_gate(home, settings, "marts", AS_OF)


def test_marts_are_not_checked_if_a_run_was_withdrawn_after_their_build(
    home: Home, settings: Settings, only: Callable[..., None]
) -> None:
    only("marts.fct_postings")
    for run_id in NEW:
        seal(home, run_id)
    started = datetime.now(UTC)
    withdraw(home, settings, NEW[0], "test", started - timedelta(hours=1))
    with connect(home, settings) as connection:
        begin_build(connection, started, AS_OF)
        end_build(connection, started, "passed")
    run_gate(home, settings, "marts", AS_OF)
    withdraw(home, settings, NEW[1], "test", started + timedelta(hours=1))
    refusal = f"^Not checked: run {NEW[1]} was withdrawn .*`jobmarket build --as-of 2026-08-20T00:00:00Z`"
    with pytest.raises(PermanentError, match=refusal):
        run_gate(home, settings, "marts", AS_OF)


def test_a_smaller_build_of_an_earlier_day_passes(
    home: Home, settings: Settings, publish: Callable[[int, str], None], only: Callable[..., None]
) -> None:
    only("marts.fct_postings")
    publish(1000, "2026-09-10T00:00:00Z")
    assert run_gate(home, settings, "marts", AS_OF).counts["critical_failed"] == 0


def test_a_shrunk_build_closes_the_gate(
    home: Home, settings: Settings, publish: Callable[[int, str], None], only: Callable[..., None]
) -> None:
    only("marts.fct_postings")
    publish(76, "2026-08-20T00:00:00Z")
    with pytest.raises(GateClosedError, match="marts.fct_postings.part_of_published: .* over 20 % fewer postings"):
        run_gate(home, settings, "marts", AS_OF)


def test_a_published_file_that_cannot_be_read_is_named(
    home: Home, settings: Settings, only: Callable[..., None]
) -> None:
    only("marts.fct_postings")
    home.published.mkdir()
    home.database.write_text("no database")
    result = run_gate(home, settings, "marts", AS_OF)
    assert result.counts["critical_failed"] == 0
    assert len(result.notes) == 1
    assert str(home.database) in result.notes[0]


def test_a_missing_mart_closes_the_gate(home: Home, settings: Settings, only: Callable[..., None]) -> None:
    only("marts.dim_skills", "marts.rpt_salary_trend_weekly")
    _change(home, settings, "drop table marts.rpt_salary_trend_weekly; alter table marts.dim_skills drop n_postings")
    with pytest.raises(GateClosedError) as closed:
        run_gate(home, settings, "marts", AS_OF)
    index = (home.data_docs / "index.html").read_text(encoding="utf-8")
    assert 'marts-20260820T000000Z: <span class="critical">closed</span>' in index
    assert 'marts_dim_skills <span class="soft">(could not be read)</span></td>' in index
    assert index.count("✗ critical: closes the gate") == len(_ask(home, "from ops.gate_results where not success"))
    line = str(closed.value)
    assert line.startswith("Gate marts closed: marts.dim_skills: the skills cannot be read (Binder Error")
    assert line.endswith("docs/gates.md#a-table-that-cannot-be-read")
    assert "\n" not in line
    unreadable = _ask(
        home, "select distinct table_name from ops.gate_results where expectation = 'readable' order by 1"
    )
    assert unreadable == [("marts.dim_skills",), ("marts.rpt_salary_trend_weekly",)]
    # Great Expectations' id file of a store: if a full disk left it empty, every later gate would fail
    assert not list(home.root.rglob(".ge_store_backend_id"))


def test_several_failures_name_the_first_and_count_the_rest(
    home: Home, settings: Settings, only: Callable[..., None]
) -> None:
    only("marts.fct_postings")
    _change(home, settings, "update marts.fct_postings set workplace = 'moon', degree_min = 'knighthood'")
    with pytest.raises(GateClosedError, match=r"fct_postings.workplace: 60 of 60 .*\(and 1 more\): see "):
        run_gate(home, settings, "marts", AS_OF)


def test_data_docs_open_from_disk_and_show_both_gates(home: Home, settings: Settings) -> None:
    _change(
        home, settings, "update raw.posting_versions set language = '<script>alert(1)</script>' where native_id = '1'"
    )
    run_gate(home, settings, "raw", AS_OF)
    run_gate(home, settings, "marts", AS_OF)
    pages = [path for path in home.data_docs.rglob("*.html") if "static" not in path.parts]
    assert len(pages) > 50
    for path in pages:
        html = path.read_text(encoding="utf-8")
        page = _Page()
        page.feed(html)
        assert [address for address in page.loads if not address.startswith("data:")] == []
        assert "@import" not in html
        assert "<script" not in html
        assert not re.search(r"url\(\s*['\"]?(?!data:)", html)
        for link in page.links:
            assert (path.parent / link).resolve().is_file(), f"{path} links to {link}"
    index = (home.data_docs / "index.html").read_text(encoding="utf-8")
    assert "raw-20260820T000000Z-" in index
    assert "marts-20260820T000000Z" in index
    headings = [" ".join(re.sub(r"<[^>]+>", "", part).split()) for part in re.findall(r"<h2>(.*?)</h2>", index)]
    (of_raw,) = [heading for heading in headings if heading.startswith("raw-")]
    assert re.fullmatch(r"raw-20260820T000000Z-\w+: open, 1 warning as of 2026-08-20 00:00 UTC", of_raw), of_raw
    assert "marts-20260820T000000Z: open as of 2026-08-20 00:00 UTC" in headings
    assert index.count("! warning: passes") == 1, "the one batch in which a warning failed"
    assert "✗ critical" not in index
    assert "not all passed" not in index
    shown = next(home.data_docs.rglob("validations/raw_posting_versions/**/*.html")).read_text(encoding="utf-8")
    assert "whose language is not a language tag" in shown
    assert "2026-11: recorded tags are en, fr, ja" in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown


def test_data_docs_keep_the_last_gate_runs(home: Home, settings: Settings, only: Callable[..., None]) -> None:
    only("marts.dim_skills")
    for days in range(5):
        with connect(home, settings) as connection:
            note_build(connection, AS_OF + timedelta(days=days))
        run_gate(home, settings, "marts", AS_OF + timedelta(days=days))
    kept = sorted(
        path.name
        for path in (home.data_docs / "validations" / "marts_dim_skills").iterdir()
        if any(path.rglob("*.html"))
    )
    assert kept == ["marts-20260822T000000Z", "marts-20260823T000000Z", "marts-20260824T000000Z"]
    assert _ask(home, "select count(distinct batch_id) from ops.gate_results") == [(5,)]


def test_a_damaged_page_of_outcomes_stops_no_gate(home: Home, settings: Settings, only: Callable[..., None]) -> None:
    only("marts.dim_skills")
    outcomes = home.data_docs / "outcomes.json"
    outcomes.parent.mkdir(parents=True)
    outcomes.write_bytes(b"")  # as a power cut may leave it
    run_gate(home, settings, "marts", AS_OF)
    assert _ask(home, "select outcome from ops.gates") == [("open",)]
    assert json.loads(outcomes.read_bytes())
