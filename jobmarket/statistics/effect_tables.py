"""Effects of skills, specialisations, regions and attributes of the job on pay, cell by cell of the pay tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from typing import TypeAlias

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.sparse import csc_array

from jobmarket.statistics.batches import batch_of
from jobmarket.statistics.cell_reader import renumbered
from jobmarket.statistics.changes import confidence_of_flagged, q_values, widened
from jobmarket.statistics.effect_samples import COUNTS, ESTIMATES, PaidOpenings, estimated, estimated_values
from jobmarket.statistics.panel import Floors, Indexes, Numbers
from jobmarket.statistics.side_by_side import side_by_side

CELL = ("role_family", "country", "experience_band", "company_size_band")
ELSEWHERE = "elsewhere"
# Numbers of the postings, numbers of the marks, and the marks' names.
_Marked: TypeAlias = tuple[Indexes, Indexes, NDArray[np.object_]]
# About how long it takes to estimate a cell's effects.
_SECONDS, _SECONDS_PER_OPENING = 0.01, {"skill": 1e-5, "specialisation": 5e-6, "region": 1e-5}
# Attributes of which an opening states at most one value: by column, the value that the others are compared with.
COMPARED_WITH = {"workplace": "onsite", "degree_min": "bachelor", "visa_sponsorship": "refused"}
_NOT_STATED = "unspecified"
# The controls. The last one is left out for specialisations, which are partly role families: controlling for the family
# would remove part of their effect.
_FACTORS = (
    "seniority", "experience_band", "first_country", "currency", "period", "amount_basis", "month", "own_role_family",
)  # fmt: skip

_JUDGED = ("q_value", "selected_low", "selected_high")
SCHEMA = pa.schema(
    [pa.field(name, pa.string()) for name in ("kind", *CELL, "attribute", "compared_with")]
    + [pa.field(name, pa.int32()) for name in COUNTS]
    + [pa.field(name, pa.float64()) for name in (*ESTIMATES, *_JUDGED)]
)


@dataclass(frozen=True)
class Marks:
    """The marks of postings, as relations of posting_key and mark."""

    skill: duckdb.DuckDBPyRelation
    specialisation: duckdb.DuckDBPyRelation


def pay_effects(
    paid: duckdb.DuckDBPyRelation, marks: Marks, floors: Floors, max_false: float, processes: int = 1
) -> Iterator[pa.RecordBatch]:
    """Estimate every effect for which the sample is large enough.

    Args:
        paid: Openings with pay: CELL (with the opening's own band and size), posting_key, company_key, pay_region,
            posted_on, usd_annual, has_description, the controls, and the attributes of COMPARED_WITH.
        marks: Skills and specialisations of postings.
        floors: Minimum sample of the openings with an attribute, and of those without.
        max_false: Effects with a q-value below it are flagged, and have bounds of the flagged as well.
        processes: Processes to share the kinds and cells.

    Yields:
        Batches of ``SCHEMA``, one per kind and cell. An attribute below the floors has only its counts.
    """
    own = ("company_key", "pay_region", "usd_annual", "has_description")
    columns = {*CELL, *_FACTORS, *COMPARED_WITH, *own} - {"month"}
    made = "posting, coalesce(strftime(posted_on, '%Y-%m'), 'unknown') as month"
    number = "posting_key, (row_number() over (order by posting_key) - 1)::integer as posting"
    numbers = paid.aggregate("posting_key").project(number).set_alias("numbers")
    # a fixed order, whatever order threads deliver: floating-point sums depend on it
    ordered = paid.set_alias("paid").join(numbers, "posting_key").project(f"{', '.join(sorted(columns))}, {made}")
    table = ordered.order("role_family, country, posting").to_arrow_table()
    posting = table["posting"].to_numpy()
    (family, families), (country, countries) = (_coded(table[name]) for name in ("role_family", "country"))
    openings = PaidOpenings(
        posting=posting,
        employer=_coded(table["company_key"])[0],
        log_pay=np.log(table["usd_annual"].to_numpy()),
        levels=np.stack([_coded(table[name])[0] for name in _FACTORS], axis=1),
        band=_texts(table["experience_band"]),
        size=_texts(table["company_size_band"]),
        region=_texts(table["pay_region"]),
        stated=np.stack([_texts(table[name].fill_null(_NOT_STATED)) for name in COMPARED_WITH], axis=1),
        has_description=table["has_description"].to_numpy(),
    )
    marked = {
        kind: _numbered(relation.set_alias("marked").join(numbers, "posting_key"))
        for kind, relation in (("skill", marks.skill), ("specialisation", marks.specialisation))
    }
    is_next = (family[1:] != family[:-1]) | (country[1:] != country[:-1])
    tasks = []
    for rows in np.split(np.arange(len(posting)), np.flatnonzero(is_next) + 1):
        place = str(families[family[rows[0]]]), str(countries[country[rows[0]]])
        kinds = ("skill", "specialisation") if place[1] == "all" else _SECONDS_PER_OPENING
        for kind in kinds:
            compared = rows if kind == "region" else rows[openings.has_description[rows]]
            if len(compared) >= floors.postings and len(np.unique(openings.employer[compared])) >= floors.companies:
                tasks.append(_Task(kind, place, slice(rows[0], rows[-1] + 1)))
    seconds = np.array([_SECONDS + _SECONDS_PER_OPENING[one.kind] * one.n_openings for one in tasks])
    estimate = partial(_of_task, tasks, openings, marked, int(posting.max(initial=-1)) + 1, floors, max_false)
    for batches in side_by_side(estimate, seconds, processes):
        yield from batches


@dataclass(frozen=True)
class _Task:
    """Effects to estimate at once.

    Attributes:
        kind: A key of ``_SECONDS_PER_OPENING``. Attribute values are estimated with skills: they share the residuals of
            the cell's pay.
        place: Role family and country.
        rows: The openings. Only those with a description are compared, except between regions, which boards state.
    """

    kind: str
    place: tuple[str, str]
    rows: slice

    @property
    def n_openings(self) -> int:
        """The number of openings."""
        return int(self.rows.stop - self.rows.start)


def _of_task(
    tasks: list[_Task],
    openings: PaidOpenings,
    marked: Mapping[str, _Marked],
    n_postings: int,
    floors: Floors,
    max_false: float,
    number: int,
) -> list[pa.RecordBatch]:
    kind, place, cell = tasks[number].kind, tasks[number].place, openings.where(tasks[number].rows)
    if kind == "region":
        return _regions(cell.where(cell.region != ""), place, floors, max_false)
    cell = cell.where(cell.has_description)
    if kind == "specialisation":
        cell = replace(cell, levels=cell.levels[:, :-1])
    found = [_marks(kind, cell, place, marked[kind], n_postings, floors, max_false)]
    return [*found, _values(cell, place, floors, max_false)] if kind == "skill" else found


def _marks(
    kind: str,
    cell: PaidOpenings,
    place: tuple[str, str],
    named: _Marked,
    n_postings: int,
    floors: Floors,
    max_false: float,
) -> pa.RecordBatch:
    """Estimate every mark of the cell's openings, each against the openings without it."""
    attributes, has = _matrix(cell, named, n_postings)
    against_rest = [None] * len(attributes)
    found = _judged(estimated(cell, has, floors), max_false)
    return _batch(kind, (*place, "all", "all"), attributes, against_rest, found)


def _values(cell: PaidOpenings, place: tuple[str, str], floors: Floors, max_false: float) -> pa.RecordBatch:
    """Estimate each value of an attribute against its reference value; q-values are among all values.

    All openings help to estimate the controls. Other values, and "not stated", have columns of their own, so that
    their openings are on neither side.
    """
    names, sides = list[str](), list[str]()
    found = defaultdict[str, list[Numbers]](list)
    for stated, (attribute, compared_with) in zip(cell.stated.T, COMPARED_WITH.items(), strict=True):
        values = np.array(sorted(set(stated) - {compared_with}), dtype=object)
        has, against = stated[:, None] == values, stated[:, None] == compared_with
        estimates = estimated_values(cell, csc_array(has.astype(float)), csc_array(against.astype(float)), floors)
        is_stated = values != _NOT_STATED
        names += [f"{attribute.removesuffix('_min')}:{value}" for value in values[is_stated]]
        sides += [compared_with] * int(is_stated.sum())
        for name, numbers in estimates.items():
            found[name].append(numbers[is_stated])
    together = {name: np.concatenate(numbers) for name, numbers in found.items()}
    return _batch("value", (*place, "all", "all"), names, sides, _judged(together, max_false))


def _regions(placed: PaidOpenings, place: tuple[str, str], floors: Floors, max_false: float) -> list[pa.RecordBatch]:
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
    if not found:
        return []
    cells = [list(values) for values in zip(*(of_grid for of_grid, _, _ in found), strict=True)]
    together = {name: np.concatenate([estimates[name] for _, _, estimates in found]) for name in found[0][2]}
    regions = [region for _, region, _ in found]
    return [_batch("region", cells, regions, [ELSEWHERE] * len(found), _judged(together, max_false))]


def _judged(found: dict[str, Numbers], max_false: float) -> dict[str, Numbers]:
    """Add the _JUDGED of estimates that are compared with each other; those below the floors are no comparisons."""
    q_value = q_values(found["p_value"])
    confidence = confidence_of_flagged(q_value, max_false)
    low, high = widened(found["effect"], found["effect_low"], found["effect_high"], found["freedom"], confidence)
    return found | dict(zip(_JUDGED, (q_value, low, high), strict=True))


def _by_region(openings: PaidOpenings, floors: Floors) -> Iterator[tuple[str, dict[str, Numbers]]]:
    for region in sorted(set(openings.region) - {ELSEWHERE}):
        compared = openings.where((openings.region == region) | (openings.region == ELSEWHERE))
        has = csc_array((compared.region == region).astype(float)[:, None])
        # comparing one employer's pay between regions is not published
        yield region, estimated(compared, has, floors, is_within=False)


def _numbered(marked: duckdb.DuckDBPyRelation) -> _Marked:
    """Return the marks of postings with pay."""
    table = marked.project("posting, mark::varchar as mark").to_arrow_table()
    return table["posting"].to_numpy(), *_coded(table["mark"])


def _coded(texts: pa.ChunkedArray) -> tuple[Indexes, NDArray[np.object_]]:
    """Return each text's place in the alphabet, and the texts in this order; null is an empty text."""
    encoded = texts.fill_null("").combine_chunks().dictionary_encode()
    names = np.array(encoded.dictionary.to_pylist(), dtype=object)
    alphabetical = np.argsort(names)
    place = np.empty(len(names), dtype=np.int64)
    place[alphabetical] = np.arange(len(names))
    return place[encoded.indices.to_numpy()], names[alphabetical]


def _texts(column: pa.ChunkedArray) -> NDArray[np.object_]:
    """Return texts as Python objects, one for all that are equal."""
    codes, names = _coded(column)
    return names[codes]


def _matrix(cell: PaidOpenings, named: _Marked, n_postings: int) -> tuple[list[str], csc_array]:
    """Return the attributes in the cell, and (openings, attributes) of 0 and 1."""
    postings, marks, names = named
    row_of = np.full(n_postings, -1)
    row_of[cell.posting] = np.arange(len(cell.posting))
    rows = row_of[postings]
    columns, chosen = renumbered(marks[rows >= 0], len(names))
    place, shape = (rows[rows >= 0], columns), (len(cell.posting), len(chosen))
    return [str(name) for name in names[chosen]], csc_array((np.ones(len(columns)), place), shape)


def _batch(
    kind: str,
    cell: Sequence[str | list[str]],
    attributes: list[str],
    compared_with: Sequence[str | None],
    found: dict[str, Numbers],
) -> pa.RecordBatch:
    same = ([value] * len(attributes) if isinstance(value, str) else value for value in (kind, *cell))
    arrays = [*same, attributes, compared_with, *(found[name] for name in (*COUNTS, *ESTIMATES, *_JUDGED))]
    return batch_of(arrays, SCHEMA)
