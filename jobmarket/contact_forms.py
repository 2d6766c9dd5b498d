r"""Forms that are contact data in any context.

Extraction masks them, publication and gate marts refuse them. So they are read by Python and by DuckDB's engine alike:
no lookaround, and no \w or (?i) with accents, which DuckDB reads in another way. \x27 is an apostrophe.
"""

from __future__ import annotations

MAIL_ADDRESS = (
    r"[A-Za-zÀ-ӿ0-9_][A-Za-zÀ-ӿ0-9_.%+\x27-]{0,63}@"
    r"[A-Za-zÀ-ӿ0-9-]{1,63}(?:\.[A-Za-zÀ-ӿ0-9-]{1,63}){0,4}\.[A-Za-z]{2,24}"
)
# International form, North American groups, five French pairs, or a German or French number after its label. Years,
# amounts and requisition numbers must not match.
PHONE_NUMBER = (
    r"(?:\+|\b00)[1-9][\d ().-]{7,}\d|\(\d{3}\) ?\d{3}[-. ]\d{4}\b|\b(?:1[-. ]?)?\d{3}[-. ]\d{3}[-. ]\d{4}\b"
    r"|\b0[1-9](?:[ .]\d\d){4}\b|\b(?i:t[eéEÉ]l(?:[eéEÉ](?:fon|phone))?|handy)[.: ]{0,4}\(?0\d[\d ()/.-]{4,}\d"
)
