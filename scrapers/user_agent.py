"""How a crawl introduces itself."""

from __future__ import annotations

import re
from importlib.metadata import version

CONTACT_NEEDED = (
    "Live boards are not crawled anonymously: set JOBMARKET_CONTACT to a mail address or a page about your crawler, "
    "in the environment or in .env. The user agent names it to the boards."
)


def can_be_written_to(contact: str | None) -> bool:
    """Whether a contact has the shape of a mail address or a page's address."""
    return re.fullmatch(r"[^\s@]+@[^\s@]+\.[^\s@]+|https?://\S+\.\S+", contact or "") is not None


def user_agent(contact: str | None) -> str:
    """``jobmarket/<version> (+<contact>)``; robots.txt files address it by its first word."""
    return f"jobmarket/{version('jobmarket')}" + (f" (+{contact})" if contact else "")
