"""A source that asks for time between two crawls gets it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from jobmarket import origin
from jobmarket.landing import CompanyOutcome, Origin, RunRecord, run_id_for
from jobmarket.run_writer import RunWriter, unsealed_runs
from jobmarket.settings import Home
from jobmarket.stages import as_of_text
from scrapers.planning import BoardRun, Company
from scrapers.sources import sources
from scrapers.spacing import too_soon
from tests.scrapers.board_server import BoardServer
from tests.scrapers.conftest import AS_OF, Driven

ANSWERED = AS_OF + timedelta(minutes=5)
LATER = AS_OF + timedelta(minutes=30)


def land(
    home: Path,
    origin: Origin = "live",
    codes: dict[str, int] | None = None,
    board: str = "jobicy",
    answered_at: datetime = ANSWERED,
) -> None:
    codes = {"200": 1} if codes is None else codes
    outcome = CompanyOutcome(
        company_slug="all", status="complete", http_codes=codes, requests=1, started_at=AS_OF, finished_at=answered_at
    )
    record = RunRecord(run_id=run_id_for(board, AS_OF, 1), board=board, origin=origin, as_of=AS_OF)
    RunWriter(Home(home), record).seal([outcome])


def planned(home: Path, board: str = "jobicy", origin: Origin = "live") -> BoardRun:
    return BoardRun(
        board=board, run_id=run_id_for(board, LATER, 1), origin=origin, as_of=LATER, home=home,
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


def test_a_board_that_waits_is_not_requested_and_is_a_gap(
    tmp_path: Path, recordings: Path, drive: Callable[..., Driven], served: BoardServer
) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    answered = now - timedelta(minutes=1)
    origin.claim(Home(tmp_path), origin.BoardsOrigin.of(str(recordings)))
    land(tmp_path, answered_at=answered)
    driven = drive(
        tmp_path, recordings, now, board_names=("jobicy", "remoteok"), origin="live", address=served.address,
        settings={"CONTACT": "crawler@example.org"},
    )  # fmt: skip
    assert {urlsplit(url).hostname for url in served.requested} == {"remoteok.com"}
    assert driven.result.gaps == [
        f"jobicy put off: it answered at {as_of_text(answered)}, and asks for 60 minutes between crawls; crawl it "
        f"again from {as_of_text(answered + timedelta(hours=1))} on"
    ]
    assert (driven.result.planned, len(driven.result.runs), driven.result.not_landed) == (1, 1, [])
    assert (driven.progress["companies"], driven.progress["of_companies"]) == (1, 1)
    assert unsealed_runs(Home(tmp_path), "live") == []
    RunWriter(Home(tmp_path), planned(tmp_path).record()).abandon()  # the board is no longer locked
