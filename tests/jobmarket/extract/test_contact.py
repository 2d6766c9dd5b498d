"""Contact data is recognised in every usual form, and nothing else is mistaken for it."""

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.suites.shared_bounds import has_no_contact
from jobmarket.extract.contact import find, redact
from tests.linear_time import assert_linear

REMOVED = {
    "Mail jane.doe+jobs@mail.acme-labs.io today.": "Mail [email] today.",
    "<ops@acme.dev>": "<[email]>",
    "Write to kim [at] roastery [dot] example.": "Write to [email].",
    "Write to jobs(at)firma(dot)de": "Write to [email]",
    "CV to ben at acme dot example, please": "CV to [email], please",
    "directly at kim dot lee at acme dot example": "[email]",
    "jane [dot] doe [at] acme [dot] example": "[email]",
    "a@acme.example,b@acme.example": "[email],[email]",
    "Email jane dot doe at acme dot example": "Email [email]",
    "Ask jane dot van dot doe at acme dot example": "Ask [email]",
    "Contact - Priya Sharma 98765 43210": "Contact - [name] [phone]",
    "Data Engineer | Contact – Jane Doe": "Data Engineer | Contact – [name]",
    "Ansprechpartner Max Müller 030 123456": "Ansprechpartner [name] [phone]",
    "Ihre Ansprechpartnerin Frau Schmidt": "Ihre Ansprechpartnerin [name]",
    "Contact: Jane Doe, 98765 43210": "Contact: [name], [phone]",
    "Call +49 30 1234567 or (415) 555-0100": "Call [phone] or [phone]",
    "+33 1 23 45 67 89 / 01 23 45 67 89": "[phone] / [phone]",
    "0049 (0)30 1234 5678": "[phone]",
    "Tel: 030 123 456 78": "[phone]",
    "Tel. 089/1234567": "[phone]",
    "TÉL. : 01 23 45 67 89 or 01.23.45.67.90, Handy: 030/1234567": "[phone] or [phone], [phone]",
    "Berlin,+49 30 1234567": "Berlin,[phone]",
    "jane@acme.example0012345678901": "[email][phone]",
    "ask jörg.o'doe@müller.example or 'иван@пример.example'": "ask [email] or '[email]'",
    "Phone 020 7946 0958": "Phone [phone]",
    "1-800-555-1234": "[phone]",
    "415.555.0100": "[phone]",
    "Contact: Jane Doe, Talent Partner": "Contact: [name], Talent Partner",
    "Recruiter: Jane van der Berg": "Recruiter: [name]",
    "Ansprechpartner: Herr Max von Müller": "Ansprechpartner: [name]",
    "Deine Ansprechpartnerin: Frau Schmidt": "Deine Ansprechpartnerin: [name]",
    "Kontakt:\nFrau Dr. Petra Meier\npetra@acme.example": "Kontakt:\n[name]\n[email]",
    "Votre contact : Mme Anne-Marie Dupont": "Votre contact : [name]",
    "Please reach out to Jane Doe at jane@acme.example": "Please reach out to [name] at [email]",
    "Jane Doe\n+1 415 555 0100": "[name]\n[phone]",
    "Data Engineer (Contact: Jane Doe)": "Data Engineer (Contact: [name])",
    "Data Engineer - Jane Doe, jane@acme.example": "Data Engineer - [name], [email]",
    "Data Engineer Kontakt Frau Schmidt 030 123456": "Data Engineer Kontakt [name] [phone]",
    "Software Architect jobs@acme.example": "Software Architect [email]",
}


@pytest.mark.parametrize(("text", "expected"), REMOVED.items(), ids=list(REMOVED))
def test_contact_data_is_removed(text, expected):
    assert redact(text) == expected


KEPT = [
    "Salary 120,000 - 150,000 USD",
    "$150,000-$200,000",
    "€45.000-55.000",
    "CHF 120 000 - 140 000",
    "between 50 000 and 60 000 €",
    "up to 100.000.000 rows",
    "2019-2024 and 10-15 years",
    "from 01.02.2026 to 31.12.2026",
    "2026-08-20 10:15:00",
    "https://acme.example/jobs/030-5550100?id=0305550100",
    "Req 0123456789, ID 030-5550100",
    "PhD 2025-2026 @ Paris #415 5550100, 003, Tel Aviv 0123456, 01.02.2027",
    "Contact M Series Engineer",
    "ISO 27001, 802.11, RFC 2119, 10.0.0.1",
    "Contact: Human Resources",
    "Contact: our Talent Team",
    "Kontakt: Personalabteilung",
    "Recruiter - North America",
    "Contact - North America",
    "Customer Contact Lead, Contact - Asia-Pacific",
    "Customer Contact - Team Lead, Account Growth",
    "Contact Tracing Lead",
    "Ansprechpartner Technischer Vertrieb",
    "Contact - Customer Success",
    "We run dot net at scale",
    "meet us at acme, not at dot com prices",
    "Call for 24/7 support of 1000 customers",
    "@mentions and user@ only",
    "Experience with Apache Spark: Machine Learning",
]


@pytest.mark.parametrize("text", KEPT)
def test_other_numbers_and_words_stay(text):
    assert redact(text) == text


def test_stretches_are_given_in_order_with_their_kind():
    text = "Contact: Jane Doe, jane@acme.example, +1 415 555 0100"
    found = find(text)
    assert [(one.kind, text[one.start : one.end]) for one in found] == [
        ("name", "Jane Doe"),
        ("email", "jane@acme.example"),
        ("phone", "+1 415 555 0100"),
    ]


@settings(max_examples=300)
@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("@.+- ()0123456789[at]dot:\nAb")), max_size=300))
def test_any_text(text):
    end = 0
    for one in find(text):
        assert end <= one.start < one.end <= len(text)
        end = one.end
    assert "@acme.example" not in redact(text + " jane@acme.example")


PIECES = (
    ("jane@acme.example", "+49 30 1234567", "0012345678901", "(415) 555-0100", "1-800-555-0100", "01 23 45 67 89")
    + ("TÉL. : 0", "handy ", "Contact: ", "Jane Doe", "@", "a.bc", "%", "'", "é", "×", "(", "-", ",", " ", "\u0661")
    + ("1", "0", "00", "[at]")
)


@pytest.fixture(scope="module")
def gate():
    with duckdb.connect() as connection:
        yield connection


@settings(max_examples=100)
@given(texts=st.lists(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), max_size=50))
def test_what_the_gate_refuses_is_removed(gate, texts):
    refused = f"select title from (select unnest($titles::varchar[]) as title) where not ({has_no_contact('title')})"
    assert gate.execute(refused, {"titles": [redact(text) for text in texts]}).fetchall() == []


@pytest.mark.parametrize(
    "piece",
    [
        "@",
        "a",
        "+1 ",
        "0 ",
        "(0",
        "Contact: ",
        "Contact: Aa ",
        "A. ",
        "Mr. ",
        "[at]",
        "a [at] ",
        "tel ",
        "tel 1",
        "1",
        "a.b@",
        "001 ",
        "a@b.co0012345678901",
    ]
    + ["a@b.co ", " at a dot b", "Jane Doe ", "\n", "(415) ", "[dot]", "a[dot]"],
)
def test_any_text_is_read_in_linear_time(piece):
    assert_linear(lambda text: redact(text + " jane@acme.example"), piece, 100_000)
