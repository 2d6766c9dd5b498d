"""Live crawls name a contact, spare the hosts, and lose nothing without a network. No test sends a request."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from pydantic import ValidationError
from scrapy.exceptions import UsageError
from scrapy.utils.test import get_crawler

from jobmarket.landing import (
    CompanyOutcome,
    Origin,
    RunRecord,
    Withdrawal,
    read_run,
    run_folder,
    run_id_for,
    sealed_runs,
    write_withdrawal,
)
from jobmarket.origin import LIVE_WITHIN
from jobmarket.run_writer import Finished, RunWriter, unsealed_runs
from jobmarket.settings import Home, Settings
from jobmarket.stages import Silence, StageError, StageResult, as_of_text
from scrapers import preflight, settings, stage
from scrapers.attempts import sealed_attempts
from scrapers.boards.ashby import AshbySpider
from scrapers.left_behind import land_left_behind
from scrapers.planning import Company, CrawlSpec, next_run
from scrapers.registry import companies_on
from scrapers.replay.settings import replay_settings
from scrapers.sources import sources
from scrapers.stage import crawl, default_as_of
from scrapers.systems import spiders_by_name
from scrapers.user_agent import user_agent
from tests.scrapers.board_server import BoardServer, Reply

AS_OF = datetime(2026, 11, 20, tzinfo=UTC)
CONTACT_AND_NO_NETWORK = {"JOBMARKET_CONTACT": "crawler@example.org", "https_proxy": "http://127.0.0.1:9"}


def scrapy(root: Path, home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Scrapy's own command from the repository's root, where no name can be resolved."""
    environment |= {
        "PATH": str(Path(sys.executable).parent),
        "JOBMARKET_HOME": str(home),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-m", "scrapy", *arguments]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, timeout=120, check=False)


def live_crawl(home: Path, as_of: datetime, late: timedelta = timedelta(), boards: tuple[str, ...] = ()) -> StageResult:
    """Run a live crawl that begins ``late`` after its moment."""
    settings = Settings(contact="crawler@example.org")
    return crawl(
        Home(home), settings, "live", as_of, board_names=boards, progress=Silence(), clock=lambda: as_of + late
    )


def test_a_landed_past_day_stays_as_it_is(tmp_path: Path) -> None:
    run_id = run_id_for("ashby", AS_OF, 1)
    RunWriter(Home(tmp_path), RunRecord(run_id=run_id, board="ashby", origin="live", as_of=AS_OF)).seal(
        [CompanyOutcome(company_slug="acme", status="complete")]
    )
    late = timedelta(days=30)
    assert "ashby was landed as of 2026-11-20" in live_crawl(tmp_path, AS_OF, late, ("ashby",)).summary
    for boards in ((), ("lever",), ("ashby", "lever")):
        with pytest.raises(StageError, match="a past day cannot be crawled"):
            live_crawl(tmp_path, AS_OF, late, boards)


@pytest.mark.parametrize("damage", [lambda record: record.write_text("{"), lambda record: record.unlink()])
def test_a_damaged_record_of_a_past_day_is_named_and_the_other_runs_stay(
    tmp_path: Path, damage: Callable[[Path], Any]
) -> None:
    for board in ("ashby", "lever"):
        record = RunRecord(run_id=run_id_for(board, AS_OF, 1), board=board, origin="live", as_of=AS_OF)
        RunWriter(Home(tmp_path), record).seal([CompanyOutcome(company_slug="acme", status="complete")])
    damaged = run_folder(Home(tmp_path), "lever", AS_OF, run_id_for("lever", AS_OF, 1)) / "run.json"
    damage(damaged)
    late = timedelta(days=30)
    cleared = live_crawl(tmp_path, AS_OF, late, ("ashby", "lever"))
    assert "ashby, lever was landed as of 2026-11-20" in cleared.summary
    assert [str(damaged) in gap for gap in cleared.gaps] == [True]
    with pytest.raises(StageError, match=r"Nothing usable is landed as of .*run\.json.*[^.]\. Log"):
        live_crawl(tmp_path, AS_OF, late, ("lever",))


def test_a_past_day_on_which_all_companies_failed_is_not_a_success(tmp_path: Path) -> None:
    record = RunRecord(run_id=run_id_for("ashby", AS_OF, 1), board="ashby", origin="live", as_of=AS_OF)
    RunWriter(Home(tmp_path), record).seal([CompanyOutcome(company_slug="acme", status="failed", reason="503: down")])
    with pytest.raises(StageError, match=r"No board gave a usable answer as of 2026-11-20T00:00:00Z: ashby: 503: down"):
        live_crawl(tmp_path, AS_OF, timedelta(days=30), ("ashby",))


def test_neither_an_archive_nor_a_withdrawn_run_is_what_a_cleared_past_day_landed(tmp_path: Path) -> None:
    def land(origin: Origin, attempt: int, status: str) -> Path:
        record = RunRecord(run_id=run_id_for("hn", AS_OF, attempt), board="hn", origin=origin, as_of=AS_OF)
        outcome = CompanyOutcome.model_validate({"company_slug": "all", "status": status, "reason": "503: down"})
        return RunWriter(Home(tmp_path), record).seal([outcome])

    def cleared() -> StageResult:
        return live_crawl(tmp_path, AS_OF, timedelta(days=30), ("hn",))

    land("backfill", 1, "complete")
    write_withdrawal(land("live", 2, "complete"), Withdrawal(reason="misread", withdrawn_at=AS_OF))
    with pytest.raises(StageError, match="a past day cannot be crawled"):
        cleared()
    land("live", 3, "failed")
    with pytest.raises(StageError, match="No board gave a usable answer as of .*: hn: 503: down"):
        cleared()
    land("live", 4, "complete")
    assert "hn was landed as of 2026-11-20" in cleared().summary


def test_companies_that_waited_longest_come_first(tmp_path: Path) -> None:
    """A slow system may not reach all its companies in a crawl; the same ones must not be left out each day."""
    home = Home(tmp_path)
    requested = {2: {"a": 1, "b": 3, "c": 0}, 1: {"a": 1, "b": 0, "c": 0}}  # days ago → requests of each company
    for days, requests in requested.items():
        as_of = AS_OF - timedelta(days=days)
        record = RunRecord(run_id=run_id_for("ashby", as_of, 1), board="ashby", origin="live", as_of=as_of)
        outcomes = [CompanyOutcome(company_slug=name, status="failed", requests=n) for name, n in requests.items()]
        RunWriter(home, record).seal(outcomes)
    companies = [Company(slug=name) for name in "abcd"]
    run = next_run(home, "ashby", "live", AS_OF, companies, ())
    assert run is not None
    assert [company.slug for company in run.companies] == ["c", "d", "b", "a"]


def test_a_withdrawn_run_requested_its_companies_and_a_crawl_of_the_archive_did_not(tmp_path: Path) -> None:
    home = Home(tmp_path)
    origins: dict[str, Origin] = {"archive": "backfill", "withdrawn": "live"}
    for days, (slug, origin) in enumerate(origins.items(), start=1):
        as_of = AS_OF - timedelta(days=days)
        record = RunRecord(run_id=run_id_for("hn", as_of, 1), board="hn", origin=origin, as_of=as_of)
        outcome = CompanyOutcome(company_slug=slug, status="complete", requests=1)
        folder = RunWriter(home, record).seal([outcome])
    write_withdrawal(folder, Withdrawal(reason="misread", withdrawn_at=AS_OF))
    companies = [Company(slug=name) for name in ("withdrawn", "archive", "never")]
    run = next_run(home, "hn", "live", AS_OF, companies, ())
    assert run is not None
    assert [company.slug for company in run.companies] == ["archive", "never", "withdrawn"]


def test_neither_an_archive_nor_a_withdrawn_run_is_the_crawl_of_its_moment(tmp_path: Path) -> None:
    home, companies = Home(tmp_path), [Company(slug="all")]
    done = [CompanyOutcome(company_slug="all", status="complete")]

    def planned(origin: Origin) -> str | None:
        run = next_run(home, "hn", origin, AS_OF, companies, sealed_attempts(home, "hn", origin, AS_OF).records)
        return run and run.run_id.rpartition("-")[2]

    def landed(origin: Origin, attempt: int) -> Path:
        record = RunRecord(run_id=run_id_for("hn", AS_OF, attempt), board="hn", origin=origin, as_of=AS_OF)
        return RunWriter(home, record).seal(done)

    landed("backfill", 1)
    assert (planned("backfill"), planned("live")) == (None, "2")
    folder = landed("live", 2)
    assert planned("live") is None
    write_withdrawal(folder, Withdrawal(reason="misread", withdrawn_at=AS_OF))
    assert (planned("backfill"), planned("live")) == (None, "3")


def test_a_host_gets_one_request_at_a_time_and_at_most_one_per_second(
    served: BoardServer, drive: Callable[..., Any], board_folder: Callable[..., Path], tmp_path: Path
) -> None:
    """With the live settings in place of what a replay relaxes: its server is a host like any other."""
    relaxed = replay_settings("").keys() - {"DOWNLOAD_HANDLERS", "REPLAY_ADDRESS", "HTTPPROXY_ENABLED"}
    begun: list[float] = []
    ended: list[float] = []

    def answer(handler: BaseHTTPRequestHandler) -> Reply:
        begun.append(monotonic())
        sleep(0.1)
        ended.append(monotonic())
        return Reply(200 if "/boards/" in handler.path else 404, b'{"jobs": [], "meta": {"total": 0}}')

    host = "https://boards-api.greenhouse.io"
    boards = [f"{host}/v1/boards/{name}/jobs?content=true" for name in ("acme", "ash", "elm", "fern", "oak")]
    served.answers |= dict.fromkeys([*boards, f"{host}/robots.txt", f"{host}/.well-known/tdmrep.json"], answer)
    folder = board_folder(dict.fromkeys(boards, (200, "application/json", b"{}")))
    live = {name: getattr(settings, name) for name in relaxed if hasattr(settings, name)}
    crawled = drive(tmp_path / "home", folder, address=served.address, settings=live)
    assert {outcome.status for outcome in crawled.outcomes.values()} == {"complete"}
    assert len(begun) == len(boards) + 2
    # The server may notice a request late.
    assert min(after - before for before, after in pairwise(begun)) > 0.9
    assert all(after > before for before, after in zip(ended, begun[1:], strict=False))


def test_a_live_crawl_ends_before_its_moment_is_over() -> None:
    assert timedelta(minutes=settings.MINUTES_BUDGET) < LIVE_WITHIN


def test_a_replay_relaxes_only_speed() -> None:
    relaxed = replay_settings("127.0.0.1:1")
    assert relaxed["DOWNLOAD_DELAY"] == 0
    assert relaxed["DOWNLOAD_TIMEOUT"] >= 600  # the server runs on this machine, so slowness is this machine's too
    assert relaxed["HTTPPROXY_ENABLED"] is False
    assert "ROBOTSTXT_OBEY" not in relaxed
    handlers = {scheme: handler for scheme, handler in relaxed["DOWNLOAD_HANDLERS"].items() if handler}
    assert handlers == dict.fromkeys(("http", "https"), "scrapers.replay.handler.ReplayDownloadHandler")


def test_no_agent_pretends_to_be_a_browser() -> None:
    assert user_agent(None) == f"jobmarket/{version('jobmarket')}"
    assert user_agent("crawler@example.org") == f"jobmarket/{version('jobmarket')} (+crawler@example.org)"


def test_a_live_crawl_without_a_contact_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JOBMARKET_CONTACT", raising=False)
    with pytest.raises(StageError, match="set JOBMARKET_CONTACT"):
        crawl(Home(tmp_path), Settings(contact=None), "live", AS_OF, progress=Silence())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("contact", ["me", "someone@home", "https://", "a@example.org\nX-Injected: 1"])
def test_a_contact_that_cannot_be_written_to_is_refused(contact: str) -> None:
    with pytest.raises(ValidationError, match="neither a mail address nor the URL of a page"):
        Settings(contact=contact)


def test_a_missing_network_is_reported_within_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(host: str, *_: object, **__: object) -> None:
        raise socket.gaierror(-3, f"no answer for {host}")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    monkeypatch.setattr(preflight, "getproxies", dict)
    with pytest.raises(
        StageError, match=r"No network: none of a\.example, b\.example could be resolved\. Nothing was requested\.$"
    ):
        preflight.require_network({"b.example", "a.example"})
    with pytest.raises(StageError, match=r"none of 0\.example, .*, 4\.example and 2 more could be resolved"):
        preflight.require_network({f"{number}.example" for number in range(7)})


def test_every_board_system_can_be_crawled_alone() -> None:
    hosts = {
        name: preflight.hosts_of(spider.list_url, [row.slug for row in companies_on(name)])
        for name, spider in spiders_by_name().items()
    }
    assert hosts["adzuna"] == {"api.adzuna.com"}
    assert {"breezy.hr", f"{companies_on('breezy')[0].slug}.breezy.hr"} <= hosts["breezy"]
    assert hosts["workday"] == {row.slug.partition("/")[0] for row in companies_on("workday")[:20]}
    assert preflight.hosts_of("https://{slug}", ["acme.example/sitemap.xml#/jobs/"]) == {"acme.example"}
    wrong = {name: found for name, found in hosts.items() if not found or any("{" in host for host in found)}
    assert wrong == {}


def test_a_silent_name_server_does_not_hold_up_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    from threading import Event

    over = Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: over.wait(60))
    monkeypatch.setattr(preflight, "_PATIENCE_SECONDS", 0.2)
    monkeypatch.setattr(preflight, "getproxies", dict)
    try:
        with pytest.raises(StageError, match="No network"):
            preflight.require_network({"a.example"})
    finally:
        over.set()


def test_one_resolvable_host_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    requested: list[str] = []

    def one(host: str, *_: object, **__: object) -> list[Any]:
        requested.append(host)
        if host != "b.example":
            raise socket.gaierror
        return []

    monkeypatch.setattr(socket, "getaddrinfo", one)
    monkeypatch.setattr(preflight, "getproxies", dict)
    preflight.require_network({"a.example", "b.example"})
    assert "b.example" in requested


def test_behind_a_proxy_only_the_proxy_must_resolve(monkeypatch: pytest.MonkeyPatch) -> None:
    requested: list[str] = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *_, **__: requested.append(host))
    monkeypatch.setattr(preflight, "getproxies", lambda: {"https": "http://proxy.example:3128"})
    preflight.require_network({"a.example"})
    assert requested == ["proxy.example"]


def test_a_live_crawl_without_network_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The proxy's name never resolves, so the crawl process finds no network wherever the test runs.
    monkeypatch.setenv("https_proxy", "http://nowhere.invalid:3128")
    (tmp_path / "published").mkdir()
    (tmp_path / "published" / "jobmarket.duckdb").write_bytes(b"as it was")
    with pytest.raises(StageError, match=r"No network: none of nowhere\.invalid could be resolved"):
        live_crawl(tmp_path, AS_OF)
    assert (tmp_path / "published" / "jobmarket.duckdb").read_bytes() == b"as it was"
    assert not (tmp_path / "landing").exists()
    assert not (tmp_path / "origin").exists()


@pytest.mark.parametrize(
    ("late", "message"),
    [
        (timedelta(hours=6, seconds=1), "a past day cannot be crawled"),
        (timedelta(days=30), "a past day cannot be crawled"),
        (-timedelta(hours=7), "a future day cannot be crawled"),
    ],
)
def test_a_live_crawl_of_another_day_is_refused(tmp_path: Path, late: timedelta, message: str) -> None:
    with pytest.raises(StageError, match=rf"{message}\. 2026-11-20T00:00:00Z is more than 6 hours from now"):
        live_crawl(tmp_path, AS_OF, late)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("late", [timedelta(hours=6), timedelta(hours=-6)])
def test_a_live_crawl_may_begin_hours_after_its_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, late: timedelta
) -> None:
    monkeypatch.setenv("https_proxy", "http://nowhere.invalid:3128")
    with pytest.raises(StageError, match="No network"):  # the check of the day comes first and passed
        live_crawl(tmp_path, AS_OF, late)


def test_a_home_with_other_boards_is_refused_before_any_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", "http://nowhere.invalid:3128")
    (tmp_path / "origin").write_text("sample\n", encoding="utf-8")
    with pytest.raises(StageError, match="contains sample boards and cannot take live ones"):
        live_crawl(tmp_path, AS_OF)


def test_the_default_moment_of_a_live_crawl_is_now() -> None:
    now = datetime(2026, 11, 20, 4, 0, 1, 999_999, tzinfo=UTC)
    assert default_as_of("live", lambda: now) == now.replace(microsecond=0)
    assert default_as_of("live").tzinfo is UTC


def test_a_live_crawl_that_died_is_resumed(tmp_path: Path) -> None:
    home, now = Home(tmp_path), AS_OF + timedelta(hours=5)
    left = home.crawl_state / "unsealed" / "live" / f"ashby-{AS_OF:%Y%m%dT%H%M%SZ}-1"
    left.mkdir(parents=True)
    assert default_as_of("live", lambda: now, home) == now  # it had not completed any company
    (left / "finished.jsonl").write_text("{}\n")
    assert default_as_of("live", lambda: now, home) == AS_OF
    assert default_as_of("live", lambda: now, home, ("lever", "ashby")) == AS_OF
    assert default_as_of("live", lambda: now, home, ("lever",)) == now
    assert default_as_of("live", lambda: now + timedelta(hours=2), home) == now + timedelta(hours=2)


def test_a_live_crawl_under_way_keeps_its_moment_to_itself(tmp_path: Path) -> None:
    home, now = Home(tmp_path), AS_OF + timedelta(hours=1)
    stopped = AS_OF - timedelta(minutes=10)
    writers = {}
    for board, moment in {"ashby": AS_OF, "lever": AS_OF, "hn": stopped}.items():
        record = RunRecord(run_id=run_id_for(board, moment, 1), board=board, origin="live", as_of=moment)
        writers[board] = RunWriter(home, record)
        writers[board].company_finished(Finished(company_slug="acme", status="complete"))
    writers["lever"].leave()
    writers["hn"].leave()
    assert default_as_of("live", lambda: now, home, ("ashby",)) == now
    assert default_as_of("live", lambda: now, home, ("lever",)) == AS_OF
    assert default_as_of("live", lambda: now, home) == stopped, "a crawl of all boards would meet that of ashby"
    writers["ashby"].leave()
    past = AS_OF.replace(year=2018)
    RunWriter(home, RunRecord(run_id=run_id_for("hn", past, 1), board="hn", origin="backfill", as_of=past))
    assert default_as_of("live", lambda: now, home, ("hn",)) == stopped, "its archive is crawled, not the board"
    assert default_as_of("live", lambda: now, home) == default_as_of("live", lambda: now, home, ("ashby",)) == AS_OF


@pytest.mark.parametrize(("boards", "of_board"), [(("lever",), "-lever"), (("ashby", "lever"), ""), ((), "")])
def test_the_log_of_a_crawl_of_one_board_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, boards: tuple[str, ...], of_board: str
) -> None:
    crawled: list[CrawlSpec] = []
    monkeypatch.setattr(stage, "run_crawl", lambda spec, _: crawled.append(spec) or StageResult("crawl", "done"))
    live_crawl(tmp_path, AS_OF, boards=boards)
    assert [spec.log_file.name for spec in crawled] == [f"crawl-{AS_OF:%Y%m%dT%H%M%SZ}{of_board}.log"]


def test_a_crawl_of_named_companies_resumes_only_one_of_the_same(tmp_path: Path) -> None:
    home, now = Home(tmp_path), AS_OF + timedelta(hours=5)
    writer = RunWriter(home, RunRecord(run_id=run_id_for("ashby", AS_OF, 1), board="ashby", origin="live", as_of=AS_OF))
    writer.company_finished(Finished(company_slug="acme", status="complete"))
    writer.leave()
    assert default_as_of("live", lambda: now, home, companies=("other",)) == now
    assert default_as_of("live", lambda: now, home, ("ashby",), ("other",)) == now
    assert default_as_of("live", lambda: now, home, companies=("acme", "other")) == AS_OF
    assert default_as_of("live", lambda: now, home) == AS_OF


@pytest.mark.parametrize(("late", "lands"), [(timedelta(hours=6), False), (timedelta(hours=7), True)])
def test_what_a_live_crawl_left_is_landed_once_nobody_can_resume_it(
    tmp_path: Path, late: timedelta, lands: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", "http://nowhere.invalid:3128")
    home = Home(tmp_path)
    record = RunRecord(run_id=run_id_for("ashby", AS_OF, 1), board="ashby", origin="live", as_of=AS_OF)
    writer = RunWriter(home, record)
    writer.company_finished(Finished(company_slug="acme", status="complete"))
    writer.leave()
    with pytest.raises(StageError):  # a crawl of another board, which may run at the same time
        live_crawl(tmp_path, AS_OF, late, ("lever",))
    assert unsealed_runs(home, "live") == [record.run_id]
    if lands:  # as the task of a past day does, when it is tried again
        cleared = live_crawl(tmp_path, AS_OF, late, ("ashby",))
        assert "ashby was landed as of 2026-11-20" in cleared.summary
        left = "ashby: what a stopped crawl had completed as of 2026-11-20T00:00:00Z"
        assert cleared.details == (f"{left} is landed now: 1 company",)
    else:
        with pytest.raises(StageError, match="No network"):
            live_crawl(tmp_path, AS_OF, late)
    landed = [[each.company_slug for each in read_run(folder).companies] for folder in sealed_runs(home)]
    assert landed == ([["acme"]] if lands else [])
    assert unsealed_runs(home, "live") == ([] if lands else [record.run_id])


def test_what_a_stopped_crawl_left_is_named_although_the_crawl_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", "http://nowhere.invalid:3128")
    home = Home(tmp_path)
    for board in ("ashby", "lever"):
        writer = RunWriter(home, RunRecord(run_id=run_id_for(board, AS_OF, 1), board=board, origin="live", as_of=AS_OF))
        writer.company_finished(Finished(company_slug="acme", status="complete"))
        writer.leave()
    (home.landing / "board=lever").parent.mkdir()
    (home.landing / "board=lever").touch()
    left = "what a stopped crawl had completed as of 2026-11-20T00:00:00Z is"
    salvaged = rf"ashby: {left} landed now: 1 company\. lever: {left} not landed: "
    with pytest.raises(StageError, match=rf"^No network: .*Nothing was requested\. {salvaged}"):
        live_crawl(tmp_path, AS_OF + timedelta(days=1))


def test_what_cannot_be_landed_now_is_named_and_stays_for_the_next_crawl(tmp_path: Path) -> None:
    home, tomorrow = Home(tmp_path), AS_OF + timedelta(days=1)
    writers = {
        board: RunWriter(home, RunRecord(run_id=run_id_for(board, AS_OF, 1), board=board, origin="live", as_of=AS_OF))
        for board in ("ashby", "greenhouse", "lever", "recruitee")
    }
    for board, writer in writers.items():
        writer.company_finished(Finished(company_slug="acme", status="complete"))
        if board != "lever":  # is still being crawled
            writer.leave()
    home.landing.mkdir(exist_ok=True)
    in_the_way = home.landing / "board=ashby"
    in_the_way.write_text("as a disk that is not there would be", encoding="utf-8")
    damaged = home.crawl_state / "contents-greenhouse.sqlite"
    damaged.write_bytes(b"no database" * 100)
    salvaged = land_left_behind(home, (), tomorrow)
    assert [line.split(":")[0] for line in salvaged.landed] == ["recruitee"]
    for line, reason in zip(
        salvaged.not_landed, [str(in_the_way), f"{damaged} is damaged", "lever is under way"], strict=True
    ):
        assert reason in line
    result = salvaged.added_to(StageResult("crawl", "done", details=("today",), gaps=("today's",)))
    assert result.details == (*salvaged.landed, "today")
    assert result.gaps == ("today's", *salvaged.not_landed)
    writers["lever"].leave()
    in_the_way.unlink()
    damaged.unlink()
    assert len(land_left_behind(home, (), tomorrow).landed) == 3
    assert unsealed_runs(home, "live") == []


def test_the_default_moment_of_a_folder_is_its_last_day(recordings: Path) -> None:
    assert default_as_of(str(recordings)) == datetime(2026, 11, 15, tzinfo=UTC)


def test_scrapy_list_names_the_boards(root: Path, tmp_path: Path) -> None:
    assert scrapy(root, tmp_path, "list").stdout.split() == sorted(sources())


def test_scrapys_commands_work_when_another_setting_is_invalid(root: Path, tmp_path: Path) -> None:
    ended = scrapy(root, tmp_path, "list", JOBMARKET_THREADS="0")
    assert ended.stdout.split() == sorted(sources()), ended.stderr


def test_scrapy_crawl_needs_a_contact_too(root: Path, tmp_path: Path) -> None:
    ended = scrapy(root, tmp_path, "crawl", "ashby", "-a", "company=cohere")
    assert "set JOBMARKET_CONTACT" in ended.stderr + ended.stdout
    ended = scrapy(root, tmp_path, "crawl", "ashby", "-a", "company=cohere", JOBMARKET_CONTACT="me")
    assert "set JOBMARKET_CONTACT" in ended.stderr + ended.stdout
    assert list(tmp_path.iterdir()) == []


def test_scrapy_crawl_names_an_invalid_setting(root: Path, tmp_path: Path) -> None:
    ended = scrapy(root, tmp_path, "crawl", "ashby", JOBMARKET_THREADS="0", **CONTACT_AND_NO_NETWORK)
    assert "UsageError: JOBMARKET_THREADS is '0': it must be greater than or equal to 1" in ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_scrapy_crawl_refuses_feeds() -> None:
    with pytest.raises(UsageError, match="go into the landing"):
        AshbySpider.from_crawler(get_crawler(AshbySpider, {"FEEDS": {"jobs.jsonl": {"format": "jsonlines"}}}))


def test_scrapy_crawl_lands_like_any_other_crawl(root: Path, tmp_path: Path) -> None:
    # The proxy does not exist, so the company fails, and that is on record.
    begun = datetime.now(UTC).replace(microsecond=0)
    as_of = begun - timedelta(hours=1)
    arguments = ("crawl", "ashby", "-a", "company=cohere", "-a", f"as_of={as_of.isoformat()}", "-s", "RETRY_PAUSE=0")
    ended = scrapy(root, tmp_path, *arguments, **CONTACT_AND_NO_NETWORK)
    run = f"ashby-{as_of:%Y%m%dT%H%M%SZ}-1"
    folder = tmp_path / "landing" / "board=ashby" / f"dt={as_of:%Y-%m-%d}" / f"run={run}"
    assert (folder / "run.json").is_file(), ended.stderr
    assert (tmp_path / "origin").read_text() == "live\n"
    (outcome,) = read_run(folder).companies
    assert outcome.started_at is not None
    assert outcome.finished_at is not None
    assert begun <= outcome.started_at <= outcome.finished_at  # the real times, not the moment of the crawl

    again = scrapy(root, tmp_path, *arguments, **CONTACT_AND_NO_NETWORK)
    assert f"nothing to crawl: ashby is already landed as of {as_of_text(as_of)}" in again.stderr + again.stdout


def test_scrapy_crawl_refuses_a_home_of_other_boards(root: Path, tmp_path: Path) -> None:
    (tmp_path / "origin").write_text("sample\n", encoding="utf-8")
    ended = scrapy(root, tmp_path, "crawl", "ashby", "-a", "company=cohere", **CONTACT_AND_NO_NETWORK)
    assert "contains sample boards and cannot take live ones" in ended.stderr + ended.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["origin"]


@pytest.mark.parametrize(
    ("as_of", "message"),
    [("yesterday", "as_of='yesterday' is not a time"), ("2026-08-20", "a past day cannot be crawled")],
)
def test_scrapy_crawl_requires_a_time_of_today(root: Path, tmp_path: Path, as_of: str, message: str) -> None:
    ended = scrapy(root, tmp_path, "crawl", "ashby", "-a", f"as_of={as_of}", **CONTACT_AND_NO_NETWORK)
    assert message in ended.stderr + ended.stdout
    assert list(tmp_path.iterdir()) == []
