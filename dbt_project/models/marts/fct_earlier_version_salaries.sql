with

versions as (

    select * from {{ ref('int_version_salaries') }}

),

final as (

    select
        versions.posting_key,
        versions.version_no,
        versions.salary_no,
        versions.salary_min,
        versions.salary_max,
        versions.currency,
        versions.period,
        versions.kind,
        versions.amount_basis,
        versions.currency_basis,
        versions.span_start,
        versions.span_end,
        versions.annualisation_factor,
        versions.salary_min_annual,
        versions.salary_max_annual,
        versions.fx_rate_date,
        versions.usd_per_unit,
        versions.salary_min_usd_annual,
        versions.salary_max_usd_annual,
        versions.is_preferred
    from versions
    where not versions.is_current

)

select * from final
