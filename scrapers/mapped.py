"""Maps an object that a board lists, as far as the walk needs to know which posting it is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from jobmarket.field_paths import without_fields
from jobmarket.identity import object_hash, posting_key
from scrapers.made_by import made_by
from scrapers.planning import Company
from scrapers.steps import Found

if TYPE_CHECKING:
    from scrapers.boards.base import BoardSpider


def mapper(spider: BoardSpider, company: Company) -> Callable[[Any], Found]:
    """Return what makes a listed object, without its personal data, one that is found."""
    by = made_by(type(spider).__module__)

    def mapped(listed: Any) -> Found:
        payload, posting = without_fields(listed, spider.personal_fields), None
        if isinstance(payload, dict):
            with suppress(Exception):  # the validation pipeline maps it again and states the fault
                posting = spider.to_posting(payload, company)
        if posting is None or not spider.has_details():
            return Found(company, payload, posting)
        key = posting_key(posting.board, posting.company_slug, posting.native_id)
        shown = object_hash(payload, spider.volatile_fields)
        return Found(company, payload, posting, key, object_hash({"shown": shown, "made_by": by}))

    return mapped
