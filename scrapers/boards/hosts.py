"""Helpers for boards that give each employer a host: ``acme.example.com``, or the employer's own domain.

The slug of an employer is the host's first label (``acme``), or the full host if that does not follow from a label
(``careers.acme.com``, ``acme.na.example.com``).
"""

import re
from urllib.parse import quote


def host_of(slug: str, system: str) -> str:
    """Return the host of an employer on a system."""
    return quote(slug if "." in slug else f"{slug}.{system}", safe="")


def host_pattern(system: str, path: str) -> re.Pattern[str]:
    """Return a pattern for ``path`` (a regular expression) on any host, with the employer in the group ``slug``."""
    label = rf"[^./?#]+(?=\.{re.escape(system)}/)"
    return re.compile(
        rf"https?://(?P<slug>{label}|[^/?#]+\.[^/?#.]+)(?:(?<!\.{re.escape(system)})\.{re.escape(system)})?{path}"
    )
