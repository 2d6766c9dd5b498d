"""The environment of the crawl process: it parses untrusted input, so it gets as few secrets as possible."""

from __future__ import annotations

import re
from collections.abc import Mapping

# The installation's settings and the boards' keys, the proxy settings, and what Python and the system need.
# Not the mail server's password, the scheduler's keys or the address of its database.
_HANDED_ON = re.compile(
    r"JOBMARKET_(?!SMTP_)\w+|\w+_proxy|SSL_CERT_(?:FILE|DIR)"
    r"|PYTHON\w+|VIRTUAL_ENV|LD_LIBRARY_PATH|OPENBLAS_\w+|COVERAGE_\w+"
    r"|PATH|HOME|USER|TMPDIR|TZ|LANG|LANGUAGE|LC_\w+",
    re.IGNORECASE,
)


def crawl_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Select the variables of an environment that the crawl process gets."""
    return {name: value for name, value in environment.items() if _HANDED_ON.fullmatch(name)}
