"""The strip of figures below the headline."""

from __future__ import annotations

from dataclasses import dataclass

from jobmarket.report import formats, names
from jobmarket.report.language import say, say_many
from jobmarket.report.queries import BoardWeek, PayWeek, Published
from jobmarket.report.sections import coverage, demand, pay


@dataclass(frozen=True)
class KeyFigure:
    """One figure with its sample or interval, and its status."""

    label: str
    text: str
    remark: str
    status: str


def key_figures(published: Published) -> list[KeyFigure]:
    """Return stock, flow, pay, disclosure and coverage of the week; a figure that is not shown says why."""
    paid, median = pay.this_week(published), pay.headline_pay(published)
    figures = [
        _counted(published, say("Open postings"), "stock", say("none with a description was observed")),
        _counted(published, say("Newly published"), "flow", say("no posting counts as new")),
        _median(median, published.scope.country),
        _disclosure(paid, is_beside_one_country=median is not None and median.country != published.scope.country),
    ]
    if not published.scope.is_whole:
        reach = coverage.of_cell(published)
        remark = say("of the postings last known in this part of the market")
        return [*figures, _covered(reach.ratio, remark, reach)] if reach else figures
    covered = coverage.this_week(published)
    if covered is None:
        return [*figures, _absent(say("Coverage"), say("no board was crawled this week"))]
    remark = say_many(
        "{qualified} of {n} employer’s board", "{qualified} of {n} employers’ boards", covered.n_companies_expected,
        qualified=formats.count(covered.n_companies_qualified), n=formats.count(covered.n_companies_expected),
    )  # fmt: skip
    return [*figures, _covered(covered.coverage_ratio, remark, coverage.judged(published, covered))]


def _absent(label: str, why: str, status: str = "final") -> KeyFigure:
    return KeyFigure(label, formats.NO_VALUE, why, status)


def _counted(published: Published, label: str, measure: str, why_none: str) -> KeyFigure:
    rows = demand.of_week(published, measure)
    if not rows:
        return _absent(label, why_none)
    row = rows[0]
    remark = say_many(
        "with a description, at {n} employer", "with a description, at {n} employers", row.n_companies,
        n=formats.count(row.n_companies),
    )  # fmt: skip
    return KeyFigure(label, formats.count(row.n_postings), remark, demand.status_of_count(published, row))


def _median(paid: PayWeek | None, country: str) -> KeyFigure:
    label = say("Median stated pay")
    if paid is not None and paid.country != country:
        label = say("Median stated pay, {country}", country=names.country(paid.country))
    if paid is None or paid.n_with_pay == 0:
        return _absent(label, say("no open posting states comparable pay"))
    if paid.salary_median_usd_annual is None:
        return _absent(label, names.reason(paid.floor_reason), "suppressed")
    remark = f"{formats.dollars_interval(*paid.interval)}, {formats.sample(paid.n_with_pay)}"
    return KeyFigure(label, formats.dollars(paid.salary_median_usd_annual), remark, paid.status)


def _disclosure(paid: PayWeek | None, *, is_beside_one_country: bool) -> KeyFigure:
    # the share of all countries must not be read as that of the country whose median stands beside it
    label = say("State pay, all countries") if is_beside_one_country else say("State pay")
    if paid is None:
        return _absent(label, say("no open posting states comparable pay"))
    if paid.disclosure_share is None:
        return _absent(label, names.reason(paid.disclosure_floor_reason), "suppressed")
    remark = f"{formats.share_interval(paid.disclosure_low, paid.disclosure_high)}, {formats.sample(paid.n_postings)}"
    return KeyFigure(label, formats.share(paid.disclosure_share), remark, paid.disclosure_status)


def _covered(ratio: float | None, of_what: str, judged: coverage.Reach | BoardWeek) -> KeyFigure:
    """Coverage, with the reason if it broke."""
    why = names.break_reason(judged.break_reason)
    remark = f"{of_what}; {why}" if why else of_what
    return KeyFigure(say("Coverage"), formats.share(ratio), remark, judged.status)
