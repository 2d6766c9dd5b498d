"""The project's spiders read every posting of the sample boards."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from scrapy.http import TextResponse

from scrapers.boards.ashby import AshbySpider
from scrapers.boards.base import BoardSpider
from scrapers.boards.greenhouse import GreenhouseSpider
from scrapers.boards.lever import LeverSpider
from scrapers.planning import Company
from scrapers.sample import truth_lives
from scrapers.sample.world import SampleWorld


@pytest.mark.parametrize("spider_class", [GreenhouseSpider, LeverSpider, AshbySpider])
def test_every_planted_posting_is_read_once(world: SampleWorld, spider_class: type[BoardSpider]) -> None:
    spider = spider_class()
    week = world.weeks - 1
    planted = {
        truth_lives.identity(listing): listing
        for listing in truth_lives.seen_in_week(world, week)
        if listing.account.board == spider.name
    }
    read: Counter[Any] = Counter()
    for account in world.companies_at(world.observation_dates[week]):
        if account.board != spider.name:
            continue
        company = Company(slug=account.slug, name=account.company_name)
        (request,) = spider.requests_for(company)
        assert spider.slug_of(request.url) == account.slug
        host, _, path = request.url.removeprefix("https://").partition("/")
        answer = world.response(world.observation_dates[week], host, f"/{path}")
        assert answer is not None
        response = TextResponse(request.url, status=answer.status, body=answer.body, request=request)
        for payload in spider.postings(response):
            posting = spider.to_posting(payload, company)
            identity = truth_lives.ListingId(posting.board, posting.company_slug, posting.native_id)
            read[identity] += 1
            listing = planted[identity]
            # Greenhouse states times in seconds, the other two in milliseconds.
            assert posting.date_posted is not None
            assert abs((posting.date_posted - listing.posted_at).total_seconds()) < 1
            assert (len(posting.base_salary) > 0) == listing.pay_in_field
            assert posting.description_html is not None
            assert len(posting.description_html) > 1500
            assert posting.company_name is not None
            assert posting.location_text is not None
    assert read == Counter(dict.fromkeys(planted, 1))
