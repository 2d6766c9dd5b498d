"""How a crawl identifies itself to the boards."""

from __future__ import annotations

from importlib.metadata import version

CONTACT_NEEDED = (
    "Live boards are not crawled anonymously: set JOBMARKET_CONTACT to a mail address or to the URL of a page about "
    "your crawler, in the environment or in .env. The user agent shows it to the boards."
)


def user_agent(contact: str | None) -> str:
    """Return ``jobmarket/<version> (+<contact>)``; robots.txt files address it by its first word."""
    return f"jobmarket/{version('jobmarket')}" + (f" (+{contact})" if contact else "")
