with

window_sources as (

    select * from {{ ref('int_window_sources') }}

),

windows as (

    select
        window_sources.window_name,
        window_sources.first_week as window_start,
        window_sources.last_week as week_start,
        (window_sources.last_week - window_sources.first_week) // 7 + 1 as n_weeks,
        count(*) filter (where window_sources.is_throughout) as n_sources,
        count(*) as n_sources_seen
    from window_sources
    group by all

),

final as (

    select
        windows.window_name,
        windows.window_start,
        windows.week_start,
        cast(windows.n_weeks as integer) as n_weeks,
        windows.n_weeks = case windows.window_name
            when 'pay' then {{ var('pay_window_weeks') }}
            when 'pairs' then {{ var('pair_weeks') }}
        end as is_full,
        cast(windows.n_sources as integer) as n_sources,
        cast(windows.n_sources_seen as integer) as n_sources_seen
    from windows

)

select * from final
