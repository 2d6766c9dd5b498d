"""For companies whose board is a single answer: an unchanged answer is neither sent nor read again."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b, sha256

from scrapy import Request
from scrapy.http import Response

from jobmarket.gap_words import ONLY_NOT_MODIFIED
from jobmarket.landed_index import EarlierAnswer, Shown
from jobmarket.run_writer import Finished, RunWriter
from scrapers.decoding import UnexpectedShape

_NOT_MODIFIED = 304


class WholeAnswer:
    """One request and its answer, compared with the answer of the last crawl.

    The request asks the host to send the answer only if it has changed (``If-None-Match``, ``If-Modified-Since``). If
    the host sends it anyway, the hash of its bytes shows whether it has changed. Every posting of an unchanged answer
    counts as seen again. If a posting's own page is due, the answer is needed and the request is unconditional.

    The conditions stay on a request that is redirected, for example to the vendor's site because the employer has left.
    So an answer from another address leaves no conditions, and "not modified" from there says nothing of the list.
    """

    def __init__(
        self,
        landed: RunWriter,
        company_slug: str,
        request: Request,
        made_by: str,
        is_due: Callable[[Shown], bool] | None = None,
    ) -> None:
        identity = f"{request.method} {request.url}\n".encode() + request.body
        self._name = blake2b(identity, digest_size=16).hexdigest()  # hashed, because a URL may contain a key
        self._landed, self._company_slug, self._made_by = landed, company_slug, made_by
        earlier = landed.answer(self._name)
        if earlier and (earlier.made_by != made_by or (is_due and self._asks_for_pages(earlier, is_due))):
            earlier = None
        self._earlier = earlier
        self._validators: tuple[str | None, str | None] = None, None
        self._body: str | None = None
        self._request = request
        landed.keep_sightings(company_slug)

    def _asks_for_pages(self, earlier: EarlierAnswer, is_due: Callable[[Shown], bool]) -> bool:
        """Return whether a page is to be read although the list is unchanged: it is due, or it was gone last time."""
        keys = [key for key, _ in earlier.sightings]
        return any(map(self._landed.is_gone, keys)) or any(map(is_due, filter(None, map(self._landed.shown, keys))))

    def request(self) -> Request:
        """Return the request, with the conditions that the last answer allows."""
        if self._earlier is None:
            return self._request
        headers = self._request.headers.copy()
        if self._earlier.etag:
            headers["If-None-Match"] = self._earlier.etag
        if self._earlier.last_modified:
            headers["If-Modified-Since"] = self._earlier.last_modified
        meta = {**self._request.meta, "handle_httpstatus_list": [_NOT_MODIFIED]}
        return self._request.replace(headers=headers, meta=meta)

    def unchanged(self, response: Response) -> EarlierAnswer | None:
        """Return the earlier answer if this one is the same; None if it has changed.

        Raises:
            UnexpectedShape: If another address than that of the list has not been modified.
        """
        is_elsewhere = "redirect_urls" in response.meta
        if response.status == _NOT_MODIFIED:
            if is_elsewhere:
                raise UnexpectedShape(ONLY_NOT_MODIFIED.format(response.url))
            return self._earlier
        self._body = sha256(response.body).hexdigest()  # built into processors: takes half the time of other hashes
        if not is_elsewhere:
            self._validators = _header(response, "ETag"), _header(response, "Last-Modified")
        same = self._earlier is not None and self._earlier.body == self._body
        return self._earlier if same else None

    def close(self, outcome: Finished, left_out: int) -> None:
        """Store what the answer showed, unless part is missing, or a gone page may come back while the list stays."""
        sightings = self._landed.sightings(self._company_slug)
        if self._body is None or outcome.status != "complete" or self._landed.has_gone_pages(self._company_slug):
            return
        etag, last_modified = self._validators
        self._landed.add_answer(
            self._name,
            EarlierAnswer(
                self._made_by, etag, last_modified, self._body, left_out, outcome.missing, sightings
            ),
        )  # fmt: skip


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
