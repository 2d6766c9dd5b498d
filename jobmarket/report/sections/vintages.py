"""Differences between this vintage and the previous one, with their causes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from jobmarket.publishing.reader import vintage_of
from jobmarket.publishing.withdrawn_runs import withdrawn_runs
from jobmarket.report import formats
from jobmarket.report.figures import Figure
from jobmarket.report.language import say, say_many
from jobmarket.report.queries import Published
from jobmarket.report.tables import Field, table
from jobmarket.report.withdrawn_crawls import boards_and_days

TABLE = "rpt_vintages"
_SKILL = "skill:"


@dataclass(frozen=True)
class Revision:
    """A headline figure in this and the previous vintage; the effects add up to the change."""

    figure: str
    n_postings: int | None
    n_companies: int
    value: float | None
    value_low: float | None
    value_high: float | None
    previous_vintage_id: str | None
    previous_value: float | None
    change: float | None
    new_data_effect: float | None
    late_data_effect: float | None
    taxonomy_effect: float | None
    parser_effect: float | None
    taxonomy_or_parser_effect: float | None
    method_effect: float | None
    status: str


def vintages_figure(published: Published) -> Figure:
    """Headline figures compared with the previous vintage, each difference split by cause."""
    key, title = "since-vintage", say("This vintage and the previous one")
    rows = published.source.rows(
        Revision,
        TABLE,
        "vintage_id in ('this', $vintage_id) "
        "order by change is not distinct from 0, starts_with(figure, 'skill:'), figure",
        vintage_id=published.about["vintage_id"],
    )
    before = next((row.previous_vintage_id for row in rows if row.previous_vintage_id), None)
    if before is None:
        return Figure(key, title, absence=say("This is the first vintage; there is no earlier one to compare with."))
    skills = {row.skill_id: row.skill_name for row in published.skills}

    def named(row: Revision) -> str:
        names = {
            "openings": say("Open postings"), "remote_share": say("Remote"), "pay_disclosure_share": say("State pay"),
            "median_pay_usd": say("Median stated pay"),
        }  # fmt: skip
        skill = row.figure.removeprefix(_SKILL)
        return names.get(row.figure) or formats.whole(skills.get(skill, skill))

    shown = table(
        say("Figures in this vintage and in the previous one"),
        rows,
        Field("figure", say("Figure"), value=named),
        Field("previous", say("Before"), "phrase", lambda row: _written(row, row.previous_value)),
        Field("now", say("Now"), "phrase", _now),
        Field("change", say("Change"), "phrase", lambda row: _difference(row, row.change)),
        Field("why", say("Due to"), "words", _why),
        Field("n_postings", say("n"), "count"),
        Field("n_companies", say("Employers"), "count"),
        Field("status", say("Status"), "status"),
    )
    return Figure(
        key,
        title,
        note=_withdrawn_between(published, before)
        + say(
            "Figures for the whole market’s open postings, each for the last complete week, compared with vintage "
            "{before}. A difference is split into the effect of the next week, of what later crawls showed about the "
            "week before, and of a different taxonomy, extractor or method applied to the same postings.",
            before=formats.foreign(before),
        ),
        table=replace(shown, n_open=sum(row.change != 0 for row in rows)),
        numbers=table(
            say("Figures in this vintage and in the previous one"),
            rows,
            Field("figure", say("Figure")),
            Field("previous_value", say("Before"), "decimal"),
            Field("value", say("Now"), "decimal"),
            Field("value", say("95% interval"), "decimal_interval", lambda row: (row.value_low, row.value_high)),
            Field("change", say("Change"), "decimal"),
            Field("new_data_effect", say("the next week"), "decimal"),
            Field("late_data_effect", say("late data"), "decimal"),
            Field("taxonomy_effect", say("the taxonomy"), "decimal"),
            Field("parser_effect", say("the extractor"), "decimal"),
            Field("taxonomy_or_parser_effect", say("the taxonomy or the extractor"), "decimal"),
            Field("method_effect", say("the method"), "decimal"),
            Field("n_postings", say("n"), "count"),
            Field("n_companies", say("Employers"), "count"),
            Field("status", say("Status"), "status"),
        ),
        query=rows.query,
    )


def _withdrawn_between(published: Published, before: str) -> str:
    """Say which crawls behind the previous vintage this one lacks, because they were withdrawn; empty if none."""
    of_previous = withdrawn_runs(vintage_of(published.source.connection).with_name(before))
    runs = sorted(set(of_previous) - set(published.source.withdrawn_runs))
    if not runs:
        return ""
    withdrawn = say_many(
        "{n} crawl behind the previous vintage was withdrawn: {crawls}. “Late data” includes the effect, and "
        "employers without another crawl in a week count as not crawled.",
        "{n} crawls behind the previous vintage were withdrawn: {crawls}. “Late data” includes the effect, and "
        "employers without another crawl in a week count as not crawled.",
        len(runs),
        n=formats.count(len(runs)),
        crawls=boards_and_days(runs),
    )
    return f"{withdrawn} "


def _now(row: Revision) -> str:
    written, low, high = _written(row, row.value), row.value_low, row.value_high
    if low is None or high is None:
        return written
    pair = formats.dollars_interval(low, high) if _is_pay(row) else formats.share_interval(low, high)
    return f"{written} ({pair})"


def _why(row: Revision) -> str:
    if row.change is None:
        return say("One of the two figures is not shown.")
    effects = (
        (say("the next week"), row.new_data_effect),
        (say("late data"), row.late_data_effect),
        (say("the taxonomy"), row.taxonomy_effect),
        (say("the extractor"), row.parser_effect),
        (say("the taxonomy or the extractor"), row.taxonomy_or_parser_effect),
        (say("the method"), row.method_effect),
    )
    parts = [
        f"{cause} {_difference(row, effect)}"
        for cause, effect in effects
        if effect and _difference(row, effect) not in (_difference(row, 0.0), formats.NO_VALUE)
    ]
    return " · ".join(parts) or say("Nothing changed.")


def _is_pay(row: Revision) -> bool:
    return row.figure == "median_pay_usd"


def _written(row: Revision, value: float | None) -> str:
    if row.figure == "openings":
        return formats.count(value)
    return formats.dollars(value) if _is_pay(row) else formats.share(value)


def _difference(row: Revision, value: float | None) -> str:
    """A change in the figure's own unit, shares in percentage points."""
    if value is None:
        return formats.NO_VALUE
    if row.figure != "openings" and not _is_pay(row):
        return say("{points} points", points=formats.points(value))
    amount = _written(row, abs(value))
    zero = _written(row, 0.0)
    return amount if amount == zero else f"{'+' if value > 0 else '−'}{amount}"
