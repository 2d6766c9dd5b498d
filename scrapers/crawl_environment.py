"""What the crawl process is told of its surroundings: it reads what strangers send, and needs few secrets for that."""

from __future__ import annotations

import re
from collections.abc import Mapping

# The installation's settings and the boards' keys; the way to the network; what Python and the system itself go by.
# Not the mail server's password, nor the scheduler's keys and the address of its database.
_HANDED_ON = re.compile(
    r"JOBMARKET_(?!SMTP_)\w+|\w+_proxy|SSL_CERT_(?:FILE|DIR)"
    r"|PYTHON\w+|VIRTUAL_ENV|LD_LIBRARY_PATH|OPENBLAS_\w+|COVERAGE_\w+"
    r"|PATH|HOME|USER|TMPDIR|TZ|LANG|LANGUAGE|LC_\w+",
    re.IGNORECASE,
)


def crawl_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The variables of an environment that the crawl process is given."""
    return {name: value for name, value in environment.items() if _HANDED_ON.fullmatch(name)}
