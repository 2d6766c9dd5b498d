"""Copying three in ten postings to an aggregator, all with one skill, changes no published share."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from jobmarket import warehouse
from jobmarket.landing import CompanyOutcome, RunRecord, run_id_for
from jobmarket.posting import Place, Posting
from jobmarket.run_writer import RunWriter
from jobmarket.settings import Home
from tests.dbt_project.dbt_runs import SETTINGS, run_dbt

MOMENT = datetime(2026, 3, 2, 6, tzinfo=UTC)
# Market → its country, by which queries select it. The two markets differ only in that one is copied.
MARKETS = {"without": "France", "with": "Germany"}
CODES = {"without": "FR", "with": "DE"}
COMPANIES = {
    market: {f"{market}{n}": f"{stem}{name} GmbH" for n, name in enumerate(("a", "e", "i", "o", "u", "y", "th", "st"))}
    for market, stem in (("without", "Quern"), ("with", "Sluice"))
}
POSTINGS_EACH = 10
COPIED_SHARE = 0.3
TITLES = ("Machine Learning Engineer", "Data Scientist", "AI Engineer", "MLOps Engineer", "Machine Learning Scientist")
LEVELS = ("Senior ", "", "Staff ", "Junior ")
CITIES = {
    "without": ("Lyon", "Paris", "Nantes", "Lille", "Toulouse"),
    "with": ("Berlin", "Munich", "Hamburg", "Cologne", "Leipzig"),
}
WORDS = (
    ("harbour", "crane", "ledger", "orchard", "signal", "weather", "turbine", "archive", "lantern", "compass")
    + ("granary", "foundry", "meadow", "viaduct", "sluice", "barley", "copper", "furnace", "gauge", "kiln", "loom")
    + ("mortar", "pulley", "quarry", "rivet", "sieve", "timber", "valve", "winch", "yarn", "anvil", "bellows")
)


def _sentences(rng: random.Random, number: int) -> str:
    return "".join(f"<li>You plan the {' '.join(rng.sample(WORDS, 9))} of our customers.</li>" for _ in range(number))


def _posting(market: str, slug: str, name: str, number: int) -> Posting:
    """Return one opening; two in five ask for PyTorch."""
    rng = random.Random(f"{slug}/{number}")  # noqa: S311 - an invented world, the same each time
    required = "Python and PyTorch" if number % 5 < 2 else "Python and SQL"
    city, country = CITIES[market][number % len(CITIES[market])], MARKETS[market]
    return Posting(
        board="ashby",
        company_slug=slug,
        company_name=name,
        native_id=str(number),
        title=LEVELS[number % len(LEVELS)] + TITLES[number // 2 % len(TITLES)],
        location_text=f"{city}, {country}",
        job_locations=(Place(text=f"{city}, {country}", address_locality=city, address_country=country),),
        description_html=(
            f"<h3>About us</h3><p>{name} makes mills since 1871 and is owned by those who work there.</p>"
            f"<h3>What you will do</h3><ul>{_sentences(rng, 8)}</ul>"
            f"<h3>Requirements</h3><ul><li>Five years of work with {required}</li>{_sentences(rng, 2)}</ul>"
        ),
        payload={"id": number},
    )


def _copy(posting: Posting) -> Posting:
    """Return an aggregator's copy: another id, markup and spelling of the title, no paragraph on the employer."""
    html = (posting.description_html or "").split("</p>", 1)[1].replace("<h3>", "<b>").replace("</h3>", "</b><br>")
    return posting.model_copy(
        update={
            "board": "remotive",
            "company_slug": "remotive",
            "company_name": (posting.company_name or "").replace(" GmbH", "").upper(),
            "native_id": f"{posting.company_slug}-{posting.native_id}",
            "title": posting.title.replace("Senior", "Sr.") + " (m/f/d)",
            "description_html": f"<div>{html}</div>",
        }
    )


def _land(home: Home, board: str, postings: dict[str, list[Posting]]) -> None:
    record = RunRecord(run_id=run_id_for(board, MOMENT, 1), board=board, origin="sample", as_of=MOMENT)
    writer = RunWriter(home, record)
    outcomes = []
    for slug, own in postings.items():
        for posting in own:
            writer.write(posting)
        outcomes.append(CompanyOutcome(company_slug=slug, status="complete", errors=0, postings=len(own)))
    writer.seal(outcomes)
    warehouse.load(home, SETTINGS)


@pytest.fixture(scope="module")
def shares(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[tuple[str, ...], float]]:
    """Stock shares of each market by cell and skill, and `plain` shares of the copied market with every posting."""
    home = Home(tmp_path_factory.mktemp("copies") / "home")
    home.root.mkdir(parents=True)
    originals = {
        market: {slug: [_posting(market, slug, name, n) for n in range(POSTINGS_EACH)] for slug, name in own.items()}
        for market, own in COMPANIES.items()
    }
    own = [posting for postings in originals["with"].values() for posting in postings]
    wanted = [posting for posting in own if "PyTorch" in (posting.description_html or "")]
    copies = [_copy(posting) for posting in wanted][: int(COPIED_SHARE * len(own))]
    assert len(copies) == COPIED_SHARE * len(own)
    _land(home, "ashby", originals["without"] | originals["with"])
    _land(home, "remotive", {"remotive": copies})
    # the same as for the fixture `earlier`: other variables would make dbt parse the project again
    floors = {"min_postings": 4, "min_companies": 3}
    untested = ("--exclude-resource-type", "test", "--exclude-resource-type", "unit_test")
    run_dbt(home, "build", *untested, "--select", "+rpt_skill_demand_weekly", "+fct_postings", **floors)
    shares = {
        market: _ask(
            home.warehouse,
            f"""select role_family, seniority, workplace, skill_id, share from marts.rpt_skill_demand_weekly
            where measure = 'stock' and share is not null and country = '{code}'""",
        )
        for market, code in CODES.items()
    }
    shares["plain"] = _ask(
        home.warehouse,
        f"""with market as (from marts.fct_postings where country = '{CODES["with"]}')
        select 'all', 'all', 'all', skill_id, count(*) / (select count(*) from market)
        from marts.fct_posting_skills semi join market using (posting_key)
        where level != 'context' group by skill_id""",
    )
    return shares


def _ask(path: Path, query: str) -> dict[tuple[str, ...], float]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return {row[:-1]: row[-1] for row in connection.execute(query).fetchall()}


def test_no_published_share_moves_by_a_point(shares: dict[str, dict[tuple[str, ...], float]]) -> None:
    without, with_copies = shares["without"], shares["with"]
    assert len(without) >= 10
    assert without.keys() == with_copies.keys()
    assert {cell for cell in without if abs(without[cell] - with_copies[cell]) > 0.01} == set()


def test_counting_every_posting_would_move_the_share_by_more_than_ten_points(
    shares: dict[str, dict[tuple[str, ...], float]],
) -> None:
    cell = ("all", "all", "all", "pytorch")
    assert shares["without"][cell] == pytest.approx(0.4, abs=0.01)
    assert shares["plain"][cell] - shares["with"][cell] > 0.1
