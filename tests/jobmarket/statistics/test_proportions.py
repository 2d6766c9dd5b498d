"""Intervals of shares equal those of the models' macros, and cover as often as the documentation states."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from jobmarket.statistics.panel import Numbers
from jobmarket.statistics.proportions import clustered_shares
from tests.employer_sizes import employer_sizes
from tests.rendered_macros import render_interval as render

DRAWS = 2_000
# Shares of the other skills of a cell, and the similarity of postings within employers, as on recorded boards.
OTHERS = (0.6, 0.4, 0.3, 0.25, 0.2, 0.15, 0.12, 0.1, 0.08, 0.07, 0.06, 0.05, 0.05, 0.04, 0.03, 0.03, 0.02, 0.02, 0.02)
RECORDED_MEDIAN, RECORDED_SPREAD = 0.11, 0.9


def test_shares_and_intervals_equal_those_of_the_macros() -> None:
    draw = np.random.default_rng(6)
    size = draw.integers(1, 20, 40).astype(float)
    having = np.stack([np.floor(size * draw.random(40)), np.zeros(40), size, np.minimum(1.0, size)], axis=1)
    found = clustered_shares(having, size)
    sums = "'y', 'n', 'companies', 'yy', 'yn', 'nn'"
    companies = render("equal_companies('sum(n)', 'sum(n * n)', 'sum(n * n * n)')")
    low, high = (render(f"wilson_bound('p', 'm', 't', '{side}')") for side in ("low", "high"))
    number, employer = np.indices(having.T.shape)
    drawn = pd.DataFrame({"attribute": number.ravel(), "y": having.T.ravel(), "n": size[employer].ravel()})  # noqa: F841 - read by DuckDB under its name
    bounds = duckdb.sql(
        f"""with sums as (
            select attribute, {companies} as companies, sum(y * y) as yy, sum(y * n) as yn, sum(n * n) as nn,
                sum(drawn.y) as y, sum(drawn.n) as n
            from drawn group by all),
        alike as (select *, {render(f"similarity({sums})")} as similarity from sums),
        figures as (
            select attribute, {render("share('y', 'n')")} as p, {render(f"effective_n({sums}, 'similarity')")} as m,
                {render("interval_t('n', 'nn')")} as t
            from alike)
        select {low}, {high} from figures order by attribute"""
    ).fetchall()
    assert np.column_stack([found.low, found.high]) == pytest.approx(np.array(bounds), abs=1e-4)


def test_if_the_similarity_of_postings_is_unknown_each_employer_counts_as_one() -> None:
    size = np.full(5, 20.0)
    found = clustered_shares(np.stack([np.zeros(5), size], axis=1), size)
    # m = 5 and t of 8 degrees of freedom: t^2 / (m + t^2)
    assert found.high[0] == pytest.approx(2.306**2 / (5 + 2.306**2), abs=1e-3)
    assert found.low[1] == pytest.approx(1 - found.high[0])


def test_a_skill_without_demand_takes_the_similarity_of_the_others() -> None:
    draw = np.random.default_rng(3)
    size = np.full(10, 25.0)
    alike = draw.binomial(25, draw.beta(0.05, 0.2, size=(10, 8)))
    apart = draw.binomial(25, 0.2, size=(10, 8))
    highs = [clustered_shares(np.column_stack([np.zeros(10), others]), size).high[0] for others in (apart, alike)]
    # the 250 postings count as 250 in the first case, and as little more than ten in the second
    assert highs[0] < 0.03
    assert highs[1] > 0.2


def _drawn(size: Numbers, share: float, similarity: Numbers, draw: np.random.Generator) -> Numbers:
    """Draw (draws, employers): postings with a skill."""
    weight = (1 / similarity - 1)[:, None]
    taste = draw.beta(share * weight, (1 - share) * weight, size=(DRAWS, len(size)))
    return draw.binomial(size.astype(int), taste).astype(float)


def _recorded(draw: np.random.Generator) -> Numbers:
    return np.clip(np.exp(draw.normal(np.log(RECORDED_MEDIAN), RECORDED_SPREAD, DRAWS)), 0.005, 0.9)


def _coverage(size: Numbers, shares: list[float], draw: np.random.Generator) -> list[list[float]]:
    """Return how often the interval covers each share, for fixed similarities and for recorded ones."""
    others = np.stack([_drawn(size, share, _recorded(draw), draw) for share in OTHERS], axis=2)
    rows = []
    for share in shares:
        row = []
        for similarity in (*(np.full(DRAWS, part) for part in (1 / 9, 1 / 4, 1 / 3, 2 / 3)), _recorded(draw)):
            found = clustered_shares(np.dstack([others, _drawn(size, share, similarity, draw)]), size)
            row.append(float(np.mean((found.low[:, -1] <= share) & (share <= found.high[:, -1]))))
        rows.append(row)
    return rows


def _documented(root: Path) -> dict[tuple[int, int, bool], dict[float, list[float]]]:
    """Read the table of docs/methods_simulations.md by (employers, postings each, whether sizes differ) and share."""
    page = (root / "docs" / "methods_simulations.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) × (\d+)(, unequal)?[^|]* \| (\d+) % \|((?: \d+ % \|){5})$", page, re.MULTILINE)
    documented: dict[tuple[int, int, bool], dict[float, list[float]]] = {}
    for employers, each, unequal, share, covered in rows:
        cell = documented.setdefault((int(employers), int(each), bool(unequal)), {})
        cell[int(share) / 100] = [int(part) / 100 for part in re.findall(r"\d+", covered)]
    return documented


def test_the_coverage_in_the_methods_is_the_simulated_one(root: Path) -> None:
    documented = _documented(root)
    assert len(documented) >= 7
    recorded = []
    for (employers, each, is_unequal), rows in documented.items():
        covered = _coverage(
            employer_sizes(employers, each, is_unequal=is_unequal).astype(float), list(rows), np.random.default_rng(7)
        )
        recorded += [row[-1] for row in covered]
        assert np.array(covered) == pytest.approx(np.array(list(rows.values())), abs=0.02), (
            employers,
            each,
            is_unequal,
        )
    # with recorded similarities coverage is at least nominal, at the floors and above
    assert min(recorded) >= 0.93
    assert float(np.mean(recorded)) <= 0.985


def _coverage_of_values(size: Numbers, shares: Numbers, similarity: float, draw: np.random.Generator) -> float:
    """Return the least coverage among the values of an attribute, of which each posting has one."""
    taste = draw.dirichlet(shares * (1 / similarity - 1), size=(DRAWS, len(size)))
    having = draw.multinomial(np.broadcast_to(size.astype(int), taste.shape[:2]), taste).astype(float)
    found = clustered_shares(having, size)
    return float(np.mean((found.low <= shares) & (shares <= found.high), axis=0).min())


def test_the_coverage_of_few_values_in_the_methods_is_the_simulated_one(root: Path) -> None:
    page = (root / "docs" / "methods_simulations.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) × (\d+)(, unequal)? \| ([\d, ]+) % \|((?: \d+ % \|){3})$", page, re.MULTILINE)
    rows = [row for row in rows if "," in row[3]]
    assert len(rows) >= 12
    for employers, each, unequal, values, covered in rows:
        size = employer_sizes(int(employers), int(each), is_unequal=bool(unequal)).astype(float)
        shares, draw = np.array(values.split(", "), dtype=float) / 100, np.random.default_rng(8)
        found = [_coverage_of_values(size, shares, similarity, draw) for similarity in (1 / 9, 1 / 3, 2 / 3)]
        assert found == pytest.approx([int(part) / 100 for part in re.findall(r"\d+", covered)], abs=0.01)
        # values that have only each other to pool with
        assert min(found) >= (0.89 if len(shares) == 2 else 0.94)
