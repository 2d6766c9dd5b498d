"""The interval of a median holds it as often as the methods tell, whether employers are of equal size or not."""

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


def _held(sql: str, size: np.ndarray, likeness: float) -> float:
    """Of drawn markets whose median pay is 0 the part in which the macro's interval holds it."""
    draw = np.random.default_rng(len(size))
    owner = np.repeat(np.arange(len(size)), size)
    own = draw.normal(0, np.sqrt(likeness), (WORLDS, len(size)))[:, owner]
    pay = own + draw.normal(0, np.sqrt(1 - likeness), own.shape)
    entries = pd.DataFrame(  # noqa: F841 - read by DuckDB under its name
        {"world": np.repeat(np.arange(WORLDS), len(owner)), "company_key": np.tile(owner, WORLDS), "pay": pay.ravel()}
    )
    return float((duckdb.sql(sql).fetchone() or (0.0,))[0])


@pytest.fixture(scope="module")
def sql() -> str:
    """How often the interval of ``medians`` holds 0, over the worlds of a table ``entries``."""
    query = """with {{ medians('entries', 'pay', ['world']) }}
        select avg((
            {{ quantile_of_sorted('distributions.sorted_values', 'halves.half_low') }} <= 0
            and 0 <= {{ quantile_of_sorted('distributions.sorted_values', 'halves.half_high') }}
        )::integer)
        from halves inner join distributions on halves.world = distributions.world"""
    return rendered(query, "same", "intervals", "medians")


def test_the_methods_tell_how_often_an_interval_holds_the_median(root: Path, sql: str) -> None:
    page = (root / "docs" / "methods_simulations.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) × (\d+)(, unequal)? \| (\d+) % \| (\d+) % \| \d+ % \|$", page, re.MULTILINE)
    assert len(rows) >= 7
    for employers, each, unequal, *told in rows:
        size = employer_sizes(int(employers), int(each), is_unequal=bool(unequal))
        held = [_held(sql, size, likeness) for likeness in (1 / 3, 2 / 3)]
        assert held == pytest.approx([int(part) / 100 for part in told], abs=0.02), (employers, each, unequal)
        assert min(held) >= 0.93
