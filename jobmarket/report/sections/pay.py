"""What postings say they pay."""

from __future__ import annotations

from collections.abc import Callable

from jobmarket.report import formats, tables
from jobmarket.report.changes import Change, breaks, change, of_pay
from jobmarket.report.charts.intervals import Mark, Row, interval_chart
from jobmarket.report.charts.trend import NARROW, WIDE, Point, Size, trend_chart
from jobmarket.report.figures import Drawing, Figure, Section
from jobmarket.report.queries import PayWeek, Published
from jobmarket.report.sections.demand import too_short

_LEVELS = ("intern", "junior", "mid", "senior", "lead", "staff", "principal", "manager", "executive", "unspecified")
_COUNTRIES_SHOWN = 12


def whole_market(published: Published) -> list[PayWeek]:
    """Pay over all families, countries and levels, a row a week, oldest first."""
    return [row for row in published.pay if row.role_family == row.country == row.seniority == "all"]


def this_week(published: Published) -> PayWeek | None:
    """Pay over the whole market in the week reported."""
    return next((row for row in whole_market(published) if row.week_start == published.week), None)


def median_change(published: Published) -> Change | None:
    """Change of the median over four weeks, in US dollars; None where nothing compares."""
    rows = whole_market(published)
    return change([e for row in rows if (e := of_pay(row))], published.week, broken=breaks(rows))


def why_no_pay(row: PayWeek | None) -> str | None:
    """Why a week's pay is not shown, in a sentence; None if it is."""
    if row is None or row.n_with_pay == 0:
        return "No open posting of this week states pay that can be compared."
    if row.salary_median_usd_annual is None:
        return (
            f"Not shown: {formats.foreign(row.floor_reason or 'the sample is below the floor')} "
            f"({formats.count(row.n_with_pay)} postings with pay of {formats.count(row.n_companies)} employers)."
        )
    return None


def pay_section(published: Published) -> Section:
    """Median pay by level, role family and country, its course, and how many postings say anything."""
    week = [row for row in published.pay if row.week_start == published.week]
    levels = [row for row in week if row.role_family == row.country == "all" and row.seniority != "all"]
    levels.sort(key=lambda row: _LEVELS.index(row.seniority) if row.seniority in _LEVELS else len(_LEVELS))
    families = [row for row in week if row.seniority == row.country == "all" and row.role_family != "all"]
    families.sort(key=lambda row: (-(row.salary_median_usd_annual or 0), row.role_family))
    countries = [row for row in week if row.seniority == row.role_family == "all" and row.country != "all"]
    countries.sort(key=lambda row: (-row.n_with_pay, row.country))
    whole = this_week(published)
    return Section(
        key="pay",
        title="Pay",
        sentences=_sentences(whole),
        figures=(
            _comparison("pay-levels", "By level", "Level", levels, lambda row: row.seniority),
            _comparison("pay-families", "By role family", "Role family", families, lambda row: row.role_family),
            _comparison(
                "pay-countries", "By country", "Country", countries[:_COUNTRIES_SHOWN], lambda row: row.country
            ),
            _course(published),
        ),
    )


def _sentences(whole: PayWeek | None) -> tuple[str, ...]:
    if absence := why_no_pay(whole):
        return (absence,)
    if whole is None:
        return ()
    return (
        f"{formats.share(whole.disclosure_share)} of open postings state pay "
        f"({formats.share_interval(whole.disclosure_low, whole.disclosure_high)}; "
        f"{formats.count(whole.n_with_pay)} of {formats.count(whole.n_postings)}). Where they do, the figure comes "
        f"from the board’s own pay field in {formats.share(whole.share_from_board_field)} of cases and from the text "
        f"in {formats.share(whole.share_from_text)}. Who states pay is no random sample: levels differ between "
        "countries and employers partly because disclosure does.",
    )


def _comparison(key: str, title: str, heading: str, rows: list[PayWeek], cell_of: Callable[[PayWeek], str]) -> Figure:
    visible = [row for row in rows if row.salary_median_usd_annual is not None]
    table = tables.Table(
        f"Pay in US dollars a year: {title.lower()}",
        tables.headings(
            heading, "#Median", "#95% interval", "#10%", "#25%", "#75%", "#90%", "#With pay", "#n", "#Employers",
            "#State pay", "#95% interval", "#From board’s field", "#From text", "Status",
        ),
        tuple(
            (
                tables.Cell(formats.name(cell_of(row)), cell_of(row)),
                tables.dollars(row.salary_median_usd_annual),
                tables.dollars_interval(row.median_low, row.median_high),
                tables.dollars(row.salary_p10_usd_annual),
                tables.dollars(row.salary_p25_usd_annual),
                tables.dollars(row.salary_p75_usd_annual),
                tables.dollars(row.salary_p90_usd_annual),
                tables.count(row.n_with_pay),
                tables.count(row.n_postings),
                tables.count(row.n_companies),
                tables.share(row.disclosure_share),
                tables.share_interval(row.disclosure_low, row.disclosure_high),
                tables.share(row.share_from_board_field),
                tables.share(row.share_from_text),
                tables.status(row.status),
            )
            for row in rows
        ),
    )  # fmt: skip
    if not visible:
        largest = max(rows, key=lambda row: row.n_with_pay, default=None)
        return Figure(key, title, absence=why_no_pay(largest), table=table if rows else None)
    hidden = [formats.name(cell_of(row)) for row in rows if row.salary_median_usd_annual is None]
    lines = [
        Row(formats.name(cell_of(row)), formats.dollars(row.salary_median_usd_annual), _mark(row, cell_of(row)),
            band=(row.salary_p25_usd_annual or 0, row.salary_p75_usd_annual or 0)
            if row.salary_p25_usd_annual and row.salary_p75_usd_annual else None)
        for row in visible
    ]  # fmt: skip
    note = "Median of the midpoints of stated base pay, open postings, US dollars a year."
    if hidden:
        note += f" Too few postings or employers to show: {formats.listed(hidden)}."
    return Figure(
        key,
        title,
        note=note,
        wide=Drawing(interval_chart(lines, is_narrow=False, axis_format="$~s", from_zero=False)),
        narrow=Drawing(interval_chart(lines, is_narrow=True, axis_format="$~s", from_zero=False)),
        legend=(("accent", "median with 95% interval"), ("band", "middle half of postings (25–75%)")),
        table=table,
    )


def _mark(row: PayWeek, cell: str) -> Mark | None:
    median, low, high = row.salary_median_usd_annual, row.median_low, row.median_high
    if median is None:
        return None
    told = (
        f"{formats.name(cell)}: {formats.dollars(median)} "
        f"({formats.dollars_interval(low, high)}, {formats.sample(row.n_with_pay)})"
    )
    return Mark(median, median if low is None else low, median if high is None else high, told)


def _course(published: Published) -> Figure:
    key, title = "pay-trend", "How the median moved"
    rows = whole_market(published)
    shown = [row for row in rows if row.salary_median_usd_annual is not None]
    if absence := too_short(published, len(shown)):
        return Figure(key, title, absence=absence)
    points = [
        Point(
            row.week_start,
            row.salary_median_usd_annual,
            row.median_low,
            row.median_high,
            row.status,
            f"Week of {formats.day(row.week_start)}: {formats.dollars(row.salary_median_usd_annual)} "
            f"({formats.dollars_interval(row.median_low, row.median_high)}, {formats.sample(row.n_with_pay)}, "
            f"{formats.name(row.status).lower()})",
        )
        for row in rows
    ]

    def drawn(size: Size) -> Drawing:
        return Drawing(trend_chart(points, size, axis_format="$~s", from_zero=False))

    return Figure(
        key,
        title,
        note="Median of stated base pay over all open postings. It also moves when the mix of levels or countries "
        "does; the axis does not begin at zero.",
        wide=drawn(WIDE),
        narrow=drawn(NARROW),
        legend=(
            ("accent", "final"), ("accent ring", "provisional"), ("band", "95% interval"), ("break", "coverage break"),
        ),
        table=tables.Table(
            "Median pay by week, US dollars a year",
            tables.headings("Week of", "#Median", "#95% interval", "#With pay", "#n", "#State pay", "Status"),
            tuple(
                (
                    tables.Cell(formats.day(row.week_start), row.week_start.isoformat()),
                    tables.dollars(row.salary_median_usd_annual),
                    tables.dollars_interval(row.median_low, row.median_high),
                    tables.count(row.n_with_pay),
                    tables.count(row.n_postings),
                    tables.share(row.disclosure_share),
                    tables.status(row.status),
                )
                for row in rows
            ),
        ),
    )  # fmt: skip
