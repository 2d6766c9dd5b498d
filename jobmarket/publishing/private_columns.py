"""Keeps payloads, texts of postings and contact data out of the published database.

The marts select the columns to publish. This is a second safeguard, in case a mart includes a private one.
"""

from __future__ import annotations

import re

import duckdb

from jobmarket.contact_forms import MAIL_ADDRESS
from jobmarket.stages import PermanentError

# Full names of the private fields of jobmarket.posting and of the boards' personal data.
_PRIVATE_NAMES = frozenset(
    {"description", "content", "body", "html", "pay_text", "location_text", "posted_by", "author", "unexpected_sample"}
)
# Words that make a name private anywhere between underscores: contact_email, creator_name …
_PRIVATE_WORDS = re.compile(
    r"(?:^|_)(?:(?:payload|creator|recruiter|contact|email|mail|phone|telephone|hiring_manager)s?|"
    r"(?:description|content|body)_(?:html|text|plain|raw))(?:_|$)"
)
# A column counts as private when more than 1 % of its values, and at least three, look like contact data or texts.
_TOLERATED_SHARE = 0.01
_TOLERATED_ROWS = 3
# A cheap first test: a mail address contains the sign, and the text of a posting is longer than this. Most columns fail
# it and need no further test.
_MAY_BE_PRIVATE = """contains("{0}", '@') or length("{0}") > 500""".format


def is_private_name(name: str) -> bool:
    """Return whether a column or struct field of this name must not be published."""
    lowered = name.lower()
    return lowered in _PRIVATE_NAMES or bool(_PRIVATE_WORDS.search(lowered))


def refuse_private_names(table: str, columns: dict[str, str]) -> None:
    """Refuse a table that has a private column, or a private field inside a column.

    Args:
        table: Name of the mart.
        columns: Column name → DuckDB type, for example ``STRUCT(city VARCHAR)[]``.

    Raises:
        StageError: If there is one. The message names the table and the column.
    """
    for name, kind in columns.items():
        fields = [field for field in re.findall(r'"?(\w+)"? [A-Z]', kind) if is_private_name(field)]
        if is_private_name(name) or fields or "JSON" in kind:
            what = f"{name} ({', '.join(fields) or kind})"
            raise PermanentError(
                f"Not published: marts.{table} has the private column {what}. "
                "Payloads, texts of postings and contact data must stay in the warehouse: remove it from the model."
            )


def refuse_private_content(connection: duckdb.DuckDBPyConnection, source: str, texts: list[str]) -> None:
    """Refuse a text column whose values are mail addresses or texts of postings, whatever its name.

    Args:
        connection: A connection that can read ``source``.
        source: Qualified, quoted name of the table.
        texts: The VARCHAR columns that may be private (:func:`maybe_private`).

    Raises:
        StageError: If there is one. The message names the table, the column and the number of private values.
    """
    # The first test is cheap. The expressions below run only on columns with enough values that pass it.
    suspects = _suspects(connection, source, texts)
    if not suspects:
        return
    checks = ", ".join(
        f"""count(*) filter (where contains("{name}", '@') and regexp_matches("{name}", '{MAIL_ADDRESS}')),
        count(*) filter (where length("{name}") > 500),
        count("{name}")"""
        for name in suspects
    )
    row = connection.execute(f"select {checks} from {source}").fetchone() or ()
    for number, name in enumerate(suspects):
        addresses, pages, values = row[3 * number : 3 * number + 3]
        for count, what in ((addresses, "mail addresses"), (pages, "texts of postings")):
            if count >= _TOLERATED_ROWS and count > _TOLERATED_SHARE * values:
                raise PermanentError(
                    f"Not published: {count} of {values} values of {source}.{name} are {what}. "
                    "Contact data and texts of postings must stay in the warehouse: remove the column from the model."
                )


def refuse_nested_addresses(connection: duckdb.DuckDBPyConnection, source: str, nested: list[str]) -> None:
    """Refuse a list or struct with a mail address: those in single texts are removed, those within others are not.

    Args:
        connection: A connection that can read ``source``.
        source: Qualified, quoted name of the table.
        nested: Its columns of lists, structs or maps that contain texts.

    Raises:
        PermanentError: If there is one. The message names the table and the column.
    """
    if not nested:
        return
    as_texts = [f'"{name}"::varchar' for name in nested]
    checks = [f"bool_or(contains({text}, '@') and regexp_matches({text}, '{MAIL_ADDRESS}'))" for text in as_texts]
    row = connection.execute(f"select {', '.join(checks)} from {source}").fetchone() or ()
    if found := [name for name, has_address in zip(nested, row, strict=True) if has_address]:
        raise PermanentError(
            f"Not published: {source}.{found[0]} contains mail addresses. Contact data must stay in the warehouse: "
            "remove the column from the model, or the addresses from its values."
        )


def _suspects(connection: duckdb.DuckDBPyConnection, source: str, texts: list[str]) -> list[str]:
    """Return the columns in which more values than tolerated may be private."""
    if not texts:
        return []
    counts = ", ".join(f"count(*) filter (where {_MAY_BE_PRIVATE(name)})" for name in texts)
    row = connection.execute(f"select {counts} from {source}").fetchone() or ()
    return [name for name, count in zip(texts, row, strict=True) if count >= _TOLERATED_ROWS]


def maybe_private(connection: duckdb.DuckDBPyConnection, texts: dict[str, list[str]]) -> set[tuple[str, str]]:
    """Return the columns in which any value may contain a mail address or be the text of a posting.

    Args:
        connection: A connection that can read the tables.
        texts: Qualified, quoted name of a table → its VARCHAR columns.

    Returns:
        Pairs of table and column, named as in ``texts``.
    """
    # One query for all tables: preparing a query takes longer than running it.
    looks = [
        f"select {number}, [{', '.join(f'bool_or({_MAY_BE_PRIVATE(name)})' for name in names)}] from {source}"
        for number, (source, names) in enumerate(texts.items())
        if names
    ]
    if not looks:
        return set()
    tables = list(texts)
    return {
        (tables[number], name)
        for number, flags in connection.execute(" union all ".join(looks)).fetchall()
        for name, may_be_private in zip(texts[tables[number]], flags, strict=True)
        if may_be_private
    }


def without_addresses(expression: str) -> str:
    """Return SQL for a text without occasional mail addresses, such as the name of an account."""
    cleaned = f"regexp_replace({expression}, '{MAIL_ADDRESS}', '[email]', 'g')"
    return f"case when contains({expression}, '@') then {cleaned} else {expression} end"
