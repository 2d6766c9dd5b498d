with

sightings as (

    select * from {{ ref('stg_sightings') }}

),

postings as (

    select * from {{ ref('stg_postings') }}

),

crawl_moments as (

    select * from {{ ref('int_crawl_moments') }}

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

marked as (

    select
        seen_moments.posting_key,
        seen_moments.board,
        seen_moments.company_slug,
        seen_moments.seen_at,
        coalesce(crawl_moments.qualifies and crawl_moments.as_of = seen_moments.seen_at, false) as qualifies,
        crawl_moments.next_closing_at
    from seen_moments
    -- as of: a sighting stays one, even where its run says nothing of the company
    asof left join crawl_moments
        on
            seen_moments.board = crawl_moments.board
            and seen_moments.company_slug = crawl_moments.company_slug
            and seen_moments.seen_at >= crawl_moments.as_of

),

-- missing from a closing moment between two sightings: the posting was closed and came back
reopenings as (

    select
        marked.*,
        coalesce(
            lag(marked.next_closing_at) over (partition by marked.posting_key order by marked.seen_at)
            < marked.seen_at,
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

final as (

    select
        numbered.posting_key,
        numbered.board,
        numbered.company_slug,
        cast(numbered.spell_no as integer) as spell_no,
        min(numbered.seen_at) as opened_at,
        max(numbered.seen_at) as last_seen_at,
        min(numbered.seen_at) filter (where numbered.qualifies) as first_qualified_sighting_at,
        -- of the last sighting: where none closes, that of the one before it must not come in its place
        arg_max(struct_pack(closed_at := numbered.next_closing_at), numbered.seen_at).closed_at as closed_at
    from numbered
    group by numbered.posting_key, numbered.board, numbered.company_slug, numbered.spell_no

)

select * from final
