"""Checks of ``raw.posting_versions``: the contents that the pending runs landed.

Checks of identity are strict: one bad key closes the gate. Checks of what employers write are not: a single odd title,
address or date is a warning. They close the gate only if one run brings five or more of them and more than a small
share, because then a board or a spider has changed.
"""

from __future__ import annotations

from great_expectations import expectations as gxe

from expectations.suite import Batch, TableSuite, check
from expectations.suites.shared_bounds import WEB_ADDRESS, address_start

_WITHDRAW = "Find out what changed on the board, fix the spider, withdraw the run, and crawl the board again."
_LOOK = "Open the sample in Data Docs. If the board states it so, there is nothing to do."
_UUID = r"^(?!00000000-0000-0000-0000-000000000000)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
_DAYS_SINCE_2000 = "date_diff('day', date '2000-01-01', {})"
_DAYS_AHEAD = "date_diff('second', $as_of::timestamp, {}) / 86400.0"

_BAD_URL = "url is not null and not regexp_matches(url, '^https?://[^\\s/]+', 'i')"
_BAD_DATE = f"""coalesce(
    {_DAYS_SINCE_2000.format("date_posted")} < 0 or {_DAYS_AHEAD.format("date_posted")} > 366, false)"""
_BAD_TITLE = "length(title) > 300"
# Titles that are in scope on every board (scrapers.scope). If postings have separate pages, only those of such titles
# are read, so other postings have no description on purpose.
SURELY_IN_SCOPE = (
    "machine learning (engineer|scientist)|data (engineer|scientist)|ml engineer|software (engineer|developer)|"
    "full[- ]?stack (engineer|developer)|(back|front)[- ]?end (engineer|developer)"
)
_IN_SCOPE = f"regexp_matches(title, '\\b({SURELY_IN_SCOPE})\\b', 'i')"


def _key(column: str) -> str:
    """SQL: the key, but with one UUID instead of every valid one, so that equal rows can be read once."""
    return f"""case when regexp_full_match({column}::varchar, '[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}')
        and {column}::varchar <> '00000000-0000-0000-0000-000000000000'
        then 'ffffffff-ffff-ffff-ffff-ffffffffffff' else {column}::varchar end"""


def _share(condition: str) -> str:
    """SQL: the share of rows; null below five of them, because a single odd row of a small run is no pattern."""
    return f"case when count(*) filter (where {condition}) >= 5 then avg(({condition})::int) end"


_PAY_RANGES = "(select landed_run_id, unnest(base_salary) as pay from versions_in_batch) as ranges"
# 10 million is plausible pay per year where a unit is worth a cent or less.
_SMALL_UNITS = (
    "('ARS', 'CLP', 'COP', 'CRC', 'HUF', 'IDR', 'INR', 'IRR', 'ISK', 'JPY', 'KRW', 'KZT', 'LKR', 'NGN', "
    "'PKR', 'PYG', 'RSD', 'TZS', 'UGX', 'UZS', 'VND')"
)
_LARGEST = "greatest(pay.min_value, pay.max_value)"
_SMALLEST = "least(pay.min_value, pay.max_value)"
_TOO_LARGE = (
    f"coalesce({_LARGEST} >= case when upper(pay.currency) in {_SMALL_UNITS} then 100_000_000_000 "
    "else 10_000_000 end, false)"
)

SUITE = TableSuite(
    gate="raw",
    table="raw.posting_versions",
    batches=(
        Batch(
            name="",
            unit="versions",
            relation="versions_in_batch",
            where="landed_run_id",
            columns={
                "posting_key": _key("posting_key"),
                "content_hash": _key("content_hash"),
                "copies": """(select count(*) from raw.posting_versions as other
                    where other.posting_key = versions_in_batch.posting_key
                        and other.content_hash = versions_in_batch.content_hash)""",
                "identity": "nullif(trim(board), '') || nullif(trim(company_slug), '') || nullif(trim(native_id), '')",
                "board_is_known": "coalesce(board in (select board from raw.crawl_runs), false)",
                "title": "nullif(trim(title), '')",
                "title_length": "length(trim(title))",
                "url": address_start("url"),
                "date_posted_days_since_2000": _DAYS_SINCE_2000.format("date_posted"),
                "date_posted_days_ahead": _DAYS_AHEAD.format("date_posted"),
                "valid_through_days_since_2000": _DAYS_SINCE_2000.format("valid_through"),
                "valid_through_days_ahead": _DAYS_AHEAD.format("valid_through"),
            },
            checks=(
                check(
                    gxe.ExpectColumnValuesToNotBeNull,
                    "key_present",
                    "without a posting key",
                    column="posting_key",
                    severity="critical",
                    reason="2026-11: the key is the identity (board, company, id); without it nothing can be joined.",
                    remedy=_WITHDRAW,
                ),
                check(
                    gxe.ExpectColumnValuesToMatchRegex,
                    "key_form",
                    "whose posting key is not a UUID",
                    column="posting_key",
                    regex=_UUID,
                    severity="critical",
                    reason="2026-11: keys are UUIDs of version 5; a failed hash leaves the nil UUID.",
                    remedy=_WITHDRAW,
                ),
                check(
                    gxe.ExpectColumnValuesToNotBeNull,
                    "hash_present",
                    "without a content hash",
                    column="content_hash",
                    severity="critical",
                    reason="2026-11: facts are kept per content hash; a content without one is never read.",
                    remedy=_WITHDRAW,
                ),
                check(
                    gxe.ExpectColumnValuesToMatchRegex,
                    "hash_form",
                    "whose content hash is not in the form of a UUID",
                    column="content_hash",
                    regex=_UUID,
                    severity="critical",
                    reason="2026-11: a 16-byte hash, written as a UUID; a failed hash leaves the nil UUID.",
                    remedy=_WITHDRAW,
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "content_once",
                    "that are in the table more than once",
                    column="copies",
                    max_value=1,
                    severity="critical",
                    reason="2026-11: one row per posting and content; a second row multiplies every join on it.",
                    remedy="The table was edited by hand, or two loads ran at once: rebuild raw from the landing.",
                ),
                check(
                    gxe.ExpectColumnValuesToNotBeNull,
                    "identity_present",
                    "without board, company or the board's id",
                    column="identity",
                    severity="critical",
                    reason="2026-11: the key is made of these three.",
                    remedy=_WITHDRAW,
                ),
                check(
                    gxe.ExpectColumnValuesToBeInSet,
                    "board_known",
                    "of a board without any crawl",
                    column="board_is_known",
                    value_set=(True,),
                    severity="critical",
                    reason="2026-11: only runs of the board may close its postings; without any they stay open.",
                    remedy=_WITHDRAW,
                ),
                check(
                    gxe.ExpectColumnValuesToNotBeNull,
                    "title_present",
                    "without a title",
                    column="title",
                    severity="critical",
                    reason="2026-11: all 4,342 recorded postings have one; spiders reject objects without one.",
                    remedy=_WITHDRAW,
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "title_length",
                    "with a title of one character, or of more than 200",
                    column="title_length",
                    min_value=2,
                    max_value=200,
                    severity="warning",
                    reason="2026-11: recorded titles have 2 to 119 characters.",
                    remedy=_LOOK,
                ),
                check(
                    gxe.ExpectColumnValuesToNotBeNull,
                    "url_present",
                    "without an address",
                    column="url",
                    mostly=0.98,
                    severity="warning",
                    reason="2026-11: all recorded postings have one; analysts follow it to the source.",
                    remedy="Check the spider's mapping of `url`.",
                ),
                check(
                    gxe.ExpectColumnValuesToMatchRegex,
                    "url_http",
                    "whose address is not http(s)",
                    column="url",
                    regex=WEB_ADDRESS,
                    severity="warning",
                    reason="2026-11: all recorded addresses are https; nothing else is a link to follow.",
                    remedy=_LOOK,
                ),
                check(
                    gxe.ExpectColumnValuesToNotBeNull,
                    "payload_present",
                    "without the board's object (payload)",
                    column="payload",
                    severity="critical",
                    reason="2026-11: raw keeps everything; without the payload it cannot be read better later.",
                    remedy=_WITHDRAW,
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "date_posted_not_before_2000",
                    "published before 2000",
                    column="date_posted_days_since_2000",
                    min_value=0,
                    severity="warning",
                    reason="2026-11: the oldest recorded date is 2019-11; a missing number becomes 1970.",
                    remedy=_LOOK,
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "date_posted_not_ahead",
                    "published more than a day after as_of",
                    column="date_posted_days_ahead",
                    max_value=1,
                    severity="warning",
                    reason="2026-11: one day of tolerance for boards that state a date without a time zone.",
                    remedy=_LOOK,
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "valid_through_not_before_2000",
                    "whose last day to apply is before 2000",
                    column="valid_through_days_since_2000",
                    min_value=0,
                    severity="warning",
                    reason="2026-11: a missing number becomes 1970.",
                    remedy=_LOOK,
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "valid_through_not_far_ahead",
                    "whose last day to apply is more than ten years ahead",
                    column="valid_through_days_ahead",
                    max_value=3653,
                    severity="warning",
                    reason="2026-11: some boards write 2099 for 'no end'; such a value is not a date.",
                    remedy=_LOOK,
                ),
                check(
                    gxe.ExpectColumnValuesToBeInSet,
                    "no_error_page",
                    "whose description is an error page",
                    column="is_error_page",
                    value_set=(False,),
                    severity="warning",
                    reason="2026-11: none in the recordings; such a page has a <title>, a posting has none.",
                    remedy=_LOOK,
                ),
                check(
                    gxe.ExpectColumnValuesToMatchRegex,
                    "language_tag",
                    "whose language is not a language tag",
                    column="language",
                    regex=r"^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$",
                    mostly=0.99,
                    severity="warning",
                    reason="2026-11: recorded tags are en, fr, ja; a name such as 'English' needs a mapping.",
                    remedy="Map the board's value in its spider, or leave the field null.",
                ),
                check(
                    gxe.ExpectColumnValuesToBeInSet,
                    "little_mojibake",
                    "with wrongly decoded letters",
                    column="is_mojibake",
                    value_set=(False,),
                    mostly=0.99,
                    severity="warning",
                    reason="2026-11: none in the recordings; some employers paste broken text, but not 1 % of them.",
                    remedy="Compare the payload with the board's page. If the page is right, fix the decoding.",
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "description_size",
                    "with a description of more than a million characters",
                    column="description_length",
                    max_value=1_000_000,
                    severity="warning",
                    reason="2026-11: recorded descriptions have fewer than 25,000; longer ones contain pasted images.",
                    remedy=_LOOK,
                ),
            ),
        ),
        Batch(
            name="by_run",
            unit="runs",
            relation="versions_in_batch group by landed_run_id",
            where="landed_run_id",
            columns={
                "long_title_share": _share(_BAD_TITLE),
                "bad_url_share": _share(_BAD_URL),
                "bad_date_share": _share(_BAD_DATE),
                "error_page_share": _share("is_error_page"),
            },
            checks=tuple(
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    key,
                    finding,
                    column=column,
                    max_value=0.02,
                    severity="critical",
                    reason=f"2026-11: {reason} Five in a run and 2 % are more than an employer's mistake.",
                    remedy=_WITHDRAW,
                )
                for key, column, finding, reason in (
                    (
                        "few_long_titles",
                        "long_title_share",
                        "with more than 2 % of titles longer than 300 characters",
                        "recorded titles have at most 119 characters; longer ones come from another field.",
                    ),
                    (
                        "few_bad_urls",
                        "bad_url_share",
                        "with more than 2 % of addresses that are not http(s)",
                        "all recorded addresses are https.",
                    ),
                    (
                        "few_bad_dates",
                        "bad_date_share",
                        "with more than 2 % of publication dates before 2000 or more than a year ahead",
                        "seconds read as milliseconds are far out; a recording may be replayed as of an earlier day.",
                    ),
                    (
                        "few_error_pages",
                        "error_page_share",
                        "with more than 2 % of descriptions that are error pages",
                        "a block against crawlers answers with a page and status 200.",
                    ),
                )
            ),
        ),
        Batch(
            name="by_board",
            unit="boards",
            relation="versions_in_batch group by board having count(*) >= 20",
            where="board",
            where_unit="boards",
            columns={
                "description_share": f"""case when count(*) filter (where {_IN_SCOPE}) >= 5
                    then avg(is_described::int) filter (where {_IN_SCOPE}) end""",
                "location_share": "avg(is_located::int)",
            },
            checks=(
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "described",
                    "where fewer than half of the postings in scope have a description",
                    column="description_share",
                    min_value=0.5,
                    severity="warning",
                    reason="2026-11: Ashby and Lever give all; a Greenhouse listing without content gives none (449 of "
                    "484 in the recordings). Checked if there are at least five; pages out of scope are not read.",
                    remedy="Request the content from the board (Greenhouse: content=true), or expect no skills.",
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "located",
                    "where fewer than 90 % of the postings have a location",
                    column="location_share",
                    min_value=0.9,
                    severity="warning",
                    reason="2026-11: all recorded postings of these boards have one.",
                    remedy="Check the spider's mapping of `location_text` and `job_locations`.",
                ),
            ),
        ),
        Batch(
            name="pay",
            unit="pay ranges",
            relation=_PAY_RANGES,
            where="landed_run_id",
            columns={
                "smallest_amount": _SMALLEST,
                "is_too_large": _TOO_LARGE,
                "is_ordered": "coalesce(pay.min_value <= pay.max_value, true)",
                "currency": "upper(pay.currency)",
            },
            checks=(
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "pay_positive",
                    "with an amount of zero or less",
                    column="smallest_amount",
                    min_value=0,
                    strict_min=True,
                    severity="warning",
                    reason="2026-11: 3 of 1,806 recorded ranges start at 0, which means 'up to'.",
                    remedy="None while they are few: the lower end is read as unknown.",
                ),
                check(
                    gxe.ExpectColumnValuesToBeInSet,
                    "pay_below_ten_million",
                    "with an amount of 10 million or more (100 billion in currencies of small units)",
                    column="is_too_large",
                    value_set=(False,),
                    severity="warning",
                    reason="2026-11: the largest recorded one is 9 million INR; 1 million in other currencies.",
                    remedy=_LOOK,
                ),
                check(
                    gxe.ExpectColumnValuesToBeInSet,
                    "pay_ordered",
                    "whose lower end is above the upper one",
                    column="is_ordered",
                    value_set=(True,),
                    severity="warning",
                    reason="2026-11: none in 1,806 recorded ranges.",
                    remedy=_LOOK,
                ),
                check(
                    gxe.ExpectColumnValuesToMatchRegex,
                    "pay_currency",
                    "whose currency is not an ISO 4217 code",
                    column="currency",
                    regex=r"^[A-Z]{3}$",
                    mostly=0.95,
                    severity="warning",
                    reason="2026-11: all recorded ranges with a currency use the code.",
                    remedy="Map the board's name for the currency in extraction.",
                ),
            ),
        ),
        Batch(
            name="pay_by_run",
            unit="runs",
            relation=f"{_PAY_RANGES} group by landed_run_id",
            where="landed_run_id",
            columns={
                "negative_pay_share": _share(f"coalesce({_SMALLEST} <= 0, false)"),
                "large_pay_share": _share(_TOO_LARGE),
            },
            checks=(
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "few_negative_pay",
                    "with more than 10 % of pay ranges at zero or less",
                    column="negative_pay_share",
                    max_value=0.1,
                    severity="critical",
                    reason="2026-11: well under 1 % in the recordings; a tenth means that the field has changed.",
                    remedy=_WITHDRAW,
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "few_large_pay",
                    "with more than 2 % of pay ranges at 10 million or more",
                    column="large_pay_share",
                    max_value=0.02,
                    severity="critical",
                    reason="2026-11: none in the recordings; amounts in cents look like this.",
                    remedy=_WITHDRAW,
                ),
            ),
        ),
    ),
)
