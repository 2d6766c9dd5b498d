"""Which postings are measured, as far as a title tells: the others need not be read on a page of their own."""

from __future__ import annotations

from functools import lru_cache

from jobmarket.extract.document import Document
from jobmarket.extract.role import role_family


@lru_cache(maxsize=8192)
def in_scope(title: str) -> bool:
    """Say whether a title names a role of machine learning, AI, data or software."""
    return role_family(Document(title=title, location=None, text="", sections=(), language="en")) != "other"
