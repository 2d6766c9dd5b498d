"""Reads sitemaps of career sites: their pages, when these changed, and the words in their addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urldefrag, urlsplit

import tldextract
from lxml.etree import QName
from scrapy import Request
from scrapy.http import Response
from scrapy.utils.gz import gunzip

from scrapers.boards.addresses import absolute
from scrapers.boards.elements import as_object
from scrapers.boards.fields import text
from scrapers.decoding import UnexpectedShape, read_xml
from scrapers.paging import LEADS_TO_LIST
from scrapers.scope import in_scope

_LARGEST = 64 * 1024 * 1024
_GZIP = b"\x1f\x8b"
# Decides which hosts are one site, by the list of public suffixes that comes with the library, without a request.
_split = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)
_BETWEEN_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The entries of a sitemap: pages, or further sitemaps if it is an index."""

    is_index: bool
    named: list[dict[str, str]]
    """``url``, and ``lastmod`` if it is stated; the newest first."""


def read_sitemap(response: Response) -> Sitemap | None:
    """Read an answer, compressed or not, as a sitemap; None if it is not one."""
    try:
        packed = response.body.startswith(_GZIP)
        root = read_xml(gunzip(response.body, max_size=_LARGEST) if packed else response.body)
    except (UnexpectedShape, EOFError, OSError, ValueError):  # broken, or larger than any sitemap
        return None
    kind = QName(root).localname
    if kind not in ("urlset", "sitemapindex"):
        return None
    named = [_named(as_object(each), response.url) for each in root.iterchildren("*")]
    named.sort(key=lambda each: each.get("lastmod", ""), reverse=True)
    return Sitemap(kind == "sitemapindex", [each for each in named if each])


def _named(entry: dict[str, Any], address: str) -> dict[str, str]:
    fields = {"url": text(entry, "loc"), "lastmod": text(entry, "lastmod")}
    stated = {name: value.strip() for name, value in fields.items() if value and value.strip()}
    return stated | {"url": absolute(address, stated["url"]) or stated["url"]} if "url" in stated else {}


def jobs_of(sitemap: Sitemap, containing: str) -> Iterator[dict[str, str]]:
    """Yield the pages whose addresses contain a text, with ``lastmod`` only for those to be read on their own pages.

    Some sitemaps state every day that all pages changed. Without ``lastmod``, the other pages stay unchanged.
    """
    for page in () if sitemap.is_index else sitemap.named:
        if containing in page["url"]:
            words = words_of(page["url"])
            yield page if words is None or in_scope(words) else {"url": page["url"]}


def next_sitemap(further: list[str], known: frozenset[str]) -> Request | None:
    """Return the request for the first of the sitemaps still to be read; ``known`` are all that are or will be read."""
    meta = {"further_sitemaps": further[1:], "known_sitemaps": known, LEADS_TO_LIST: True}
    return Request(further[0], meta=meta) if further else None


def requested_fragment(response: Response) -> str:
    """Return the part after ``#`` of the requested URL, which is not sent to the server."""
    return urldefrag(response.url if response.request is None else response.request.url).fragment


def is_of_site(address: str, host: str) -> bool:
    """Return whether an address is on a host or on its registrable domain; a host without one must match exactly."""
    try:
        parts = urlsplit(address)
        found, _ = parts.hostname or "", parts.port
    except ValueError:  # the host or the port is malformed
        return False
    site = _split(host).top_domain_under_public_suffix or host
    return found == site or found.endswith(f".{site}")


def words_of(address: str) -> str | None:
    """Return the words in a page's address (``…/4711-data-engineer-berlin``); None if there are fewer than two."""
    try:
        path = urlsplit(address).path
    except ValueError:
        return None
    parts = (_BETWEEN_WORDS.split(unquote(part)) for part in path.split("/"))
    words = [[word for word in part if word.isalpha() and len(word) > 1] for part in parts]
    best = max(reversed(words), key=len)
    return " ".join(best) if len(best) > 1 else None
