"""The report on A4 paper, set by Typst with the fonts that lie in it; tagged, so that it can be read aloud."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import Any

import typst

from jobmarket.report import formats, names
from jobmarket.report.content import Report
from jobmarket.report.figures import Drawing, Figure
from jobmarket.report.language import labelled, say
from jobmarket.report.palette import on_paper
from jobmarket.report.tables import Table

_LONGEST_CELL, _LONGEST_WORD = 400, 40


def render(report: Report, stem: str) -> dict[str, bytes]:
    """The document."""
    template = files("jobmarket.report").joinpath("templates", "report.typ").read_bytes()
    # What it says goes in as data: no text is ever read as markup.
    data = json.dumps(_content(report), ensure_ascii=False)
    made = typst.compile(
        template, sys_inputs={"report": data}, ignore_system_fonts=True, timestamp=int(report.as_of.timestamp())
    )
    return {f"{stem}.pdf": made}


def _content(report: Report) -> dict[str, Any]:
    return {
        "language": report.language,
        "title": report.title,
        "kicker": say("weekly report"),
        "dateline": f"{report.span} · {report.dated}",
        "banners": [{"title": banner.title, "text": banner.text} for banner in report.banners],
        "lede": report.lede,
        "key_figures": [
            {
                "label": figure.label,
                "text": figure.text,
                "remark": figure.remark,
                "status": "" if figure.status == "final" else names.name(figure.status),
            }
            for figure in report.key_figures
        ],
        "sections": [
            {
                "title": section.title,
                "sentences": section.sentences,
                "figures": [_figure(figure) for figure in section.figures],
            }
            for section in report.sections
        ],
        "reading": say("How to read this report"),
        "terms": [{"name": term.name, "text": term.text} for term in (*report.terms, *report.labels)],
        "sources": say("Sources"),
        "attributions": [
            [{"text": part} if isinstance(part, str) else {"text": part.text, "href": part.href} for part in paragraph]
            for paragraph in report.attributions
        ],
        "facts": report.facts,
        "notices": report.notices,
        "footer": report.footer,
    }


def _figure(figure: Figure) -> dict[str, Any]:
    status = (figure.table.status if figure.table else None) or "final"
    return {
        "title": figure.title,
        "status": "" if status == "final" else names.name(status),
        "note": figure.note,
        "absence": figure.absence or "",
        "alt": f"{figure.title}. {figure.note}",
        "chart": on_paper(figure.wide.svg) if figure.wide else "",
        "multiples": [_multiple(figure, drawing) for drawing in figure.multiples],
        "legend": [{"swatch": swatch, "text": meaning} for swatch, meaning in figure.legend],
        "table": _table(figure.table) if figure.table else None,
    }


def _multiple(figure: Figure, drawing: Drawing) -> dict[str, str]:
    status = names.name(drawing.status) if drawing.status in ("suppressed", "coverage_break") else ""
    return {
        "label": drawing.label,
        "remark": drawing.remark,
        "svg": on_paper(drawing.svg),
        "alt": f"{labelled(figure.title, drawing.label)}, {drawing.remark}",
        "status": status,
    }


def _table(table: Table) -> dict[str, Any]:
    columns = table.columns_read
    return {
        "caption": table.caption,
        "headings": [field.title for field in columns],
        "numeric": [field.kind.is_numeric for field in columns],
        "wordy": [field.kind.is_wordy for field in columns],
        "rows": [
            [{"text": _on_paper(cell.text), "href": cell.href or ""} for cell in row[: len(columns)]]
            for row in table.rows
        ],
    }


def _on_paper(text: str) -> str:
    """A cell's text; a word that no line holds may break, and what would take half a page is shortened."""
    return re.sub(rf"(\S{{{_LONGEST_WORD}}})(?=\S)", "\\1\u200b", formats.foreign(text, _LONGEST_CELL))
