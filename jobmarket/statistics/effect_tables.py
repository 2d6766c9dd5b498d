"""Effects of skills, specialisations and regions on pay, cell by cell of the pay tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from functools import partial
from itertools import product
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray
from scipy.sparse import csc_array

from jobmarket.statistics.changes import q_values
from jobmarket.statistics.panel import Booleans, Floors, Indexes, Numbers
from jobmarket.statistics.pay_effects import dummies, effects, effects_within, membership
from jobmarket.statistics.side_by_side import side_by_side

CELL = ("role_family", "country", "experience_band", "company_size_band")
ELSEWHERE = "elsewhere"
_KEY = "posting_key::varchar as posting_key"
# What like jobs have in common.
_FACTORS = (
    "seniority", "experience_band", "first_country", "currency", "period", "amount_basis", "month", "own_role_family",
)  # fmt: skip
# A specialisation is in part a family of its own: that is what it is paid for, not the mix.
_FACTORS_OF = {"skill": len(_FACTORS), "specialisation": len(_FACTORS) - 1, "region": len(_FACTORS)}
_COUNTS = (
    "n_openings", "n_companies", "n_with", "n_companies_with", "n_of_largest_with", "n_companies_with_both",
    "n_controls",
)  # fmt: skip
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


@dataclass(frozen=True)
class _Openings:
    """Openings with pay, as arrays: cells are cut out of them thousands of times.

    Attributes:
        posting: Their numbers.
        employer: Numbers of their employers.
        log_pay: Logarithm of their pay.
        levels: (openings, factors): numbers of their levels, in the order of ``_FACTORS``.
        band: Their experience bands.
        size: Size bands of their employers.
        region: Their regions, empty where they have none.
    """

    posting: Indexes
    employer: Indexes
    log_pay: Numbers
    levels: Indexes
    band: NDArray[Any]
    size: NDArray[Any]
    region: NDArray[Any]

    def where(self, chosen: Booleans | Indexes) -> _Openings:
        return _Openings(*(getattr(self, field.name)[chosen] for field in fields(self)))


def pay_effects(
    paid: duckdb.DuckDBPyRelation, marks: Marks, floors: Floors, threads: int = 1
) -> Iterator[pa.RecordBatch]:
    """Estimate every effect for which the sample is large enough.

    Args:
        paid: Openings with pay: CELL (with the opening's own band and size), posting_key, company_key, pay_region,
            posted_on, usd_annual, and what like jobs have in common.
        marks: Skills and specialisations of postings.
        floors: Least sample of those that have an attribute, and of those that have not.
        threads: Kinds and cells that are estimated at once.

    Yields:
        Batches of ``SCHEMA``, one a kind and cell. An attribute below the floors has its counts alone.
    """
    columns = {*CELL, *_FACTORS, "company_key", "pay_region", "usd_annual"} - {"month"}
    made = f"{_KEY}, coalesce(strftime(posted_on, '%Y-%m'), 'unknown') as month"
    # in one order, whatever order threads deliver: sums of floating numbers depend on it
    frame = paid.project(f"{', '.join(sorted(columns))}, {made}").order("role_family, country, posting_key").df()
    posting, keys = pd.factorize(frame["posting_key"], sort=True)
    openings = _Openings(
        posting=posting,
        employer=pd.factorize(frame["company_key"], sort=True)[0],
        log_pay=np.log(frame["usd_annual"].to_numpy(dtype=float)),
        levels=np.stack([pd.factorize(frame[name].astype(str), sort=True)[0] for name in _FACTORS], axis=1),
        band=frame["experience_band"].to_numpy(dtype=object),
        size=frame["company_size_band"].to_numpy(dtype=object),
        region=frame["pay_region"].fillna("").to_numpy(dtype=object),
    )
    marked = {
        kind: _numbered(relation, pd.Index(keys))
        for kind, relation in (("skill", marks.skill), ("specialisation", marks.specialisation))
    }
    families, countries = (frame[name].to_numpy(dtype=object) for name in ("role_family", "country"))
    is_next = (families[1:] != families[:-1]) | (countries[1:] != countries[:-1])
    cells = np.split(np.arange(len(frame)), np.flatnonzero(is_next) + 1)

    def estimates() -> Iterator[Callable[[], list[pa.RecordBatch]]]:
        for rows in cells:
            cell = openings.where(rows)
            if len(rows) < floors.postings or len(np.unique(cell.employer)) < floors.companies:
                continue
            place = str(families[rows[0]]), str(countries[rows[0]])
            for kind, named in marked.items():
                yield partial(_marks, kind, cell, place, named, len(keys), floors)
            if place[1] != "all":
                yield partial(_regions, cell, place, floors)

    for batches in side_by_side(lambda estimate: estimate(), estimates(), threads):
        yield from batches


def _marks(
    kind: str,
    cell: _Openings,
    place: tuple[str, str],
    named: tuple[Indexes, Indexes, pd.Index[Any]],
    n_postings: int,
    floors: Floors,
) -> list[pa.RecordBatch]:
    """Everything that openings of the cell are marked with, each against those without it."""
    attributes, has = _matrix(cell, named, n_postings)
    return [_batch(kind, (*place, "all", "all"), attributes, _estimated(kind, cell, has, floors))]


def _regions(cell: _Openings, place: tuple[str, str], floors: Floors) -> list[pa.RecordBatch]:
    """Each region against the places of its country that are in none, by band and size; q-values are among all of them.

    Bands and sizes hold each other's openings, so that their effects depend on each other positively, as the correction
    allows: nobody reads the one without the other.
    """
    placed = cell.where(cell.region != "")
    bands, sizes = (["all", *sorted(set(names))] for names in (placed.band, placed.size))
    found: list[tuple[tuple[str, ...], str, dict[str, Numbers]]] = []
    # where all employers are of one size, its openings are those of all sizes
    estimated: dict[bytes, list[tuple[str, dict[str, Numbers]]]] = {}
    for band, size in product(bands, sizes):
        chosen = ((placed.band == band) | (band == "all")) & ((placed.size == size) | (size == "all"))
        if (key := chosen.tobytes()) not in estimated:
            estimated[key] = list(_by_region(placed.where(chosen), floors))
        found += [((*place, band, size), region, estimates) for region, estimates in estimated[key]]
    corrected = q_values(np.array([estimates["p_value"][0] for _, _, estimates in found]))
    return [
        _batch("region", of_grid, [region], {**estimates, "q_value": np.array([q_value])})
        for (of_grid, region, estimates), q_value in zip(found, corrected, strict=True)
    ]


def _by_region(openings: _Openings, floors: Floors) -> Iterator[tuple[str, dict[str, Numbers]]]:
    for region in sorted(set(openings.region) - {ELSEWHERE}):
        compared = openings.where((openings.region == region) | (openings.region == ELSEWHERE))
        has = csc_array((compared.region == region).astype(float)[:, None])
        yield region, _estimated("region", compared, has, floors)


def _numbered(relation: duckdb.DuckDBPyRelation, keys: pd.Index[Any]) -> tuple[Indexes, Indexes, pd.Index[Any]]:
    """Marks of the postings that have pay: numbers of the postings, of the marks, and the marks' names."""
    named = relation.project(f"{_KEY}, mark").df()
    postings = np.asarray(keys.get_indexer(pd.Index(named["posting_key"])))
    marks, names = pd.factorize(named["mark"][postings >= 0], sort=True)
    return postings[postings >= 0], marks, pd.Index(names)


def _matrix(
    cell: _Openings, named: tuple[Indexes, Indexes, pd.Index[Any]], n_postings: int
) -> tuple[list[str], csc_array]:
    """Attributes that any opening of the cell has, and (openings, attributes) of 0 and 1."""
    postings, marks, names = named
    row_of = np.full(n_postings, -1)
    row_of[cell.posting] = np.arange(len(cell.posting))
    rows = row_of[postings]
    chosen, columns = np.unique(marks[rows >= 0], return_inverse=True)
    place, shape = (rows[rows >= 0], columns), (len(cell.posting), len(chosen))
    return [str(name) for name in names[chosen]], csc_array((np.ones(len(columns)), place), shape)


def _estimated(kind: str, openings: _Openings, has: csc_array, floors: Floors) -> dict[str, Numbers]:
    _, employers = np.unique(openings.employer, return_inverse=True)
    number, n_attributes = has.shape
    with_it = np.asarray((membership(employers) @ has).toarray())
    without = np.bincount(employers)[:, None] - with_it
    # what is hidden anyhow must not count among the effects that q-values are of
    estimated = np.flatnonzero(_is_enough(with_it, floors) & _is_enough(without, floors))
    found = {
        "n_openings": np.full(n_attributes, number),
        "n_companies": np.full(n_attributes, len(without)),
        "n_with": with_it.sum(axis=0),
        "n_companies_with": np.count_nonzero(with_it, axis=0),
        "n_of_largest_with": with_it.max(axis=0, initial=0.0),
        "n_companies_with_both": np.count_nonzero((with_it > 0) & (without > 0), axis=0),
        **{name: np.full(n_attributes, np.nan) for name in ("n_controls", *_ESTIMATES)},
    }
    if len(estimated):
        controls = dummies(list(openings.levels[:, : _FACTORS_OF[kind]].T))
        chosen = has[:, estimated]
        across = effects(openings.log_pay, chosen, controls, employers)
        found["effect"][estimated], found["effect_low"][estimated] = across.value, across.low
        found["effect_high"][estimated], found["p_value"][estimated] = across.high, across.p_value
        found["q_value"][estimated] = q_values(across.p_value)
        found["n_controls"][estimated] = across.n_controls
        # of regions nobody asks what one employer pays in two of them
        if kind != "region":
            within = effects_within(openings.log_pay, chosen, controls, employers)
            compares = found["n_companies_with_both"][estimated] >= floors.companies
            for name, values in (("within", within.value), ("within_low", within.low), ("within_high", within.high)):
                found[name][estimated] = np.where(compares, values, np.nan)
    return found


def _is_enough(size: Numbers, floors: Floors) -> Booleans:
    """Whether each attribute's sample is large enough, and not one employer's; ``size``: (employers, attributes)."""
    number = size.sum(axis=0)
    is_large: Booleans = (number >= floors.postings) & (np.count_nonzero(size, axis=0) >= floors.companies)
    has_no_giant: Booleans = size.max(axis=0, initial=0.0) <= floors.company_share * number
    return is_large & has_no_giant


def _batch(kind: str, cell: tuple[Any, ...], attributes: list[str], found: dict[str, Numbers]) -> pa.RecordBatch:
    number = len(attributes)
    arrays = [[kind] * number, *([value] * number for value in cell), attributes, *found.values()]
    return pa.RecordBatch.from_arrays(
        [pa.array(array, from_pandas=True).cast(field.type) for array, field in zip(arrays, SCHEMA, strict=True)],
        schema=SCHEMA,
    )
