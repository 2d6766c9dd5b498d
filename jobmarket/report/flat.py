"""A table as plain columns for machines: one type per column, an interval as two columns."""

from __future__ import annotations

from dataclasses import dataclass

from jobmarket.report.language import labelled, say
from jobmarket.report.tables import UNITS, Field, Table, Value


@dataclass(frozen=True)
class Column:
    """One column of plain values.

    Attributes:
        name: Machine-readable name.
        title: Heading in the report's language.
        unit: Unit of the values, see :data:`jobmarket.report.tables.UNITS`; for an interval, that of its bounds.
        values: Values from top to bottom, or None.
        texts: The same values as text in the report's language.
        hrefs: Link targets of the cells, or None.
    """

    name: str
    title: str
    unit: str
    values: tuple[Value, ...]
    texts: tuple[str, ...]
    hrefs: tuple[str | None, ...]


def flat(table: Table) -> list[Column]:
    """Return the columns of a table, left to right."""
    columns: list[Column] = []
    for number, field in enumerate(table.fields):
        cells = [row[number] for row in table.rows]
        if field.kind.is_interval:
            columns += _ends(field, [cell.value for cell in cells])
            continue
        values = tuple(cell.value for cell in cells)
        texts, hrefs = tuple(cell.text for cell in cells), tuple(cell.href for cell in cells)
        columns.append(Column(field.name, field.title, field.unit, values, texts, hrefs))
        if any(hrefs):
            title = labelled(field.title, say("address"))
            columns.append(Column(f"{field.name}_url", title, "text", hrefs, tuple(h or "" for h in hrefs), hrefs))
    return columns


def _ends(field: Field, values: list[Value]) -> list[Column]:
    found = []
    for end, (name, word) in enumerate((("low", say("from")), ("high", say("to")))):
        ends = tuple(value[end] if isinstance(value, tuple) else None for value in values)
        unit = field.unit.removesuffix("_interval")
        texts = tuple(UNITS[unit].write(value) for value in ends)
        found.append(Column(f"{field.name}_{name}", f"{field.title}, {word}", unit, ends, texts, (None,) * len(ends)))
    return found
