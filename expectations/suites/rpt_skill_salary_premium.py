"""What is expected of ``rpt_skill_salary_premium`` before it is published: one row per cell and skill."""

from __future__ import annotations

from expectations.suites.effect_suite import effect_suite

SUITE = effect_suite("rpt_skill_salary_premium")
