with

crawl_moments as (

    select * from {{ ref('int_crawl_moments') }}

),

sightings as (

    select * from {{ ref('stg_sightings') }}

),

lives as (

    select * from {{ ref('int_posting_lives') }}

),

board_systems as (

    select * from {{ ref('board_systems') }}

),

newest_boards as (

    select board_systems.board
    from board_systems
    where board_systems.shows = 'newest'

),

shown as (

    select
        lives.board,
        lives.company_slug,
        sightings.seen_at,
        min(lives.first_seen_at) as first_seen_at
    from sightings
    inner join lives on sightings.posting_key = lives.posting_key
    inner join newest_boards on lives.board = newest_boards.board
    group by all

),

crawls as (

    select
        crawl_moments.board,
        crawl_moments.company_slug,
        crawl_moments.as_of,
        lag(crawl_moments.as_of) over of_list as previous_as_of,
        -- the earliest first sighting of what the list showed; null if it was empty
        shown.first_seen_at,
        lag(shown.first_seen_at) over of_list as previous_first_seen_at
    from crawl_moments
    inner join newest_boards on crawl_moments.board = newest_boards.board
    left join shown
        on
            {{ same('crawl_moments', 'shown', ['board', 'company_slug']) }}
            and crawl_moments.as_of = shown.seen_at
    where crawl_moments.qualifies
    window of_list as (
        partition by crawl_moments.board, crawl_moments.company_slug
        order by crawl_moments.as_of
    )

),

pauses as (

    select
        crawls.board,
        crawls.company_slug,
        crawls.previous_as_of as unseen_from,
        crawls.as_of as unseen_until,
        date_diff('second', crawls.previous_as_of, crawls.as_of) as seconds,
        -- an empty list has nothing that could have scrolled off
        coalesce(crawls.previous_first_seen_at is not null and crawls.first_seen_at > crawls.previous_as_of, false)
            as is_replaced
    from crawls
    where crawls.previous_as_of is not null

),

-- both only look back, so that a later crawl changes no earlier week
judged as (

    select
        pauses.*,
        median(pauses.seconds) over (
            partition by pauses.board, pauses.company_slug
            order by pauses.unseen_from
            rows between {{ var('usual_pauses') }} preceding and 1 preceding
        ) as usual_seconds,
        lag(pauses.is_replaced) over (
            partition by pauses.board, pauses.company_slug
            order by pauses.unseen_from
        ) as was_replaced_before
    from pauses

),

final as (

    select
        judged.board,
        judged.company_slug,
        judged.unseen_from,
        judged.unseen_until
    from judged
    where
        judged.is_replaced
        -- a list may be replaced once at the usual pause, as a monthly thread is
        and (
            coalesce(judged.seconds > {{ var('max_pause') }} * judged.usual_seconds, true)
            or judged.was_replaced_before
        )

)

select * from final
