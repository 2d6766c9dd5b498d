{% set figures = [
    'begins_day', 'median_days', 'median_low', 'median_high', 'share_open_30_days', 'share_open_30_low',
    'share_open_30_high', 'pace_change_quarter', 'pace_change_quarter_low', 'pace_change_quarter_high',
    'pace_change_year', 'pace_change_year_low', 'pace_change_year_high',
] -%}

with

survival as (

    select * from {{ ref('int_quarter_survival') }}

),

coverage as (

    select * from {{ ref('int_cell_coverage') }}

),

weeks as (

    select * from {{ ref('int_weeks') }}

),

-- coverage of the finished weeks of the quarter, those of its Thursdays as in dim_weeks; one without any has no row yet
reach as (

    select
        cast(date_trunc('quarter', weeks.week_start + 3) as date) as quarter_start,
        coverage.role_family,
        coverage.country,
        max(weeks.week_start) as week_start,
        bool_or(weeks.is_provisional) as is_provisional,
        {{ exact_avg('coverage.coverage_ratio') }} as coverage_ratio
    from coverage
    inner join weeks on coverage.week_start = weeks.week_start
    where weeks.is_over
    group by all

),

last_week as (

    select max(weeks.week_end) as week_end
    from weeks
    where weeks.is_over

),

judged as (

    select
        survival.*,
        reach.week_start,
        -- the week of the quarter's last day may be one of the next quarter
        last_week.week_end >= survival.quarter_start + interval 3 month as is_over,
        reach.is_provisional,
        reach.coverage_ratio,
        {{ floor_reason('survival.n_postings', 'survival.n_companies', 'survival.n_of_largest_company') }}
            as floor_reason
    from survival
    inner join reach on {{ same('survival', 'reach', ['quarter_start', 'role_family', 'country']) }}
    cross join last_week

),

final as (

    select
        judged.quarter_start,
        judged.role_family,
        judged.country,
        judged.week_start,
        judged.is_over,
        judged.n_postings,
        judged.n_closed,
        judged.n_companies,
        {% for figure in figures -%}
            case when judged.floor_reason is null then judged.{{ figure }} end as {{ figure }},
        {% endfor -%}
        judged.closing_interval_days,
        {{ cell_status(
            'judged.floor_reason', break_reason('judged.coverage_ratio'), '(not judged.is_over or judged.is_provisional)'
        ) }} as status,
        judged.floor_reason,
        {% for horizon in ['quarter', 'year'] -%}
            coalesce(judged.floor_reason, judged.pace_change_{{ horizon }}_floor_reason)
                as pace_change_{{ horizon }}_floor_reason,
        {% endfor -%}
        judged.coverage_ratio
    from judged

)

select * from final
