"""Find the trigger words of all fact modules in one pass, so that patterns run on a few sentences only.

Each module's patterns run on the sentences around its trigger words, never on the whole text. A word must start where
a word of the text starts; one ending in ``*`` matches as a prefix ("degree*" finds "degrees"). The same pass finds
the cues of :mod:`jobmarket.extract.line_words`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache, reduce
from operator import or_
from typing import Final, NamedTuple

from ahocorasick_rs import BytesAhoCorasick, Implementation

from jobmarket.extract.folding import LineTexts, lower_word
from jobmarket.extract.line import Line
from jobmarket.extract.line_words import CUES, OPENING, Cue, places_of_openings

WORKPLACE: Final = "workplace"
EMPLOYMENT: Final = "employment"
DEGREE: Final = "degree"
YEARS: Final = "years"
SENIORITY: Final = "seniority"
TRAINING: Final = "training"
APPLYING: Final = "applying"
PLATFORM: Final = "platform"
MODELS: Final = "models"
LEARNING: Final = "learning"
LANGUAGE_MODELS: Final = "language_models"
GENERATION: Final = "generation"
INTERFACES: Final = "interfaces"
SERVICES: Final = "services"
SOFTWARE: Final = "software"
OPERATIONS: Final = "operations"
TESTING: Final = "testing"
GUIDING: Final = "guiding"
VISA: Final = "visa"
LANGUAGE: Final = "language"
SIZE: Final = "size"
CLIENT: Final = "client"
# Groups that are filled from other readings of the line: numbers that can be money, words that indicate a sector.
NUMBERS: Final = "numbers"
SECTOR: Final = "sector"

_WORDS: Final[dict[str, str]] = {
    WORKPLACE: (
        "remote* telecommut* mobiles_arbeiten hybrid* on-site* onsite* on_site in-office in_office office* "
        "in-person in_person person from_home from-home home_office homeoffice* home-office* télétravail* vor_ort "
        "anywhere "
        "büro* bureau* présentiel* sur_site nos_locaux ortsunabhängig* à_distance #li-* "
        "standortunabhängig* von_überall days_a days_per anchor_days same_room wherever distributed "
        "hq headquarters blended_working wfh domicile zu_hause zuhause mobil_arbeiten "
        "mobil_zu_arbeiten mobile_arbeit mobiler_arbeit mobilen_arbeit mobilem_arbeiten mobilen_arbeiten mobile_work* "
        "mobile_office "
        "mobile-office telework* "
        "home- telearbeit* mobilarbeit mobile_arbeitsmöglichkeiten ortsflexib* flexibler_arbeitsort präsenzpflicht "
        "überall wo_immer wo_du wo_immer_du daheim teletravail* non_télétravaillable de_tt "
        "vor-ort-* präsenz präsenzanteil präsenzquote präsenzarbeit präsenzkultur télé-travail*"
    ),
    EMPLOYMENT: (
        "full-time full_time fulltime part-time part_time contract contractor* freelanc* internship* co-op "
        "year_term month_term appointment* temporary fixed-term fixed_term vollzeit* teilzeit* befristet* "
        "unbefristet* festanstellung* temps_plein temps_partiel cdi cdd employment_type praktikum* "
        "stage_de seasonal durée_déterminée durée_indéterminée 40_hours temps_complet freiberuflich* "
        "month-to-month ftc 1099 befristung minijob* mini-job* werkstudent* working_student zeitarbeit intérim interim "
        "un_stage offre_de_stage :_stage "
        "en_stage du_stage stage_conventionné professionnalisation mi-temps plein_temps "
        "tjm tarif_journalier portage_salarial consultance contrat_de durée 35h* 39h* 35_heures 39_heures "
        "alternance alternant* apprentissage internship stagiaire* praktikant* voll- indépendant 40-stunden* "
        "40_stunden volle_stelle wochenstunden wochenarbeitszeit* pensum arbeitspensum beschäftigungsumfang "
        "stelle_umfasst /woche "
        "/_woche /wo. "
        "stunden/monat stunden_/_monat regelmäßige* wöchentlich* halbe_stelle stellenumfang beschäftigungsausmaß "
        "pro_woche die_woche stunden-woche hilfskraft hilfskräfte studentische* "
        "arbeitnehmerüberlassung geringfügige* honorarbasis duales_studium azubis freiberufler* "
        "ausbildungsbeginn ausbildungsdauer "
        "auszubildende* ausbildung_zu* ausbildung_dauert euro-job euro-basis maternity_cover elternzeitvertretung "
        "congé_maternité congé_de_maternité stage_rémunéré taux_d'activité taux_d'occupation 36h* 37h* "
        "heures_par_semaine heures/semaine doctoral* "
        "temporaire intérimaire travailleur_autonome mission_longue long_terme ce_stage votre_stage cette_alternance "
        "votre_alternance "
        "-stelle dreiviertelstelle tv-l tvöd entgeltgruppe in_der_woche "
        "quotité durée_hebdomadaire temps_de_travail le_stage l'alternance d'alternance umfang arbeitsumfang "
        "stundenumfang stundenzahl beschäftigungsgrad stellenanteil workload: arbeitszeit "
        "b2b uop coe umowa* ir35 day_rate daily_rate /day tagessatz freier_mitarbeit* freie_mitarbeit* prestataire* "
        "fte hours: vertragsdauer vertragslaufzeit pourvoir position_is post_is role_is position_will post_will "
        "role_will"
    ),
    DEGREE: (
        "degree* education_is bachelor* "
        "master masters master's master’s masterabschluss masterstudium ph.d* phd phds b.s "
        "b.s. b._s m._s bs ba ms bsc msc m.s m.s. b.sc* m.sc* b.tech* btech be/* b.e* m.tech* mtech* doctorate* "
        "doctoral doctorat* promotion promovier* diplom* dipl* studium* hochschul* "
        "abgeschlossenes universitätsabschluss informatikstudium hochschulstudium akademische* studiert "
        "universitätsstudium mathematikstudium physikstudium ingenieurstudium doktortitel doktorgrad "
        "wissenschaftlichen "
        "wissenschaftliches magister* "
        "fh-abschluss licence bac graduation graduate_in graduate_of graduate_degree undergraduate_degree "
        "undergraduate_or undergrad école_d* ecole_d* ingénieur* grande_école formation_supérieure "
        "formation_universitaire études_supérieures thèse docteur* m2 maîtrise_en baccalauréat niveau_7 "
        "but_informatique cycle b.a* post-bs/* post-bs bsee bscs bsce bsme msee mscs msce msme "
        "fachhochschul* mastère diplôm* studienabschluss* abschluss "
        "importe_peu importent_peu peu_importe* high_school high-school major_in"
    ),
    YEARS: (
        "year years year's years' years’ yrs yr yoe jahr* jährige* zweijährige* dreijährige* vierjährige* fünfjährige* "
        "einjährige* ans un_an 1_an an(s) an_d'exp* année* decade* jahrzehnt* décennie* "
        "month months months' monat* mois "
        # Glued to the number
        "1yr* 2yr* 3yr* 4yr* 5yr* 6yr* 7yr* 8yr* 10yr* 1year* 2year* 3year* 4year* 5year* 6year* 7year* 8year* 10year*"
    ),
    SENIORITY: (
        "senior* junior early-career early_career entry-level entry_level staff lead mid-level mid_level principal "
        "levels seniority als_senior als_junior als_lead confirmé* sénior* "
        "hilfskraft hilfskräfte werkstudent* praktikant* "
        "experience_levels stagiaire* ce_stage du_stage cette_alternance alternante* apprentie*"
    ),
    TRAINING: (
        "pytorch tensorflow jax scikit* train_models training_models model_training training_machine "
        "training_deep neural_network* deep_learning computer_vision feature_engineering model_development "
        "model_architecture* classical_ml supervised unsupervised embedding_models recommend* ranking "
        "time_series speech regression classification* reinforcement* object_detection segmentation xgboost "
        "numpy hyperparameter* loss_function* fine-grained post-training pre-training rlhf"
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
    # These groups are counted by role_evidence.
    MODELS: "model* modèle*",
    LEARNING: "machine_learning ml apprentissage_automatique maschinelles_lernen maschinellem_lernen",
    LANGUAGE_MODELS: "llm llms",
    GENERATION: "generative genai gen_ai agent agents agentic rag prompt* générative agenten",
    INTERFACES: "frontend front-end react typescript",
    SERVICES: "backend back-end api apis microservice* schnittstellen",
    SOFTWARE: "software* code_review* unit_test* logiciel*",
    OPERATIONS: "kubernetes docker ci/cd terraform",
    TESTING: (
        "playwright selenium cypress test_automation automated_test* automation_framework* test_framework* qa "
        "quality_assurance sdet"
    ),
    GUIDING: "mentor* architect* design_review*",
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
    CLIENT: (
        "client one_of_our one_of_my one_of_its on_behalf_of partnered_with partnering_with employment_agency "
        "employment_business recruitment_agency portfolio_company kunde kunden kundin kundenunternehmen* "
        "mandant* auftraggeber* klient klienten klientin cliente de_nos_clients de_nos_clientes"
    ),
}

# Words that mean nothing without a figure on the line; five in six lines that contain them have none.
_OF_FIGURES = frozenset((SIZE,))
_DIGIT = re.compile(r"\d")

# Characters of a line; the rest is ignored. No real line is longer, only dumps of whole sites.
_LONGEST = 60_000


class _Word(NamedTuple):
    """A trigger word and everything that it can indicate."""

    word: str
    flags: int  # flags set wherever the word stands
    cues: tuple[tuple[re.Pattern[str], int], ...]  # flags set where the pattern matches
    groups: tuple[tuple[str, bool], ...]  # each group, with whether the word is a prefix
    opens_word: bool  # whether it must start where a word of the text starts


@lru_cache(maxsize=1)
def _automaton() -> tuple[BytesAhoCorasick, list[_Word]]:
    groups: dict[str, list[tuple[str, bool]]] = {}
    cues: dict[str, list[Cue]] = {}
    for group, words in _WORDS.items():
        for word in words.replace("’", "'").split():
            groups.setdefault(word.rstrip("*").replace("_", " "), []).append((group, word.endswith("*")))
    for cue in CUES:
        cues.setdefault(cue.word, []).append(cue)
    table = [
        _Word(
            word,
            reduce(or_, [cue.flag for cue in cues.get(word, ()) if cue.pattern is None], 0),
            tuple((cue.pattern, cue.flag) for cue in cues.get(word, ()) if cue.pattern is not None),
            tuple(dict.fromkeys(groups.get(word, ()))),
            word[0].isalnum(),
        )
        for word in dict.fromkeys((*groups, *cues))
    ]
    patterns = [lower_word(entry.word) for entry in table]
    return BytesAhoCorasick(patterns, implementation=Implementation.DFA), table


def read_words(lines: Sequence[Line], texts: LineTexts) -> None:
    """Set the cues and the trigger-word positions of each line.

    Args:
        lines: The lines.
        texts: The same lines as one text.
    """
    automaton, table = _automaton()
    joined = texts.joined
    starts = iter(texts.starts[1:])
    of_line = iter(lines)
    line, line_start, next_start = next(of_line), 1, next(starts, len(joined))
    own = set(places_of_openings(joined))
    for each, start in zip(lines, texts.starts, strict=True):
        each.cues = OPENING if start in own else 0
    for number, start, end in automaton.find_matches_as_indexes(texts.lowered, overlapping=True):
        word, flags, cues, groups, opens_word = table[number]
        if not flags and not cues and opens_word and joined[start - 1].isalnum():
            continue
        while start >= next_start:
            line, line_start, next_start = next(of_line), next_start, next(starts, len(joined))
        if end - line_start > _LONGEST:
            continue
        line.cues |= flags
        for pattern, flag in cues:
            if not line.cues & flag and pattern.match(line.lowered, start - line_start):
                line.cues |= flag
        if not groups or (opens_word and joined[start - 1].isalnum()):
            continue
        ends = not joined[end].isalnum()
        for group, goes_on in groups:
            if ends or goes_on:
                if group in _OF_FIGURES and _DIGIT.search(line.text) is None:
                    continue
                if line.spots is None:
                    line.spots = {}
                line.spots.setdefault(group, []).append((start - line_start, word))


def spots_of(lines: Iterable[Line], starts: Iterable[int]) -> dict[str, list[tuple[int, Line]]]:
    """Return the lines with trigger words, by group, each with its offset in the text."""
    found: dict[str, list[tuple[int, Line]]] = {}
    for line, start in zip(lines, starts, strict=True):
        if line.spots is not None:
            for group in line.spots:
                found.setdefault(group, []).append((start, line))
        if line.numbers:
            found.setdefault(NUMBERS, []).append((start, line))
        if line.sector_words:
            found.setdefault(SECTOR, []).append((start, line))
    return found
