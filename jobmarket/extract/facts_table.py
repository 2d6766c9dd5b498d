"""The Arrow table of facts: its schema, and how it is built from facts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, chain
from operator import attrgetter
from typing import Any

import pyarrow as pa

from jobmarket.extract.facts import Facts

_LOCATION = pa.struct([("city", pa.string()), ("region", pa.string()), ("country", pa.string())])
_SALARY = pa.struct(
    [
        ("min", pa.float64()),
        ("max", pa.float64()),
        ("currency", pa.string()),
        ("period", pa.string()),
        ("kind", pa.string()),
        ("amount_basis", pa.string()),
        ("currency_basis", pa.string()),
        ("span_start", pa.int32()),
        ("span_end", pa.int32()),
    ]
)
# Further parts of each salary. A table that an earlier version made can take new columns, but no new parts of a column.
_PAY_TERMS = pa.struct([("monthly_payments", pa.float64()), ("is_net", pa.bool_())])
_SKILL = pa.struct(
    [
        ("name", pa.string()),
        ("surface", pa.string()),
        ("category", pa.string()),
        ("level", pa.string()),
        ("span_start", pa.int32()),
        ("span_end", pa.int32()),
    ]
)

FACTS_SCHEMA = pa.schema(
    [
        ("content_hash", pa.string()),
        ("public_title", pa.string()),
        ("role_family", pa.string()),
        ("seniority", pa.string()),
        ("experience_band", pa.string()),
        ("workplace", pa.string()),
        ("employment_type", pa.string()),
        ("degree_min", pa.string()),
        ("years_min", pa.int32()),
        ("years_max", pa.int32()),
        ("language", pa.string()),
        ("locations", pa.list_(_LOCATION)),
        ("remote_scope", pa.list_(pa.string())),
        ("salaries", pa.list_(_SALARY)),
        ("pay_terms", pa.list_(_PAY_TERMS)),
        ("skills", pa.list_(_SKILL)),
        ("candidate_terms", pa.list_(pa.string())),
        ("certifications", pa.list_(pa.string())),
        ("specialisations", pa.list_(pa.string())),
        ("languages_asked", pa.list_(pa.string())),
        ("visa_sponsorship", pa.string()),
        ("sector", pa.string()),
        ("company_size", pa.string()),
        ("company_employees", pa.int32()),
        ("is_for_client", pa.bool_()),
        ("has_description", pa.bool_()),
        ("sentence_hashes", pa.list_(pa.uint64())),
    ]
)


def facts_table(content_hashes: Sequence[str], public_titles: Sequence[str], found: Sequence[Facts]) -> pa.Table:
    """Return a table of :data:`FACTS_SCHEMA` with one row per content; ``public_titles`` are free of contact data."""
    own = [pa.array(content_hashes, pa.string()), pa.array(public_titles, pa.string())]
    return pa.table([*own, *(_column(found, field) for field in list(FACTS_SCHEMA)[2:])], schema=FACTS_SCHEMA)


def _column(found: Sequence[Facts], field: pa.Field) -> pa.Array:
    """Build one column of the facts; a list of records becomes one array per field of the record."""
    name = "salaries" if field.name == "pay_terms" else field.name
    values: list[Any] = list(map(attrgetter(name), found))
    if not (pa.types.is_list(field.type) and pa.types.is_struct(field.type.value_type)):
        return pa.array(values, field.type)
    records = list(chain.from_iterable(values))
    parts = list(field.type.value_type)
    arrays = [pa.array(map(attrgetter(part.name), records), part.type, size=len(records)) for part in parts]
    offsets = pa.array(accumulate(map(len, values), initial=0), pa.int32(), size=len(values) + 1)
    return pa.ListArray.from_arrays(offsets, pa.StructArray.from_arrays(arrays, fields=parts), type=field.type)
