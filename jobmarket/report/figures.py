"""What a section of the report consists of: sentences, charts, the tables behind them."""

from __future__ import annotations

from dataclasses import dataclass

from jobmarket.report.tables import Table


@dataclass(frozen=True)
class Drawing:
    """One SVG, its colours as CSS variables.

    Attributes:
        svg: Markup of ours; texts in it are escaped.
        label: Heading above a small multiple; empty for a chart that stands alone.
        remark: A line below a small multiple.
        status: Status label of a small multiple, or None.
    """

    svg: str
    label: str = ""
    remark: str = ""
    status: str | None = None


@dataclass(frozen=True)
class Figure:
    """A chart with its title, legend and table, or the reason why there is none.

    Attributes:
        key: Unique in the report, for ids and names of files.
        title: What it shows.
        note: How it was made: measure, cell, sample.
        wide: For a wide page.
        narrow: For a phone.
        multiples: Small charts side by side, instead of wide and narrow.
        legend: (CSS class of the swatch, what it stands for).
        table: The figures behind the chart.
        numbers: The same as machines take it, where the table is set for reading: a row each, numbers apart from words.
        query: What gives these numbers, run on the published file; of several statements the last gives the table's.
        absence: Why there is no chart; shown in its place.
    """

    key: str
    title: str
    note: str = ""
    wide: Drawing | None = None
    narrow: Drawing | None = None
    multiples: tuple[Drawing, ...] = ()
    legend: tuple[tuple[str, str], ...] = ()
    table: Table | None = None
    numbers: Table | None = None
    query: str = ""
    absence: str | None = None

    @property
    def data(self) -> Table | None:
        """What formats for machines hold."""
        return self.numbers or self.table


@dataclass(frozen=True)
class Section:
    """One section of the report."""

    key: str
    title: str
    sentences: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
