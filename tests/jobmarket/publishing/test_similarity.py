"""The similarity of postings within employers is measured as the intervals use it, and a planted one is recovered."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from benchmarks.similarity import cell_of, cells, drawn, main, similarity
from jobmarket.publishing.reader import open_published
from jobmarket.settings import Home

PLANTED = 0.25


def _market(random: np.random.Generator, employers: int) -> pd.DataFrame:
    """Draw postings of employers whose demand for each of 20 skills varies about 0.2 with the planted similarity."""
    weight = 1 / PLANTED - 1
    taste = random.beta(0.2 * weight, 0.8 * weight, size=(employers, 20))
    rows = []
    for company, size in enumerate(random.integers(1, 8, employers)):
        for draws in random.random((size, 20)) < taste[company]:
            rows.append((company, [f"skill {number}" for number in np.flatnonzero(draws)] or None))
    return pd.DataFrame(rows, columns=["company", "skills"])


def test_the_planted_similarity_is_recovered_and_lies_in_the_interval() -> None:
    random = np.random.default_rng(11)
    measured = []
    for _ in range(40):
        cell = cell_of(_market(random, 60))
        found = similarity(cell, drawn(60, 300, random))
        low, high = np.nanquantile(found, [0.025, 0.975])
        measured.append((low <= PLANTED <= high, similarity(cell, np.ones((1, 60)))[0], high - low))
    holds, values, widths = np.array(measured, dtype=float).T
    assert np.mean(values) == pytest.approx(PLANTED, abs=0.01)
    assert np.mean(holds) >= 0.85
    assert np.mean(widths) < 0.15


def test_the_postings_behind_the_published_shares_are_measured(
    two_weeks_published: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_published(two_weeks_published) as published:
        names, whole = next(cells(published))
        behind = published.execute(
            """select count(*), count(distinct company_name) from postings_behind('pytorch',
            (from current_week select week_start::varchar))"""
        ).fetchone()
    assert names == ("stock", "all", "all")
    assert (whole.size.sum(), len(whole.size)) == behind
    # it is the only cell of the invented market with postings
    monkeypatch.setattr("benchmarks.similarity.cells", lambda _: [(names, whole)])
    main([str(two_weeks_published.root), "--draws", "50"])
    line, *_, of_cells, of_skills = capsys.readouterr().out.splitlines()[2:]
    assert line.startswith(f"| stock | all | all | {len(whole.size)} | {whole.size.sum():.0f} | {len(whole.skills)} | ")
    assert of_cells.startswith("1 cells: ")
    assert " skills of stock, all, all, by 5 employers or more: half between " in of_skills
