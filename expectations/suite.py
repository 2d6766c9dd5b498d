"""Suites, batches and checks. Each check has a severity and a dated reason.

A suite file states bounds and SQL expressions only. The columns read from the warehouse follow from the checks, so that
a batch has only the columns that are checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from great_expectations.expectations.expectation import Expectation

Gate = Literal["raw", "marts"]
Severity = Literal["critical", "warning"]

_DATED = re.compile(r"20\d\d-(0[1-9]|1[0-2]): \S")
_COLUMN_ARGUMENTS = ("column", "column_A", "column_B", "column_list")
_RANGE_ARGUMENTS = ("min_value", "max_value")
_STRICT_ARGUMENTS = {"strict_min", "strict_max"}
# Columns of a batch besides those that are checked: how many rows are equal to this one, and where they are from.
N_ALIKE = "n_alike"
PLACES = "places"
_PLACES_READ = 4


@dataclass(frozen=True)
class Check:
    """One expectation, with what a person needs if it fails.

    Attributes:
        expectation: Class of ``great_expectations.expectations``.
        key: Its name within the table's suite; part of its link in ``docs/gates.md``.
        finding: Describes a failing row, so that "3 of 120 versions <finding>" reads as a sentence.
        severity: ``critical`` closes the gate, ``warning`` goes into the report.
        reason: Why the bound was chosen, starting with the month: ``2026-11: …``.
        remedy: What to do when it fails.
        arguments: Columns and bounds, by the expectation's argument names.
    """

    expectation: type[Expectation]
    key: str
    finding: str
    severity: Severity
    reason: str
    remedy: str
    arguments: Mapping[str, Any]

    def __post_init__(self) -> None:
        def refuse(what: str) -> None:
            raise ValueError(f"check '{self.key}' ({self.expectation.__name__}) {what}")

        if not re.fullmatch(r"[a-z][a-z0-9_]*", self.key):
            refuse("needs a key in snake case")
        if self.severity not in ("critical", "warning"):
            refuse(f"has severity {self.severity!r}; it is 'critical' or 'warning'")
        if not _DATED.match(self.reason):
            refuse(f"has the reason {self.reason!r} without a month ('2026-11: …')")
        if not self.finding.strip() or not self.remedy.strip():
            refuse("needs a finding and a remedy")
        if unset := [name for name, value in self.arguments.items() if value is None or value == ()]:
            refuse(f"leaves {', '.join(unset)} unset")
        if "Between" in self.expectation.__name__ and not set(_RANGE_ARGUMENTS) & self.arguments.keys():
            refuse("has no bound: give min_value, max_value or both")

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns that the expectation checks."""
        named = [self.arguments[name] for name in _COLUMN_ARGUMENTS if name in self.arguments]
        return tuple(column for names in named for column in ([names] if isinstance(names, str) else names))

    @property
    def bound(self) -> str:
        """The bound in words, for Data Docs and ``docs/gates.md``."""
        given = self.arguments
        parts = []
        if set(_RANGE_ARGUMENTS) <= given.keys() and not (given.get("strict_min") or given.get("strict_max")):
            parts.append(f"{given['min_value']:,} to {given['max_value']:,}")
        else:
            ends = []
            if "min_value" in given:
                ends.append(f"{'more than' if given.get('strict_min') else 'at least'} {given['min_value']:,}")
            if "max_value" in given:
                ends.append(f"{'less than' if given.get('strict_max') else 'at most'} {given['max_value']:,}")
            parts += [" and ".join(ends)] if ends else []
        if "value_set" in given:
            wanted = "none of" if "NotBeInSet" in self.expectation.__name__ else "one of"
            parts.append(f"{wanted} {', '.join(str(value).lower() for value in given['value_set'])}")
        if "regex" in given:
            wanted = "not matching" if "NotMatch" in self.expectation.__name__ else "matching"
            parts.append(f"{wanted} {given['regex']}")
        if "mostly" in given:
            parts.append(f"in at least {given['mostly']:.1%} of the rows")
        return "; ".join(parts) or ("null" if "ToBeNull" in self.expectation.__name__ else "not null")

    def sentence(self, unit: str) -> str:
        """What must be true, as a sentence about the batch's unit."""
        if not self.columns:
            return f"There are {unit}."
        if "mostly" in self.arguments:
            return f"{unit.capitalize()} {self.finding}: at most {1 - self.arguments['mostly']:.1%}."
        return f"No {unit} {self.finding}."

    def explained(self, unit: str) -> str:
        """What must be true, why its bound was chosen and when, for a reader who sees nothing else of the check."""
        month, _, reason = self.reason.partition(": ")
        return f"{self.sentence(unit)} Why: {reason} (Bound set in {date.fromisoformat(f'{month}-01'):%B %Y}.)"

    def reduced(self, value: str) -> str:
        """SQL: the value, replaced by the bound if it lies within the bounds, so that fewer rows differ.

        Unexpected values are not replaced. A condition of all rows that is null becomes false: Great Expectations would
        pass it.
        """
        given = self.arguments
        if given.get("value_set") == (True,) and "mostly" not in given:
            return f"coalesce(({value}), false)"
        if self.expectation.__name__ == "ExpectColumnValuesToNotBeNull":
            return f"case when ({value}) is not null then true end"
        if self.expectation.__name__ != "ExpectColumnValuesToBeBetween" or given.keys() & _STRICT_ARGUMENTS:
            return value
        bounds = {name: given[name] for name in _RANGE_ARGUMENTS if name in given}
        signs = {"min_value": ">=", "max_value": "<="}
        within = " and ".join(f"({value}) {signs[name]} {bound}" for name, bound in bounds.items())
        return f"case when {within} then {next(iter(bounds.values()))} else ({value}) end"

    def build(self, unit: str, *, n_rows: int = 0, strict: bool = False) -> Expectation:
        """Make a new expectation; Great Expectations writes ids into the objects of a suite.

        Args:
            unit: What a row of its batch is, in the plural.
            n_rows: How many rows it checks, for the pages.
            strict: Whether every row must meet it, even if the check only requires most rows to.
        """
        from great_expectations.expectations.metadata_types import FailureSeverity

        arguments = {name: value for name, value in self.arguments.items() if not (strict and name == "mostly")}
        return self.expectation(
            **arguments,
            severity=FailureSeverity(self.severity),
            description=self.sentence(unit),
            notes=self.reason,
            meta={"key": self.key, "remedy": self.remedy, "bound": self.bound, "n_rows": n_rows},
        )


def check(
    expectation: type[Expectation],
    key: str,
    finding: str,
    *,
    severity: Severity,
    reason: str,
    remedy: str,
    **arguments: Any,  # each expectation has its own arguments
) -> Check:
    """State one expectation of a suite.

    Raises:
        ValueError: if the severity, the dated reason, the remedy or a bound is missing.
    """
    return Check(expectation, key, finding, severity, reason, remedy, arguments)


@dataclass(frozen=True)
class Batch:
    """Rows of a table, or figures computed from them, in one DataFrame.

    Attributes:
        name: Suffix of the suite's name in Data Docs; empty for the rows of the table.
        unit: What a row is, in the plural: versions, runs, boards.
        relation: SQL after ``from``: the rows to check; ``$as_of`` is the gate's as_of.
        checks: The expectations.
        columns: Column → SQL expression, unless the relation has a column of that name.
        where: Column that locates a failing row; None for none. Rows that differ only in this column are read once,
            with the first few places.
        where_unit: What ``where`` names, in the plural.
    """

    name: str
    unit: str
    relation: str
    checks: tuple[Check, ...]
    columns: Mapping[str, str] = field(default_factory=dict)
    where: str | None = None
    where_unit: str = "runs"

    @property
    def checked(self) -> list[str]:
        """Columns that the checks use."""
        return list(dict.fromkeys(column for one in self.checks for column in one.columns))

    def _value(self, name: str) -> str:
        """SQL of a checked column, reduced if only one check uses it."""
        value = self.columns.get(name, name)
        looking = [one for one in self.checks if name in one.columns]
        return looking[0].reduced(value) if len(looking) == 1 else value

    @cached_property
    def sql(self) -> str:
        """The query that reads the batch: only the columns that its checks use, and equal rows only once."""
        checked = self.checked
        if unused := self.columns.keys() - {*checked, self.where}:
            raise ValueError(f"batch '{self.name}' defines columns that no check uses: {sorted(unused)}")
        chosen = [f'{self._value(name)} as "{name}"' for name in checked] or ["true as present"]
        kind = ", ".join(f'"{name}"' for name in checked) or "present"
        if self.where is None:
            alike = f"select {', '.join(chosen)} from {self.relation}"  # noqa: S608  # suites are code, nothing is typed in
            counted = f"count(*) as {N_ALIKE}"
        else:
            chosen.append(f"({self.columns.get(self.where, self.where)})::varchar as place")
            rows = f"select {', '.join(chosen)} from {self.relation}"  # noqa: S608  # see above
            alike = f"select *, count(*) as n from ({rows}) group by all"  # noqa: S608  # see above
            counted = f"sum(n)::bigint as {N_ALIKE}, coalesce(min(place, {_PLACES_READ}), []) as {PLACES}"
        # Sorted, so that the same rows always give the same samples and the same first places.
        return f"select {kind}, {counted} from ({alike}) group by {kind} order by all"  # noqa: S608  # see above


@dataclass(frozen=True)
class TableSuite:
    """All checks of one table."""

    gate: Gate
    table: str
    batches: tuple[Batch, ...]

    def __post_init__(self) -> None:
        keys = [one.key for _, one in self]
        if twice := {key for key in keys if keys.count(key) > 1}:
            raise ValueError(f"suite of {self.table} has duplicate keys: {sorted(twice)}")
        if not keys:
            raise ValueError(f"suite of {self.table} has no checks")
        for batch in self.batches:
            _ = batch.sql  # refuses a column that no check uses

    def __iter__(self) -> Iterator[tuple[Batch, Check]]:
        return ((batch, one) for batch in self.batches for one in batch.checks)

    def name_of(self, batch: Batch) -> str:
        """Return the batch's suite name in Great Expectations, without dots, which would become folders."""
        return "__".join(part for part in (self.table.replace(".", "_"), batch.name) if part)

    def anchor(self, one_key: str) -> str:
        """Return the anchor of the check in ``docs/gates.md``."""
        return f"{self.table}-{one_key}".replace(".", "-").replace("_", "-")
