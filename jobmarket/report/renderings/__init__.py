"""A report in its formats: each module sets the same content, and gives the same bytes for it."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from jobmarket.report.content import Report

# Relative name → bytes of the files of one format.
Files = dict[str, bytes]


def render(report: Report, form: str, stem: str) -> Files:
    """Set a report in a format.

    Args:
        report: What to set.
        form: One of :data:`jobmarket.report_formats.FORMATS`.
        stem: What the names of the files begin with.
    """
    # Each format has a library of its own: only the one asked for is imported.
    setter: Callable[[Report, str], Files] = import_module(f"jobmarket.report.renderings.{form}").render
    return setter(report, stem)
