from __future__ import annotations

import csv
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pytest

from jobmarket.csv_file import read_rows
from jobmarket.extract.currencies import CODES
from jobmarket.extract.folding import fold
from jobmarket.extract.posting_facts import PostingText, extract_many
from jobmarket.extract.skills import SkillMatcher
from jobmarket.extract.taxonomy import Taxonomy, TaxonomyError

SKILLS = [
    {"skill_id": "go", "name": "Go", "category": "language", "owner": None},
    {"skill_id": "llm", "name": "LLM", "category": "model", "owner": None},
]
ALIASES = [{"skill_id": "go", "alias": "Go", "language": "any", "case": "capital", "rule": "go"}]
RULES = [{"rule": "go", "condition": "needs_list", "value": "any"}]

# Words that the published role pages name as skills, tools, practices or certifications.
NAMED_ON_ROLE_PAGES = """
Docker|Kubernetes|REST APIs|gRPC|TensorFlow Serving|TorchServe|MLOps|model versioning|data drift|model decay|
quantisation|pruning|distillation|caching|parallelisation|horizontal scaling|A/B testing|Python|PyTorch|TensorFlow|
scikit-learn|clean code|CI/CD|AWS|GCP|Azure|MLflow|Kubeflow|Airflow|DVC|microservices|SQL|NoSQL|vector databases|
algorithmic trading|real-time scoring|fraud detection|dynamic pricing|assisted diagnosis|medical image analysis|
edge AI|anomaly detection|threat intelligence|adversarial ML|feature stores|training pipelines|model serving|Ray|
SageMaker|Vertex AI|distributed computing|containerisation|system design|edge deployment|deep learning|supervised|
unsupervised|rollback|Spark|dbt|Go|Java|Scala|code review|LLMs|embeddings|retrieval-augmented generation|
offline evaluation|metric design|AWS Certified Machine Learning – Specialty|
Google Cloud Professional Machine Learning Engineer|Microsoft Certified: Azure AI Engineer Associate|
TensorFlow Developer Certificate|concept drift|C++|Triton|BentoML|FastAPI|feature pipelines|point-in-time correct|
Weights & Biases|Horovod|distributed training|Evidently|Arize|shadow mode|A/B deployment|automated retraining|
runbooks|version control|LLM fine-tuning|RLHF|LLM inference|TensorRT|ONNX|retrieval|open-source contributions|
batching|ETL|ELT|data pipelines|GPU clusters|data quality|recommendation|search|software engineering|
prediction logging
"""


def test_the_seed_is_large_and_its_categories_are_the_documented_ones(taxonomy: Taxonomy) -> None:
    assert len(taxonomy.skills) >= 900
    assert {skill.category for skill in taxonomy.skills.values()} == {
        "language",
        "library",
        "framework",
        "orchestration",
        "tool",
        "cloud_platform",
        "cloud_service",
        "database",
        "model",
        "hardware",
        "operating_system",
        "protocol",
        "standard",
        "certification",
        "method",
        "practice",
    }


@pytest.mark.parametrize("name", [word.strip() for word in NAMED_ON_ROLE_PAGES.replace("\n", "").split("|")])
def test_every_skill_of_the_role_pages_is_known(taxonomy: Taxonomy, name: str) -> None:
    assert fold(name).strip() in taxonomy.patterns


def test_names_are_unique_regardless_of_case(seeds: Path) -> None:
    with (seeds / "skills.csv").open(encoding="utf-8", newline="") as file:
        names = [row["name"].lower() for row in csv.DictReader(file)]
    assert sorted(names) == sorted(set(names))


def test_no_two_names_differ_by_number_or_signs_only(taxonomy: Taxonomy) -> None:
    names = [fold(skill.name).strip() for skill in taxonomy.skills.values()]
    alike = Counter(name.removesuffix("s").replace(" ", "") for name in names)
    different = {"ada", "datafusion", "iot", "linearmodel", "nat", "serde"}  # "Ada" and "ADAS"
    assert {name for name, n in alike.items() if n > 1} == different


def test_rows_are_in_order_so_that_a_new_one_has_its_place(seeds: Path) -> None:
    skills = [row["skill_id"] for _, row in read_rows(seeds / "skills.csv")]
    aliases = [
        (row["skill_id"], row["language"], row["alias"].casefold(), row["alias"], row["case"])
        for _, row in read_rows(seeds / "skill_aliases.csv")
    ]
    rules = [row["rule"] for _, row in read_rows(seeds / "skill_rules.csv")]
    assert [late for early, late in pairwise(skills) if late < early] == []
    assert [late for early, late in pairwise(rules) if late < early] == []
    assert [late for early, late in pairwise(aliases) if late < early] == []


def test_a_wording_that_begins_with_a_capital_can(seeds: Path) -> None:
    """Case ``capital`` is never met by "iCIMS" as its maker spells it."""
    names = {row["name"] for _, row in read_rows(seeds / "skills.csv")}
    rows = [row for _, row in read_rows(seeds / "skill_aliases.csv") if row["case"] == "capital"]
    assert [row["alias"] for row in rows if row["alias"] in names and not row["alias"][0].isupper()] == []


def test_every_rule_of_the_seed_is_used(taxonomy: Taxonomy) -> None:
    used = {alias.rule.name for aliases in taxonomy.patterns.values() for alias in aliases if alias.rule}
    assert used == set(taxonomy.rules)


def test_every_list_of_words_of_the_seed_is_used(seeds: Path) -> None:
    rows = [row for _, row in read_rows(seeds / "skill_rules.csv")]
    used = {part[1:] for row in rows for part in (row["value"] or "").split("|") if part.startswith("@")}
    assert {row["rule"] for row in rows if row["condition"] in ("words", "skills")} == used


def test_a_wording_that_is_a_currencys_code_is_no_skill_beside_an_amount(taxonomy: Taxonomy) -> None:
    shared = {code: aliases for code in CODES if (aliases := taxonomy.patterns.get(code.lower()))}
    assert {"CAD", "PHP", "SGD"} <= shared.keys()
    careless = [code for code, (alias, *_) in shared.items() if not (alias.rule and alias.rule.not_currency)]
    assert careless == []


def test_a_name_is_its_own_alias_and_plurals_are_generated(taxonomy: Taxonomy) -> None:
    made = Taxonomy(SKILLS, ALIASES, RULES)
    assert {"llm", "llms", "go"} <= set(made.patterns)
    assert made.patterns["llms"][0].wording == "LLMs"
    assert "data warehouses" in taxonomy.patterns


def test_tables_and_rows_give_the_same_taxonomy() -> None:
    from_rows = Taxonomy.from_tables(SKILLS, ALIASES, RULES)
    from_tables = Taxonomy.from_tables(*(pa.Table.from_pylist(rows) for rows in (SKILLS, ALIASES, RULES)))
    assert from_rows.version == from_tables.version
    assert from_rows.patterns == from_tables.patterns


def test_the_version_depends_on_the_rows_but_not_on_their_order() -> None:
    version = Taxonomy(SKILLS, ALIASES, RULES).version
    assert Taxonomy(SKILLS[::-1], ALIASES, RULES).version == version
    assert Taxonomy(SKILLS, [{**ALIASES[0], "case": "exact"}], RULES).version != version
    assert Taxonomy(SKILLS, ALIASES, [{**RULES[0], "value": "language"}]).version != version


def test_which_skill_a_wording_of_two_means_does_not_depend_on_the_order_of_the_rows() -> None:
    skills = [{"skill_id": name, "name": name, "category": "tool"} for name in ("gnu_make", "make_com")]
    aliases = [
        {"skill_id": row["skill_id"], "alias": "Make", "case": "capital", "rule": row["skill_id"]} for row in skills
    ]
    rules = [{"rule": row["skill_id"], "condition": "needs_list", "value": "tool"} for row in skills]
    one, other = Taxonomy(skills, aliases, rules), Taxonomy(skills[::-1], aliases[::-1], rules)
    assert one.patterns["make"] == other.patterns["make"]


@pytest.mark.parametrize(
    ("skills", "aliases", "rules", "says"),
    [
        ([*SKILLS, SKILLS[0]], [], [], "'go' appears twice"),
        ([{**SKILLS[0], "category": ""}], [], [], "lacks an id, a name or a category"),
        (SKILLS, [{**ALIASES[0], "skill_id": "rust"}], RULES, "not in skills.csv"),
        (SKILLS, ALIASES, [], "uses the rule 'go'"),
        (SKILLS, [{**ALIASES[0], "case": "upper"}], RULES, "case must be one of exact, capital, any"),
        (SKILLS, [], [{**RULES[0], "condition": "needs"}], "condition must be one of"),
        (SKILLS, [{**ALIASES[0], "alias": "--"}], RULES, "empty alias"),
        (
            SKILLS,
            [{"skill_id": s, "alias": "golang", "case": "any", "rule": ""} for s in ("go", "llm")],
            RULES,
            "is an alias of 'go' and of 'llm'",
        ),
    ],
)
def test_the_error_for_a_contradictory_seed_says_what_is_wrong(
    skills: list, aliases: list, rules: list, says: str
) -> None:
    with pytest.raises(TaxonomyError, match=says):
        Taxonomy(skills, aliases, rules)


def test_other_rows_can_reference_a_list_of_words_with_phrases() -> None:
    rules = [
        {"rule": "asked", "condition": "words", "value": "proficiency in|know*"},
        {"rule": "go", "condition": "needs_after", "value": "our|@asked"},
    ]
    words = Taxonomy(SKILLS, ALIASES, rules).rules["go"].needs_after
    assert words is not None
    assert "our" in words
    assert "knowing" in words
    assert words.closing == (" proficiency in",)
    with pytest.raises(TaxonomyError, match="uses the list '@asked'"):
        Taxonomy(SKILLS, ALIASES, rules[1:])


def test_a_rule_can_reference_a_list_of_skills() -> None:
    rules = [
        {"rule": "tools", "condition": "skills", "value": "docker|git"},
        {"rule": "go", "condition": "needs_posting", "value": "llm|@tools"},
    ]
    assert Taxonomy(SKILLS, ALIASES, rules).rules["go"].needs_posting == {"llm", "docker", "git"}
    with pytest.raises(TaxonomyError, match="uses the list '@tools'"):
        Taxonomy(SKILLS, ALIASES, rules[1:])


def test_a_name_matches_in_any_case_even_if_its_capitals_have_their_own_row() -> None:
    made = Taxonomy(
        [{"skill_id": "dbt", "name": "dbt", "category": "tool"}],
        [{"skill_id": "dbt", "alias": "DBT", "case": "exact", "rule": ""}],
        [],
    )
    assert {alias.case for alias in made.patterns["dbt"]} == {"exact", "any"}


def _rows(seed: Path) -> list[dict[str, str]]:
    with seed.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_one_row_adds_a_skill_and_one_row_an_alias(root: Path) -> None:
    """No code knows a skill: a row of a seed suffices, and creates a new version that applies to all history."""
    seeds = root / "dbt_project" / "seeds"
    skills, aliases, rules = (_rows(seeds / f"{name}.csv") for name in ("skills", "skill_aliases", "skill_rules"))
    posting = PostingText("ML Engineer", None, "<p>You know Qwertyx and QWX, Python and Go.</p>")

    def found(*added: list[dict[str, str]]) -> tuple[set[str], str]:
        taxonomy = Taxonomy([*skills, *added[0]], [*aliases, *added[1]], rules)
        return {each.name for each in extract_many([posting], SkillMatcher(taxonomy))[0].skills}, taxonomy.version

    skill = {"skill_id": "qwertyx", "name": "Qwertyx", "category": "library", "owner": ""}
    alias = {"skill_id": "qwertyx", "alias": "QWX", "language": "any", "case": "exact", "rule": ""}
    before, old = found([], [])
    with_skill, newer = found([skill], [])
    assert with_skill - before == {"Qwertyx"}
    only_alias = PostingText("ML Engineer", None, "<p>You know QWX.</p>")
    taxonomy = Taxonomy([*skills, skill], [*aliases, alias], rules)
    assert [each.name for each in extract_many([only_alias], SkillMatcher(taxonomy))[0].skills] == ["Qwertyx"]
    assert len({old, newer, taxonomy.version}) == 3


# In the pages' lists of skills and tasks, but not skills: tasks, properties, and phrases around a skill.
OTHER_WORDS_ON_ROLE_PAGES = """
architecture|batch|real-time|automated data pipelines|industrialisation|production code|optimisation for latency|
deployment|serving|ML CI/CD|their ML services|MLOps & deployment|services|rollout|cloud & infrastructure|latency|
accuracy|LLM & GenAI|a BS/MS in computer science|research roles often a PhD|MLOps architecture|modular code|
integration of AI microservices|batch training|registry|GPU-aware Kubernetes|Tasks also|3+ years|
a tracking/registry system|Nice to have|LLM inference optimisation
"""


def test_every_skill_in_the_lists_of_the_role_pages_is_known(shared_dir: Path, taxonomy: Taxonomy) -> None:
    """If the pages are available, every item in their lists is a known skill or one of the words above."""
    others = set(OTHER_WORDS_ON_ROLE_PAGES.replace("\n", "").split("|"))
    listed = [
        item.strip()
        for line in (shared_dir / "role_pages.md").read_text(encoding="utf-8").splitlines()
        if (found := re.match(r"- (?:Skills|Certifications|Capabilities|Requirements|Tasks)(?: also)?: (.*)", line))
        for item in re.split(r"[;,.()→]| or | and |: ", found[1])
    ]
    assert len(listed) > 100
    unknown = [item for item in listed if " ".join(fold(item).split()) not in taxonomy.patterns]
    assert [item for item in unknown if item and item not in others] == []
