"""Queries of the report as text that a reader can run, with values inserted and one clause per line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from textwrap import fill

from jobmarket.duckdb_file import quoted

_CLAUSE = re.compile(r"(?:from|left join|where|group by|qualify|order by|limit|union all|select)\b")
_WIDTH = 100
_QUOTED_OR_NAMED = re.compile(r"'(?:[^']|'')*'|\$(\w+)")
_TOKEN = re.compile(r"'[^']*'|[()]|\w+|[^\w()']+?(?=\w|[()']|$)")


def written(query: str, values: Mapping[str, object]) -> str:
    """Insert values into a query and lay it out.

    Args:
        query: SQL with ``$names``; white space outside its string literals is ignored.
        values: Name → text, number, date, or a list of these.

    Raises:
        KeyError: If a name has no value.
    """
    texts = iter([found[0] for found in _QUOTED_OR_NAMED.finditer(query) if found[1] is None])
    # inserted last, so that no line breaks within a text or value
    return _QUOTED_OR_NAMED.sub(
        lambda found: next(texts) if found[1] is None else literal(values[found[1]]),
        _laid_out(" ".join(query.split())),
    )


def literal(value: object) -> str:
    """Return a value as an SQL literal.

    Raises:
        TypeError: for anything but a text, number, date, or a list of these; a datetime is rejected.
    """
    match value:
        case str():
            return quoted(value)
        case bool() | int() | float():
            return str(value).lower()
        case date() if not isinstance(value, datetime):  # which would lose its hours
            return f"date '{value:%Y-%m-%d}'"
        case list() | tuple():
            return f"[{', '.join(map(literal, value))}]"
        case _:
            raise TypeError(f"{value!r} has no literal here.")


def _laid_out(query: str) -> str:
    """Start a new line before each clause, indented in subqueries; window clauses stay in their line."""
    laid, depths = "", [True]
    for match in _TOKEN.finditer(query):
        token, rest = match[0], query[match.start() :]
        if token == "(":  # noqa: S105  # a parenthesis
            depths.append(rest.startswith("(select "))
        elif token == ")":  # noqa: S105  # a parenthesis
            depths.pop()
        elif depths[-1] and _CLAUSE.match(rest) and laid.endswith(" "):
            laid = f"{laid.rstrip()}\n{'  ' * (sum(depths) - 1)}"
        laid += token
    return "\n".join(map(_filled, laid.split("\n")))


def _filled(line: str) -> str:
    within = " " * (len(line) - len(line.lstrip()) + 4)
    return fill(line, _WIDTH, subsequent_indent=within, break_long_words=False, break_on_hyphens=False)
