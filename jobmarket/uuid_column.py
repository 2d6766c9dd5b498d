"""UUIDs as Arrow columns of the warehouse's type."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

import pyarrow as pa


def uuid_column(texts: Iterable[str | None]) -> pa.ExtensionArray:
    """Return a column of UUIDs from their texts; null where there is none.

    Raises:
        ValueError: If a text is not a UUID.
    """
    stored = pa.array([None if text is None else uuid.UUID(text).bytes for text in texts], pa.binary(16))
    return pa.ExtensionArray.from_storage(pa.uuid(), stored)
