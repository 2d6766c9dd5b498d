"""Which postings are measured, judged by their titles. The own pages of other postings are not requested."""

from __future__ import annotations

from functools import lru_cache

from jobmarket.extract.document import Document
from jobmarket.extract.role import role_family


@lru_cache(maxsize=8192)
def in_scope(title: str) -> bool:
    """Return whether a title names a role in machine learning, AI, data or software."""
    return role_family(Document(title=title, location=None, text="", sections=(), language="en")) != "other"
