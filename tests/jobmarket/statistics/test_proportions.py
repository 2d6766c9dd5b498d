"""Shares of any cell have the intervals of the models' macros."""

from __future__ import annotations

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
