"""Words that require a skill in a text without a heading for requirements, and those that say it is not needed."""

from __future__ import annotations

import pytest

from jobmarket.extract import musts
from jobmarket.extract.document import read_document
from jobmarket.extract.posting_facts import PostingText, extract_many
from jobmarket.extract.skills import SkillMatcher


@pytest.mark.parametrize(
    ("line", "required"),
    [
        ("Kafka and Spark are must-haves. We ship daily", ["Kafka and Spark are must-haves"]),
        ("We ship daily. Kafka – must. Spark – big plus", ["Kafka – must"]),
        ("Kafka (must), Spark (plus)", ["Kafka (must"]),
        ("Salary: $100,000. Requirements: Kafka, Spark. Apply now", ["Requirements: Kafka, Spark"]),
        ("You must know Kafka. Apply now", ["You must know Kafka"]),
        ("4+ years with Kafka. Apply now", ["4+ years with Kafka"]),
        ("Kafka ist ein Muss", ["Kafka ist ein Muss"]),
        ("Kenntnisse in Kafka sind zwingend erforderlich", ["Kenntnisse in Kafka sind zwingend erforderlich"]),
        ("Kafka wird vorausgesetzt", ["Kafka wird vorausgesetzt"]),
        ("La maîtrise de Kafka est exigée", ["La maîtrise de Kafka est exigée"]),
        ("Kafka et Spark indispensables", ["Kafka et Spark indispensables"]),
        # Not required
        ("Kafka is not a must", []),
        ("Kafka ist kein Muss", []),
        ("Kafka ist nicht zwingend erforderlich", []),
        ("Kafka n'est pas indispensable", []),
        ("Visitors must be announced", []),
        ("The qualifications of our team: unmatched", []),
    ],
)
def test_a_must_applies_to_its_own_sentence(line: str, required: list[str]) -> None:
    lowered = line.lower()
    assert sorted(line[start:end] for start, end in set(musts.spans(lowered))) == required
    assert musts.asks(lowered) == bool(required)


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        # A must that a product's description could begin like
        ("Python is a must-have.", {"Python": "required"}),
        ("BigQuery – must. Kafka – big plus.", {"BigQuery": "required", "Apache Kafka": "preferred"}),
        (
            "La maîtrise de Python est exigée. Kafka serait un plus.",
            {"Python": "required", "Apache Kafka": "preferred"},
        ),
        ("Vous maîtrisez Python.", {"Python": "required"}),
        ("Sehr gute Kenntnisse in Python.", {"Python": "required"}),
        # What follows pay on its line
        ("Pay: $100,000 per year. You must know Python.", {"Python": "required"}),
        ("Salary: $100,000. Requirements: Python, PyTorch.", {"Python": "required", "PyTorch": "required"}),
        ("Vergütung: 16,50 € pro Stunde. Kenntnisse in Python von Vorteil.", {"Python": "preferred"}),
        ("Pay: $100,000. The salary depends on the experience with Python required.", {"Python": "context"}),
        (
            "Salary: 60.000 EUR\nYou have experience with Python.\nKubernetes is a must.",
            {"Python": "required", "Kubernetes": "required"},
        ),
        ("Full-time\n4+ years with Python\nBigQuery is a must", {"Python": "required", "BigQuery": "required"}),
        # "required" applies to its own sentence.
        ("Some travel is required. You will use Python.", {"Python": "mentioned"}),
        ("Relocation is not required. Our stack is Python.", {"Python": "mentioned"}),
        ("Python is required. You will use Kafka.", {"Python": "required", "Apache Kafka": "mentioned"}),
        ("Python is required, Kafka is a plus", {"Python": "required", "Apache Kafka": "preferred"}),
        # So does a request for experience, and one that is negated is none.
        ("You will use Python. Prior experience in banking is required.", {"Python": "mentioned"}),
        ("You will use Python. Prior experience in banking is not required.", {"Python": "mentioned"}),
        ("No prior experience with banking required. Our stack is Python.", {"Python": "mentioned"}),
        ("Travel required up to 20 %. Our stack is Python.", {"Python": "mentioned"}),
        (
            "Experience with Python is not required. You will use Kafka.",
            {"Python": "preferred", "Apache Kafka": "mentioned"},
        ),
        (
            "Experience with Python is not required but you will use Kafka",
            {"Python": "preferred", "Apache Kafka": "mentioned"},
        ),
        (
            "Experience with Python is not a requirement. We use Kafka.",
            {"Python": "preferred", "Apache Kafka": "mentioned"},
        ),
        (
            "We use Kafka. You have experience with Python, ideally BigQuery, and SQL. We ship daily with Airflow.",
            {"Apache Kafka": "mentioned", "Python": "required", "BigQuery": "preferred", "SQL": "required"}
            | {"Apache Airflow": "mentioned"},
        ),
        (
            "Experience with tools (e.g. Kafka); Python; SQL",
            {"Apache Kafka": "required", "Python": "required", "SQL": "required"},
        ),
        ("Duties\n- Experience in banking is not required. You write SQL", {"SQL": "mentioned"}),
        # What is not asked for
        ("- We do not expect experience with Java", {"Java": "context"}),
        ("Requirements\n- SQL\n- Spark is not needed on day one", {"SQL": "required", "Apache Spark": "preferred"}),
        ("Requirements\n- SQL\n- Spark isn't required", {"SQL": "required", "Apache Spark": "preferred"}),
        ("You will write SQL. We stopped using Spark in 2022.", {"SQL": "mentioned", "Apache Spark": "context"}),
        ("Vous aimez SQL. Vous ne connaissez pas encore Spark ?", {"SQL": "mentioned", "Apache Spark": "context"}),
    ],
)
def test_a_text_without_headings_says_what_it_requires(
    matcher: SkillMatcher, text: str, levels: dict[str, str]
) -> None:
    document = read_document("Engineer", None, text=text)
    assert {mention.name: mention.level for mention in matcher.mentions(document)} == levels


def test_requirements_in_german_without_a_heading_are_read_before_a_wish(matcher: SkillMatcher) -> None:
    text = (
        "Abgeschlossenes Bachelorstudium\nMindestens fünf Jahre Berufserfahrung\n"
        "Sehr gute Kenntnisse in Spark und dbt\n"
        "Wünschenswert: Erfahrung mit Snowflake."
    )
    (facts,) = extract_many([PostingText("Data Engineer", None, text=text)], matcher)
    assert (facts.years_min, facts.degree_min) == (5, "bachelor")
    levels = {skill.name: skill.level for skill in facts.skills}
    assert levels == {"Apache Spark": "required", "dbt": "required", "Snowflake": "preferred"}
