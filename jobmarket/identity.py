"""Who is who: keys and hashes of postings. Pure functions, stable for ever: raw data is keyed by them."""

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
    """UUID of a posting's identity: (board, company, the board's own id). Never its URL, never its requisition."""
    return str(uuid.uuid5(_NAMESPACE, _SEPARATOR.join((board, company_slug, native_id))))


def content_hash(fields: Mapping[str, Any], volatile_fields: Collection[str] = ()) -> str:
    """UUID-shaped hash of everything the board said of a posting: of its ``Posting.fields()``.

    The employer's name is left out: where the payload has none it is the registry's, and naming a company there must
    not make a new version of all its postings. A name that the board states is in the payload, and counts there.

    ``volatile_fields`` are payload fields (dotted paths, through arrays too) that change without the posting changing
    (a view counter, ``updated_at``): they are kept in the payload and left out of the hash.
    """
    content = {**fields, "payload": without_fields(fields["payload"], volatile_fields)}
    del content["company_name"]
    canonical = orjson.dumps(content, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS)
    return str(uuid.UUID(bytes=hashlib.blake2b(canonical, digest_size=16).digest()))


def object_hash(payload: object, volatile_fields: Collection[str] = ()) -> str:
    """Hash of a board's own object, without its ``volatile_fields``."""
    canonical = orjson.dumps(
        without_fields(payload, volatile_fields), option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS
    )
    return hashlib.blake2b(canonical, digest_size=16).hexdigest()
