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

-- each opening counts in its own cell and in every total over experience, size or region
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

{{ half_year_pay(
    cell,
    also=[
        "count(*) filter (where entries.size_basis = 'registry') as n_sized_by_registry",
        "count(*) filter (where entries.size_basis = 'text') as n_sized_by_text",
    ],
    derived={
        'share_size_from_registry': share('distributions.n_sized_by_registry', 'halves.n_values'),
        'share_size_from_text': share('distributions.n_sized_by_text', 'halves.n_values'),
    }
) }},

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
        {{ half_year_pay_columns() }},
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
