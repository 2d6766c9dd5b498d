"""Matched shares of random markets whose sources come and go: how often the interval contains the planted share.

The complete market is drawn, and each source is known only in the weeks in which it is crawled. The chain and the
macros are those of the models. Each test prints its measurements.
"""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array

from jobmarket.statistics.chains import link
from jobmarket.statistics.panel import Booleans, Floors, Indexes, Numbers, Panel
from jobmarket.statistics.series import matched_shares
from tests.measured import show
from tests.rendered_macros import render_interval as render
from tests.statistics.worlds import TURNOVER, age_weights

WORLDS, EMPLOYERS, WEEKS, OPENINGS = 200, 45, 20, 4
FLOORS = Floors(postings=30, companies=5, company_share=0.5)
# By skill: the probability among the first week's publications, and the part of the other openings that ask for it by
# the last week's. If negative, it is the part of those that asked for it and stop.
SKILLS = {"rare": (0.08, 0.0), "steady": (0.3, 0.0), "common": (0.7, 0.0), "rising": (0.2, 0.3), "falling": (0.5, -0.5)}
Coming = Callable[[np.random.Generator], Booleans]


def planted(skill: str) -> float:
    """Return the expected share of the last week's stock."""
    start, moved = SKILLS[skill]
    part = np.arange(WEEKS) / (WEEKS - 1)
    shares = start + (1 - start) * moved * part if moved > 0 else start * (1 + moved * part)
    return float(age_weights(WEEKS - 1) @ shares)


def _between(begins: Indexes, ends: Indexes) -> Booleans:
    weeks = np.arange(WEEKS)
    return np.asarray((weeks >= begins[:, None]) & (weeks < ends[:, None]))


def _joining(draw: np.random.Generator) -> Booleans:
    """Two in three sources are crawled from some later week on."""
    begins = np.where(np.arange(EMPLOYERS) % 3 > 0, draw.integers(1, WEEKS - 1, EMPLOYERS), 0)
    return _between(begins, np.full(EMPLOYERS, WEEKS))


def _lost(draw: np.random.Generator) -> Booleans:
    """Two in three sources are crawled until some week."""
    ends = np.where(np.arange(EMPLOYERS) % 3 > 0, draw.integers(2, WEEKS, EMPLOYERS), WEEKS)
    return _between(np.zeros(EMPLOYERS, dtype=np.int64), ends)


def _passing(_: np.random.Generator) -> Booleans:
    """Each week, one source joins and another is lost. By the end, 19 others have replaced the initial 26 of 45."""
    place = np.arange(EMPLOYERS)
    return _between(np.maximum(0, place - (EMPLOYERS - WEEKS)), np.minimum(WEEKS, place + 1))


def _gaps(draw: np.random.Generator) -> Booleans:
    """In each week, one source in five is missing."""
    return np.asarray(draw.random((EMPLOYERS, WEEKS)) > 0.2)


def _drawn(draw: np.random.Generator, similarity: float) -> tuple[Numbers, Numbers]:
    """Draw the complete market: openings (weeks, employers), and those that ask for each skill (…, skills)."""
    sizes = np.maximum(1, np.round(draw.lognormal(np.log(OPENINGS), 0.6, EMPLOYERS))).astype(int)
    employer_of = np.repeat(np.arange(EMPLOYERS), sizes)
    begins = draw.random((WEEKS, len(employer_of))) < TURNOVER
    begins[0] = True
    published = np.maximum.accumulate(np.where(begins, np.arange(WEEKS)[:, None], 0))
    weight = 1 / similarity - 1
    having = np.zeros((WEEKS, EMPLOYERS, len(SKILLS)))
    for number, (start, moved) in enumerate(SKILLS.values()):
        chance = draw.beta(start * weight, (1 - start) * weight, EMPLOYERS)[employer_of]
        part = moved * np.arange(WEEKS)[:, None] / (WEEKS - 1)
        chance = chance + (1 - chance) * part if moved > 0 else chance * (1 + part)
        has_skill = draw.random(chance.shape) < chance
        # an opening asks for the same skills as long as it is open
        has_skill = np.take_along_axis(has_skill, published, axis=0)
        having[:, :, number] = np.add.reduceat(has_skill, np.cumsum(sizes) - sizes, axis=1, dtype=float)
    return np.tile(sizes.astype(float), (WEEKS, 1)), having


def _last_week(draw: np.random.Generator, coming: Coming, similarity: float) -> pd.DataFrame:
    """Return the models' figures of each skill in the last week."""
    size, having = _drawn(draw, similarity)
    known = coming(draw)
    size, having = size * known.T, having * known.T[:, :, None]
    panel = Panel(np.arange(EMPLOYERS), EMPLOYERS, size.T > 0, known)
    shares = matched_shares(link(size, panel, FLOORS), csr_array(having.reshape(WEEKS * EMPLOYERS, -1)), size, FLOORS)
    n, y = size[-1], having[-1]
    return pd.DataFrame({
        "skill": list(SKILLS), "y": y.sum(axis=0), "n": n.sum(), "nn": np.square(n).sum(),
        "matched": np.clip(shares.level[-1], 0, 1), "variance": shares.variance[-1],
    })  # fmt: skip


@pytest.mark.parametrize(
    ("coming", "similarity"), [(_joining, 1 / 3), (_lost, 1 / 9), (_passing, 1 / 3), (_gaps, 1 / 9)]
)
def test_matched_intervals_contain_the_planted_shares(coming: Coming, similarity: float) -> None:
    draw = np.random.default_rng(2026)
    rows = pd.concat([_last_week(draw, coming, similarity).assign(world=world) for world in range(WORLDS)])
    rows["planted"] = rows["skill"].map({skill: planted(skill) for skill in SKILLS})
    low, high = (render(f"wilson_bound('matched', 'm', 't', '{side}')") for side in ("low", "high"))
    cells = duckdb.sql(
        f"""with alike as (
            select *, {render("pooled_matched_n('matched', 'variance', over='world')")} as pooled from rows),
        figures as (
            select *, {render("matched_effective_n('n', 'nn', 'matched', 'variance', 'pooled')")} as m,
                {render("interval_t('n', 'nn')")} as t
            from alike)
        select skill, (planted between {low} and {high})::integer as is_inside, abs(matched - y / n) as effect
        from figures"""
    ).df()
    by_skill = cells.groupby("skill")["is_inside"].mean()
    total, effect = cells["is_inside"].mean(), cells["effect"].mean()
    show(
        f"{coming.__name__}, similarity {similarity:.2f}: planted inside the matched interval {total:.1%} of "
        f"{len(cells)}; {by_skill.round(3).to_dict()}; matched and plain share differ by {effect:.2%}"
    )
    assert len(cells) == WORLDS * len(SKILLS)
    assert effect > 0.002, "matched and plain shares are the same, so the chain is not tested"
    assert 0.93 <= total <= 0.98
    assert by_skill.min() >= 0.9
