"""Employer names: which mean the same employer, and which only look alike."""

from __future__ import annotations

import pytest

from jobmarket.duplicates.employers import Similarity, employer_key, names_nobody, similarity


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Acme, Inc.", "acme"),
        ("ACME", "acme"),
        ("Acme GmbH & Co. KG", "acme"),
        ("Société Générale S.A.", "societegenerale"),
        ("Société Générale", "societegenerale"),
        ("Acme (acme.io)", "acme"),
        ("Acme SE & Co. KGaA", "acme"),
        ("Acme PBC", "acme"),
        ("Acme Sp. z o.o.", "acme"),
        ("The Acme Company", "acme"),
        ("Curl & Wave", "curlandwave"),
        ("Curl and Wave Ltd", "curlandwave"),
        ("Acme.io", "acmeio"),
        ("N26 SE", "n26"),
        ("SAS", "sas"),  # only a legal form: the name stays
        ("Северсталь", "северсталь"),
        ("()", "()"),
    ],
)
def test_a_key_is_the_name_without_its_legal_form(name: str, key: str) -> None:
    assert employer_key(name) == key


@pytest.mark.parametrize(
    ("name", "other", "expected"),
    [
        ("Zest Finance", "ZestFinance", Similarity.SAME),
        ("ema", "Ema Analytics Cloud", Similarity.ALIKE),
        ("FSA", "Forfeiture Support Associates", Similarity.ALIKE),
        ("Tern Stores", "Tern eCommerce", Similarity.ALIKE),
        ("ternhealth.com.au", "Tern Health", Similarity.ALIKE),
        ("tern-s-harbour-network-inc", "Tern's Harbour Network, Inc.", Similarity.ALIKE),
        ("First Tern", "First Tern Technologies", Similarity.ALIKE),
        ("data.world", "data.ai", Similarity.OTHER),
        ("First Data", "First Data Harbour", Similarity.OTHER),
        ("First Tern", "First Curlew", Similarity.OTHER),
        ("Vanta", "Vantage", Similarity.OTHER),
        ("General Motors", "General Electric", Similarity.OTHER),
        ("Data Robotics", "Data Harbour", Similarity.OTHER),
        ("United Airlines", "United Rentals", Similarity.OTHER),
        ("Acme", None, Similarity.UNKNOWN),
        ("Confidential", "Confidential", Similarity.UNKNOWN),
        ("Stealth Startup", "Acme", Similarity.UNKNOWN),
    ],
)
def test_names_match_only_by_a_distinctive_word(name: str, other: str | None, expected: Similarity) -> None:
    assert similarity(name, other) is similarity(other, name) is expected


@pytest.mark.parametrize(
    "name",
    [
        "Confidential", "CONFIDENTIAL COMPANY", "Company Confidential", "(Confidential)", "Undisclosed",
        "Not disclosed",
        "Stealth startup", "Stealth-Mode AI Startup", "Stealth (YC W23)", "N/A", "n.a.", "Unknown", "-", "…",
        "Confidentiel", "Entreprise confidentielle", "Société anonyme", "Non communiqué", "N.C.",
        "Vertraulich", "Unternehmen vertraulich", "Nicht angegeben", "Keine Angabe", "k. A.", "Anonym",
        "Client", "Our Client", "Client Company", "Kunde GmbH", "Unternehmen", "Employer", "Stealth AI",
        "ai-stealth-startup", "Confidential AI Startup", "AI Company Confidential",
    ],
)  # fmt: skip
def test_a_placeholder_for_a_name_identifies_no_employer(name: str) -> None:
    assert names_nobody(name)


@pytest.mark.parametrize(
    "name",
    ["Acme", "Stealth Monitoring", "Anonymous Health", "Private Internet Access", "Private AI", "Confidential AI",
     "Unknown Worlds", "NA", "KA", "AI", "Company", "Startup", "Client Confidential Careers", "Северсталь", "株式会社"],
)  # fmt: skip
def test_a_real_name_may_contain_a_placeholder_word(name: str) -> None:
    assert not names_nobody(name)
