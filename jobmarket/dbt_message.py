"""Shortens dbt's messages about a node to what someone who edits its file needs."""

from __future__ import annotations

import re

# The traceback that dbt puts before the message of an error in a Python model.
_TRACEBACK = re.compile(r"Traceback \(most recent call last\):.*\s(?=[\w.]*\w(?:Error|Exception)\b: )")
# After an error in a macro: by which others it was called, up to dbt's own.
_CALLERS = re.compile(r"(?: > called by \w+ \S+ \([^)]*\))+")
# Columns other than those in the model's .yml: dbt's table of them, and a row of it (column, type in the query, type in
# the .yml, reason).
_CONTRACT = re.compile(r"This model has an enforced contract that failed\..* \| -+ \|(?P<rows>.*)")
_CELL = r" \| *([^|]*?)"
_ROW = re.compile(f"{_CELL * 4} \\|")


def in_short(message: str) -> str:
    """Return a message without traceback, callers and what dbt says about every contract."""
    message = _CALLERS.sub("", _TRACEBACK.sub("", message))
    return _CONTRACT.sub(lambda found: f"Its columns are not those in its .yml: {_columns(found['rows'])}", message)


def _columns(rows: str) -> str:
    return ", ".join(
        f"{column} ({built or 'missing'} in the query, {declared or 'missing'} in the .yml)"
        for column, built, declared, _ in _ROW.findall(rows)
    )
