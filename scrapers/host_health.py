"""In which crawls each host failed, without an answer since: one small file per board below ``crawl_state/``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import orjson

from jobmarket.settings import Home


class HostHealth:
    """The moments of the crawls in a row that each host failed in.

    All attempts as of one moment are one crawl. An unreadable file counts as no failures: it is only a cache.

    Args:
        home: Has the file.
        board: The board system.
        as_of: The moment of the crawl whose answers are noted, UTC.
    """

    def __init__(self, home: Home, board: str, as_of: datetime) -> None:
        self._path: Path = home.crawl_state / f"hosts-{board}.json"
        self._moment = as_of.isoformat()
        try:
            read = orjson.loads(self._path.read_bytes())
        except (OSError, ValueError):
            read = {}
        hosts = read.items() if isinstance(read, dict) else ()
        self._failed: dict[str, list[str]] = {host: moments for host, moments in hosts if isinstance(moments, list)}

    def failed_crawls(self, host: str) -> int:
        """Return in how many crawls in a row, before this one, a host gave no usable answer."""
        return sum(moment != self._moment for moment in self._failed.get(host, ()))

    def note(self, answered: dict[str, bool]) -> None:
        """Store, for each requested host, whether it gave a usable answer in this crawl."""
        for host, usable in answered.items():
            if usable:
                self._failed.pop(host, None)
            elif self._moment not in (moments := self._failed.setdefault(host, [])):
                moments.append(self._moment)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self._path.with_suffix(".unfinished")
        unfinished.write_bytes(orjson.dumps(self._failed))
        unfinished.replace(self._path)
