"""The content of a report, computed once; the renderings only lay it out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from jobmarket.report import formats, language, names
from jobmarket.report.figures import Figure, Section
from jobmarket.report.headline import headline
from jobmarket.report.key_figures import KeyFigure, key_figures
from jobmarket.report.language import say
from jobmarket.report.queries import Published, ReportSource, Scope, read
from jobmarket.report.reading import Term, labels, terms
from jobmarket.report.sections.claims import claims_section
from jobmarket.report.sections.conditions import conditions_section
from jobmarket.report.sections.coverage import coverage_section
from jobmarket.report.sections.duration import duration_section
from jobmarket.report.sections.employers import employers_section
from jobmarket.report.sections.extraction import extraction_section
from jobmarket.report.sections.grid import grid_section
from jobmarket.report.sections.movement import movement_section
from jobmarket.report.sections.pay import pay_section
from jobmarket.report.sections.premiums import premiums_section
from jobmarket.report.sections.since import since_section
from jobmarket.report.sections.skills import skills_section
from jobmarket.report.sections.volume import volume_section
from jobmarket.report.sources import Link, attributions, facts
from jobmarket.report.withdrawn_crawls import crawls_withdrawn


@dataclass(frozen=True)
class Banner:
    """A notice above everything else."""

    title: str
    text: str
    is_quiet: bool = False
    says_withdrawn: bool = False

    @property
    def sentence(self) -> str:
        """Title and text, for renderings without emphasis."""
        return f"{self.title} {self.text}"


@dataclass(frozen=True)
class Report:
    """A report in one language, before it is rendered in any format.

    Attributes:
        language: Its code.
        scope: The part of the market it covers.
        iso_week: ``2026-W34``.
        vintage_id: Id of the published file it is made from.
        as_of: Moment of the data, UTC.
        version: Version of the software.
        title: Heading of the report.
        span: Days of the week.
        dated: The moment of the data, in words.
        banners: Notices above everything else.
        lede: Summary of the week, one sentence or more per paragraph.
        key_figures: Strip of figures.
        sections: The body.
        terms: Definitions of the measures.
        labels: Definitions of the status labels.
        attributions: Sources of the data, one paragraph each, as texts and links.
        facts: Description of the vintage, as label and value.
        notices: Attribution lines that sources require.
        footer: Last line.
    """

    language: str
    scope: Scope
    iso_week: str
    vintage_id: str
    as_of: datetime
    version: str
    title: str
    span: str
    dated: str
    banners: tuple[Banner, ...]
    lede: tuple[str, ...]
    key_figures: tuple[KeyFigure, ...]
    sections: tuple[Section, ...]
    terms: tuple[Term, ...]
    labels: tuple[Term, ...]
    attributions: tuple[tuple[str | Link, ...], ...]
    facts: tuple[tuple[str, str], ...]
    notices: tuple[str, ...]
    footer: str

    @property
    def figures(self) -> list[Figure]:
        """All figures, in order."""
        return [figure for section in self.sections for figure in section.figures]


# Demand first, then pay and employers, then the quality of the data.
_SECTIONS: tuple[Callable[[Published], Section], ...] = (
    skills_section,
    movement_section,
    volume_section,
    duration_section,
    pay_section,
    premiums_section,
    grid_section,
    claims_section,
    conditions_section,
    employers_section,
    coverage_section,
    since_section,
    extraction_section,
)


def compose(source: ReportSource) -> Report:
    """Compose the report in the current language; the same published file, week and scope give the same report."""
    published, about = read(source), source.about
    as_of = datetime.fromisoformat(about["as_of"])
    return Report(
        language=language.code(),
        scope=source.scope,
        iso_week=formats.iso_week(source.week),
        vintage_id=about["vintage_id"],
        as_of=as_of,
        version=about.get("version", ""),
        title=_title(source),
        span=formats.week_span(source.week),
        dated=say("data as of {moment}", moment=formats.moment(as_of)),
        banners=tuple(_banners(source)),
        lede=tuple(headline(published)),
        key_figures=tuple(key_figures(published)),
        sections=tuple(make(published) for make in _SECTIONS),
        terms=terms(),
        labels=labels(),
        attributions=attributions(about),
        facts=facts(about),
        notices=tuple(formats.foreign(line, 400) for line in about.get("attribution", "").splitlines()),
        footer=_provenance(about),
    )


def _provenance(about: dict[str, str]) -> str:
    """The vintage and the versions that the report is made with, so that it can be reproduced."""
    made_from = say(
        "Produced from vintage {vintage} of the published database alone; the same vintage always gives "
        "the same figures.",
        vintage=about["vintage_id"],
    )
    made_by = say(
        "Version {version}, commit {commit}, taxonomy {taxonomy}, extractor {extractor}.",
        version=formats.foreign(about.get("version", formats.NO_VALUE)),
        commit=formats.foreign(about.get("git_sha", formats.NO_VALUE)),
        taxonomy=formats.foreign(about.get("taxonomy_version", formats.NO_VALUE)),
        extractor=formats.foreign(about.get("extractor_version", formats.NO_VALUE)),
    )
    return f"{made_from} {made_by}"


def _title(source: ReportSource) -> str:
    year, week, _ = source.week.isocalendar()
    values = {"week": str(week), "year": str(year), "family": names.name(source.scope.role_family)}
    values["country"] = names.country(source.scope.country)
    if source.scope.is_whole:
        return say("Machine-learning jobs, week {week} of {year}", **values)
    if source.scope.country == "all":
        return say("Machine-learning jobs: {family}, week {week} of {year}", **values)
    if source.scope.role_family == "all":
        return say("Machine-learning jobs: {country}, week {week} of {year}", **values)
    return say("Machine-learning jobs: {family}, {country}, week {week} of {year}", **values)


def _banners(source: ReportSource) -> list[Banner]:
    banners = []
    if runs := source.withdrawn_runs:
        banners.append(Banner(*crawls_withdrawn(runs), says_withdrawn=True))
    if source.about.get("sample_world") == "true":
        banners.append(
            Banner(
                say("This is a sample world."),
                say(
                    "Its employers, postings and figures are invented to demonstrate and test the pipeline; none of it "
                    "describes a real labour market."
                ),
            )
        )
    elif source.is_recorded:
        banners.append(
            Banner(
                say("These are recordings of single days."),
                say("Each board was recorded once, on different days, so this report shows no trends."),
            )
        )
    if not source.is_complete:
        banners.append(
            Banner(
                say("This week was not yet over"),
                say("when the data were collected; its figures will change."),
                is_quiet=True,
            )
        )
    return banners
