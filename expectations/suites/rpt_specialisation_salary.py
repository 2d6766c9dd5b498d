"""What is expected of ``rpt_specialisation_salary`` before it is published: one row per cell and specialisation."""

from __future__ import annotations

from expectations.suites.pay_effect_checks import effect_suite

SUITE = effect_suite("marts.rpt_specialisation_salary")
