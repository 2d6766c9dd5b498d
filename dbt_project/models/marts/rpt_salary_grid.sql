{%- set cell = ['role_family', 'country', 'experience_band', 'company_size_band', 'pay_region'] -%}

with

openings as (

    select * from {{ ref('int_recent_openings') }}

),

effects as (

    select * from {{ ref('int_pay_effects') }}

),

window_coverage as (

    select * from {{ ref('int_window_coverage') }}
    where window_name = 'pay'

),

pay_regions as (

    select distinct
        pay_regions.pay_region,
        pay_regions.pay_region_name
    from {{ ref('pay_regions') }} as pay_regions

),

-- each opening in its row of the grid, and in the rows that leave level, size or region open
banded as (

    select
        openings.* exclude (experience_band),
        unnest(['all', openings.experience_band]) as experience_band
    from openings

),

sized as (

    select
        banded.* exclude (company_size_band),
        unnest(['all', banded.company_size_band]) as company_size_band
    from banded

),

entries as (

    select
        sized.* exclude (pay_region),
        unnest(
            case
                when sized.country = 'all' or sized.pay_region is null then ['all']
                else ['all', sized.pay_region]
            end
        ) as pay_region
    from sized

),

{{ medians('entries', 'country_annual', cell, also=[
    'median(entries.usd_annual) as median_usd',
    "count(*) filter (where entries.size_basis = 'registry') as n_sized_by_registry",
    "count(*) filter (where entries.size_basis = 'text') as n_sized_by_text",
]) }},

samples as (

    select
        entries.role_family,
        entries.country,
        entries.experience_band,
        entries.company_size_band,
        entries.pay_region,
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
        {{ share('distributions.n_sized_by_registry', 'halves.n_values') }} as share_size_from_registry,
        {{ share('distributions.n_sized_by_text', 'halves.n_values') }} as share_size_from_text,
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
        figures.* exclude (sorted_values),
        figures.floor_reason is null as is_shown,
        case when figures.floor_reason is null then figures.sorted_values end as sorted_values
    from figures

),

premiums as (

    select
        effects.role_family,
        effects.country,
        effects.experience_band,
        effects.company_size_band,
        effects.attribute as pay_region,
        effects.n_openings - effects.n_with as n_elsewhere,
        effects.effect,
        effects.effect_low,
        effects.effect_high,
        effects.q_value
    from effects
    where effects.kind = 'region'

),

final as (

    select
        shown.role_family,
        shown.country,
        shown.experience_band,
        shown.company_size_band,
        shown.pay_region,
        coalesce(pay_regions.pay_region_name, shown.pay_region) as pay_region_name,
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
        case when shown.is_shown then shown.median_usd end as salary_median_usd_annual,
        case when shown.is_shown then {{ part_of('premiums.effect') }} end as region_premium,
        case when shown.is_shown then {{ part_of('premiums.effect_low') }} end as region_premium_low,
        case when shown.is_shown then {{ part_of('premiums.effect_high') }} end as region_premium_high,
        case when shown.is_shown then premiums.q_value end as region_premium_q_value,
        case
            when shown.is_shown then premiums.q_value < {{ var('max_false_changes') }}
        end as is_region_premium_significant,
        cast(premiums.n_elsewhere as integer) as n_elsewhere,
        case when shown.is_shown then shown.share_size_from_registry end as share_size_from_registry,
        case when shown.is_shown then shown.share_size_from_text end as share_size_from_text,
        {{ window_status('shown.floor_reason') }} as status,
        window_coverage.coverage_ratio,
        shown.floor_reason
    from shown
    left join premiums on {{ same('shown', 'premiums', cell) }}
    left join pay_regions on shown.pay_region = pay_regions.pay_region
    left join window_coverage on {{ same('shown', 'window_coverage', ['role_family', 'country']) }}

)

select * from final
