"""Checks of ``raw.crawl_runs`` (one row per run, board and company), for the pending runs."""

from __future__ import annotations

from great_expectations import expectations as gxe

from expectations.suite import Batch, TableSuite, check

_WITHDRAW = "Look at the run's run.json in the landing. If it cannot be repaired, withdraw the run and crawl again."

# Only the newest crawl of each company in the batch counts: a successful retry makes up for a failure.
_LATEST = """(
    select board, company_slug, status
    from crawls_in_batch
    qualify row_number() over (partition by board, company_slug order by as_of desc, attempt desc) = 1)"""

# All crawls so far of the companies in the batch, except companies whose newest crawl failed.
_COMPANIES = """(
    select
        board || '/' || company_slug as company, as_of, attempt, status,
        max(as_of) filter (where qualifies) over (partition by board, company_slug) as last_qualified_at
    from raw.crawl_runs
    where origin is distinct from 'backfill' and as_of <= $as_of::timestamp
        and (board, company_slug) in (select (board, company_slug) from crawls_in_batch)
) as crawls
group by company having arg_max(status, (as_of, attempt)) is distinct from 'failed'"""

# How many postings of the newest crawl have a field, and how many usually have it: for each company that was crawled
# before, and for each board with several companies. Postings that are known already are not read again and do not count
# as missing. No board has all fields, so the field that is missing most often shows how many postings were read. The
# usual number therefore refers to the postings read, the newest one to all postings. Comments of Hacker News are landed
# whole, and staging reads these fields from their text; earlier versions read them before landing.
_FIELDS = """(
    with newest as (
        select board, company_slug, as_of, postings, missing from crawls_in_batch
        where origin is distinct from 'backfill' and postings > 0
        qualify row_number() over (partition by board, company_slug order by as_of desc, attempt desc) = 1
    ),
    earlier as (
        select board, company_slug, crawl.missing, list_max(map_values(crawl.missing)) as n_read
        from raw.crawl_runs as crawl join newest using (board, company_slug)
        where crawl.origin is distinct from 'backfill' and crawl.as_of < newest.as_of
            and crawl.as_of >= newest.as_of - interval 28 days
    ),
    usual as (select board, company_slug, sum(n_read) as n_read from earlier group by all having sum(n_read) > 0),
    usually_missing as (
        select board, company_slug, entry.key as field, sum(entry.value) as n_missing
        from (select board, company_slug, unnest(map_entries(missing)) as entry from earlier) group by all
    ),
    fields as (
        select distinct board, field from newest, unnest(map_keys(missing)) as stated(field)
        where board <> 'hn' or field not in
            ('company_name', 'location_text', 'workplace_text', 'employment_type_text', 'pay_text')
    )
    select
        board, company_slug, field, postings - coalesce(missing[field], 0) as n_stated,
        postings * (1 - coalesce(n_missing, 0) / n_read) as n_usual
    from newest
    join usual using (board, company_slug)
    join fields using (board)
    left join usually_missing using (board, company_slug, field)
) as of_companies
group by grouping sets ((board, field), (board, company_slug, field)) having company_slug is not null or count(*) > 1"""

SUITE = TableSuite(
    gate="raw",
    table="raw.crawl_runs",
    batches=(
        Batch(
            name="",
            unit="company crawls",
            relation="crawls_in_batch",
            where="run_id",
            columns={
                "key_parts": "nullif(trim(run_id), '') || nullif(trim(board), '') || nullif(trim(company_slug), '')",
                "copies": "count(*) over (partition by run_id, board, company_slug)",
                "boards_of_run": "count(distinct board) over (partition by run_id)",
                "days_since_2000": "date_diff('day', date '2000-01-01', as_of)",
                "smallest_count": """list_min([coalesce(n, -1) for n in
                    [requests, errors, postings, duplicates, rejected]])""",
                "explained": "status is not distinct from 'complete' or nullif(trim(reason), '') is not null",
                "times_the_median": """case when status = 'complete' and trailing_median >= 10
                    then postings / trailing_median end""",
                "rejected_share": "case when rejected >= 5 then rejected / (postings + rejected) end",
            },
            checks=(
                check(
                    gxe.ExpectColumnValuesToNotBeNull,
                    "key_present",
                    "without run, board or company",
                    column="key_parts",
                    severity="critical",
                    reason="2026-11: a crawl without them can neither close a posting nor count as coverage.",
                    remedy=_WITHDRAW,
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "key_once",
                    "that are in the table more than once",
                    column="copies",
                    max_value=1,
                    severity="critical",
                    reason="2026-11: (run, board, company) is the key; a second row would count the coverage twice.",
                    remedy=_WITHDRAW,
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "one_board_a_run",
                    "of a run that names several boards",
                    column="boards_of_run",
                    max_value=1,
                    severity="critical",
                    reason="2026-11: a run belongs to one board; only a run of its board may close a posting.",
                    remedy=_WITHDRAW,
                ),
                check(
                    gxe.ExpectColumnValuesToMatchRegex,
                    "board_name",
                    "of a board that has no valid spider name",
                    column="board",
                    regex=r"^[a-z][a-z0-9_]*$",
                    severity="critical",
                    reason="2026-11: boards have the names of their spiders' files; no spider wrote any other name.",
                    remedy=_WITHDRAW,
                ),
                check(
                    gxe.ExpectColumnValuesToBeInSet,
                    "status_known",
                    "with an unknown status",
                    column="status",
                    value_set=("complete", "partial", "failed"),
                    severity="critical",
                    reason="2026-11: a crawl with an unknown status would never qualify, without any message.",
                    remedy=_WITHDRAW,
                ),
                check(
                    gxe.ExpectColumnValuesToNotBeNull,
                    "status_present",
                    "without a status",
                    column="status",
                    severity="critical",
                    reason="2026-11: a crawl whose outcome is unknown must not count as coverage.",
                    remedy=_WITHDRAW,
                ),
                check(
                    gxe.ExpectColumnValuesToBeInSet,
                    "origin_known",
                    "with an unknown origin",
                    column="origin",
                    value_set=("sample", "recorded", "live", "backfill"),
                    severity="critical",
                    reason="2026-11: it decides whether the published database calls itself a sample world.",
                    remedy=_WITHDRAW,
                ),
                check(
                    gxe.ExpectColumnValuesToNotBeNull,
                    "moment_present",
                    "without as_of",
                    column="days_since_2000",
                    severity="critical",
                    reason="2026-11: sightings are dated by it; without it the lifetime of a posting is unknown.",
                    remedy=_WITHDRAW,
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "moment_sane",
                    "with as_of before 2000",
                    column="days_since_2000",
                    min_value=0,
                    severity="critical",
                    reason="2026-11: no job board could be crawled then; the upper limit is the gate's as_of.",
                    remedy=_WITHDRAW,
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "counts_sane",
                    "with a count that is missing or negative",
                    column="smallest_count",
                    min_value=0,
                    severity="critical",
                    reason="2026-11: these counts decide whether a crawl qualifies (trailing median, errors).",
                    remedy=_WITHDRAW,
                ),
                check(
                    gxe.ExpectColumnValuesToBeInSet,
                    "gap_explained",
                    "that are not complete and state no reason",
                    column="explained",
                    value_set=(True,),
                    severity="warning",
                    reason="2026-11: rpt_board_coverage_weekly shows the most frequent reason for a gap.",
                    remedy="Make the spider state a reason wherever it sets the status.",
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "usual_size",
                    "with less than half or more than three times the usual number of postings",
                    column="times_the_median",
                    min_value=0.5,
                    max_value=3,
                    severity="warning",
                    reason="2026-11: below a quarter the crawl does not qualify; half is early enough to look. "
                    "Checked for companies with ten or more postings.",
                    remedy="Open the company's board. A hiring stop is real; a changed page size is a spider bug.",
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "few_rejected",
                    "with more than 2 % of their objects rejected",
                    column="rejected_share",
                    max_value=0.02,
                    severity="warning",
                    reason="2026-11: none in the recordings; five or more of one company mean a changed format.",
                    remedy="Read the reasons in raw.rejected_postings, which also keeps the payload.",
                ),
            ),
        ),
        Batch(
            name="warehouse",
            unit="origins",
            # A backfill is the past of live boards.
            relation="(select distinct origin from raw.crawl_runs where origin is not null and origin <> 'backfill')",
            where="origin",
            where_unit="origins",
            columns={"origins_together": "count(*) over ()"},
            checks=(
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "one_origin",
                    "that are mixed in one warehouse",
                    column="origins_together",
                    max_value=1,
                    severity="critical",
                    reason="2026-11: figures that mix invented, recorded and live postings mean nothing. Checked for "
                    "all runs in the warehouse, including those that have passed.",
                    remedy="Withdraw the runs that do not belong here (`jobmarket load --withdraw RUN_ID --reason …`) "
                    "and crawl them into a separate home.",
                ),
            ),
        ),
        Batch(
            name="batch",
            unit="batches",
            relation=f"{_LATEST} as latest group by all having count(*) >= 5",
            columns={"complete_share": "avg((status is not distinct from 'complete')::int)"},
            checks=(
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "enough_complete",
                    "in which fewer than 30 % of the companies were crawled completely",
                    column="complete_share",
                    min_value=0.3,
                    severity="critical",
                    reason="2026-11: if seven companies in ten are missing, the fault is ours or the network's. "
                    "Checked if there are at least five companies, by the newest crawl of each in the batch.",
                    remedy="Read the reasons in raw.crawl_runs, fix what is broken, and crawl again: the new runs "
                    "make up for the failed ones.",
                ),
            ),
        ),
        Batch(
            name="by_board",
            unit="boards",
            relation="crawls_in_batch group by board",
            where="board",
            where_unit="boards",
            columns={
                "complete_share": """count(distinct company_slug) filter (where status = 'complete')
                    / nullif(count(distinct company_slug), 0)""",
                "duplicate_share": "sum(duplicates) / nullif(sum(postings) + sum(duplicates), 0)",
            },
            checks=(
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "board_complete",
                    "where fewer than 90 % of the companies were crawled completely",
                    column="complete_share",
                    min_value=0.9,
                    severity="warning",
                    reason="2026-11: below a coverage of 0.8 cells become a coverage break; 0.9 leaves time to react.",
                    remedy="`jobmarket status` lists the reasons. Remove vanished boards from companies.csv.",
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "few_duplicates",
                    "where more than 5 % of the objects repeat a posting",
                    column="duplicate_share",
                    max_value=0.05,
                    severity="warning",
                    reason="2026-11: none in the recordings; many repeats mean overlapping pages, or one read twice.",
                    remedy="Check the spider's pagination against the board's documentation.",
                ),
            ),
        ),
        Batch(
            name="by_company",
            unit="companies",
            relation=_COMPANIES,
            where="company",
            where_unit="companies",
            columns={
                "days_without_qualifying": """case
                    when count(distinct as_of) filter (
                        where status is distinct from 'failed'
                            and as_of > coalesce(last_qualified_at, timestamp '-infinity')) >= 3
                    then date_diff('day', coalesce(max(last_qualified_at), min(as_of)), max(as_of)) end""",
            },
            checks=(
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "closes_in_time",
                    "that answer, but have had no qualifying crawl for three weeks",
                    column="days_without_qualifying",
                    max_value=21,
                    severity="warning",
                    reason="2026-11: a list that became short or empty is accepted after fourteen days. One that does "
                    "not qualify for longer is cut off each time, and its postings stay open for up to nine weeks.",
                    remedy="Read status, reason and qualifies_reason of its rows in raw.crawl_runs. Fix what cuts its "
                    "crawls off, or remove its row from companies.csv.",
                ),
            ),
        ),
        Batch(
            name="by_field",
            unit="fields of a company's or a board's postings",
            relation=_FIELDS,
            # a board comes before its companies, because a blank sorts before a slash
            where="place",
            where_unit="of",
            columns={
                "stated_of_usual": "case when sum(n_usual) >= 5 then sum(n_stated) / sum(n_usual) end",
                "place": """board || coalesce('/' || company_slug, '') || ' ' || field || ': '
                    || sum(n_stated)::bigint || ' instead of ' || round(sum(n_usual))::bigint""",
            },
            checks=(
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "fields_kept",
                    "that nearly all postings have lost, although they usually state them",
                    column="stated_of_usual",
                    min_value=0.05,
                    severity="warning",
                    reason="2026-11: if a board renames a field, complete crawls bring postings without text or pay. "
                    "Checked if five or more postings should state it, by the crawls of the four weeks before; on hn, "
                    "not for fields that are read from comments after loading.",
                    remedy="Compare a payload in raw.posting_versions with the spider's mapping; `jobmarket boards "
                    "check` lists fields that are new on the board.",
                ),
            ),
        ),
    ),
)
