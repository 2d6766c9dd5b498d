"""Links to single openings are read from forum posts, and those to anything else are not."""

from __future__ import annotations

import pytest

from jobmarket.duplicates.links import links_to_openings


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Apply: https://grnh.se/2f33dr0p7us", {"grnh.se/2f33dr0p7us"}),
        (
            '<a href="https:&#x2F;&#x2F;jobs.ashbyhq.com&#x2F;tern&#x2F;776ce314-aa12-471b-92fa-0123456789ab?utm=x">'
            "https:&#x2F;&#x2F;jobs.ashbyhq.com&#x2F;tern&#x2F;776ce314-aa12-471b-92...</a>",
            {"jobs.ashbyhq.com/tern/776ce314-aa12-471b-92fa-0123456789ab"},
        ),
        ("&lt;a href=&quot;https:&amp;#x2F;&amp;#x2F;grnh.se&amp;#x2F;2f33dr0p7us&quot;&gt;", {"grnh.se/2f33dr0p7us"}),
        ("https://tern.breezy.hr/p/4a707ef4f952-senior-pilot", {"tern.breezy.hr/p/4a707ef4f952"}),
        ("https://tern.example/careers https://jobs.lever.co/tern https://tern.example/jobs/pilot", set()),
        ("https://news.example/2026/tern-raises-12000000 https://people.example/in/pilot-4711ab", set()),
    ],
)
def test_a_link_to_one_opening_has_its_id(text: str, links: set[str]) -> None:
    assert links_to_openings(text) == links
