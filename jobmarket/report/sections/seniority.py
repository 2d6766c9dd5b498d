"""Pay by level over the last half year, in each country's currency; in a single week most levels are too small."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jobmarket.report import formats, names
from jobmarket.report.charts.intervals import Mark, Row, band_of, open_mark
from jobmarket.report.figures import Figure
from jobmarket.report.language import labelled, say
from jobmarket.report.queries import Published, Rows
from jobmarket.report.sections.absent import withheld
from jobmarket.report.sections.drawings import interval_figure, pay_legend
from jobmarket.report.sections.window import so_far
from jobmarket.report.tables import Field, Table, table

TABLE = "rpt_seniority_salary"
LEVELS = ("intern", "junior", "mid", "senior", "lead", "staff", "principal", "manager", "executive", "unspecified")


@dataclass(frozen=True)
class LevelPay:
    """Pay of a level in a country over the half year, in the country's currency."""

    country: str
    seniority: str
    week_start: date
    currency: str
    n_postings: int
    n_with_pay: int
    n_companies: int
    salary_p25_annual: float | None
    salary_median_annual: float | None
    median_low: float | None
    median_high: float | None
    salary_p75_annual: float | None
    coverage_ratio: float | None
    status: str
    floor_reason: str | None


def _read(published: Published, which: str, order: str, **values: object) -> Rows[LevelPay]:
    return published.source.rows(
        LevelPay,
        TABLE,
        "role_family = $role_family and country <> 'all' and $country in ('all', country) and seniority <> 'all' "
        f"and {which} order by {order}",
        None,
        **values,
    )


def seniority_figure(published: Published) -> Figure:
    """Median pay of each level: drawn for the country with the most pay, in the table for every country shown."""
    key, title = "pay-half-year", say("By level over the half year")
    largest = _read(published, "true", "(salary_median_annual is not null) desc, n_with_pay desc, country limit 1")
    if not largest:
        return Figure(key, title, absence=say("No opening in the half year states comparable pay."))
    first = largest[0]
    # every level of the country that is drawn, and those of the others that can be shown
    rows = _read(
        published,
        "(country = $drawn or salary_median_annual is not null)",
        "country <> $drawn, country, coalesce(list_position($levels, seniority), 99), seniority",
        drawn=first.country,
        levels=list(LEVELS),
    )
    country = f"{names.country(first.country)} ({first.currency})"
    title = say("By level over the half year: {country}", country=country)
    numbers = _numbers(rows)
    levels = [row for row in rows if row.country == first.country]
    drawn = [row for row in levels if row.salary_median_annual is not None]
    if not drawn:
        absence = withheld(first.floor_reason, first.n_with_pay, first.n_companies)
        return Figure(key, title, absence=absence, table=numbers, query=rows.query)
    note = say(
        "Median stated pay per year in {currency}, for openings in the half year up to the week of {day}.",
        currency=first.currency,
        day=formats.day(first.week_start),
    )
    note = f"{note} {so_far(published, 'pay')}".rstrip()
    if hidden := [names.name(row.seniority) for row in levels if row.salary_median_annual is None]:
        note = f"{note} {say('Too few postings or employers to show: {cells}.', cells=formats.listed(hidden))}"
    if len(rows) > len(levels):
        note = f"{note} {say('The table also has the other countries, in their own currencies.')}"
    lines = [
        Row(
            names.name(row.seniority),
            formats.amount(row.salary_median_annual),
            _mark(row),
            band=band_of(row.salary_p25_annual, row.salary_p75_annual),
        )
        for row in drawn
    ]
    return interval_figure(
        key,
        title,
        lines,
        axis_format="~s",
        note=note,
        legend=pay_legend(),
        table=numbers,
        query=rows.query,
    )


def _numbers(rows: list[LevelPay]) -> Table:
    return table(
        say("Pay by level over the half year"),
        rows,
        Field("country", say("Country"), "code", write=names.country),
        Field("seniority", say("Level"), "code"),
        Field("salary_median_annual", say("Median"), "amount"),
        Field("median", say("95% interval"), "amount_interval", lambda row: (row.median_low, row.median_high)),
        Field("salary_p25_annual", say("25%"), "amount"),
        Field("salary_p75_annual", say("75%"), "amount"),
        Field("currency", say("Currency"), "code"),
        Field("n_with_pay", say("With pay"), "count"),
        Field("n_companies", say("Their employers"), "count"),
        Field("n_postings", say("n"), "count"),
        Field("coverage_ratio", say("Coverage"), "share"),
        Field("status", say("Status"), "status"),
    )


def _mark(row: LevelPay) -> Mark | None:
    median, low, high = row.salary_median_annual, row.median_low, row.median_high
    estimate = f"{formats.amount(median)} {row.currency} ({formats.amount_interval(low, high)}, "
    return open_mark(median, low, high, labelled(_cell(row), f"{estimate}{formats.sample(row.n_with_pay)})"))


def _cell(row: LevelPay) -> str:
    return f"{names.country(row.country)}, {names.name(row.seniority)}"
