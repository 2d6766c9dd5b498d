with

crawl_runs as (

    select * from {{ ref('stg_crawl_runs') }}

),

discovery_delays as (

    select * from {{ ref('int_discovery_delays') }}

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

-- postings of thirteen weeks that ended long enough ago for all discoveries to be known, so that a measured delay never
-- changes
windowed as (

    select
        weeks.week_start,
        discovery_delays.company,
        discovery_delays.delay_days,
        count(*) over (partition by weeks.week_start, discovery_delays.company) as n_of_company
    from weeks
    inner join discovery_delays on {{ in_delay_window('weeks.week_start + 7', 'discovery_delays.posted_at') }}

),

measured as (

    select
        windowed.week_start,
        -- the delay of a posting: in between two of them fewer than final_share are discovered
        quantile_disc(windowed.delay_days, {{ var('final_share') }}) as delay_days
    from windowed
    group by windowed.week_start
    having {{ floor_reason('count(*)', 'count(distinct windowed.company)', 'max(windowed.n_of_company)') }} is null

),

timed as (

    select
        weeks.week_start,
        weeks.as_of,
        cast(
            greatest({{ var('provisional_days') }}, coalesce(ceil(measured.delay_days), {{ var('provisional_days') }}))
            as integer
        ) as final_after_days
    from weeks
    left join measured on weeks.week_start = measured.week_start

),

judged as (

    select
        timed.week_start,
        cast(timed.week_start + 7 as timestamp) as week_end,
        cast(timed.week_start + 7 as timestamp) <= timed.as_of as is_over,
        timed.final_after_days,
        cast(timed.week_start + 7 + timed.final_after_days as timestamp) as final_at,
        cast(timed.week_start + 7 + timed.final_after_days as timestamp) > timed.as_of as is_provisional,
        least(cast(timed.week_start + 7 + timed.final_after_days as timestamp), timed.as_of) as known_until,
        {{ days_after_the_week('timed.week_start', 'timed.as_of') }} as known_days
    from timed

),

-- a new warehouse has no final week yet, and at first no week that is over
chosen as (

    select
        coalesce(max(judged.week_start) filter (where judged.is_over), max(judged.week_start)) as current_week,
        max(judged.week_start) filter (where not judged.is_provisional) as last_final_week
    from judged

),

final as (

    select
        judged.*,
        judged.week_start = chosen.current_week as is_current,
        judged.week_start = coalesce(chosen.last_final_week, chosen.current_week) as is_window_end
    from judged
    cross join chosen

)

select * from final
