"""The plain words that make a sentence worth reading closely, for all fact modules together.

One pass over a posting finds every word of every module; the modules' patterns then run on the few sentences
around those words and never on the whole text. A word ending in ``*`` may go on ("degree*" finds "degrees");
any word must begin at a word's beginning.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import ahocorasick_rs

WORKPLACE: Final = "workplace"
EMPLOYMENT: Final = "employment"
DEGREE: Final = "degree"
YEARS: Final = "years"
SENIORITY: Final = "seniority"
TRAINING: Final = "training"
APPLYING: Final = "applying"
PLATFORM: Final = "platform"

_WORDS: Final[dict[str, str]] = {
    WORKPLACE: (
        "remote* hybrid* on-site* onsite* on_site in-office in_office office* in-person in_person person "
        "from_home home_office homeoffice* home-office* télétravail* vor_ort anywhere büro* bureau* "
        "présentiel* #li-* days_a days_per same_room wherever distributed"
    ),
    EMPLOYMENT: (
        "full-time full_time fulltime part-time part_time contract contractor* freelanc* internship* "
        "temporary fixed-term fixed_term vollzeit* teilzeit* befristet* unbefristet* festanstellung* "
        "temps_plein temps_partiel cdi cdd employment_type praktikum* stage_de seasonal durée_déterminée "
        "durée_indéterminée 40_hours"
    ),
    DEGREE: (
        "degree* education_is bachelor* "
        "master masters master's master’s masterabschluss masterstudium ph.d* phd phds b.s "
        "b.s. bs ba ms bsc msc m.s m.s. b.sc* m.sc* b.tech* btech be/* b.e* m.tech* mtech* doctorate* "
        "doctoral doctorat* promotion_in promotion_im promovier* diplom* dipl* studium* hochschul* "
        "abgeschlossenes universitätsabschluss "
        "fh-abschluss licence bac graduation graduate_in graduate_of graduate_degree undergraduate_degree "
        "undergrad école_d* ecole_d* ingénieur* b.a* post-bs/* post-bs fachhochschul* mastère"
    ),
    YEARS: "year years year's years' years’ yrs yr yoe jahr* ans année* 1yr 1year*",
    SENIORITY: (
        "senior* junior early-career early_career entry-level entry_level staff lead mid-level mid_level principal "
        "levels seniority "
        "experience_levels"
    ),
    TRAINING: (
        "pytorch tensorflow jax scikit* train_models training_models model_training training_machine "
        "training_deep neural_network* deep_learning computer_vision feature_engineering model_development "
        "model_architecture* classical_ml supervised unsupervised embedding_models recommend* ranking "
        "time_series speech regression classification* reinforcement* object_detection segmentation xgboost "
        "numpy hyperparameter* loss_function* fine-grained"
    ),
    APPLYING: (
        "llm llms rag retrieval-augmented retrieval_augmented prompt prompts prompting agent agents agentic "
        "langchain langgraph llamaindex openai anthropic claude gpt gpt-* chatgpt vector_database* "
        "vector_store* vector_search generative_ai genai gen_ai fine-tun* function_calling tool_calling "
        "tool_use mcp copilot evals guardrail* gemini bedrock crewai autogen chatbot*"
    ),
    PLATFORM: (
        "kubernetes terraform gpu gpus cluster* inference serving throughput latency slurm triton cuda "
        "infrastructure distributed_training orchestrat* observability ci/cd ray kubeflow mlflow scheduling "
        "scheduler* nccl vllm deployment* helm model_registry feature_store*"
    ),
}


class _Entry:
    __slots__ = ("goes_on", "group", "word")

    def __init__(self, group: str, word: str) -> None:
        self.goes_on = word.endswith("*")
        self.word = word.rstrip("*").replace("_", " ")
        self.group = group


_ENTRIES: Final = [_Entry(group, word) for group, words in _WORDS.items() for word in words.split()]


@lru_cache(maxsize=1)
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, list[list[_Entry]]]:
    of_word: dict[str, list[_Entry]] = {}
    for entry in _ENTRIES:
        of_word.setdefault(entry.word, []).append(entry)
    words = list(of_word)
    return ahocorasick_rs.AhoCorasick(words, implementation=ahocorasick_rs.Implementation.DFA), [
        of_word[word] for word in words
    ]


@lru_cache(maxsize=2)
def places(lowered: str) -> dict[str, list[tuple[int, str]]]:
    """Return where each module's words stand in a lower-cased text: group to (position, word), in order.

    Pure; the last texts are remembered because the modules ask for the same posting one after another.
    """
    automaton, entries = _automaton()
    found: dict[str, list[tuple[int, str]]] = {}
    length = len(lowered)
    for number, start, end in automaton.find_matches_as_indexes(lowered, overlapping=True):
        if start and lowered[start - 1].isalnum():
            continue
        ends = end >= length or not lowered[end].isalnum()
        for entry in entries[number]:
            if ends or entry.goes_on:
                found.setdefault(entry.group, []).append((start, entry.word))
    return found


def topics(lowered: str, group: str) -> int:
    """Return how many different words of a group a text holds."""
    return len({word for _, word in places(lowered).get(group, ())})
