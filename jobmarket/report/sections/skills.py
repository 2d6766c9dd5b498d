"""Skills: which are asked for, how strongly, by which group, and which together."""

from __future__ import annotations

from jobmarket.report.figures import Section
from jobmarket.report.language import say
from jobmarket.report.queries import Published
from jobmarket.report.sections.demand import week_figure
from jobmarket.report.sections.groups import families_figure, levels_and_workplaces
from jobmarket.report.sections.levels import levels_figure
from jobmarket.report.sections.pairs import pairs_figure
from jobmarket.report.sections.themes import themes_figure


def skills_section(published: Published) -> Section:
    """Skills and themes of the week, how strongly skills are asked for, by which group, and which go together."""
    figures = [week_figure(published), themes_figure(published), levels_figure(published)]
    if published.scope.role_family == "all":
        figures.append(families_figure(published))
    figures += [*levels_and_workplaces(published), pairs_figure(published)]
    return Section("skills", say("Skills in demand"), figures=tuple(figures))
