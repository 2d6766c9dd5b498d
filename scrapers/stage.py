"""The crawl stage: boards → landing. The crawl itself runs in a separate process (:mod:`scrapers.process`).

This module imports no reactor: one can be started only once per process, and the callers of this stage (the command
line, a scheduler's task, a test) may call it again.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Any

import orjson

from jobmarket.settings import Home, Settings
from jobmarket.stages import PermanentError, Progress, StageError, StageResult, WrongUsageError, as_of_text
from scrapers.attempts import sealed_attempts
from scrapers.crawl_environment import crawl_environment
from scrapers.left_behind import Salvaged, land_left_behind
from scrapers.moments import Clock, default_as_of, require_present, utc_now
from scrapers.planning import CrawlReport, CrawlSpec
from scrapers.result import crawl_result, require_usable
from scrapers.user_agent import CONTACT_NEEDED

__all__ = ["crawl", "default_as_of"]

# The errors that the crawl process reports by their names; any other counts as one that may pass.
_ERRORS = {kind.__name__: kind for kind in (PermanentError, WrongUsageError)}


def crawl(
    home: Home,
    settings: Settings,
    boards: str,
    as_of: datetime,
    *,
    board_names: Collection[str] = (),
    companies: Collection[str] = (),
    retry_failed: bool = False,
    retry_transient: bool = False,
    progress: Progress,
    clock: Clock = utc_now,
) -> StageResult:
    """Crawl the boards into the landing. What is already landed as of the same moment is not crawled again.

    Args:
        home: Where to land.
        settings: Its ``contact`` goes into the user agent.
        boards: ``sample``, ``live``, or a folder of recorded responses.
        as_of: The moment of the crawl, UTC. The sample boards are replayed up to it, week by week. Live boards only
            show the present, so for them it must be within six hours of the clock.
        board_names: Only these board systems; empty: all.
        companies: Only these companies, by their slugs on the boards; empty: all.
        retry_failed: Crawl again, as a further attempt, what is not complete as of this moment.
        retry_transient: Crawl again what failed for a reason that passes by itself (:mod:`scrapers.transient`).
        progress: Receives the number of companies crawled, of all, and of postings so far.
        clock: Returns the current time, UTC.

    Raises:
        StageError: If nothing can be crawled (no network; no contact; a live crawl of another day, unless every board
            named is landed; no such folder, board or company; a home with other boards; the landing refuses), or no
            company gave a usable answer. Runs that were sealed by then stay, so the gap is on record.
    """
    if boards == "live" and not settings.contact:
        raise WrongUsageError(CONTACT_NEEDED)
    salvaged = land_left_behind(home, board_names, clock()) if boards == "live" else Salvaged()
    of_board = f"-{next(iter(board_names))}" if len(board_names) == 1 else ""  # the schedule's tasks run side by side
    log_file = home.logs / f"crawl-{as_of:%Y%m%dT%H%M%SZ}{of_board}.log"
    with salvaged.added_to_errors():
        if boards == "live":
            try:
                require_present(as_of, clock)
            except StageError:
                # A scheduled run of a past day was cleared: what it landed stays, and nothing can be added.
                if (landed := _landed_before(home, board_names, as_of, log_file)) is None:
                    raise
                return salvaged.added_to(landed)
        home.logs.mkdir(parents=True, exist_ok=True)
        spec = CrawlSpec(
            home=home.root,
            boards=boards if boards in ("live", "sample") else str(Path(boards).resolve()),
            as_of=as_of,
            board_names=tuple(board_names),
            companies=tuple(companies),
            retry_failed=retry_failed,
            retry_transient=retry_transient,
            contact=settings.contact,
            log_file=log_file,
        )
        return salvaged.added_to(run_crawl(spec, progress))


def _landed_before(home: Home, board_names: Collection[str], as_of: datetime, log_file: Path) -> StageResult | None:
    """Return the result of a crawl of boards that were all landed as of a moment; None if one was not."""
    landed = [sealed_attempts(home, board, "live", as_of) for board in board_names]
    if not landed or not all(runs.folders for runs in landed):
        return None
    records = [record for runs in landed for record in runs.records]
    damaged = [reason for runs in landed for reason in runs.damaged]
    require_usable(records, as_of, log_file, damaged)
    summary = f"nothing to crawl: {', '.join(board_names)} was landed as of {as_of_text(as_of)}"
    return StageResult("crawl", summary, gaps=tuple(damaged), counts={"postings": 0})


def run_crawl(spec: CrawlSpec, progress: Progress, stage: str = "crawl") -> StageResult:
    """Run a crawl in its own process.

    Raises:
        StageError: as :func:`crawl` does.
    """
    started = monotonic()
    report = crawl_report(spec, progress, stage)
    result = crawl_result(report, spec.as_of, seconds=monotonic() - started, log_file=spec.log_file)
    return replace(result, stage=stage)


def crawl_report(spec: CrawlSpec, progress: Progress, stage: str) -> CrawlReport:
    """Run a crawl in its own process and return its report.

    Raises:
        StageError: If nothing could be crawled.
    """
    with _crawl_process(spec) as process:
        assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018 - for the type checker
        process.stdin.write(spec.model_dump_json().encode())
        process.stdin.close()
        started = monotonic()
        for line in process.stdout:
            event = orjson.loads(line)
            match event.pop("event"):
                case "progress":
                    _pass_on(event, monotonic() - started, progress, stage)
                case "failed":
                    raise _ERRORS.get(event["kind"], StageError)(event["message"])
                case "finished":
                    return CrawlReport.model_validate(event)
    raise StageError(
        f"The crawl process ended early, with exit code {process.returncode}. See its log: {spec.log_file}"
    )


def _pass_on(event: dict[str, Any], seconds: float, progress: Progress, stage: str) -> None:
    day = event["as_of"][:10]
    rate = event["postings"] / seconds
    detail = f"{', '.join(event['boards'])} as of {day} · {event['postings']:,} postings · {rate:,.0f}/s"
    progress.update(stage, detail, event["companies"], event["of_companies"])


@contextmanager
def _crawl_process(spec: CrawlSpec) -> Iterator[subprocess.Popen[bytes]]:
    """Start the crawl process, and ask it to stop if the caller fails before its end."""
    with (
        spec.log_file.open("ab") as log,
        subprocess.Popen(
            [sys.executable, "-m", "scrapers.process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            env=crawl_environment(os.environ),
            start_new_session=True,  # so that a keyboard interrupt reaches it only once, from here
        ) as process,
    ):
        try:
            yield process
        except BaseException:
            process.terminate()
            raise
