with

sightings as (

    select * from {{ ref('stg_sightings') }}

),

postings as (

    select * from {{ ref('stg_postings') }}

),

crawl_runs as (

    select * from {{ ref('stg_crawl_runs') }}

),

board_systems as (

    select * from {{ ref('board_systems') }}

),

-- several runs of one company at one moment are one observation; what a list of the newest lacks may have scrolled off
moments as (

    select
        crawl_runs.board,
        crawl_runs.company_slug,
        crawl_runs.as_of,
        bool_or(crawl_runs.qualifies) as qualifies,
        bool_or(crawl_runs.qualifies and coalesce(board_systems.shows != 'newest', true)) as may_close
    from crawl_runs
    left join board_systems on crawl_runs.board = board_systems.board
    group by all

),

numbered_moments as (

    select
        moments.board,
        moments.company_slug,
        moments.as_of,
        moments.qualifies,
        moments.may_close,
        sum(cast(moments.may_close as integer))
            over (partition by moments.board, moments.company_slug order by moments.as_of)
            as n_closing_through
    from moments

),

owners as (

    select distinct
        postings.posting_key,
        postings.board,
        postings.company_slug
    from postings

),

seen_moments as (

    select distinct
        sightings.posting_key,
        owners.board,
        owners.company_slug,
        sightings.seen_at
    from sightings
    inner join owners on sightings.posting_key = owners.posting_key

),

-- missing from a qualifying moment between two sightings: the posting was closed and came back
marked as (

    select
        seen_moments.posting_key,
        seen_moments.board,
        seen_moments.company_slug,
        seen_moments.seen_at,
        coalesce(numbered_moments.qualifies and numbered_moments.as_of = seen_moments.seen_at, false) as qualifies,
        coalesce(numbered_moments.may_close and numbered_moments.as_of = seen_moments.seen_at, false) as may_close,
        coalesce(numbered_moments.n_closing_through, 0) as n_closing_through
    from seen_moments
    -- as of: a sighting stays one, even where its run says nothing of the company
    asof left join numbered_moments
        on
            seen_moments.board = numbered_moments.board
            and seen_moments.company_slug = numbered_moments.company_slug
            and seen_moments.seen_at >= numbered_moments.as_of

),

reopenings as (

    select
        marked.*,
        coalesce(
            lag(marked.n_closing_through) over (partition by marked.posting_key order by marked.seen_at)
            < marked.n_closing_through - cast(marked.may_close as integer),
            false
        ) as is_reopening
    from marked

),

numbered as (

    select
        reopenings.*,
        1 + sum(cast(reopenings.is_reopening as integer))
            over (partition by reopenings.posting_key order by reopenings.seen_at)
            as spell_no
    from reopenings

),

spells as (

    select
        numbered.posting_key,
        numbered.board,
        numbered.company_slug,
        numbered.spell_no,
        min(numbered.seen_at) as opened_at,
        max(numbered.seen_at) as last_seen_at,
        min(numbered.seen_at) filter (where numbered.qualifies) as first_qualified_sighting_at,
        max(numbered.n_closing_through) as n_closing_through
    from numbered
    group by all

),

final as (

    select
        spells.posting_key,
        spells.board,
        spells.company_slug,
        cast(spells.spell_no as integer) as spell_no,
        spells.opened_at,
        spells.last_seen_at,
        spells.first_qualified_sighting_at,
        closings.as_of as closed_at
    from spells
    left join numbered_moments as closings
        on
            spells.board = closings.board
            and spells.company_slug = closings.company_slug
            and closings.may_close
            and spells.n_closing_through + 1 = closings.n_closing_through

)

select * from final
