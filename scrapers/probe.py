"""``jobmarket boards check``: tests with one request per board system whether it answers as its spider expects.

Requests the first page of each system's first registered company, without retries, and keeps nothing. As in every
crawl, each host's robots.txt is requested too.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from isal import igzip

from jobmarket.landing import CompanyOutcome, read_run, sealed_runs
from jobmarket.settings import Home, Settings
from jobmarket.stages import Progress, WrongUsageError
from scrapers.known_fields import KnownFields, known_fields
from scrapers.moments import Clock, default_as_of, utc_now
from scrapers.planning import CrawlSpec
from scrapers.stage import crawl_report
from scrapers.user_agent import CONTACT_NEEDED


@dataclass(frozen=True)
class Probe:
    """The result of probing one board system."""

    board: str
    company: str
    reachable: bool
    as_expected: bool
    http_status: str
    """HTTP status, or why there is none."""
    shape: str
    """``as expected``, or what differs."""
    postings: int
    new_fields: tuple[str, ...]
    lost_fields: tuple[str, ...]


def check(
    settings: Settings, boards: str, board_names: Collection[str], *, progress: Progress, clock: Clock = utc_now
) -> tuple[list[Probe], list[str]]:
    """Probe each system once.

    Args:
        settings: Its ``contact`` goes into the user agent.
        boards: ``live``, or a folder of recorded responses.
        board_names: Only these systems; empty: all that have a registered company.
        progress: Receives the number of systems probed, of all.
        clock: Returns the current time, UTC.

    Returns:
        One probe per system, and one line per system that was skipped.

    Raises:
        StageError: If nothing can be requested.
    """
    if boards == "sample":
        raise WrongUsageError("The sample boards are generated here: give --boards live, or a folder of recordings.")
    if boards == "live" and not settings.contact:
        raise WrongUsageError(CONTACT_NEEDED)
    with tempfile.TemporaryDirectory(prefix="jobmarket-probe-") as folder:
        home = Home(Path(folder))
        spec = CrawlSpec(
            home=home.root,
            boards=boards if boards == "live" else str(Path(boards).resolve()),
            as_of=default_as_of(boards, clock),
            board_names=tuple(board_names),
            probe=True,
            contact=settings.contact,
            log_file=home.root / "crawl.log",
        )
        report = crawl_report(spec, progress, "boards check")
        probes = [_judged(path) for path in sealed_runs(home)]
    skipped = [*report.notes, *report.gaps, *report.not_landed, *report.refused]
    return sorted(probes, key=lambda probe: probe.board), skipped


def _judged(folder: Path) -> Probe:
    record = read_run(folder)
    (outcome,) = record.companies
    payloads = list(_payloads(folder))
    known = known_fields().get(record.board, KnownFields(frozenset(), frozenset()))
    lost = known.lost(payloads)
    shape = outcome.reason or ("as expected" if outcome.postings else "as expected, and empty")
    return Probe(
        board=record.board,
        company=outcome.company_slug,
        reachable=bool(outcome.http_codes) and not any(code >= "400" for code in outcome.http_codes),
        as_expected=outcome.status == "complete",
        http_status=", ".join(outcome.http_codes) or _short(outcome),
        shape=shape,
        postings=outcome.postings,
        new_fields=tuple(known.new(payloads)),
        lost_fields=tuple(lost),
    )


def _short(outcome: CompanyOutcome) -> str:
    return (outcome.reason or "no answer").split(";")[0]


def _payloads(folder: Path) -> Iterator[Any]:
    with igzip.open(folder / "postings.jsonl.gz", "rb") as lines:
        for line in lines:
            yield orjson.loads(line)["payload"]
