"""Invented runs to load."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from jobmarket.landing import CompanyOutcome, RunRecord, run_id_for
from jobmarket.posting import Pay, Place, Posting
from jobmarket.run_writer import RunWriter
from jobmarket.settings import Home, Settings
from jobmarket.warehouse import connect

DAY = datetime(2026, 8, 1, tzinfo=UTC)


SETTINGS = Settings(memory_limit="1GiB", threads=1)


def land(
    home: Home,
    day: float,
    postings: int,
    status: str = "complete",
    errors: int = 0,
    rejected: int = 0,
    attempt: int = 1,
) -> Path:
    as_of = DAY + timedelta(days=day)
    run_id = run_id_for("ashby", as_of, attempt)
    run = RunWriter(home, RunRecord(run_id=run_id, board="ashby", origin="recorded", as_of=as_of))
    for number in range(postings):
        run.write(
            Posting(
                board="ashby", company_slug="acme", native_id=str(number), title="Engineer", date_posted=DAY,
                job_locations=(Place(text="Paris", address_country="France"),),
                base_salary=(Pay(min_value=1, max_value=2, currency="EUR", unit_text="1 YEAR"),),
                payload={"id": number, "text": "\u0000 ü"},
            )
        )  # fmt: skip
    for number in range(rejected):
        run.reject("acme", "no title", {"id": number})
    outcome = CompanyOutcome.model_validate(
        {"company_slug": "acme", "status": status, "postings": postings, "errors": errors + rejected,
         "rejected": rejected, "http_codes": {"200": 1}}
    )  # fmt: skip
    return run.seal([outcome])


def rows(home: Home, query: str) -> list[tuple[object, ...]]:
    with connect(home, SETTINGS, read_only=True) as connection:
        return connection.execute(query).fetchall()
