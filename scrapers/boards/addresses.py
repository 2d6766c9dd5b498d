"""Addresses that a board's document states."""

from __future__ import annotations

from urllib.parse import urljoin


def absolute(page: str, stated: str | None) -> str | None:
    """Return an address stated on a page as an absolute one; None if there is none or it is malformed."""
    try:
        return urljoin(page, stated) if stated else None
    except ValueError:
        return None
