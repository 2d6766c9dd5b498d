"""How many crawls in a row each host failed in: one small file per board below ``crawl_state/``."""

from __future__ import annotations

from pathlib import Path

import orjson

from jobmarket.settings import Home


class HostHealth:
    """Failures in a row, by host. An unreadable file counts as no failures: it is only a cache."""

    def __init__(self, home: Home, board: str) -> None:
        self._path: Path = home.crawl_state / f"hosts-{board}.json"
        try:
            read = orjson.loads(self._path.read_bytes())
        except (OSError, ValueError):
            read = {}
        self._failed: dict[str, int] = read if isinstance(read, dict) else {}

    def failed_runs(self, host: str) -> int:
        """Return in how many crawls in a row a host gave no usable answer."""
        return self._failed.get(host, 0)

    def note(self, answered: dict[str, bool]) -> None:
        """Store, for each requested host, whether it gave a usable answer in this crawl."""
        for host, usable in answered.items():
            self._failed[host] = 0 if usable else self.failed_runs(host) + 1
        self._path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self._path.with_suffix(".unfinished")
        unfinished.write_bytes(orjson.dumps({host: count for host, count in self._failed.items() if count}))
        unfinished.replace(self._path)
