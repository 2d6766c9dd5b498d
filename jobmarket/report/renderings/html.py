"""One HTML page that needs nothing else: no request, no script, no font."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from jobmarket.report.content import Report
from jobmarket.report.formats import count
from jobmarket.report.language import labelled, say
from jobmarket.report.names import name


def render(report: Report, stem: str) -> dict[str, bytes]:
    """The page."""
    page = environment().get_template("report.html.j2").render(report=report)
    return {f"{stem}.html": page.encode("utf-8", errors="replace")}


@cache
def environment() -> Environment:
    """How templates are read; what reaches them is escaped, except drawings, which are markup of ours."""
    made = Environment(
        loader=PackageLoader("jobmarket.report"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["drawing"] = lambda drawing: Markup(drawing.svg)  # noqa: S704  # texts in it are escaped
    made.filters["named"] = name
    made.filters["counted"] = count
    made.filters["labelled"] = labelled
    made.globals["say"] = say
    return made
