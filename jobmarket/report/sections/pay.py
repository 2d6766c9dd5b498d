"""Pay as stated in postings."""

from __future__ import annotations

from jobmarket.report import formats, names
from jobmarket.report.charts.intervals import Mark, Row, band_of, open_mark
from jobmarket.report.charts.trend import NARROW, WIDE, Point, Size, trend_chart
from jobmarket.report.figures import Drawing, Figure, Section
from jobmarket.report.language import labelled, say, say_many
from jobmarket.report.queries import PayWeek, Published, Rows, pay_by_week
from jobmarket.report.sections.demand import too_short
from jobmarket.report.sections.drawings import interval_figure, pay_legend
from jobmarket.report.sections.seniority import LEVELS, seniority_figure
from jobmarket.report.tables import Field, Table, table

TABLE = "rpt_salary_trend_weekly"
_COUNTRIES_SHOWN = 12


def this_week(published: Published) -> PayWeek | None:
    """Return pay over the whole scope in the week of the report."""
    return next((row for row in published.pay if row.week_start == published.week), None)


def headline_pay(published: Published) -> PayWeek | None:
    """Return the week's pay as one figure: for several countries, that of the country with the most pay.

    A median over all countries lies between the expensive and the cheap ones, where hardly anybody is paid that much.
    It is used only if no single country has enough postings with pay.
    """
    of_country = _with_most_pay(published)
    is_shown = of_country is not None and of_country.salary_median_usd_annual is not None
    return of_country if is_shown else this_week(published)


def why_no_pay(row: PayWeek | None) -> str | None:
    """Return the reason why a week's pay is not shown, as a sentence; None if it is shown."""
    if row is None or row.n_with_pay == 0:
        return say("No open posting this week states comparable pay.")
    if row.salary_median_usd_annual is None and row.n_with_pay is None:
        return say(
            "Not shown: {reason} (employers: {companies}). The number of postings with pay is withheld as well.",
            reason=names.reason(row.floor_reason),
            companies=formats.count(row.n_companies),
        )
    if row.salary_median_usd_annual is None:
        return say(
            "Not shown: {reason} (postings with pay: {postings}, employers: {companies}).",
            reason=names.reason(row.floor_reason),
            postings=formats.count(row.n_with_pay),
            companies=formats.count(row.n_companies),
        )
    return None


def pay_section(published: Published) -> Section:
    """Median pay by level, role family and country, its course, and how many postings state pay."""
    scope = published.scope
    countries = _read(
        published,
        "role_family = $role_family and seniority = 'all' and country <> 'all' and $country in ('all', country)",
        f"n_with_pay desc nulls last, n_postings desc, country limit {_COUNTRIES_SHOWN}",
    )
    # pay differs most between countries, so over all of them the mix of countries would rank levels and families
    of_country = _with_most_pay(published)
    country = of_country.country if of_country else scope.country
    levels = _read(
        published,
        "role_family = $role_family and country = $of_country and seniority <> 'all'",
        "coalesce(list_position($levels, seniority), 99), seniority",
        of_country=country,
        levels=list(LEVELS),
    )
    titles = say("By level"), say("By role family")
    remark = ""
    if country != scope.country:
        titles = (
            say("By level: {country}", country=names.country(country)),
            say("By role family: {country}", country=names.country(country)),
        )
        remark = say("Only one country is shown, because pay differs between countries.")
    by_level = _comparison("pay-levels", titles[0], say("Level"), levels, "seniority", remark)
    figures = [by_level, seniority_figure(published)]
    if scope.role_family == "all":
        rows = _read(
            published,
            "role_family <> 'all' and country = $of_country and seniority = 'all'",
            "salary_median_usd_annual desc nulls last, role_family",
            of_country=country,
        )
        figures.append(_comparison("pay-families", titles[1], say("Role family"), rows, "role_family", remark))
    if scope.country == "all":
        rest = _unlisted(len(published.pay_of_countries) - len(countries))
        figures.append(_comparison("pay-countries", say("By country"), say("Country"), countries, "country", rest=rest))
    return Section("pay", say("Pay"), _sentences(this_week(published)), (*figures, _course(published)))


def _read(published: Published, which: str, order: str, **values: object) -> Rows[PayWeek]:
    return published.source.rows(
        PayWeek,
        TABLE,
        f"week_start = $week and measure = 'stock' and {which} order by {order}",
        None,
        **values,
    )


def _with_most_pay(published: Published) -> PayWeek | None:
    """The country with the most postings that state pay, preferably with a median; None if the scope is one country."""
    rows = published.pay_of_countries
    return max(rows, key=lambda row: (row.salary_median_usd_annual is not None, row.n_with_pay or 0), default=None)


def _unlisted(n: int) -> str:
    if n == 0:
        return ""
    return say_many("{n} more country is not listed.", "{n} more countries are not listed.", n, n=formats.count(n))


def _sentences(whole: PayWeek | None) -> tuple[str, ...]:
    sentences = []
    # disclosure and median have separate samples, so each may be shown without the other
    if whole and whole.disclosure_share is not None:
        sentences.append(
            say(
                "{share} of open postings with a description state pay ({interval}; {with_pay} of {postings}).",
                share=formats.share(whole.disclosure_share),
                interval=formats.share_interval(whole.disclosure_low, whole.disclosure_high),
                with_pay=formats.count(whole.n_disclosing),
                postings=formats.count(whole.n_postings),
            )
        )
    if absence := why_no_pay(whole):
        return (*sentences, absence)
    if whole is None:
        return ()
    return (
        *sentences,
        say(
            "Stated pay comes from the board’s pay field in {from_field} of cases, from the page’s markup in "
            "{from_markup} and from the text in {from_text}. Postings that state pay are no random sample: levels "
            "differ between countries and employers partly because disclosure does.",
            from_field=formats.share(whole.share_from_board_field),
            from_markup=formats.share(whole.share_from_markup),
            from_text=formats.share(whole.share_from_text),
        ),
    )


def _why_no_part(name: str, largest: PayWeek) -> str | None:
    """Return a sentence that says why no part is shown: how many employers of the largest state pay, and its reason."""
    if largest.n_companies == 0:
        return why_no_pay(None)
    return say(
        "None can be shown. The one with the most employers is {name} (employers: {companies}): {reason}.",
        name=name,
        companies=formats.count(largest.n_companies),
        reason=names.reason(largest.floor_reason),
    )


def _comparison_table(title: str, heading: str, rows: list[PayWeek], dimension: str) -> Table:
    return table(
        say("Pay in US dollars a year: {title}", title=title),
        rows,
        Field(dimension, heading, "code", write=names.country if dimension == "country" else None),
        Field("salary_median_usd_annual", say("Median"), "dollars"),
        Field("salary_median_usd_annual", say("95% interval"), "dollars_interval", lambda row: row.interval),
        Field("salary_p10_usd_annual", say("10%"), "dollars"),
        Field("salary_p25_usd_annual", say("25%"), "dollars"),
        Field("salary_p75_usd_annual", say("75%"), "dollars"),
        Field("salary_p90_usd_annual", say("90%"), "dollars"),
        Field("n_with_pay", say("With pay"), "count"),
        Field("n_companies", say("Their employers"), "count"),
        Field("n_postings", say("n"), "count"),
        Field("disclosure_share", say("State pay"), "share"),
        Field(
            "disclosure", say("95% interval"), "share_interval", lambda row: (row.disclosure_low, row.disclosure_high)
        ),
        Field("share_from_board_field", say("From board’s field"), "share"),
        Field("share_from_markup", say("From markup"), "share"),
        Field("share_from_text", say("From text"), "share"),
        Field("status", say("Status"), "status"),
    )


def _comparison(
    key: str, title: str, heading: str, rows: Rows[PayWeek], dimension: str, remark: str = "", rest: str = ""
) -> Figure:
    def named(row: PayWeek) -> str:
        value: str = getattr(row, dimension)
        return names.country(value) if dimension == "country" else names.name(value)

    visible = [row for row in rows if row.salary_median_usd_annual is not None]
    numbers = _comparison_table(title, heading, rows, dimension) if rows else None
    if not visible:
        largest = max(rows, key=lambda row: (row.n_with_pay or 0, row.n_companies), default=None)
        absence = _why_no_part(named(largest), largest) if largest else why_no_pay(None)
        return Figure(key, title, absence=f"{absence} {rest}".rstrip(), table=numbers, query=rows.query)
    lines = [
        Row(
            named(row),
            formats.dollars(row.salary_median_usd_annual),
            _mark(row, named(row)),
            band=band_of(row.salary_p25_usd_annual, row.salary_p75_usd_annual),
        )
        for row in visible
    ]
    note = f"{say('Median of the midpoints of stated base pay in open postings, US dollars a year.')} {remark}".rstrip()
    if hidden := [named(row) for row in rows if row.salary_median_usd_annual is None]:
        note = f"{note} {say('Too few postings or employers to show: {cells}.', cells=formats.listed(hidden))}"
    note = f"{note} {rest}".rstrip()
    return interval_figure(
        key,
        title,
        lines,
        axis_format="$~s",
        note=note,
        legend=pay_legend(),
        table=numbers,
        query=rows.query,
    )


def _mark(row: PayWeek, cell: str) -> Mark | None:
    median, interval = row.salary_median_usd_annual, formats.dollars_interval(*row.interval)
    description = labelled(cell, f"{formats.dollars(median)} ({interval}, {formats.sample(row.n_with_pay)})")
    return open_mark(median, *row.interval, description)


def _point(row: PayWeek) -> Point:
    description = say(
        "Week of {day}: {median} ({interval}, {n}, {status})",
        day=formats.day(row.week_start),
        median=formats.dollars(row.salary_median_usd_annual),
        interval=formats.dollars_interval(*row.interval),
        n=formats.sample(row.n_with_pay),
        status=names.name(row.status),
    )
    return Point(row.week_start, row.salary_median_usd_annual, *row.interval, row.status, description)


def _course(published: Published) -> Figure:
    key, title = "pay-trend", say("How the median changed")
    rows = pay_by_week(published.source)
    shown = [row for row in rows if row.salary_median_usd_annual is not None]
    if absence := too_short(published, len(shown)):
        return Figure(key, title, absence=absence)
    points, last = [_point(row) for row in rows], formats.dollars(shown[-1].salary_median_usd_annual)

    def drawn(size: Size) -> Drawing:
        return Drawing(trend_chart(points, size, axis_format="$~s", from_zero=False, end=last))

    return Figure(
        key,
        title,
        note=say(
            "Median stated base pay over all open postings. It also moves when the mix of levels or countries changes, "
            "and with exchange rates. The axis does not start at zero."
        ),
        wide=drawn(WIDE),
        narrow=drawn(NARROW),
        legend=(
            ("accent", say("final")),
            ("accent ring", say("provisional")),
            ("band", say("95% interval")),
            ("break", say("coverage break")),
        ),
        table=table(
            say("Median pay by week, US dollars a year"),
            rows,
            Field("week_start", say("Week of"), "day"),
            Field("salary_median_usd_annual", say("Median"), "dollars"),
            Field("salary_median_usd_annual", say("95% interval"), "dollars_interval", lambda row: row.interval),
            Field("n_with_pay", say("With pay"), "count"),
            Field("n_postings", say("n"), "count"),
            Field("disclosure_share", say("State pay"), "share"),
            Field("status", say("Status"), "status"),
        ),
        query=rows.query,
    )
