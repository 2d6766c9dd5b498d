"""The postings that a profile is about, and the shares of what they ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import duckdb
import numpy as np
import pandas as pd

from jobmarket.counted import counted
from jobmarket.stages import StageError
from jobmarket.statistics.proportions import clustered_shares

# Below these nothing is shown: those that the marts are suppressed by.
FLOORS = {"min_postings": 30, "min_companies": 5, "max_company_share": 0.5}

_WEEK = "select week_start, is_over, is_provisional from current_week"
_POSTINGS = """
select postings.*, weeks.company_key
from fct_posting_weeks as weeks
join posting_versions as postings using (posting_key, version_no)
where weeks.week_start = $week and weeks.measure = 'stock' and weeks.is_canonical and postings.has_description
    and ($role = 'all' or postings.role_family = $role)
    and ($seniority = 'all' or postings.seniority = $seniority)
    and ($country = 'all' or list_contains([stated.country for stated in postings.locations], $country))
"""


@dataclass(frozen=True)
class Cell:
    """Dimensions of the weekly tables; ``all`` leaves one open."""

    role_family: str = "all"
    seniority: str = "all"
    country: str = "all"

    @property
    def words(self) -> str:
        """The cell as it is headed: ml engineer, senior, FR."""
        role = "all roles" if self.role_family == "all" else self.role_family.replace("_", " ")
        return ", ".join([role, *(value for value in (self.seniority, self.country) if value != "all")])


@dataclass(frozen=True)
class Share:
    """Part of a cell's postings that has an attribute, with its 95 % interval."""

    name: str
    value: float
    low: float
    high: float
    n_with: int

    @property
    def text(self) -> str:
        """As it is printed: 88 % (84–91 %)."""
        return f"{self.value:.0%} ({self.low:.0%}–{self.high:.0%})"


@dataclass(frozen=True)
class Week:
    """The week that a profile is of, and how it is named with what is to be known of it."""

    week_start: date
    words: str


def current_week(published: duckdb.DuckDBPyConnection) -> Week:
    """The week that ``now`` means.

    Raises:
        StageError: if there is none yet.
    """
    found = published.execute(_WEEK).fetchone()
    if found is None:
        raise StageError("The published database has no week yet.")
    monday, is_over, is_provisional = found
    reservation = " (provisional: late postings may still come)" if is_provisional else ""
    return Week(monday, f"week of {monday}{reservation if is_over else ', which is not over'}")


class Postings:
    """The openings of a cell in the current week, in one table ``cell_postings`` of the connection."""

    def __init__(self, published: duckdb.DuckDBPyConnection, cell: Cell) -> None:
        now = current_week(published)
        self.week, self.week_words = now.week_start, now.words
        self._published = published
        named = {"week": self.week, "role": cell.role_family, "seniority": cell.seniority, "country": cell.country}
        published.execute(f"create or replace temp table cell_postings as {_POSTINGS}", named)
        sizes = published.execute("select company_key, count(*) as n from cell_postings group by all order by all").df()
        self._companies, self._size = pd.Index(sizes["company_key"]), sizes["n"].to_numpy(dtype=float)
        self.n_postings, self.n_companies = int(self._size.sum()), len(self._size)
        self._refuse_few(cell)

    def _refuse_few(self, cell: Cell) -> None:
        largest = self._size.max(initial=0.0)
        if (
            self.n_postings < FLOORS["min_postings"]
            or self.n_companies < FLOORS["min_companies"]
            or largest > FLOORS["max_company_share"] * self.n_postings
        ):
            raise StageError(
                f"Too few postings for a profile ({cell.words}): "
                f"{counted(self.n_postings, 'posting')} of {counted(self.n_companies, 'employer')}, "
                f"{largest:.0f} of one of them, in the week of {self.week}. It takes {FLOORS['min_postings']} of "
                f"{FLOORS['min_companies']}, half of them of one at most. Leave out --seniority, --country or --role."
            )

    def shares(self, query: str) -> list[Share]:
        """Shares of the values of an attribute, the largest first.

        Args:
            query: SQL of rows (posting_key, version_no, value) of ``cell_postings``, one a posting and value.
        """
        rows = self._published.execute(
            f"select company_key, value, count(*) as n from cell_postings join ({query}) "  # noqa: S608 - queries of ours
            "using (posting_key, version_no) where value is not null group by all order by all"
        ).df()
        values = pd.Index(sorted(rows["value"].unique()))
        having = np.zeros((self.n_companies, len(values)))
        place = (
            self._companies.get_indexer(pd.Index(rows["company_key"])),
            values.get_indexer(pd.Index(rows["value"])),
        )
        having[place] = rows["n"]
        found = clustered_shares(having, self._size)
        counts = having.sum(axis=0)
        shares = [
            Share(str(name), float(value), float(low), float(high), int(count))
            for name, value, low, high, count in zip(values, found.value, found.low, found.high, counts, strict=True)
        ]
        return sorted(shares, key=lambda share: (-share.value, share.name))

    @cached_property
    def years(self) -> tuple[float, float, float] | None:
        """Quartiles of the years asked, of the postings that ask; null if hardly any does."""
        row = self._published.execute(
            "select count(years_min), quantile_cont(years_min, [0.25, 0.5, 0.75]) from cell_postings"
        ).fetchone()
        return tuple(row[1]) if row and row[0] >= FLOORS["min_postings"] else None
