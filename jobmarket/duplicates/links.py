"""The single openings that a text links to: a forum post is often reworded while its links stay."""

from __future__ import annotations

import re
from html import unescape

_LINK = re.compile(r"https?://([\w.-]+)/([^\s\"'<>?#]+)")
# Words in addresses of openings: "boards.greenhouse.io/acme/jobs/4802989", "grnh.se/2f33dr0p7us".
_OF_JOBS = re.compile(r"appl[iy]|ashby|breezy|career|grnh\.se|job|lever\.co|opening|position|recruit|vacanc|workable")
# An id has a digit: "4802989", "1h156iuuzg", the ends of a UUID; the title may follow: "4a707ef4f952-ux-lead".
_ID = re.compile(r"(?=[a-z_]*\d)\w{6,}")


def links_to_openings(text: str) -> frozenset[str]:
    """Return the addresses of single openings in a text, HTML or plain, without what follows their ids."""
    found = set()
    for host, path in _LINK.findall(unescape(unescape(text))):  # markup is escaped on some boards, addresses on others
        address = f"{host}/{path}".lower()
        last = max((part.end() for part in _ID.finditer(path.lower())), default=0)
        # forums shorten the address that they show: "https://jobs.ashbyhq.com/acme/776ce314-aa12..."
        if last and not address.endswith(("...", "…")) and _OF_JOBS.search(address):
            found.add(address[: len(host) + 1 + last])
    return frozenset(found)
