"""Names of codes in the report's language."""

from __future__ import annotations

import re

from jobmarket.report import formats
from jobmarket.report.language import locale, mark, say

# Values of enumerations that mean the same everywhere.
_NAMES = {
    "all": mark("All"),
    "ml_engineer": mark("ML engineer"),
    "mlops_engineer": mark("MLOps engineer"),
    "ai_engineer": mark("AI engineer"),
    "ml_researcher": mark("ML researcher"),
    "data_scientist": mark("Data scientist"),
    "intern": mark("Intern"),
    "junior": mark("Junior"),
    "mid": mark("Mid-level"),
    "senior": mark("Senior"),
    "lead": mark("Lead"),
    "staff": mark("Staff"),
    "principal": mark("Principal"),
    "manager": mark("Manager"),
    "executive": mark("Executive"),
    "multiple": mark("Several"),
    "unspecified": mark("Unspecified"),
    "remote": mark("Remote"),
    "hybrid": mark("Hybrid"),
    "onsite": mark("On site"),
    "bachelor": mark("Bachelor"),
    "master": mark("Master"),
    "phd": mark("Doctorate"),
    "none": mark("None"),
    "no_degree": mark("No degree"),
    "offered": mark("Visa sponsored"),
    "refused": mark("No visa sponsored"),
    "any": mark("An amount is stated"),
    "board_field": mark("In the board’s field"),
    "markup": mark("In markup"),
    "text": mark("In the text"),
    "range": mark("As a range"),
    "any_certification": mark("Any certification"),
    "ai": mark("Artificial intelligence"),
    "agriculture_food": mark("Agriculture and food"),
    "big_tech": mark("Big technology companies"),
    "biotech_pharma": mark("Biotechnology and pharma"),
    "crypto": mark("Crypto"),
    "cybersecurity": mark("Cybersecurity"),
    "defense_aerospace": mark("Defence and aerospace"),
    "ecommerce": mark("E-commerce"),
    "education": mark("Education"),
    "energy_climate": mark("Energy and climate"),
    "fintech": mark("Finance"),
    "healthcare": mark("Healthcare"),
    "hr_recruiting": mark("HR and recruiting"),
    "insurance": mark("Insurance"),
    "legal": mark("Law"),
    "logistics": mark("Logistics"),
    "manufacturing": mark("Manufacturing"),
    "marketing_adtech": mark("Marketing"),
    "media_entertainment": mark("Media"),
    "mobility_automotive": mark("Mobility and automotive"),
    "public_sector": mark("Public sector"),
    "real_estate_construction": mark("Real estate"),
    "telecom": mark("Telecoms"),
    "travel": mark("Travel"),
    "causal_experimentation": mark("Causality, experiments"),
    "computer_vision": mark("Computer vision"),
    "fraud_risk": mark("Fraud and risk"),
    "inference_optimization": mark("Fast inference"),
    "mlops_platform": mark("MLOps and platform"),
    "nlp_llm": mark("Language, LLMs"),
    "recommendation_search": mark("Search, recommendation"),
    "reinforcement_learning": mark("Reinforcement learning"),
    "research": mark("Research"),
    "robotics_autonomy": mark("Robotics, autonomy"),
    "speech": mark("Speech"),
    "time_series": mark("Time series"),
    "ai_agents": mark("AI agents"),
    "ai_assisted_programming": mark("AI-assisted programming"),
    "causal_inference_and_experiments": mark("Causality, experiments"),
    "classical_machine_learning": mark("Classical ML"),
    "containers_and_orchestration": mark("Containers"),
    "data_engineering": mark("Data engineering"),
    "data_labelling_and_curation": mark("Data labelling"),
    "deep_learning_frameworks": mark("Deep-learning frameworks"),
    "distributed_training": mark("Distributed training"),
    "edge_ai": mark("Edge AI"),
    "fine_tuning_and_alignment": mark("Fine-tuning, alignment"),
    "forecasting": mark("Forecasting"),
    "gpu_programming": mark("GPU programming"),
    "graphs_and_knowledge": mark("Graphs and knowledge"),
    "image_and_video_generation": mark("Image, video generation"),
    "large_language_models": mark("Large language models"),
    "mlops": mark("MLOps"),
    "model_evaluation": mark("Model evaluation"),
    "model_serving_and_inference": mark("Model serving, inference"),
    "natural_language_processing": mark("Language processing"),
    "public_clouds": mark("Public clouds"),
    "responsible_ai": mark("Responsible AI"),
    "retrieval_augmented_generation": mark("Retrieval (RAG)"),
    "robotics_and_autonomous_systems": mark("Robotics, autonomy"),
    "search_and_recommendation": mark("Search, recommendation"),
    "speech_and_voice": mark("Speech and voice"),
    "vector_search": mark("Vector search"),
    "sme": mark("small or medium"),
    "large": mark("large"),
    "within": mark("within"),
    "not_refuted": mark("not refuted"),
    "above": mark("above"),
    "below": mark("below"),
    "not_comparable": mark("not comparable"),
    "significant": mark("significant"),
    "final": mark("final"),
    "provisional": mark("provisional"),
    "suppressed": mark("suppressed"),
    "coverage_break": mark("coverage break"),
    "sample": mark("sample world"),
    "recorded": mark("recordings"),
    "live": mark("crawled live"),
    "backfill": mark("archives of the past"),
    "up": mark("rising"),
    "down": mark("falling"),
}
# Bands of experience: a level or, where none is stated, years. Their names differ from those of the levels, because a
# level of the same name contains other postings.
_BANDS = {
    "intern": mark("Interns and trainees"),
    "junior": mark("Junior (under 3 years)"),
    "confirmed": mark("Mid-level (3–4 years)"),
    "senior": mark("Senior (5–7 years)"),
    "staff_principal": mark("Staff and up (8+ years)"),
}
# Pay regions whose name differs between languages.
_REGIONS = (
    mark("Barcelona"), mark("London"), mark("Munich"), mark("New York City"), mark("San Francisco Bay Area"),
    mark("Zurich"),
)  # fmt: skip
# Why a mart withholds a figure; the bound is part of the text.
_REASONS = (
    mark("fewer than {n} postings"),
    mark("fewer than {n} postings with pay"),
    mark("fewer than {n} postings with both expected"),
    mark("fewer than {n} companies"),
    mark("one company has more than {n} %"),
    mark("fewer than {n} postings with pay and the skill"),
    mark("fewer than {n} postings with pay and the specialisation"),
    mark("fewer than {n} postings with pay and the value"),
    mark(
        "too few postings or companies without the skill, most are one company’s, or fewer than {n} "
        "effective companies make up the premium"
    ),
    mark(
        "too few postings or companies without the specialisation, most are one company’s, or fewer than {n} "
        "effective companies make up the premium"
    ),
    mark(
        "too few postings or companies to compare the value with, most are one company’s, or fewer than {n} "
        "effective companies make up the premium"
    ),
    mark("too few postings to compare with"),
    mark("too few specialisations to compare with"),
    mark("no posting of the cell"),
    mark("not measured here"),
    mark("the sample is below the floor"),
)
# Why a week is not comparable with the one before, by the mart's code.
_BREAKS = {
    "few_reached": mark("too few of the expected employers were observed"),
    "sources_added": mark("employers were observed for the first time"),
    "sources_lost": mark("employers are no longer observed"),
    "coverage_fell": mark("far fewer of the expected employers were observed than the week before"),
    "coverage_rose": mark("far more of the expected employers were observed than the week before"),
}
# Categories of skills in the taxonomy.
_CATEGORIES = {
    "certification": mark("Certification"),
    "cloud_platform": mark("Cloud platform"),
    "cloud_service": mark("Cloud service"),
    "database": mark("Database"),
    "framework": mark("Framework"),
    "hardware": mark("Hardware"),
    "language": mark("Language"),
    "library": mark("Library"),
    "method": mark("Method"),
    "model": mark("Model"),
    "operating_system": mark("Operating system"),
    "orchestration": mark("Orchestration"),
    "practice": mark("Practice"),
    "protocol": mark("Protocol"),
    "standard": mark("Standard"),
    "tool": mark("Tool"),
}
# Sectors of employers in the registry; the sectors named in postings are divided differently.
_SECTORS = {
    "ai": mark("Artificial intelligence"),
    "software": mark("Software"),
    "internet": mark("Internet"),
    "fintech": mark("Financial technology"),
    "crypto": mark("Crypto"),
    "finance": mark("Finance"),
    "health": mark("Healthcare"),
    "biotech": mark("Biotechnology"),
    "mobility": mark("Mobility"),
    "robotics": mark("Robotics"),
    "defence": mark("Defence"),
    "space": mark("Space"),
    "semiconductors": mark("Semiconductors"),
    "hardware": mark("Hardware"),
    "energy": mark("Energy"),
    "climate": mark("Climate"),
    "retail": mark("Retail"),
    "education": mark("Education"),
    "gaming": mark("Games"),
    "telecoms": mark("Telecoms"),
    "services": mark("Services"),
    "public": mark("Public sector"),
}
# Measures of published claims.
_MEASURES = {
    "pay": mark("Median pay"),
    "region_premium": mark("Premium of the region"),
    "specialisation_premium": mark("Premium of the specialisation"),
    "specialisations_paid_more": mark("Share of the other specialisations that pay more"),
    "skill_share": mark("Share of postings that ask for any of these"),
    "degree_share": mark("Share of postings that ask for one of these degrees"),
    "years_min": mark("Median of the years asked for"),
    "growth": mark("Growth"),
    "family_premium": mark("Premium of the family"),
    "pay_at_top_companies": mark("Pay at the best-paying companies"),
    "total_over_base": mark("Total pay over base pay"),
}


def country(code: str) -> str:
    """``US`` → ``United States`` in the report's language; other codes, such as ``all``, as in :func:`name`."""
    return locale().territories.get(code) or name(code)


def name(code: str) -> str:
    """Name a value of an enumeration: ``ml_engineer`` → ``ML engineer``; a country's code stays as it is."""
    if known := known_name(code):
        return known
    return code if code.isupper() else formats.foreign(code).replace("_", " ").capitalize()


def known_name(code: str) -> str | None:
    """Name a value of an enumeration; None if it is not one."""
    return say(_NAMES[code]) if code in _NAMES else None


def experience(band: str) -> str:
    """Name a band of experience: ``confirmed`` → ``Mid-level (3–4 years)``; other values as in :func:`name`."""
    return say(_BANDS[band]) if band in _BANDS else name(band)


def region(name: str) -> str:
    """Name a pay region in the report's language; most names are the same in all languages."""
    return say(name) if name in _REGIONS else formats.whole(name)


def reason(text: str | None) -> str:
    """Translate the mart's reason for withholding a figure, if the catalogue has it."""
    if text is None:
        return say(_REASONS[-1])
    bound = re.search(r"\d+", text)
    message = text.replace(bound[0], "{n}", 1) if bound else text
    return say(message, n=bound[0] if bound else "") if message in _REASONS else formats.foreign(text)


def break_reason(code: str | None) -> str | None:
    """Translate the reason for a coverage break; None if there is none."""
    return None if code is None else say(_BREAKS[code]) if code in _BREAKS else formats.foreign(code)


def category(code: str) -> str:
    """Name a category of skills: ``cloud_platform`` → ``Cloud platform``."""
    return _named(_CATEGORIES, code)


def sector(code: str | None) -> str:
    """Name an employer's sector: ``health`` → ``Healthcare``."""
    return formats.NO_VALUE if code is None else _named(_SECTORS, code)


def measure(code: str) -> str:
    """Name the measure of a claim: ``skill_share`` → ``Asked for``."""
    return _named(_MEASURES, code)


def _named(names: dict[str, str], code: str) -> str:
    return say(names[code]) if code in names else name(code)
