"""Published rows → one HTML page that needs nothing else: no request, no script, no font."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template, select_autoescape
from markupsafe import Markup

from jobmarket.report import formats
from jobmarket.report.figures import Section
from jobmarket.report.headline import headline
from jobmarket.report.queries import Published
from jobmarket.report.sections import coverage, demand, pay
from jobmarket.report.sections.coverage import coverage_section
from jobmarket.report.sections.demand import demand_section
from jobmarket.report.sections.employers import employers_section
from jobmarket.report.sections.pay import pay_section

# Where a board system presents itself; the source of every posting is named.
_BOARD_PAGES = {
    "ashby": "https://www.ashbyhq.com/",
    "greenhouse": "https://www.greenhouse.com/",
    "lever": "https://www.lever.co/",
}
_FACTS = (
    ("vintage_id", "Vintage"),
    ("as_of", "Data as of"),
    ("origin", "Origin of the postings"),
    ("n_postings", "Postings ever seen, all roles"),
    ("n_companies", "Employers ever seen"),
    ("first_week", "First week"),
    ("version", "Version"),
    ("git_sha", "Commit"),
    ("taxonomy_version", "Taxonomy of skills"),
    ("extractor_version", "Extractor"),
)


@dataclass(frozen=True)
class KeyFigure:
    """One figure of the strip below the headline."""

    label: str
    text: str
    remark: str
    status: str | None = None


def render(published: Published) -> str:
    """The report of a week as HTML, the same for the same published file and week."""
    sections = [
        demand_section(published),
        pay_section(published),
        employers_section(published),
        coverage_section(published),
    ]
    about = published.about
    boards = [board for board in about.get("boards", "").split(", ") if board]
    return _template().render(
        title=f"Machine-learning jobs, week {published.week.isocalendar().week} of {published.week.isocalendar().year}",
        span=formats.week_span(published.week),
        as_of=_moment(about.get("as_of")),
        about=about,
        published=published,
        lede=headline(published),
        key_figures=_key_figures(published),
        sections=sections,
        contents=_contents(sections),
        facts=[(label, formats.foreign(about[key])) for key, label in _FACTS if key in about],
        boards=[(formats.foreign(board).capitalize(), _BOARD_PAGES.get(board)) for board in boards],
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("jobmarket.report"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    # Drawings are markup of ours; whatever else reaches the template is escaped.
    environment.filters["drawing"] = lambda drawing: Markup(drawing.svg)  # noqa: S704
    return environment.get_template("report.html.j2")


def _contents(sections: list[Section]) -> list[tuple[str, str]]:
    return [(section.key, section.title) for section in sections]


def _moment(text: str | None) -> str:
    if text is None:
        return formats.NO_VALUE
    moment = datetime.fromisoformat(text)
    return f"{formats.day(moment.date())}, {moment:%H:%M} UTC"


def _key_figures(published: Published) -> list[KeyFigure]:
    found = []
    stock, flow = demand.of_week(published, "stock"), demand.of_week(published, "flow")
    if stock:
        employers = f"with a description, of {formats.count(stock[0].n_companies)} employers"
        found.append(KeyFigure("Open postings", formats.count(stock[0].n_postings), employers, stock[0].status))
    if flow:
        employers = f"with a description, of {formats.count(flow[0].n_companies)} employers"
        found.append(KeyFigure("Newly published", formats.count(flow[0].n_postings), employers, flow[0].status))
    paid = pay.this_week(published)
    if paid and paid.salary_median_usd_annual is not None:
        interval = f"{formats.dollars_interval(paid.median_low, paid.median_high)}, {formats.sample(paid.n_with_pay)}"
        found.append(
            KeyFigure("Median stated pay", formats.dollars(paid.salary_median_usd_annual), interval, paid.status)
        )
        shared = (
            f"{formats.share_interval(paid.disclosure_low, paid.disclosure_high)}, {formats.sample(paid.n_postings)}"
        )
        found.append(KeyFigure("State pay", formats.share(paid.disclosure_share), shared, paid.status))
    covered = coverage.this_week(published)
    if covered:
        counted = (
            f"{formats.count(covered.n_companies_qualified)} of {formats.count(covered.n_companies_expected)} employers"
        )
        found.append(KeyFigure("Coverage", formats.share(covered.coverage_ratio), counted, covered.status))
    return found
