"""The plain words that make a sentence worth reading closely, for all fact modules together.

One pass over the lines finds every word of every module; the modules' patterns then run on the few sentences
around those words and never on the whole text. A word ending in ``*`` may go on ("degree*" finds "degrees");
any word must begin at a word's beginning. The same pass finds the cues of :mod:`jobmarket.extract.line_words`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from ahocorasick_rs import BytesAhoCorasick, Implementation

from jobmarket.extract.line_memory import LineMemory
from jobmarket.extract.line_words import CUES, Cue, line_parts

WORKPLACE: Final = "workplace"
EMPLOYMENT: Final = "employment"
DEGREE: Final = "degree"
YEARS: Final = "years"
SENIORITY: Final = "seniority"
TRAINING: Final = "training"
APPLYING: Final = "applying"
PLATFORM: Final = "platform"
VISA: Final = "visa"
LANGUAGE: Final = "language"
SIZE: Final = "size"

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
    VISA: "visa visas sponsor sponsors sponsorship sponsoring visum* work_permit* immigration h1b h-1b green_card*",
    LANGUAGE: (
        "arabic arabe arabisch* czech danish dänisch* german deutsch* allemand greek english englisch* "
        "anglais* spanish espagnol* spanisch* finnish french français* französisch* hebrew hindi hungarian "
        "italian italien* japanese japonais japanisch* korean dutch néerlandais niederländisch* norwegian "
        "polish polnisch* portuguese portugais romanian russian russe russisch* swedish schwedisch* thai "
        "turkish türkisch* ukrainian vietnamese mandarin chinese cantonese chinois chinesisch*"
    ),
    SIZE: (
        "employees associates colleagues team_members teammates people staff professionals experts headcount "
        "mitarbeite* kolleg* collaborateurs salariés employés personnes -person"
    ),
}


# Nothing after this many characters of a line is looked at: no line is longer, and a dump of a site is no posting.
_LONGEST = 60_000
_BREAKS = (". ", "! ", "? ", "; ", " • ")


class LineWords:
    """What the plain words of a line tell: the words of each fact module, and cues of what the line is.

    Attributes:
        line: The line.
        lowered: The line, lower-cased, every character in its place.
        cues: The cues of :mod:`jobmarket.extract.line_words`, added up.
        spots: Group to (position, word) of each of its words, in order; null when there are none.
    """

    __slots__ = ("_parts", "_sentences", "cues", "line", "lowered", "spots")

    def __init__(self, line: str, lowered: str) -> None:
        self.line = line
        self.lowered = lowered
        self.cues = 0
        self.spots: dict[str, list[tuple[int, str]]] | None = None
        self._parts: dict[str, tuple[tuple[str, int], ...]] = {}
        self._sentences: dict[tuple[str, int], list[tuple[int, str]]] | None = None

    def parts(self, kind: str) -> tuple[tuple[str, int], ...]:
        """As :func:`jobmarket.extract.line_words.line_parts`, remembered."""
        parts = self._parts.get(kind)
        if parts is None:
            parts = self._parts[kind] = line_parts(self.line, self.lowered, self.cues, kind)
        return parts

    def sentences(self, group: str, reach: int) -> list[tuple[int, str]]:
        """The sentences, lower-cased, around each word of a group, once each, with their places in the line.

        A sentence ends at the line's end, at a full stop or after ``reach`` characters, whichever comes first; so the
        work stays linear in the line however long it is.
        """
        if self._sentences is None:
            self._sentences = {}
        key = (group, reach)
        if key not in self._sentences:
            self._sentences[key] = self._cut(group, reach)
        return self._sentences[key]

    def _cut(self, group: str, reach: int) -> list[tuple[int, str]]:
        lowered = self.lowered
        found: list[tuple[int, str]] = []
        last_end = -1
        for spot, _ in (self.spots or {}).get(group, ()):
            if spot < last_end:
                continue
            start = max(spot - reach, 0)
            end = min(spot + reach, len(lowered))
            for mark in _BREAKS:
                stop = lowered.rfind(mark, start, spot)
                if stop >= 0:
                    start = stop + len(mark)
                stop = lowered.find(mark, spot, end)
                if stop >= 0:
                    end = stop
            last_end = end
            found.append((start, lowered[start:end]))
        return found


class _Word(NamedTuple):
    """A word of the automaton, with all that it may tell."""

    cues: tuple[Cue, ...]
    groups: tuple[tuple[str, bool], ...]  # each with whether the word may go on


def lower(text: str) -> str:
    """Lower-case a text without moving any character: positions stay those of ``text``."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := character.lower()) == 1 else character for character in text)


@lru_cache(maxsize=1)
def _automaton() -> tuple[BytesAhoCorasick, list[tuple[str, _Word]]]:
    groups: dict[str, list[tuple[str, bool]]] = {}
    cues: dict[str, list[Cue]] = {}
    for group, words in _WORDS.items():
        for word in words.replace("’", "'").split():
            groups.setdefault(word.rstrip("*").replace("_", " "), []).append((group, word.endswith("*")))
    for cue in CUES:
        cues.setdefault(cue.word, []).append(cue)
    table = [
        (word, _Word(tuple(cues.get(word, ())), tuple(dict.fromkeys(groups.get(word, ())))))
        for word in dict.fromkeys((*groups, *cues))
    ]
    patterns = [_as_bytes(word) for word, _ in table]
    return BytesAhoCorasick(patterns, implementation=Implementation.DFA), table


def _as_bytes(lowered: str) -> bytes:
    """One byte a character, so that a position among the bytes is one in the text; other letters become ``?``."""
    return lowered.replace("’", "'").encode("latin-1", "replace")


def _read(lines: list[str]) -> list[LineWords]:
    automaton, table = _automaton()
    words = [LineWords(line, lower(line)) for line in lines]
    if not words:
        return words
    joined = "\n".join([one.lowered if len(one.lowered) <= _LONGEST else one.lowered[:_LONGEST] for one in words])
    length = len(joined)
    lengths = iter(words)
    line = next(lengths)
    line_start, next_start = 0, min(len(line.lowered), _LONGEST) + 1
    for number, start, end in automaton.find_matches_as_indexes(_as_bytes(joined), overlapping=True):
        while start >= next_start:
            line = next(lengths)
            line_start, next_start = next_start, next_start + min(len(line.lowered), _LONGEST) + 1
        word, (cues, groups) = table[number]
        for cue in cues:
            if not line.cues & cue.tells and (
                cue.pattern is None or cue.pattern.match(line.lowered, start - line_start)
            ):
                line.cues |= cue.tells
        if not groups or (start and joined[start - 1].isalnum() and word[0].isalnum()):
            continue
        ends = end >= length or not joined[end].isalnum()
        for group, goes_on in groups:
            if ends or goes_on:
                if line.spots is None:
                    line.spots = {}
                line.spots.setdefault(group, []).append((start - line_start, word))
    return words


_WORDS_OF_LINE = LineMemory(_read)
learn_words = _WORDS_OF_LINE.learn


def words_of(lines: Sequence[str]) -> list[LineWords]:
    """What the words of each line tell."""
    return _WORDS_OF_LINE.of(lines)


def spots_of(words: Sequence[LineWords]) -> dict[str, list[tuple[int, LineWords]]]:
    """The lines of a text that hold words of each group, with where they begin in it."""
    found: dict[str, list[tuple[int, LineWords]]] = {}
    position = 0
    for one in words:
        if one.spots is not None:
            for group in one.spots:
                found.setdefault(group, []).append((position, one))
        position += len(one.line) + 1
    return found
