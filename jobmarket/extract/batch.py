"""Extract facts from Arrow tables of postings; called by the dbt Python model."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import accumulate, chain
from operator import attrgetter
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa

from jobmarket.extract import contact
from jobmarket.extract.division import Division, Rows
from jobmarket.extract.facts import Facts
from jobmarket.extract.posting_facts import PlaceField, PostingText, extract_many
from jobmarket.extract.skills import SkillMatcher
from jobmarket.extract.taxonomy import Taxonomy
from jobmarket.workers import workers

_LOCATION = pa.struct([("city", pa.string()), ("region", pa.string()), ("country", pa.string())])
_SALARY = pa.struct(
    [
        ("min", pa.float64()),
        ("max", pa.float64()),
        ("currency", pa.string()),
        ("period", pa.string()),
        ("kind", pa.string()),
        ("amount_basis", pa.string()),
        ("currency_basis", pa.string()),
        ("span_start", pa.int32()),
        ("span_end", pa.int32()),
    ]
)
_SKILL = pa.struct(
    [
        ("name", pa.string()),
        ("surface", pa.string()),
        ("category", pa.string()),
        ("level", pa.string()),
        ("span_start", pa.int32()),
        ("span_end", pa.int32()),
    ]
)

FACTS_SCHEMA = pa.schema(
    [
        ("content_hash", pa.string()),
        ("public_title", pa.string()),
        ("role_family", pa.string()),
        ("seniority", pa.string()),
        ("experience_band", pa.string()),
        ("workplace", pa.string()),
        ("employment_type", pa.string()),
        ("degree_min", pa.string()),
        ("years_min", pa.int32()),
        ("years_max", pa.int32()),
        ("language", pa.string()),
        ("locations", pa.list_(_LOCATION)),
        ("remote_scope", pa.list_(pa.string())),
        ("salaries", pa.list_(_SALARY)),
        ("skills", pa.list_(_SKILL)),
        ("candidate_terms", pa.list_(pa.string())),
        ("certifications", pa.list_(pa.string())),
        ("specialisations", pa.list_(pa.string())),
        ("languages_asked", pa.list_(pa.string())),
        ("visa_sponsorship", pa.string()),
        ("sector", pa.string()),
        ("company_size", pa.string()),
        ("company_employees", pa.int32()),
        ("has_description", pa.bool_()),
        ("sentence_hashes", pa.list_(pa.uint64())),
    ]
)

_REQUIRED_COLUMNS = ("content_hash", "title")
_TEXT_COLUMNS = (
    "title",
    "location_text",
    "description_html",
    "description_text",
    "company_name",
    "job_locations",
)
_FIELD_COLUMNS = (
    "board",
    "workplace_text",
    "is_remote",
    "employment_type_text",
    "base_salary",
    "pay_text",
)
# All columns that are read.
COLUMNS = (*_REQUIRED_COLUMNS, *_TEXT_COLUMNS[1:], *_FIELD_COLUMNS)

# Rows. For a smaller table a second process costs more than it saves: starting one (gazetteer, automata) takes about
# 2.5 CPU seconds, as long as reading 2,500 postings (2026-11-26).
_WORTH_A_PROCESS = 2_500
_ROWS_A_CHUNK = 200
# How many tables the processes receive before the first result is awaited.
_TABLES_AHEAD = 2

# Rows of a table and their pending facts.
_Part: TypeAlias = tuple[Rows, Future[pa.Table]]

_matcher: SkillMatcher | None = None


def extract_table(table: pa.Table, taxonomy: Taxonomy, processes: int = 1) -> pa.Table:
    """Extract the facts of every row of ``table``, in order.

    Args:
        table: One row per content, with the columns ``content_hash``, ``title`` and any of ``location_text``,
            ``job_locations``, ``description_html``, ``description_text``, ``company_name``, ``board``,
            ``workplace_text``, ``is_remote``, ``employment_type_text``, ``base_salary``, ``pay_text``; other columns
            are ignored.
        taxonomy: The skills to look for.
        processes: How many processes share the work; small tables are read in the calling process.

    Returns:
        A table of :data:`FACTS_SCHEMA` with as many rows as ``table``.

    Raises:
        ValueError: A required column is missing.
    """
    with Extraction(taxonomy, processes) as extraction:
        return extraction.table(table)


class Extraction:
    """Extract facts from many tables with one taxonomy. Processes start once, and only when the tables are worth it."""

    def __init__(self, taxonomy: Taxonomy, processes: int = 1) -> None:
        self._taxonomy = taxonomy
        self._processes = processes
        self._matcher: SkillMatcher | None = None
        # One pool per process, so that an employer's postings go to the process that remembers its lines.
        self._pools: list[ProcessPoolExecutor] = []
        self._division = Division(processes)

    def __enter__(self) -> Extraction:
        return self

    def __exit__(self, *_: object) -> None:
        for pool in self._pools:
            pool.shutdown(cancel_futures=True)

    def table(self, table: pa.Table) -> pa.Table:
        """Extract one table; see :func:`extract_table`."""
        return next(self.tables([table]))

    def tables(self, tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
        """Yield the facts of each table, in order, while the processes work on the next ones.

        Raises:
            ValueError: A required column is missing.
        """
        started: deque[list[_Part]] = deque()
        for table in tables:
            wanted = _wanted(table)
            if self._processes <= 1 or (table.num_rows < _WORTH_A_PROCESS and not self._pools):
                self._matcher = self._matcher or SkillMatcher(self._taxonomy)
                yield _extract(wanted, self._matcher)
                continue
            started.append(self._start(wanted))
            if len(started) > _TABLES_AHEAD:
                yield _finished(started.popleft())
        while started:
            yield _finished(started.popleft())

    def _start(self, table: pa.Table) -> list[_Part]:
        """Submit a table to the processes, in parts."""
        self._pools = self._pools or [workers(1, _start_process, self._taxonomy) for _ in range(self._processes)]
        return [
            (rows, pool.submit(_extract_part, table.take(rows).combine_chunks()))
            for pool, rows in zip(self._pools, self._division.rows(table), strict=True)
            if rows.size
        ]


def _wanted(table: pa.Table) -> pa.Table:
    """Return the table with only the columns that are read."""
    missing = [name for name in _REQUIRED_COLUMNS if name not in table.column_names]
    if missing:
        raise ValueError(f"the table lacks the columns {', '.join(missing)}; it has {', '.join(table.column_names)}")
    return table.select([name for name in COLUMNS if name in table.column_names])


def _finished(parts: list[_Part]) -> pa.Table:
    """Return the facts of a table in its original row order."""
    facts = pa.concat_tables([FACTS_SCHEMA.empty_table(), *(part.result() for _, part in parts)])
    rows = np.concatenate([np.empty(0, np.int64), *(rows for rows, _ in parts)])
    return facts.take(np.argsort(rows))


def _start_process(taxonomy: Taxonomy) -> None:
    global _matcher
    _matcher = SkillMatcher(taxonomy)
    # Extraction creates no reference cycles, and each collection would traverse all remembered lines.
    gc.disable()


def _extract_part(part: pa.Table) -> pa.Table:
    if _matcher is None:
        raise RuntimeError("the extraction process was started without its taxonomy")
    return _extract(part, _matcher)


def _extract(table: pa.Table, matcher: SkillMatcher) -> pa.Table:
    columns = {name: table.column(name).to_pylist() for name in table.column_names}
    nothing = [None] * table.num_rows
    hashes: list[str] = columns["content_hash"]
    texts = zip(*(columns.get(name, nothing) for name in _TEXT_COLUMNS), strict=True)
    present = [name for name in _FIELD_COLUMNS if name in columns]
    fields = zip(*(columns[name] for name in present), strict=True) if present else ((),) * table.num_rows
    postings: list[PostingText] = []
    for (title, location, html, text, company, stated_places), values in zip(texts, fields, strict=True):
        stated = {name: value for name, value in zip(present, values, strict=True) if value is not None and value != []}
        job_locations = tuple(PlaceField(**place) for place in stated_places or ())
        postings.append(PostingText(title or "", location, html, text, company, job_locations, stated))
    found = [
        facts
        for start in range(0, len(postings), _ROWS_A_CHUNK)
        for facts in extract_many(postings[start : start + _ROWS_A_CHUNK], matcher, hash_sentences=True)
    ]
    return pa.table(
        [
            pa.array(hashes, pa.string()),
            pa.array([contact.redact(posting.title) for posting in postings], pa.string()),
            *(_column(found, field) for field in list(FACTS_SCHEMA)[2:]),
        ],
        schema=FACTS_SCHEMA,
    )


def _column(found: list[Facts], field: pa.Field) -> pa.Array:
    """Build one column of the facts; a list of records becomes one array per field of the record."""
    values: list[Any] = list(map(attrgetter(field.name), found))
    if not (pa.types.is_list(field.type) and pa.types.is_struct(field.type.value_type)):
        return pa.array(values, field.type)
    records = list(chain.from_iterable(values))
    parts = list(field.type.value_type)
    arrays = [pa.array(map(attrgetter(part.name), records), part.type, size=len(records)) for part in parts]
    offsets = pa.array(accumulate(map(len, values), initial=0), pa.int32(), size=len(values) + 1)
    return pa.ListArray.from_arrays(offsets, pa.StructArray.from_arrays(arrays, fields=parts), type=field.type)
