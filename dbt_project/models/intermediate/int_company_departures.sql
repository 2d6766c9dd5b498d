with

crawl_runs as (

    select * from {{ ref('stg_crawl_runs') }}

),

crawls as (

    select
        crawl_runs.board,
        crawl_runs.company_slug,
        crawl_runs.as_of,
        bool_and(crawl_runs.is_not_found) as is_not_found
    from crawl_runs
    group by all

),

-- ignores moments at which a board system finds hardly any company: its address has changed, nobody has left
valid_crawls as (

    select crawls.*
    from crawls
    qualify
        count_if(crawls.is_not_found) over (partition by crawls.board, crawls.as_of) < 3
        or 2 * count_if(crawls.is_not_found) over (partition by crawls.board, crawls.as_of)
        <= count(*) over (partition by crawls.board, crawls.as_of)

),

-- consecutive crawls without the company share the number of crawls that found it
streaks as (

    select
        valid_crawls.*,
        sum(cast(not valid_crawls.is_not_found as integer)) over (
            partition by valid_crawls.board, valid_crawls.company_slug
            order by valid_crawls.as_of
        ) as n_found
    from valid_crawls

),

final as (

    select
        streaks.board,
        streaks.company_slug,
        streaks.as_of as gone_at
    from streaks
    where streaks.is_not_found
    qualify
        row_number() over (
            partition by streaks.board, streaks.company_slug, streaks.n_found
            order by streaks.as_of
        ) >= {{ var('gone_after_crawls') }}

)

select * from final
