"""The seed and the extractor give a country the same currency, or its pay would be read in one and shown in another."""

from __future__ import annotations

import csv
from pathlib import Path

from jobmarket.extract.currencies import NATIONAL


def test_countries_have_the_currency_that_the_extractor_reads(root: Path) -> None:
    with (root / "dbt_project" / "seeds" / "countries.csv").open(encoding="utf-8", newline="") as file:
        of_seed = {row["country"]: row["currency"] for row in csv.DictReader(file)}
    assert len(NATIONAL) > 50, "too few currencies were found"
    assert {country: of_seed[country] for country in NATIONAL} == NATIONAL
