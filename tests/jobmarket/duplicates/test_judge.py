"""The judge compares employer, role and place before it compares the wording."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from jobmarket.duplicates.advert import Advert
from jobmarket.duplicates.judge import POSTED_APART_DAYS, REPOST_DAYS_ELSEWHERE, Relation, judge
from jobmarket.duplicates.texts import compare

from .adverts import ABOUT, ABOUT_LATER, BENEFITS, OTHER_ROLE, ROLE, advert

CRANES = ROLE.replace("harbour pilots", "crane drivers").replace("pilots", "drivers").replace("tide", "wind")
GERMAN = (
    "<p>Für die Lotsen der Häfen baust du mit uns die Modelle, die sagen, wann ein Liegeplatz frei wird, und "
    "hältst sie ehrlich. Du bringst vier Jahre Python mit und schreibst SQL, das die Kollegin ohne Rückfrage liest. "
    "Wir bieten dreißig Tage Urlaub, einen Liegeplatz für dein Boot und eine Rente vom ersten Tag an.</p>"
)
ELSEWHERE = {"board": "remotive"}


@pytest.mark.parametrize(
    ("changes", "relation", "text_class"),
    [
        (ELSEWHERE, Relation.SAME_JOB, "full"),
        (ELSEWHERE | {"company": "Ternhaven B.V."}, Relation.SAME_JOB, "full"),
        (ELSEWHERE | {"company": "Ternhaven Ports"}, Relation.SAME_JOB, "full"),
        (ELSEWHERE | {"text": ABOUT_LATER + ROLE, "posted": "2026-05-20", "seen": None}, Relation.SAME_JOB, "temporal"),
        (ELSEWHERE | {"text": ABOUT + ROLE}, Relation.SAME_JOB, "partial"),
        (ELSEWHERE | {"title": "Sr. ML Engineer"}, Relation.DIFFERENT, None),
        (ELSEWHERE | {"title": "ML Engineer (m/f/d) - Rotterdam"}, Relation.SAME_JOB, "full"),
        (ELSEWHERE | {"location": "Antwerp, Belgium"}, Relation.TWIN_OPENING, None),
        (ELSEWHERE | {"title": "ML Engineer (Remote, Europe)", "location": "Europe"}, Relation.SAME_JOB, "full"),
        (ELSEWHERE | {"title": "ML Engineer (Europe)"}, Relation.DIFFERENT, None),  # a team for all of Europe
        (ELSEWHERE | {"location": "Rotterdam; Antwerp"}, Relation.SAME_JOB, "full"),
        (ELSEWHERE | {"location": "Netherlands"}, Relation.SAME_JOB, "full"),
        (ELSEWHERE | {"text": ABOUT + OTHER_ROLE + BENEFITS}, Relation.DIFFERENT, None),
        (ELSEWHERE | {"title": "MACHINE LEARNING ENGINEER", "company": "ternhaven.com"}, Relation.SAME_JOB, "full"),
        (ELSEWHERE | {"location": None}, Relation.SAME_JOB, "full"),
        (ELSEWHERE | {"company": "Curlew Logistics", "text": ABOUT_LATER + ROLE}, Relation.DIFFERENT, None),
        (ELSEWHERE | {"company": "Curlew Logistics"}, Relation.SAME_JOB, "full"),  # a recruiter's copy
        (ELSEWHERE | {"text": GERMAN}, Relation.SAME_JOB, "semantic"),
        (ELSEWHERE | {"text": GERMAN, "location": "Netherlands"}, Relation.DIFFERENT, None),
        ({"native_id": "2", "posted": "2026-04-20", "seen": "2026-04-27"}, Relation.REPOST, "full"),
        ({"native_id": "2", "posted": "2026-04-20", "location": "Antwerp"}, Relation.TWIN_OPENING, None),
        ({"native_id": "2", "title": "Machine Learning Engineer - Antwerp"}, Relation.TWIN_OPENING, None),
        ({"native_id": "2"}, Relation.SAME_JOB, "full"),
        ({"native_id": "2", "text": ABOUT + CRANES + BENEFITS}, Relation.DIFFERENT, None),
        ({"native_id": "2", "title": "Machine Learning Engineer, Tides"}, Relation.DIFFERENT, None),
        ({"native_id": "1", "title": "Applied Scientist"}, Relation.SAME_JOB, "full"),  # its title was edited
        ({"native_id": "1", "title": "Ledger Engineer", "text": OTHER_ROLE}, Relation.DIFFERENT, None),  # reused
        ({"native_id": "1", "text": ABOUT_LATER}, Relation.SAME_JOB, "partial"),  # cut off after the introduction
    ],
)  # fmt: skip
def test_each_change_of_a_posting_gives_the_expected_relation(
    changes: dict[str, Any], relation: Relation, text_class: str | None
) -> None:
    verdict = judge(advert(native_id="1"), advert(**changes))
    assert (verdict.relation, verdict.text_class) == (relation, text_class)
    assert verdict == judge(advert(**changes), advert(native_id="1"))
    assert 0.0 <= verdict.score <= 1.0


def test_texts_by_one_template_are_two_jobs_under_one_title() -> None:
    rules = "".join(f"<p>Rule {n}: whoever moors at berth {n} signs the book of pier {n + 1}.</p>" for n in range(11))
    template = ABOUT_LATER + BENEFITS + rules
    first = advert(ABOUT + ROLE + template)
    second = advert(ABOUT + OTHER_ROLE + GERMAN[:200] + template, board="remotive")
    assert compare(first.text, second.text).shared > 0.62
    assert judge(first, second).relation is Relation.DIFFERENT
    assert judge(first, advert(ABOUT + ROLE, board="remotive")).relation is Relation.SAME_JOB


RANKING = (
    "<p>You rank the offers of our harbours with us and you will be on the team that keeps the order of the list "
    "honest for the people who read it. {years} {skills} {pay}</p>"
)
DRONES = (
    "<p>Für die Lotsen der Häfen baust du mit uns Drohnen, die aus der Luft und bei Nacht sehen, wer im Hafen liegt, "
    "und die von den Wellen nicht gestört werden. {years} {skills} {pay}</p>"
)
FIVE_YEARS = ("You have 5+ years of experience in production.", "Du hast mindestens 5 Jahre Erfahrung im Betrieb.")
WEB = "Python, PyTorch, Spark, Kafka, Airflow, SQL."
FLIGHT = "C++, CUDA, ROS, OpenCV, TensorRT, Rust."


@pytest.mark.parametrize(
    ("years", "skills", "pay", "is_one"),
    [
        (FIVE_YEARS, (WEB, WEB), ("90,000 to 110,000 EUR per year.", "Gehalt: 90.000 bis 110.000 EUR pro Jahr."), True),
        ((FIVE_YEARS[0], ""), (WEB, "Python."), ("Salary: 90,000 EUR per year.", ""), True),  # one says nothing
        (("", ""), ("", ""), ("Salary: 84,000 EUR per year.", "Gehalt: 6.000 EUR pro Monat."), True),  # 14 months
        ((FIVE_YEARS[0], "Keine Berufserfahrung erforderlich."), ("", ""), ("", ""), False),
        ((FIVE_YEARS[0], "Du hast mindestens 2 Jahre Erfahrung im Betrieb."), ("", ""), ("", ""), False),
        (("", ""), ("", ""), ("Salary: 90,000 to 110,000 EUR per year.", "Lohn: 25 EUR pro Stunde."), False),
        (("", ""), (WEB, FLIGHT), ("", ""), False),
        (("", ""), (WEB, "C++, CUDA."), ("", ""), True),  # too few names to tell
    ],
)
@pytest.mark.parametrize("again", [ELSEWHERE, {"native_id": "2", "posted": "2026-09-02", "seen": "2026-09-30"}])
def test_texts_in_two_languages_are_one_job_unless_what_a_translation_keeps_contradicts(
    years: tuple[str, str], skills: tuple[str, str], pay: tuple[str, str], again: dict[str, Any], *, is_one: bool
) -> None:
    english = advert(RANKING.format(years=years[0], skills=skills[0], pay=pay[0]), native_id="1")
    german = DRONES.format(years=years[1], skills=skills[1], pay=pay[1])
    assert (english.text.language, advert(german).text.language) == ("en", "de")
    assert is_one_job(english, advert(german, title="Machine Learning Engineer (m/w/d)", **again)) is is_one


def test_a_text_whose_language_is_unknown_translates_nothing() -> None:
    english = advert(RANKING.format(years="", skills="", pay=""), native_id="1")
    listed = advert("<p>" + "Cranes, ropes, anchors, pilots, tugs, lamps, bells, charts, quays, locks. " * 3 + "</p>")
    assert (english.text.language, listed.text.language) == ("en", None)
    assert not is_one_job(english, advert(listed.text.source, **ELSEWHERE))


def test_a_translation_listed_beside_the_first_under_another_requisition_number_is_another_opening() -> None:
    english = advert(ROLE + "<p>Requisition ID: 295910</p>", native_id="1")
    assert is_one_job(english, advert(GERMAN + "<p>Kennziffer: 295910</p>", native_id="2"))
    assert not is_one_job(english, advert(GERMAN + "<p>Kennziffer: 295911</p>", native_id="2"))


@pytest.mark.parametrize("company", ["Curlew Logistics", "Confidential"])
def test_a_trivial_text_is_no_evidence_between_employers(company: str) -> None:
    trivial = "<p>We are hiring. Apply now.</p>"
    assert not is_one_job(advert(trivial), advert(trivial, board="remotive", company=company))
    assert not is_one_job(advert(9 * trivial), advert(9 * trivial, board="remotive", company=company))  # no longer
    assert is_one_job(advert(trivial), advert(trivial, board="remotive"))
    assert is_one_job(advert(ROLE), advert(ROLE, board="remotive", company=company))


def test_employers_without_a_name_need_the_same_text() -> None:
    def of_agency(text: str) -> Advert:
        return advert(text, company="Confidential", board="remotive")

    assert judge(of_agency(ABOUT + ROLE), of_agency(ABOUT + ROLE)).relation is Relation.SAME_JOB
    other_client = ABOUT.replace("eleven harbours", "two airports")
    assert judge(of_agency(ABOUT + ROLE), of_agency(other_client + ROLE)).relation is Relation.DIFFERENT


def test_only_one_place_or_date_does_not_make_two_listings_of_a_feed_one_job() -> None:
    placed, unplaced = advert(board="remotive"), advert(board="remotive", location=None, native_id="2")
    assert judge(placed, unplaced).relation is not Relation.SAME_JOB
    undated = advert(posted=None, seen=None, text=ABOUT + CRANES + BENEFITS)
    assert judge(advert(), undated).relation is Relation.DIFFERENT


@pytest.mark.parametrize(("days", "relation"), [(13, Relation.TWIN_OPENING), (14, Relation.REPOST)])
def test_a_listing_beside_the_first_in_more_places_counts_as_a_second_one_after_two_weeks(
    days: int, relation: Relation
) -> None:
    later = advert(native_id="2", location="Rotterdam; Antwerp", posted=f"2026-03-{2 + days:02}")
    assert judge(advert(native_id="1"), later).relation is relation


def test_identical_text_counts_half_if_employer_or_place_differ() -> None:
    same = judge(advert(), advert(**ELSEWHERE)).score
    assert same == 1.0
    assert judge(advert(), advert(board="remotive", location="Oslo")).score == 0.5
    assert judge(advert(), advert(board="remotive", location="Oslo", title="Data Engineer")).score == 0.25


def is_one_job(first: Any, second: Any) -> bool:
    return judge(first, second).relation in (Relation.SAME_JOB, Relation.REPOST)


def test_a_longer_title_is_the_same_job_if_the_other_text_contains_the_extra_words() -> None:
    longer = advert(board="remotive", title="Machine Learning Engineer, Tide Tables")
    assert is_one_job(advert(), longer)
    assert not is_one_job(advert(), advert(board="remotive", title="Machine Learning Engineer, Payroll"))
    assert not is_one_job(advert(), advert(board="remotive", title="Lead Machine Learning Engineer"))


@pytest.mark.parametrize(
    ("title", "is_one"),
    [
        ("Machine Learning Engineer, Tide Tables", True),  # a phrase of the text
        ("Machine Learning Engineer, Tide Code", False),  # both words are in the text, but not one beside the other
        ("Machine Learning Engineer (MLE)", True),
        ("Principal Machine Learning Engineer", False),
    ],
)
def test_a_longer_title_must_be_borne_out_by_the_text_of_the_other(title: str, is_one: bool) -> None:
    assert is_one_job(advert(), advert(board="remotive", title=title)) is is_one


HYBRID = ROLE + "<p>Three days a week you sit with us above the lock.</p>"


@pytest.mark.parametrize(
    ("changes", "is_one"),
    [
        ({"text": HYBRID}, False),  # beside "(Remote)" in the same city
        ({"text": HYBRID, "location": "Remote, Netherlands"}, True),
        ({"text": HYBRID, "location": "Rotterdam; [TELECOMMUTE]"}, True),
        ({"text": HYBRID + "<p>Or remote, if you prefer.</p>"}, True),
        ({"text": HYBRID, "title": "Machine Learning Engineer (Remote or Rotterdam)"}, True),
        ({"text": ROLE}, True),  # no word differs: the board may have added "(Remote)"
        ({"text": ROLE, "title": "Machine Learning Engineer (Rotterdam)"}, False),
        ({"text": ROLE, "title": "Machine Learning Engineer - Hybrid"}, False),
    ],
)
def test_a_remote_opening_is_not_the_one_in_the_office(changes: dict[str, Any], is_one: bool) -> None:
    remote = advert(ROLE + ABOUT, title="Machine Learning Engineer (Remote)")
    assert is_one_job(remote, advert(board="remotive", **changes)) is is_one


def test_one_board_shows_the_remote_opening_beside_the_other() -> None:
    remote = advert(native_id="1", title="Machine Learning Engineer (Remote)")
    assert not is_one_job(remote, advert(native_id="2"))
    assert is_one_job(remote, advert(native_id="2", posted="2026-04-20", seen="2026-04-27"))  # the workplace changed


def test_a_place_in_one_title_is_a_territory_beside_the_same_opening_without() -> None:
    everywhere = advert(native_id="1", location="United States")
    florida = advert(native_id="2", location="United States", title="Machine Learning Engineer [Florida]")
    assert judge(everywhere, florida).relation is Relation.TWIN_OPENING
    same_place = advert(native_id="2", location="Rotterdam", title="Machine Learning Engineer (Rotterdam)")
    assert is_one_job(advert(native_id="1", location="Rotterdam"), same_place)


def test_a_posting_for_any_place_with_one_countrys_benefits_is_not_the_one_elsewhere() -> None:
    here = advert(ABOUT + ROLE + "<p>We match your 401(k).</p>", location="Remote")
    there = advert(ABOUT + ROLE, board="remotive", location="Canada")
    assert not is_one_job(here, there)
    assert is_one_job(here, advert(ABOUT + ROLE, board="remotive", location="United States"))
    both = "<p>A 401(k) in the United States, an RRSP in Canada.</p>"
    assert is_one_job(
        advert(ABOUT + ROLE + both, location="Remote"),
        advert(ABOUT + ROLE + both, board="remotive", location="Canada"),
    )


def test_requisition_numbers_in_the_texts_tell_openings_apart() -> None:
    first, second = (f"<p>Requisition ID: 2959{n}</p>" + ABOUT + ROLE for n in (10, 11))
    without_markup = "Requisition ID: 295910Employment type: permanent. " + ABOUT + ROLE
    assert is_one_job(advert(first), advert(without_markup, **ELSEWHERE))
    assert not is_one_job(advert(first), advert(second, board="remotive"))
    assert is_one_job(advert(first), advert(first, board="remotive"))
    assert is_one_job(advert(first), advert(ABOUT + ROLE, board="remotive"))  # only one states a number
    again = advert(second, native_id="2", posted="2026-04-20", seen="2026-04-27")
    assert not is_one_job(advert(first, native_id="1"), advert(second, native_id="2"))
    assert is_one_job(advert(first, native_id="1"), again)  # numbered anew when posted again


@pytest.mark.parametrize(
    ("company", "title", "is_one"),
    [
        ("Ternhaven", "Machine Learning Engineer", True),  # the text says "Ternhaven plans berths"
        ("Ternhaven GmbH", "Ternhaven - Machine Learning Engineer", True),
        ("Curlew", "Machine Learning Engineer", False),
        ("Rope", "Machine Learning Engineer", False),  # the text has only "rope factory"
    ],
)
def test_a_recruiters_copy_names_the_client_in_its_text(company: str, title: str, is_one: bool) -> None:
    of_recruiter = advert(ABOUT + ROLE, company="Lapwing Talent", title=title, location="Remote")
    assert is_one_job(of_recruiter, advert(board="remotive", company=company, location="Remote, Europe")) is is_one


def post(header: str, text: str = ABOUT + ROLE, month: int = 3) -> Any:
    return advert(
        text, title=header, location=None, company=None, board="hn", native_id=str(month),
        posted=f"2026-{month:02}-02", seen=f"2026-{month:02}-15",
    )  # fmt: skip


def test_a_post_in_a_forum_thread_is_read_by_its_header() -> None:
    march = post("Ternhaven | ML Engineer | Rotterdam | Onsite | https://ternhaven.example")
    april = post("Ternhaven | ML Engineer, Data Engineer | Rotterdam | Onsite", month=4)
    assert march.company == "Ternhaven"
    assert march.title.words == {"ml", "engineer"}
    assert judge(march, april).relation is Relation.REPOST
    assert not is_one_job(march, post("Ternhaven | Account Executive | Rotterdam", ABOUT + OTHER_ROLE, 4))
    assert not is_one_job(march, post("Curlew | ML Engineer | Rotterdam", ABOUT + OTHER_ROLE, 4))
    assert not is_one_job(march, post("Ternhaven | ML Engineer | Antwerp", month=4))


def test_headers_that_name_different_roles_need_more_shared_wording() -> None:
    first = post("Ternhaven | Data Engineer, Python or Billing | Rotterdam | Onsite", ABOUT + ROLE)
    other_half = ABOUT + ROLE.split("<h3>What you bring")[0] + OTHER_ROLE
    assert not is_one_job(first, post("Ternhaven | Data Engineer, Kotlin | Rotterdam", other_half, 4))
    assert is_one_job(first, post("Ternhaven | Data Engineer | Rotterdam", other_half, 4))


def test_a_reworded_post_that_links_to_the_same_openings_is_a_repost() -> None:
    def post(text: str, *openings: int, title: str, posted: str) -> Advert:
        links = "".join(f"<p>https://boards.greenhouse.io/ternhaven/jobs/{number}" for number in openings)
        return advert(f"{title}<p>{text}{links}", title=title, location=None, company=None, board="hn", posted=posted)

    title = "Ternhaven | Several roles | Rotterdam, Netherlands | Full-time"
    first = post(ABOUT, 4802989, 4802990, 4802991, title=title, posted="2026-01-02")
    for others, relation in (
        ((4802989, 4802990, 4802999), Relation.REPOST),
        ((4802989, 4802998, 4802999), Relation.DIFFERENT),  # most roles are others
    ):
        assert judge(first, post(ABOUT_LATER, *others, title=title, posted="2026-03-02")).relation is relation
    # the same introduction over other openings
    assert judge(first, post(ABOUT, 4802998, title=title, posted="2026-03-02")).relation is Relation.DIFFERENT
    # one role of four is the same, under the same header and introduction
    others = post(ABOUT, 4802989, 4802996, 4802997, 4802998, title=title, posted="2026-03-02")
    assert judge(first, others).relation is Relation.DIFFERENT
    elsewhere = post(ABOUT, 4802989, title="Ternhaven | Several roles | Antwerp, Belgium", posted="2026-03-02")
    assert judge(post(ABOUT, 4802989, title=title, posted="2026-01-02"), elsewhere).relation is not Relation.REPOST


def test_a_header_may_link_the_employer_in_markdown() -> None:
    assert post("[Ternhaven](https://ternhaven.example) | ML Engineer | Rotterdam").company == "Ternhaven"


def test_the_warehouse_uses_the_same_day_limits(root: Path) -> None:
    variables = yaml.safe_load((root / "dbt_project" / "dbt_project.yml").read_text(encoding="utf-8"))["vars"]
    assert variables["posted_apart_days"] == POSTED_APART_DAYS
    assert variables["repost_days_elsewhere"] == REPOST_DAYS_ELSEWHERE
