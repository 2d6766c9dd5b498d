with

weeks as (

    select * from {{ ref('int_weeks') }}

),

crawl_runs as (

    select * from {{ ref('stg_crawl_runs') }}

),

crawls as (

    select
        crawl_runs.week_start,
        count(distinct struct_pack(board := crawl_runs.board, as_of := crawl_runs.as_of)) as n_crawls,
        max(crawl_runs.as_of) as last_crawl_at
    from crawl_runs
    group by crawl_runs.week_start

),

final as (

    select
        weeks.week_start,
        cast(weeks.week_start + 6 as date) as week_last_day,
        strftime(weeks.week_start, '%G-W%V') as iso_week,
        cast(isoyear(weeks.week_start) as integer) as iso_year,
        cast(week(weeks.week_start) as integer) as iso_week_number,
        -- a week belongs to the month and the quarter of its Thursday, as it does to its ISO year
        cast(date_trunc('month', weeks.week_start + 3) as date) as month_start,
        cast(date_trunc('quarter', weeks.week_start + 3) as date) as quarter_start,
        weeks.is_over,
        weeks.is_current,
        weeks.final_at,
        weeks.is_provisional,
        cast(coalesce(crawls.n_crawls, 0) as integer) as n_crawls,
        crawls.last_crawl_at
    from weeks
    left join crawls on weeks.week_start = crawls.week_start

)

select * from final
