with

company_weeks as (

    select * from {{ ref('int_company_weeks') }}

),

weeks as (

    select * from {{ ref('int_weeks') }}

),

lengths as (

    select
        unnest(['pay', 'pairs']) as window_name,
        unnest([{{ var('pay_window_weeks') }}, {{ var('pair_weeks') }}]) as n_weeks

),

series as (

    select
        min(weeks.week_start) as first_week,
        max(weeks.week_start) filter (where weeks.is_window_end) as last_week,
        bool_or(weeks.is_provisional) filter (where weeks.is_window_end) as is_provisional
    from weeks

),

-- a window is shorter while the series has fewer weeks
windows as (

    select
        lengths.window_name,
        greatest(series.last_week - 7 * (lengths.n_weeks - 1), series.first_week) as first_week,
        series.last_week,
        series.is_provisional
    from lengths
    cross join series

),

sources as (

    select
        windows.window_name,
        windows.first_week,
        windows.last_week,
        windows.is_provisional,
        company_weeks.board,
        company_weeks.company_slug,
        min(company_weeks.week_start) filter (where company_weeks.is_qualified) as qualified_week,
        count(*) filter (where company_weeks.week_start > windows.first_week + {{ 7 * var('known_for_weeks') }})
            as n_weeks_expected,
        max(company_weeks.week_start) as last_week_expected
    from windows
    inner join company_weeks
        on
            windows.last_week >= company_weeks.week_start
            -- a company that qualified this recently is still expected when the window begins
            and windows.first_week <= company_weeks.week_start + 7 * {{ var('expected_for_weeks') }}
    group by all

),

final as (

    select
        sources.window_name,
        sources.board,
        sources.company_slug,
        sources.first_week,
        sources.last_week,
        sources.is_provisional,
        -- an outage at the beginning of the window is bridged like any other of up to known_for_weeks
        coalesce(sources.qualified_week <= sources.first_week + {{ 7 * var('known_for_weeks') }}, false)
        and sources.n_weeks_expected
        = greatest(0, (sources.last_week - sources.first_week) // 7 - {{ var('known_for_weeks') }})
        and sources.last_week_expected = sources.last_week as is_throughout
    from sources

)

select * from final
