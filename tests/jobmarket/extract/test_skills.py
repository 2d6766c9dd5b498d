from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobmarket.extract.document import read_document
from jobmarket.extract.facts import SKILL_LEVELS, SkillMention
from jobmarket.extract.folding import fold
from jobmarket.extract.skills import SkillMatcher
from jobmarket.extract.taxonomy import Taxonomy


def mentions(
    matcher: SkillMatcher, text: str, title: str = "Engineer", company: str | None = None
) -> dict[str, SkillMention]:
    found = matcher.mentions(read_document(title, None, text="You will work here.\n" + text), company)
    return {mention.name: mention for mention in found}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("C++ and C#, .NET Core", {"C++", "C#", ".NET"}),
        ("ASP.NET, Node.js/React, CI/CD, A/B tests", {"ASP.NET", "Node.js", "React", "CI/CD", "A/B Testing"}),
        ("Modern build pipelines and tools", {"CI/CD"}),
        ("Build pipelines for training data, and help to build pipelines", set()),
        ("Python,SQL;R", {"Python", "SQL", "R"}),
        ("scikit-learn or scikit learn or sklearn", {"scikit-learn"}),
        ("fine\u2011tuning of Large-Language-Models", {"Fine-Tuning", "Large Language Models"}),
        ("Python/Scala/Go.", {"Python", "Scala", "Go"}),
        ("Python and R required; Excel, too", {"Python", "R", "Microsoft Excel"}),
        ("Languages: Go, Rust", {"Go", "Rust"}),
        ("AWS (SageMaker, EC2)", {"AWS", "Amazon SageMaker", "Amazon EC2"}),
        ("Knowledge of C and Fortran", {"C", "Fortran"}),
        ("k8s, PostgreSQL 15, GPT-4", {"Kubernetes", "PostgreSQL", "GPT"}),
        ("TensorFlow Serving", {"TensorFlow Serving"}),
        ("Bonne connaissance d'Airflow, d’AWS et de l'Elasticsearch", {"Apache Airflow", "AWS", "Elasticsearch"}),
        ("Tools such as 'Docker' and 'Kafka'", {"Docker", "Apache Kafka"}),
        ("SQL.Experience", {"SQL"}),
        ("You have used R and Python.", {"R", "Python"}),
        ("Proficiency in Go\nTo apply, write us", {"Go"}),
        ("Hands-on experience with R", {"R"}),
        ("Python\nR\nGo\nC\nRust.", {"Python", "R", "Go", "C", "Rust"}),
        ("R\nGo\nC", set()),  # no other skill in sight
        ("Go on, and see Python\nC: the third item", {"Python"}),
        ("Deep understanding of Rust", {"Rust"}),
        ("Build internal tooling around Ray", {"Ray"}),
        ("Practical experience in dbt and pandas", {"dbt", "pandas"}),
        ("Rails and React with Tailwind", {"Ruby on Rails", "React", "Tailwind CSS"}),
        ("WebGL and the Canvas API", {"WebGL", "HTML Canvas"}),
        ("CMake, Make and Bazel", {"CMake", "Make", "Bazel"}),
        ("RBAC and Azure Key Vault", {"RBAC", "Azure Key Vault"}),
        # A longer wording that does not match ("Airflow DAGs", "PyTorch Lightning") must not hide a shorter one.
        ("Airflow/Dagster, PyTorch/Lightning", {"Apache Airflow", "Dagster", "PyTorch", "PyTorch Lightning"}),
        ("Airflow/Dagster, PyTorch/TensorFlow", {"Apache Airflow", "Dagster", "PyTorch", "TensorFlow"}),
        ("uv, Ruff and mypy", {"uv", "Ruff", "mypy"}),
        ("Integrations with Epic or Cerner EHR systems", {"Epic EHR", "Cerner", "EHR"}),
        ("Jetson, NIM and Triton", {"NVIDIA Jetson", "NVIDIA NIM", "NVIDIA Triton"}),
        ("SAM, DINO and CLIP", {"Segment Anything", "DINO", "CLIP"}),
        ("Haiku, Flax and JAX", {"Haiku", "Flax", "JAX"}),
        ("Soda, dbt and Airflow", {"Soda", "dbt", "Apache Airflow"}),
        ("AWQ and GPTQ quantization", {"AWQ", "GPTQ", "Quantization"}),
        ("Write unit and integration tests", {"Unit Testing", "Integration Testing"}),
        ("A / B testing", {"A/B Testing"}),
        ("Machine learning in production", {"Machine Learning"}),
        ("Cloud platforms (AWS, GCP) and OR-Tools", {"Cloud Computing", "AWS", "Google Cloud", "OR-Tools"}),
        ("Solid understanding of networking", {"Networking"}),
        ("Policy-as-code, golden paths, VMs", {"Policy as Code", "Platform Engineering", "Virtualization"}),
        ("PDF parsing and task queues", {"Document Understanding", "Message Queues"}),
        ("TPM, SNMP and GSEC", {"Trusted Platform Module", "SNMP", "GSEC"}),
        ("GD&T, DFM and signal integrity", {"GD&T", "Design for Manufacturability", "Signal Integrity"}),
        ("IaC with Terraform", {"Infrastructure as Code", "Terraform"}),
        ("Drift, bias and fairness of models", {"Drift Detection", "Fairness"}),
        ("Pipelines for streaming with Kafka", {"Pipelines", "Stream Processing", "Apache Kafka"}),
        ("Well-tested Swift code and RESTful APIs, promises", {"Swift", "REST APIs", "JavaScript Promises"}),
        ("React/Electron/Infra experience", {"React", "Electron", "Infrastructure"}),
        ("Integration experience: Epic/Cerner, FHIR R4", {"Epic EHR", "Cerner", "FHIR"}),
        ("Homography, RANSAC and point clouds", {"Homography Estimation", "RANSAC", "Point Cloud Processing"}),
        ("RHEL and CentOS; FP8, INT4 and bfloat16", {"Red Hat Enterprise Linux", "CentOS", "FP8", "INT4", "bfloat16"}),
        ("TypeScript, Effect and Bun; Rails and Turbo", {"TypeScript", "Effect TS", "Bun", "Ruby on Rails", "Turbo"}),
        ("Perception/planning/control", {"Perception", "Motion Planning", "Control Systems"}),
        ("Eventual consistency, MVCC and LSM trees", {"Consistency Models", "MVCC", "Storage Engines"}),
        ("7+ years of product management experience", set()),
        ("Familiarity with GitHub", {"GitHub"}),
        ("RAG pipelines, and learning algorithms for NLP", {"RAG", "Natural Language Processing"}),
        ("Developing and testing C++ code", {"C++"}),
        ("CAD in 2D and 3D, PHP 8.2 and SGD with 5 years of PHP", {"CAD", "PHP", "Gradient Descent"}),
        ("Strong dbt skills", {"dbt"}),
        ("Strong DBT skills, SQL", {"dbt", "SQL"}),
        ("Motivational Interviewing and DBT", set()),
        ("Cognitive Behavioral Therapy\nGroups that teach DBT skills", set()),
    ],
)
def test_wordings_that_are_skills(matcher: SkillMatcher, text: str, names: set[str]) -> None:
    assert set(mentions(matcher, text)) == names


@pytest.mark.parametrize(
    "text",
    [
        "We go to market fast. Go ahead and react quickly, you rust never.",
        "Series C, C-level, R&D and vitamin C.",
        "A swift response will spark joy; excel at what you do.",
        "Make an impact. Express your interest, in spring.",
        "Javascripted pythonic googling, seasonal",
        "see github.com and jobs.python.org",
        "A linear career, a modal window, a notion of beauty",
        "Claude Shannon was born under Gemini; the ray of light at dawn",
        "An epic team that moves fast; PPO and HMO plans; a raft of measures, a preset, a cube, a soda",
        "Bring your agents or tools; our GTM motion, CMS rules for hospitals, and just a prompt",
        "A business unit in hybrid mode; its members keep their sanity and unleash their creativity",
        "You are a TPM who follows the guidance of CISA; we love networking with partners",
        "Work with a team of cybersecurity experts",
        "Send your resume, GitHub and three sentences; solid software engineering fundamentals",
        # currencies
        "CAD 120,000 - 150,000; 120k CAD; CAD $30/hour; 3,850 USD / 4,300 CAD per week; $63,000—$63,000 CAD",
        "Paid in CAD. Range: 90 000 CAD (5.000 CAD/month). PHP 80,000 or 50,000-55,000 PHP; SGD 8,000",
    ],
)
def test_wordings_that_only_look_like_skills(matcher: SkillMatcher, text: str) -> None:
    assert mentions(matcher, text) == {}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Erfahrung mit maschinellem Lernen, Zeitreihen und Datenmodellierung",
            {"Machine Learning", "Time Series Analysis", "Data Modeling"},
        ),
        ("Maîtrise de l’apprentissage automatique, des bases de données et de Python", {"Databases", "Python"}),
        (
            "Große Sprachmodelle, Bildverarbeitung und lineare Algebra, objektorientierte Programmierung",
            {"Large Language Models", "Image Processing", "Linear Algebra", "Object-Oriented Programming"},
        ),
        (
            "Modèles de langage, apprentissage par renforcement et déploiement de modèles",
            {"Large Language Models", "Reinforcement Learning", "Model Deployment"},
        ),
        ("Expérience en apprentissage automatique et traitement du signal", {"Machine Learning", "Signal Processing"}),
    ],
)
def test_french_and_german_wordings(matcher: SkillMatcher, text: str, names: set[str]) -> None:
    assert names <= set(mentions(matcher, text))


def test_ambiguous_words_in_a_list_support_one_another(matcher: SkillMatcher) -> None:
    assert {"Go", "Rust", "Swift", "Kotlin"} <= set(mentions(matcher, "Go, Rust, Swift, or Kotlin"))


def test_subjects_of_a_degree_are_not_skills_but_words_after_them_are(matcher: SkillMatcher) -> None:
    line = "Master's degree in Statistics, Mathematics or Machine Learning with experience in deep learning"
    assert set(mentions(matcher, line)) == {"Deep Learning"}
    assert set(mentions(matcher, "Ph.D. in Machine Learning")) == set()


def test_job_titles_are_not_skills(matcher: SkillMatcher) -> None:
    assert mentions(matcher, "You join our Machine Learning Engineers and data scientists", title="ML Engineer") == {}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("PhD in machine learning or reinforcement learning", set()),
        ("Doctorat en apprentissage automatique", set()),
        ("Master en data science, mastère en statistiques, thèse en vision par ordinateur", set()),
        ("Bac+5 en traitement du langage naturel ou en robotique", set()),
        ("Doctorat en informatique, et vous maîtrisez l'apprentissage automatique", {"Machine Learning"}),
        ("Promotion in Maschinellem Lernen oder Statistik", set()),
        ("Hochschulabschluss oder Masterstudium in Robotik", set()),
        ("Promovierter Informatiker mit Kenntnissen in maschinellem Lernen", {"Machine Learning"}),
    ],
)
def test_subjects_of_a_degree_are_not_skills_in_any_language(matcher: SkillMatcher, text: str, names: set[str]) -> None:
    assert set(mentions(matcher, text)) == names


@pytest.mark.parametrize(
    "title",
    [
        "Deep Learning Engineer", "Ingénieur Deep Learning", "Ingénieur(e) en Deep Learning H/F",
        "Chercheuse Deep Learning", "Stage Deep Learning", "Deep-Learning-Ingenieur (m/w/d)",
        "Entwickler für Deep Learning",
    ],
)  # fmt: skip
def test_job_titles_are_not_skills_in_any_language(matcher: SkillMatcher, title: str) -> None:
    assert mentions(matcher, "We are hiring.", title=title) == {}


@pytest.mark.parametrize(
    "title",
    [
        "Machine Learning Engineer", "Applied Machine Learning Engineer", "Senior ML Platform Engineer", "LLM Engineer",
        "NLP Engineer", "Generative AI Research Scientist", "ML Infrastructure Software Engineer", "LLMOps Engineer",
    ],
)  # fmt: skip
def test_the_trade_of_a_title_is_no_skill_whatever_its_field(matcher: SkillMatcher, title: str) -> None:
    assert mentions(matcher, "We are hiring.", title=title) == {}


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Research Scientist, Applied Machine Learning", "Applied Machine Learning"),
        ("Software Engineer (AI Agents)", "AI Agents"),
        ("Backend Engineer", "Backend Development"),
        ("Python Developer", "Python"),
    ],
)
def test_a_subject_or_a_technology_in_a_title_is_a_skill(matcher: SkillMatcher, title: str, name: str) -> None:
    assert set(mentions(matcher, "We are hiring.", title=title)) == {name}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Experience with forecasting, Salesforce and CRM", set()),
        ("Month-end close, general ledger, and forecasting for the board", set()),
        ("Forecasting of demand with Python", {"Time Series Forecasting"}),
        ("Forecasting, and time series", {"Time Series Forecasting"}),
    ],
)
def test_forecasting_is_a_method_of_time_series_beside_work_with_data(
    matcher: SkillMatcher, text: str, names: set[str]
) -> None:
    assert set(mentions(matcher, text)) & {"Time Series Forecasting"} == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ReAct and chain-of-thought", {"ReAct Prompting", "Chain-of-Thought"}),
        ("React, TypeScript", {"React", "TypeScript"}),
        ("Kubernetes, react quickly", {"Kubernetes"}),
        ("Penetration Testing, securities", {"Penetration Testing"}),
        ("Salary: SGD 8,000 - 12,000 per month. Experience with PyTorch", {"PyTorch"}),
    ],
)
def test_names_that_mean_something_else_in_another_form(matcher: SkillMatcher, text: str, names: set[str]) -> None:
    assert set(mentions(matcher, text)) == names


def test_a_phrase_does_not_run_across_signs_and_lines(matcher: SkillMatcher) -> None:
    assert mentions(matcher, "product, data/analysis, machine; learning\ndeep\nlearning") == {}


def test_the_longest_wording_wins(matcher: SkillMatcher) -> None:
    assert set(mentions(matcher, "Spark Streaming, TensorFlow Lite")) == {"Spark Streaming", "TensorFlow Lite"}


def test_the_strongest_level_and_its_wording_are_kept(matcher: SkillMatcher) -> None:
    text = "Our stack: k8s\nRequirements:\n- Kubernetes\nNice to have:\n- K8s\nAbout us\nWe run SAP HANA."
    found = mentions(matcher, text)
    assert (found["Kubernetes"].surface, found["Kubernetes"].level) == ("Kubernetes", "required")
    assert found["SAP HANA"].level == "context"


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("Requirements:\nNo Kafka experience required. Python", {"Apache Kafka": "context", "Python": "required"}),
        ("Requirements:\ndbt. You do not need to know Kafka.", {"dbt": "required", "Apache Kafka": "context"}),
        ("Nice to have:\nNo prior PyTorch knowledge necessary; dbt", {"PyTorch": "context", "dbt": "preferred"}),
        ("We don’t use Kubernetes, but Terraform.", {"Kubernetes": "context", "Terraform": "mentioned"}),
        ("Keine Kubernetes-Kenntnisse nötig. Terraform.", {"Kubernetes": "context", "Terraform": "mentioned"}),
        ("Aucune connaissance de Kafka n'est requise. dbt.", {"Apache Kafka": "context", "dbt": "mentioned"}),
        ("You don't need all of these: Kubernetes, dbt.", {"Kubernetes": "mentioned", "dbt": "mentioned"}),
        ("Requirements:\nKubernetes, not required", {"Kubernetes": "preferred"}),
        ("You join us. A replacement for Jupyter and Kafka", {"Jupyter": "context", "Apache Kafka": "context"}),
        ("You join us. An alternative to Kafka, in Python.", {"Apache Kafka": "context", "Python": "mentioned"}),
        ("You join us. It outperforms Kafka at Python jobs.", {"Apache Kafka": "context", "Python": "mentioned"}),
        ("You join us. Unlike Kafka, it is in Python.", {"Apache Kafka": "context", "Python": "mentioned"}),
        ('You join us. Think "Vercel for Python".', {"Vercel": "context", "Python": "mentioned"}),
        ("You join Ada (creator of Pandas) in Python.", {"pandas": "context", "Python": "mentioned"}),
        ("You join Ada (ex-Kafka/dbt). Python.", {"Apache Kafka": "context", "dbt": "context", "Python": "mentioned"}),
        ("You join Ada (previously led Kafka). Python.", {"Apache Kafka": "context", "Python": "mentioned"}),
        ("You have previously led Kafka teams.", {"Apache Kafka": "required"}),
        ("Please don’t use Kafka. You use Python.", {"Apache Kafka": "context", "Python": "mentioned"}),
    ],
)  # fmt: skip
def test_a_skill_that_is_explicitly_not_wanted_is_not_demand(
    matcher: SkillMatcher, text: str, levels: dict[str, str]
) -> None:
    assert {name: mention.level for name, mention in mentions(matcher, text).items()} == levels


def test_a_skill_found_only_in_the_title_has_no_span(matcher: SkillMatcher) -> None:
    found = mentions(matcher, "Nothing else.", title="Backend Developer (Kafka)")["Apache Kafka"]
    assert (found.surface, found.span_start, found.level) == ("Kafka", None, "mentioned")


def test_the_employers_own_product_is_not_a_skill(matcher: SkillMatcher) -> None:
    text = "At Databricks, we love data.\nRequirements:\nSpark SQL on Databricks, and Snowflake"
    assert "Databricks" not in mentions(matcher, text)
    assert "Databricks" in mentions(matcher, text, company="Acme")
    assert "Snowflake" not in mentions(matcher, "Requirements:\nSnowflake, dbt", company="Snowflake Inc.")
    assert "Claude" not in mentions(matcher, "Requirements:\nClaude, GPT-4", company="Anthropic")


@pytest.mark.parametrize(
    ("company", "text", "names"),
    [
        ("Marrowby Automation", "Travailler chez Marrowby Automation", set()),
        ("Marrowby Automation, Inc.", "Marrowby Automation's robots", set()),
        ("Stonebridge Analytics", "STONEBRIDGE ANALYTICS is an equal opportunity employer", set()),
        ("Data Science UA", "Data Science UA is hiring. Python and data science", {"Python", "Data Science"}),
        # The whole name is also the name of the field.
        ("Robotics Inc", "Requirements:\nRobotics", {"Robotics"}),
        ("Clear Data Pipelines", "Requirements:\nclear data pipelines", {"Data Pipelines"}),
        ("Scale AI", "Requirements:\nScale AI, Python", {"Python"}),
    ],
)
def test_words_of_the_employers_name_are_not_skills(
    matcher: SkillMatcher, company: str, text: str, names: set[str]
) -> None:
    assert set(mentions(matcher, text, company=company)) == names
    assert mentions(matcher, "We are hiring.", title=f"Engineer, {company}", company=company).keys() <= names


@pytest.mark.parametrize(
    ("company", "text"),
    [
        ("Arize AI", "Arize Phoenix"),
        ("Experian", "Experian data"),
        ("Graphcore", "Graphcore IPUs"),
        ("Harvey", "Harvey"),
        ("Nomic AI", "Nomic Atlas"),
        ("Opentrons", "Opentrons"),
        ("Paddle", "Paddle"),
        ("Sourcegraph", "Sourcegraph Amp"),
        ("Tenstorrent", "Tenstorrent"),
        ("Together AI", "StripedHyena"),
    ],
)
def test_a_product_counts_except_in_its_makers_postings(matcher: SkillMatcher, company: str, text: str) -> None:
    asked = f"Requirements\n- Python, {text}\n- Experience with {text}"
    assert set(mentions(matcher, asked, company=company)) == {"Python"}
    assert set(mentions(matcher, asked, company="Stripe")) > {"Python"}


def test_skills_that_duties_attribute_to_the_employer_count_only_where_required(matcher: SkillMatcher) -> None:
    duties = "Responsibilities\nYou help customers with workflow automation and write Python."
    requirements = "Requirements\nExperience with workflow automation and Python"
    assert {m.name: m.level for m in mentions(matcher, duties).values()} == {
        "Automation": "context",
        "Python": "mentioned",
    }
    assert mentions(matcher, requirements)["Automation"].level == "required"
    assert "Voice AI" not in mentions(matcher, "", title="Engineer, Voice AI")


def test_a_method_alone_on_a_line_counts_if_the_line_is_a_duty(matcher: SkillMatcher) -> None:
    about = read_document("Engineer", None, text="Why now\nWe think that penetration testing is slow.")
    duty = read_document("Engineer", None, text="Why now\nCoordinate penetration testing with others.")
    assert [mention.level for mention in matcher.mentions(about)] == ["context"]
    assert [mention.level for mention in matcher.mentions(duty)] == ["mentioned"]


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("Years ago we met. You'll see that penetration testing is fun.", "mentioned"),
        ("We're looking for someone who loves penetration testing.", "mentioned"),
        ("You'll see. We think that penetration testing is slow.", "context"),
        ("Penetration testing of many things", "mentioned"),
        ("Penetration testing is slow.", "context"),
    ],
)
def test_a_method_alone_on_a_line_counts_in_a_list_or_in_a_sentence_that_offers_work(
    matcher: SkillMatcher, line: str, level: str
) -> None:
    document = read_document("Engineer", None, text=f"Why now\n{line}")
    assert [mention.level for mention in matcher.mentions(document)] == [level]


def test_skills_in_the_names_of_open_roles_count(matcher: SkillMatcher) -> None:
    text = "About us:\nWe like Kafka.\nOpen roles:\n- Workflow automation engineer\n- Python engineer; dbt required"
    assert {m.name: m.level for m in mentions(matcher, text).values()} == {
        "Apache Kafka": "context",
        "Automation": "mentioned",
        "Python": "mentioned",
        "dbt": "required",
    }


def test_two_spellings_side_by_side_are_one_mention(matcher: SkillMatcher) -> None:
    found = mentions(matcher, "You know Large Language Models (LLMs) and Retrieval-Augmented Generation (RAG).")
    assert {m.surface for m in found.values()} == {
        "Large Language Models (LLMs)",
        "Retrieval-Augmented Generation (RAG)",
    }


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ("Requirements:", {"Observability", "Prometheus", "Grafana"}),
        ("", {"Observability", "Prometheus", "Grafana"}),
        ("Responsibilities:", {"Prometheus", "Grafana"}),
        ("Tech stack:", {"Prometheus", "Grafana"}),
    ],
)
@pytest.mark.parametrize("colon", [":", " :"])
def test_a_label_counts_where_it_may_be_asked_for_but_not_before_a_duty_or_the_stack(
    matcher: SkillMatcher, heading: str, names: set[str], colon: str
) -> None:
    found = mentions(matcher, f"{heading}\nObservability{colon} Prometheus, Grafana").values()
    assert {mention.name for mention in found if mention.level != "context"} == names


@pytest.mark.parametrize(
    ("heading", "level"), [("Requirements", "required"), ("Nice to have", "preferred"), ("Responsibilities", "context")]
)
@pytest.mark.parametrize("word", ["Automation", "Open source development", "Software agents with PyTorch"])
def test_a_general_word_counts_where_it_is_asked_for(
    matcher: SkillMatcher, heading: str, level: str, word: str
) -> None:
    general = {"Automation", "Open Source", "AI Agents"}
    found = mentions(matcher, f"{heading}:\nExperience with Python\n{word}")
    assert [mention.level for name, mention in found.items() if name in general] == [level]


@pytest.mark.parametrize(
    "function", ["B2B sales", "account management", "month-end close", "prospecting", "recruiting"]
)
def test_functions_of_a_business_are_no_technical_skills(matcher: SkillMatcher, function: str) -> None:
    assert set(mentions(matcher, f"Requirements:\nExperience with {function} and HubSpot")) == {"HubSpot"}


SPICE = st.sampled_from(
    [
        "Go",
        "R",
        "C++",
        "Python",
        "İ",
        "ﬁ",
        "ß",
        "’",
        ", ",
        "/",
        "\n",
        " and ",
        "(",
        "ML",
        "degree in ",
        "machine learning",
        "Ray",
        ": ",
        "𝔾",
    ]
)
TEXTS = st.lists(st.one_of(SPICE, st.text(max_size=8)), max_size=60).map("".join)


@settings(max_examples=400)
@given(TEXTS, st.text(max_size=20))
def test_spans_point_at_the_matched_wording_in_any_text(matcher: SkillMatcher, text: str, title: str) -> None:
    document = read_document(title, None, text=text)
    found = matcher.mentions(document)
    assert len({mention.name for mention in found}) == len(found)
    for mention in found:
        assert mention.level in SKILL_LEVELS
        if mention.span_start is None:
            assert mention.surface in document.title
        else:
            assert document.text[mention.span_start : mention.span_end] == mention.surface


@pytest.mark.parametrize("piece", ["Go, ", "R ", "machine learning ", "Ray\n", "degree in ML ", "C", "React to "])
def test_large_repetitive_text_is_searched(matcher: SkillMatcher, piece: str) -> None:
    document = read_document("x", None, text=piece * (300_000 // len(piece)))
    assert len(matcher.mentions(document)) <= 3


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("You keep a bird's-eye view of the whole business", set()),
        ("BEV powertrain and battery experience", set()),
        ("LiDAR, SLAM and BEV", {"LiDAR", "SLAM", "Bird's-Eye View"}),
        ("Strong consistency in delivering results", set()),
        ("Strong typing skills (60 wpm)", set()),
        ("Strong typing in TypeScript", {"Static Typing", "TypeScript"}),
        ("Able to resolve deadlocks between stakeholders", set()),
        ("Debug deadlocks in C++", {"Deadlocks", "C++"}),
        ("Feedback loop closure with customers", set()),
        ("Taking a minimum viable product to scale", set()),
        ("Code-switching across cultures comes naturally", set()),
        ("Structured light and a bright office", set()),
        ("You balance technical debt and features", set()),
        ("Production planning and control", set()),
        ("Load shedding at power utilities", set()),
        ("Garbage collectors and street sweepers", set()),
        ("GDPR, DPO, SCCs", {"GDPR", "Standard Contractual Clauses"}),
        ("SFT, RLHF and DPO", {"Supervised Fine-Tuning", "RLHF", "DPO"}),
        ("Experience with OTs and PTs", set()),
        ("CRDTs and OTs", {"CRDTs", "Operational Transforms"}),
        ("RMSE and R2, scikit-learn", {"Model Evaluation", "scikit-learn"}),
        ("Cloudflare Workers and R2", {"Cloudflare Workers", "Cloudflare R2"}),
        ("Zephyr, TestRail and Jira", {"TestRail", "Jira"}),
        ("Zephyr and FreeRTOS", {"Zephyr RTOS", "FreeRTOS"}),
        ("Personal Care Assistant (PCA) certification", set()),
        ("PCA and k-medoids", {"Principal Component Analysis", "Clustering"}),
        ("Automotive diagnostics: DTC, UDS, CAN", set()),
        ("RCM, FMEA", {"FMEA"}),
        ("RCM and medical billing", set()),
        ("3D printing: SLA, SLS", {"3D Printing"}),
        ("Meet a 99.9% SLA", {"SLA Management"}),
        ("KVM switches and racks", set()),
        ("React, Redux, RTK", {"React", "Redux"}),
        ("Threat hunting and IoCs", {"Threat Hunting"}),
        ("Experience with Buffer overflows", set()),
        ("Experience with Hypothesis generation", set()),
        ("Experience with Effect sizes", set()),
        ("Experience with Swimlane diagrams", set()),
        ("Experience with Contour plotting", set()),
        ("Experience with Coil winding", set()),
        ("Experience with Slick presentations", set()),
        ("Experience with Broadway productions", set()),
        ("Experience with Lexical analysis", set()),
        ("Experience with Stainless steel", set()),
        ("pytest and Hypothesis", {"pytest", "Hypothesis"}),
        ("Microsoft 365 tenant administration", {"Microsoft Office"}),
        ("Monte Carlo variance reduction", {"Monte Carlo Simulation", "Variance Reduction"}),
        ("CometBFT (Tendermint)", {"CometBFT"}),
        ("Prior experience in CAD modeling", {"CAD"}),
        ("Deep understanding of 3D model management", {"3D Modeling"}),
        ("Running robot experiments", {"Experiments"}),
        ("Analyze quantitative data", set()),
        ("Answers buried in Slack chats", set()),
        ("Deep ML expertise", {"Machine Learning"}),
        ("Familiarity with tools such as Claude", {"Claude"}),
        ("Kareo/Tebra", {"Tebra"}),
        ("Codeium, Windsurf", {"Windsurf"}),
        ("Experience with TLA+ or Alloy", {"TLA+"}),
        ("Hold a TLA, and Python", {"Python"}),
        ("iCIMS, werf and Docker", {"iCIMS", "werf", "Docker"}),
    ],
)
def test_a_word_of_several_trades_counts_in_its_own(matcher: SkillMatcher, text: str, names: set[str]) -> None:
    assert set(mentions(matcher, f"Requirements\n- {text}")) == names


def test_each_skill_is_found_by_its_name(matcher: SkillMatcher, taxonomy: Taxonomy) -> None:
    """Unless the name needs more around it than a list of technology."""
    missing = [
        skill.name
        for skill in taxonomy.skills.values()
        if skill.name not in mentions(matcher, f"Requirements\n- Experience with {skill.name}, Python and Docker")
    ]
    spelled = {name: taxonomy.patterns[fold(name).strip()] for name in missing}
    assert [name for name, aliases in spelled.items() if not any(alias.rule for alias in aliases)] == []
    assert len(missing) <= 75


PLAIN_SENTENCES = (Path(__file__).parent / "plain_sentences.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("sentence", PLAIN_SENTENCES)
def test_a_sentence_about_something_else_names_no_skill(matcher: SkillMatcher, sentence: str) -> None:
    assert [name for name, mention in mentions(matcher, sentence).items() if mention.level != "context"] == []


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("Requirements\n- Go\n- Rust", {"Go": "required", "Rust": "required"}),
        ("Requirements\n- Rust (2+ years)\n- Go (production)", {"Go": "required", "Rust": "required"}),
        ("Nice to have\n- Scala\n- Julia", {"Scala": "preferred", "Julia": "preferred"}),
        ("Must have: Go. Nice to have: Rust.", {"Go": "required", "Rust": "preferred"}),
        ("Nice to have: Go, Helm.", {"Go": "preferred", "Helm": "preferred"}),
        ("What you bring\n- SQL\n- Rust would be a bonus", {"SQL": "required", "Rust": "preferred"}),
        ("What you bring\n- SQL\n- Scala is a plus", {"SQL": "required", "Scala": "preferred"}),
        # One name alone may be anything.
        ("Requirements\n- Go", {}),
    ],
)
def test_languages_named_like_words_count_where_they_are_asked_for(
    matcher: SkillMatcher, text: str, levels: dict[str, str]
) -> None:
    document = read_document("Engineer", None, text=text)
    assert {mention.name: mention.level for mention in matcher.mentions(document)} == levels
