"""Addresses that a board's document states."""

from __future__ import annotations

from urllib.parse import unquote, urljoin, urlsplit


def absolute(page: str, stated: str | None) -> str | None:
    """Return an address stated on a page as an absolute one; None if there is none or it is malformed."""
    try:
        return urljoin(page, stated) if stated else None
    except ValueError:
        return None


def spellings(address: str | None) -> set[str]:
    """Return the ways in which a list may write a page's address; none if it is malformed.

    They differ in the scheme, the slash at the end, the query, the fragment, and in whether letters are escaped.
    """
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return set()
    path = parts.path.rstrip("/")
    written = {
        parts._replace(scheme=scheme, path=path + end, query=query, fragment="").geturl()
        for scheme in ("http", "https")
        for end in ("", "/")
        for query in (parts.query, "")
    }
    return written | {unquote(each) for each in written} if parts.netloc else set()
