"""The strip of figures below the headline."""

from __future__ import annotations

from dataclasses import dataclass

from jobmarket.report import formats
from jobmarket.report.language import say, say_many
from jobmarket.report.queries import BoardWeek, Published
from jobmarket.report.sections import coverage, demand, pay


@dataclass(frozen=True)
class KeyFigure:
    """One figure with its sample or interval; its status if it is not final."""

    label: str
    text: str
    remark: str
    status: str


def key_figures(published: Published) -> list[KeyFigure]:
    """Stock, flow, pay, disclosure and coverage of the week, as far as they can be shown."""
    found = []
    for label, measure in ((say("Open postings"), "stock"), (say("Newly published"), "flow")):
        if rows := demand.of_week(published, measure):
            row = rows[0]
            told = say_many(
                "with a description, of {n} employer", "with a description, of {n} employers", row.n_companies,
                n=formats.count(row.n_companies),
            )  # fmt: skip
            found.append(KeyFigure(label, formats.count(row.n_postings), told, row.status))
    paid = pay.this_week(published)
    if paid and paid.salary_median_usd_annual is not None:
        told = f"{formats.dollars_interval(paid.median_low, paid.median_high)}, {formats.sample(paid.n_with_pay)}"
        median = formats.dollars(paid.salary_median_usd_annual)
        found.append(KeyFigure(say("Median stated pay"), median, told, paid.status))
    if paid and paid.disclosure_share is not None:
        told = f"{formats.share_interval(paid.disclosure_low, paid.disclosure_high)}, {formats.sample(paid.n_postings)}"
        found.append(
            KeyFigure(
                say("State pay"), formats.share(paid.disclosure_share), told, paid.disclosure_status or paid.status
            )
        )
    if not published.scope.is_whole:
        reach = coverage.of_cell(published)
        told = say("of the postings last known in it")
        return [*found, _covered(reach.ratio, told, reach)] if reach else found
    covered = coverage.this_week(published)
    if covered:
        told = say_many(
            "{qualified} of {n} employer’s board", "{qualified} of {n} employers’ boards", covered.n_companies_expected,
            qualified=formats.count(covered.n_companies_qualified), n=formats.count(covered.n_companies_expected),
        )  # fmt: skip
        found.append(_covered(covered.coverage_ratio, told, coverage.judged(published, covered)))
    return found


def _covered(ratio: float | None, of_what: str, judged: coverage.Reach | BoardWeek) -> KeyFigure:
    """Coverage, with why it broke where it did."""
    why = formats.break_reason(judged.break_reason)
    remark = f"{of_what}; {why}" if why else of_what
    return KeyFigure(say("Coverage"), formats.share(ratio), remark, judged.status)
