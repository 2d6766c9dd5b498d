"""Which crawls may close a posting or count as coverage (DESIGN §4)."""

from __future__ import annotations

# Which runs may close a posting or count as coverage (DESIGN §4). Derived from the facts beside it, for all
# runs of a company anew, because a run that is loaded late changes the median of those after it. Where all answers
# were read, an object that a board shows broken (no title, no id) does not spoil the rest: one, or up to 5 %.
QUALIFY = """
with clean as (
    select
        *,
        status = 'complete' and errors = 0
        or status = 'partial' and errors = rejected and rejected <= greatest(1, 0.05 * (postings + rejected))
            as is_clean
    from raw.crawl_runs
    where origin <> 'backfill' -- an archive tells what was advertised, and nothing of what was not
),
windowed as (
    select
        run_id, board, company_slug, status, reason, postings, is_clean,
        median(postings) filter (where is_clean) over before_it as trailing_median,
        coalesce(max(postings) filter (where is_clean) over ever_before, 0) > 0 as had_postings,
        sum((is_clean and postings = 0)::int) over up_to_it as empty_in_a_row
    from clean
    window
        before_it as (partition by board, company_slug order by as_of, run_id rows between 8 preceding and 1 preceding),
        ever_before as (
            partition by board, company_slug order by as_of, run_id rows between unbounded preceding and 1 preceding
        ),
        up_to_it as (partition by board, company_slug order by as_of, run_id rows between 2 preceding and current row)
),
judged as (
    select
        *,
        case
            when not is_clean then coalesce(reason, 'errors during the crawl')
            when postings = 0 and had_postings and empty_in_a_row < 3
                then 'empty answer; counts when repeated three times'
            when postings > 0 and postings < 0.25 * trailing_median
                then 'fewer than a quarter of the usual postings'
        end as objection
    from windowed
)
update raw.crawl_runs as runs
set trailing_median = judged.trailing_median,
    qualifies = judged.objection is null,
    qualifies_reason = judged.objection
from judged
where runs.run_id = judged.run_id and runs.board = judged.board and runs.company_slug = judged.company_slug
  and (runs.trailing_median is distinct from judged.trailing_median
       or runs.qualifies is distinct from (judged.objection is null)
       or runs.qualifies_reason is distinct from judged.objection)
"""
