"""Effects of skills, specialisations and regions on pay, cell by cell of the pay tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from jobmarket.statistics.changes import q_values
from jobmarket.statistics.panel import Floors, Indexes, Numbers
from jobmarket.statistics.pay_effects import Effects, dummies, effects, effects_within

CELL = ("role_family", "country", "experience_band", "company_size_band")
ELSEWHERE = "elsewhere"
# What like jobs have in common, beside the month in which they were published.
_FACTORS = ("seniority", "experience_band", "first_country", "currency", "period", "amount_basis")
# A specialisation is in part a family of its own: that is what it is paid for, not the mix.
_FACTORS_OF = {
    "skill": ("own_role_family", *_FACTORS), "specialisation": _FACTORS, "region": ("own_role_family", *_FACTORS),
}  # fmt: skip
_COUNTS = ("n_openings", "n_companies", "n_with", "n_companies_with", "n_of_largest_with", "n_companies_with_both")
_ESTIMATES = ("effect", "effect_low", "effect_high", "p_value", "q_value", "within", "within_low", "within_high")

SCHEMA = pa.schema(
    [pa.field("kind", pa.string()), *(pa.field(name, pa.string()) for name in CELL), pa.field("attribute", pa.string())]
    + [pa.field(name, pa.int32()) for name in _COUNTS]
    + [pa.field(name, pa.float64()) for name in _ESTIMATES]
)


@dataclass(frozen=True)
class Marks:
    """What postings are marked with: posting_key and mark, by kind."""

    skill: duckdb.DuckDBPyRelation
    specialisation: duckdb.DuckDBPyRelation


def pay_effects(paid: duckdb.DuckDBPyRelation, marks: Marks, floors: Floors) -> Iterator[pa.RecordBatch]:
    """Estimate every effect for which the sample is large enough.

    Args:
        paid: Openings with pay: CELL (with the opening's own band and size), posting_key, company_key, pay_region,
            posted_on, usd_annual, and what like jobs have in common.
        marks: Skills and specialisations of postings.
        floors: Least sample of those that have an attribute, and of those that have not.

    Yields:
        Batches of ``SCHEMA``, one a kind and cell. An attribute below the floors has its counts alone.
    """
    columns = sorted(
        {*CELL, *_FACTORS, "own_role_family", "posting_key", "company_key", "pay_region", "posted_on", "usd_annual"}
    )
    # in one order, whatever order threads deliver: sums of floating numbers depend on it
    openings = paid.project(", ".join(columns)).order("role_family, country, posting_key").df()
    marked = {
        kind: relation.order("posting_key, mark").df()
        for kind, relation in (("skill", marks.skill), ("specialisation", marks.specialisation))
    }
    for names, of_cell in openings.groupby(["role_family", "country"], sort=True):
        family, country = (str(name) for name in names)
        cell = of_cell.reset_index(drop=True)
        if not _is_enough(cell, floors):
            continue
        for kind, named in marked.items():
            attributes, has = _matrix(cell, named)
            yield _batch(kind, (family, country, "all", "all"), attributes, _estimated(kind, cell, has, floors))
        if country != "all":
            yield from _regions(cell, (family, country), floors)


def _regions(cell: pd.DataFrame, place: tuple[str, str], floors: Floors) -> Iterator[pa.RecordBatch]:
    """Each region against the places of its country that are in none, by band and size."""
    bands, sizes = (["all", *sorted(cell[name].unique())] for name in ("experience_band", "company_size_band"))
    for band, size in product(bands, sizes):
        chosen = cell[
            ((cell["experience_band"] == band) | (band == "all"))
            & ((cell["company_size_band"] == size) | (size == "all"))
        ]
        for region in sorted(set(chosen["pay_region"].dropna()) - {ELSEWHERE}):
            compared = chosen[chosen["pay_region"].isin((region, ELSEWHERE))].reset_index(drop=True)
            has = (compared["pay_region"] == region).to_numpy(dtype=float)[:, None]
            yield _batch("region", (*place, band, size), [region], _estimated("region", compared, has, floors))


def _is_enough(openings: pd.DataFrame, floors: Floors) -> bool:
    return len(openings) >= floors.postings and openings["company_key"].nunique() >= floors.companies


def _matrix(cell: pd.DataFrame, named: pd.DataFrame) -> tuple[list[str], Numbers]:
    """(openings, attributes) of 0 and 1."""
    rows = pd.Index(cell["posting_key"]).get_indexer(pd.Index(named["posting_key"]))
    found = rows >= 0
    codes, attributes = pd.factorize(named["mark"][found], sort=True)
    has = np.zeros((len(cell), len(attributes)))
    has[rows[found], codes] = 1.0
    return list(attributes), has


def _estimated(kind: str, openings: pd.DataFrame, has: Numbers, floors: Floors) -> dict[str, Numbers]:
    employers, _ = pd.factorize(openings["company_key"], sort=True)
    with_it = np.stack([np.bincount(employers, column) for column in has.T], axis=1) if has.size else has[:0]
    without = np.bincount(employers)[:, None] - with_it
    estimated = np.flatnonzero(
        (with_it.sum(axis=0) >= floors.postings)
        & (np.count_nonzero(with_it, axis=0) >= floors.companies)
        & (without.sum(axis=0) >= floors.postings)
        & (np.count_nonzero(without, axis=0) >= floors.companies)
    )
    found = {
        "n_openings": np.full(has.shape[1], len(openings)),
        "n_companies": np.full(has.shape[1], len(without)),
        "n_with": with_it.sum(axis=0),
        "n_companies_with": np.count_nonzero(with_it, axis=0),
        "n_of_largest_with": with_it.max(axis=0, initial=0.0),
        "n_companies_with_both": np.count_nonzero((with_it > 0) & (without > 0), axis=0),
        **{name: np.full(has.shape[1], np.nan) for name in _ESTIMATES},
    }
    if len(estimated):
        across, within = _both(_FACTORS_OF[kind], openings, has[:, estimated], employers)
        found["effect"][estimated], found["effect_low"][estimated] = across.value, across.low
        found["effect_high"][estimated], found["p_value"][estimated] = across.high, across.p_value
        found["q_value"][estimated] = q_values(across.p_value)
        compares = found["n_companies_with_both"][estimated] >= floors.companies
        for name, values in (("within", within.value), ("within_low", within.low), ("within_high", within.high)):
            found[name][estimated] = np.where(compares, values, np.nan)
    return found


def _both(
    factors: tuple[str, ...], openings: pd.DataFrame, has: Numbers, employers: Indexes
) -> tuple[Effects, Effects]:
    """Across employers and within them."""
    months = pd.to_datetime(openings["posted_on"]).dt.strftime("%Y-%m").fillna("unknown")
    controls = dummies([*(openings[name].astype(str) for name in factors), months])
    log_pay = np.log(openings["usd_annual"].to_numpy())
    return effects(log_pay, has, controls, employers), effects_within(log_pay, has, controls, employers)


def _batch(kind: str, cell: tuple[Any, ...], attributes: list[str], found: dict[str, Numbers]) -> pa.RecordBatch:
    number = len(attributes)
    arrays = [[kind] * number, *([value] * number for value in cell), attributes, *found.values()]
    return pa.RecordBatch.from_arrays(
        [pa.array(array, from_pandas=True).cast(field.type) for array, field in zip(arrays, SCHEMA, strict=True)],
        schema=SCHEMA,
    )
