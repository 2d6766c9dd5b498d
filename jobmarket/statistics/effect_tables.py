"""Effects of skills, specialisations, regions and attributes of the job on pay, cell by cell of the pay tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
from scipy.sparse import csc_array

from jobmarket.statistics.changes import q_values
from jobmarket.statistics.effect_samples import COUNTS, ESTIMATES, Openings, estimated, estimated_values
from jobmarket.statistics.panel import Floors, Indexes, Numbers
from jobmarket.statistics.side_by_side import side_by_side

CELL = ("role_family", "country", "experience_band", "company_size_band")
ELSEWHERE = "elsewhere"
# Attributes of which an opening states at most one value: by column, the value that the others are compared with.
COMPARED_WITH = {"workplace": "onsite", "degree_min": "bachelor", "visa_sponsorship": "refused"}
_SAYS_NOTHING = "unspecified"
_KEY = "posting_key::varchar as posting_key"
# The controls. The last one is left out for specialisations, which are partly role families: controlling for the family
# would remove part of their effect.
_FACTORS = (
    "seniority", "experience_band", "first_country", "currency", "period", "amount_basis", "month", "own_role_family",
)  # fmt: skip

SCHEMA = pa.schema(
    [pa.field(name, pa.string()) for name in ("kind", *CELL, "attribute", "compared_with")]
    + [pa.field(name, pa.int32()) for name in COUNTS]
    + [pa.field(name, pa.float64()) for name in ESTIMATES]
)


@dataclass(frozen=True)
class Marks:
    """The marks of postings, as relations of posting_key and mark."""

    skill: duckdb.DuckDBPyRelation
    specialisation: duckdb.DuckDBPyRelation


def pay_effects(
    paid: duckdb.DuckDBPyRelation, marks: Marks, floors: Floors, threads: int = 1
) -> Iterator[pa.RecordBatch]:
    """Estimate every effect for which the sample is large enough.

    Args:
        paid: Openings with pay: CELL (with the opening's own band and size), posting_key, company_key, pay_region,
            posted_on, usd_annual, the controls, and the attributes of COMPARED_WITH.
        marks: Skills and specialisations of postings.
        floors: Minimum sample of the openings with an attribute, and of those without.
        threads: Kinds and cells to estimate at once.

    Yields:
        Batches of ``SCHEMA``, one per kind and cell. An attribute below the floors has only its counts.
    """
    columns = {*CELL, *_FACTORS, *COMPARED_WITH, "company_key", "pay_region", "usd_annual"} - {"month"}
    made = f"{_KEY}, coalesce(strftime(posted_on, '%Y-%m'), 'unknown') as month"
    # a fixed order, whatever order threads deliver: floating-point sums depend on it
    frame = paid.project(f"{', '.join(sorted(columns))}, {made}").order("role_family, country, posting_key").df()
    posting, keys = pd.factorize(frame["posting_key"], sort=True)
    openings = Openings(
        posting=posting,
        employer=pd.factorize(frame["company_key"], sort=True)[0],
        log_pay=np.log(frame["usd_annual"].to_numpy(dtype=float)),
        levels=np.stack([pd.factorize(frame[name].astype(str), sort=True)[0] for name in _FACTORS], axis=1),
        band=frame["experience_band"].to_numpy(dtype=object),
        size=frame["company_size_band"].to_numpy(dtype=object),
        region=frame["pay_region"].fillna("").to_numpy(dtype=object),
        said=frame[list(COMPARED_WITH)].fillna(_SAYS_NOTHING).to_numpy(dtype=object),
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
            yield partial(_asked, cell, place, marked["skill"], len(keys), floors)
            without_family = replace(cell, levels=cell.levels[:, :-1])
            yield partial(_marks, "specialisation", without_family, place, marked["specialisation"], len(keys), floors)
            if place[1] != "all":
                yield partial(_regions, cell.where(cell.region != ""), place, floors)

    for batches in side_by_side(lambda estimate: estimate(), estimates(), threads):
        yield from batches


def _asked(
    cell: Openings,
    place: tuple[str, str],
    skills: tuple[Indexes, Indexes, pd.Index[Any]],
    n_postings: int,
    floors: Floors,
) -> list[pa.RecordBatch]:
    """Estimate skills and attribute values together: they share the residuals of the cell's pay."""
    return [*_marks("skill", cell, place, skills, n_postings, floors), _values(cell, place, floors)]


def _marks(
    kind: str,
    cell: Openings,
    place: tuple[str, str],
    named: tuple[Indexes, Indexes, pd.Index[Any]],
    n_postings: int,
    floors: Floors,
) -> list[pa.RecordBatch]:
    """Estimate every mark of the cell's openings, each against the openings without it."""
    attributes, has = _matrix(cell, named, n_postings)
    against_rest = [None] * len(attributes)
    return [_batch(kind, (*place, "all", "all"), attributes, against_rest, estimated(cell, has, floors))]


def _values(cell: Openings, place: tuple[str, str], floors: Floors) -> pa.RecordBatch:
    """Estimate each value of an attribute against its reference value; q-values are among all values.

    All openings help to estimate the controls. Other values, and "not stated", have columns of their own, so that
    their openings are on neither side.
    """
    names, sides = list[str](), list[str]()
    found: dict[str, list[Numbers]] = {name: [] for name in (*COUNTS, *ESTIMATES)}
    for said, (attribute, compared_with) in zip(cell.said.T, COMPARED_WITH.items(), strict=True):
        values = np.array(sorted(set(said) - {compared_with}), dtype=object)
        has, against = said[:, None] == values, said[:, None] == compared_with
        estimates = estimated_values(cell, csc_array(has.astype(float)), csc_array(against.astype(float)), floors)
        is_stated = values != _SAYS_NOTHING
        names += [f"{attribute.removesuffix('_min')}:{value}" for value in values[is_stated]]
        sides += [compared_with] * int(is_stated.sum())
        for name, numbers in estimates.items():
            found[name].append(numbers[is_stated])
    together = {name: np.concatenate(numbers) for name, numbers in found.items()}
    together["q_value"] = q_values(together["p_value"])
    return _batch("value", (*place, "all", "all"), names, sides, together)


def _regions(placed: Openings, place: tuple[str, str], floors: Floors) -> list[pa.RecordBatch]:
    """Estimate each region against places of its country in no region, by band and size; q-values are among all.

    Bands and sizes share openings, so that their effects depend on each other positively, as the correction allows.
    """
    bands, sizes = (["all", *sorted(set(names))] for names in (placed.band, placed.size))
    found: list[tuple[tuple[str, ...], str, dict[str, Numbers]]] = []
    # if all employers are of one size, its openings are those of all sizes: estimate once
    known: dict[bytes, list[tuple[str, dict[str, Numbers]]]] = {}
    for band, size in product(bands, sizes):
        chosen = ((placed.band == band) | (band == "all")) & ((placed.size == size) | (size == "all"))
        if (key := chosen.tobytes()) not in known:
            known[key] = list(_by_region(placed.where(chosen), floors))
        found += [((*place, band, size), region, estimates) for region, estimates in known[key]]
    corrected = q_values(np.array([estimates["p_value"][0] for _, _, estimates in found]))
    return [
        _batch("region", of_grid, [region], [ELSEWHERE], {**estimates, "q_value": np.array([q_value])})
        for (of_grid, region, estimates), q_value in zip(found, corrected, strict=True)
    ]


def _by_region(openings: Openings, floors: Floors) -> Iterator[tuple[str, dict[str, Numbers]]]:
    for region in sorted(set(openings.region) - {ELSEWHERE}):
        compared = openings.where((openings.region == region) | (openings.region == ELSEWHERE))
        has = csc_array((compared.region == region).astype(float)[:, None])
        # comparing one employer's pay between regions is not published
        yield region, estimated(compared, has, floors, is_within=False)


def _numbered(relation: duckdb.DuckDBPyRelation, keys: pd.Index[Any]) -> tuple[Indexes, Indexes, pd.Index[Any]]:
    """Return the marks of postings with pay: numbers of the postings, numbers of the marks, and the marks' names."""
    named = relation.project(f"{_KEY}, mark").df()
    postings = np.asarray(keys.get_indexer(pd.Index(named["posting_key"])))
    marks, names = pd.factorize(named["mark"][postings >= 0], sort=True)
    return postings[postings >= 0], marks, pd.Index(names)


def _matrix(
    cell: Openings, named: tuple[Indexes, Indexes, pd.Index[Any]], n_postings: int
) -> tuple[list[str], csc_array]:
    """Return the attributes in the cell, and (openings, attributes) of 0 and 1."""
    postings, marks, names = named
    row_of = np.full(n_postings, -1)
    row_of[cell.posting] = np.arange(len(cell.posting))
    rows = row_of[postings]
    chosen, columns = np.unique(marks[rows >= 0], return_inverse=True)
    place, shape = (rows[rows >= 0], columns), (len(cell.posting), len(chosen))
    return [str(name) for name in names[chosen]], csc_array((np.ones(len(columns)), place), shape)


def _batch(
    kind: str,
    cell: tuple[Any, ...],
    attributes: list[str],
    compared_with: Sequence[str | None],
    found: dict[str, Numbers],
) -> pa.RecordBatch:
    same = ([value] * len(attributes) for value in (kind, *cell))
    arrays = [*same, attributes, compared_with, *(found[name] for name in (*COUNTS, *ESTIMATES))]
    return pa.RecordBatch.from_arrays(
        [pa.array(array, from_pandas=True).cast(field.type) for array, field in zip(arrays, SCHEMA, strict=True)],
        schema=SCHEMA,
    )
