"""The interval macros agree with NumPy and SciPy, and their intervals have the stated coverage in drawn samples."""

from __future__ import annotations

from math import isclose, sqrt

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from scipy import stats

from tests.rendered_macros import render_interval as render

_EFFECTIVE_N = (
    "effective_n('sum(y)', 'sum(n)', equal_companies('sum(n)', 'sum(n*n)', 'sum(n*n*n)'), "
    "'sum(y*y)', 'sum(y*n)', 'sum(n*n)')"
)


def _bounds(y: np.ndarray, n: np.ndarray) -> tuple[float, float, float]:
    """Return low bound, high bound and effective n from the macros, for a share of companies with y of n postings."""
    with duckdb.connect() as connection:
        connection.execute("create table companies (y integer, n integer)")
        connection.executemany("insert into companies values (?, ?)", np.column_stack([y, n]).tolist())
        effective_n = render(_EFFECTIVE_N)
        sql = f"""
            with sums as (
                select {render("share('sum(y)', 'sum(n)')")} as p, {effective_n} as m,
                    {render("interval_t('sum(n)', 'sum(n*n)')")} as t
                from companies)
            select {render("wilson_bound('p', 'm', 't', 'low')")}, {render("wilson_bound('p', 'm', 't', 'high')")}, m
            from sums"""
        bounds = connection.execute(sql).fetchone()
    assert bounds is not None
    return bounds


def _reference(y: np.ndarray, n: np.ndarray) -> tuple[float, float, float]:
    """Return the same values from the formulas, company by company."""
    total = n.sum()
    p = y.sum() / total
    of_equal_size = total**2 / (n**2).sum()
    effective = of_equal_size
    if 0 < p < 1:
        # what the sum comes to if the postings of each company are identical
        alike = 1 - 2 * (n**3).sum() / (total * (n**2).sum()) + 1 / of_equal_size
        variance = ((y - p * n) ** 2).sum() / total**2 / alike
        effective = min(total, p * (1 - p) / variance) if variance > 0 else total
    t = stats.t.ppf(0.975, of_equal_size + 3)
    centre = p + t**2 / (2 * effective)
    half = t * sqrt(p * (1 - p) / effective + t**2 / (4 * effective**2))
    return max(0, (centre - half) / (1 + t**2 / effective)), min(1, (centre + half) / (1 + t**2 / effective)), effective


@pytest.mark.parametrize("row", ["null, 40.0, 2.0", "0.3, null, 2.0", "0.3, 40.0, null"])
def test_a_bound_is_null_where_nothing_is_estimated(row: str) -> None:
    bounds = ", ".join(render(f"wilson_bound('p', 'm', 't', '{side}')") for side in ("low", "high"))
    with duckdb.connect() as connection:
        result = connection.execute(f"select {bounds} from (select {row}) as given(p, m, t)").fetchone()
    assert result == (None, None)


def test_t_quantile_agrees_with_scipy() -> None:
    with duckdb.connect() as connection:
        rows = connection.execute(
            f"select df, {render('t_quantile(' + repr('df') + ')')} "
            "from (select degrees / 8 as df from range(8, 9001) as numbers(degrees))"
        ).fetchall()
        assert connection.execute(f"select {render('t_quantile(' + repr('0') + ')')}").fetchone() == (None,)
    worst = max(abs(quantile - stats.t.ppf(0.975, df)) for df, quantile in rows)
    assert worst < 5e-4


@pytest.mark.parametrize("seed", range(12))
def test_bounds_agree_with_the_formulas_on_random_companies(seed: int) -> None:
    random = np.random.default_rng(seed)
    n = random.integers(1, 40, size=random.integers(2, 60))
    y = random.binomial(n, random.beta(0.5, 1.5, size=len(n)))
    for actual, expected in zip(_bounds(y, n), _reference(y, n), strict=True):
        assert isclose(actual, expected, rel_tol=1e-3, abs_tol=1e-4)


def test_shares_of_zero_and_one_have_intervals() -> None:
    n = np.array([3, 5, 8, 2, 6, 6])
    low, high, effective = _bounds(0 * n, n)
    assert low == 0
    assert 0.4 < high < 0.6
    # the number of employers of equal size, because nothing shows that their postings are less alike
    assert isclose(effective, 30**2 / 174)
    low, high, _ = _bounds(n, n)
    assert high == 1
    assert 0.4 < low < 0.6


def test_one_company_has_no_interval() -> None:
    low, high, effective = _bounds(np.array([2]), np.array([5]))
    assert (low, high, effective) == (None, None, None)


@pytest.mark.parametrize(
    ("share", "variance", "pooled", "effective", "low", "high"),
    [
        # p (1 - p) / v, but not more than the postings
        ("0.5", "0.005", "null", 50.0, 0.37, 0.63),
        ("0.5", "0.0", "null", 200.0, 0.43, 0.57),
        # nor more than the pooled number of the cell's skills
        ("0.5", "0.005", "40", 40.0, 0.35, 0.65),
        ("0.5", "0.005", "400", 50.0, 0.37, 0.63),
        ("0.0", "0.0", "40", 40.0, 0.0, 0.09),
        # clipped: two standard errors of 0.05 away, not from 0 to 1
        ("0.0", "0.0025", "null", 36.0, 0.0, 0.1),
        ("1.0", "0.0025", "null", 36.0, 0.9, 1.0),
        ("0.0", "0.5", "null", 1.0, 0.0, 0.8),
        # 0 or 1 without a variance: each of ten employers counts as one posting, as in the plain share
        ("1.0", "0.0", "null", 10.0, 0.71, 1.0),
        ("0.0", "null", "null", 10.0, 0.0, 0.29),
        # an unknown variance gives no interval
        ("0.5", "null", "40", None, None, None),
        ("null", "0.005", "40", None, None, None),
    ],
)
def test_the_interval_of_a_matched_share_follows_from_its_variance(
    share: str,
    variance: str,
    pooled: str,
    effective: float | None,
    low: float | None,
    high: float | None,
) -> None:
    bounds = ", ".join(render(f"wilson_bound('p', 'm', '2.0', '{side}')") for side in ("low", "high"))
    effective_n = render("matched_effective_n('n', 'nn', 'p', 'v', 'pooled')")
    given = f"select 200 as n, 4000 as nn, {share}::double as p, {variance}::double as v, {pooled}::double as pooled"
    with duckdb.connect() as connection:
        result = connection.execute(f"select m, {bounds} from (select *, {effective_n} as m from ({given}))").fetchone()
    assert result == (pytest.approx(effective), pytest.approx(low, abs=0.01), pytest.approx(high, abs=0.01))


def test_quantiles_agree_with_numpy() -> None:
    random = np.random.default_rng(3)
    values = np.sort(random.lognormal(12, 0.4, size=57))
    with duckdb.connect() as connection:
        connection.execute("create table pay as select ?::double[] as sorted", [values.tolist()])
        for p in (0.0, 0.1, 0.25, 0.371, 0.5, 0.9, 1.0):
            call = f"quantile_of_sorted('sorted', '{p}')"
            quantile = connection.execute(f"select {render(call)} from pay").fetchone()
            assert quantile is not None
            assert isclose(quantile[0], np.quantile(values, p), rel_tol=1e-12)


def test_nineteen_of_twenty_intervals_contain_the_true_share() -> None:
    """Draws 1,000 markets of 40 companies whose postings resemble each other, with a true share of 0.3."""
    random = np.random.default_rng(20260122)
    worlds, companies = 1000, 40
    n = random.integers(1, 12, size=(worlds, companies))
    y = random.binomial(n, random.beta(0.3 * 4, 0.7 * 4, size=(worlds, companies)))
    rows = np.column_stack([np.repeat(np.arange(worlds), companies), y.ravel(), n.ravel()])
    with duckdb.connect() as connection:
        connection.execute("create table companies (world integer, y integer, n integer)")
        connection.execute(
            "insert into companies select unnest(?::integer[]), unnest(?::integer[]), unnest(?::integer[])",
            [column.tolist() for column in rows.T],
        )
        effective_n = render(_EFFECTIVE_N)
        covered, naive = connection.execute(
            f"""with sums as (
                select {render("share('sum(y)', 'sum(n)')")} as p, {effective_n} as m, sum(n)::double as n,
                    {render("interval_t('sum(n)', 'sum(n*n)')")} as t
                from companies group by world)
            select
                avg((0.3 between {render("wilson_bound('p', 'm', 't', 'low')")}
                    and {render("wilson_bound('p', 'm', 't', 'high')")})::integer),
                avg((0.3 between {render("wilson_bound('p', 'n', '1.959964', 'low')")}
                    and {render("wilson_bound('p', 'n', '1.959964', 'high')")})::integer)
            from sums"""
        ).fetchone() or (0, 1)
    assert 0.93 <= covered <= 0.97
    # the interval without clusters, which takes postings for independent, is too narrow
    assert naive < 0.85


@pytest.mark.parametrize("call", ["exact_sum('term')", "exact_avg('term')", "exact_sum('term', 'over ()')"])
def test_exact_sums_do_not_depend_on_the_order_of_the_rows(call: str) -> None:
    draw = np.random.default_rng(5)
    terms = draw.random(2_000) * 10.0 ** draw.integers(-9, 9, 2_000)
    orders = [draw.permutation(terms) for _ in range(20)]
    found = set()
    for order in orders:
        relation = duckdb.from_arrow(pa.table({"term": order}))
        found.add(relation.query("terms", f"select {render(call)} from terms limit 1").fetchone())
    assert len({np.sum(order) for order in orders}) > 1, "these orders would not show the difference"
    ((value,),) = found
    assert value == pytest.approx(terms.mean() if "avg" in call else terms.sum(), rel=1e-14)


def test_an_effect_of_nothing_but_rounding_error_is_zero_without_a_sign() -> None:
    terms = pa.table({"error": [-1e-17, 1e-17, 0.25]})
    query = "select " + render("effect('error')") + " from terms"
    effects = duckdb.from_arrow(terms).query("terms", query).fetchall()
    assert [str(value) for (value,) in effects] == ["0.0", "0.0", "0.25"]
