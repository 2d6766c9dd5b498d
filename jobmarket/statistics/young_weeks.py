"""What was known of earlier weeks when they were as young as a week that is not final.

Some openings are discovered days after the week their board dates them in. Comparing a week whose late openings are
still missing with one that has them would show a fall of that size, whatever the market does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from jobmarket.statistics.cell_reader import CellPostings, CellReader
from jobmarket.statistics.chains import Young
from jobmarket.statistics.panel import LAGS, Booleans, Floors, Indexes, Numbers

# Weeks from which the share known at an age is estimated: as many as the discovery delay is measured over. Neither
# these nor LAGS may reach further back than int_late_openings.
MEASURED = 13
_LATE_OPENINGS = """
select posting, week_start, found_after_days as days
from late_openings
join numbered_postings using (posting_key, version_no)
"""
_LATE_SOURCES = """
select number, week_start, flow_known_after_days as days
from company_weeks
join numbered_sources using (board, company_slug)
where flow_known_after_days > 1
"""


@dataclass(frozen=True)
class YoungWeeks:
    """The weeks of the flow that are over but not final, and late openings of the weeks they are compared with.

    Attributes:
        age: (weeks,): for such a week, whole days known after its end; 0 for all others.
        is_final: (weeks,): whether the week is final.
        late: Openings discovered more than a day after their week, as posting × weeks + week, sorted.
        found_after: Days after the week's end, for each of ``late``.
        known_after: (sources, weeks): days after its end from which the week knows the source's flow; 0 if at once or
            never.
    """

    age: Indexes
    is_final: Booleans
    late: Indexes
    found_after: Indexes
    known_after: NDArray[np.int16]

    def compared(self, of: CellPostings) -> dict[int, Young]:
        """Return what each young week of a cell is compared with."""
        week, employer, found_after = self._late_in(of)
        young, shape = {}, (len(LAGS), of.size.shape[1])
        for now in np.flatnonzero(self.age).tolist():
            size, known = np.zeros(shape), np.zeros(shape, dtype=np.bool_)
            for number, earlier in ((number, now - lag) for number, lag in enumerate(LAGS) if lag <= now):
                is_late = (week == earlier) & (found_after > self.age[now])
                size[number] = of.size[earlier] - np.bincount(employer[is_late], minlength=shape[1])
                known_then = self.known_after[of.sources, earlier] <= self.age[now]
                known[number] = of.panel.comparable(earlier, now, known_then)
            young[now] = Young(size, known)
        return young

    def expected_share(self, of: CellPostings, floors: Floors) -> Numbers:
        """Estimate from final weeks the share of a young week's openings known at its age; (weeks,), NaN elsewhere."""
        week, employer, found_after = self._late_in(of)
        share = np.full(len(self.age), np.nan)
        for now in np.flatnonzero(self.age).tolist():
            before = np.arange(max(0, now - MEASURED), now)
            measured = before[self.is_final[before]]
            is_late = np.isin(week, measured) & (found_after > self.age[now])
            found = of.size[measured].sum(axis=0)
            known = found - np.bincount(employer[is_late], minlength=len(found))
            if floors.are_met(known) and floors.are_met(found):
                share[now] = known.sum() / found.sum()
        return share

    def _late_in(self, of: CellPostings) -> tuple[Indexes, Indexes, Indexes]:
        """Return week, employer and days after the week's end of the cell's late openings."""
        if not len(self.late):
            return self.late, self.late, self.late
        code = of.postings[of.row].astype(np.int64) * len(self.age) + of.week
        place = np.minimum(np.searchsorted(self.late, code), len(self.late) - 1)
        is_late = self.late[place] == code
        return of.week[is_late], of.employer[is_late], self.found_after[place[is_late]]


def young_weeks(
    reader: CellReader,
    weeks: duckdb.DuckDBPyRelation,
    company_weeks: duckdb.DuckDBPyRelation,
    late_openings: duckdb.DuckDBPyRelation,
) -> YoungWeeks:
    """Read the young weeks and late openings.

    Args:
        reader: The last one opened on the warehouse, which still has the numbers of its postings in its tables.
        weeks: week_start, is_over, is_provisional, known_days.
        company_weeks: week_start, board, company_slug, flow_known_after_days.
        late_openings: week_start, posting_key, version_no, found_after_days.
    """
    states = weeks.project("week_start, is_provisional, if(is_over and is_provisional, known_days, 0) as age")
    judged = _columns(states.order("week_start"))
    age, is_final = judged["age"], ~judged["is_provisional"].astype(np.bool_)
    found = _columns(late_openings.query("late_openings", _LATE_OPENINGS))
    code = found["posting"].astype(np.int64) * len(age) + np.searchsorted(reader.weeks, found["week_start"])
    order = np.argsort(code)
    known_after = np.zeros((reader.n_sources, len(age)), dtype=np.int16)
    sources = _columns(company_weeks.query("company_weeks", _LATE_SOURCES))
    known_after[sources["number"], np.searchsorted(reader.weeks, sources["week_start"])] = sources["days"]
    return YoungWeeks(age, is_final, code[order], found["days"][order], known_after)


def _columns(relation: duckdb.DuckDBPyRelation) -> dict[str, NDArray[Any]]:
    """Return a relation's columns as arrays; it must have no nulls."""
    return {name: np.asarray(column) for name, column in relation.fetchnumpy().items()}
