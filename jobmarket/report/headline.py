"""The week in five sentences; a change is named only if it is significant."""

from __future__ import annotations

from jobmarket.report import formats, names
from jobmarket.report.changes import WEEKS_OF_PAY_COMPARED, in_points, of_pay
from jobmarket.report.language import say, say_many
from jobmarket.report.queries import PayWeek, Published
from jobmarket.report.sections import coverage, demand, grid, movers, pay
from jobmarket.report.sections.texts import without_text
from jobmarket.report.sections.window import so_far

_NAMED = 3


def headline(published: Published) -> list[str]:
    """Return three to five paragraphs: sample, skills, changes, pay, coverage."""
    sentences = [f"{_sample(published)} {without_text(published)}".rstrip(), _skills(published)]
    if not published.is_recorded:
        sentences.append(_changes(published))
    return [sentence for sentence in (*sentences, _pay(published), _coverage(published)) if sentence]


def _sample(published: Published) -> str:
    stock, flow = demand.of_week(published, "stock"), demand.of_week(published, "flow")
    when = formats.week_span(published.week)
    if not stock:
        return say(
            "In the week of {week}, no open machine-learning posting with a description was observed.",
            week=when,
        )
    values = {
        "week": when,
        "open": formats.count(stock[0].n_postings),
        "employers": formats.count(stock[0].n_companies),
    }
    boards = coverage.this_week(published)
    if boards is not None and not boards.n_companies_qualified:
        return say(
            "In the week of {week}, no employer’s board was observed completely; by the available crawls, {open} "
            "machine-learning postings with a description count as open, at {employers} employers.",
            **values,
        )
    if not flow:
        return say(
            "In the week of {week}, {open} open machine-learning postings with a description were observed at "
            "{employers} employers.",
            **values,
        )
    return say_many(
        "In the week of {week}, {open} open machine-learning postings with a description were observed at {employers} "
        "employers; {new} of them was newly published.",
        "In the week of {week}, {open} open machine-learning postings with a description were observed at {employers} "
        "employers; {new} of them were newly published.",
        flow[0].n_postings,
        new=formats.count(flow[0].n_postings),
        **values,
    )


def _skills(published: Published) -> str:
    rows = [row for row in demand.of_week(published, "stock") if row.share is not None][:_NAMED]
    if not rows:
        return say("There are too few to show which skills they ask for.")
    values = {
        "skill": formats.foreign(rows[0].skill_name),
        "share": formats.share(rows[0].share),
        "interval": formats.share_interval(rows[0].share_low, rows[0].share_high),
    }
    others = [
        say(
            "{skill} in {share} ({interval})",
            skill=formats.foreign(row.skill_name),
            share=formats.share(row.share),
            interval=formats.share_interval(row.share_low, row.share_high),
        )
        for row in rows[1:]
    ]
    if not others:
        return say("{skill} is asked for in {share} of open postings ({interval}).", **values)
    return say(
        "{skill} is asked for in {share} of open postings ({interval}), {others}.",
        others=formats.listed(others),
        **values,
    )


def _changes(published: Published) -> str:
    made = movers.comparisons(published)
    if why := movers.why_none(published, made):
        return why
    first = next(comparison for comparison in made if comparison.flagged)
    values = {
        "weeks": formats.count(first.weeks),
        "rising": _named([mover for mover in first.flagged if mover.points > 0]),
        "falling": _named([mover for mover in first.flagged if mover.points < 0]),
    }
    if values["rising"] and values["falling"]:
        return say(
            "Over {weeks} weeks, among employers observed in both weeks, demand rose for {rising} and fell for "
            "{falling}.",
            **values,
        )
    if values["rising"]:
        return say("Over {weeks} weeks, among employers observed in both weeks, demand rose for {rising}.", **values)
    return say("Over {weeks} weeks, among employers observed in both weeks, demand fell for {falling}.", **values)


def _named(flagged: list[movers.Mover]) -> str:
    """The largest changes with their intervals, and the number of others."""
    parts = [
        in_points(formats.foreign(mover.skill_name), mover.points, mover.points_low, mover.points_high)
        for mover in flagged[:_NAMED]
    ]
    if more := len(flagged) - len(parts):
        parts.append(say_many("{n} other", "{n} others", more, n=formats.count(more)))
    return formats.listed(parts)


def _pay(published: Published) -> str:
    row = pay.headline_pay(published)
    if row is None or row.salary_median_usd_annual is None:
        return _pay_of_the_half_year(published)
    return f"{_of_which_country(published, row)} {_median(published, row)}".lstrip()


def _of_which_country(published: Published, row: PayWeek) -> str:
    if row.country != published.scope.country:
        return say(
            "Pay differs between countries; the figure is for the country with the most stated pay among those that "
            "can be shown: {country}.",
            country=names.country(row.country),
        )
    if row.country == "all" and published.pay_of_countries:
        return say(
            "No single country has enough postings with pay, so this figure covers all countries together, "
            "although pay differs between them."
        )
    return ""


def _median(published: Published, row: PayWeek) -> str:
    values = {
        "median": formats.dollars(row.salary_median_usd_annual),
        "interval": formats.dollars_interval(*row.interval),
        "disclosed": formats.share(row.disclosure_share),
    }
    if row.disclosure_share is None:
        return say("Median stated pay is {median} a year ({interval}).", **values)
    moved = None if published.is_recorded else of_pay(row)
    if moved is None:
        return say(
            "Median stated pay is {median} a year ({interval}), among the {disclosed} of open postings that state it.",
            **values,
        )
    values |= {
        "weeks": formats.count(WEEKS_OF_PAY_COMPARED),
        "change": formats.change(moved.value),
        "range": formats.change_interval(moved.low, moved.high),
    }
    if not moved.is_significant:
        return say(
            "Median stated pay is {median} a year ({interval}), among the {disclosed} of open postings that state it; "
            "over {weeks} weeks, pay for similar jobs did not change significantly ({change}, {range}).",
            **values,
        )
    if moved.value > 0:
        return say(
            "Median stated pay is {median} a year ({interval}), among the {disclosed} of open postings that state it; "
            "over {weeks} weeks, pay for similar jobs rose ({change}, {range}).",
            **values,
        )
    return say(
        "Median stated pay is {median} a year ({interval}), among the {disclosed} of open postings that state it; over "
        "{weeks} weeks, pay for similar jobs fell ({change}, {range}).",
        **values,
    )


def _pay_of_the_half_year(published: Published) -> str:
    """A country's pay over the half year, for a week in which too few postings state it."""
    cell = grid.half_year(published)
    if cell is None:
        return say("Too few postings state pay to show a median.")
    stated = say(
        "Too few postings this week state pay to show a median; over the half year up to the week of {day} it is "
        "{median} {currency} a year ({interval}, {n}).",
        day=formats.day(cell.week_start),
        median=formats.amount(cell.salary_median_annual),
        currency=cell.currency,
        interval=formats.amount_interval(cell.median_low, cell.median_high),
        n=formats.sample(cell.n_with_pay),
    )
    return f"{stated} {so_far(published, 'pay')}".rstrip()


def _coverage(published: Published) -> str:
    if not published.scope.is_whole:
        return _coverage_of_a_part(published)
    row = coverage.this_week(published)
    if row is None:
        return ""
    values = {
        "qualified": formats.count(row.n_companies_qualified),
        "expected": formats.count(row.n_companies_expected),
        "ratio": formats.share(row.coverage_ratio),
    }
    judged = coverage.judged(published, row)
    if judged.status == "coverage_break":
        broken = say(
            "Of {expected} expected employer boards, {qualified} were observed completely ({ratio}). This is a "
            "coverage break, so this week’s unadjusted figures are not compared with others.",
            **values,
        )
        return coverage.with_reason(broken, judged.break_reason)
    return say("Of {expected} expected employer boards, {qualified} were observed ({ratio}).", **values)


def _coverage_of_a_part(published: Published) -> str:
    """Coverage of a country or a role, by postings: an employer's board covers all of its jobs."""
    reach = coverage.of_cell(published)
    if reach is None:
        return ""
    values = {"ratio": formats.share(reach.ratio)}
    if reach.status == "coverage_break":
        broken = say(
            "The employers observed account for {ratio} of the postings last known in this part of the market. This is "
            "a coverage break, so this week’s unadjusted figures are not compared with others.",
            **values,
        )
        return coverage.with_reason(broken, reach.break_reason)
    return say(
        "The employers observed account for {ratio} of the postings last known in this part of the market.", **values
    )
