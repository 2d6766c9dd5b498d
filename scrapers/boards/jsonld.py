"""Career sites that describe their jobs for search engines, with schema.org/JobPosting."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any
from urllib.parse import urldefrag, urlsplit

from scrapy import Request
from scrapy.http import Response

from jobmarket.posting import Posting
from scrapers.boards.base import BoardSpider, Company, UnexpectedShape
from scrapers.boards.fields import mapping, required, text
from scrapers.boards.job_posting_schema import fields_of, job_postings, page_of
from scrapers.boards.redirected_pages import job_unless_expired
from scrapers.boards.several_on_page import own_addresses
from scrapers.boards.sitemaps import is_of_site, jobs_of, next_sitemap, read_sitemap, requested_fragment, words_of

# No site has as many. If one names more, its crawl is partial.
_MOST_SITEMAPS = 400


class JsonldSpider(BoardSpider):
    """Any career site: its sitemap (or an index of sitemaps) is the list, and each page has a JobPosting.

    Terms: each site has its own; read them before you add its row. Robots: requested from each host and obeyed.
    Pagination: an index names the sitemaps. The slug is an address without ``https://`` and, after ``#``, a text that
    the address of every job contains: ``acme.example/sitemap.xml#/jobs/``. The address may also be a page that contains
    the JobPostings. Entries on other sites are left out, and no sitemap is requested twice.
    Quirks (2026-11-22): a sitemap shows no titles, so a posting has the words of its address as its title until its
    page is read. A page is read again when its ``lastmod`` changes. JSON-LD takes precedence over microdata. Several
    postings may share one requisition as their ``identifier``, so the address identifies a posting. Postings of
    one page that state the same address, or none, are told apart by identifier, title or place. A page that answers 404
    is gone, and so is one that redirects to another listed page, or to an overview of the others.
    """

    name = "jsonld"
    documentation = "https://schema.org/JobPosting"
    list_url = "https://{slug}"
    accepts = "*/*"
    url_pattern = re.compile(r"https?://(?P<slug>[^#]+#[^#]+)$")

    def requests_for(self, company: Company) -> Iterable[Request]:
        """Request the sitemap or the page."""
        return [Request(f"https://{company.slug}")]

    def postings(self, response: Response) -> Iterator[Any]:
        """Yield the job pages of a sitemap, or the JobPostings of a page with its address."""
        if (sitemap := read_sitemap(response)) is not None:
            for page in jobs_of(sitemap, requested_fragment(response)):
                if is_of_site(page["url"], _site_host(response)):
                    yield page
                else:
                    self.leave_out(response)
            return
        found = job_postings(page_of(response))
        if not found:
            raise UnexpectedShape("neither a sitemap nor a page with a JobPosting")
        for job, address in zip(found, own_addresses(found, urldefrag(response.url).url), strict=True):
            yield {"url": address, "job_posting": job}

    def next_page(self, response: Response, company: Company) -> Request | None:
        """Request the next sitemap that an index names."""
        sitemap, further = read_sitemap(response), response.meta.get("further_sitemaps", [])
        known = response.meta.get("known_sitemaps", frozenset({urldefrag(response.url).url}))
        if sitemap is not None and sitemap.is_index:
            named = [url for url in dict.fromkeys(each["url"] for each in sitemap.named) if url not in known]
            own = [url for url in named if is_of_site(url, _site_host(response))]
            for _ in range(len(named) - len(own)):
                self.leave_out(response)
            if (n := len(known) + len(own)) > _MOST_SITEMAPS:
                self.outcomes.failed(company.slug, f"the site names {n:,} sitemaps, of which {_MOST_SITEMAPS} are read")
            own = own[: max(_MOST_SITEMAPS - len(known), 0)]
            further, known = [f"{url}#{requested_fragment(response)}" for url in own] + further, known.union(own)
        return next_sitemap(further, known)

    def after_lost(self, request: Request) -> Request | None:
        """Request the sitemap after one that could not be read."""
        return next_sitemap(request.meta.get("further_sitemaps", []), request.meta.get("known_sitemaps", frozenset()))

    def detail_for(self, payload: dict[str, Any], company: Company) -> Request | None:
        """Request the page, if only its sitemap entry is known."""
        return None if "job_posting" in payload else Request(required(payload, "url"))

    def own_page(self, payload: dict[str, Any], response: Response, listed: Collection[str]) -> dict[str, Any] | None:
        """Return the page's JobPosting, without ``lastmod``, which some sitemaps change every day."""
        job = job_unless_expired(response, payload["url"], listed)
        return None if job is None else {"url": payload["url"], "job_posting": job}

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Map the JobPosting's fields."""
        address, fields = required(payload, "url"), fields_of(job := mapping(payload, "job_posting"))
        title = fields["title"] if job else words_of(address) or address
        return Posting(
            **fields
            | {"title": required({"title": title}, "title"), "company_name": fields["company_name"] or company.name},
            board=self.name,
            company_slug=company.slug,
            native_id=address,
            url=address,
            requisition_id=text(job, "identifier", "value") or text(job, "identifier"),
            payload=payload,
        )

    def is_in_scope(self, posting: Posting) -> bool:
        """Judge by the title; a page whose address has no words must be read to know its title."""
        return super().is_in_scope(posting) or posting.title == posting.url


def _site_host(response: Response) -> str:
    """Return the host in the company's slug."""
    slug = response.meta.get("company") if response.request is not None else None
    return urlsplit(f"https://{slug}" if slug else response.url).hostname or ""
