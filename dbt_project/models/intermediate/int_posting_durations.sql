with

lives as (

    select * from {{ ref('int_posting_lives') }}

),

duplicates as (

    select * from {{ ref('int_posting_duplicates') }}

),

postings as (

    select * from {{ ref('int_postings') }}

),

board_systems as (

    select * from {{ ref('board_systems') }}

),

crawl_moments as (

    select * from {{ ref('int_crawl_moments') }}

),

-- omits lists of the newest: a missing posting may have scrolled off, so none is ever found closed
watched as (

    select lives.*
    from lives
    left join board_systems on lives.board = board_systems.board
    where coalesce(board_systems.shows != 'newest', true)

),

showing_all as (

    select
        crawl_moments.board,
        crawl_moments.company_slug,
        crawl_moments.as_of
    from crawl_moments
    where crawl_moments.closes_seen_since = timestamp '-infinity'

),

-- a posting without a date was published after the last crawl that would have shown it; its start is unknown if there
-- was no such crawl, and too uncertain if that crawl was long before the first sighting
promptly_seen as (

    select watched.posting_key
    from watched
    asof inner join showing_all
        on
            watched.board = showing_all.board
            and watched.company_slug = showing_all.company_slug
            and watched.first_seen_at > showing_all.as_of
    where
        watched.posted_at_basis != 'board'
        and round(date_diff('second', showing_all.as_of, watched.first_seen_at) / 86400)
        <= {{ var('max_start_gap_days') }}

),

lived as (

    select
        watched.*,
        {{ day_of_life('watched.posted_at', 'watched.first_seen_at') }} as first_seen_day,
        {{ day_of_life('watched.posted_at', 'watched.last_seen_at') }} as last_seen_day,
        {{ day_of_life('watched.posted_at', 'watched.closed_at') }} as closed_day
    from watched

),

final as (

    select
        lived.posting_key,
        postings.version_no,
        postings.company_key,
        lived.first_seen_day as entered_day,
        lived.last_seen_day,
        -- a miss on the day of the last sighting counts as the next day
        case when lived.closed_at is not null then greatest(lived.closed_day, lived.last_seen_day + 1) end
            as missed_day
    from lived
    inner join duplicates on lived.posting_key = duplicates.posting_key
    inner join postings on lived.posting_key = postings.posting_key
    left join promptly_seen on lived.posting_key = promptly_seen.posting_key
    where
        duplicates.is_canonical
        and (lived.posted_at_basis = 'board' or promptly_seen.posting_key is not null)

)

select * from final
