"""What is expected of ``rpt_specialisation_salary`` before it is published: one row per cell and specialisation."""

from __future__ import annotations

from expectations.suites.effect_suite import effect_suite

SUITE = effect_suite("rpt_specialisation_salary")
