with

crawl_runs as (

    select * from {{ ref('stg_crawl_runs') }}

),

crawls as (

    select
        crawl_runs.board,
        crawl_runs.company_slug,
        crawl_runs.as_of,
        bool_and(crawl_runs.is_not_found or crawl_runs.is_host_gone) as is_missing,
        bool_or(crawl_runs.is_host_gone) as is_host_gone
    from crawl_runs
    group by all

),

-- ignores moments at which a board system finds hardly any company: its address or the crawler's network has changed
valid_crawls as (

    select crawls.*
    from crawls
    qualify
        count_if(crawls.is_missing) over (partition by crawls.board, crawls.as_of) < 3
        or 2 * count_if(crawls.is_missing) over (partition by crawls.board, crawls.as_of)
        <= count(*) over (partition by crawls.board, crawls.as_of)

),

-- consecutive crawls without the company share the number of crawls that found it
streaks as (

    select
        valid_crawls.*,
        sum(cast(not valid_crawls.is_missing as integer)) over (
            partition by valid_crawls.board, valid_crawls.company_slug
            order by valid_crawls.as_of
        ) as n_found
    from valid_crawls

),

numbered as (

    select
        streaks.*,
        row_number() over streak_so_far as crawl_no,
        bool_or(streaks.is_host_gone) over streak_so_far as is_ever_host_gone,
        date_diff('day', min(streaks.as_of) over streak_so_far, streaks.as_of) + 1 as day_no
    from streaks
    where streaks.is_missing
    window
        streak_so_far as (
            partition by streaks.board, streaks.company_slug, streaks.n_found
            order by streaks.as_of
        )

),

-- a name may lead nowhere for an afternoon, because a name server is out of order
final as (

    select
        numbered.board,
        numbered.company_slug,
        numbered.as_of as gone_at
    from numbered
    where
        numbered.crawl_no >= {{ var('gone_after_crawls') }}
        and (not numbered.is_ever_host_gone or numbered.day_no >= {{ var('gone_after_crawls') }})

)

select * from final
