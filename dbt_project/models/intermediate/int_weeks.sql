with

crawl_runs as (

    select * from {{ ref('stg_crawl_runs') }}

),

bounds as (

    select
        min(crawl_runs.week_start) as first_week,
        cast(date_trunc('week', {{ as_of(ref('stg_crawl_runs')) }}) as date) as last_week,
        {{ as_of(ref('stg_crawl_runs')) }} as as_of
    from crawl_runs

),

weeks as (

    select
        cast(unnest(generate_series(bounds.first_week, bounds.last_week, interval 7 day)) as date) as week_start,
        bounds.as_of
    from bounds

),

final as (

    select
        weeks.week_start,
        cast(weeks.week_start + 7 as timestamp) as week_end,
        cast(weeks.week_start + 7 as timestamp)
        > weeks.as_of - interval '{{ var("provisional_days") }} days' as is_provisional
    from weeks

)

select * from final
