"""The page's charts: a weekly line with its interval. Weeks without a figure leave a gap."""

from __future__ import annotations

import altair as alt
import pandas as pd

_ACCENT, _SECOND, _WARNING = "#0f6a68", "#b3501b", "#a8432f"


def band(
    frame: pd.DataFrame, value: str, low: str, high: str, axis_format: str, second: str | None = None
) -> alt.LayerChart | alt.FacetChart:
    """Draw a weekly series.

    Args:
        frame: One row per week, with ``week_start`` and ``status``.
        value: Column of the estimate.
        low: Column of the lower end of its interval.
        high: Column of the upper end.
        axis_format: d3 format of the vertical axis.
        second: Column of a second, dashed line.
    """
    frame = _with_every_week(frame)
    x = alt.X("week_start:T", title=None)
    # A week with a coverage break is not a point of the series, and no line crosses it.
    is_broken = frame["status"] == "coverage_break"
    whole = alt.Chart(frame.assign(**{name: frame[name].mask(is_broken) for name in (value, low, high)}))
    y = alt.Y(f"{value}:Q", title=None, axis=alt.Axis(format=axis_format), scale=alt.Scale(zero=False))
    tooltip = [alt.Tooltip("week_start:T", title="week of")] + [
        alt.Tooltip(f"{name}:Q", format=axis_format) for name in (value, low, high)
    ]
    layers = [
        alt.Chart(frame[is_broken]).mark_rule(color=_WARNING, opacity=0.3, strokeWidth=8)
        .encode(x=x, tooltip=[alt.Tooltip("week_start:T", title="coverage break, week of")]),
        whole.mark_area(color=_ACCENT, opacity=0.2).encode(x=x, y=alt.Y(f"{low}:Q", title=None), y2=f"{high}:Q"),
        whole.mark_line(color=_ACCENT).encode(x=x, y=y),
        whole.mark_point(color=_ACCENT, size=45, opacity=1).encode(
            x=x, y=y, tooltip=[*tooltip, "n_postings:Q", "n_companies:Q", "status:N"],
            fill=alt.condition("datum.status == 'final'", alt.value(_ACCENT), alt.value("white")),
        ),
    ]  # fmt: skip
    if second is not None:
        dashed = alt.Chart(frame)
        layers.append(
            dashed.mark_line(color=_SECOND, strokeDash=[5, 3]).encode(x=x, y=alt.Y(f"{second}:Q", title=None))
        )
    return alt.layer(*layers).properties(height=320)


def _with_every_week(frame: pd.DataFrame) -> pd.DataFrame:
    """Add an empty row for each week between the first and the last that has none, so that no line crosses it."""
    return frame.set_index("week_start").asfreq("7D").reset_index()
