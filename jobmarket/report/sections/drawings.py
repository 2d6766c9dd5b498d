"""Charts at the two widths that a page needs."""

from __future__ import annotations

from collections.abc import Sequence

from jobmarket.report.charts.intervals import Row, interval_chart
from jobmarket.report.figures import Drawing


def interval_drawings(
    rows: Sequence[Row], *, axis_format: str, from_zero: bool, rule: float | None = None
) -> tuple[Drawing, Drawing]:
    """Draw :func:`jobmarket.report.charts.intervals.interval_chart` for a wide page and for a phone."""
    wide, narrow = (
        Drawing(interval_chart(rows, is_narrow=is_narrow, axis_format=axis_format, from_zero=from_zero, rule=rule))
        for is_narrow in (False, True)
    )
    return wide, narrow
