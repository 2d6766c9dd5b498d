"""``latest.html``: the link to the last report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jobmarket.report.issues import Issue

LATEST = "latest.html"


def link_latest(reports: Path, kept: Sequence[Issue]) -> None:
    """Point ``latest.html`` to the report of the last complete week, whichever was written last.

    The report of an unfinished week is only in the archive, unless there is no other, as after a first crawl.

    Args:
        reports: Folder of the reports.
        kept: The reports in the archive, first in rank first.
    """
    written = [issue for issue in kept if issue.is_main and issue.page(reports).exists()]
    latest = next((issue for issue in written if issue.is_of_a_finished_week), written[0] if written else None)
    if latest is None:
        return
    temporary = reports / f".{LATEST}.writing"
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(latest.page(reports).relative_to(reports))
    temporary.replace(reports / LATEST)
