"""Arrow batches from the arrays of one cell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyarrow as pa


def batch_of(arrays: Iterable[Any], schema: pa.Schema) -> pa.RecordBatch:
    """Return a batch; NaN becomes null.

    Args:
        arrays: One for each field: an Arrow array, or anything Arrow takes for one.
        schema: The batch's columns, to whose types the arrays are cast.
    """
    made = [array if isinstance(array, pa.Array) else pa.array(array, from_pandas=True) for array in arrays]
    # even a cast that changes nothing takes longer than the array
    cast = [
        array if array.type == field.type else array.cast(field.type) for array, field in zip(made, schema, strict=True)
    ]
    return pa.RecordBatch.from_arrays(cast, schema=schema)
