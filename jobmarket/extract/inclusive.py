"""Write French role titles in the masculine, the one form that patterns then need.

"Développeur·euse", "Ingénieur(e)", "Concepteur.rice", "Administratrice" and "Statisticien/ne" name the same roles.
"""

from __future__ import annotations

import re
from functools import lru_cache

# Endings of the masculine to which a feminine one may be added: "développeur", "statisticien", "confirmé", "débutant".
_MASCULINE = r"(?:eur|ien|ier|é|ant|ent|ert|un|nel|[ie]f|pal)"
# "professionnel·le", not "Nogent-le-Rotrou"
_FEMININE = r"(?:e|ne|se|euse|rice|trice|ière|ère|esse|ve|(?<=nel.)le)"
_ADDED = re.compile(rf"(?<=\w)({_MASCULINE})(?:\({_FEMININE}s?\)|[.·•‧∙⋅/-]{_FEMININE}\b)(?:[.·•‧∙⋅-]?s\b|\(s\))?")
_FEMININE_WORDS = (
    (re.compile(r"\b(\w{3,}t)rice(s?)\b"), r"\1eur\2"),
    (re.compile(r"\b(développ|programm|test|cherch|concept)euse(s?)\b"), r"\1eur\2"),
    (re.compile(r"\b(\w{3,}(?:ic|st|mat)ien)ne(s?)\b"), r"\1\2"),
    (
        re.compile(
            r"\b(ingénieur|confirmé|expérimenté|diplômé|débutant|apprenti|alternant|chargé|doctorant|expert|consultant"
            r"|professeur|auteur|délégué|principal)e(s?)\b"
        ),
        r"\1\2",
    ),
)
# Written without its accent
_WITHOUT_ACCENT = re.compile(r"\bdev?elopp?eu(?=r|se)")


@lru_cache(maxsize=4096)  # several facts read the same title
def in_masculine(title: str) -> str:
    """Return a title with French roles, if in lower case, in the masculine; the rest stays as it is."""
    if "eu" in title:
        title = _WITHOUT_ACCENT.sub("développeu", title)
    title = _ADDED.sub(r"\1", title)
    for feminine, masculine in _FEMININE_WORDS:
        title = feminine.sub(masculine, title)
    return title
