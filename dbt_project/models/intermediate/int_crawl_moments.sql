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

-- several runs for one company at one moment are one observation
moments as (

    select
        crawl_runs.board,
        crawl_runs.company_slug,
        crawl_runs.as_of,
        bool_or(crawl_runs.qualifies) as qualifies,
        arg_max(crawl_runs.run_id, (crawl_runs.n_rejected = 0, crawl_runs.attempt)) filter (
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

-- broken objects without an identity may be any posting of their company
unidentified as (

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

numbered_streaks as (

    select
        unidentified.*,
        unidentified.moment_no - row_number() over (
            partition by unidentified.board, unidentified.company_slug, unidentified.object_hash, unidentified.copy_no
            order by unidentified.moment_no
        ) as streak_no
    from unidentified

),

shown_since as (

    select
        numbered_streaks.board,
        numbered_streaks.company_slug,
        numbered_streaks.as_of,
        min(numbered_streaks.as_of) over (
            partition by
                numbered_streaks.board,
                numbered_streaks.company_slug,
                numbered_streaks.object_hash,
                numbered_streaks.copy_no,
                numbered_streaks.streak_no
        ) as first_shown_at
    from numbered_streaks

),

newest_unidentified as (

    select
        shown_since.board,
        shown_since.company_slug,
        shown_since.as_of,
        max(shown_since.first_shown_at) as first_shown_at
    from shown_since
    group by all

),

-- a posting that was once seen beside an unidentified object that is still listed is a different posting
judged as (

    select
        moments.board,
        moments.company_slug,
        moments.as_of,
        moments.qualifies,
        -- a posting missing from a list of the newest may have scrolled off
        case
            when moments.qualifies and coalesce(board_systems.shows != 'newest', true)
                then coalesce(newest_unidentified.first_shown_at, timestamp '-infinity')
        end as closes_seen_since
    from moments
    left join board_systems on moments.board = board_systems.board
    left join newest_unidentified
        on
            moments.board = newest_unidentified.board
            and moments.company_slug = newest_unidentified.company_slug
            and moments.as_of = newest_unidentified.as_of

),

-- an initial moment for each company: an aborted run may have seen a posting without recording a crawl of its company
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
        -- unidentified objects that change each time, or stay for years, delay closing by two crawls at most
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
