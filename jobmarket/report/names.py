"""Names of enumeration values that are ambiguous without their kind."""

from __future__ import annotations

from jobmarket.report import formats
from jobmarket.report.language import mark, say

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
    "pay": mark("Pay"),
    "region_premium": mark("Premium of the region"),
    "specialisation_premium": mark("Premium of the specialisation"),
    "specialisations_paid_more": mark("Specialisations that pay more"),
    "skill_share": mark("Asked for"),
    "degree_share": mark("Degree asked for"),
    "years_min": mark("Years asked for"),
    "growth": mark("Growth"),
    "family_premium": mark("Premium of the family"),
    "pay_at_top_companies": mark("Pay at the best-paying companies"),
    "total_over_base": mark("Total pay over base pay"),
}


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
    return say(names[code]) if code in names else formats.name(code)
