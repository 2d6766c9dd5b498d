"""Employment types as postings state them: labels, titles, sentences, benefits and what is ruled out."""

from __future__ import annotations

import pytest

from jobmarket.extract.document import read_document
from jobmarket.extract.employment import employment_type


def _read(text: str, title: str = "Engineer") -> str:
    return employment_type(read_document(title, None, text=text))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("employmentType: Full-time", "full_time"),
        ("category: Fulltime", "full_time"),
        ("Working pattern: Full-time, flexible working", "full_time"),
        ("Your job type is full-time.", "full_time"),
        ("Your job type is part-time.", "part_time"),
        ("**Status:** Contractor", "contract"),
        ("Work style: Remote contract", "contract"),
        ("Type of position: Contractor (outside IR35)", "contract"),
        ("Contract type: Fixed-term (24 months)", "temporary"),
        ("Fixed term: until 31 March 2027", "temporary"),
        ("Type de poste : CDD de 12 mois à temps plein", "temporary"),
        ("Vertragsdauer: 3 Jahre (mit Option auf Verlängerung)", "temporary"),
        ("Employment status: Regular, part-time", "part_time"),
        ("Tenure: Permanent full time", "full_time"),
        ("Engagement model: Contractor", "contract"),
        ("Visa status: temporary", "unspecified"),
        ("Deal status: contract", "unspecified"),
        ("Opening hours: 20 hours per week", "unspecified"),
        ("Users leave at a daily rate of 5 %", "unspecified"),
        ("Category: Contract Management", "unspecified"),
    ],
)
def test_a_label_states_the_type(text: str, kind: str) -> None:
    assert _read(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        'hours: "Full time or part time"',
        "Job type: Part-time, full-time",
        "Employment type: full-time/part-time",
    ],
)
def test_a_label_with_both_hours_is_full_time(text: str) -> None:
    assert _read(text) == "full_time"
    assert _read(text + "\nWe are hiring for part-time afternoons only.") == "part_time"


def test_the_type_of_the_contract_outranks_the_hours() -> None:
    assert _read("We are looking for a full-time gardener.\nType of contract: Independent contractor") == "contract"
    assert _read("We are looking for a full-time gardener.\nType of contract: Contractor or employee") == "full_time"
    assert _read("Availability: Full-time\nRate: 310 - 340€/day") == "contract"
    assert _read("Hours: 40 hours per week\nThis is a contract role.") == "contract"
    assert _read("Full-time position\nThis could be a contract role.") == "full_time"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hours: 37.5 per week", "full_time"),
        ("Hours: 24 hours per week", "part_time"),
        ("Hours: 9 am to 5 pm", "unspecified"),
        ("Employment: 100% FTE", "full_time"),
        ("FTE: 1.0", "full_time"),
        ("FTE: 0.5", "part_time"),
        ("We are looking for someone to work with us part-time.", "part_time"),
        ("The post is vacant for 1.0 FTE.", "full_time"),
        ("The post is vacant for 0.6 FTE.", "part_time"),
        ("The post is vacant for 0.8-1.0 FTE.", "full_time"),
        ("You lead a department of 11.0 FTE.", "unspecified"),
        ("The position is part-time (20 h/week) to begin with.", "part_time"),
        ("The position is also available part-time.", "unspecified"),
        ("You must be able to work full-time from your garden.", "full_time"),
        ("You are able to work full-time in the US without sponsorship.", "unspecified"),
        ("You are able to work full-time in the garden.", "full_time"),
        ("Le poste est à pourvoir à 80 %.", "part_time"),
        ("Le poste à 80 % télétravail", "unspecified"),
        ("Location: Anywhere in Peru (Remote - Fulltime)", "full_time"),
    ],
)
def test_hours_and_shares_of_a_post(text: str, kind: str) -> None:
    assert _read(text) == kind


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Acme - Gardener - Graz - FT", "full_time"),
        ("Gardener (FT)", "full_time"),
        ("Gardener, FT Weekend", "unspecified"),
        ("Craft Gardener", "unspecified"),
        ("Gardener - Fixed Term Contract", "temporary"),
        ("Gardener (temporary contract)", "temporary"),
        ("Gardener (6 month contract)", "contract"),
    ],
)
def test_a_title_ends_with_the_type(title: str, kind: str) -> None:
    assert _read("", title) == kind


@pytest.mark.parametrize(
    "text",
    [
        "Salary: B2B, 11.000 - 17.000 PLN net + VAT",
        "Monthly: USD 2,100 - 2,900 (+ VAT / B2B)",
        "We pay 120-160 PLN per hour on B2B.",
        "Type of contract: B2B",
        "You work with us on a B2B contract.",
        "Full-time, B2B contract",
        "Full-time position\nRate: 17 000 - 21 000 PLN net + VAT (B2B)",
        "We engage B2B contractors.",
        "We are hiring contractors for a 3 month project.",
        "This is an independent contract (5 months).",
        "Duration: 6 months, outside IR35",
        "Day rate £430",
        "Tagessatz: 800 €, Laufzeit 6 Monate",
        "Beschäftigung als freier Mitarbeiter auf Rechnung",
        "Nous cherchons un prestataire indépendant pour un projet de jardin.",
    ],
)
def test_a_contractors_pay_or_contract_is_one(text: str) -> None:
    assert _read(text) == "contract"


@pytest.mark.parametrize(
    "text",
    [
        "You build our B2B SaaS product.",
        "We focus on B2B.",
        "Revenue is recognised for B2B contracts.",
        "You negotiate every B2B contract.",
        "Up to 30k PLN + VAT on B2B or up to 25k PLN UoP",
        "Cooperation form: B2B or contract of employment",
        "Experience with B2B, 5 years",
        "We closed 5M EUR in B2B sales.",
        "We closed 900,000 EUR B2B deals.",
        "For business (B2B, 500 customers)",
        "B2B: 200M EUR revenue",
        "UoP: 11000 - 13000 PLN gross\nB2B: 14000 - 17000 PLN net + VAT",
        "No B2B, please.",
        "Our prestataire is a bank.",
    ],
)
def test_business_to_business_elsewhere_is_no_contract(text: str) -> None:
    assert _read(text) == "unspecified"


@pytest.mark.parametrize(
    "text",
    [
        "The appointment will initially be for two years.",
        "The contract is initially limited to 2 years.",
        "This position is funded for three years.",
        "The role is offered on a fixed-term basis.",
        "You will be employed on a temporary basis until December.",
        "Emploi ouvert aux contractuels pour une durée de 3 ans",
    ],
)
def test_a_post_for_a_stated_time_is_temporary(text: str) -> None:
    assert _read(text) == "temporary"


def test_a_doctoral_post_of_stated_years_is_temporary() -> None:
    for title in ("PhD position in botany", "Postdoc in botany"):
        for text in ("duration: 3 years", "Two years, fully funded, in a garden.", "We offer a 2-year position."):
            assert _read(text, title) == "temporary"
        assert _read("Two years of experience with gardens", title) == "unspecified"
        assert _read("Full-time (40 hours/week) | for up to five years", title) == "full_time"
    assert _read("duration: 3 years") == "unspecified"


@pytest.mark.parametrize(
    "text",
    [
        "Full-time hourly employees accrue 21 days.",
        "Full-time salaried employees may take time off.",
        "Interns may be offered a full-time position after their studies.",
        "Les salariés à temps partiel ont les mêmes droits.",
        "Unsere Teilzeitkräfte erhalten anteiligen Urlaub.",
        "You manage three full-time employees and two contractors.",
        "Please note that we cannot offer contract or part-time arrangements.",
        "No agencies, no contractors.",
        "Ouvert aux freelances et aux CDI",
        "Wir stellen nur in Festanstellung ein, keine Freelancer.",
        "The role is 2 years experience or more.",
        "Must have worked as a contractor before.",
    ],
)
def test_what_is_said_of_others_or_ruled_out_is_not_the_type(text: str) -> None:
    assert _read(text) == "unspecified"


def test_the_length_of_the_internship_shows_an_internship() -> None:
    assert _read("Duration of the internship: 6 months") == "internship"
