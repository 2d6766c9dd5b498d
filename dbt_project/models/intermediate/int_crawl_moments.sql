with

crawl_runs as (

    select * from {{ ref('stg_crawl_runs') }}

),

rejected_postings as (

    select * from {{ ref('stg_rejected_postings') }}

),

board_systems as (

    select * from {{ ref('board_systems') }}

),

-- several runs of one company at one moment are one observation
moments as (

    select
        crawl_runs.board,
        crawl_runs.company_slug,
        crawl_runs.as_of,
        bool_or(crawl_runs.qualifies) as qualifies,
        arg_max(crawl_runs.run_id, (crawl_runs.n_rejected = 0, crawl_runs.run_id)) filter (
            where crawl_runs.qualifies
        ) as run_id
    from crawl_runs
    group by all

),

qualified as (

    select
        moments.*,
        row_number() over (partition by moments.board, moments.company_slug order by moments.as_of) as moment_no
    from moments
    where moments.qualifies

),

-- objects that may be any posting of their company: they do not say which
nameless as (

    select
        qualified.board,
        qualified.company_slug,
        qualified.as_of,
        qualified.moment_no,
        rejected_postings.object_hash,
        rejected_postings.copy_no
    from qualified
    inner join rejected_postings
        on
            qualified.run_id = rejected_postings.run_id
            and qualified.company_slug = rejected_postings.company_slug
    where rejected_postings.posting_key is null

),

unbroken_rows as (

    select
        nameless.*,
        nameless.moment_no - row_number() over (
            partition by nameless.board, nameless.company_slug, nameless.object_hash, nameless.copy_no
            order by nameless.moment_no
        ) as row_of_moments
    from nameless

),

shown_since as (

    select
        unbroken_rows.board,
        unbroken_rows.company_slug,
        unbroken_rows.as_of,
        min(unbroken_rows.as_of) over (
            partition by
                unbroken_rows.board,
                unbroken_rows.company_slug,
                unbroken_rows.object_hash,
                unbroken_rows.copy_no,
                unbroken_rows.row_of_moments
        ) as first_shown_at
    from unbroken_rows

),

newest_nameless as (

    select
        shown_since.board,
        shown_since.company_slug,
        shown_since.as_of,
        max(shown_since.first_shown_at) as first_shown_at
    from shown_since
    group by all

),

-- beside a nameless object that was there then as now, a posting was seen: the object is another one
judged as (

    select
        moments.board,
        moments.company_slug,
        moments.as_of,
        moments.qualifies,
        -- what a list of the newest lacks may have scrolled off
        case
            when moments.qualifies and coalesce(board_systems.shows != 'newest', true)
                then coalesce(newest_nameless.first_shown_at, timestamp '-infinity')
        end as closes_seen_since
    from moments
    left join board_systems on moments.board = board_systems.board
    left join newest_nameless
        on
            moments.board = newest_nameless.board
            and moments.company_slug = newest_nameless.company_slug
            and moments.as_of = newest_nameless.as_of

),

-- before the first crawl: a run that broke off may have seen a posting and say nothing of its company
with_beginnings as (

    select
        judged.board,
        judged.company_slug,
        timestamp '-infinity' as as_of,
        false as qualifies,
        cast(null as timestamp) as closes_seen_since
    from judged
    group by all
    union all
    select * from judged

),

closing_in_part as (

    select
        with_beginnings.board,
        with_beginnings.company_slug,
        with_beginnings.as_of,
        min(judged.as_of) as closing_at
    from with_beginnings
    inner join judged
        on
            with_beginnings.board = judged.board
            and with_beginnings.company_slug = judged.company_slug
            and with_beginnings.as_of < judged.as_of
            and with_beginnings.as_of >= judged.closes_seen_since
    where judged.closes_seen_since > timestamp '-infinity'
    group by all

),

closing_all as (

    select
        with_beginnings.*,
        min(with_beginnings.as_of) filter (where with_beginnings.closes_seen_since = timestamp '-infinity')
            over (
                partition by with_beginnings.board, with_beginnings.company_slug
                order by with_beginnings.as_of
                rows between 1 following and unbounded following
            ) as closing_at,
        -- objects that change each time, or stay for years, hold up two crawls
        nth_value(if(with_beginnings.closes_seen_since is null, null, with_beginnings.as_of), 3 ignore nulls)
            over (
                partition by with_beginnings.board, with_beginnings.company_slug
                order by with_beginnings.as_of
                rows between 1 following and unbounded following
            ) as closing_at_last
    from with_beginnings

),

final as (

    select
        closing_all.board,
        closing_all.company_slug,
        closing_all.as_of,
        closing_all.qualifies,
        closing_all.closes_seen_since,
        least(
            closing_all.closing_at, closing_in_part.closing_at, closing_all.closing_at_last
        ) as next_closing_at
    from closing_all
    left join closing_in_part
        on
            closing_all.board = closing_in_part.board
            and closing_all.company_slug = closing_in_part.company_slug
            and closing_all.as_of = closing_in_part.as_of

)

select * from final
