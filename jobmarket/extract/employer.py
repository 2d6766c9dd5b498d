"""Recognise the employer's name from the posting itself, for texts that come without a company name."""

from __future__ import annotations

# "Join Acme", "Acme is building …". Words that precede many other names also need the right words after the name.
_BEFORE = ("Join ", "Life at ")
_AFTER = (
    *(" is a leading", " is an equal", " is building", " is hiring", " is looking for", " is on a mission"),
    *(" is proud", " is seeking", " is the "),
)
_AROUND = (("At ", (",", " we")), ("About ", ("\n", ":")), ("Why ", ("?",)))
_LONGEST_BEFORE = 8


def is_employer(name: str, text: str) -> bool:
    """Return whether the posting uses ``name`` as its employer: "At Acme, we …", "About Acme", "Acme | Berlin | …"."""
    at = text.find(name)
    if at < 0:
        return False
    if at == 0 and text.startswith((" |", " ("), len(name)):
        return True
    # An employer is mentioned more than once.
    if text.find(name, at + len(name)) < 0:
        return False
    while at >= 0:
        end = at + len(name)
        before = text[max(0, at - _LONGEST_BEFORE) : at]
        if before.endswith(_BEFORE) or text.startswith(_AFTER, end):
            return True
        if any(before.endswith(word) and text.startswith(following, end) for word, following in _AROUND):
            return True
        at = text.find(name, end)
    return False
