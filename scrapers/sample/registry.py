"""Generate the sample's registry of employers, ``companies.csv`` beside this file.

It has the form of the registry of real employers (:mod:`scrapers.registry`) and its gaps: some employers are missing.
Run ``python -m scrapers.sample.registry scrapers/sample/companies.csv`` to write it.
"""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

from scrapers.registry import RegisteredCompany
from scrapers.sample.firms import Employer
from scrapers.sample.streams import stream
from scrapers.sample.world import SampleWorld

PATH = Path(__file__).with_name("companies.csv")
LISTED_SHARE = 0.6
BASIS = "invented, as all of the sample world"


def is_listed(seed: int, firm: int) -> bool:
    """Whether the registry lists the employer with this index. One with two boards is listed on both or on neither."""
    return stream(seed, "registry", firm).random() < LISTED_SHARE


def registry_csv(world: SampleWorld) -> str:
    """Return the text of the file: one row per board of each listed employer."""
    text = io.StringIO()
    rows = csv.DictWriter(text, list(RegisteredCompany.model_fields), lineterminator="\n")
    rows.writeheader()
    known = [account for account in world.companies if is_listed(world.seed, account.firm)]
    rows.writerows(_row(account, world) for account in sorted(known, key=lambda account: (account.board, account.slug)))
    return text.getvalue()


def _row(account: Employer, world: SampleWorld) -> dict[str, str]:
    return {
        "board": account.board,
        "slug": account.slug,
        "company": account.company_name,
        "sector": account.sector,
        "size_band": account.size_band,
        "hq_country": account.hq_country,
        "basis": BASIS,
        "checked_on": world.epoch.date().isoformat(),
    }


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(registry_csv(SampleWorld()), encoding="utf-8")
