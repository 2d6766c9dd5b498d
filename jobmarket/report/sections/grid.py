"""The salary grid: yearly pay by experience, employer size and region."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jobmarket.report import formats, names
from jobmarket.report.charts.intervals import Mark, Row, band_of, open_mark
from jobmarket.report.figures import Figure, Section
from jobmarket.report.language import labelled, say
from jobmarket.report.queries import Published, Rows
from jobmarket.report.sections.absent import withheld
from jobmarket.report.sections.drawings import interval_figure, pay_legend
from jobmarket.report.sections.window import so_far
from jobmarket.report.tables import Field, Table, table

TABLE = "rpt_salary_grid"
BANDS = ("intern", "junior", "confirmed", "senior", "staff_principal")
_SIZES = ("all", "sme", "large")
_COUNTRIES_SHOWN = 5
_IS_OF_THE_GRID = (
    "pay_region = 'all' and list_contains($bands, experience_band) and list_contains($sizes, company_size_band)"
)


@dataclass(frozen=True)
class GridCell:
    """Pay of one cell of the grid, in its country's currency."""

    country: str
    experience_band: str
    company_size_band: str
    pay_region: str
    pay_region_name: str | None
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
    region_premium: float | None
    region_premium_low: float | None
    region_premium_high: float | None
    is_region_premium_significant: bool | None
    status: str
    floor_reason: str | None


def grid_section(published: Published) -> Section:
    """The grid of the scope’s country, or of each country with a figure, most pay first; and regional premiums."""
    title, key = say("Salary grid"), "grid"
    cells = _read(published, f"country <> 'all' and $country in ('all', country) and {_IS_OF_THE_GRID}")
    if not cells:
        absence = say("No opening in the half year states comparable pay.")
        return Section(key, title, figures=(Figure("grid-none", title, absence=absence),))
    most_pay = sorted(
        {cell.country for cell in cells},
        key=lambda country: (-max(cell.n_with_pay for cell in cells if cell.country == country), country),
    )
    drawn = {cell.country for cell in cells if cell.salary_median_annual is not None}
    with_figure = [country for country in most_pay if country in drawn][:_COUNTRIES_SHOWN]
    # if no country has a figure, the largest one shows why
    figures = [_country(published, country) for country in with_figure or most_pay[:1]]
    sentences = tuple(filter(None, (experience_bands(), so_far(published, "pay"))))
    return Section(key, title, sentences, (*figures, _regions(published)))


def experience_bands() -> str:
    """Return what the bands of experience mean: their names state years, but a stated level decides first."""
    return say(
        "Experience is the stated level (leads count as senior; interns and trainees are separate). Where none is "
        "stated, it is the years asked for: under 3, 3–4, 5–7, 8 or more."
    )


def _read(published: Published, which: str, order: str = "country", **values: object) -> Rows[GridCell]:
    return published.source.rows(
        GridCell,
        TABLE,
        f"role_family = $role_family and {which} order by {order}",
        None,
        bands=["all", *BANDS],
        sizes=list(_SIZES),
        **values,
    )


def half_year(published: Published) -> GridCell | None:
    """Return pay of the scope’s country over the half year, in its currency; None if not shown or for all countries."""
    if published.scope.country == "all":
        return None
    cells = _read(published, "country = $country and pay_region = 'all' and salary_median_annual is not null")
    return next((cell for cell in cells if cell.experience_band == cell.company_size_band == "all"), None)


def _country(published: Published, country: str) -> Figure:
    order = "list_position($bands, experience_band), list_position($sizes, company_size_band)"
    whole = _read(published, f"country = $of_country and {_IS_OF_THE_GRID}", order, of_country=country)
    key, currency = f"grid-{country.lower()}", whole[0].currency
    title = say("Pay by experience and employer size: {country}", country=names.country(country))
    numbers = _numbers(title, whole)
    shown = [cell for cell in whole if cell.salary_median_annual is not None]
    if not shown:
        largest = max(whole, key=lambda cell: cell.n_with_pay)
        absence = withheld(largest.floor_reason, largest.n_with_pay, largest.n_companies)
        return Figure(key, title, absence=absence, table=numbers, query=whole.query)
    note = say(
        "Median stated pay per year in {currency}, for openings in the half year up to the week of {day}.",
        currency=currency,
        day=formats.day(shown[0].week_start),
    )
    if hidden := len(whole) - len(shown):
        few = say("{n} of {all} cells have too few postings or employers to be shown.", n=hidden, all=len(whole))
        note = f"{note} {few}"
    note = " ".join(filter(None, (note, _only_in_totals(whole))))
    rows = [
        Row(
            _size(cell.company_size_band) if _is_part(cell, before) else _name(cell),
            formats.amount(cell.salary_median_annual),
            _mark(cell),
            band=band_of(cell.salary_p25_annual, cell.salary_p75_annual),
            is_part=_is_part(cell, before),
        )
        for before, cell in zip([None, *shown], shown, strict=False)
    ]
    return interval_figure(
        key,
        title,
        rows,
        axis_format="~s",
        note=note,
        legend=pay_legend(),
        table=numbers,
        query=whole.query,
    )


def _only_in_totals(cells: list[GridCell]) -> str:
    """Say how many openings are in no band or size, because the parts do not add up to the totals."""
    sizes = {(cell.experience_band, cell.company_size_band): cell.n_postings for cell in cells}
    total = sizes.get(("all", "all"), 0)
    without_experience = total - sum(sizes.get((band, "all"), 0) for band in BANDS)
    without_size = total - sum(sizes.get(("all", size), 0) for size in _SIZES if size != "all")
    if without_experience <= 0 and without_size <= 0:
        return ""
    return say(
        "Of {n} openings, {without_experience} state no experience and {without_size} are at employers of unknown "
        "size; they count only in the totals.",
        n=formats.count(total),
        without_experience=formats.count(without_experience),
        without_size=formats.count(without_size),
    )


def _numbers(title: str, cells: list[GridCell]) -> Table:
    return table(
        title,
        cells,
        Field("experience_band", say("Experience"), "code", write=_experience),
        Field("company_size_band", say("Employer"), "code", write=_size),
        Field("salary_median_annual", say("Median"), "amount"),
        Field("median", say("95% interval"), "amount_interval", lambda cell: (cell.median_low, cell.median_high)),
        Field("salary_p25_annual", say("25%"), "amount"),
        Field("salary_p75_annual", say("75%"), "amount"),
        Field("currency", say("Currency"), "code"),
        Field("n_with_pay", say("With pay"), "count"),
        Field("n_companies", say("Their employers"), "count"),
        Field("n_postings", say("n"), "count"),
        Field("status", say("Status"), "status"),
    )


def _experience(band: str) -> str:
    return say("All experience") if band == "all" else names.experience(band)


def _size(band: str) -> str:
    return say("all sizes") if band == "all" else names.name(band)


def _name(cell: GridCell) -> str:
    experience = _experience(cell.experience_band)
    return experience if cell.company_size_band == "all" else f"{experience}, {_size(cell.company_size_band)}"


def _is_part(cell: GridCell, before: GridCell | None) -> bool:
    """Whether it is an employer size listed below its band."""
    return cell.company_size_band != "all" and before is not None and before.experience_band == cell.experience_band


def _mark(cell: GridCell) -> Mark | None:
    median, low, high = cell.salary_median_annual, cell.median_low, cell.median_high
    estimate = f"{formats.amount(median)} {cell.currency} ({formats.amount_interval(low, high)})"
    return open_mark(median, low, high, labelled(_name(cell), estimate))


def _regions(published: Published) -> Figure:
    key, title = "grid-regions", say("What regions pay compared with the rest of their country")
    which = (
        "country <> 'all' and $country in ('all', country) and not list_contains(['all', 'elsewhere'], pay_region) "
        "and experience_band = 'all' and company_size_band = 'all'"
    )
    regions = _read(published, which, "country, pay_region")
    compared = _read(published, f"{which} and region_premium is not null", "region_premium desc, country, pay_region")
    if not compared:
        return Figure(
            key,
            title,
            absence=say("In no region do the region itself and the rest of its country have enough openings with pay."),
        )
    rows = [Row(_region(cell), formats.change(cell.region_premium), _premium(cell)) for cell in compared]
    note = say("Stated pay compared with similar openings in the country’s other cities.")
    if hidden := [_region(cell) for cell in regions if cell.region_premium is None]:
        note = f"{note} {say('Too few postings or employers to show: {cells}.', cells=formats.listed(hidden))}"
    return interval_figure(
        key,
        title,
        rows,
        axis_format="+.0%",
        rule=0.0,
        note=note,
        legend=(("accent", say("compared with the rest of the country, with 95% interval")),),
        table=table(
            title,
            compared,
            Field("pay_region_name", say("Region"), value=_region),
            Field("country", say("Country"), "code", write=names.country),
            Field("region_premium", say("Premium"), "change"),
            Field(
                "region_premium",
                say("95% interval"),
                "change_interval",
                lambda cell: (cell.region_premium_low, cell.region_premium_high),
            ),
            Field(
                "is_region_premium_significant",
                say("Flagged"),
                "status",
                lambda cell: "significant" if cell.is_region_premium_significant else None,
            ),
            Field("salary_median_annual", say("Median"), "amount"),
            Field("currency", say("Currency"), "code"),
            Field("n_with_pay", say("With pay"), "count"),
            Field("n_companies", say("Their employers"), "count"),
            Field("status", say("Status"), "status"),
        ),
        query=compared.query,
    )


def _region(cell: GridCell) -> str:
    return names.region(cell.pay_region_name or cell.pay_region)


def _premium(cell: GridCell) -> Mark | None:
    value, low, high = cell.region_premium, cell.region_premium_low, cell.region_premium_high
    if value is None or low is None or high is None:
        return None
    estimate = f"{formats.change(value)} ({formats.change_interval(low, high)})"
    return Mark(value, low, high, labelled(_region(cell), estimate))
