"""Conditions: where the work is done, what applicants need, and whether pay is stated."""

from __future__ import annotations

from jobmarket.report.figures import Section
from jobmarket.report.language import say
from jobmarket.report.queries import Published
from jobmarket.report.sections.attributes import attribute_figure
from jobmarket.report.sections.grid import experience_bands

WORKPLACE, REQUIREMENTS, PAY = "rpt_workplace_weekly", "rpt_degree_and_experience", "rpt_pay_transparency_weekly"
CERTIFICATIONS = "rpt_certification_demand"


def conditions_section(published: Published) -> Section:
    """One figure per dimension, with the change over thirteen weeks among employers observed in both weeks."""
    return Section(
        "conditions",
        say("Conditions"),
        figures=(
            attribute_figure(published, "conditions-workplace", say("Where the work is done"), WORKPLACE, "workplace"),
            attribute_figure(
                published, "conditions-degree", say("Minimum degree asked for"), REQUIREMENTS, "requirement",
                "starts_with(requirement, 'degree:')",
            ),
            attribute_figure(
                published, "conditions-experience", say("Experience asked for"), REQUIREMENTS, "requirement",
                "starts_with(requirement, 'experience:')", experience_bands(),
            ),
            attribute_figure(
                published, "conditions-certifications", say("Certifications asked for"), CERTIFICATIONS,
                "case certification when 'any' then 'any_certification' else certification end",
            ),
            attribute_figure(published, "conditions-pay", say("How pay is stated"), PAY, "pay_statement"),
        ),
    )  # fmt: skip
