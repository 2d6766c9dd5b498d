"""What was looked at, what was missed and why."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from jobmarket.report import formats, gaps
from jobmarket.report.boards import board_name
from jobmarket.report.charts.trend import SMALL, Point, trend_chart
from jobmarket.report.figures import Drawing, Figure, Section
from jobmarket.report.language import say, say_many
from jobmarket.report.queries import BoardWeek, GateCheck, Published
from jobmarket.report.sections import demand
from jobmarket.report.sections.texts import coverage_of_texts
from jobmarket.report.tables import Field, Table, table
from jobmarket.report.thresholds import COVERAGE_FLOOR, WEEKS_EXPECTED


def this_week(published: Published) -> BoardWeek | None:
    """Coverage over all boards in the week reported."""
    return next((row for row in published.boards if row.week_start == published.week and row.board == "all"), None)


@dataclass(frozen=True)
class Reach:
    """How much of the market, or a part, was observed: of its last known postings, and what follows from it."""

    ratio: float
    status: str
    break_reason: str | None


def judged(published: Published, boards: BoardWeek) -> Reach | BoardWeek:
    """What tells the whole market's status and break: its figures, which may break in a week in which no board does.

    Args:
        published: What is reported.
        boards: All boards together in its week; they tell it where no figure does.
    """
    return of_cell(published) or boards


def with_reason(sentence: str, break_reason: str | None) -> str:
    """A sentence about a break, followed by why it is one where the vintage tells that."""
    why = formats.break_reason(break_reason)
    return f"{sentence} {say('Why it broke: {reason}.', reason=why)}" if why else sentence


def of_cell(published: Published) -> Reach | None:
    """Coverage of the report's role and country in its week; null where the vintage has no figure of it."""
    for row in (*demand.of_week(published, "stock"), *demand.of_week(published, "flow")):
        if row.coverage_ratio is not None:
            # a suppressed row says so in place of the break that it may be as well; earlier vintages tell no reason
            is_broken = row.break_reason is not None or row.coverage_ratio < COVERAGE_FLOOR
            return Reach(row.coverage_ratio, "coverage_break" if is_broken else row.status, row.break_reason)
    return None


def coverage_section(published: Published) -> Section:
    """Boards of the week, gaps of the weeks before, and what the gates found."""
    figures = (_boards(published), _course(published), _gaps(published), _gates(published.gates))
    return Section("coverage", say("Coverage and quality"), coverage_of_texts(published), figures)


def _boards(published: Published) -> Figure:
    key, title = "coverage-week", say("Boards in this week")
    rows = [row for row in published.boards if row.week_start == published.week]
    rows.sort(key=lambda row: (row.board == "all", row.board))
    if not rows:
        return Figure(key, title, absence=say("No board was crawled in this week."))
    return Figure(
        key,
        title,
        note=say(
            "An employer is expected if it was crawled in this week or the {weeks} before; it counts as observed when "
            "a crawl of it was complete, without errors and not suspiciously small.",
            weeks=WEEKS_EXPECTED,
        ),
        table=table(
            say("Coverage by board, {week}", week=formats.week_span(published.week)),
            rows,
            _board_field(),
            Field("n_companies_expected", say("Employers expected"), "count"),
            Field("n_companies_crawled", say("Crawled"), "count"),
            Field("n_companies_qualified", say("Observed"), "count"),
            Field("coverage_ratio", say("Coverage"), "share"),
            Field("n_runs", say("Crawls"), "count"),
            Field("n_failed", say("Failed"), "count"),
            Field("n_partial", say("Partial"), "count"),
            Field("n_postings_seen", say("Postings seen"), "count"),
            Field("n_rejected", say("Rejected"), "count"),
            Field("main_reason", say("Main reason for gaps"), "words", lambda row: gaps.in_words(row.main_reason)),
            Field("status", say("Status"), "status"),
        ),
    )


def _board_field() -> Field:
    return Field("board", say("Board"), "code", write=_board)


def _board(board: str) -> str:
    return say("All boards") if board == "all" else board_name(board)


def _course(published: Published) -> Figure:
    key, title = "coverage-trend", say("Coverage over the weeks")
    by_board: dict[str, list[BoardWeek]] = defaultdict(list)
    for row in published.boards:
        by_board[row.board].append(row)
    if len({row.week_start for row in published.boards}) < 2:
        return Figure(key, title, absence=say("One week has been observed so far."))
    return Figure(
        key,
        title,
        note=say(
            "Share of expected employers observed; below {floor} (dotted), or where it jumps, a board’s week is a "
            "coverage break. Figures also break where employers that came or went hold much of their postings.",
            floor=formats.share(COVERAGE_FLOOR),
        ),
        multiples=tuple(
            Drawing(
                trend_chart([_point(row) for row in rows], SMALL, axis_format=".0%", from_zero=True,
                            rule=COVERAGE_FLOOR, up_to=1.0),
                _board(board),
                say_many(
                    "{share} of {n} employer", "{share} of {n} employers", rows[-1].n_companies_expected,
                    share=formats.share(rows[-1].coverage_ratio), n=formats.count(rows[-1].n_companies_expected),
                ),
                rows[-1].status,
            )
            for board, rows in sorted(by_board.items())
            if any(row.coverage_ratio is not None for row in rows)
        ),
        table=_course_table(published, sorted(by_board)),
    )  # fmt: skip


def _course_table(published: Published, boards: list[str]) -> Table:
    ratios = {(row.board, row.week_start): row.coverage_ratio for row in published.boards}

    def ratio_of(board: str) -> Field:
        name = f"coverage_ratio_{board}"
        return Field(name, _board(board), "share", lambda week: ratios.get((board, week)))

    return table(
        say("Share of expected employers observed, by week"),
        sorted({row.week_start for row in published.boards}),
        Field("week_start", say("Week of"), "day", lambda week: week),
        *map(ratio_of, boards),
    )


def _point(row: BoardWeek) -> Point:
    told = say(
        "{board}, week of {day}: {qualified} of {expected} employers",
        board=_board(row.board),
        day=formats.day(row.week_start),
        qualified=formats.count(row.n_companies_qualified),
        expected=formats.count(row.n_companies_expected),
    )
    # A broken week is what this chart is about: the line goes on through it.
    return Point(row.week_start, row.coverage_ratio, row.coverage_ratio, row.coverage_ratio, "final", told)


def _gaps(published: Published) -> Figure:
    key, title = "coverage-gaps", say("Gaps")
    missed = [
        row
        for row in sorted(published.boards, key=lambda row: (-row.week_start.toordinal(), row.board))
        if row.board != "all"
        and row.n_companies_qualified < row.n_companies_expected
        and (row.week_start == published.week or row.status == "coverage_break")
    ][:20]
    if not missed:
        return Figure(
            key,
            title,
            absence=say(
                "None: every expected employer was observed in this week, and in no week did a board’s coverage break."
            ),
        )
    return Figure(
        key,
        title,
        note=say("Expected employers that were not observed in this week, and in weeks whose coverage broke."),
        table=table(
            say("Employers not observed, latest weeks first"),
            missed,
            Field("week_start", say("Week of"), "day"),
            _board_field(),
            Field(
                "n_companies_missed",
                say("Not observed"),
                "count",
                lambda row: row.n_companies_expected - row.n_companies_qualified,
            ),
            Field("n_companies_expected", say("Expected"), "count"),
            Field(
                "main_reason",
                say("Main reason"),
                "words",
                lambda row: gaps.in_words(row.main_reason) or say("not crawled"),
            ),
            Field("status", say("Status"), "status"),
        ),
    )


@dataclass(frozen=True)
class _Checked:
    """What some checks are about, and those of them that were not met."""

    about: str
    checks: list[GateCheck]

    @property
    def unmet(self) -> list[GateCheck]:
        """Checks not met."""
        return [check for check in self.checks if not check.success]

    @property
    def observed(self) -> str:
        """What these saw."""
        return "; ".join(dict.fromkeys(check.observed for check in self.unmet if check.observed))


def _gates(checks: list[GateCheck]) -> Figure:
    key, title = "gates", say("Checks of the data")
    if not checks:
        return Figure(key, title, absence=say("No results of checks were published with this vintage."))
    told = []
    for gate in sorted({check.gate for check in checks}, reverse=True):
        own = [check for check in checks if check.gate == gate]
        counts = {
            "passed": formats.count(sum(check.success for check in own)),
            "all": formats.count(len(own)),
        }
        if gate == "raw":
            told.append(say("{passed} of {all} checks of what arrived from the boards passed", **counts))
        else:
            told.append(say("{passed} of {all} checks of what was published passed", **counts))
    note = f"{formats.listed(told)}."
    by_subject: dict[str, list[GateCheck]] = defaultdict(list)
    for check in checks:
        by_subject[_subject(check.table_name)].append(check)
    shown = [_Checked(about, own) for about, own in by_subject.items() if any(not check.success for check in own)]
    if not shown:
        return Figure(key, title, absence=note)
    remark = say(
        "A critical check that is not met keeps the data from being published; these are warnings. Which they are and "
        "what to do about them stands in the data docs, for who runs the pipeline."
    )
    return Figure(
        key,
        title,
        note=f"{note} {remark}",
        table=table(
            say("Checks not met"),
            shown,
            Field("about", say("Checked"), "words"),
            Field("n_checks", say("Checks"), "count", lambda row: len(row.checks)),
            Field("n_unmet", say("Not met"), "count", lambda row: len(row.unmet)),
            Field("observed", say("Observed"), "words"),
        ),
    )


def _subject(table_name: str) -> str:
    """What a table is about, for readers who do not know the tables."""
    _, _, name = table_name.rpartition(".")
    kind = "raw" if table_name.startswith("raw.") else name.partition("_")[0]
    subjects = {
        "raw": say("Crawls") if name == "crawl_runs" else say("Postings as they arrived"),
        "fct": say("Postings and what they say"),
        "dim": say("Lists of skills, employers and places"),
        "rpt": say("Figures by week and half year"),
    }
    return subjects.get(kind, say("Other data"))
