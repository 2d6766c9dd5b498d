"""Checks of ``rpt_skill_salary_premium`` before publication: one row per cell and skill."""

from __future__ import annotations

from expectations.suites.effect_suite import effect_suite

SUITE = effect_suite("rpt_skill_salary_premium")
