"""The settings that a replay relaxes, because its server is on this machine."""

from __future__ import annotations

from typing import Any


def replay_settings(address: str) -> dict[str, Any]:
    """Return the settings that override those of scrapers/settings.py.

    Args:
        address: ``host:port`` of the replay server.
    """
    handler = "scrapers.replay.handler.ReplayDownloadHandler"
    return {
        "REPLAY_ADDRESS": address,
        "DOWNLOAD_HANDLERS": {"http": handler, "https": handler, "file": None, "data": None, "ftp": None, "s3": None},
        # No real host is burdened, so a replay runs at full speed. It still obeys robots.txt.
        "DOWNLOAD_DELAY": 0,
        "AUTOTHROTTLE_ENABLED": False,
        "CONCURRENT_REQUESTS": 8,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
        # On a busy machine, and while the sample world is built, an answer may take long without any fault of a board.
        "DOWNLOAD_TIMEOUT": 600,
        # A recorded error stays an error, so retries need not wait.
        "RETRY_PAUSE": 0.0,
        # Each board answers as recorded or generated, whatever happened before.
        "CIRCUIT_BREAKER_AFTER": 0,
        "REFUSED_AFTER": 0,
        # Nothing leaves the machine, not even to a proxy.
        "HTTPPROXY_ENABLED": False,
    }
