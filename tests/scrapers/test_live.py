"""Live crawls: who crawls is named, manners are kept, and without a network nothing is lost. Nothing is asked here."""

from __future__ import annotations

import socket
import subprocess
import sys
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from jobmarket.settings import Home, Settings
from jobmarket.stages import Silence, StageError
from scrapers import preflight
from scrapers.replay.settings import replay_settings
from scrapers.stage import crawl, default_as_of
from scrapers.user_agent import user_agent

AS_OF = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setenv("JOBMARKET_CONTACT", "crawler@example.org")
    monkeypatch.delitem(sys.modules, "scrapers.settings", raising=False)
    return import_module("scrapers.settings")


def scrapy(root: Path, home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Scrapy's own command, from the repository's root, where no name can be resolved."""
    environment |= {
        "PATH": str(Path(sys.executable).parent),
        "JOBMARKET_HOME": str(home),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-m", "scrapy", *arguments]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_manners(settings: ModuleType) -> None:
    assert settings.ROBOTSTXT_OBEY is True
    assert f"jobmarket/{version('jobmarket')} (+crawler@example.org)" == settings.USER_AGENT
    assert settings.DOWNLOAD_DELAY >= 1.0
    assert settings.AUTOTHROTTLE_ENABLED is True
    assert settings.CONCURRENT_REQUESTS_PER_DOMAIN == 1
    assert settings.RETRY_TIMES == 2
    assert settings.RETRY_PAUSE >= 1.0
    assert settings.DOWNLOAD_TIMEOUT == 30
    assert settings.DOWNLOAD_MAXSIZE == 64 * 1024 * 1024
    assert settings.DOWNLOAD_VERIFY_CERTIFICATES is True
    assert settings.COOKIES_ENABLED is False


def test_a_replay_relaxes_speed_and_nothing_else() -> None:
    relaxed = replay_settings("127.0.0.1:1")
    assert relaxed["DOWNLOAD_DELAY"] == 0
    assert relaxed["HTTPPROXY_ENABLED"] is False
    assert "ROBOTSTXT_OBEY" not in relaxed
    handlers = {scheme: handler for scheme, handler in relaxed["DOWNLOAD_HANDLERS"].items() if handler}
    assert handlers == dict.fromkeys(("http", "https"), "scrapers.replay.handler.ReplayDownloadHandler")


def test_no_agent_pretends_to_be_a_browser() -> None:
    assert user_agent(None) == f"jobmarket/{version('jobmarket')}"


def test_live_refuses_without_a_contact(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JOBMARKET_CONTACT", raising=False)
    with pytest.raises(StageError, match="set JOBMARKET_CONTACT"):
        crawl(Home(tmp_path), Settings(contact=None), "live", AS_OF, progress=Silence())
    assert list(tmp_path.iterdir()) == []


def test_without_network_it_is_said_within_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(host: str, *_: object, **__: object) -> None:
        raise socket.gaierror(-3, f"no answer for {host}")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    monkeypatch.setattr(preflight, "getproxies", dict)
    with pytest.raises(StageError, match=r"No network: none of a\.example, b\.example could be resolved\."):
        preflight.require_network({"b.example", "a.example"})


def test_a_name_server_that_never_answers_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_one_host_with_an_address_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def one(host: str, *_: object, **__: object) -> list[Any]:
        asked.append(host)
        if host != "b.example":
            raise socket.gaierror
        return []

    monkeypatch.setattr(socket, "getaddrinfo", one)
    monkeypatch.setattr(preflight, "getproxies", dict)
    preflight.require_network({"a.example", "b.example"})
    assert "b.example" in asked


def test_behind_a_proxy_only_the_proxy_must_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *_, **__: asked.append(host))
    monkeypatch.setattr(preflight, "getproxies", lambda: {"https": "http://proxy.example:3128"})
    preflight.require_network({"a.example"})
    assert asked == ["proxy.example"]


def test_a_live_crawl_without_network_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A proxy under a name that never has an address: the crawl process finds no network, wherever the test runs.
    monkeypatch.setenv("https_proxy", "http://nowhere.invalid:3128")
    (tmp_path / "published").mkdir()
    (tmp_path / "published" / "jobmarket.duckdb").write_bytes(b"as it was")
    with pytest.raises(StageError, match=r"No network: none of nowhere\.invalid could be resolved"):
        crawl(Home(tmp_path), Settings(contact="crawler@example.org"), "live", AS_OF, progress=Silence())
    assert (tmp_path / "published" / "jobmarket.duckdb").read_bytes() == b"as it was"
    assert not (tmp_path / "landing").exists()


def test_now_is_the_moment_of_a_live_crawl() -> None:
    moment = default_as_of("live")
    assert moment.tzinfo is UTC
    assert moment.microsecond == 0
    assert abs((datetime.now(UTC) - moment).total_seconds()) < 60


def test_a_folder_stands_for_the_last_day_it_was_recorded_on(recordings: Path) -> None:
    assert default_as_of(str(recordings)) == datetime(2026, 11, 15, tzinfo=UTC)


def test_scrapy_list_names_the_boards(root: Path, tmp_path: Path) -> None:
    assert scrapy(root, tmp_path, "list").stdout.split() == ["ashby", "greenhouse", "lever"]


def test_scrapy_crawl_needs_a_contact_too(root: Path, tmp_path: Path) -> None:
    ended = scrapy(root, tmp_path, "crawl", "ashby", "-a", "company=cohere", "-a", "as_of=2026-11-20")
    assert "set JOBMARKET_CONTACT" in ended.stderr
    assert not list((tmp_path / "landing").rglob("*"))


def test_scrapy_crawl_lands_like_every_other_crawl(root: Path, tmp_path: Path) -> None:
    # Through a proxy that is not there: the company fails, and that is on record.
    arguments = ("crawl", "ashby", "-a", "company=cohere", "-a", "as_of=2026-11-20", "-s", "RETRY_PAUSE=0")
    environment = {"JOBMARKET_CONTACT": "crawler@example.org", "https_proxy": "http://127.0.0.1:9"}
    ended = scrapy(root, tmp_path, *arguments, **environment)
    folder = tmp_path / "landing" / "board=ashby" / "dt=2026-11-20" / "run=ashby-20261120T000000Z-1"
    assert (folder / "run.json").is_file(), ended.stderr
    again = scrapy(root, tmp_path, *arguments, **environment)
    assert "nothing to crawl: ashby is landed already as of 2026-11-20T00:00:00Z" in again.stderr + again.stdout


def test_scrapy_crawl_wants_a_time_it_can_read(root: Path, tmp_path: Path) -> None:
    ended = scrapy(root, tmp_path, "crawl", "ashby", "-a", "as_of=yesterday")
    assert "as_of='yesterday' is no time" in ended.stderr + ended.stdout
