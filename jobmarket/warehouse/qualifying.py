"""Judges which crawls qualify: only these may close a posting or count as coverage."""

from __future__ import annotations

import duckdb

from jobmarket.gap_words import EMPTY_LIST, FEW_POSTINGS, INCOMPLETE

# A crawl is judged by the company's earlier crawls: by their sizes, and by which of them qualified. So when a run is
# loaded late or withdrawn, the crawls after it are judged again.
_JUDGE_AGAIN = """
update raw.crawl_runs as later
set qualifies = null
from (
    select board, company_slug, min((as_of, attempt)) as since
    from raw.crawl_runs
    where {changed} and origin <> 'backfill'
    group by all
) as earlier
where later.board = earlier.board and later.company_slug = earlier.company_slug
  and (later.as_of, later.attempt) > earlier.since and later.qualifies is not null
"""

# Judges the first unjudged crawl of each company. If all answers were read, a few broken objects (no title, no id) do
# not disqualify the crawl: one object, or up to 5 %. int_crawl_moments defines what such a crawl may close.
#
# The usual size is the median of the last eight crawls that qualified; crawls that did not qualify are no measure.
# Until one has qualified, it is the most that the recent crawls found. A partial crawl found no more than the employer
# had, so its count may raise what a list is compared with but never lowers it.
# A sudden fall means either that the list was cut short or that the employer closed most of its openings, and only time
# can tell which. A smaller size is accepted once no crawl of the last fourteen days, and none of the last three, found
# four times as many. An empty list of an employer that had postings is accepted on the third day in a row, because an
# interface that is out of order for an afternoon also answers with an empty list. Until then, the company's stock is
# carried forward, and the company counts as a gap in coverage instead of a fall in demand.
_JUDGE_NEXT = f"""
with unjudged as (
    select board, company_slug, min((as_of, attempt)) as next_run, min(as_of) as next_at
    from raw.crawl_runs
    where qualifies is null and origin <> 'backfill' -- an archive says nothing of what was not advertised
    group by all
),
crawls as (
    select
        runs.*,
        runs.qualifies is null as is_next,
        unjudged.next_at,
        status = 'complete' and errors = 0
        or status = 'partial' and errors = rejected and rejected <= greatest(1, 0.05 * (postings + rejected))
            as is_clean,
        is_clean and postings = 0 as is_empty
    from raw.crawl_runs as runs
    inner join unjudged on runs.board = unjudged.board and runs.company_slug = unjudged.company_slug
    where origin <> 'backfill' and (runs.as_of, runs.attempt) <= unjudged.next_run
),
since_filled as (
    select board, company_slug, max((as_of, attempt)) as last_filled
    from crawls
    where not coalesce(is_empty, false)
    group by all
),
empty as (
    select board, company_slug, count(distinct as_of::date) as empty_days
    from crawls
    left join since_filled using (board, company_slug)
    where last_filled is null or (as_of, attempt) > last_filled
    group by all
),
measured as (
    select
        board, company_slug,
        list_median(max_by(postings, (as_of, attempt), 8) filter (where qualifies)) as trailing_median,
        coalesce(max(postings) filter (where not is_next), 0) > 0 as had_postings,
        greatest(
            list_max(max_by(postings, (as_of, attempt), 3) filter (where is_clean)),
            list_max(max_by(postings, (as_of, attempt), 3) filter (where postings > 0)),
            max(postings) filter (where as_of >= next_at - interval 14 days)
        ) as most_lately
    from crawls
    group by all
),
judged as (
    select
        crawls.run_id, crawls.board, crawls.company_slug, measured.trailing_median,
        case
            when not is_clean then '{INCOMPLETE}'
            when postings = 0 and had_postings and empty_days < 3
                then '{EMPTY_LIST}'
            when postings > 0
                and postings < 0.25 * coalesce(measured.trailing_median, most_lately) and postings < 0.25 * most_lately
                then '{FEW_POSTINGS}'
        end as objection
    from crawls
    inner join measured using (board, company_slug)
    left join empty using (board, company_slug)
    where is_next
)
update raw.crawl_runs as runs
set trailing_median = judged.trailing_median,
    qualifies = judged.objection is null,
    qualifies_reason = judged.objection
from judged
where runs.run_id = judged.run_id and runs.board = judged.board and runs.company_slug = judged.company_slug
"""


def qualify(connection: duckdb.DuckDBPyConnection) -> None:
    """Judge all crawls that are not judged yet, and the crawls after them, in order."""
    connection.execute(_JUDGE_AGAIN.format(changed="qualifies is null"))
    while _updated(connection.execute(_JUDGE_NEXT)):
        pass


def judge_without(connection: duckdb.DuckDBPyConnection, run_id: str) -> None:
    """Reset the judgement of the crawls after a run that is about to be withdrawn. `qualify` judges them again."""
    connection.execute(_JUDGE_AGAIN.format(changed="run_id = $run_id"), {"run_id": run_id})


def _updated(result: duckdb.DuckDBPyConnection) -> int:
    row = result.fetchone()
    return int(row[0]) if row else 0
