"""Keys and hashes of postings. These pure functions must never change, because raw data is keyed by them."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Collection, Mapping
from typing import Any

import orjson

from jobmarket.field_paths import without_fields

# Changing this namespace or the joining rule orphans every stored posting.
_NAMESPACE = uuid.UUID("5f0c3e0a-6f53-5b0e-9a53-7b6b3f1d2c41")
_SEPARATOR = "\x1f"


def posting_key(board: str, company_slug: str, native_id: str) -> str:
    """Return the UUID of a posting's identity (board, company, the board's id). URL and requisition play no part."""
    return str(uuid.uuid5(_NAMESPACE, _SEPARATOR.join((board, company_slug, native_id))))


def content_hash(fields: Mapping[str, Any], volatile_fields: Collection[str] = ()) -> str:
    """Return a UUID-shaped hash of everything that a board states about a posting.

    The employer's name is left out. Where the payload has none, the name comes from the registry, and naming a company
    there must not create a new version of all its postings. A name that the board states counts as part of the payload.

    Args:
        fields: The posting's ``Posting.fields()``.
        volatile_fields: Payload fields (dotted paths, through arrays too) that change without the posting changing,
            such as a view counter or ``updated_at``. They stay in the payload and are left out of the hash.
    """
    content = {**fields, "payload": without_fields(fields["payload"], volatile_fields)}
    del content["company_name"]
    canonical = orjson.dumps(content, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS)
    return str(uuid.UUID(bytes=hashlib.blake2b(canonical, digest_size=16).digest()))


def object_hash(payload: object, volatile_fields: Collection[str] = ()) -> str:
    """Return the hash of a board's object, without its ``volatile_fields``."""
    canonical = orjson.dumps(
        without_fields(payload, volatile_fields), option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS
    )
    return hashlib.blake2b(canonical, digest_size=16).hexdigest()
