"""What was looked at, what was missed and why."""

from __future__ import annotations

from collections import defaultdict

from jobmarket.report import formats, tables
from jobmarket.report.charts.trend import SMALL, Point, trend_chart
from jobmarket.report.figures import Drawing, Figure, Section
from jobmarket.report.queries import BoardWeek, GateCheck, Published
from jobmarket.report.thresholds import COVERAGE_FLOOR, WEEKS_EXPECTED


def this_week(published: Published) -> BoardWeek | None:
    """Coverage over all boards in the week reported."""
    return next((row for row in published.boards if row.week_start == published.week and row.board == "all"), None)


def coverage_section(published: Published) -> Section:
    """Boards of the week, gaps of the weeks before, and what the gates found."""
    return Section(
        key="coverage",
        title="Coverage and quality",
        figures=(_boards(published), _course(published), _gaps(published), _gates(published.gates)),
    )


def _boards(published: Published) -> Figure:
    key, title = "coverage-week", "Boards in this week"
    rows = [row for row in published.boards if row.week_start == published.week]
    rows.sort(key=lambda row: (row.board == "all", row.board))
    if not rows:
        return Figure(key, title, absence="No board was crawled in this week.")
    return Figure(
        key,
        title,
        note=f"An employer is expected if it was crawled in this week or the {WEEKS_EXPECTED} before; it counts as "
        "observed when a crawl of it was complete, without errors and not suspiciously small.",
        table=tables.Table(
            f"Coverage by board, {formats.week_span(published.week)}",
            tables.headings(
                "Board", "#Employers expected", "#Crawled", "#Observed", "#Coverage", "#Crawls", "#Failed", "#Partial",
                "#Postings seen", "#Rejected", "~Main reason for gaps", "Status",
            ),
            tuple(
                (
                    tables.Cell(_board(row.board), row.board),
                    tables.count(row.n_companies_expected),
                    tables.count(row.n_companies_crawled),
                    tables.count(row.n_companies_qualified),
                    tables.share(row.coverage_ratio),
                    tables.count(row.n_runs),
                    tables.count(row.n_failed),
                    tables.count(row.n_partial),
                    tables.count(row.n_postings_seen),
                    tables.count(row.n_rejected),
                    tables.text(row.main_reason),
                    tables.status(row.status),
                )
                for row in rows
            ),
        ),
    )  # fmt: skip


def _board(board: str) -> str:
    return "All boards" if board == "all" else formats.foreign(board).capitalize()


def _course(published: Published) -> Figure:
    key, title = "coverage-trend", "Coverage over the weeks"
    by_board: dict[str, list[BoardWeek]] = defaultdict(list)
    for row in published.boards:
        by_board[row.board].append(row)
    ratios = {(row.board, row.week_start): row.coverage_ratio for row in published.boards}
    if len({row.week_start for row in published.boards}) < 2:
        return Figure(key, title, absence="One week has been observed so far.")
    return Figure(
        key,
        title,
        note=f"Share of expected employers observed; below {COVERAGE_FLOOR:.0%} (dotted) a week is a coverage break.",
        multiples=tuple(
            Drawing(
                trend_chart(
                    [_point(row) for row in rows],
                    SMALL,
                    axis_format=".0%",
                    from_zero=True,
                    rule=COVERAGE_FLOOR,
                    up_to=1.0,
                ),
                _board(board),
                f"{formats.share(rows[-1].coverage_ratio)} of {formats.count(rows[-1].n_companies_expected)} employers",
                rows[-1].status,
            )
            for board, rows in sorted(by_board.items())
            if any(row.coverage_ratio is not None for row in rows)
        ),
        table=tables.Table(
            "Share of expected employers observed, by week",
            tables.headings("Week of", *(f"#{_board(board)}" for board in sorted(by_board))),
            tuple(
                (
                    tables.Cell(formats.day(week), week.isoformat()),
                    *(tables.share(ratios.get((board, week))) for board in sorted(by_board)),
                )
                for week in sorted({row.week_start for row in published.boards})
            ),
        ),
    )  # fmt: skip


def _point(row: BoardWeek) -> Point:
    told = (
        f"{formats.foreign(row.board)}, week of {formats.day(row.week_start)}: "
        f"{formats.count(row.n_companies_qualified)} of {formats.count(row.n_companies_expected)} employers"
    )
    # A broken week is what this chart is about: the line goes on through it.
    return Point(row.week_start, row.coverage_ratio, row.coverage_ratio, row.coverage_ratio, "final", told)


def _gaps(published: Published) -> Figure:
    key, title = "coverage-gaps", "Gaps"
    gaps = [
        row
        for row in sorted(published.boards, key=lambda row: (-row.week_start.toordinal(), row.board))
        if row.board != "all"
        and row.n_companies_qualified < row.n_companies_expected
        and (row.week_start == published.week or row.status == "coverage_break")
    ][:20]
    if not gaps:
        return Figure(
            key,
            title,
            absence="None: every expected employer was observed in this week, and in no week did coverage break.",
        )
    return Figure(
        key,
        title,
        note="Expected employers that were not observed in this week, and in weeks whose coverage broke.",
        table=tables.Table(
            "Employers not observed, latest weeks first",
            tables.headings("Week of", "Board", "#Not observed", "#Expected", "~Main reason", "Status"),
            tuple(
                (
                    tables.Cell(formats.day(row.week_start), row.week_start.isoformat()),
                    tables.Cell(_board(row.board), row.board),
                    tables.count(row.n_companies_expected - row.n_companies_qualified),
                    tables.count(row.n_companies_expected),
                    tables.text(row.main_reason or "not crawled"),
                    tables.status(row.status),
                )
                for row in gaps
            ),
        ),
    )


def _gates(checks: list[GateCheck]) -> Figure:
    key, title = "gates", "Gates"
    if not checks:
        return Figure(key, title, absence="No results of checks were published with this vintage.")
    gates = sorted({check.gate for check in checks}, reverse=True)
    told = []
    for gate in gates:
        own = [check for check in checks if check.gate == gate]
        failed = sum(not check.success for check in own)
        what = {"raw": "what arrived from the boards", "marts": "what was published"}.get(gate, gate)
        told.append(f"{len(own) - failed} of {len(own)} checks of {what} passed")
    unmet = [check for check in checks if not check.success]
    note = f"{formats.listed(told)}.".capitalize()
    if not unmet:
        return Figure(key, title, absence=note)
    return Figure(
        key,
        title,
        note=f"{note} A critical check that fails closes the gate and nothing is published; these are the others. "
        "docs/gates.md says of each, under the anchor in the last column, what to do.",
        table=tables.Table(
            "Checks not met",
            tables.headings("Table", "Column", "~Expectation", "Severity", "~Observed", "~Why this bound", "Anchor"),
            tuple(
                (
                    tables.text(check.table_name),
                    tables.text(check.column_name),
                    tables.text(check.expectation.removeprefix("expect_").replace("_", " ")),
                    tables.text(check.severity),
                    tables.Cell(formats.foreign(check.observed or formats.NO_VALUE, 160)),
                    tables.Cell(formats.foreign(check.reason or formats.NO_VALUE, 160)),
                    tables.Cell(f"#{gate_anchor(check.table_name, check.expectation)}"),
                )
                for check in unmet
            ),
        ),
    )


def gate_anchor(table: str, expectation: str) -> str:
    """Where ``docs/gates.md`` speaks of a check: the gates name their anchors so."""
    return f"{table}-{expectation}".replace(".", "-").replace("_", "-")
