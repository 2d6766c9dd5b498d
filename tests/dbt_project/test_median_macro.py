"""The interval of a median covers it as often as the methods state, whether or not employers are of equal size."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from tests.employer_sizes import employer_sizes
from tests.rendered_macros import rendered

WORLDS = 2_000


def _coverage(sql: str, size: np.ndarray, similarity: float) -> float:
    """Return the share of drawn markets with a median pay of 0 in which the macro's interval contains 0."""
    draw = np.random.default_rng(len(size))
    owner = np.repeat(np.arange(len(size)), size)
    own = draw.normal(0, np.sqrt(similarity), (WORLDS, len(size)))[:, owner]
    pay = own + draw.normal(0, np.sqrt(1 - similarity), own.shape)
    entries = pd.DataFrame(  # noqa: F841 - read by DuckDB under its name
        {"world": np.repeat(np.arange(WORLDS), len(owner)), "company_key": np.tile(owner, WORLDS), "pay": pay.ravel()}
    )
    return float((duckdb.sql(sql).fetchone() or (0.0,))[0])


@pytest.fixture(scope="module")
def sql() -> str:
    """Query for the share of the worlds in a table ``entries`` in which the interval of ``medians`` contains 0."""
    query = """with {{ medians('entries', 'pay', ['world']) }}
        select avg((
            {{ quantile_of_sorted('distributions.sorted_values', 'halves.half_low') }} <= 0
            and 0 <= {{ quantile_of_sorted('distributions.sorted_values', 'halves.half_high') }}
        )::integer)
        from halves inner join distributions on halves.world = distributions.world"""
    return rendered(query, "same", "intervals", "medians")


def test_the_methods_state_how_often_an_interval_covers_the_median(root: Path, sql: str) -> None:
    page = (root / "docs" / "methods_simulations.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) × (\d+)(, unequal)? \| (\d+) % \| (\d+) % \| \d+ % \|$", page, re.MULTILINE)
    assert len(rows) >= 7
    for employers, each, unequal, *percentages in rows:
        size = employer_sizes(int(employers), int(each), is_unequal=bool(unequal))
        coverage = [_coverage(sql, size, similarity) for similarity in (1 / 3, 2 / 3)]
        stated = [int(percentage) / 100 for percentage in percentages]
        assert coverage == pytest.approx(stated, abs=0.02), (employers, each, unequal)
        assert min(coverage) >= 0.93
