"""Charts are valid Vega-Lite: the drawing engine ignores properties that it does not know."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import altair as alt
import pytest
import vl_convert
from jsonschema import ValidationError  # type: ignore[import-untyped]  # no type information installed
from lxml import html

from jobmarket.report.charts import render
from jobmarket.report.charts.intervals import Mark, Row, interval_chart
from jobmarket.report.charts.trend import NARROW, SMALL, WIDE, Point, trend_chart

MARK = Mark(0.4, 0.35, 0.45, "Python: 40%")
ROWS = (
    Row("Python", "40.0%", MARK, replace(MARK, value=0.5, high=0.6), band=(0.2, 0.7)),
    Row("Rust", "–", None, is_part=True),
)
WEEK = date(2026, 6, 1)
POINTS = [
    Point(WEEK + timedelta(weeks=number), None if number == 2 else 0.4, 0.3, 0.5, status, "remark")
    for number, status in enumerate(("final", "coverage_break", "suppressed", "final", "provisional"))
]


@pytest.fixture
def described(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The descriptions of the charts that the test draws."""
    seen = []

    def draw(description: dict[str, Any], **_: object) -> str:
        seen.append(description)
        return '<svg xmlns="http://www.w3.org/2000/svg"/>'

    monkeypatch.setattr(vl_convert, "vegalite_to_svg", draw)
    return seen


def test_every_kind_of_chart_is_described_by_the_schema(described: list[dict[str, Any]]) -> None:
    assert alt.SCHEMA_VERSION.startswith(f"v{render.VEGA_LITE}.")
    assert render.VEGA_LITE in vl_convert.get_vegalite_versions()
    for is_narrow in (False, True):
        interval_chart(ROWS, is_narrow=is_narrow, axis_format=".0%", from_zero=True)
    for size in (SMALL, NARROW, WIDE):
        trend_chart(POINTS, size, axis_format=".0%", from_zero=True, rule=0.8, up_to=1.0, end="40%")
    assert len(described) == 5
    for description in described:
        assert len(description["layer"]) >= 7
        alt.LayerChart.from_dict(description)
        wrong = [{**layer, "mark": {**layer["mark"], "filed": True}} for layer in description["layer"]]
        with pytest.raises(ValidationError):
            alt.LayerChart.from_dict({**description, "layer": wrong})


def test_a_drawing_is_the_same_each_time_and_says_what_its_marks_are(drawings: dict[str, str]) -> None:
    drawn = interval_chart(ROWS, is_narrow=False, axis_format=".0%", from_zero=True)
    drawings.clear()
    assert drawn == interval_chart(ROWS, is_narrow=False, axis_format=".0%", from_zero=True)
    assert drawn.count("<title>Python: 40%</title>") == 2
    assert "not shown" in drawn


def test_a_trend_is_labelled_at_its_end_and_a_part_steps_back_below_its_whole() -> None:
    trend = trend_chart(POINTS, WIDE, axis_format=".0%", from_zero=True, end="the last")
    assert trend.count(">the last<") == 1
    drawn = html.fragment_fromstring(interval_chart(ROWS, is_narrow=False, axis_format=".0%", from_zero=True))
    colours = {text.text: text.get("fill") for text in drawn.iter("text") if text.text in ("Python", "Rust")}
    assert colours == {"Python": "var(--ink)", "Rust": "var(--muted)"}
