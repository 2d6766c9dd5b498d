"""An HTTP response of the sample boards."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Response:
    """A status, a content type and the complete body."""

    status: int
    content_type: str
    body: bytes
