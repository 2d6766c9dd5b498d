"""Postings of invented employers, for tests of the judge."""

from __future__ import annotations

from jobmarket.duplicates.advert import Advert, read_advert
from jobmarket.duplicates.spans import span

OWN_BOARDS = ("ashby", "greenhouse")

ROLE = (
    "<h3>What you will do</h3><ul>"
    "<li>Build the models that tell our harbour pilots when a berth will be free, and keep them honest.</li>"
    "<li>Turn three years of radar tracks, tide tables and crane logs into features that planners can trust.</li>"
    "<li>Measure every release against the plan that people would have made, and publish what it got wrong.</li>"
    "<li>Review the code of two colleagues and be reviewed by them, at least once a day and never for show.</li></ul>"
    "<h3>What you bring</h3><ul>"
    "<li>Four years of Python on data that nobody cleaned for you, with tests that outlived their author.</li>"
    "<li>Gradient boosting and state-space models, and an opinion on when neither of the two is worth its keep.</li>"
    "<li>SQL that a colleague reads without asking, on tables of a billion rows.</li>"
    "<li>Plain English in writing: our pilots read what you write at four in the morning.</li></ul>"
)
ABOUT = (
    "<h3>About us</h3><p>Ternhaven plans berths for eleven harbours on three coasts. We are ninety people in a former "
    "rope factory, owned by those who work here, and profitable since the second winter.</p>"
)
ABOUT_LATER = (
    "<h3>About us</h3><p>Ternhaven now serves nineteen ports and was named the calmest employer of its coast. Our "
    "staff of two hundred shares a rope factory, a sauna and the profits, which began early and never stopped.</p>"
)
BENEFITS = (
    "<h3>What we offer</h3><p>Thirty days off, a berth for your own boat, a pension that starts on the first day, and "
    "a train ticket from anywhere in the country once a week.</p>"
)
OTHER_ROLE = (
    "<h3>What you will do</h3><ul>"
    "<li>Own the billing of nineteen ports: tariffs, credit notes, and the one spreadsheet that everybody fears.</li>"
    "<li>Write the ledger service anew in Kotlin while the old one keeps running, month after month.</li>"
    "<li>Sit with the accountants at the end of each quarter and leave them fewer questions than last time.</li></ul>"
    "<h3>What you bring</h3><ul><li>Six years of backend work on money, and the habit of counting it twice.</li>"
    "<li>Kafka, PostgreSQL, and a dislike of distributed transactions that you can explain.</li></ul>"
)


def advert(
    text: str = ABOUT + ROLE + BENEFITS,
    *,
    title: str = "Machine Learning Engineer",
    location: str | None = "Rotterdam, Netherlands",
    company: str | None = "Ternhaven",
    board: str = "ashby",
    native_id: str | None = None,
    posted: str | None = "2026-03-02",
    seen: str | None = "2026-03-30",
) -> Advert:
    """Build a posting; without arguments always the same one, except for its id."""
    return read_advert(
        board=board,
        native_id=native_id,
        company=company,
        title=title,
        location=location,
        html=text,
        span=span(posted, seen),
        is_own_board=board in OWN_BOARDS,
    )
