"""The parts of a section: sentences, charts and the tables behind them."""

from __future__ import annotations

from dataclasses import dataclass

from jobmarket.report.tables import Table


@dataclass(frozen=True)
class Drawing:
    """One SVG drawing with CSS variables as colours.

    Attributes:
        svg: Trusted markup; its texts are escaped.
        label: Heading above a small multiple; empty for a single chart.
        remark: A line below a small multiple.
        status: Status label of a small multiple, or None.
    """

    svg: str
    label: str = ""
    remark: str = ""
    status: str | None = None


@dataclass(frozen=True)
class Figure:
    """A chart with its title, legend and table, or the reason why it is not shown.

    Attributes:
        key: Unique in the report; used for ids and file names.
        title: Heading of the figure.
        note: How it was made: measure, cell and sample.
        wide: Drawing for a wide page.
        narrow: Drawing for a phone.
        multiples: Small charts side by side, instead of wide and narrow.
        legend: Pairs of a swatch's CSS class and its meaning.
        table: The data behind the chart.
        numbers: The same data for machines, if the table is laid out for reading.
        query: SQL that returns the data from the published file; of several statements, the last returns the table's.
        absence: Shown in place of the chart: why there is none.
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
        """The data for machine-readable formats."""
        return self.numbers or self.table


@dataclass(frozen=True)
class Section:
    """One section of the report."""

    key: str
    title: str
    sentences: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
