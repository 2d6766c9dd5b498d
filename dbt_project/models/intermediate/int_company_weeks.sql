with

crawl_runs as (

    select * from {{ ref('stg_crawl_runs') }}

),

weeks as (

    select * from {{ ref('int_weeks') }}

),

crawled_weeks as (

    select
        crawl_runs.board,
        crawl_runs.company_slug,
        crawl_runs.week_start,
        bool_or(crawl_runs.qualifies) as is_qualified
    from crawl_runs
    group by all

),

-- a company that vanishes from the crawls stays expected for a while: losing a source must show
expected_weeks as (

    select distinct
        weeks.week_start,
        crawled_weeks.board,
        crawled_weeks.company_slug
    from crawled_weeks
    inner join weeks
        on
            crawled_weeks.week_start <= weeks.week_start
            and crawled_weeks.week_start + 7 * {{ var('expected_for_weeks') }} >= weeks.week_start

),

final as (

    select
        expected_weeks.week_start,
        expected_weeks.board,
        expected_weeks.company_slug,
        crawled_weeks.week_start is not null as is_crawled,
        coalesce(crawled_weeks.is_qualified, false) as is_qualified
    from expected_weeks
    left join crawled_weeks
        on
            expected_weeks.week_start = crawled_weeks.week_start
            and expected_weeks.board = crawled_weeks.board
            and expected_weeks.company_slug = crawled_weeks.company_slug

)

select * from final
