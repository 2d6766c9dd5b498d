"""Reading schema.org/JobPosting as sites really write it."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from jobmarket.posting import Pay, Place
from scrapers.boards.job_posting_schema import fields_of, job_postings, words
from scrapers.decoding import read_html


def page(*scripts: str, kind: str = "application/ld+json") -> bytes:
    blocks = "".join(f'<script type="{kind}">{script}</script>' for script in scripts)
    return f"<!DOCTYPE html><html><head>{blocks}</head><body></body></html>".encode()


JOB = '{"@context": "https://schema.org", "@type": "JobPosting", "title": "x"}'


@pytest.mark.parametrize(
    "html",
    [
        page(JOB),
        page(JOB, kind="application/ld&#x2B;json"),
        page(JOB, kind="Application/LD+JSON"),
        page(f"[{JOB}]"),
        page('{"@context": "https://schema.org", "@graph": [{"@type": "WebSite"}, ' + JOB + "]}"),
        page('{"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": ' + JOB + "}]}"),
        page('{"@type": ["JobPosting", "Thing"], "title": "x"}'),
        page('{"@type": "http://schema.org/JobPosting", "schema:title": "x"}'),
        page('{"@type": "JobPosting", "Title": "x"}'),
        page("{&quot;@type&quot;: &quot;JobPosting&quot;, &quot;title&quot;: &quot;x&quot;}"),
        page("<!--" + JOB + "-->"),
        page("//<![CDATA[\n" + JOB + "\n//]]>"),
        page('{"@type": "JobPosting", "title": "x", "description": "two\nlines\tand a tab"}'),
        page("{broken", JOB, "{}"),
    ],
)
def test_job_postings_are_found_in_every_wrapping(html: bytes) -> None:
    (job,) = job_postings(read_html(html))
    assert fields_of(job)["title"] == "x"


def test_pages_without_a_posting_have_none() -> None:
    assert job_postings(read_html(page('{"@type": "Organization"}'))) == []
    assert job_postings(read_html(b"<html><body><p>nothing</p></body></html>")) == []


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a ", "a"), (" ", None), (None, None), (True, None), (7, "7"), ({"name": "a"}, "a"), ({"@value": "a"}, "a"),
        ([None, {"name": ""}, "b", "c"], "b"), ({"name": ["USA", "USA"]}, "USA"), ({}, None), ([], None),
    ],
)  # fmt: skip
def test_texts_are_read_from_every_form(value: Any, text: str | None) -> None:
    assert words(value) == text


@pytest.mark.parametrize(
    ("stated", "places"),
    [
        (None, ()),
        ("Oslo", (Place(text="Oslo"),)),
        ({"address": "Main St 1, Oslo"}, (Place(text="Main St 1, Oslo"),)),
        ({"name": "HQ", "address": {"addressCountry": {"name": "NO"}}}, (Place(text="HQ", address_country="NO"),)),
        ([{"address": {"addressLocality": "A"}}, {"address": {"addressLocality": "A"}}],
         (Place(address_locality="A"),)),
        ({"address": [{"addressLocality": "A"}, {"addressLocality": "B"}]},
         (Place(address_locality="A"), Place(address_locality="B"))),
        ({"address": {"addressLocality": None, "addressRegion": ""}}, ()),
    ],
)  # fmt: skip
def test_places_are_read_from_every_form(stated: Any, places: tuple[Place, ...]) -> None:
    assert fields_of({"jobLocation": stated})["job_locations"] == places


@pytest.mark.parametrize(
    ("stated", "pay"),
    [
        ({"currency": "USD", "value": {"minValue": 1, "maxValue": 2.5, "unitText": "HOUR"}},
         (Pay(min_value=1, max_value=2.5, currency="USD", unit_text="HOUR"),)),
        ({"currency": "USD", "value": "84000", "unitText": "YEAR"},
         (Pay(min_value=84000, max_value=84000, currency="USD", unit_text="YEAR"),)),
        ({"currency": "USD", "minValue": "1", "maxValue": "2"}, (Pay(min_value=1, max_value=2, currency="USD"),)),
        (90000, (Pay(min_value=90000, max_value=90000, currency="SEK"),)),
        ([{"value": {"value": 5}}, {"value": {"value": 6}}],
         (Pay(min_value=5, max_value=5, currency="SEK"), Pay(min_value=6, max_value=6, currency="SEK"))),
        ({"value": {}}, ()), ({}, ()), ("", ()), (None, ()),
    ],
)  # fmt: skip
def test_pay_is_read_from_every_form(stated: Any, pay: tuple[Pay, ...]) -> None:
    assert fields_of({"baseSalary": stated, "salaryCurrency": "SEK"})["base_salary"] == pay


@pytest.mark.parametrize(
    ("job", "html", "text"),
    [
        ({"description": "<p>a</p>"}, "<p>a</p>", None),
        ({"description": "&lt;p&gt;a &amp;amp; b&lt;/p&gt;"}, "<p>a &amp; b</p>", None),
        ({"description": "a\n&amp; b"}, None, "a\n& b"),
        ({"description": "a", "skills": "b"}, None, "a\n\nSkills\nb"),
        ({"description": "<p>a b</p>", "skills": "b"}, "<p>a b</p>", None),
        ({"description": "a\nb", "qualifications": "<ul><li>c</li></ul>"},
         "<p>a<br>b</p>\n<h3>Qualifications</h3>\n<div><ul><li>c</li></ul></div>", None),
        ({"description": "a < b and b > c"}, None, "a < b and b > c"),
        ({"experienceRequirements": {"monthsOfExperience": 60}, "educationRequirements": []}, None, None),
    ],
)  # fmt: skip
def test_descriptions_are_joined_as_html_or_plain_text(job: dict[str, Any], html: str | None, text: str | None) -> None:
    fields = fields_of(job)
    assert (fields["description_html"], fields["description_text"]) == (html, text)


def test_contacts_are_removed() -> None:
    job = {"@type": "JobPosting", "title": "x", "applicationContact": {"name": "Jo"},
           "hiringOrganization": {"name": "A", "email": "jo@a.example", "contactPoint": [{"name": "Jo"}]}}  # fmt: skip
    (found,) = job_postings(read_html(page(orjson.dumps(job).decode())))
    assert found == {"@type": "JobPosting", "title": "x", "hiringOrganization": {"name": "A"}}


def test_persons_are_removed_whatever_names_them() -> None:
    person = {"@type": "https://schema.org/Person", "name": "Jo"}
    job = {"@type": "JobPosting", "title": "x", "author": "Jo", "hiringOrganization": {"@type": "Person", "name": "A"},
           "recruiter": person, "contact": [person, "x"], "jobLocation": {"geo": 1, "faxNumber": "1"}}  # fmt: skip
    (found,) = job_postings(read_html(page(orjson.dumps(job).decode())))
    assert found == {
        "@type": "JobPosting", "title": "x", "hiringOrganization": job["hiringOrganization"], "contact": ["x"],
        "jobLocation": {"geo": 1},
    }  # fmt: skip
