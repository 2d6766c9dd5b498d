"""How the stage reports runs that did not go well: as planned by the sample world, as a note, or as a gap."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from jobmarket.landing import CompanyOutcome, Origin, RunRecord, Status, run_id_for
from jobmarket.run_writer import RunWriter
from jobmarket.settings import Home
from jobmarket.stages import StageError, StageResult
from scrapers.crawling import worded
from scrapers.planning import CrawlReport
from scrapers.result import crawl_result
from scrapers.sample.world import SampleWorld

Ending = tuple[Status, str | None]


@pytest.fixture(scope="module")
def world() -> SampleWorld:
    return SampleWorld()


def result_of(
    home: Path, origin: Origin, world: SampleWorld, ends: dict[tuple[str, str, int], Ending]
) -> tuple[StageResult, list[str]]:
    """Return the stage's result when (board, company, week) ended so, and how a line about each begins."""
    folders: list[str] = []
    for (board, slug, week), (status, reason) in ends.items():
        as_of = world.observation_dates[week]
        record = RunRecord(run_id=run_id_for(board, as_of, 1), board=board, origin=origin, as_of=as_of)
        usable = CompanyOutcome(company_slug="another", status="complete")
        outcome = CompanyOutcome(company_slug=slug, status=status, reason=reason)
        folders.append(str(RunWriter(Home(home), record).seal([usable, outcome])))
    report = CrawlReport(runs=folders, planned=len(folders), gaps=[], notes=[])
    result = crawl_result(report, world.observation_dates[-1], seconds=1.0, log_file=home / "crawl.log")
    return result, [f"{board}/{slug}" for board, slug, _ in ends]


def test_a_board_that_is_put_off_is_not_called_landed(tmp_path: Path) -> None:
    as_of = datetime(2026, 11, 20, tzinfo=UTC)
    record = RunRecord(run_id=run_id_for("ashby", as_of, 1), board="ashby", origin="live", as_of=as_of)
    landed = RunWriter(Home(tmp_path), record).seal([CompanyOutcome(company_slug="acme", status="complete")])
    report = CrawlReport(planned=0, earlier=[str(landed)], gaps=["remotive put off: it answered …"], notes=[])
    result = crawl_result(report, as_of, seconds=1.0, log_file=tmp_path / "crawl.log")
    assert result.summary == "nothing to crawl now: everything else up to 2026-11-20T00:00:00Z is landed"
    assert result.gaps == ("remotive put off: it answered …",)


def test_the_speed_leaves_out_what_an_earlier_crawl_had_read(tmp_path: Path) -> None:
    as_of = datetime(2026, 11, 20, tzinfo=UTC)
    record = RunRecord(run_id=run_id_for("ashby", as_of, 1), board="ashby", origin="live", as_of=as_of)
    outcomes = [CompanyOutcome(company_slug=slug, status="complete", postings=50) for slug in ("kept", "crawled")]
    landed = RunWriter(Home(tmp_path), record).seal(outcomes)
    report = CrawlReport(runs=[str(landed)], planned=1, gaps=[], notes=[], kept_companies=1, kept_postings=50)
    result = crawl_result(report, as_of, seconds=10.0, log_file=tmp_path / "crawl.log")
    assert "100 postings of 2 companies on 1 board in 10.0 s (5/s)" in result.summary
    assert (result.counts["postings"], result.counts["postings_per_second"]) == (100, 5.0)


def weeks_planned(world: SampleWorld, kind: str) -> Iterator[tuple[str, str, int]]:
    return (crawl for crawl, planned in sorted(world.outages.items()) if planned == kind)


def test_planned_outages_of_the_sample_world_are_not_gaps(world: SampleWorld, tmp_path: Path) -> None:
    missing, error = next(weeks_planned(world, "missing")), next(weeks_planned(world, "error"))
    ends: dict[tuple[str, str, int], Ending] = {
        missing: ("failed", "404: no board of this name"),
        error: ("failed", "500: internal server error, 3 times"),
    }
    result, _ = result_of(tmp_path, "sample", world, ends)
    assert (result.gaps, result.notes) == ((), ())
    assert result.details[-1] == "2 of 4 company crawls failed, as the sample world plans it"


def test_planned_outages_of_earlier_runs_are_not_counted(world: SampleWorld, tmp_path: Path) -> None:
    board, slug, week = next(weeks_planned(world, "missing"))
    as_of = world.observation_dates[week]
    folders: list[str] = []
    for attempt, outcome in enumerate(
        (
            CompanyOutcome(company_slug=slug, status="failed", reason="404: no board of this name"),
            CompanyOutcome(company_slug="another", status="complete"),
        ),
        start=1,
    ):
        record = RunRecord(run_id=run_id_for(board, as_of, attempt), board=board, origin="sample", as_of=as_of)
        folders.append(str(RunWriter(Home(tmp_path), record).seal([outcome])))
    report = CrawlReport(runs=folders[1:], earlier=folders[:1], planned=1, gaps=[], notes=[])
    result = crawl_result(report, as_of, seconds=1.0, log_file=tmp_path / "crawl.log")
    assert (result.gaps, result.counts["failed"]) == ((), 0)
    assert not any("plans it" in line for line in result.details)


@pytest.mark.parametrize(
    ("planned", "ending"),
    [
        (None, ("failed", "KeyError: 'jobs'")),
        (None, ("failed", "404: no board of this name")),
        (None, ("partial", "2 rejected: no title (2)")),
        ("missing", ("failed", "KeyError: 'jobs'")),
        ("missing", ("failed", "500: internal server error, 3 times")),
        ("error", ("partial", "500: internal server error, 3 times")),
        ("empty", ("failed", "no list under the key 'jobs': not the answer of a greenhouse board")),
        ("short", ("partial", "1 rejected: no id (1)")),
    ],
)
def test_every_unplanned_failure_in_the_sample_world_is_a_gap(
    world: SampleWorld, tmp_path: Path, planned: str | None, ending: Ending
) -> None:
    employer = world.companies_at(world.observation_dates[0])[0]  # the first week is planned without outages
    crawl = next(weeks_planned(world, planned)) if planned else (employer.board, employer.slug, 0)
    result, (company,) = result_of(tmp_path, "sample", world, {crawl: ending})
    assert result.gaps == (f"{company}: {ending[0]}, {ending[1]}",)
    assert not any("plans it" in line for line in result.details)


@pytest.mark.parametrize("origin", ["live", "recorded"])
def test_outside_the_sample_world_no_failure_is_planned(world: SampleWorld, tmp_path: Path, origin: Origin) -> None:
    missing, error = next(weeks_planned(world, "missing")), next(weeks_planned(world, "error"))
    ends: dict[tuple[str, str, int], Ending] = {
        missing: ("failed", "404: no board of this name"),
        error: ("failed", "429: asked to wait 3600 s"),
    }
    result, (gone, busy) = result_of(tmp_path, origin, world, ends)
    assert [line.split(" on ")[0] for line in result.notes] == [gone]
    assert [line.split(" on ")[0] for line in result.gaps] == [busy]


def test_a_failing_disk_is_reported_with_its_path(tmp_path: Path) -> None:
    message = worded(OSError(28, "No space left on device"), tmp_path)
    assert message == (
        f"[Errno 28] No space left on device. Check that the disk of {tmp_path} has room and is writable. "
        "Completed companies are kept"
    )
    assert worded("could not be sealed: …", tmp_path) == "could not be sealed: …"
    assert worded(None, tmp_path) == ""


def test_a_board_that_cannot_be_landed_is_named_once_for_all_moments(tmp_path: Path) -> None:
    faults = ["ashby: contents-ashby.sqlite is damaged. Delete it."] * 2
    report = CrawlReport(runs=[], not_landed=faults, planned=2, gaps=[], notes=[])
    with pytest.raises(StageError) as error:
        crawl_result(report, datetime(2026, 8, 17, tzinfo=UTC), seconds=1.0, log_file=tmp_path / "crawl.log")
    assert str(error.value) == (
        "Nothing usable is landed as of 2026-08-17T00:00:00Z: "
        f"ashby: contents-ashby.sqlite is damaged. Delete it. Log: {tmp_path}/crawl.log"
    )


def test_a_run_that_cannot_be_stored_fails_the_crawl_and_keeps_landed_runs(tmp_path: Path) -> None:
    refused = ["ashby: ashby could not be landed: [Errno 28] No space left on device."] * 2
    report = CrawlReport(runs=["landing/run"], refused=refused, planned=3, gaps=[], notes=[])
    with pytest.raises(StageError, match=r"left on device\. This stopped 2 runs of 3; landed: 1\. Log: /"):
        crawl_result(report, datetime(2026, 8, 17, tzinfo=UTC), seconds=1.0, log_file=tmp_path / "crawl.log")
