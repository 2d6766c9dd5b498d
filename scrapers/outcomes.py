"""Counts what happens in the crawl of each company, and derives its outcome: complete, partial or failed, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.spidermiddlewares.httperror import HttpError

from jobmarket import gap_words
from jobmarket.counted import counted
from jobmarket.landing import CompanyOutcome, Status
from jobmarket.posting import Posting
from jobmarket.run_writer import Finished
from scrapers.hidden_keys import HiddenKeys
from scrapers.moments import Clock, utc_now
from scrapers.own_pages import AllOwnPages, OwnPages
from scrapers.planning import BoardRun

# Fields that a board may omit; every posting has the others.
_OPTIONAL_FIELDS = tuple(name for name, info in Posting.model_fields.items() if not info.is_required())

NO_ANSWER: dict[type[BaseException], str] = {
    CannotResolveHostError: gap_words.NO_ADDRESS,
    DownloadConnectionRefusedError: gap_words.REFUSED,
    DownloadTimeoutError: gap_words.NO_ANSWER_IN_TIME,
    ResponseDataLossError: gap_words.BROKE_OFF,
    DownloadCancelledError: gap_words.TOO_LARGE,
    DownloadFailedError: gap_words.NO_CONNECTION,
}


@dataclass(frozen=True)
class Totals:
    """Figures over all companies of a run."""

    companies: int
    """Companies whose crawl has ended."""
    postings: int
    """Postings landed or seen again."""
    left_out: int
    """Objects that the board's contract says not to show."""
    not_recorded: int
    """Pages and rests of answers that a folder of recordings lacks."""


@dataclass
class _Tally:
    """Running figures of one company."""

    name: str | None
    started: datetime
    finished: datetime | None = None
    requests: int = 0
    http_codes: Counter[str] = field(default_factory=Counter)
    response_bytes: int = 0
    readable: int = 0
    errors: list[str] = field(default_factory=list)
    postings: int = 0
    duplicates: int = 0
    left_out: int = 0
    not_recorded: int = 0
    own_pages: OwnPages = OwnPages(0, 0)
    rejected: Counter[str] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)


class Outcomes:
    """The outcomes of one run, while it runs.

    Args:
        run: The run.
        clock: Returns the current time of a live crawl, UTC. In a replay, every time is ``as_of``.
        hidden: Keys that no reason may contain, because reasons are landed and published.
    """

    def __init__(self, run: BoardRun, clock: Clock = utc_now, hidden: HiddenKeys = HiddenKeys(())) -> None:  # noqa: B008 - it is immutable
        self.hidden = hidden
        self._now: Clock = clock if run.origin == "live" else lambda: run.as_of
        self._names = {company.slug: company.name for company in run.companies}
        self._tallies: dict[str, _Tally] = {}
        self._before: dict[str, Finished] = {}

    def opened(self, slug: str) -> None:
        """Begin a company: its first request is about to be sent."""
        self._tallies[slug] = _Tally(name=self._names.get(slug), started=self._now())

    def closed(self, slug: str) -> Finished:
        """End a company whose last answer has been read, and return its outcome."""
        tally = self._tallies[slug]
        tally.finished = self._now()
        if tally.own_pages.have_moved:
            self.failed(slug, _without_page(tally.own_pages))
        return self._outcome(slug, tally)

    def ended_before(self, outcomes: Iterable[Finished]) -> None:
        """Take over the companies that were complete when an earlier process of this run died."""
        self._before = {outcome.company_slug: outcome for outcome in outcomes}

    def requested(self, slug: str) -> None:
        """Count a request sent."""
        self._tallies[slug].requests += 1

    def answered(self, slug: str, status: int, size: int) -> None:
        """Count an answer of ``size`` bytes as transferred."""
        tally = self._tallies[slug]
        tally.http_codes[str(status)] += 1
        tally.response_bytes += size

    def readable(self, slug: str) -> None:
        """Count an answer that was read to its end."""
        self._tallies[slug].readable += 1

    def has_read(self, slug: str) -> bool:
        """Return whether any answer for the company has been read so far."""
        return self._tallies[slug].readable > 0

    def failed(self, slug: str, reason: str) -> None:
        """Note an answer that could not be read, or that did not come."""
        self._tallies[slug].errors.append(self.hidden.out_of(reason))

    def unanswered(self, slug: str, error: BaseException, tries: int = 1) -> None:
        """Note a request that failed at its last try."""
        self.failed(slug, self._in_words(error, tries))

    def posting(self, posting: Posting) -> None:
        """Count a posting landed, and the fields that it lacks."""
        tally = self._tallies[posting.company_slug]
        tally.postings += 1
        stated = vars(posting)
        tally.missing.update([name for name in _OPTIONAL_FIELDS if stated[name] is None or stated[name] == ()])

    def seen(self, slug: str, postings: int) -> None:
        """Count postings that were seen again and are already landed."""
        self._tallies[slug].postings += postings

    def seen_again(self, slug: str, left_out: int, missing: Mapping[str, int]) -> None:
        """Count an unchanged answer: it left out and lacks what it did the last time."""
        self._tallies[slug].left_out += left_out
        self._tallies[slug].missing.update(missing)

    def left_out_of(self, slug: str) -> int:
        """Return how many objects of a company were left out."""
        return self._tallies[slug].left_out

    def duplicate(self, slug: str) -> None:
        """Count a further copy of a posting, which is dropped."""
        self._tallies[slug].duplicates += 1

    def left_out(self, slug: str) -> None:
        """Count an object that is left out because the board's contract says not to show it."""
        self._tallies[slug].left_out += 1

    def own_page_read(self, slug: str) -> None:
        """Count a listed posting whose own page was read."""
        read, gone = self.own_pages(slug)
        self._tallies[slug].own_pages = OwnPages(read + 1, gone)

    def own_page_gone(self, slug: str) -> None:
        """Count a listed posting whose own page is gone and was not gone before."""
        read, gone = self.own_pages(slug)
        self._tallies[slug].own_pages = OwnPages(read, gone + 1)

    def own_pages(self, slug: str) -> OwnPages:
        """Return how many of the company's postings' own pages were read and how many are gone, so far."""
        return self._tallies[slug].own_pages

    def not_recorded(self, slug: str, *, was_counted: bool = True) -> None:
        """Count a further page, or the rest of an answer, that the folder of recorded responses lacks.

        Args:
            slug: The company.
            was_counted: Whether a request for it was counted, which is then taken back.
        """
        self._tallies[slug].not_recorded += 1
        self._tallies[slug].requests -= was_counted

    def rejected(self, slug: str, reason: str) -> None:
        """Count an object that could not become a posting."""
        self._tallies[slug].rejected[self.hidden.out_of(reason)] += 1

    @property
    def totals(self) -> Totals:
        """Return the figures so far."""
        tallies = self._tallies.values()
        return Totals(
            companies=len(self._before) + sum(tally.finished is not None for tally in tallies),
            postings=sum(outcome.postings for outcome in self._before.values())
            + sum(tally.postings for tally in tallies),
            left_out=sum(tally.left_out for tally in tallies),
            not_recorded=sum(tally.not_recorded for tally in tallies),
        )

    @property
    def unended(self) -> int:
        """Return how many planned companies have no outcome."""
        ended = {slug for slug, tally in self._tallies.items() if tally.finished} | self._before.keys()
        return len(self._names.keys() - ended)

    def results(self) -> list[CompanyOutcome]:
        """Return the outcome of each company whose crawl ended, in the order of the plan.

        A company whose crawl was interrupted has no outcome and counts as not crawled. Postings whose own pages are
        gone are judged again here, now that the pages of all companies are known.
        """
        ended = {slug: self._outcome(slug, tally) for slug, tally in self._tallies.items() if tally.finished}
        slugs = dict.fromkeys([*self._names, *self._before])  # what ended before stays, even if it is not planned now
        outcomes = [outcome for slug in slugs if (outcome := (ended | self._before).get(slug))]
        everybody = AllOwnPages(_own_pages_of(outcome) for outcome in outcomes)
        return [(_doubted(each, everybody) if everybody.have_moved else each).landed() for each in outcomes]

    def _outcome(self, slug: str, tally: _Tally) -> Finished:
        reasons = list(dict.fromkeys(tally.errors))
        if tally.rejected:
            words = ", ".join(f"{reason} ({count})" for reason, count in tally.rejected.most_common(3))
            reasons.append(gap_words.REJECTED.format(tally.rejected.total(), words))
        return Finished(
            company_slug=slug,
            company_name=tally.name,
            status=_status(tally),
            reason="; ".join(reasons) or None,
            requests=tally.requests,
            http_codes=dict(sorted(tally.http_codes.items())),
            response_bytes=tally.response_bytes,
            errors=len(tally.errors) + tally.rejected.total(),
            postings=tally.postings,
            duplicates=tally.duplicates,
            rejected=tally.rejected.total(),
            missing=dict(sorted(tally.missing.items())),
            started_at=tally.started,
            finished_at=tally.finished or tally.started,
            own_pages_read=tally.own_pages.read,
            own_pages_gone=tally.own_pages.gone,
        )

    @staticmethod
    def _in_words(error: BaseException, tries: int) -> str:
        if isinstance(error, HttpError):
            status = error.response.status
            words = gap_words.STATUS_WORDS.get(status)
            if words is None and status in set(HTTPStatus):
                words = HTTPStatus(status).phrase.lower()
            again = f", {tries} times" if tries > 1 and (status >= 500 or status == 429) else ""
            return f"{status}: {words or 'not a usable answer'}{again}"
        if isinstance(error, IgnoreRequest):
            return "robots.txt forbids it" if str(error) == "Forbidden by robots.txt" else str(error)
        return without_answer(error)


def without_answer(error: BaseException) -> str:
    """Say why a request has no answer."""
    return next(
        (words for kind, words in NO_ANSWER.items() if isinstance(error, kind)), f"{type(error).__name__}: {error}"
    )


def _own_pages_of(outcome: Finished) -> OwnPages:
    return OwnPages(outcome.own_pages_read, outcome.own_pages_gone)


def _without_page(own: OwnPages) -> str:
    return gap_words.WITHOUT_PAGE.format(own.gone, own.gone + own.read)


def _doubted(outcome: Finished, everybody: AllOwnPages) -> Finished:
    """Turn an outcome with gone pages into a partial one, which closes nothing: pages are gone at most companies."""
    own = _own_pages_of(outcome)
    if not own.gone or own.have_moved:
        return outcome
    where = f"{everybody.mostly_gone:,} of {counted(everybody.employers, 'company', 'companies')}"
    words = f"{_without_page(own)}, and at {where} most have none: has their address changed?"
    reason = "; ".join(filter(None, (outcome.reason, words)))
    return outcome.model_copy(update={"status": "partial", "reason": reason, "errors": outcome.errors + 1})


def _status(tally: _Tally) -> Status:
    if not tally.errors and not tally.rejected:
        return "complete"
    return "partial" if tally.readable or tally.postings or tally.rejected else "failed"
