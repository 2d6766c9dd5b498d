"""Write titles as employers do: the role, its level, and sometimes a team, a place or a remark."""

from __future__ import annotations

import random

from scrapers.sample.listings import Listing
from scrapers.sample.openings import Opening

_BASES: dict[str, tuple[str, ...]] = {
    "ml_engineer": (
        "Machine Learning Engineer",
        "Machine Learning Engineer",
        "ML Engineer",
        "Deep Learning Engineer",
        "Computer Vision Engineer",
        "NLP Engineer",
        "Software Engineer, Machine Learning",
        "Applied Machine Learning Engineer",
    ),
    "mlops_engineer": (
        "MLOps Engineer",
        "ML Platform Engineer",
        "Machine Learning Infrastructure Engineer",
        "Software Engineer, ML Platform",
        "ML Infrastructure Engineer",
    ),
    "ai_engineer": (
        "AI Engineer",
        "AI Engineer",
        "Applied AI Engineer",
        "AI Agent Engineer",
        "Forward Deployed AI Engineer",
    ),
    "ml_researcher": (
        "Research Scientist, Machine Learning",
        "Applied Scientist",
        "Research Engineer, Machine Learning",
        "Machine Learning Researcher",
        "AI Research Scientist",
    ),
    "data_scientist": ("Data Scientist", "Data Scientist", "Product Data Scientist", "Data Scientist, Experimentation"),
    "data_engineer": ("Data Engineer", "Data Engineer", "Analytics Engineer", "Data Platform Engineer"),
    "data_analyst": ("Data Analyst", "Business Intelligence Analyst", "Product Analyst"),
    "software_engineer": ("Software Engineer", "Backend Engineer", "Full-Stack Engineer", "Site Reliability Engineer"),
    "other": ("Product Manager", "Technical Recruiter", "Account Executive", "Product Designer"),
}
_LOCAL_BASES: dict[str, dict[str, tuple[str, ...]]] = {
    "fr": {
        "ml_engineer": (
            "Ingénieur Machine Learning",
            "Ingénieur Deep Learning",
            "Ingénieur en apprentissage automatique",
        ),
        "mlops_engineer": ("Ingénieur MLOps", "Ingénieur plateforme ML"),
        "ai_engineer": ("Ingénieur IA", "AI Engineer"),
        "ml_researcher": ("Chercheur en apprentissage automatique", "Research Scientist Machine Learning"),
        "data_scientist": ("Data Scientist",),
        "data_engineer": ("Data Engineer", "Ingénieur Data"),
        "data_analyst": ("Data Analyst",),
        "software_engineer": ("Ingénieur logiciel", "Développeur Backend"),
        "other": ("Chef de produit", "Chargé de recrutement"),
    },
    "de": {
        "ml_engineer": ("Machine Learning Engineer", "Ingenieur für maschinelles Lernen"),
        "mlops_engineer": ("MLOps Engineer", "ML Platform Engineer"),
        "ai_engineer": ("AI Engineer", "KI-Entwickler"),
        "ml_researcher": ("Wissenschaftler Maschinelles Lernen", "Applied Scientist"),
        "data_scientist": ("Data Scientist",),
        "data_engineer": ("Data Engineer", "Dateningenieur"),
        "data_analyst": ("Datenanalyst", "Data Analyst"),
        "software_engineer": ("Softwareentwickler", "Backend-Entwickler"),
        "other": ("Produktmanager", "Personalreferent"),
    },
}
_MANAGED = {
    "ml_engineer": "Machine Learning",
    "mlops_engineer": "ML Platform",
    "ai_engineer": "AI Engineering",
    "ml_researcher": "Machine Learning Research",
    "data_scientist": "Data Science",
    "data_engineer": "Data Engineering",
    "data_analyst": "Analytics",
    "software_engineer": "Software Engineering",
    "other": "Product",
}
_PREFIXES = {
    "junior": ("Junior ", "Associate "),
    "senior": ("Senior ", "Senior ", "Sr. "),
    "lead": ("Lead ",),
    "staff": ("Staff ",),
    "principal": ("Principal ",),
}


def _levelled(rng: random.Random, opening: Opening, base: str) -> str:
    managed = _MANAGED[opening.family]
    if opening.seniority == "manager":
        return f"Engineering Manager, {managed}" if opening.family != "other" else "Manager, Product Management"
    if opening.seniority == "executive":
        return rng.choice((f"Head of {managed}", f"Director of {managed}", f"VP, {managed}"))
    if opening.seniority == "intern":
        return {"fr": f"Stage - {base}", "de": f"Praktikum {base}"}.get(opening.language, f"{base} Intern")
    if opening.seniority == "mid":
        return f"{base} II" if opening.language == "en" else f"{base} (Mid-Level)"
    if opening.language == "fr" and opening.seniority in ("junior", "senior"):
        return f"{base} {opening.seniority.capitalize()}"
    return f"{rng.choice(_PREFIXES.get(opening.seniority, ('',)))}{base}"


def write_title(rng: random.Random, listing: Listing, team: str) -> str:
    """Write the title, sometimes with the stray space that two of the three board systems let through."""
    opening = listing.opening
    bases = _LOCAL_BASES.get(opening.language, _BASES).get(opening.family, _BASES[opening.family])
    if (
        opening.language == "en"
        and opening.family == "ai_engineer"
        and any(s.name == "Large Language Models" for s in opening.skills)
    ):
        bases = (*bases, "LLM Engineer")
    title = _levelled(rng, opening, rng.choice(bases))
    # A team such as Recommendations would make a software engineer's title look like that of another family.
    names_team = opening.family not in ("software_engineer", "other") and opening.language == "en"
    if names_team and rng.random() < 0.35 and not title.startswith(("Engineering", "VP")):
        title += rng.choice((f", {team}", f" - {team}", f" ({team})"))
    title += {"de": rng.choice((" (m/w/d)", " (w/m/d)")), "fr": rng.choice((" (H/F)", " F/H"))}.get(
        opening.language, ""
    )
    if opening.employment_type == "contract" and rng.random() < 0.6:
        title += " (Contract)" if opening.language == "en" else " (Freelance)"
    elif opening.workplace == "remote" and rng.random() < 0.15:
        title += " - Remote"
    stray = rng.random()
    if listing.account.board == "ashby" and stray < 0.06:
        return f" {title}"
    if listing.account.board == "greenhouse" and stray < 0.08:
        return f"{title} "
    return title
