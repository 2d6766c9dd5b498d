"""The queries of the report as text that a reader can run: values stand in it, and each clause on a line of its own."""

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
    """A query with its values in it.

    Args:
        query: With ``$names``; its white space counts for nothing, but for that of the texts that stand in it.
        values: Name → text, number, day, or a list of these.

    Raises:
        KeyError: if a name has no value.
    """
    texts = iter([found[0] for found in _QUOTED_OR_NAMED.finditer(query) if found[1] is None])
    # texts and values come last: no line breaks within one
    return _QUOTED_OR_NAMED.sub(
        lambda found: next(texts) if found[1] is None else literal(values[found[1]]),
        _laid_out(" ".join(query.split())),
    )


def literal(value: object) -> str:
    """A value as SQL writes it.

    Raises:
        TypeError: for anything but a text, a number, a day, or a list of these; a moment is none.
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
    """Break the lines before clauses, those of a query in parentheses indented; a window's stay where they are."""
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
