"""The words in lower-case titles that name a trainee, an intern or an apprentice in French and German."""

from __future__ import annotations

# Not "Stage: Seed", the stage of a start-up, "Early Stage Engineer" or the PFE that is a premier field engineer.
FRENCH_TRAINEE = (
    r"\bstagiaire|^stage\b(?! manager| light)|(?:[–—|:,(/[] ?|- |\boffre de )stage\b(?! manager|:| light)|"
    r"(?<!early.)(?<!late.)\bstage (?:(?:en|de)\b|-)|(?<!field engineer \()(?<!field engineer - )\bpfe\b|"
    r"\bfin d['’]études?\b|\bapprentie?\b|"
    r"\ben apprentissage\b(?! (?:auto|prof|mach|stat|par|sup|féd|non))|"
    r"\bcontrat (?:pro\b|d['’]apprentissage|de professionnalisation)|\balternan\w+"
)
# Apprentices in Switzerland; "Lernende Systeme" is what groups of machine learning are called.
LEARNER = r"lernende[rn]?\b(?! (?:system|roboter|maschin|algorith|verfahren|agent))"
# Not those who look after trainees: "Betreuer Masterarbeit", "Referent Duales Studium".
STUDY_OR_THESIS = (
    r"(?<!referent )(?<!referentin )(?<!ausbildung und )\bduale[rs]? (?:studium|student\w*|studiengang)|"
    r"(?<!betreuer )(?<!betreuerin )(?<!betreuung )"
    r"\b(?:bachelor|master|abschluss|diplom|studien)-?arbeit\b|\bdiplomand\w*"
)
