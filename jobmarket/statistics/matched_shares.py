"""Shares chained over employers known in both weeks of each comparison, with each employer's influence on the result.

A week's level is the mean over several comparisons with earlier weeks, weighted by their size:

    m(t) = sum_k w(t-k, t) [m(t-k) + p(t; P) - p(t-k; P)] / sum_k w(t-k, t),    P = panel of weeks t-k and t

Where every crawl qualified, P is everybody and m(t) is the plain share p(t), whatever the lags. What is published of a
week depends on no later week.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jobmarket.statistics.panel import LAGS, Floors, Indexes, Numbers, Panel


@dataclass(frozen=True)
class Chained:
    """Matched shares of one cell.

    Attributes:
        level: (weeks, attributes): the matched share; NaN where no comparison reaches.
        influence: (weeks, employers, attributes): what each employer adds to the error of the level; its sum over
            employers is 0, the sum of its squares the level's variance.
        since: (weeks,): index of the week at which the chain begins; -1 where there is no level.
    """

    level: Numbers
    influence: Numbers
    since: Indexes


def _share(having: Numbers, size: Numbers) -> tuple[Numbers, Numbers]:
    """Shares of the attributes, and each employer's influence on them (linearised ratio)."""
    total = size.sum()
    share = having.sum(axis=0) / total
    return share, (having - size[:, None] * share) / total


def chain_shares(having: Numbers, size: Numbers, panel: Panel, floors: Floors) -> Chained:
    """Chain the shares of several attributes of one cell.

    Args:
        having: (weeks, employers, attributes): postings that have the attribute.
        size: (weeks, employers): postings.
        panel: Who can be compared.
        floors: Least sample of the first week, and of each side of a comparison.
    """
    weeks, employers, attributes = having.shape
    level = np.full((weeks, attributes), np.nan)
    influence = np.zeros((weeks, employers, attributes))
    since = np.full(weeks, -1, dtype=np.int64)
    for week in range(weeks):
        total, bases = 0.0, []
        sum_level, sum_influence = np.zeros(attributes), np.zeros((employers, attributes))
        for earlier in (week - lag for lag in LAGS if week >= lag and since[week - lag] >= 0):
            known = panel.comparable(earlier, week)
            before, after = size[earlier] * known, size[week] * known
            if not (floors.hold(before) and floors.hold(after)):
                continue
            weight = before.sum() * after.sum() / (before.sum() + after.sum())
            share_before, influence_before = _share(having[earlier] * known[:, None], before)
            share_after, influence_after = _share(having[week] * known[:, None], after)
            sum_level += weight * (level[earlier] + share_after - share_before)
            sum_influence += weight * (influence[earlier] + influence_after - influence_before)
            total += weight
            bases.append(since[earlier])
        if total:
            level[week], influence[week], since[week] = sum_level / total, sum_influence / total, min(bases)
        elif (
            floors.hold(size[week] * panel.comparable(week, week))
            and not (since[max(0, week - max(LAGS)) : week] >= 0).any()
        ):
            # the first week, or again after so long that nothing earlier compares
            level[week], influence[week] = _share(having[week], size[week])
            since[week] = week
    return Chained(level, influence, since)


def variance(influence: Numbers, n_employers: int) -> Numbers:
    """Variance of estimates from their employers' influences (employers in the first axis)."""
    correction = n_employers / (n_employers - 1) if n_employers > 1 else np.nan
    return np.asarray(correction * np.square(influence).sum(axis=0))
