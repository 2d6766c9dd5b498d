"""An HTTP answer of the sample boards."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Response:
    """Status, content type and the whole body."""

    status: int
    content_type: str
    body: bytes
