"""The postings of a profile, and the shares of what they ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import duckdb
import numpy as np
import pandas as pd

from jobmarket.counted import counted
from jobmarket.stages import StageError
from jobmarket.statistics.panel import Floors
from jobmarket.statistics.proportions import clustered_shares

_WEEK = "select week_start, is_over, is_provisional from current_week"
_POSTINGS = """
select postings.*, weeks.company_key
from fct_posting_weeks as weeks
join posting_versions as postings using (posting_key, version_no)
where weeks.week_start = $week and weeks.measure = 'stock' and weeks.is_canonical and postings.has_description
    and ($role = 'all' or postings.role_family = $role)
    and ($seniority = 'all' or postings.seniority = $seniority)
    and ($country = 'all' or list_contains(postings.countries, $country))
"""


@dataclass(frozen=True)
class ProfileCell:
    """Dimensions of the weekly tables; ``all`` does not restrict one."""

    role_family: str = "all"
    seniority: str = "all"
    country: str = "all"

    @property
    def words(self) -> str:
        """The cell in a heading: ml engineer, senior, FR."""
        role = "all roles" if self.role_family == "all" else self.role_family.replace("_", " ")
        return ", ".join([role, *(value for value in (self.seniority, self.country) if value != "all")])


@dataclass(frozen=True)
class Share:
    """The share of a cell's postings that have an attribute, with its 95 % interval."""

    name: str
    value: float
    low: float
    high: float
    n_with: int

    @property
    def text(self) -> str:
        """The share as printed: 88% (84%–91%)."""
        return f"{self.value:.0%} ({self.low:.0%}–{self.high:.0%})"


@dataclass(frozen=True)
class ProfileWeek:
    """The week of a profile, and its description with any reservation."""

    week_start: date
    words: str


def current_week(published: duckdb.DuckDBPyConnection) -> ProfileWeek:
    """Return the current week: the last finished one, or the first while none is finished.

    Raises:
        StageError: If there is none yet.
    """
    row = published.execute(_WEEK).fetchone()
    if row is None:
        raise StageError("The published database has no week yet.")
    monday, is_over, is_provisional = row
    reservation = " (provisional: late postings may still come)" if is_provisional else ""
    return ProfileWeek(monday, f"week of {monday}{reservation if is_over else ', which is not over'}")


def _floors(published: duckdb.DuckDBPyConnection) -> Floors:
    """Return the floors of an opened vintage."""
    about = dict(published.execute("select key, value from about").fetchall())
    return Floors(int(about["min_postings"]), int(about["min_companies"]), float(about["max_company_share"]))


class Postings:
    """The openings of a cell in the current week, in the temporary table ``cell_postings`` of the connection."""

    def __init__(self, published: duckdb.DuckDBPyConnection, cell: ProfileCell) -> None:
        now = current_week(published)
        self.week, self.week_words = now.week_start, now.words
        self._published, self._floors = published, _floors(published)
        named = {"week": self.week, "role": cell.role_family, "seniority": cell.seniority, "country": cell.country}
        published.execute(f"create or replace temp table cell_postings as {_POSTINGS}", named)
        sizes = published.execute("select company_key, count(*) as n from cell_postings group by all order by all").df()
        self._companies, self._size = pd.Index(sizes["company_key"]), sizes["n"].to_numpy(dtype=float)
        self.n_postings, self.n_companies = int(self._size.sum()), len(self._size)
        self._refuse_few(cell)

    def _refuse_few(self, cell: ProfileCell) -> None:
        floors = self._floors
        if not floors.are_met(self._size):
            raise StageError(
                f"Too few postings for a profile ({cell.words}): "
                f"{counted(self.n_postings, 'posting')} from {counted(self.n_companies, 'employer')} in the week of "
                f"{self.week}, {self._size.max(initial=0.0):.0f} of them from the largest. A profile needs "
                f"{floors.postings} from {floors.companies}, at most {floors.company_share:.0%} of them from one. "
                "Leave out --seniority, --country or --role."
            )

    def shares(self, query: str) -> list[Share]:
        """Return the shares of an attribute's values, the largest first.

        Args:
            query: SQL that gives one row (posting_key, version_no, value) per posting and value.
        """
        rows = self._published.execute(
            f"select company_key, value, count(*) as n from cell_postings join ({query}) "  # noqa: S608  # only constants
            "using (posting_key, version_no) where value is not null group by all order by all"
        ).df()
        values = pd.Index(sorted(rows["value"].unique()))
        having = np.zeros((self.n_companies, len(values)))
        place = (
            self._companies.get_indexer(pd.Index(rows["company_key"])),
            values.get_indexer(pd.Index(rows["value"])),
        )
        having[place] = rows["n"]
        estimates = clustered_shares(having, self._size)
        counts = having.sum(axis=0)
        columns = zip(values, estimates.value, estimates.low, estimates.high, counts, strict=True)
        shares = [
            Share(str(name), float(value), float(low), float(high), int(count))
            for name, value, low, high, count in columns
        ]
        return sorted(shares, key=lambda share: (-share.value, share.name))

    @cached_property
    def years(self) -> tuple[float, float, float] | None:
        """Quartiles of the years of experience asked for; None if the postings that ask for any are below a floor."""
        asking = self._published.execute(
            "select count(*) as n from cell_postings where years_min is not null group by company_key"
        ).df()
        row = self._published.execute(
            "select quantile_cont(years_min, [0.25, 0.5, 0.75]) from cell_postings"
        ).fetchone()
        return tuple(row[0]) if row and self._floors.are_met(asking["n"].to_numpy(dtype=float)) else None
