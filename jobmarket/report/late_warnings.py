"""Warns of reports that are written already, when data behind them are withdrawn: in the archive and the feed.

The files of a report stay as they are until it is written again, which needs its vintage.
"""

from __future__ import annotations

from collections.abc import Collection

from jobmarket.one_at_a_time import only_one
from jobmarket.publishing.vintages import kept_vintage
from jobmarket.report.archive import write_archive
from jobmarket.report.issues import issues
from jobmarket.settings import Home
from jobmarket.stages import StageError


def warn(home: Home, vintages: Collection[str]) -> list[str]:
    """Rebuild the archive if it has reports made from some vintages, of which data were withdrawn.

    Args:
        home: Folder of the reports.
        vintages: Ids of the vintages, kept or not.

    Returns:
        A line per report on how to replace it, and one on the archive, or why that could not be written.
    """
    made = [issue for issue in issues(home)[0] if issue.vintage_id in vintages]
    if not made:
        return []
    lines = []
    for issue in made:
        line = f"a report was made from {issue.vintage_id} before; "
        if kept_vintage(home.published, issue.vintage_id):
            line += f"it warns too once it is written again: run `{issue.command}`"
        else:
            files = home.reports / issue.iso_week / issue.vintage_id / f"{issue.stem}.*"
            line += f"that is not kept, so it cannot be written again: delete {files} if nobody should read it"
        lines.append(line)
    try:
        with only_one(home.reports, "writing or sending reports in"):
            write_archive(home)
    except (StageError, OSError) as error:
        until = "until the next report is written or this command is repeated"
        return [*lines, f"the archive does not warn of them {until}: {error}"]
    return [*lines, "the archive of reports and its feed warn of them"]
