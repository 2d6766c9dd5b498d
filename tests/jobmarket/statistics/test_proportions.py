"""Shares of any cell have the intervals of the models' macros."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import jinja2
import numpy as np
import pytest

from jobmarket.statistics.proportions import clustered_shares


def test_shares_and_intervals_are_those_of_the_macros(root: Path) -> None:
    draw = np.random.default_rng(6)
    size = draw.integers(1, 20, 40).astype(float)
    having = np.stack([np.floor(size * draw.random(40)), np.zeros(40), size, np.minimum(1.0, size)], axis=1)
    found = clustered_shares(having, size)
    macros = (root / "dbt_project" / "macros" / "intervals.sql").read_text(encoding="utf-8")

    def render(call: str) -> str:
        return jinja2.Environment(autoescape=False).from_string(macros + "{{ " + call + " }}").render()  # noqa: S701

    effective_n = render("effective_n('sum(y)', 'sum(n)', 'count(*)', 'sum(y*y)', 'sum(y*n)', 'sum(n*n)')")
    for number in range(having.shape[1]):
        with duckdb.connect() as connection:
            connection.execute("create table companies (y double, n double)")
            connection.executemany(
                "insert into companies values (?, ?)", np.column_stack([having[:, number], size]).tolist()
            )
            low, high = connection.execute(
                f"""with sums as (
                    select {render("share('sum(y)', 'sum(n)')")} as p, {effective_n} as m,
                        {render("t_quantile('count(*) - 1')")} as t
                    from companies)
                select {render("wilson_bound('p', 'm', 't', 'low')")}, {render("wilson_bound('p', 'm', 't', 'high')")}
                from sums"""  # noqa: S608 - the macros' own text
            ).fetchone() or (None, None)
        assert (found.low[number], found.high[number]) == pytest.approx((low, high), abs=1e-4)


def _measured(root: Path) -> list[tuple[int, int, float, float, float]]:
    """Employers, postings each, share, likeness and coverage: the table of docs/methods.md."""
    page = (root / "docs" / "methods.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) × (\d+)[^|]* \| (\d+) % \| (\d+) % \| (\d+) % \| (\d+) % \|$", page, re.MULTILINE)
    return [
        (int(row[0]), int(row[1]), int(row[2]) / 100, likeness, int(row[3 + column]) / 100)
        for row in rows
        for column, likeness in enumerate((1 / 9, 1 / 3, 2 / 3))
    ]


def test_the_methods_tell_how_often_an_interval_holds_the_share(root: Path) -> None:
    measured = _measured(root)
    assert len(measured) == 18
    for employers, each, share, likeness, told in measured:
        draw = np.random.default_rng(7)
        weight = 1 / likeness - 1
        asked = draw.binomial(each, draw.beta(share * weight, (1 - share) * weight, size=(employers, 4_000)))
        found = clustered_shares(asked.astype(float), np.full(employers, float(each)))
        held = float(np.mean((found.low <= share) & (share <= found.high)))
        assert abs(held - told) < 0.02, f"{employers} × {each}, share {share}, likeness {likeness:.2f}: {held:.3f}"
