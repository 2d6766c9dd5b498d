"""Growth of the number of openings, and changes of shares, by the effective number of employers that make them up."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import pytest

from jobmarket.statistics import changes
from jobmarket.statistics.changes import Changes, changes_of_sums
from jobmarket.statistics.panel import Booleans, Floors, Numbers
from tests.employer_sizes import employer_sizes
from tests.jobmarket.statistics.one_cell import cell_of, count_series
from tests.measured import show

Sums: TypeAlias = tuple[Numbers, Numbers, Numbers, Numbers]
DRAWS = 1_500
FLOORS = Floors(postings=30, companies=5, company_share=0.5)
BOUNDS = (1.0, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0, 8.0, 99.0)
EMPLOYERS_AND_EACH = ((5, 8), (5, 40), (6, 15), (8, 5), (8, 20), (12, 8), (20, 5), (45, 4))
# Part of the openings replaced between the two weeks (1: a flow), planted growth, and how much employers' own varies.
MARKETS = (
    (1.0, 0.0, 0.0), (1.0, 0.1, 0.1), (1.0, 0.0, 0.3), (0.3, 0.0, 0.0), (0.3, 0.1, 0.1), (0.3, 0.0, 0.3),
    (0.1, 0.0, 0.1),
)  # fmt: skip


class Judged(NamedTuple):
    """Draws of a change: whether the interval covers the planted one, its ends, and the employers that make it up."""

    is_covered: Booleans
    low: Numbers
    high: Numbers
    effective: Numbers


def sums(moved: Numbers, *sizes: Numbers) -> Sums:
    """Return sums of squares and fourth powers of the moves, employers in either week, and their number by size."""
    squares = np.square(moved)
    by_size = np.minimum(*(np.square(size.sum(axis=1)) / np.square(size).sum(axis=1) for size in sizes))
    return squares.sum(axis=1), np.square(squares).sum(axis=1), np.count_nonzero(sum(sizes), axis=1), by_size


def judged(
    value: Numbers, planted: float, of: tuple[Numbers, Numbers, Numbers, Numbers], *, is_by_size: bool
) -> Judged:
    """Judge the draws in which some employer moved."""
    is_moved = of[0] > 1e-20
    squares, fourth, n_employers, by_size = (part[is_moved] for part in of)
    at_most = by_size if is_by_size else n_employers
    found: Changes = changes_of_sums(value[is_moved], squares, fourth, n_employers, at_most)
    covered = (found.low <= planted) & (planted <= found.high)
    return Judged(covered, found.low, found.high, np.minimum(np.square(squares) / fourth, at_most))


def are_large(before: Any, after: Any) -> Booleans:
    return FLOORS.met_by_week(before) & FLOORS.met_by_week(after)


def openings(size: Numbers, replaced: float, growth: float, spread: float, draw: np.random.Generator) -> list[Numbers]:
    """Draw (draws, employers) openings of two weeks."""
    rate = np.exp(growth + draw.normal(-(spread**2) / 2, spread, (DRAWS, len(size))))
    before = draw.poisson(size, rate.shape)
    after = draw.binomial(before, np.minimum(1 - replaced, rate))
    after += draw.poisson(size * np.maximum(0, rate - 1 + replaced))
    return [week[are_large(before, after)].astype(float) for week in (before, after)]


def growths(*, is_unequal: bool) -> Judged:
    draw = np.random.default_rng(11)
    found = []
    for employers, each in EMPLOYERS_AND_EACH:
        size = employer_sizes(employers, each, is_unequal=is_unequal).astype(float)
        for replaced, growth, spread in MARKETS:
            before, after = openings(size, replaced, growth, spread, draw)
            totals = [week.sum(axis=1, keepdims=True) for week in (before, after)]
            of = sums(after / totals[1] - before / totals[0], before, after)
            found.append(judged(np.log(totals[1] / totals[0])[:, 0], growth, of, is_by_size=True))
    return Judged(*(np.concatenate(part) for part in zip(*found, strict=True)))


def share_changes(*, is_unequal: bool) -> Judged:
    """Draw stocks of which three in ten are replaced, by postings that ask for the skill as often as before."""
    draw = np.random.default_rng(12)
    found = []
    for employers, each in EMPLOYERS_AND_EACH:
        size = employer_sizes(employers, each, is_unequal=is_unequal).astype(float)
        for share in (0.1, 0.3, 0.6):
            for similarity in (1 / 9, 1 / 3):
                weight = 1 / similarity - 1
                taste = draw.beta(share * weight, (1 - share) * weight, (DRAWS, employers))
                n_before = draw.poisson(size, taste.shape)
                y_before = draw.binomial(n_before, taste)
                n_new, kept, others = (
                    draw.poisson(0.3 * size, taste.shape),
                    *(draw.binomial(number, 0.7) for number in (y_before, n_before - y_before)),
                )
                y_after, n_after = kept + draw.binomial(n_new, taste), kept + others + n_new
                is_judged = are_large(n_before, n_after) & (np.count_nonzero(y_before + y_after, axis=1) >= 5)
                y_before, n_before, y_after, n_after = (
                    part[is_judged].astype(float) for part in (y_before, n_before, y_after, n_after)
                )
                shares, influence = [], []
                for having, number in ((y_before, n_before), (y_after, n_after)):
                    total = number.sum(axis=1, keepdims=True)
                    shares.append(having.sum(axis=1, keepdims=True) / total)
                    influence.append((having - shares[-1] * number) / total)
                of = sums(influence[1] - influence[0], n_before, n_after)
                found.append(judged((shares[1] - shares[0])[:, 0], 0.0, of, is_by_size=False))
    return Judged(*(np.concatenate(part) for part in zip(*found, strict=True)))


def by_effective(found: Judged) -> list[list[float]]:
    """Return, by class of BOUNDS: part of the draws, coverage, and medians of the ends."""
    rows = []
    for low, high in pairwise(BOUNDS):
        of = (found.effective >= low - 1e-9) & (found.effective < high - 1e-9)
        ends = (np.median(end[of]) for end in (found.low, found.high))
        rows.append([float(figure) for figure in (of.mean(), found.is_covered[of].mean(), *ends)])
    return rows


def documented(root: Path, title: str) -> list[list[float]]:
    """Return the rows of the table after a title of docs/methods_simulations.md, as numbers."""
    page = (root / "docs" / "methods_simulations.md").read_text(encoding="utf-8").partition(title)[2]
    table = page.partition("|\n\n")[0]
    rows = re.findall(r"^\| [\d.]+ (?:to [\d.]+|or more) \|(.*)$", table, re.MULTILINE)
    return [[int(number.replace(",", "")) / 100 for number in re.findall(r"[+-]?[\d,]+(?= %)", row)] for row in rows]


@pytest.mark.parametrize("title", ["*Few effective employers.* Growth", "*Few effective employers.* Changes"])
def test_intervals_of_fewer_than_three_employers_cover_too_often_and_tell_little(
    title: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So they are withheld. The tables of the methods are those simulated here."""
    monkeypatch.setattr(changes, "LEAST_EMPLOYERS", 0)
    is_growth = title.endswith("Growth")
    both = [(growths if is_growth else share_changes)(is_unequal=is_unequal) for is_unequal in (False, True)]
    equal, unequal = (by_effective(found) for found in both)
    together = by_effective(Judged(*(np.concatenate(part) for part in zip(*both, strict=True))))
    rows = []
    for same, other, (*_, low, high) in zip(equal, unequal, together, strict=True):
        ends = np.expm1([low, high]) if is_growth else [low, high]
        rows.append([*same[:2], *other[:2], *ends])
    show(title, (" | ".join([f"{part:.0%}" for part in row[:4]] + [f"{end:+.0%}" for end in row[4:]]) for row in rows))
    for of_few in (*equal[:3], *unequal[:3]):
        assert of_few[1] > 0.97
    for enough in (*equal[3:], *unequal[3:]):
        assert 0.92 <= enough[1] <= 0.995
    widths = [high - low for *_, low, high in together]
    assert min(widths[:2]) > 1.8 * widths[3]
    table = documented(root, title)
    assert len(table) == len(rows)
    for found, stated in zip(rows, table, strict=True):
        assert stated == pytest.approx(found, abs=0.02, rel=0.05)


@pytest.mark.parametrize("is_unequal", [False, True])
def test_growth_that_is_given_covers_the_planted_one(is_unequal: bool) -> None:
    found = growths(is_unequal=is_unequal)
    is_given = ~np.isnan(found.low)
    assert (found.effective[is_given] >= 3 - 1e-9).all()
    assert (found.effective[~is_given] < 3).all()
    assert 0.95 <= found.is_covered[is_given].mean() <= 0.985


def test_the_drawn_growths_are_judged_as_the_model_judges_them() -> None:
    size = employer_sizes(8, 20, is_unequal=True).astype(float)
    before, after = (week[:40] for week in openings(size, 0.3, 0.1, 0.1, np.random.default_rng(3)))
    totals = [week.sum(axis=1, keepdims=True) for week in (before, after)]
    of = sums(after / totals[1] - before / totals[0], before, after)
    found = judged(np.log(totals[1] / totals[0])[:, 0], 0.1, of, is_by_size=True)
    given = 0
    for number in range(len(before)):
        # the weeks between are suppressed: a week with four openings
        weeks = np.stack([before[number], *np.zeros((3, len(size))), after[number]])
        weeks[1:4, :4] = 1
        last = count_series(cell_of(weeks), FLOORS).iloc[-1]
        assert last["change_4w_low"] == pytest.approx(np.expm1(found.low[number]), nan_ok=True)
        assert last["change_4w_high"] == pytest.approx(np.expm1(found.high[number]), nan_ok=True)
        is_withheld = last["change_4w_floor_reason"] == changes.FEW_EMPLOYERS
        assert is_withheld == (found.effective[number] < 3)
        given += not is_withheld
    assert 0 < given < len(before)
