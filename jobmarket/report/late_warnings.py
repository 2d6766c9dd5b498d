"""Warns of reports that are written already, when data behind them are withdrawn: in the archive and the feed.

The files of a report stay as they are until it is written again, which needs its vintage.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from jobmarket.one_at_a_time import only_one
from jobmarket.publishing.vintages import kept_vintage
from jobmarket.report.archive import write_archive
from jobmarket.report.issues import issues
from jobmarket.report.language import speaking
from jobmarket.settings import Home
from jobmarket.stages import StageError


def warn(home: Home, vintages: Collection[str], notice: Callable[[], tuple[str, str]]) -> list[str]:
    """Add a notice to the reports made from some vintages.

    Args:
        home: Folder of the reports.
        vintages: Ids of the vintages, kept or not.
        notice: Returns its title and text in the current language.

    Returns:
        A line per report on how to replace it, and one on the archive, or why that could not be written.
    """
    made = [issue for issue in issues(home.reports)[0] if issue.vintage_id in vintages]
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
            for issue in made:
                with speaking(issue.language):
                    warnings = dict.fromkeys((" ".join(notice()), *issue.warnings))
                folder = home.reports / issue.iso_week / issue.vintage_id
                replace(issue, warnings=tuple(warnings)).keep(folder)
            write_archive(home.reports)
    except (StageError, OSError) as error:
        return [*lines, f"the archive of reports does not warn of them: {error}"]
    return [*lines, "the archive of reports and its feed warn of them"]
