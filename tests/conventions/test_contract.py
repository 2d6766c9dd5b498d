"""The columns of the raw tables match the fields of the models in name and type."""

from __future__ import annotations

import types
import typing
from datetime import datetime

import pytest
from pydantic import BaseModel

from jobmarket.landing import CompanyOutcome
from jobmarket.posting import Pay, Place, Posting
from jobmarket.warehouse.schema import OUTCOME_COLUMNS, PAY, PLACE, POSTING_COLUMNS

SCALARS = {str: "VARCHAR", bool: "BOOLEAN", int: "INTEGER", float: "DOUBLE", datetime: "TIMESTAMP"}
# 32 bits can count two gigabytes. A crawl may receive more.
WIDER = {"response_bytes": "BIGINT"}


def duckdb_type(annotation: object) -> str:
    """Return the DuckDB type for the values of a model's field."""
    arguments = [a for a in typing.get_args(annotation) if a is not type(None)]
    origin = typing.get_origin(annotation)
    if origin in (typing.Union, types.UnionType) or hasattr(annotation, "__metadata__"):
        return duckdb_type(arguments[0])
    if origin is typing.Literal:
        return "VARCHAR"
    if origin is tuple:
        return f"{duckdb_type(arguments[0])}[]"
    if origin is dict:
        is_counter = arguments == [str, int]
        return "MAP(VARCHAR, INTEGER)" if is_counter else "JSON"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {Place: PLACE, Pay: PAY}[annotation]
    return SCALARS[annotation]  # type: ignore[index]


@pytest.mark.parametrize(
    ("model", "columns"), [(Posting, POSTING_COLUMNS), (CompanyOutcome, OUTCOME_COLUMNS)], ids=["posting", "crawl_run"]
)
def test_table_matches_model(model: type[BaseModel], columns: dict[str, str]) -> None:
    expected = {n: WIDER.get(n) or duckdb_type(f.rebuild_annotation()) for n, f in model.model_fields.items()}
    assert columns == expected


@pytest.mark.parametrize(("model", "struct"), [(Place, PLACE), (Pay, PAY)])
def test_struct_matches_model(model: type[BaseModel], struct: str) -> None:
    fields = [part.split()[0].strip('"') for part in struct.removeprefix("STRUCT(").removesuffix(")").split(", ")]
    assert fields == list(model.model_fields)


def test_every_field_is_described() -> None:
    described = [f.description for model in (Posting, Place, Pay) for f in model.model_fields.values()]
    assert described
    assert all(described)
