"""The project's own macros without dbt: those of shares and medians are plain Jinja."""

from __future__ import annotations

from pathlib import Path

import jinja2

MACROS = Path(__file__).resolve().parents[1] / "dbt_project" / "macros"


def rendered(query: str, *names: str, **variables: object) -> str:
    """The SQL of a query that calls macros of some files of ``dbt_project/macros``, with the project's variables.

    Of a model, too: the tables that it refers to go by their own names.
    """
    macros = "".join((MACROS / f"{name}.sql").read_text(encoding="utf-8") for name in names)
    return jinja2.Environment(autoescape=False).from_string(macros + query).render(var=variables.get, ref=str)  # noqa: S701 - SQL, no HTML


def render_interval(call: str) -> str:
    """The SQL of a call of a macro of ``intervals``."""
    return rendered("{{ " + call + " }}", "intervals")
