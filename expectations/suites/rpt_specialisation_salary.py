"""Checks of ``rpt_specialisation_salary`` before publication: one row per cell and specialisation."""

from __future__ import annotations

from expectations.suites.effect_suite import effect_suite

SUITE = effect_suite("rpt_specialisation_salary")
