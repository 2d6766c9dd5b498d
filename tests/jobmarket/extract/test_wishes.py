"""The words of a line that are wished for, apart from those that are required or not asked for at all."""

from __future__ import annotations

import pytest

from jobmarket.extract import unasked, wishes
from jobmarket.extract.document import read_document
from jobmarket.extract.skills import SkillMatcher


@pytest.mark.parametrize(
    ("line", "wished"),
    [
        ("Python is required, Rust is a plus", ["Rust is a plus"]),
        ("Python is required and Rust is a plus", ["Rust is a plus"]),
        ("Strong Rust (or C++) required — Kafka a big plus", ["Kafka a big plus"]),
        ("Experience with Go (Kafka a plus)", ["(Kafka a plus"]),
        ("You know SQL; dbt would be nice", ["dbt would be nice"]),
        ("You know SQL, dbt would be nice", ["dbt would be nice"]),
        ("You know Python and Rust is a plus", ["Rust is a plus"]),
        ("You know Python and SQL, and Kafka is a plus", ["Kafka is a plus"]),
        ("Must have: Python. Bonus: Kafka", ["Bonus: Kafka"]),
        ("Required: Python, preferred: Kafka", ["preferred: Kafka"]),
        ("Must have: Python, SQL; nice: Kafka", ["nice: Kafka"]),
        ("5+ years of Python, Kafka a plus", ["Kafka a plus"]),
        ("Python in depth, with Go, Java, or C++ as a plus", ["with Go, Java, or C++ as a plus"]),
        ("Python (required), Kafka (nice to have), SQL", ["Kafka (nice to have"]),
        ("Kafka preferred, Python required", ["Kafka preferred"]),
        ("Ideally you know Kafka, but Python is a must", ["Ideally you know Kafka"]),
        ("It is a plus if you know Kafka", ["It is a plus if you know Kafka"]),
        ("We use Go and Rust - experience with either is a plus", ["experience with either is a plus"]),
        ("Python ist Pflicht, Kafka ist von Vorteil", ["Kafka ist von Vorteil"]),
        ("Du kennst Python, Kafka ist von Vorteil", ["Kafka ist von Vorteil"]),
        ("Kafka-Kenntnisse sind nicht nötig", ["Kafka-Kenntnisse sind nicht nötig"]),
        ("Python (Muss), Kafka (Kann)", ["Kafka (Kann"]),
        ("Vous maîtrisez Python, Kafka est un plus", ["Kafka est un plus"]),
        ("Python est indispensable, Kafka serait un atout", ["Kafka serait un atout"]),
        ("Un plus : Kafka", ["Un plus : Kafka"]),
        ("Kafka, optional but welcome", ["Kafka, optional"]),
        ("You know Python, ideally Rust, and SQL", ["ideally Rust"]),
        ("You know Java, ideally Python, Rust, and SQL", ["ideally Python, Rust, and SQL"]),
        ("Ideally, you know Python, Rust, and SQL", ["Ideally, you know Python, Rust, and SQL"]),
    ],
)
def test_a_wish_applies_to_its_own_clause(line: str, wished: list[str]) -> None:
    assert [line[start:end] for start, end in wishes.spans(line.lower())] == wished


@pytest.mark.parametrize(
    "line",
    [
        "Python, Go or Rust a plus",
        "Experience with Python, Go or Rust is a plus",
        "Experience with Go, Kafka a plus",
        "Worked with Kafka, Flink, and Spark (nice to have",
        "Experience with tools (e.g., Kafka, Flink) is a plus",
        "Experience with containers (Docker, Podman) or Kubernetes (preferred",
        "Experience with queues - Kafka, RabbitMQ - is a plus",
        "If you also know Kafka, Flink, or Spark, that would be a plus",
        "Kenntnisse in Python, Java und Go sind von Vorteil",
        "Wenn du Kafka oder Flink kennst, ist das von Vorteil",
        "La connaissance de Kafka, Flink ou Spark est un plus",
    ],
)
def test_a_list_is_one_clause(line: str) -> None:
    assert list(wishes.spans(line.lower())) == [(0, len(line))]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("You help us move off TensorFlow to PyTorch", ["move off TensorFlow"]),
        ("Move off Java over to Kotlin", ["Move off Java"]),
        ("We replaced RabbitMQ with Kafka", ["replaced RabbitMQ"]),
        ("We use Kafka, not RabbitMQ", ["not RabbitMQ"]),
        ("No Java, no PHP. Kotlin", ["No Java", "no PHP"]),
        ("You won't need Kubernetes here", ["You won't need Kubernetes here"]),
        ("We no longer use Java", ["no longer use Java"]),
        ("You don't have to know Java", ["You don't have to know Java"]),
        ("Wir arbeiten nicht mit PHP", ["nicht mit PHP"]),
        ("Kotlin instead of Java", ["instead of Java"]),
        ("This is not a Java role", ["not a Java role"]),
        ("Kein SAP nötig", ["Kein SAP nötig"]),
        ("Du brauchst kein Kubernetes", ["kein Kubernetes"]),
        ("Wir nutzen Kafka, nicht RabbitMQ", ["nicht RabbitMQ"]),
        ("Ablösung von Oracle durch Postgres", ["Ablösung von Oracle"]),
        ("Pas de PHP ici", ["Pas de PHP"]),
        ("Pas besoin de connaître Kubernetes", ["Pas besoin de connaître Kubernetes"]),
        ("Kafka et non RabbitMQ", ["et non RabbitMQ"]),
        ("We migrate from Oracle to Snowflake", []),
        ("Not only Java, but not necessarily Kotlin", []),
        ("No Kubernetes cluster yet", []),
        ("No more than 3 years of Java", []),
        ("Low-code, no code, SQL or no SQL", []),
        ("Keine Angst vor Java", []),
        ("You are not afraid of Java", []),
        ("ML is built in, not bolted on", []),
    ],
)
def test_what_is_not_asked_for(line: str, said: list[str]) -> None:
    assert [line[start:end] for start, end in unasked.spans(line.lower())] == said


@pytest.mark.parametrize(
    ("line", "levels"),
    [
        # Where a migration leads is asked for.
        ("You help us move off Oracle onto PostgreSQL", {"PostgreSQL": "required"}),
        ("Migrate workloads away from Oracle towards Snowflake", {"Snowflake": "required"}),
        ("Migrate away from Java into Kotlin", {"Java": "context", "Kotlin": "required"}),
        (
            "Switch on and off Kubernetes clusters with Terraform",
            {"Kubernetes": "required", "Terraform": "required"},
        ),
        ("Instead of Jenkins we run Terraform", {"Jenkins": "context", "Terraform": "required"}),
        ("Rather than Java we use Kotlin", {"Java": "context", "Kotlin": "required"}),
        ("Statt Java nutzen wir Kotlin", {"Java": "context", "Kotlin": "required"}),
        # Assets and bonuses of the employer
        ("Experience with Python and SQL at a global asset manager", {"Python": "required", "SQL": "required"}),
        ("Experience with Python in a large asset management firm", {"Python": "required"}),
        ("Experience with Python in a digital asset environment", {"Python": "required"}),
        ("Knowledge of Python and an annual bonus", {"Python": "required"}),
        ("Knowledge of Python is an important asset", {"Python": "preferred"}),
        ("Python, a definite asset", {"Python": "preferred"}),
        # A wish goes no further than its own clause.
        ("You know Python, ideally Rust, and SQL", {"Python": "required", "Rust": "preferred", "SQL": "required"}),
        ("Ideally located in Berlin, you know Python and SQL", {"Python": "required", "SQL": "required"}),
        ("Python, preferably 3.10, and Kubernetes", {"Python": "required", "Kubernetes": "required"}),
        ("Ideally you have a PhD, and you must know Python", {"Python": "required"}),
        ("Ideally you know Python, Rust, and SQL", {"Python": "preferred", "Rust": "preferred", "SQL": "preferred"}),
    ],
)
def test_a_skill_has_the_level_of_its_clause(matcher: SkillMatcher, line: str, levels: dict[str, str]) -> None:
    document = read_document("Engineer", None, text=f"You will work here.\nRequirements\n- {line}")
    found = {mention.name: mention.level for mention in matcher.mentions(document)}
    assert found == levels
