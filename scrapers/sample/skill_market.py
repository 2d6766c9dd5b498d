"""Planted demand for skills: the probability that a posting of a role family asks for a skill, and its drift.

The log-odds of a skill move in a straight line: ``drift`` is their change over 26 weeks, the same for every
role family. A skill with zero drift is steady. The figures are invented, with magnitudes like the real market's.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

FAMILIES: tuple[str, ...] = (
    "ml_engineer",
    "mlops_engineer",
    "ai_engineer",
    "ml_researcher",
    "data_scientist",
    "data_engineer",
    "data_analyst",
    "software_engineer",
    "other",
)
FAMILY_SHARES: tuple[float, ...] = (0.30, 0.11, 0.16, 0.10, 0.11, 0.09, 0.03, 0.07, 0.03)

DRIFT_WEEKS = 26


@dataclass(frozen=True)
class Skill:
    """A tracked skill: its name, its spellings, its demand in per cent by family at week 0, and its drift."""

    name: str
    surfaces: tuple[str, ...]
    percent: tuple[float, ...]
    drift: float

    def probability(self, family: str, week: float) -> float:
        """Return the probability that a posting of ``family`` asks for the skill.

        ``week`` is the time of posting in weeks since the first Monday.
        """
        share = self.percent[FAMILIES.index(family)] / 100
        if share <= 0:
            return 0.0
        log_odds = math.log(share / (1 - share)) + self.drift * week / DRIFT_WEEKS
        return 1 / (1 + math.exp(-log_odds))


# name = spellings | ml mlops ai researcher scientist data-engineer analyst software other | drift
_TABLE = """
Python = Python | 88 80 85 86 85 78 45 42 6 | 0
PyTorch = PyTorch | 62 34 30 70 22 2 0 5 0 | 0
TensorFlow = TensorFlow | 44 30 16 34 26 3 0 3 0 | -1.1
JAX = JAX | 12 7 3 30 1 0 0 1 0 | 0.5
scikit-learn = scikit-learn; Scikit-Learn; sklearn | 27 9 6 8 44 4 4 1 0 | 0
XGBoost = XGBoost | 13 3 1 1 26 1 1 0 0 | -0.3
pandas = pandas; Pandas | 19 6 7 8 38 16 18 2 0 | 0
NumPy = NumPy; numpy | 17 5 5 15 27 7 6 2 0 | 0
Hugging Face = Hugging Face; HuggingFace | 22 11 30 20 9 0 0 1 0 | 0.3
LangChain = LangChain | 9 4 38 3 6 1 0 3 0 | -0.5
LangGraph = LangGraph | 3 1 13 1 1 0 0 1 0 | 1.9
RAG = RAG | 17 7 46 8 11 3 0 5 2 | 0.6
Large Language Models = LLMs; large language models; LLMs | 38 26 78 36 24 7 4 12 8 | 0.4
vLLM = vLLM | 8 17 12 5 0 0 0 2 0 | 0.9
CUDA = CUDA | 12 18 3 16 0 0 0 4 0 | 0
NVIDIA Triton = Triton Inference Server; NVIDIA Triton | 8 17 3 2 0 0 0 1 0 | 0.2
TensorRT = TensorRT | 9 13 2 2 0 0 0 2 0 | 0
ONNX = ONNX | 9 11 2 3 0 0 0 1 0 | 0
MLflow = MLflow; MLFlow | 21 46 9 3 15 7 0 1 0 | 0
Kubeflow = Kubeflow | 9 31 2 1 2 3 0 1 0 | -0.8
Ray = Ray | 11 27 4 9 1 4 0 1 0 | 0.4
Apache Airflow = Airflow; Apache Airflow | 14 30 5 1 12 58 8 3 0 | 0
Apache Spark = Apache Spark; Spark | 21 19 5 4 22 57 9 6 0 | -0.3
Apache Kafka = Kafka; Apache Kafka | 8 14 6 0 3 41 2 20 0 | 0
dbt = dbt | 2 3 1 0 9 46 27 1 0 | 0.5
Snowflake = Snowflake | 6 7 5 0 17 40 27 3 0 | 0
Databricks = Databricks | 12 19 8 2 16 34 9 2 0 | 0
SQL = SQL | 31 17 19 6 66 78 85 18 4 | 0
PostgreSQL = PostgreSQL; Postgres | 6 9 17 1 5 24 9 29 0 | 0
Docker = Docker | 41 63 40 9 14 33 1 37 0 | 0
Kubernetes = Kubernetes; K8s | 35 72 31 8 8 27 0 38 0 | 0
Terraform = Terraform | 7 44 7 0 1 22 0 23 0 | 0
AWS = AWS; Amazon Web Services (AWS) | 44 59 45 11 27 50 11 44 1 | 0
Google Cloud = GCP; Google Cloud Platform (GCP); Google Cloud | 28 38 27 8 16 31 8 22 0 | 0
Azure = Azure; Microsoft Azure | 22 29 29 4 17 25 9 17 1 | 0.2
Amazon SageMaker = SageMaker; Amazon SageMaker | 15 31 9 1 9 4 0 1 0 | 0
Vertex AI = Vertex AI | 10 19 14 1 5 2 0 1 0 | 0.3
Weights & Biases = Weights & Biases | 10 17 5 13 2 0 0 0 0 | 0
FastAPI = FastAPI | 17 14 37 1 4 5 0 12 0 | 0.4
gRPC = gRPC | 5 11 4 0 0 3 0 17 0 | 0
Go = Go; Golang | 7 22 7 1 0 8 0 30 0 | 0
Rust = Rust | 5 9 3 3 0 2 0 16 0 | 0.5
C++ = C++ | 23 14 4 29 2 1 0 20 0 | 0
Java = Java | 14 11 7 3 5 25 1 31 0 | -0.2
Scala = Scala | 8 6 1 0 4 26 0 7 0 | -0.5
R = R | 4 0 0 8 41 3 30 0 0 | -0.3
"""


def _parse(table: str) -> tuple[Skill, ...]:
    skills = []
    for line in table.strip().splitlines():
        naming, percent, drift = line.split("|")
        name, _, surfaces = naming.partition("=")
        skills.append(
            Skill(
                name.strip(),
                tuple(surface.strip() for surface in surfaces.split(";")),
                tuple(float(value) for value in percent.split()),
                float(drift),
            )
        )
    return tuple(skills)


SKILLS: tuple[Skill, ...] = _parse(_TABLE)
SKILLS_BY_NAME: dict[str, Skill] = {skill.name: skill for skill in SKILLS}

# Skills asked for together: the need of a posting for the one correlates this much with its need for the other, which
# comes earlier in the table. How many postings ask for each does not change. All other skills are unrelated.
TOGETHER: dict[str, str] = {
    "NumPy": "pandas",
    "Hugging Face": "PyTorch",
    "LangGraph": "LangChain",
    "Vertex AI": "Google Cloud",
}
TOGETHER_CORRELATION = 0.6

# The level at which a posting asks for a skill, given that it asks for it.
LEVEL_SHARES: dict[str, float] = {"required": 0.6, "preferred": 0.22, "mentioned": 0.18}

# The share of variance in the taste for a skill that is specific to the employer (a Gaussian copula). Postings of one
# employer resemble each other, so intervals must be clustered by company. The share over the market stays exact.
EMPLOYER_TASTE = 0.2
