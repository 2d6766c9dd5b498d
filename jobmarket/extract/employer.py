"""Whether a name is the employer's, told by the posting itself, for texts that come without a company name."""

from __future__ import annotations

_PHRASES = (
    "At {},",
    "At {} we",
    "About {}\n",
    "About {}:",
    "Join {}",
    "Why {}?",
    "Life at {}",
    "{} is a leading",
    "{} is an equal",
    "{} is building",
    "{} is hiring",
    "{} is looking for",
    "{} is on a mission",
    "{} is proud",
    "{} is seeking",
    "{} is the ",
)


def is_employer(name: str, text: str) -> bool:
    """Whether the posting speaks of ``name`` as its employer: "At Acme, we …", "About Acme", "Acme | Berlin | …"."""
    if text.startswith((f"{name} |", f"{name} (")):
        return True
    # An employer is named more than once; plain counting spares most names the phrases.
    return text.count(name) > 1 and any(phrase.format(name) in text for phrase in _PHRASES)
