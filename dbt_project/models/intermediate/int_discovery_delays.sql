with

lives as (

    select * from {{ ref('int_posting_lives') }}

),

crawl_runs as (

    select * from {{ ref('stg_crawl_runs') }}

),

qualifying as (

    select
        crawl_runs.board,
        crawl_runs.company_slug,
        crawl_runs.as_of
    from crawl_runs
    where crawl_runs.qualifies

),

-- the next crawl that could have shown a posting
next_crawls as (

    select
        lives.posting_key,
        qualifying.as_of as next_crawl_at
    from lives
    asof inner join qualifying
        on
            lives.board = qualifying.board
            and lives.company_slug = qualifying.company_slug
            and lives.posted_at <= qualifying.as_of
    where lives.posted_at_basis = 'board'

),

-- Postings dated by their board while their company was being crawled. One published in an outage is found late because
-- nobody looked, which says nothing of other weeks.
final as (

    select
        lives.posting_key,
        lives.board,
        lives.board || chr(31) || lives.company_slug as company,
        lives.posted_at,
        date_diff('second', lives.posted_at, lives.first_qualified_sighting_at) / 86400.0 as delay_days
    from lives
    inner join next_crawls on lives.posting_key = next_crawls.posting_key
    where
        next_crawls.next_crawl_at < lives.posted_at + interval {{ var('max_look_gap_days') }} day
        and lives.covered_since <= lives.posted_at
        -- a posting discovered later than this was missed rather than late
        and date_diff('second', lives.posted_at, lives.first_qualified_sighting_at)
        < {{ var('max_provisional_days') }} * 86400

)

select * from final
