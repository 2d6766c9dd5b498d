"""Tables as data: every chart has one, and every rendering of the report shows the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from jobmarket.report import formats

# What a cell carries beside its text: the published value, unrounded; both ends of an interval.
Value = float | int | str | date | tuple[float | None, float | None] | None


@dataclass(frozen=True)
class Unit:
    """What the values of a column are, and how they are written.

    Attributes:
        write: Value → text in the report's language.
        is_numeric: Set to the right.
        is_wordy: Whole sentences.
        is_below: Takes a line of its own, below the row's other cells, where the page is narrow.
        is_interval: Two values, which data formats show as two columns.
        is_badge: Set as a status label.
        is_foreign: Text from outside: its harmless text is its value too.
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
    "told": Unit(lambda value: _own(value), is_numeric=False),
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
    """A text of ours, what is from outside in it made harmless where it was set in: its numbers do not break."""
    return formats.NO_VALUE if value is None else value


def _name(value: str | None) -> str:
    return formats.NO_VALUE if value is None else formats.name(value)


@dataclass(frozen=True)
class Field:
    """A column, and where its values come from.

    Attributes:
        name: As a machine knows it, in CSV and Parquet; the name of the published column where it is one.
        title: As a reader sees it.
        unit: One of :data:`UNITS`.
        value: Row → value; by default the row's attribute of that name.
        href: Row → where the cell leads, or None.
        write: Value → text, where it is not the unit's.
    """

    name: str
    title: str
    unit: str = "text"
    value: Callable[[Any], Any] | None = None
    href: Callable[[Any], str | None] | None = None
    write: Callable[[Any], str] | None = None

    @property
    def kind(self) -> Unit:
        """What its values are."""
        return UNITS[self.unit]

    def cell(self, row: Any) -> Cell:
        """The cell of a row."""
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
        text: As a reader sees it.
        value: As it is published.
        href: Where it leads, an http(s) address, or None.
    """

    text: str
    value: Value = None
    href: str | None = None

    @property
    def data(self) -> str | None:
        """The value as a machine reads it in a page; None where the text says it all."""
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
    """A table with a caption; the first cell of a row is its heading.

    Attributes:
        caption: What it shows.
        fields: The columns, left to right.
        rows: Their cells.
        n_open: How many of the rows a page shows before its reader asks for the others; None for all.
    """

    caption: str
    fields: tuple[Field, ...]
    rows: tuple[tuple[Cell, ...], ...]
    n_open: int | None = None

    @property
    def has_lines_below(self) -> bool:
        """Whether its rows take more than one line where the page is narrow."""
        return any(field.kind.is_below for field in self.fields)

    @property
    def status(self) -> str | None:
        """The status of every row, where the rows have one and it is the same: said once, it needs no column."""
        if not self.fields or self.fields[-1].name != "status":
            return None
        found = {row[-1].value for row in self.rows}
        (only,) = found if len(found) == 1 else (None,)
        return only if isinstance(only, str) else None

    @property
    def columns_read(self) -> tuple[Field, ...]:
        """The columns that a reader is shown."""
        return self.fields[:-1] if self.status else self.fields

    def head(self, most: int) -> tuple[tuple[Cell, ...], ...]:
        """Some of the rows, where there is no room for all: the first, or the latest of a table that runs by days.

        Of a table that is folded, none that is.
        """
        most = most if self.n_open is None else min(most, self.n_open)
        first, last = (self.rows[0][0].value, self.rows[-1][0].value) if self.rows else (None, None)
        runs_on = isinstance(first, date) and isinstance(last, date) and first < last
        return self.rows[-most:] if runs_on else self.rows[:most]


def table(caption: str, rows: Iterable[Any], *fields: Field) -> Table:
    """Make a table of rows.

    Args:
        caption: What it shows.
        rows: Anything whose values the fields know.
        fields: The columns, left to right.
    """
    return Table(caption, fields, tuple(tuple(field.cell(row) for field in fields) for row in rows))


def _web(url: str | None) -> str | None:
    """An address that is not http(s), or absurdly long, is left out."""
    is_web = url is not None and url.lower().startswith(("https://", "http://")) and len(url) < 2000
    return url if is_web else None
