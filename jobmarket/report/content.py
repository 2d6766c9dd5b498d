"""What a report says, worked out once; the renderings only set it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from jobmarket.report import formats, language
from jobmarket.report.figures import Figure, Section
from jobmarket.report.headline import headline
from jobmarket.report.key_figures import KeyFigure, key_figures
from jobmarket.report.language import say
from jobmarket.report.queries import Published, Scope, Source, read
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


@dataclass(frozen=True)
class Banner:
    """A notice above everything else."""

    title: str
    text: str
    is_quiet: bool = False


@dataclass(frozen=True)
class Report:
    """A report in one language, before it is set in any format.

    Attributes:
        language: Its code.
        scope: The part of the market it is about.
        iso_week: ``2026-W34``.
        vintage_id: Of the published file it is made from.
        as_of: The moment the data stand for, UTC.
        version: Of the software.
        title: Heading of the report.
        span: Days of the week.
        dated: When the data were taken, for readers.
        banners: What must be known before reading on.
        lede: The week in sentences.
        key_figures: Strip of figures.
        sections: The body.
        terms: How to read it.
        labels: What the status labels mean.
        attributions: Where the data come from, a paragraph each: texts and links.
        facts: What the vintage is.
        notices: Lines that sources ask for.
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


# From what is asked for, over what is paid and by whom, to how far all of it can be trusted.
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


def compose(source: Source) -> Report:
    """Work out the report, in the language that is spoken; the same for the same published file, week and scope."""
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
    """What the report is made from, and by what: for whoever makes it again."""
    made_from = say(
        "Produced from vintage {vintage} of the published database alone; the same vintage always gives "
        "the same report.",
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


def _title(source: Source) -> str:
    year, week, _ = source.week.isocalendar()
    values = {"week": str(week), "year": str(year), "family": formats.name(source.scope.role_family)}
    values["country"] = formats.country(source.scope.country)
    if source.scope.is_whole:
        return say("Machine-learning jobs, week {week} of {year}", **values)
    if source.scope.country == "all":
        return say("Machine-learning jobs: {family}, week {week} of {year}", **values)
    if source.scope.role_family == "all":
        return say("Machine-learning jobs: {country}, week {week} of {year}", **values)
    return say("Machine-learning jobs: {family}, {country}, week {week} of {year}", **values)


def _banners(source: Source) -> list[Banner]:
    found = []
    if source.about.get("sample_world") == "true":
        found.append(
            Banner(
                say("This is a sample world."),
                say(
                    "Its employers, postings and figures are invented to demonstrate and test the pipeline; none of it "
                    "describes a real labour market."
                ),
            )
        )
    elif source.is_recorded:
        found.append(
            Banner(
                say("These are recordings of single days."),
                say("Each board was recorded once, on different days, so this report shows no trends."),
            )
        )
    if not source.is_complete:
        found.append(
            Banner(
                say("This week was not yet over"),
                say("when the data were collected; its figures will change."),
                is_quiet=True,
            )
        )
    return found
