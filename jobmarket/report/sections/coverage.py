"""What was observed, what was missed, and why."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from jobmarket.report import formats, gaps, names
from jobmarket.report.boards import board_name
from jobmarket.report.charts.trend import SMALL, Point, trend_chart
from jobmarket.report.figures import Drawing, Figure, Section
from jobmarket.report.language import say, say_many
from jobmarket.report.queries import BoardWeek, Published
from jobmarket.report.sections import demand
from jobmarket.report.sections.agencies import share_of_agencies
from jobmarket.report.sections.gates import gates_figure
from jobmarket.report.sections.texts import coverage_of_texts
from jobmarket.report.tables import Field, Table, table

TABLE = "rpt_board_coverage_weekly"
_GAPS_SHOWN = 20


def this_week(published: Published) -> BoardWeek | None:
    """Return coverage over all boards in the week of the report."""
    return next((row for row in published.boards if row.board == "all"), None)


@dataclass(frozen=True)
class Reach:
    """Share of the last known postings of the market, or a part of it, that was observed, with status and reason."""

    ratio: float
    status: str
    break_reason: str | None


def judged(published: Published, boards: BoardWeek) -> Reach | BoardWeek:
    """Return the whole market's status and break, from its figures, which may break although no board does.

    Args:
        published: The published data.
        boards: All boards together in the week, used if there is no figure.
    """
    return of_cell(published) or boards


def with_reason(sentence: str, break_reason: str | None) -> str:
    """Append the reason to a sentence about a break."""
    why = names.break_reason(break_reason)
    return f"{sentence} {say('Reason: {reason}.', reason=why)}" if why else sentence


def of_cell(published: Published) -> Reach | None:
    """Return coverage of the report's role and country in its week; None if the vintage has no figure."""
    for row in (*demand.of_week(published, "stock"), *demand.of_week(published, "flow")):
        if row.coverage_ratio is not None:
            return Reach(row.coverage_ratio, demand.status_of_count(published, row), row.break_reason)
    return None


def coverage_section(published: Published) -> Section:
    """Boards of the week, gaps of the weeks before, and results of the gates."""
    figures = (_boards(published), _course(published), gaps_figure(published), gates_figure(published))
    sentences = (*coverage_of_texts(published), *share_of_agencies(published))
    return Section("coverage", say("Coverage and quality"), sentences, figures)


def _boards(published: Published) -> Figure:
    key, title = "coverage-week", say("Boards this week")
    rows = published.source.rows(BoardWeek, TABLE, "week_start = $week order by board = 'all', board")
    if not rows:
        return Figure(key, title, absence=say("No board was crawled this week."))
    return Figure(
        key,
        title,
        note=say(
            "An employer is expected if it was crawled this week or in the {weeks} weeks before. It counts as observed "
            "once a crawl of it in the week is complete, free of errors and not suspiciously small and, once the week "
            "is over, another such crawl followed. An employer with boards on two systems counts on each.",
            weeks=published.about["expected_for_weeks"],
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
        query=rows.query,
    )


def _board_field() -> Field:
    return Field("board", say("Board"), "code", write=_board)


def _board(board: str) -> str:
    return say("All boards") if board == "all" else board_name(board)


def _course(published: Published) -> Figure:
    key, title = "coverage-trend", say("Coverage by week")
    rows = published.source.rows(
        BoardWeek, TABLE, "week_start between $first_week and $week order by board <> 'all', board, week_start"
    )
    floor = float(published.about["min_coverage_ratio"])
    by_board: dict[str, list[BoardWeek]] = defaultdict(list)
    for row in rows:
        by_board[row.board].append(row)
    if len({row.week_start for row in rows}) < 2:
        return Figure(key, title, absence=say("Only one week has been observed so far."))
    return Figure(
        key,
        title,
        note=say(
            "Share of expected employers observed. A board’s week is a coverage break if the share is below {floor} "
            "(dotted line) or jumps. Figures also break where employers that came or went account for much of their "
            "postings.",
            floor=formats.share(floor),
        ),
        multiples=tuple(
            Drawing(
                trend_chart([_point(row) for row in weeks], SMALL, axis_format=".0%", from_zero=True,
                            rule=floor, up_to=1.0),
                _board(board),
                say_many(
                    "{share} of {n} employer", "{share} of {n} employers", weeks[-1].n_companies_expected,
                    share=formats.share(weeks[-1].coverage_ratio), n=formats.count(weeks[-1].n_companies_expected),
                ),
                weeks[-1].status,
            )
            for board, weeks in by_board.items()
            if any(row.coverage_ratio is not None for row in weeks)
        ),
        table=_course_table(rows, list(by_board)),
        numbers=table(
            say("Share of expected employers observed, by week"),
            rows,
            _board_field(),
            Field("week_start", say("Week of"), "day"),
            Field("n_companies_expected", say("Employers expected"), "count"),
            Field("n_companies_qualified", say("Observed"), "count"),
            Field("coverage_ratio", say("Coverage"), "share"),
            Field("status", say("Status"), "status"),
        ),
        query=rows.query,
    )  # fmt: skip


def _course_table(rows: list[BoardWeek], boards: list[str]) -> Table:
    ratios = {(row.board, row.week_start): row.coverage_ratio for row in rows}

    def ratio_of(board: str) -> Field:
        name = f"coverage_ratio_{board}"
        return Field(name, _board(board), "share", lambda week: ratios.get((board, week)))

    return table(
        say("Share of expected employers observed, by week"),
        sorted({row.week_start for row in rows}),
        Field("week_start", say("Week of"), "day", lambda week: week),
        *map(ratio_of, boards),
    )


def _point(row: BoardWeek) -> Point:
    description = say(
        "{board}, week of {day}: {qualified} of {expected} employers",
        board=_board(row.board),
        day=formats.day(row.week_start),
        qualified=formats.count(row.n_companies_qualified),
        expected=formats.count(row.n_companies_expected),
    )
    # This chart shows broken weeks, so the line continues through them.
    return Point(row.week_start, row.coverage_ratio, row.coverage_ratio, row.coverage_ratio, "final", description)


@dataclass(frozen=True)
class Gap:
    """Expected employers of a board not observed in a week; none missed if it broke because more were observed."""

    week_start: date
    board: str
    n_companies_missed: int
    n_companies_expected: int
    main_reason: str | None
    break_reason: str | None
    status: str

    @property
    def reason(self) -> str | None:
        """Why employers were not observed, or why the week broke if all were."""
        if not self.n_companies_missed:
            return names.break_reason(self.break_reason)
        return gaps.in_words(self.main_reason)


def gaps_figure(published: Published) -> Figure:
    """Employers missed in the week, and coverage breaks of all weeks; or a sentence that there are none."""
    key, title = "coverage-gaps", say("Gaps")
    missed = published.source.rows(
        Gap,
        TABLE,
        "week_start between $first_week and $week and board <> 'all' and (status = 'coverage_break' "
        "or week_start = $week and n_companies_qualified < n_companies_expected) "
        f"order by week_start desc, board limit {_GAPS_SHOWN}",
        {"n_companies_missed": "n_companies_expected - n_companies_qualified"},
    )
    if not missed:
        return Figure(
            key,
            title,
            absence=say(
                "None: every expected employer was observed this week, and no board had a coverage break in any week."
            ),
        )
    return Figure(
        key,
        title,
        note=say(
            "Expected employers that were not observed this week, or in a week with a coverage break. A week can break "
            "although none is missing, if far more employers were observed than in the week before."
        ),
        table=table(
            say("Employers not observed, latest weeks first"),
            missed,
            Field("week_start", say("Week of"), "day"),
            _board_field(),
            Field("n_companies_missed", say("Not observed"), "count"),
            Field("n_companies_expected", say("Expected"), "count"),
            Field("main_reason", say("Main reason"), "words", lambda row: row.reason),
            Field("status", say("Status"), "status"),
        ),
        query=missed.query,
    )
