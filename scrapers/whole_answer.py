"""A company whose whole board is one answer: what has not changed is neither sent nor read again."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b, sha256

from scrapy import Request
from scrapy.http import Response

from jobmarket.landed_index import EarlierAnswer, Shown
from jobmarket.run_writer import Finished, RunWriter

_NOT_MODIFIED = 304


class WholeAnswer:
    """One request and its answer, compared with what it was answered the last time.

    The host is asked to send the answer only if it has changed (``If-None-Match``, ``If-Modified-Since``); a host that
    sends it all the same, or never says when it changed, is seen through by the hash of the bytes. Everything that an
    unchanged answer shows is seen again as it was. Where a posting's own page is due to be read again, the answer is
    needed, and asked for without conditions.
    """

    def __init__(
        self,
        landed: RunWriter,
        company_slug: str,
        request: Request,
        made_by: str,
        is_due: Callable[[Shown], bool] | None = None,
    ) -> None:
        asked = f"{request.method} {request.url}\n".encode() + request.body
        self._name = blake2b(asked, digest_size=16).hexdigest()  # a URL may hold a key
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
        """Whether a page is to be read although the list has not changed: it is due, or it was gone the last time."""
        keys = [key for key, _ in earlier.sightings]
        return any(map(self._landed.is_gone, keys)) or any(map(is_due, filter(None, map(self._landed.shown, keys))))

    def request(self) -> Request:
        """The request, which also tells what is known of its answer."""
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
        """What the answer shows, if it is that of the last time."""
        if response.status == _NOT_MODIFIED:
            return self._earlier
        self._body = sha256(response.body).hexdigest()  # processors have it built in: half the time of others
        self._validators = _header(response, "ETag"), _header(response, "Last-Modified")
        same = self._earlier is not None and self._earlier.body == self._body
        return self._earlier if same else None

    def close(self, outcome: Finished, left_out: int) -> None:
        """Keep what the answer showed, unless anything of it is missing, or may come back though the list stays."""
        sightings = self._landed.sightings(self._company_slug)
        if self._body is None or outcome.status != "complete" or outcome.own_pages_gone:
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
