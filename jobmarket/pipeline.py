"""The stages in their order, for the command line and the DAGs alike.

crawl → load → gate raw → build → gate marts → publish → report. Each is idempotent for its ``as_of``.
A stage's modules are imported when it runs, so that other commands start fast.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import duckdb

from jobmarket.builds import moment_of_last_build
from jobmarket.settings import Home, Settings
from jobmarket.stages import GateClosedError, Progress, StageError, StageResult, as_of_text, find, without_zone

if TYPE_CHECKING:
    from jobmarket.report import ReportSpec


# Compaction comes last: it needs room on the disk, which the others free, and a warehouse that nobody has locked.
MAINTENANCE = ("prune-vintages", "archive-landing", "compact-warehouse")
STAGES = ("crawl", "load", "gate-raw", "build", "gate-marts", "publish", "report")
# Stages recorded in ops.stage_runs. A crawl never opens the warehouse, and a report reads only the published file:
# they are recorded by the landing's run.json and by the report itself.
_NOTED = {*STAGES, *MAINTENANCE} - {"crawl", "report"}


@dataclass(frozen=True)
class Job:
    """The parameters of a run of the pipeline.

    Attributes:
        home: The installation's folders.
        settings: The installation's settings.
        boards: ``sample``, ``live`` or a folder of recorded responses.
        as_of: The moment the run stands for, UTC. None means the boards' default for a crawl, the last build for the
            stages that take its marts, and the newest crawl in the warehouse for every other stage.
        progress: Where stages report their progress.
        board_names: Crawl only these board systems; all if empty.
        companies: Crawl only these company slugs; all if empty.
        retry_failed: Crawl again the companies whose crawl at this moment did not complete.
        retry_transient: Crawl again the companies that failed at this moment for a temporary reason (5xx, 429, no
            answer).
        report: Which report to write, in which formats; by default the last week's, in all formats.
    """

    home: Home
    settings: Settings
    boards: str
    as_of: datetime | None
    progress: Progress
    board_names: Collection[str] = field(default=())
    companies: Collection[str] = field(default=())
    retry_failed: bool = False
    retry_transient: bool = False
    report: ReportSpec | None = None


def run_stage(job: Job, stage: str) -> StageResult:
    """Run one stage, and record its outcome in ``ops.stage_runs``.

    Raises:
        GateClosedError: If a gate closed.
        StageError: If the stage could not do its work.
    """
    started = datetime.now(UTC)
    left_out: tuple[str, ...] = ()
    unrecorded: tuple[str, ...] = ()
    try:
        if stage in _OF_A_MOMENT:
            as_of, left_out = _moment(job, stage)
            job = replace(job, as_of=as_of)
            result = _OF_A_MOMENT[stage](job, as_of)
        else:
            result = _FUNCTIONS[stage](job)
        outcome, summary = "incomplete" if result.gaps else "done", result.summary
    except GateClosedError as error:
        outcome, summary = "closed", str(error)
        raise
    except BaseException as error:
        outcome, summary = "failed", str(error)
        if is_interrupt(error):
            outcome, summary = "interrupted", "ended by Ctrl-C or a signal"
        raise
    finally:
        if stage in _NOTED:
            unrecorded = _note(job, stage, started, outcome, summary)
    return replace(result, details=(*result.details, *left_out, *unrecorded))


def is_interrupt(error: BaseException) -> bool:
    """Return whether Ctrl-C or a signal ended a stage.

    DuckDB reports it in a RuntimeError if it was running a query; Python before 3.12 too if it was creating a class.
    """
    if isinstance(error, RuntimeError):
        return "interrupted" in str(error) or isinstance(error.__cause__, KeyboardInterrupt)
    return isinstance(error, KeyboardInterrupt)


def _note(job: Job, stage: str, started: datetime, outcome: str, summary: str) -> tuple[str, ...]:
    """Record the outcome of a stage, or return a line that says why it is not recorded.

    A stage that is done must not fail because another process locks the warehouse.
    """
    if not job.home.warehouse.exists():  # nothing is loaded yet, and a record alone must not create a warehouse
        return ()
    from jobmarket import warehouse

    try:
        with warehouse.connect(job.home, job.settings) as connection:
            connection.execute(
                "insert into ops.stage_runs values (?, ?, ?, ?, ?, ?)",
                [stage, job.as_of and without_zone(job.as_of), without_zone(started),
                 without_zone(datetime.now(UTC)), outcome, summary],
            )  # fmt: skip
    except (StageError, duckdb.Error, OSError) as error:
        return (f"not recorded in ops.stage_runs: {error}",)
    return ()


def _crawl(job: Job) -> StageResult:
    as_of = job.as_of or find("default_as_of")(
        job.boards, home=job.home, board_names=job.board_names, companies=job.companies
    )
    result: StageResult = find("crawl")(
        job.home, job.settings, job.boards, as_of, board_names=job.board_names, companies=job.companies,
        retry_failed=job.retry_failed, retry_transient=job.retry_transient, progress=job.progress,
    )  # fmt: skip
    return result


def _load(job: Job) -> StageResult:
    from jobmarket import warehouse

    return warehouse.load(job.home, job.settings, job.as_of, job.progress)


def _build(job: Job, as_of: datetime) -> StageResult:
    from jobmarket import transform

    return transform.build(job.home, job.settings, as_of, job.progress)


def _gate(gate: str) -> Callable[[Job, datetime], StageResult]:
    def run(job: Job, as_of: datetime) -> StageResult:
        result: StageResult = find("gate")(job.home, job.settings, gate, as_of, job.progress)
        return result

    return run


def _publish(job: Job, as_of: datetime) -> StageResult:
    from jobmarket.publishing import publish

    return publish(job.home, job.settings, as_of, job.progress)


def _report(job: Job) -> StageResult:
    from jobmarket.report import make_report

    return make_report(job.home, job.as_of, job.report, job.progress)


def _send(job: Job) -> StageResult:
    from jobmarket.report.sending import send_report

    return send_report(job.home, job.settings, job.as_of, job.report)


def _archive_landing(job: Job) -> StageResult:
    from jobmarket.landing_archive import archive_landing

    return archive_landing(job.home, job.settings, job.as_of, job.progress)


def _compact_warehouse(job: Job) -> StageResult:
    from jobmarket.maintenance import compact_warehouse

    return compact_warehouse(job.home, job.settings)


def _prune_vintages(job: Job) -> StageResult:
    from jobmarket.maintenance import prune_vintages

    return prune_vintages(job.home, job.settings)


_FUNCTIONS: dict[str, Callable[[Job], StageResult]] = {
    "crawl": _crawl,
    "load": _load,
    "report": _report,
    "send": _send,
    "archive-landing": _archive_landing,
    "compact-warehouse": _compact_warehouse,
    "prune-vintages": _prune_vintages,
}
# These always stand for a moment, whether one was given or not.
_OF_A_MOMENT: dict[str, Callable[[Job, datetime], StageResult]] = {
    "gate-raw": _gate("raw"),
    "build": _build,
    "gate-marts": _gate("marts"),
    "publish": _publish,
}


# These take the marts as they were built.
_OF_THE_LAST_BUILD = {"gate-marts", "publish"}


def _moment(job: Job, stage: str) -> tuple[datetime, tuple[str, ...]]:
    """Return a stage's moment, and a line if newer crawls are not in its marts. Never creates a home."""
    from jobmarket import warehouse

    warehouse.must_exist(job.home)
    if job.as_of is not None:
        return job.as_of, ()
    with warehouse.connect(job.home, job.settings, read_only=True) as connection:
        newest = warehouse.newest_in(connection, job.home)
        built = moment_of_last_build(connection) if stage in _OF_THE_LAST_BUILD else None
    if built is None or built >= newest:
        return built or newest, ()
    return built, (f"as of the last build; for the crawls up to {as_of_text(newest)}, run `jobmarket build` first",)
