"""A workbook: a sheet of the headline, then a sheet a table, typed, its heading frozen.

Text is written as text, whatever it begins with, and no text becomes a link by itself: nothing from a posting is a
formula. Numbers keep their published value and are only shown rounded.
"""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from jobmarket.report.content import Report
from jobmarket.report.figures import Figure
from jobmarket.report.flat import Column, flat
from jobmarket.report.language import say

_NUMBER_FORMATS = {
    "year": "0", "count": "#,##0", "decimal": "0.00", "probability": "0.000", "share": "0.0%",
    "points": "+0.0%;-0.0%;0.0%", "change": "+0.0%;-0.0%;0.0%",
    "amount": "#,##0", "dollars": "[$$-409]#,##0", "day": "yyyy-mm-dd",
}  # fmt: skip
_WIDEST = 60
_HEADING_ROW = 3


def render(report: Report, stem: str) -> dict[str, bytes]:
    """The workbook."""
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
               "nan_inf_to_errors": False}  # fmt: skip
    workbook = xlsxwriter.Workbook(buffer, options)
    # Else the workbook says when it was written.
    workbook.set_properties({"title": report.title, "comments": report.footer, "created": report.as_of})
    styles = _Styles(workbook)
    _front(workbook.add_worksheet(_sheet_name(say("In brief"), [])), report, styles)
    names = [say("In brief")]
    for figure in report.figures:
        if figure.data is not None:
            names.append(_sheet_name(figure.title, names))
            _sheet(workbook.add_worksheet(names[-1]), figure, styles)
    workbook.close()
    return {f"{stem}.xlsx": buffer.getvalue()}


class _Styles:
    """Cell formats, made once a workbook."""

    def __init__(self, workbook: Workbook) -> None:
        font = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
        self.title: Format = workbook.add_format({**font, "bold": True, "font_size": 16})
        self.note: Format = workbook.add_format({**font, "font_color": "#5d6066", "text_wrap": True})
        self.note_line: Format = workbook.add_format({**font, "font_color": "#5d6066"})
        self.text: Format = workbook.add_format({**font, "text_wrap": True})
        self.bold: Format = workbook.add_format({**font, "bold": True})
        self.heading: Format = workbook.add_format(
            {**font, "bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#f3f1ea", "valign": "bottom"}
        )
        self.units: dict[str, Format] = {
            unit: workbook.add_format({**font, "num_format": shown}) for unit, shown in _NUMBER_FORMATS.items()
        }


def _front(sheet: Worksheet, report: Report, styles: _Styles) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 80)
    sheet.write_string(0, 0, report.title, styles.title)
    sheet.write_string(1, 0, f"{report.span}, {report.dated}", styles.note)
    rows = [("", banner.sentence) for banner in report.banners]
    rows += [("", sentence) for sentence in report.lede]
    rows += [(figure.label, f"{figure.text} ({figure.remark})") for figure in report.key_figures]
    rows += [(term.name, term.text) for term in (*report.terms, *report.labels)]
    rows += [("", "".join(part if isinstance(part, str) else part.text for part in p)) for p in report.attributions]
    rows += [*report.facts, *(("", line) for line in (*report.notices, report.footer))]
    for number, (label, text) in enumerate(rows, start=_HEADING_ROW):
        sheet.write_string(number, 0, label, styles.bold)
        sheet.write_string(number, 1, text, styles.text)
    sheet.hide_gridlines(2)


def _sheet(sheet: Worksheet, figure: Figure, styles: _Styles) -> None:
    assert figure.data is not None  # noqa: S101  # the caller's loop
    columns = flat(figure.data)
    sheet.write_string(0, 0, figure.data.caption, styles.title)
    sheet.write_string(1, 0, figure.note, styles.note_line)
    for number, column in enumerate(columns):
        sheet.write_string(_HEADING_ROW, number, column.title, styles.heading)
        for row, value in enumerate(column.values, start=_HEADING_ROW + 1):
            _write(sheet, row, number, value, column, styles)
        sheet.set_column(number, number, _width(column))
    n_rows = len(figure.data.rows)
    sheet.freeze_panes(_HEADING_ROW + 1, 1)
    sheet.autofilter(_HEADING_ROW, 0, _HEADING_ROW + max(1, n_rows), len(columns) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADING_ROW)


def _write(sheet: Worksheet, row: int, number: int, value: Any, column: Column, styles: _Styles) -> None:
    style = styles.units.get(column.unit)
    match value:
        case None:
            return
        case date():
            sheet.write_datetime(row, number, value, style)
        case int() | float():
            sheet.write_number(row, number, value, style)
        case _:
            # A label is shown in the report's language; other text is what it is.
            shown = column.texts[row - _HEADING_ROW - 1] if column.unit in ("status", "code") else str(value)
            sheet.write_string(row, number, shown, styles.text)


def _width(column: Column) -> float:
    longest = max((len(text) for text in column.texts), default=0)
    words = max((len(word) for word in column.title.split()), default=0)
    return min(_WIDEST, max(9, longest + 2, words + 4))


def _sheet_name(wanted: str, taken: list[str]) -> str:
    """Whole words of at most 31 characters, none of those that a sheet's name must not have, and unique.

    The text after a colon distinguishes sheets, so it is kept.
    """
    head, _, tail = wanted.rpartition(": ")
    head, tail = (_plain(part) for part in ((head, tail) if head else (tail, "")))
    name = f"{_cut(head, 30 - len(tail))} {tail}" if head and len(tail) < 20 else _plain(wanted)
    name = _cut(name.strip(), 31)
    return name if name.lower() not in [other.lower() for other in taken] else f"{_cut(name, 28)} {len(taken)}"


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[\[\]:*?/\\']", " ", text).split())


def _cut(text: str, most: int) -> str:
    """As many whole words as fit."""
    return text if len(text) <= most else text[: most + 1].rpartition(" ")[0] or text[:most]
