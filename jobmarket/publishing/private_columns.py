"""What is never published: the boards' own objects, the texts of postings, and contact data.

The marts name what may leave; this is the second lock, for the day a mart takes a column it should not.
"""

from __future__ import annotations

import re

import duckdb

from jobmarket.stages import StageError

# Whole names of the private fields of jobmarket.posting and of the boards' personal data.
_PRIVATE_NAMES = frozenset(
    {"description", "content", "body", "html", "pay_text", "location_text", "posted_by", "author", "unexpected_sample"}
)
# Words that make a name private wherever they stand between underscores: contact_email, creator_name …
_PRIVATE_WORDS = re.compile(
    r"(?:^|_)(?:payload|creator|recruiter|contact|email|mail|phone|telephone|hiring_manager|"
    r"(?:description|content|body)_(?:html|text|plain|raw))(?:_|$)"
)
MAIL_ADDRESS = r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,24}"
# International form, or North American groups: '2025-2026' and requisition numbers are no phone numbers.
PHONE_NUMBER = r"(?:\+|\b00)\d[\d ().-]{7,}\d|\(\d{3}\) ?\d{3}[-. ]\d{4}\b|\b\d{3}[-. ]\d{3}[-. ]\d{4}\b"
# As the extractor marks them, and the macro that cleans titles.
NUMBER_REMOVED = "[phone]"
ADDRESS_REMOVED = "[email]"
# Titles end at some 120 characters; what is longer than this is a text.
_LONGEST_TITLE = 300
# A column is contact data, or text of postings, when more than one value in a hundred (and three) looks like it.
_TOLERATED_SHARE = 0.01
_TOLERATED_ROWS = 3
# Without the sign there is no mail address, and no text of a posting is that short: most columns need not be
# asked about twice.
_MAY_BE_PRIVATE = """contains("{0}", '@') or length("{0}") > 500""".format


def is_private_name(name: str) -> bool:
    """Whether a column or struct field of this name must not leave the warehouse."""
    lowered = name.lower()
    return lowered in _PRIVATE_NAMES or bool(_PRIVATE_WORDS.search(lowered))


def refuse_private_names(table: str, columns: dict[str, str]) -> None:
    """Refuse a table with a column, or a field inside a column, that is private.

    Args:
        table: Name of the mart.
        columns: Column name → DuckDB type, for example ``STRUCT(city VARCHAR)[]``.

    Raises:
        StageError: naming the table and the column.
    """
    for name, kind in columns.items():
        fields = [field for field in re.findall(r'"?(\w+)"? [A-Z]', kind) if is_private_name(field)]
        if is_private_name(name) or fields or "JSON" in kind:
            what = f"{name} ({', '.join(fields) or kind})"
            raise StageError(
                f"Not published: marts.{table} has the private column {what}. "
                "Payloads, texts of postings and contact data stay in the warehouse: take it out of the model."
            )


def refuse_private_content(connection: duckdb.DuckDBPyConnection, source: str, texts: list[str]) -> None:
    """Refuse a text column whose values are mail addresses or texts of postings, whatever its name.

    Args:
        connection: Where ``source`` can be read.
        source: Qualified, quoted name of the table.
        texts: Those of its VARCHAR columns that may be private (:func:`maybe_private`).

    Raises:
        StageError: naming the table, the column and how many values look private.
    """
    # what could be one is cheap to count; the expressions below are asked only where there is enough of it
    suspects = _suspects(connection, source, texts)
    if not suspects:
        return
    checks = ", ".join(
        f"""count(*) filter (where contains("{name}", '@') and regexp_matches("{name}", '{MAIL_ADDRESS}')),
        count(*) filter (where length("{name}") > 500 and regexp_matches("{name}", '<(p|div|ul|ol|li|br|h[1-6])[ />]')),
        count("{name}")"""
        for name in suspects
    )
    row = connection.execute(f"select {checks} from {source}").fetchone() or ()  # noqa: S608  # names from the catalogue
    for number, name in enumerate(suspects):
        addresses, pages, values = row[3 * number : 3 * number + 3]
        for count, what in ((addresses, "mail addresses"), (pages, "texts of postings in HTML")):
            if count >= _TOLERATED_ROWS and count > _TOLERATED_SHARE * values:
                raise StageError(
                    f"Not published: {count} of {values} values of {source}.{name} are {what}. "
                    "Contact data and texts of postings stay in the warehouse: take the column out of the model."
                )


def _suspects(connection: duckdb.DuckDBPyConnection, source: str, texts: list[str]) -> list[str]:
    """The columns of which more values than are tolerated may be private."""
    if not texts:
        return []
    counts = ", ".join(f"count(*) filter (where {_MAY_BE_PRIVATE(name)})" for name in texts)
    row = connection.execute(f"select {counts} from {source}").fetchone() or ()  # noqa: S608  # names from the catalogue
    return [name for name, count in zip(texts, row, strict=True) if count >= _TOLERATED_ROWS]


def maybe_private(connection: duckdb.DuckDBPyConnection, texts: dict[str, list[str]]) -> set[tuple[str, str]]:
    """The columns of which any value could be, or hold, a mail address, or be the text of a posting.

    Args:
        connection: Where the tables can be read.
        texts: Qualified, quoted name of a table → its VARCHAR columns.

    Returns:
        Pairs of table and column, named as in ``texts``.
    """
    # one question for all: to ask takes longer than to look
    looks = [
        f"select {number}, [{', '.join(f'bool_or({_MAY_BE_PRIVATE(name)})' for name in names)}] from {source}"  # noqa: S608  # names from the catalogue
        for number, (source, names) in enumerate(texts.items())
        if names
    ]
    if not looks:
        return set()
    tables = list(texts)
    return {
        (tables[number], name)
        for number, told in connection.execute(" union all ".join(looks)).fetchall()
        for name, is_so in zip(texts[tables[number]], told, strict=True)
        if is_so
    }


def without_addresses(expression: str) -> str:
    """SQL for a text with the odd mail address taken out (a title that says where to apply)."""
    cleaned = f"regexp_replace({expression}, '{MAIL_ADDRESS}', '{ADDRESS_REMOVED}', 'g')"
    return f"case when contains({expression}, '@') then {cleaned} else {expression} end"


def title_without_contacts(expression: str) -> str:
    """SQL for a title with the odd mail address and phone number taken out, and cut where it is a whole text."""
    cleaned = f"regexp_replace({without_addresses(expression)}, '{PHONE_NUMBER}', '{NUMBER_REMOVED}', 'g')"
    return f"left({cleaned}, {_LONGEST_TITLE})"
