"""What differs from the week before, what of it is owed to what was crawled, and what may be called a change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from jobmarket.report import changes, formats, gaps, names
from jobmarket.report.figures import Figure, Section
from jobmarket.report.language import say
from jobmarket.report.queries import Published, Rows
from jobmarket.report.sections import coverage, pay
from jobmarket.report.sections.absent import not_over
from jobmarket.report.sections.moved import countries_figure
from jobmarket.report.sections.vintages import vintages_figure
from jobmarket.report.tables import Field, Table, table

OPENINGS, PAY = "rpt_role_demand_weekly", "rpt_salary_trend_weekly"


@dataclass(frozen=True)
class Compared:
    """A figure in this week and in the week before.

    Attributes:
        figure: ``openings_stock``, ``openings_flow``, ``median_pay_usd`` or ``employers_observed``.
        country: The country that it covers, or ``all``.
        week_before: Its value then.
        this_week: Its value now.
        week_before_low, week_before_high, this_week_low, this_week_high: Ends of their 95 % intervals, if it has one.
        week_before_of, this_week_of: The total, if the figure is a part of one.
        matched_change: Change since the week before among employers observed in both, relative to the earlier value.
        known_share: Share of the openings known by now, as in earlier weeks at the same age; the matched change and the
            longer one compare these.
        weeks: Number of weeks of the longer change.
        change: The longer change among employers observed in both weeks, relative to the earlier value.
        change_low, change_high: Ends of its 95 % interval.
        reason: Reason for a coverage break, or main reason for gaps.
        status: Status of this week’s figure.
    """

    figure: str
    country: str
    week_before: float
    week_before_low: float | None
    week_before_high: float | None
    week_before_of: float | None
    this_week: float
    this_week_low: float | None
    this_week_high: float | None
    this_week_of: float | None
    matched_change: float | None
    known_share: float | None
    weeks: int | None
    change: float | None
    change_low: float | None
    change_high: float | None
    reason: str | None
    status: str

    @property
    def longer(self) -> changes.Change | None:
        """The longer change, if there is one."""
        return changes.of_interval(self.change, self.change_low, self.change_high)


def since_section(published: Published) -> Section:
    """Compare key figures with the week before, list significant changes by country, and compare vintages."""
    key, title = "since-figures", say("This week and the week before")
    rows = _read(published)
    if published.is_recorded or not rows:
        figure = Figure(key, title, absence=say("There is no earlier week to compare with."))
    else:
        figure = Figure(
            key,
            title,
            note=say(
                "As counted in each week. A difference is not in itself a change in the market: the table shows how "
                "much of it is due to different employers being observed, or to postings found late. Changes in the "
                "market are measured over several weeks, among employers observed at both ends, with a 95% interval."
            ),
            table=_shown(published, rows),
            numbers=_numbers(rows),
            query=rows.query,
        )
    return Section(
        "since", say("Since the last issue"), figures=(figure, countries_figure(published), vintages_figure(published))
    )


def _read(published: Published) -> Rows[Compared]:
    """Openings, pay and employers in both weeks."""
    cell = "role_family = $role_family and country = $country"
    chained = f"matched_index / nullif({_lagged('matched_index')}, 0) - 1"
    openings = _pair(
        OPENINGS, f"{cell} and measure in ('stock', 'flow')", "'openings_' || measure", "n_postings",
        matched=f"if(matched_since is not distinct from {_lagged('matched_since')}, {chained}, null)",
        known="expected_known_share", change=("change_4w", 4), reason="break_reason",
    )  # fmt: skip
    paid = _pair(
        PAY, "role_family = $role_family and country = $pay_country and measure = 'stock' and seniority = 'all'",
        "'median_pay_usd'", "salary_median_usd_annual",
        interval=("salary_median_usd_annual_low", "salary_median_usd_annual_high"),
        change=("controlled_change_13w", 13),
    )  # fmt: skip
    observed = _pair(
        coverage.TABLE, "board = 'all'", "'employers_observed'", "n_companies_qualified",
        country="'all'", whole="n_companies_expected", reason="main_reason",
    )  # fmt: skip
    order = "list_position(['openings_stock', 'openings_flow', 'median_pay_usd', 'employers_observed'], figure)"
    paid_now = pay.headline_pay(published)
    return published.source.rows(
        Compared,
        f"({' union all '.join((openings, paid, observed))})",
        f"true order by {order}",
        before=published.week - timedelta(weeks=1),
        pay_country=paid_now.country if paid_now else published.scope.country,
    )


def _lagged(column: str) -> str:
    """A figure's column in the week before."""
    return column if column == "null" else f"lag({column}) over (partition by figure order by week_start)"


def _pair(
    relation: str,
    where: str,
    figure: str,
    value: str,
    *,
    country: str = "country",
    interval: tuple[str, str] = ("null", "null"),
    whole: str = "null",
    matched: str = "null",
    known: str = "null",
    change: tuple[str, int] = ("null", 0),
    reason: str = "null",
) -> str:
    """A query for a column of a table in both weeks; a figure missing in either is left out."""
    low, high = interval
    longer, weeks = change
    spanned, *ends = ["null"] * 3 if longer == "null" else [str(weeks), f"{longer}_low", f"{longer}_high"]
    return (
        f"select {figure} as figure, {country} as country, {_lagged(value)} as week_before, "  # noqa: S608  # only constants
        f"{_lagged(low)} as week_before_low, "
        f"{_lagged(high)} as week_before_high, {_lagged(whole)} as week_before_of, {value} as this_week, "
        f"{low} as this_week_low, {high} as this_week_high, {whole} as this_week_of, {matched} as matched_change, "
        f"{known} as known_share, {spanned} as weeks, {longer} as change, {ends[0]} as change_low, "
        f"{ends[1]} as change_high, "
        f"{reason} as reason, status from {relation} where week_start in ($before, $week) and {where} "
        "qualify week_start = $week and week_before is not null and this_week is not null"
    )


def _shown(published: Published, rows: list[Compared]) -> Table:
    return table(
        say("Key figures for this week and the week before"),
        rows,
        Field("figure", say("Figure"), value=lambda row: _name(published, row)),
        Field("this_week", say("This week"), "phrase", _now),
        Field("week_before", say("Week before"), "phrase", _before),
        Field("why", say("Why they differ"), "words", lambda row: _why(published, row)),
        Field("change", say("Change over several weeks"), "words", lambda row: _longer_change(published, row)),
        Field("status", say("Status"), "status"),
    )


def _numbers(rows: list[Compared]) -> Table:
    return table(
        say("Key figures for this week and the week before"),
        rows,
        Field("figure", say("Figure")),
        Field("country", say("Country")),
        Field("this_week", say("This week"), "decimal"),
        Field("this_week", say("95% interval"), "decimal_interval", lambda r: (r.this_week_low, r.this_week_high)),
        Field("week_before", say("Week before"), "decimal"),
        Field("week_before", say("95% interval"), "decimal_interval", _interval_before),
        Field("matched_change", say("Among employers observed in both"), "change"),
        Field("weeks", say("Period (weeks)"), "count"),
        Field("change", say("Change"), "change"),
        Field("change", say("95% interval"), "change_interval", lambda row: (row.change_low, row.change_high)),
        Field("status", say("Status"), "status"),
    )


def _interval_before(row: Compared) -> tuple[float | None, float | None]:
    return row.week_before_low, row.week_before_high


def _name(published: Published, row: Compared) -> str:
    if row.country != published.scope.country and row.figure == "median_pay_usd":
        return say("Median stated pay, {country}", country=names.country(row.country))
    figures = {
        "openings_stock": say("Open postings"), "openings_flow": say("Newly published"),
        "median_pay_usd": say("Median stated pay"), "employers_observed": say("Employer boards observed"),
    }  # fmt: skip
    return figures[row.figure]


def _now(row: Compared) -> str:
    return _written(row, row.this_week, row.this_week_of, (row.this_week_low, row.this_week_high))


def _before(row: Compared) -> str:
    return _written(row, row.week_before, row.week_before_of, _interval_before(row))


def _written(row: Compared, value: float, whole: float | None, interval: tuple[float | None, float | None]) -> str:
    if row.figure == "median_pay_usd":
        return f"{formats.dollars(value)} ({formats.dollars_interval(*interval)})"
    if row.figure == "employers_observed":
        return say("{n} of {all}", n=formats.count(value), all=formats.count(whole))
    return formats.count(value)


def _why(published: Published, row: Compared) -> str:
    if row.figure == "employers_observed":
        return gaps.in_words(row.reason) or say("No gap.")
    if row.figure == "median_pay_usd" and row.country == "all":
        return say(
            "Also varies with the mix of levels, countries and employers, so no weekly change in pay is reported."
        )
    if row.figure == "median_pay_usd":
        return say("Also varies with the mix of levels and employers, so no weekly change in pay is reported.")
    if row.status == "coverage_break":
        return coverage.with_reason(say("Coverage break: the two weeks are not comparable."), row.reason)
    if row.matched_change is None:
        return not_over(published) or say("Too few employers were observed in both weeks, or changed, to tell.")
    plain = row.this_week / row.week_before - 1 if row.week_before else 0.0
    counted, known = formats.change(plain), formats.change(row.matched_change)
    sentences = [
        say("{plain} as counted, {matched} among employers observed in both weeks.", plain=counted, matched=known)
    ]
    if row.known_share is not None:
        sentences.append(
            say(
                "The latter compares what was known of each week at the same age; this early, {share} of the openings "
                "of earlier weeks were known. Any other difference between the two is due to coverage.",
                share=formats.share(row.known_share),
            )
        )
    elif counted != known:
        sentences.append(say("The difference between the two is due to coverage."))
    if row.status == "provisional":
        sentences.append(say("Postings found late may still be added."))
    return " ".join(sentences)


def _longer_change(published: Published, row: Compared) -> str | None:
    change = row.longer
    if change is None or row.weeks is None:
        return None
    values = {
        "since": formats.day(published.week - timedelta(weeks=row.weeks)),
        "change": formats.change(change.value),
        "interval": formats.change_interval(change.low, change.high),
    }
    if change.is_significant:
        return say("{change} since the week of {since} ({interval}): significant.", **values)
    return say("{change} since the week of {since} ({interval}): not significant.", **values)
