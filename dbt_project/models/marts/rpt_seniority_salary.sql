{%- set cell = ['role_family', 'country', 'seniority'] -%}

with

openings as (

    select * from {{ ref('int_recent_openings') }}

),

window_coverage as (

    select * from {{ ref('int_window_coverage') }}
    where window_name = 'pay'

),

-- each opening counts at its level and in the total of all levels
entries as (

    select
        openings.* exclude (seniority),
        unnest(['all', openings.seniority]) as seniority
    from openings

),

{{ half_year_pay(cell) }},

final as (

    select
        shown.role_family,
        shown.country,
        shown.seniority,
        shown.week_start,
        {{ half_year_pay_columns() }},
        {{ window_status('shown.floor_reason') }} as status,
        window_coverage.coverage_ratio,
        shown.floor_reason
    from shown
    left join window_coverage on {{ same('shown', 'window_coverage', ['role_family', 'country']) }}

)

select * from final
