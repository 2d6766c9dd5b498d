"""Boards that give each employer a host: ``acme.example.com``, or a domain of the employer's own.

The slug of an employer is its label (``acme``); where it has a host that does not follow from a label, all of the
host (``careers.acme.com``, ``acme.na.example.com``).
"""

import re
from urllib.parse import quote


def host_of(slug: str, system: str) -> str:
    """The host of an employer on a system."""
    return quote(slug if "." in slug else f"{slug}.{system}", safe="")


def host_pattern(system: str, path: str) -> re.Pattern[str]:
    """Recognises ``path`` (a regular expression) on any host, and names the employer in the group ``slug``."""
    label = rf"[^./?#]+(?=\.{re.escape(system)}/)"
    return re.compile(
        rf"https?://(?P<slug>{label}|[^/?#]+\.[^/?#.]+)(?:(?<!\.{re.escape(system)})\.{re.escape(system)})?{path}"
    )
