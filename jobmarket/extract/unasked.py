"""Find skills that a posting says it does not need: "no Java required", "we do not use Go". English, French, German.

"Kafka is not required" is usually meant as a wish; :mod:`jobmarket.extract.line_words` handles it. The phrases here
leave no doubt.
"""

from __future__ import annotations

import re
from typing import Final

_A_FEW = r"(?:[\w+#./'’-]+,? ){1,6}?"
# "You don't need to know all of these" and "… to be an expert in Kafka, but …" do ask for some of it.
_TO_THE_END = r"(?!.{0,60}\b(?:all|every|each|expert|experts|deep)\b)(?:(?! but | - )[^.:;!?,()–—])*"

# A plain word that starts the phrase, and the pattern of the whole phrase, in lower case.
PHRASES: Final[dict[str, str]] = {
    "no ": rf"\bno {_A_FEW}(?:(?:is|are) )?(?:required|needed|necessary)\b",
    "kein": rf"\bkeine?(?:rlei)? {_A_FEW}(?:nötig|notwendig|erforderlich|vorausgesetzt|benötigt)\b",
    "aucun": rf"\baucune? {_A_FEW}(?:requise?|nécessaire|exigée?)\b",
    **{
        word: rf"\b{word} {_TO_THE_END}"
        for negated in ("do not", "don't", "don’t")
        for word in (f"you {negated} need", f"we {negated} use")
    },
}
_ANY: Final = re.compile("|".join(PHRASES.values()))


def spans(lowered: str) -> list[tuple[int, int]]:
    """Return the start and end of each phrase in a lower-case line that says what is not needed."""
    return [match.span() for match in _ANY.finditer(lowered)]
