"""Checks the seeds by the tests that ``seeds.yml`` declares, before anything reads them, and the registry of employers.

dbt runs the same tests, but some of them only after the texts are read, and without naming the line of a bad row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from jobmarket.csv_file import CsvError, read_rows
from jobmarket.did_you_mean import did_you_mean
from jobmarket.duckdb_file import opened
from jobmarket.extract.seeds import SEEDS
from jobmarket.extract.taxonomy import ALIASES_SEED, RULES_SEED, SKILLS_SEED, Taxonomy, TaxonomyError
from jobmarket.extract.version import WORD_LISTS
from jobmarket.stages import PermanentError, find
from jobmarket.yaml_file import read_yaml

_PROBLEMS_NAMED = 3
_REF = re.compile(r"ref\('(\w+)'\)")
_TAXONOMY = (SKILLS_SEED, ALIASES_SEED, RULES_SEED)

Rows = list[tuple[int, dict[str, str]]]


def require_seeds(project: Path) -> None:
    """Check that the seeds are well-formed and meet their tests, and that the taxonomy does not contradict itself.

    The extractor reads its word lists beside its code, so a project elsewhere must have the same ones.

    Args:
        project: Folder of the dbt project.

    Raises:
        StageError: If not. The message names the file, the line and the value of the first bad rows, and what to do.
    """
    folder = project / "seeds"
    try:
        seeds = {file.stem: _texts(file) for file in sorted(folder.glob("*.csv"))}
    except CsvError as error:
        raise PermanentError(str(error)) from error
    declared = folder / "seeds.yml"
    if not declared.exists():
        raise PermanentError(
            f"{declared} is missing. Restore it, or correct JOBMARKET_DBT_PROJECT, the dbt project's folder."
        )
    problems = list(_problems(seeds, read_yaml(declared.read_text(encoding="utf-8"))["seeds"]))
    if problems:
        more = f" And {len(problems) - _PROBLEMS_NAMED} more." if len(problems) > _PROBLEMS_NAMED else ""
        raise PermanentError(f"{' '.join(problems[:_PROBLEMS_NAMED])}{more}")
    try:
        Taxonomy(*([row for _, row in seeds[name.removesuffix(".csv")]] for name in _TAXONOMY))
    except TaxonomyError as error:
        raise PermanentError(f"{error}.") from error
    if others := [name for name in WORD_LISTS if seeds[name] != _texts(SEEDS / f"{name}.csv")]:
        raise PermanentError(
            f"{', '.join(f'{name}.csv' for name in others)} in {folder} is not the same as in {SEEDS}, which the "
            "extractor reads whatever JOBMARKET_DBT_PROJECT is. Make both the same."
        )


def require_loaded_word_lists(loaded: Mapping[str, pa.Table]) -> None:
    """Check that the word lists in the warehouse are those beside the code, which the extractor reads.

    Whoever starts dbt by hand does without :func:`require_seeds`, and may run models on seeds of an earlier version.

    Args:
        loaded: Name of each list → its table.

    Raises:
        PermanentError: If some differ. The message names them.
    """
    if others := [name for name, table in loaded.items() if _sorted(table.to_pylist()) != _sorted(_own(name))]:
        raise PermanentError(
            f"The seeds {', '.join(others)} in the warehouse are not the same as in {SEEDS}, which the extractor "
            "reads. Make the files of both the same, and run `dbt build`, which loads them."
        )


def _own(name: str) -> list[dict[str, str]]:
    return [row for _, row in _texts(SEEDS / f"{name}.csv")]


def _sorted(rows: list[dict[str, Any]]) -> list[list[tuple[str, str]]]:
    """Return rows in an order of their own, with nulls as empty texts, as in a CSV file."""
    return sorted(
        sorted((column, "" if value is None else str(value)) for column, value in row.items()) for row in rows
    )


def require_registry(project: Path) -> None:
    """Check the registry of employers beside the dbt project (``scrapers/companies.csv``), if there is one.

    Raises:
        StageError: If a row is wrong, as a crawl would (scrapers.registry). The message names the file and the line.
    """
    registry = project.resolve().parent / "scrapers" / "companies.csv"
    if registry.exists():
        find("companies")(registry)


def _texts(file: Path) -> Rows:
    return [(line, {column: text.strip() for column, text in row.items()}) for line, row in read_rows(file)]


def _problems(seeds: dict[str, Rows], declared: list[dict[str, Any]]) -> Iterator[str]:
    if empty := [seed["name"] for seed in declared if not seeds.get(seed["name"])]:
        yield from (f"{name}.csv is missing or has no rows: restore it." for name in empty)
        return
    with opened(":memory:", read_only=False) as connection:
        for seed in declared:
            yield from _load(connection, seed, seeds[seed["name"]])
        for seed in declared:
            for column, test in _tests(seed):
                yield from _failures(connection, seed["name"], column, test)


def _load(connection: duckdb.DuckDBPyConnection, seed: dict[str, Any], rows: Rows) -> Iterator[str]:
    """Create a table of a seed, with dbt's types and the line of each row, and yield the values of a wrong type."""
    name, types = seed["name"], seed["config"]["column_types"]
    if lost := types.keys() - rows[0][1].keys():
        yield f"{name}.csv, line 1: the column {sorted(lost)[0]} is missing."
    texts = pa.table(
        {"line": pa.array([line for line, _ in rows], pa.int64())}
        | {column: pa.array([row.get(column) or None for _, row in rows], pa.string()) for column in types}
    )
    connection.register("texts", texts)
    columns = ", ".join(f'try_cast("{column}" as {kind}) as "{column}"' for column, kind in types.items())
    connection.execute(f'create table "{name}" as select line, {columns} from texts')  # noqa: S608 - from seeds.yml
    for column, kind in types.items():
        misfits = f'try_cast("{column}" as {kind}) is null and "{column}" is not null'
        for line, value in _rows(connection, "texts", column, misfits):
            yield f"{name}.csv, line {line}: {column} '{value}' is not of type {kind}."


def _tests(seed: dict[str, Any]) -> Iterator[tuple[str | None, dict[str, Any]]]:
    """Yield each test of a seed as ``{name: parameters}``, with the column that it is of."""
    for owner in (seed, *seed["columns"]):
        for test in owner.get("data_tests", ()):
            yield (None if owner is seed else owner["name"]), {test: {}} if isinstance(test, str) else test


def _failures(
    connection: duckdb.DuckDBPyConnection, seed: str, column: str | None, test: dict[str, Any]
) -> Iterator[str]:
    """Yield a sentence for each row that fails a test."""
    ((name, parameters),) = test.items()
    arguments = parameters.get("arguments", {})
    where = parameters.get("config", {}).get("where", "true")
    column = column or arguments.get("column_name")
    match name:
        case "unique":
            yield from _repeated(connection, seed, [f'"{column}"'], f'({where}) and "{column}" is not null')
        case "unique_combination":
            yield from _repeated(connection, seed, arguments["columns"], where)
        case "not_null":
            for line, _ in _rows(connection, seed, str(column), f'({where}) and "{column}" is null'):
                yield f"{seed}.csv, line {line}: {column} is empty. Fill it in."
        case "snake_case":
            wrong = f"({where}) and not regexp_full_match(\"{column}\", '[a-z0-9_]+')"
            for line, value in _rows(connection, seed, str(column), wrong):
                yield (
                    f"{seed}.csv, line {line}: {column} '{value}' may consist only of lower-case letters, digits and "
                    "underscores."
                )
        case "accepted_values":
            for line, value in _rows(connection, seed, str(column), where):
                if value is not None and value not in arguments["values"]:
                    allowed = ", ".join(arguments["values"])
                    yield f"{seed}.csv, line {line}: {column} '{value}' is not one of {allowed}."
        case "relationships" | "parts_exist":
            yield from _unknown(connection, seed, str(column), arguments, where, parts=name == "parts_exist")
        case "holds":
            for line, _ in _rows(connection, seed, "line", f"({where}) and not ({arguments['condition']})"):
                yield f"{seed}.csv, line {line}: the row does not meet the condition {arguments['condition']}."


def _unknown(
    connection: duckdb.DuckDBPyConnection, seed: str, column: str, arguments: dict[str, Any], where: str, *, parts: bool
) -> Iterator[str]:
    """Yield the values of a column, or the parts of them, that another seed does not have."""
    (other,) = _REF.findall(arguments["to"])
    field = arguments["field"]
    known = {value for _, value in _rows(connection, other, field, "true")}
    for line, value in _rows(connection, seed, column, where):
        for part in () if value is None else value.split("|") if parts else (value,):
            # A reference to a list, which the taxonomy resolves.
            if part not in known and not (parts and part.startswith("@")):
                meant = did_you_mean(part, filter(None, known))
                yield (
                    f"{seed}.csv, line {line}: {column} '{part}' is not a {field} in {other}.csv.{meant} "
                    f"Correct it, or add a row to {other}.csv."
                )


def _repeated(connection: duckdb.DuckDBPyConnection, seed: str, columns: Sequence[str], where: str) -> Iterator[str]:
    """Yield the rows whose key an earlier row has."""
    key = ", ".join(columns)
    rows = connection.execute(
        f"select line, min(line) over (partition by {key}) as first, concat_ws(', ', {key}) "  # noqa: S608 - from seeds.yml
        f'from "{seed}" where {where} qualify line > first order by line'
    ).fetchall()
    named = key.replace('"', "")
    for line, first, value in rows:
        yield f"{seed}.csv, line {line}: {named} '{value}' repeats line {first}. Keep one of the two rows."


def _rows(connection: duckdb.DuckDBPyConnection, seed: str, column: str, where: str) -> list[tuple[int, Any]]:
    rows = f'select line, "{column}" from "{seed}" where {where} order by line'  # noqa: S608 - from seeds.yml
    return connection.execute(rows).fetchall()
