"""Postings by week and the attributes that each names, as arrays that are counted cell by cell.

A row per employer and attribute would be a hundred million rows at a million postings. Instead, a posting's names are
one row of a sparse matrix, and the counts of an employer in a week are a product of two such matrices.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import duckdb
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from jobmarket.statistics.cell_reader import CellPostings, CellReader, columns_of
from jobmarket.statistics.panel import Booleans, Indexes, Numbers, Panel
from jobmarket.statistics.sources import Tables
from jobmarket.warehouse.naming import name_relation

_NAMES = """
create or replace temp table numbered_names as
    select *, (row_number() over (order by name) - 1)::integer as number
    from (select distinct {columns} from mentions);
"""
_MENTIONS = """
select numbered_postings.posting, numbered_names.number as name,
    coalesce(list_position(?::varchar[], level), 0)::tinyint as level
from mentions
join numbered_postings using (posting_key, version_no)
join numbered_names using (name)
"""


@dataclass(frozen=True)
class Questions:
    """Questions to which names are alternative answers; a posting names at most one answer per question.

    Attributes:
        labels: The questions' names.
        of_name: (names,): index of the question; -1 for a name that answers none.
        is_answer: (names,): whether it is an answer; "not stated" is not.
    """

    labels: tuple[str, ...]
    of_name: Indexes
    is_answer: Booleans


@dataclass(frozen=True)
class CellMentions:
    """The postings of one cell.

    Attributes:
        values: Values of the columns that define the cell.
        names: All names in its postings, in order.
        size: (weeks, employers): postings.
        panel: Which employers can be compared.
        having: (weeks × employers, names): postings that have the name; a row is week × employers + employer.
        levels: (weeks, names) by level: postings that have the name at this level.
        questions: The questions that names answer, if these are counted.
    """

    values: tuple[str, ...]
    names: NDArray[np.object_]
    size: Numbers
    panel: Panel
    having: csr_array
    levels: dict[str, Numbers]
    questions: Questions | None = None

    def counts(self) -> dict[str, Indexes]:
        """Return the columns ``Mentions.counts`` as arrays (weeks, names)."""
        weeks, employers = self.size.shape
        n_names, in_row = len(self.names), np.diff(self.having.indptr)
        in_week = np.diff(self.having.indptr[::employers])
        place = np.repeat(np.arange(weeks) * n_names, in_week) + self.having.indices

        def sums(values: Numbers | None) -> Indexes:
            found: Indexes = np.bincount(place, values, weeks * n_names).astype(np.int64)
            return found.reshape(weeks, n_names)

        with_it = self.having.data
        return {
            "n_with": sums(with_it),
            **{f"n_{level}": count.astype(np.int64) for level, count in self.levels.items()},
            "n_companies_with": sums(None),
            "sum_yy": sums(with_it * with_it),
            "sum_yn": sums(with_it * np.repeat(self.size.ravel(), in_row)),
            **({} if self.questions is None else self._of_known(self.questions, sums)),
        }

    def _of_known(self, questions: Questions, sums: Callable[[Numbers], Indexes]) -> dict[str, Indexes]:
        """Count the postings that answer each name's question; 0 for a name that answers none."""
        answers = np.flatnonzero(questions.is_answer)
        # the extra question has no answers
        shape = len(self.names), len(questions.labels) + 1
        answering = csr_array((np.ones(len(answers)), (answers, questions.of_name[answers])), shape)
        known = (self.having @ answering).toarray()
        by_employer = known.reshape(*self.size.shape, -1)
        row = np.repeat(np.arange(len(known)), np.diff(self.having.indptr))
        beside = known[row, questions.of_name[self.having.indices]]
        answered = {
            "n_known": by_employer.sum(axis=1),
            "n_companies_known": np.count_nonzero(by_employer, axis=1),
            "n_known_of_largest": by_employer.max(axis=1, initial=0),
            "sum_kk": np.square(by_employer).sum(axis=1),
            "sum_kkk": (by_employer**3).sum(axis=1),
        }
        of_each = {name: count[:, questions.of_name].astype(np.int64) for name, count in answered.items()}
        return {**of_each, "sum_yk": sums(self.having.data * beside)}


class Mentions:
    """Reads the warehouse once and yields the cells one by one.

    Args:
        session: The warehouse's connection.
        tables: ``samples`` has week_start, measure, posting_key, version_no, company_key, board, company_slug,
            is_canonical. ``having`` has posting_key, version_no, name and level, each name once per content; with
            ``answers`` also question and is_answer, which are constant per name.
        segments: posting_key, version_no and ``cell``: the cells that each content counts in.
        cell: Columns of ``segments`` that, with the measure, define a cell.
        levels: Levels to count separately.
        answers: Whether to report each name's question and count the postings that answer it.

    Attributes:
        names: All names in order.
    """

    def __init__(
        self,
        session: duckdb.DuckDBPyConnection,
        tables: Tables,
        segments: duckdb.DuckDBPyRelation,
        cell: tuple[str, ...],
        levels: tuple[str, ...] = (),
        answers: bool = False,
    ) -> None:
        name_relation(session, tables.having, "mentions")
        self.cell = ("measure", *cell)
        self.has_questions = answers
        # Sums over employers of y, the postings with the name, and n, all postings.
        self.counts = ("n_with", *(f"n_{level}" for level in levels), "n_companies_with", "sum_yy", "sum_yn")
        if answers:
            # Likewise of k, the postings that answer its question.
            self.counts += ("n_known", "n_companies_known", "n_known_of_largest", "sum_kk", "sum_kkk", "sum_yk")
        self._reader = CellReader(session, tables, segments, cell)
        self.weeks = self._reader.weeks
        session.execute(_NAMES.format(columns="name, question, is_answer" if answers else "name"))
        self.names = columns_of(session, "select name from numbered_names order by number")["name"]
        self._questions = _questions(session) if answers else None
        stated = columns_of(session, _MENTIONS, [list(levels)])
        # (postings, names): the number of the level plus one
        self._mentions = csr_array(
            (stated["level"] + 1, (stated["posting"], stated["name"])), (self._reader.n_postings, len(self.names))
        )
        self._levels = levels

    def n_entries(self) -> Indexes:
        """Return (cells,): the number of postings in all weeks of each cell."""
        return self._reader.n_entries()

    def of_cell(self, number: int) -> CellMentions | None:
        """Return one cell; None if it has no posting in any week."""
        found = self._reader.of_cell(number)
        return None if found is None else self._cell(found)

    def _cell(self, found: CellPostings) -> CellMentions:
        weeks, employers = found.size.shape
        stated, n_postings = self._mentions[found.postings], len(found.postings)
        is_named = np.bincount(stated.indices, minlength=len(self.names)) > 0
        names, shape = (np.cumsum(is_named) - 1)[stated.indices], (n_postings, np.count_nonzero(is_named))

        def those(chosen: Booleans) -> csr_array:
            return csr_array((chosen.astype(float), names, stated.indptr), shape)

        place = found.week * employers + found.employer
        of_place = csr_array((np.ones(len(place)), (place, found.row)), (found.size.size, n_postings))
        having = of_place @ those(stated.data > 0)
        # few weeks: a dense matrix of postings by week is faster than a sparse one
        open_in = np.bincount(found.row * weeks + found.week, minlength=n_postings * weeks).astype(float)
        open_in = open_in.reshape(n_postings, weeks)
        levels = {
            level: (those(stated.data == number).T @ open_in).T for number, level in enumerate(self._levels, start=2)
        }
        questions = self._questions
        if questions is not None:
            questions = Questions(questions.labels, questions.of_name[is_named], questions.is_answer[is_named])
        return CellMentions(found.values, self.names[is_named], found.size, found.panel, having, levels, questions)


def _questions(session: duckdb.DuckDBPyConnection) -> Questions:
    query = "select coalesce(question, '') as question, is_answer from numbered_names order by number"
    found = columns_of(session, query)
    labels = tuple(sorted(set(found["question"]) - {""}))
    of_name = np.array([labels.index(question) if question else -1 for question in found["question"]], dtype=np.int64)
    return Questions(labels, of_name, found["is_answer"].astype(np.bool_))
