"""A source that asks for time between two crawls gets it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from scrapy.exceptions import CloseSpider
from scrapy.utils.test import get_crawler

from jobmarket.landing import CompanyOutcome, Origin, RunRecord, run_id_for
from jobmarket.run_writer import RunWriter, unsealed_runs
from jobmarket.settings import Home
from scrapers import crawling
from scrapers.boards.jobicy import JobicySpider
from scrapers.crawling import Crawl
from scrapers.pipelines import landing
from scrapers.pipelines.landing import LandingPipeline
from scrapers.planning import BoardRun, Company, CrawlSpec
from scrapers.sources import sources
from scrapers.spacing import too_soon
from tests.scrapers.conftest import AS_OF

ANSWERED = AS_OF + timedelta(minutes=5)


def land(home: Path, origin: Origin = "live", codes: dict[str, int] | None = None, board: str = "jobicy") -> None:
    codes = {"200": 1} if codes is None else codes
    outcome = CompanyOutcome(
        company_slug="all", status="complete", http_codes=codes, requests=1, started_at=AS_OF, finished_at=ANSWERED
    )
    record = RunRecord(run_id=run_id_for(board, AS_OF, 1), board=board, origin=origin, as_of=AS_OF)
    RunWriter(Home(home), record).seal([outcome])


def planned(home: Path, board: str = "jobicy", origin: Origin = "live") -> BoardRun:
    moment = AS_OF + timedelta(minutes=30)
    return BoardRun(
        board=board, run_id=run_id_for(board, moment, 1), origin=origin, as_of=moment, home=home,
        companies=(Company(slug="all"),),
    )  # fmt: skip


def test_the_sources_that_ask_for_time_between_crawls() -> None:
    asked = {name: source.minutes_between_crawls for name, source in sources().items() if source.minutes_between_crawls}
    assert asked == {"jobicy": 60, "remotive": 360}


@pytest.mark.parametrize(("minutes", "waits"), [(0, True), (59, True), (60, False), (1_440, False), (-1, False)])
def test_a_crawl_waits_until_the_time_is_over(tmp_path: Path, minutes: int, waits: bool) -> None:
    land(tmp_path)
    assert bool(too_soon(planned(tmp_path), ANSWERED + timedelta(minutes=minutes))) == waits


def test_an_error_of_the_source_is_an_answer(tmp_path: Path) -> None:
    """Remotive and Jobicy limit how often they are asked, whatever they answer."""
    land(tmp_path, codes={"503": 3})
    assert too_soon(planned(tmp_path), ANSWERED + timedelta(minutes=59))


def test_nothing_waits_without_an_answer_from_a_live_crawl(tmp_path: Path) -> None:
    now = ANSWERED + timedelta(minutes=1)
    assert too_soon(planned(tmp_path), now) is None
    land(tmp_path, codes={})
    assert too_soon(planned(tmp_path), now) is None
    land(tmp_path / "archive", "backfill")
    assert too_soon(planned(tmp_path / "archive"), now) is None
    land(tmp_path / "other", board="ashby")
    assert too_soon(planned(tmp_path / "other", "ashby"), now) is None
    land(tmp_path / "recorded")
    assert too_soon(planned(tmp_path / "recorded", origin="recorded"), now) is None


def test_a_board_that_waits_is_not_requested_and_is_a_gap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = planned(tmp_path)
    monkeypatch.setattr(landing, "utc_now", lambda: ANSWERED + timedelta(minutes=20))
    monkeypatch.setattr(crawling, "require_network", lambda _: None)
    spec = CrawlSpec(
        home=tmp_path, boards="live", as_of=run.as_of, board_names=("jobicy",), contact="crawler@example.org",
        log_file=tmp_path / "log",
    )  # fmt: skip
    crawl = Crawl(spec, None, lambda *_, **__: None)
    land(tmp_path)  # another crawl was answered since this one was planned
    crawler = get_crawler(JobicySpider)
    crawler.spider = JobicySpider.from_crawler(crawler, run=run)
    with pytest.raises(CloseSpider):
        LandingPipeline.from_crawler(crawler).open_spider()
    crawl._note_end(run, crawler, None)
    assert (crawl._report.planned, crawl._report.runs, crawl._report.not_landed) == (0, [], [])
    assert crawl._report.gaps == [
        "jobicy put off: it answered at 2026-11-20T00:05:00Z, and asks for 60 minutes between crawls; "
        "crawl it again from 2026-11-20T01:05:00Z on"
    ]
    assert unsealed_runs(Home(tmp_path), "live") == []
    RunWriter(Home(tmp_path), run.record()).abandon()  # the board is no longer locked
