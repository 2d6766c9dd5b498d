"""Who is hiring."""

from __future__ import annotations

from jobmarket.report import tables
from jobmarket.report.figures import Figure, Section
from jobmarket.report.queries import Published


def employers_section(published: Published) -> Section:
    """The employers with the most open postings, and the newest posting of each."""
    figure = Figure(
        "employers-most",
        "Most open postings",
        note="Open machine-learning postings as of this vintage, each job once however many boards show it.",
        table=tables.Table(
            "Employers with the most open machine-learning postings",
            tables.headings("Employer", "#Open postings", "~Newest posting"),
            tuple(
                (tables.text(row.company_name), tables.count(row.n_open), tables.link(row.title, row.url))
                for row in published.employers
            ),
        )
        if published.employers
        else None,
        absence=None if published.employers else "No machine-learning posting is open.",
    )
    return Section("employers", "Who is hiring", figures=(figure,))
