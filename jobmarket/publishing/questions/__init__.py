"""The questions that analysts ask first, as views and table macros inside the published file.

A question is a file here, ``<rank>_<name>.sql``: a comment that says what it answers and ends with the grain, then one
``create view``, ``create macro``, or ``create table`` where to work it out each time would keep analysts waiting. A
later rank may build on an earlier one. Columns keep the names, and with them the comments, of the tables that they come
from: of the first that is read and has the column. A comment behind a column takes precedence.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from duckdb import DuckDBPyConnection

from jobmarket.duckdb_file import quoted, transaction

_FORM = re.compile(
    r"(?P<comment>(?:-- [^\n]*\n)+)(?P<statement>create (?P<kind>view|table|macro) (?P<name>\w+).*;)\s*", re.DOTALL
)
_READ = re.compile(r"\b(?:from|join) (\w+)")
_SAID = re.compile(r"(\w+),? -- (.+)")


@dataclass(frozen=True)
class Question:
    """One view, table or macro.

    Attributes:
        name: What analysts call.
        kind: ``view``, ``table`` or ``macro``.
        comment: What it answers, and its grain.
        statement: The SQL that creates it.
    """

    name: str
    kind: str
    comment: str
    statement: str


@cache
def questions() -> tuple[Question, ...]:
    """All of them, in the order in which they can be created.

    Raises:
        ValueError: naming the file that has another form.
    """
    found = []
    for path in sorted(Path(__file__).parent.glob("*.sql")):
        match = _FORM.fullmatch(path.read_text(encoding="utf-8"))
        if match is None or not path.stem.endswith(f"_{match['name']}"):
            raise ValueError(
                f"{path}: a comment, then one `create view`, `create table` or `create macro` named like the file"
            )
        comment = " ".join(line.removeprefix("-- ") for line in match["comment"].splitlines())
        found.append(Question(match["name"], match["kind"], comment, match["statement"]))
    return tuple(found)


def digest() -> str:
    """Changes whenever a question does."""
    statements = "\n".join(question.comment + question.statement for question in questions())
    return hashlib.sha256(statements.encode()).hexdigest()[:8]


def create_questions(connection: DuckDBPyConnection) -> None:
    """Create them in the database in use, a published file that nobody reads yet, each with its comments."""
    with transaction(connection):
        for question in questions():
            connection.execute(question.statement)
            kind = "macro table" if question.kind == "macro" else question.kind
            connection.execute(f"comment on {kind} {question.name} is {quoted(question.comment)}")
        of_columns = (
            f'comment on column {name}."{column}" is {quoted(comment)}'
            for name, column, comment in _comments(connection)
        )
        connection.execute("; ".join(of_columns))


def _comments(connection: DuckDBPyConnection) -> Iterator[tuple[str, str, str]]:
    """Of each column what its line says, or the first relation that the question reads and that has the column.

    Yields:
        The question, the column and the comment.
    """
    described: dict[str, dict[str, str]] = {}
    for relation, column, comment in connection.execute(
        "select table_name, column_name, coalesce(comment, '') from duckdb_columns() "
        "where database_name = current_database() order by column_index"
    ).fetchall():
        described.setdefault(relation, {})[column] = comment
    for question in questions():
        said = dict(_SAID.findall(question.statement))
        read = [described.get(relation, {}) for relation in _READ.findall(question.statement)]
        own = described.get(question.name, {})  # a macro has no columns
        for column in own:
            of_read = next((columns[column] for columns in read if columns.get(column)), "")
            own[column] = said.get(column, of_read)  # which a later question may read
            yield question.name, column, own[column]
