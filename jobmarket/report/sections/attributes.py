"""Shares of an attribute's values, drawn and tabulated the same way for every attribute."""

from __future__ import annotations

from dataclasses import dataclass

from jobmarket.report import formats, names
from jobmarket.report.charts.intervals import Mark, Row
from jobmarket.report.figures import Figure
from jobmarket.report.language import labelled, say
from jobmarket.report.queries import Published
from jobmarket.report.sections.absent import withheld
from jobmarket.report.sections.drawings import interval_figure
from jobmarket.report.tables import Field, table

_SHOWN = 12


@dataclass(frozen=True)
class Part:
    """One value of an attribute among the week's open postings."""

    value: str
    n_with: int | None
    n_postings: int
    n_companies: int
    share: float | None
    share_low: float | None
    share_high: float | None
    change_13w: float | None
    change_13w_low: float | None
    change_13w_high: float | None
    status: str
    floor_reason: str | None


def attribute_figure(
    published: Published, key: str, title: str, relation: str, attribute: str, kept: str = "true", meaning: str = ""
) -> Figure:
    """The shares of an attribute's values among the week's open postings, with their change over thirteen weeks.

    Args:
        published: The published data.
        key: Key of the figure.
        title: Title of the figure.
        relation: A published table with one row per value.
        attribute: The column with the value.
        kept: SQL condition for the values to include; by default all.
        meaning: A sentence on what the values mean, where their names do not say it.
    """
    parts = published.source.rows(
        Part,
        relation,
        "week_start = $week and measure = 'stock' and role_family = $role_family and country = $country "
        f"and {kept} order by ends_with(value, 'unspecified'), n_with desc nulls last, value",
        {"value": attribute},
    )
    if not parts:
        return Figure(key, title, absence=say("None of this was observed in this week’s open postings."))
    numbers = table(
        title,
        parts,
        Field("value", say("Value"), "code", write=name),
        Field("share", say("Share"), "share"),
        Field("share", say("95% interval"), "share_interval", lambda row: (row.share_low, row.share_high)),
        Field("n_with", say("Postings with it"), "count"),
        Field("n_postings", say("n"), "count"),
        Field("n_companies", say("Employers"), "count"),
        Field("change_13w", say("Points in 13 weeks"), "points"),
        Field(
            "change_13w", say("95% interval"), "points_interval", lambda row: (row.change_13w_low, row.change_13w_high)
        ),
        Field("status", say("Status"), "status"),
    )
    if all(part.share is None for part in parts):
        absence = withheld(parts[0].floor_reason, parts[0].n_postings, parts[0].n_companies)
        return Figure(key, title, absence=absence, table=numbers, query=parts.query)
    # the share without a statement is in the note: in the chart it would look like a value
    stated = [part for part in parts if not _says_nothing(part)]
    rows = [_row(part) for part in stated[:_SHOWN]]
    note = say(
        "Share of open postings with a description. Changes are measured among employers observed in both weeks."
    )
    if silent := [part for part in parts if _says_nothing(part)]:
        silence = say("{share} of them say nothing about it.", share=formats.share(silent[0].share))
        note = f"{note} {silence}"
    note = f"{note} {meaning}".rstrip()
    if not rows:
        return Figure(key, title, absence=note, table=numbers, query=parts.query)
    return interval_figure(
        key,
        title,
        rows,
        axis_format=".0%",
        from_zero=True,
        note=note,
        legend=(("accent", say("open postings (stock, {n})", n=formats.sample(parts[0].n_postings))),),
        table=numbers,
        query=parts.query,
    )


def name(value: str) -> str:
    """Return the name of a value without its prefix."""
    kind, _, plain = value.rpartition(":")
    return names.experience(plain) if kind == "experience" else names.name(plain)


def _says_nothing(part: Part) -> bool:
    return part.value.rpartition(":")[2] == "unspecified"


def share_mark(of: str, share: float | None, low: float | None, high: float | None) -> Mark | None:
    """Return a share's mark, described as that of ``of``; None if the share or an end of its interval is unknown."""
    if share is None or low is None or high is None:
        return None
    return Mark(share, low, high, labelled(of, f"{formats.share(share)} ({formats.share_interval(low, high)})"))


def _row(part: Part) -> Row:
    of = name(part.value)
    return Row(of, formats.share(part.share), share_mark(of, part.share, part.share_low, part.share_high))
