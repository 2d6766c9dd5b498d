"""Extract facts from Arrow tables of postings; called by the dbt Python model."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import TypeAlias

import numpy as np
import pyarrow as pa

from jobmarket.extract import contact
from jobmarket.extract.division import Division, Rows
from jobmarket.extract.facts_table import FACTS_SCHEMA, facts_table
from jobmarket.extract.posting_facts import PlaceField, PostingText, extract_many
from jobmarket.extract.skills import SkillMatcher
from jobmarket.extract.taxonomy import Taxonomy
from jobmarket.workers import workers

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
    "is_for_client",
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
        """Extract the facts of every row of a table, in order.

        Args:
            table: One row per content, with the columns ``content_hash``, ``title`` and any of ``location_text``,
                ``job_locations``, ``description_html``, ``description_text``, ``company_name``, ``board``,
                ``workplace_text``, ``is_remote``, ``employment_type_text``, ``is_for_client``, ``base_salary``,
                ``pay_text``; other columns are ignored.

        Returns:
            A table of :data:`FACTS_SCHEMA` with as many rows.

        Raises:
            ValueError: A required column is missing.
        """
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
    return facts_table(hashes, [contact.redact(posting.title) for posting in postings], found)
