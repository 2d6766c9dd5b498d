from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobmarket.extract.document import read_document
from jobmarket.extract.facts import VISA_SPONSORSHIPS
from jobmarket.extract.visa import visa_sponsorship


@pytest.mark.parametrize(
    ("text", "sponsorship"),
    [
        ("We sponsor visas for this role.", "offered"),
        ("Visa sponsorship is available.", "offered"),
        ("We offer relocation support and visa sponsorship.", "offered"),
        ("We will sponsor an H-1B transfer and a green card.", "offered"),
        ("Wir bieten Visumsunterstützung.", "offered"),
        ("We are unable to sponsor visas at this time.", "refused"),
        ("We do not offer visa sponsorship for this position.", "refused"),
        ("Visa sponsorship is not available.", "refused"),
        ("You can work in the US without sponsorship, now or in the future.", "refused"),
        ("Must be authorized to work in the EU; no visa sponsorship.", "refused"),
        ("We can sponsor visas for engineers.\nWe do not offer visa sponsorship for interns.", "refused"),
        ("We have partnered with Visa and Mastercard to sponsor events.", "unspecified"),
        ("You work with executive sponsors.", "unspecified"),
        ("We sponsor local meetups and conferences.", "unspecified"),
        ("Benefits: we sponsor your gym membership.", "unspecified"),
        ("We sponsor professional certifications.", "unspecified"),
        ("We can sponsor in-person meetups and events.", "unspecified"),
        ("We sponsor you to attend conferences.", "unspecified"),
        ("We can sponsor employees' gym membership.", "unspecified"),
        ("We will sponsor international conferences and people's hobbies.", "unspecified"),
        ("We can sponsor meetups and offer relocation support.", "unspecified"),
        ("Conference sponsorship is available.", "unspecified"),
        ("We can sponsor!", "offered"),
        ("We can sponsor you and your family's visa.", "offered"),
        ("We are able to sponsor work authorization.", "offered"),
        ("We offer relocation and sponsorship.", "offered"),
        ("Yes, we sponsor.", "offered"),
        ("We will sponsor exceptional candidates.", "offered"),
        ("We are happy to sponsor your work permit.", "offered"),
        ("You must be authorised to work in France.", "unspecified"),
        ("", "unspecified"),
    ],
)
def test_visa_sponsorship(text: str, sponsorship: str) -> None:
    assert visa_sponsorship(read_document("ML Engineer", None, None, text)) == sponsorship


def test_the_first_line_of_a_forum_posting_may_state_sponsorship() -> None:
    assert visa_sponsorship(read_document("Acme | ML Engineer | Berlin | VISA", None, None, "We build.")) == "offered"


@given(st.text(max_size=60), st.text(max_size=300))
def test_any_text_gives_a_known_value(title: str, text: str) -> None:
    assert visa_sponsorship(read_document(title, None, None, text)) in VISA_SPONSORSHIPS
