"""Tables as data: every chart has one, and every rendering shows the same one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from jobmarket.report import formats, names

# The published value of a cell, unrounded; both bounds of an interval.
Value = float | int | str | date | tuple[float | None, float | None] | None


@dataclass(frozen=True)
class Unit:
    """The kind of a column's values, and how they are written.

    Attributes:
        write: Value → text in the report's language.
        is_numeric: Aligned to the right.
        is_wordy: Sentences, which wrap.
        is_below: On a narrow page, on a separate line below the row's other cells.
        is_interval: Two values, which data formats show as two columns.
        is_badge: Shown as a status label.
        is_foreign: Outside text, whose sanitised text is also its value.
    """

    write: Callable[..., str]
    is_numeric: bool = True
    is_wordy: bool = False
    is_below: bool = False
    is_interval: bool = False
    is_badge: bool = False
    is_foreign: bool = False


UNITS = {
    "text": Unit(lambda value: _text(value), is_numeric=False, is_foreign=True),
    "words": Unit(lambda value: _own(value), is_numeric=False, is_wordy=True),
    "prose": Unit(lambda value: _own(value), is_numeric=False, is_wordy=True, is_below=True),
    "phrase": Unit(lambda value: _own(value), is_numeric=False),
    "code": Unit(lambda value: _name(value), is_numeric=False),
    "link": Unit(lambda value: _text(value), is_numeric=False, is_wordy=True, is_foreign=True),
    "day": Unit(lambda value: formats.day(value), is_numeric=False),
    "status": Unit(lambda value: _name(value), is_numeric=False, is_badge=True),
    "year": Unit(lambda value: formats.NO_VALUE if value is None else str(value)),
    "count": Unit(formats.count),
    "count_interval": Unit(formats.count_interval, is_interval=True),
    "decimal": Unit(formats.decimal),
    "decimal_interval": Unit(formats.decimal_interval, is_interval=True),
    "probability": Unit(formats.probability),
    "share": Unit(formats.share),
    "share_interval": Unit(formats.share_interval, is_interval=True),
    "points": Unit(formats.points),
    "points_interval": Unit(formats.points_interval, is_interval=True),
    "change": Unit(formats.change),
    "change_interval": Unit(formats.change_interval, is_interval=True),
    "amount": Unit(formats.amount),
    "amount_interval": Unit(formats.amount_interval, is_interval=True),
    "dollars": Unit(formats.dollars),
    "dollars_interval": Unit(formats.dollars_interval, is_interval=True),
}


def _text(value: object) -> str:
    return formats.NO_VALUE if value is None else formats.whole(value)


def _own(value: str | None) -> str:
    """Text of the report itself; outside text in it is already sanitised."""
    return formats.NO_VALUE if value is None else value


def _name(value: str | None) -> str:
    return formats.NO_VALUE if value is None else names.name(value)


@dataclass(frozen=True)
class Field:
    """A column and the source of its values.

    Attributes:
        name: Machine-readable name, in CSV and Parquet; the published column's name where there is one.
        title: Heading in the report's language.
        unit: One of :data:`UNITS`.
        value: Row → value; by default the row's attribute ``name``.
        href: Row → link target of the cell, or None.
        write: Value → text, if it differs from the unit's.
    """

    name: str
    title: str
    unit: str = "text"
    value: Callable[[Any], Any] | None = None
    href: Callable[[Any], str | None] | None = None
    write: Callable[[Any], str] | None = None

    @property
    def kind(self) -> Unit:
        """The unit of its values."""
        return UNITS[self.unit]

    def cell(self, row: Any) -> Cell:
        """Return the cell of a row."""
        value = self.value(row) if self.value else getattr(row, self.name)
        write = self.write or self.kind.write
        text = write(*value) if self.kind.is_interval else write(value)
        if self.kind.is_foreign and value is not None:
            value = text
        return Cell(text, value, _web(self.href(row)) if self.href else None)


@dataclass(frozen=True)
class Cell:
    """One cell.

    Attributes:
        text: Text in the report's language.
        value: The published value.
        href: Link target, an http(s) address, or None.
    """

    text: str
    value: Value = None
    href: str | None = None

    @property
    def data(self) -> str | None:
        """The value as a machine-readable attribute of a page; None if the text is the value."""
        match self.value:
            case (None, _) | None:
                return None
            case (low, high):
                return f"{low!r} {high!r}"
            case date():
                return self.value.isoformat()
            case self.text:
                return None
            case _:
                return str(self.value)


@dataclass(frozen=True)
class Table:
    """A table with a caption; the first cell of a row is the row's heading.

    Attributes:
        caption: What it shows.
        fields: The columns, left to right.
        rows: The cells, row by row.
        n_open: Number of rows that a page shows before the reader unfolds the rest; None for all.
    """

    caption: str
    fields: tuple[Field, ...]
    rows: tuple[tuple[Cell, ...], ...]
    n_open: int | None = None

    @property
    def has_lines_below(self) -> bool:
        """Whether rows take more than one line on a narrow page."""
        return any(field.kind.is_below for field in self.fields)

    @property
    def status(self) -> str | None:
        """The status that all rows share, which needs no column; None if they differ."""
        if not self.fields or self.fields[-1].name != "status":
            return None
        statuses = {row[-1].value for row in self.rows}
        (only,) = statuses if len(statuses) == 1 else (None,)
        return only if isinstance(only, str) else None

    @property
    def columns_read(self) -> tuple[Field, ...]:
        """The columns shown to readers."""
        return self.fields[:-1] if self.status else self.fields

    def head(self, most: int) -> tuple[tuple[Cell, ...], ...]:
        """Return the first rows, or the latest ones of a table in order of days; never folded rows."""
        most = most if self.n_open is None else min(most, self.n_open)
        first, last = (self.rows[0][0].value, self.rows[-1][0].value) if self.rows else (None, None)
        runs_on = isinstance(first, date) and isinstance(last, date) and first < last
        return self.rows[-most:] if runs_on else self.rows[:most]


def table(caption: str, rows: Iterable[Any], *fields: Field) -> Table:
    """Make a table from rows.

    Args:
        caption: What it shows.
        rows: Objects that the fields take their values from.
        fields: The columns, left to right.
    """
    return Table(caption, fields, tuple(tuple(field.cell(row) for field in fields) for row in rows))


def _web(url: str | None) -> str | None:
    """Return an http(s) address of reasonable length; None for any other."""
    is_web = url is not None and url.lower().startswith(("https://", "http://")) and len(url) < 2000
    return url if is_web else None
