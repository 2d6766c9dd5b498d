"""Crawls in this process: the boards of a moment in parallel, the moments one after the other."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from pathlib import Path

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from jobmarket import origin
from jobmarket.counted import counted
from jobmarket.landing import CompanyOutcome, run_folder
from jobmarket.settings import Home, board_keys
from jobmarket.stages import as_of_text
from scrapers.attempts import sealed_attempts
from scrapers.boards.base import BoardSpider
from scrapers.hidden_keys import HiddenKeys
from scrapers.moments import utc_now
from scrapers.pipelines.landing import NOT_LANDED, PUT_OFF, REFUSED
from scrapers.planning import BoardRun, CrawlReport, CrawlSpec, next_run
from scrapers.preflight import hosts_of, require_network
from scrapers.replay.client import ReplayServer
from scrapers.replay.settings import replay_settings
from scrapers.systems import board_spiders
from scrapers.targets import targets
from scrapers.transient import is_transient
from scrapers.user_agent import user_agent

_PROGRESS_EVERY_SECONDS = 0.3


class Crawl:
    """One crawl. Use it once, in a separate process: a reactor cannot be started twice.

    Args:
        spec: What to crawl.
        server: Serves the replayed boards; None for live ones.
        report_event: Takes the name of an event and its fields.

    Raises:
        StageError: If nothing can be crawled, or the home contains other boards.
    """

    def __init__(self, spec: CrawlSpec, server: ReplayServer | None, report_event: Callable[..., None]) -> None:
        settings = Settings()
        settings.setmodule("scrapers.settings", priority="project")
        ours = {"LOG_FILE": str(spec.log_file), "CONTACT": spec.contact, "USER_AGENT": user_agent(spec.contact)}
        settings.setdict(ours, priority="cmdline")
        if spec.probe:
            settings.setdict({"PROBE": True, "RETRY_TIMES": 0}, priority="cmdline")
        spiders = board_spiders(settings)
        self._rounds, self._report = _planned(spec, spiders)
        if server is not None:
            settings.setdict(replay_settings(server.address()), priority="cmdline")
        elif self._rounds:
            all_runs = (run for runs in self._rounds for run in runs)
            lists = ((spiders[run.board].list_url, [each.slug for each in run.companies]) for run in all_runs)
            require_network({host for url, slugs in lists for host in hosts_of(url, slugs)})
        origin.claim(Home(spec.home), origin.BoardsOrigin.of(spec.boards))
        self._settings = settings
        credentials = [name for spider in spiders.values() for name in spider.credentials]
        self._hidden = HiddenKeys(board_keys(credentials).values())
        self._report_event = report_event
        self._of_companies = sum(len(run.companies) for runs in self._rounds for run in runs)
        self._companies = self._postings = 0

    def run(self) -> CrawlReport:
        """Crawl everything planned. A stop signal ends it early; runs sealed by then stay."""
        if not self._rounds:
            return self._report
        process = AsyncCrawlerProcess(self._settings)
        # Scrapy builds a log record for every item and drops it at the handler. This saves a fifth of a crawl's time.
        logging.getLogger("scrapy").setLevel(self._settings["LOG_LEVEL"])
        driving = asyncio.get_event_loop().create_task(self._drive(process))
        process.start(stop_after_crawl=False)
        if driving.done() and not driving.cancelled() and (error := driving.exception()):
            raise error
        return self._report

    async def _drive(self, process: AsyncCrawlerProcess) -> None:
        from twisted.internet import reactor  # imported late: only now is the asyncio reactor installed

        try:
            for runs in self._rounds:
                await self._crawl_side_by_side(process, runs)
        finally:
            reactor.stop()  # type: ignore[misc]  # typed as a module

    async def _crawl_side_by_side(self, process: AsyncCrawlerProcess, runs: list[BoardRun]) -> None:
        crawlers = [process.create_crawler(run.board) for run in runs]
        crawls = [process.crawl(crawler, run=run) for crawler, run in zip(crawlers, runs, strict=True)]
        pending = set(crawls)
        while pending:
            _, pending = await asyncio.wait(pending, timeout=_PROGRESS_EVERY_SECONDS)
            totals = [crawler.spider.outcomes.totals for crawler in crawlers if isinstance(crawler.spider, BoardSpider)]
            companies = self._companies + sum(total.companies for total in totals)
            postings = self._postings + sum(total.postings for total in totals)
            put_off = [run for run, crawler in zip(runs, crawlers, strict=True) if crawler.stats.get_value(PUT_OFF)]
            of_companies = self._of_companies - sum(len(run.companies) for run in put_off)
            self._report_event(
                "progress",
                as_of=runs[0].as_of,
                boards=[run.board for run in runs],
                companies=companies,
                of_companies=of_companies,
                postings=postings,
            )
        self._companies, self._of_companies, self._postings = companies, of_companies, postings
        for run, crawler, crawl in zip(runs, crawlers, crawls, strict=True):
            self._note_end(run, crawler, crawl.exception())

    def _note_end(self, run: BoardRun, crawler: Crawler, error: BaseException | None) -> None:
        folder = run_folder(Home(run.home), run.board, run.as_of, run.run_id)
        if put_off := crawler.stats.get_value(PUT_OFF):
            self._report.gaps.append(put_off)
            self._report.planned -= 1
            return
        reason = crawler.stats.get_value(NOT_LANDED) or error
        if reason or not folder.is_dir():
            line = f"{run.board}: {worded(reason, run.home) or _stopped(run)}"
            is_refused = crawler.stats.get_value(REFUSED) or isinstance(error, OSError)
            lines = self._report.refused if is_refused else self._report.not_landed
            lines.append(self._hidden.out_of(line))
            return
        self._report.runs.append(str(folder))
        if isinstance(crawler.spider, BoardSpider):
            if lost := crawler.spider.outcomes.unended:
                words = f"{run.board}: the crawl of {counted(lost, 'company', 'companies')} did not end"
                self._report.gaps.append(f"{words}; log: {self._settings['LOG_FILE']}")
            kept = crawler.spider.landed.finished
            self._report.kept_companies += len(kept)
            self._report.kept_postings += sum(outcome.postings for outcome in kept)
            totals = crawler.spider.outcomes.totals
            for counts, more in (
                (self._report.left_out, totals.left_out),
                (self._report.not_recorded, totals.not_recorded),
            ):
                counts[run.board] = counts.get(run.board, 0) + more


def _planned(spec: CrawlSpec, spiders: Mapping[str, type[BoardSpider]]) -> tuple[list[list[BoardRun]], CrawlReport]:
    """Return the runs to crawl side by side, by moment, and the report as it is before the first."""
    chosen, home, again = targets(spec, spiders), Home(spec.home), _crawled_again(spec)
    origin.check(home, origin.BoardsOrigin.of(spec.boards))
    rounds: list[list[BoardRun]] = []
    earlier: list[str] = []
    for moment, boards in chosen.moments:
        runs = []
        for board, companies in boards.items():
            sealed = sealed_attempts(home, board, chosen.origin, moment)
            earlier += map(str, sealed.folders)
            runs.append(next_run(home, board, chosen.origin, moment, companies, sealed.records, again))
        if to_crawl := [run for run in runs if run is not None]:
            rounds.append(to_crawl)
    planned = sum(map(len, rounds))
    return rounds, CrawlReport(gaps=chosen.gaps, notes=chosen.notes, planned=planned, earlier=earlier)


def _stopped(run: BoardRun) -> str:
    return f"stopped before its last company; crawl again as of {as_of_text(run.as_of)} to resume it"


def _crawled_again(spec: CrawlSpec) -> Callable[[CompanyOutcome], bool]:
    if spec.retry_failed:
        return lambda outcome: outcome.status != "complete"
    if spec.retry_transient and spec.boards != "sample":  # planned outages of the sample world are never transient
        return lambda outcome: is_transient(outcome, utc_now())
    return lambda _: False


def worded(reason: object, home: Path) -> str:
    """Say why a run could not be landed; for a failing disk, also which one and what to check."""
    if isinstance(reason, OSError):
        return f"{reason}. Check that the disk of {home} has room and is writable. Completed companies are kept"
    return str(reason or "")
