"""Tables as data: every chart has one, and whatever renders the report (HTML now) shows the same."""

from __future__ import annotations

from dataclasses import dataclass

from jobmarket.report import formats

# What a cell may carry beside its text: the published value, unrounded.
Value = float | int | str | None


@dataclass(frozen=True)
class Cell:
    """One cell.

    Attributes:
        text: As a reader sees it.
        value: As it is published; None where the text says it all.
        href: Where it leads, an http(s) address, or None.
        badge: A status label to set it as, or None.
    """

    text: str
    value: Value = None
    href: str | None = None
    badge: str | None = None


@dataclass(frozen=True)
class Heading:
    """A column's heading, and whether figures or whole sentences stand below it."""

    text: str
    is_numeric: bool = False
    is_wordy: bool = False


@dataclass(frozen=True)
class Table:
    """A table with a caption; the first cell of a row is its heading."""

    caption: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Cell, ...], ...]


def text(value: object) -> Cell:
    """Text from outside."""
    return Cell(formats.foreign(value) if value is not None else formats.NO_VALUE)


def link(value: object, url: str | None) -> Cell:
    """Text from outside that leads to a page; an address that is not http(s) is left out."""
    is_web = url is not None and url.lower().startswith(("https://", "http://")) and len(url) < 2000
    return Cell(formats.foreign(value), href=url if is_web else None)


def count(value: int | None) -> Cell:
    """A number of things."""
    return Cell(formats.count(value), value)


def share(value: float | None) -> Cell:
    """A share, in per cent."""
    return Cell(formats.share(value), value)


def share_interval(low: float | None, high: float | None) -> Cell:
    """Both ends of a share's interval."""
    return Cell(formats.share_interval(low, high), None if low is None else f"{low!r} {high!r}")


def dollars(value: float | None) -> Cell:
    """Pay, US dollars a year."""
    return Cell(formats.dollars(value), value)


def dollars_interval(low: float | None, high: float | None) -> Cell:
    """Both ends of a median's interval."""
    return Cell(formats.dollars_interval(low, high), None if low is None else f"{low!r} {high!r}")


def status(code: str) -> Cell:
    """A status label: final, provisional, suppressed or coverage break."""
    return Cell(formats.name(code).lower() if code != "coverage_break" else "coverage break", badge=code)


def headings(*columns: str) -> tuple[Heading, ...]:
    """Headings; a leading ``#`` marks a column of figures, ``~`` one of sentences."""
    return tuple(Heading(column.lstrip("#~"), column.startswith("#"), column.startswith("~")) for column in columns)
