"""Render macros of the dbt project without dbt. Those of shares and medians are plain Jinja."""

from __future__ import annotations

from pathlib import Path

import jinja2

MACROS = Path(__file__).resolve().parents[1] / "dbt_project" / "macros"


def rendered(query: str, *names: str, **variables: object) -> str:
    """Render a query or model that calls macros.

    Args:
        query: The query. ``ref`` renders as the name of the table.
        names: The files in ``dbt_project/macros`` with the macros.
        variables: The values of the project's variables.
    """
    macros = "".join((MACROS / f"{name}.sql").read_text(encoding="utf-8") for name in names)
    return jinja2.Environment(autoescape=False).from_string(macros + query).render(var=variables.get, ref=str)  # noqa: S701 - SQL, no HTML


def render_interval(call: str) -> str:
    """Render a call of a macro of ``intervals.sql``."""
    return rendered("{{ " + call + " }}", "intervals")
