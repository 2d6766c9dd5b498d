"""Headings by the kind of section they open, in three languages."""

from __future__ import annotations

import pytest

from jobmarket.extract.headings import heading_kind


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Exceptional Candidates Will Have", "preferred"),
        ("What would make you shine", "preferred"),
        ("You might also have", "preferred"),
        ("Strong candidates may also have", "preferred"),
        ("The icing on the cake", "preferred"),
        ("Nice if you have", "preferred"),
        ("Plusses", "preferred"),
        ("Additional assets", "preferred"),
        ("Ce qui fera la différence", "preferred"),
        ("La cerise sur le gâteau", "preferred"),
        ("Ce serait top si", "preferred"),
        ("Noch besser, wenn du", "preferred"),
        ("Schön, wenn du", "preferred"),
        ("Optimalerweise bringst du mit", "preferred"),
        ("Was dich zusätzlich auszeichnet", "preferred"),
        ("We'd expect you to", "requirements"),
        ("What we'll look for", "requirements"),
        ("Your toolbox", "requirements"),
        ("Your superpowers", "requirements"),
        ("Strong candidates will have", "requirements"),
        ("You'll love this job if", "requirements"),
        ("Non-negotiables", "requirements"),
        ("License/Certification", "requirements"),
        ("What success looks like", "responsibilities"),
        ("Where you come in", "responsibilities"),
        ("Week-to-week", "responsibilities"),
        ("What we believe", "about"),
        ("Who is Acme?", "about"),
        ("More about Acme", "about"),
        ("Interviews – up to four calls", "about"),
        ("Candidate journey", "about"),
        ("Application deadline", "about"),
        ("So geht's weiter", "about"),
        ("Einstellungsprozess", "about"),
        ("The good stuff", "benefits"),
        ("Work-life balance", "benefits"),
        ("Le process", "about"),
        ("Das gibt's bei uns", "benefits"),
        # Must stay as they are
        ("How you'll make a difference", "responsibilities"),
        ("We would love to hear from you", None),
        ("To do this we'll need to", None),
        ("You may also have opportunities to", None),
        ("Interview scheduling & coordination", None),
        ("More about the role", "responsibilities"),
        ("Bonus plan", None),
    ],
)
def test_a_heading_opens_a_section_of_its_kind(heading: str, kind: str | None) -> None:
    assert heading_kind(heading) == kind
