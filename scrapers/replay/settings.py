"""What a replay relaxes: it asks a server of its own, on this machine."""

from __future__ import annotations

from typing import Any


def replay_settings(address: str) -> dict[str, Any]:
    """Settings over those of scrapers/settings.py.

    Args:
        address: ``host:port`` of the replay server.
    """
    handler = "scrapers.replay.handler.ReplayDownloadHandler"
    return {
        "REPLAY_ADDRESS": address,
        "DOWNLOAD_HANDLERS": {"http": handler, "https": handler, "file": None, "data": None, "ftp": None, "s3": None},
        # Nobody to be spared, so as fast as it goes; robots.txt is obeyed all the same.
        "DOWNLOAD_DELAY": 0,
        "AUTOTHROTTLE_ENABLED": False,
        "CONCURRENT_REQUESTS": 8,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
        # How long it takes to answer, on a busy machine and while the sample world is made, tells nothing of a board.
        "DOWNLOAD_TIMEOUT": 600,
        # A recorded error stays one: the retries are made, without waiting.
        "RETRY_PAUSE": 0.0,
        # What was recorded or made up says how each board answered, whatever happened before.
        "CIRCUIT_BREAKER_AFTER": 0,
        "REFUSED_AFTER": 0,
        # Nothing leaves the machine, not even towards a proxy.
        "HTTPPROXY_ENABLED": False,
    }
