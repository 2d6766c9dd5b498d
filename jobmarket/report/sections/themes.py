"""Themes, which group related skills: how many postings ask for any skill of each."""

from __future__ import annotations

from dataclasses import dataclass

from jobmarket.report import changes, formats, names
from jobmarket.report.charts.intervals import Row
from jobmarket.report.figures import Figure
from jobmarket.report.language import say
from jobmarket.report.queries import Published
from jobmarket.report.sections.absent import withheld
from jobmarket.report.sections.attributes import share_mark
from jobmarket.report.sections.drawings import interval_figure
from jobmarket.report.tables import Field, Table, table

TABLE = "rpt_theme_demand_weekly"
_DRAWN = 12


@dataclass(frozen=True)
class Theme:
    """A theme's share of the week's open postings, in 0…1, and its change over thirteen weeks.

    The bounds of a flagged change allow for being selected by the flag.
    """

    theme: str
    n_with: int | None
    n_postings: int
    n_companies: int
    share: float | None
    share_low: float | None
    share_high: float | None
    change_13w: float | None
    change_13w_low: float | None
    change_13w_high: float | None
    is_significant_13w: bool | None
    coverage_ratio: float | None
    status: str
    floor_reason: str | None


def themes_figure(published: Published) -> Figure:
    """The themes most asked for, with their intervals; the table has all of them and their changes."""
    key, title = "skills-themes", say("Themes")
    bounds = changes.bounds_of_flagged("change_13w")
    themes = published.source.rows(
        Theme,
        TABLE,
        "week_start = $week and measure = 'stock' and role_family = $role_family and country = $country "
        "order by share desc nulls last, theme",
        dict(zip(("change_13w_low", "change_13w_high"), bounds, strict=True)),
    )
    if not themes:
        return Figure(key, title, absence=say("None of this was observed in this week’s open postings."))
    shown = [theme for theme in themes if theme.share is not None]
    flagged = [] if published.is_recorded else [theme for theme in shown if theme.is_significant_13w]
    heading = changes.interval_heading(any_flagged=bool(flagged))
    numbers = _numbers(title, themes, heading)
    if not shown:
        absence = withheld(themes[0].floor_reason, themes[0].n_postings, themes[0].n_companies)
        return Figure(key, title, absence=absence, table=numbers, query=themes.query)
    # several skills have the name of a theme that they are part of: large language models, AI agents …
    note = say(
        "A theme groups related skills: a posting counts once if it asks for at least one of them. A skill of the same "
        "name is only one of these."
    )
    if flagged:
        moved = formats.listed([_moved(theme) for theme in flagged])
        changed = say("Changed significantly over 13 weeks: {themes}.", themes=moved)
        note = f"{note} {changed} {changes.about_bounds_of_flagged()}"
    if len(shown) > _DRAWN:
        more = say("The chart shows {drawn} of {n}; the table lists all.", drawn=_DRAWN, n=formats.count(len(shown)))
        note = f"{note} {more}"
    rows = [_row(theme) for theme in shown[:_DRAWN]]
    return interval_figure(
        key,
        title,
        rows,
        axis_format=".0%",
        from_zero=True,
        note=note,
        legend=(("accent", say("open postings (stock, {n})", n=formats.sample(themes[0].n_postings))),),
        table=numbers,
        query=themes.query,
    )


def _numbers(title: str, themes: list[Theme], heading: str) -> Table:
    return table(
        title,
        themes,
        Field("theme", say("Theme"), "code"),
        Field("share", say("Share"), "share"),
        Field("share", say("95% interval"), "share_interval", lambda row: (row.share_low, row.share_high)),
        Field("n_with", say("Postings with it"), "count"),
        Field("n_postings", say("n"), "count"),
        Field("n_companies", say("Employers"), "count"),
        Field("change_13w", say("Points in 13 weeks"), "points"),
        Field("change_13w", heading, "points_interval", lambda row: (row.change_13w_low, row.change_13w_high)),
        Field(
            "is_significant_13w",
            say("Flagged"),
            "status",
            lambda row: "significant" if row.is_significant_13w else None,
        ),
        Field("coverage_ratio", say("Coverage"), "share"),
        Field("status", say("Status"), "status"),
    )


def _moved(theme: Theme) -> str:
    return changes.in_points(names.name(theme.theme), theme.change_13w, theme.change_13w_low, theme.change_13w_high)


def _row(theme: Theme) -> Row:
    of = names.name(theme.theme)
    return Row(of, formats.share(theme.share), share_mark(of, theme.share, theme.share_low, theme.share_high))
