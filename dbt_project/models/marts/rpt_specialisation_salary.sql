{%- set cell = ['role_family', 'country', 'attribute'] -%}

with

effects as (

    select * from {{ ref('int_pay_effects') }}

),

openings as (

    select * from {{ ref('int_recent_openings') }}

),

contents as (

    select * from {{ ref('int_posting_contents') }}

),

window_coverage as (

    select * from {{ ref('int_window_coverage') }}
    where window_name = 'pay'

),

-- an opening with two specialisations counts in both
entries as (

    select
        openings.role_family,
        openings.country,
        openings.company_key,
        openings.country_currency,
        openings.country_annual,
        openings.usd_annual,
        unnest(contents.specialisations) as attribute
    from openings
    inner join contents on {{ same('openings', 'contents', ['posting_key', 'version_no']) }}
    where openings.usd_annual > 0 and openings.has_description

),

{{ medians('entries', 'country_annual', cell, also=[
    'any_value(entries.country_currency) as currency',
    sorted_usd_values(),
]) }},

{{ judged_effects('effects', 'specialisation') }},

-- a suppressed cell loses its lists: percentiles of a null list are null
shown as (

    select
        judged.*,
        distributions.currency,
        halves.half_low,
        halves.half_high,
        case when judged.floor_reason is null then distributions.sorted_values end as sorted_values,
        case when judged.floor_reason is null then distributions.sorted_usd_values end as sorted_usd_values
    from judged
    left join distributions on {{ same('judged', 'distributions', cell) }}
    left join halves on {{ same('judged', 'halves', cell) }}

),

final as (

    select
        shown.role_family,
        shown.country,
        shown.attribute as specialisation,
        {{ effect_columns('shown') }},
        shown.currency,
        {{ country_pay_columns() }},
        case
            when shown.effect_floor_reason is null
                then cast(rank() over (
                    partition by shown.role_family, shown.country, shown.effect_floor_reason is null
                    order by shown.effect desc
                ) as integer)
        end as premium_rank,
        {{ window_status('shown.floor_reason') }} as status,
        window_coverage.coverage_ratio,
        shown.floor_reason,
        shown.effect_floor_reason as premium_floor_reason
    from shown
    left join window_coverage on {{ same('shown', 'window_coverage', ['role_family', 'country']) }}

)

select * from final
