"""Who is hiring."""

from __future__ import annotations

from jobmarket.report.figures import Figure, Section
from jobmarket.report.language import say
from jobmarket.report.queries import Published
from jobmarket.report.tables import Field, table


def employers_section(published: Published) -> Section:
    """The employers with the most open postings, and the newest posting of each."""
    shown = table(
        say("Employers with the most open machine-learning postings"),
        published.employers,
        Field("company_name", say("Employer")),
        Field("n_open", say("Open postings"), "count"),
        Field("newest_title", say("Newest posting"), "link", lambda row: row.title, lambda row: row.url),
    )
    figure = Figure(
        "employers-most",
        say("Most open postings"),
        note=say("Open machine-learning postings as of this vintage, each job once however many boards show it."),
        table=shown if shown.rows else None,
        absence=None if shown.rows else say("No machine-learning posting is open."),
    )
    return Section("employers", say("Who is hiring"), figures=(figure,))
