{%- set cell = ['role_family', 'country', 'seniority'] -%}

with

openings as (

    select * from {{ ref('int_recent_openings') }}

),

window_coverage as (

    select * from {{ ref('int_window_coverage') }}
    where window_name = 'pay'

),

-- each opening at its level, and among those of all levels
entries as (

    select
        openings.* exclude (seniority),
        unnest(['all', openings.seniority]) as seniority
    from openings

),

{{ medians('entries', 'country_annual', cell, also=['median(entries.usd_annual) as median_usd']) }},

samples as (

    select
        entries.role_family,
        entries.country,
        entries.seniority,
        max(entries.week_start) as week_start,
        any_value(entries.country_currency) as currency,
        count(*) as n_postings
    from entries
    group by all

),

figures as (

    select
        samples.*,
        coalesce(halves.n_values, 0) as n_with_pay,
        coalesce(halves.n_companies, 0) as n_companies,
        halves.half_low,
        halves.half_high,
        distributions.sorted_values,
        distributions.median_usd,
        {{ floor_reason(
            'coalesce(halves.n_values, 0)', 'coalesce(halves.n_companies, 0)', 'halves.n_of_largest',
            what='postings with pay'
        ) }} as floor_reason
    from samples
    left join distributions on {{ same('samples', 'distributions', cell) }}
    left join halves on {{ same('samples', 'halves', cell) }}

),

-- a null list has null percentiles: what is suppressed has no values any more
shown as (

    select
        figures.* exclude (sorted_values, median_usd),
        case when figures.floor_reason is null then figures.sorted_values end as sorted_values,
        case when figures.floor_reason is null then figures.median_usd end as median_usd
    from figures

),

final as (

    select
        shown.role_family,
        shown.country,
        shown.seniority,
        shown.week_start,
        cast(shown.n_postings as integer) as n_postings,
        cast(shown.n_with_pay as integer) as n_with_pay,
        cast(shown.n_companies as integer) as n_companies,
        shown.currency,
        {{ quantile_of_sorted('shown.sorted_values', '0.25') }} as salary_p25_annual,
        {{ quantile_of_sorted('shown.sorted_values', '0.50') }} as salary_median_annual,
        {{ quantile_of_sorted('shown.sorted_values', 'shown.half_low') }} as median_low,
        {{ quantile_of_sorted('shown.sorted_values', 'shown.half_high') }} as median_high,
        {{ quantile_of_sorted('shown.sorted_values', '0.75') }} as salary_p75_annual,
        shown.median_usd as salary_median_usd_annual,
        {{ window_status('shown.floor_reason') }} as status,
        window_coverage.coverage_ratio,
        shown.floor_reason
    from shown
    left join window_coverage on {{ same('shown', 'window_coverage', ['role_family', 'country']) }}

)

select * from final
