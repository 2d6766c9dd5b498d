with

crawl_runs as (

    select * from {{ ref('stg_crawl_runs') }}

),

board_systems as (

    select * from {{ ref('board_systems') }}

),

postings as (

    select * from {{ ref('fct_postings') }}

),

crawled as (

    select
        crawl_runs.board,
        min(crawl_runs.as_of) as first_crawl_at,
        max(crawl_runs.as_of) as last_crawl_at,
        count(distinct crawl_runs.company_slug) as n_companies
    from crawl_runs
    group by crawl_runs.board

),

counted as (

    select
        postings.board,
        count(*) as n_postings,
        count(*) filter (where postings.is_open) as n_open,
        avg(cast(postings.posted_at_basis = 'board' as integer)) as dated_share
    from postings
    group by postings.board

),

final as (

    select
        crawled.board,
        coalesce(board_systems.kind, 'employer') as kind,
        cast(crawled.n_companies as integer) as n_companies,
        cast(coalesce(counted.n_postings, 0) as integer) as n_postings,
        cast(coalesce(counted.n_open, 0) as integer) as n_open,
        counted.dated_share,
        crawled.first_crawl_at,
        crawled.last_crawl_at
    from crawled
    left join board_systems on crawled.board = board_systems.board
    left join counted on crawled.board = counted.board

)

select * from final
