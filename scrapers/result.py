"""Summarises the sealed runs of a crawl as the stage's result."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jobmarket.counted import counted
from jobmarket.gap_words import NO_BOARD
from jobmarket.landing import CompanyOutcome, RunRecord, read_run
from jobmarket.stages import StageError, StageResult, as_of_text
from scrapers.attempts import readable_runs
from scrapers.moments import utc_now
from scrapers.planning import CrawlReport
from scrapers.transient import is_transient

# Planned outages of the sample world → the reason with which a crawl fails. Its other plans (an empty or a short list)
# are usable answers.
_PLANNED = {"missing": "404:", "error": "500:"}
# If more companies of a board than the first of these end alike, they have one line, which names the second.
_NAMED_ONE_BY_ONE, _NAMED_OF_MANY = 5, 3
# Reasons that neither a retry nor a change of this project fixes.
_FINAL = ("404:", "410:", NO_BOARD, "robots.txt", "moved to")


@dataclass(frozen=True)
class _Board:
    """One board's figures over all crawled moments."""

    name: str
    records: list[RunRecord]

    @property
    def outcomes(self) -> list[CompanyOutcome]:
        return [outcome for record in self.records for outcome in record.companies]

    @property
    def postings(self) -> int:
        return sum(outcome.postings for outcome in self.outcomes)

    @property
    def companies(self) -> int:
        return len({outcome.company_slug for outcome in self.outcomes})

    def ended(self, status: str) -> int:
        return sum(outcome.status == status for outcome in self.outcomes)

    @property
    def new_contents(self) -> int:
        return sum(record.files["postings.jsonl.gz"].lines for record in self.records)


def crawl_result(report: CrawlReport, as_of: datetime, *, seconds: float, log_file: Path) -> StageResult:
    """Summarise a crawl.

    Args:
        report: The report of the crawl process.
        as_of: The moment of the crawl.
        seconds: Duration of the crawl, including the start of its process.
        log_file: The crawl's log.

    Raises:
        StageError: If no company gave a usable answer, or this machine could not store a run.
    """
    if report.refused:
        first, n, landed = report.refused[0], len(report.refused), len(report.runs)
        raise StageError(f"{first} This stopped {counted(n, 'run')} of {n + landed}; landed: {landed}. Log: {log_file}")
    records = [read_run(Path(folder)) for folder in report.runs]
    earlier, damaged = readable_runs(report.earlier)
    names = sorted({record.board for record in records})
    boards = [_Board(name, [record for record in records if record.board == name]) for name in names]
    # A gap of these moments stays a gap whichever attempt left it, so earlier runs count too.
    lines = _lines(earlier, records)
    # A board that cannot be landed is as often in the report as the crawl has moments.
    not_landed = [line.rstrip(".") for line in dict.fromkeys(report.not_landed)]
    faults = [*not_landed, *lines.gaps, *lines.notes, *report.gaps][:3]
    if not report.planned:
        require_usable(earlier, as_of, log_file, faults)
        nothing = "nothing to crawl now: everything else" if report.gaps else "nothing to crawl: everything"
        again = "; --retry-failed crawls again what is incomplete" if lines.gaps else ""
        return StageResult(
            stage="crawl",
            summary=f"{nothing} up to {as_of_text(as_of)} is landed{again}",
            gaps=(*report.gaps, *damaged, *lines.gaps),
            notes=(*lines.notes, *report.notes),
            counts=_counts(boards, len(earlier) + len(records), report.kept_postings, seconds),
        )
    moments = {record.as_of for record in records}
    require_usable([record for record in [*earlier, *records] if record.as_of in moments], as_of, log_file, faults)
    counts = _counts(boards, len(earlier) + len(records), report.kept_postings, seconds)
    postings, companies = sum(board.postings for board in boards), sum(board.companies for board in boards)
    summary = (
        f"{counted(postings, 'posting')} of {counted(companies, 'company', 'companies')} "
        f"on {counted(len(boards), 'board')}{f', summed over {len(moments)} moments,' if len(moments) > 1 else ''} "
        f"in {seconds:.1f} s ({(postings - report.kept_postings) / seconds:,.0f}/s)" + _kept(report, earlier, records)
    )
    not_recorded = [
        f"{board}: {count} further pages or parts are not in the folder of recordings"
        for board, count in report.not_recorded.items()
        if count
    ]
    unfinished = [f"{line}; log: {log_file}" for line in not_landed]
    return StageResult(
        stage="crawl",
        summary=summary,
        details=(*(_detail(board, report.left_out.get(board.name, 0)) for board in boards), *lines.planned),
        gaps=(*report.gaps, *unfinished, *damaged, *lines.gaps),
        notes=(*lines.notes, *report.notes, *not_recorded),
        counts=counts,
    )


def _kept(report: CrawlReport, earlier: list[RunRecord], crawled: list[RunRecord]) -> str:
    """Return the end of the summary that says what an earlier crawl of the same moments did; empty if nothing."""
    words = ""
    if report.kept_companies:
        taken_over = counted(report.kept_companies, "company", "companies")
        words += f", of these {counted(report.kept_postings, 'posting')} of {taken_over} kept from a stopped crawl"
    again = _last_outcomes(crawled).keys()
    before = {key: outcome for key, (_, outcome) in _last_outcomes(earlier).items() if key not in again}
    if before:
        companies = counted(len({(board, slug) for board, slug, _ in before}), "company", "companies")
        postings = counted(sum(outcome.postings for outcome in before.values()), "posting")
        words += f"; landed before: {postings} of {companies}"
    return words


def require_usable(records: list[RunRecord], as_of: datetime, log_file: Path, faults: Collection[str] = ()) -> None:
    """Check that at least one company's last attempt gave a usable answer.

    Args:
        records: The runs of the crawl's moments, earlier attempts first.
        as_of: The moment of the crawl.
        log_file: The crawl's log.
        faults: What went wrong, one line each; by default the recorded reasons.

    Raises:
        StageError: If no company's did, even if a further attempt has nothing left to crawl.
    """
    last = _last_outcomes(records).values()
    if any(outcome.status != "failed" for _, outcome in last):
        return
    words = faults or list(dict.fromkeys(f"{record.board}: {outcome.reason}" for record, outcome in last))[:3]
    what = "No board gave a usable answer" if last else "Nothing usable is landed"
    raise StageError(f"{what} as of {as_of_text(as_of)}: {'; '.join(words).rstrip('.')}. Log: {log_file}")


def _counts(boards: list[_Board], runs: int, kept_postings: int, seconds: float) -> dict[str, object]:
    postings = sum(board.postings for board in boards)
    return {
        "postings": postings,
        "by_board": {board.name: board.postings for board in boards},
        "new_contents": sum(board.new_contents for board in boards),
        "companies": sum(board.companies for board in boards),
        "failed": sum(board.ended("failed") for board in boards),
        "partial": sum(board.ended("partial") for board in boards),
        # as of the crawl's moments, those before this crawl included
        "runs": runs,
        # companies whose failure or gap may be over if they are crawled again now
        "may_pass": sum(is_transient(outcome, utc_now()) for board in boards for outcome in board.outcomes),
        "seconds": round(seconds, 2),
        "postings_per_second": round((postings - kept_postings) / seconds, 1),
    }


def _detail(board: _Board, left_out: int) -> str:
    companies = f"{board.companies:>5,} {'company' if board.companies == 1 else 'companies':<9}"
    postings = f"{board.postings:>7,} {'posting' if board.postings == 1 else 'postings':<8}"
    figures = f"{companies} {postings} {board.ended('failed'):>3,} failed"
    line = f"{board.name:<15} {figures}"
    if partial := board.ended("partial"):
        line += f" {partial:,} partial"
    if duplicates := sum(outcome.duplicates for outcome in board.outcomes):
        line += f" {duplicates:,} further copies"
    if left_out:
        line += f" {left_out:,} not listed"
    return line


@dataclass(frozen=True)
class _Lines:
    """Incomplete crawls, one line each: fixable ones, others, and those that the sample world plans."""

    gaps: list[str]
    notes: list[str]
    planned: list[str]


def _last_outcomes(records: list[RunRecord]) -> dict[tuple[str, str, datetime], tuple[RunRecord, CompanyOutcome]]:
    return {
        (record.board, outcome.company_slug, record.as_of): (record, outcome)
        for record in records
        for outcome in record.companies
    }


def _lines(earlier: list[RunRecord], crawled: list[RunRecord]) -> _Lines:
    records = [*earlier, *crawled]
    last = _last_outcomes(records)
    unfinished = [(record, outcome) for record, outcome in last.values() if outcome.status != "complete"]
    several_moments = len({record.as_of for record in records}) > 1
    lines = _Lines([], [], [])
    alike: dict[tuple[str, str], list[str]] = {}
    outages = _planned_outages(unfinished)
    for record, outcome in unfinished:
        if (record.board, outcome.company_slug, record.as_of) in outages:
            continue
        day = f" on {record.as_of:%Y-%m-%d}" if several_moments else ""
        reason = outcome.reason or "no reason given"
        # In the sample world, a board that is gone is planned or a fault of this project.
        final = reason.startswith(_FINAL) and record.origin != "sample"
        words = f"{day}: {outcome.status}, {reason}"
        if final:
            lines.notes.append(f"{record.board}/{outcome.company_slug}{words}")
        else:
            alike.setdefault((record.board, words), []).append(outcome.company_slug)
    for (board, words), slugs in alike.items():
        lines.gaps.extend(_folded(board, slugs, words))
    now = _last_outcomes(crawled).keys()
    if planned_now := outages & now:
        lines.planned.append(
            f"{len(planned_now):,} of {len(now):,} company crawls failed, as the sample world plans it"
        )
    return lines


def _folded(board: str, slugs: list[str], words: str) -> list[str]:
    """Return a line for each company, or one for all if many of a board ended alike."""
    if len(slugs) <= _NAMED_ONE_BY_ONE:
        return [f"{board}/{slug}{words}" for slug in slugs]
    named = f"{', '.join(slugs[:_NAMED_OF_MANY])} and {len(slugs) - _NAMED_OF_MANY:,} more"
    return [f"{board}, {len(slugs):,} companies{words} ({named})"]


def _planned_outages(unfinished: list[tuple[RunRecord, CompanyOutcome]]) -> set[tuple[str, str, datetime]]:
    """Return the incomplete crawls (board, company, moment) that failed exactly as the sample world plans."""
    sample = [(record, outcome) for record, outcome in unfinished if record.origin == "sample"]
    if not sample:
        return set()
    from scrapers.sample.world import SampleWorld  # imported late: building the world takes a while

    world = SampleWorld()
    planned: set[tuple[str, str, datetime]] = set()
    for record, outcome in sample:
        met_as = _PLANNED.get(world.outage_at(record.board, outcome.company_slug, record.as_of) or "")
        if met_as and outcome.status == "failed" and (outcome.reason or "").startswith(met_as):
            planned.add((record.board, outcome.company_slug, record.as_of))
    return planned
