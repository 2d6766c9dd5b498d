with

current_ones as (

    select * from {{ ref('fct_posting_salaries') }}

),

earlier_ones as (

    select * from {{ ref('fct_earlier_version_salaries') }}

),

final as (

    select
        current_ones.posting_key,
        current_ones.version_no,
        current_ones.salary_no,
        current_ones.salary_min,
        current_ones.salary_max,
        current_ones.currency,
        current_ones.period,
        current_ones.kind,
        current_ones.amount_basis,
        current_ones.currency_basis,
        current_ones.span_start,
        current_ones.span_end,
        current_ones.annualisation_factor,
        current_ones.salary_min_annual,
        current_ones.salary_max_annual,
        current_ones.fx_rate_date,
        current_ones.usd_per_unit,
        current_ones.salary_min_usd_annual,
        current_ones.salary_max_usd_annual,
        current_ones.is_preferred
    from current_ones
    union all
    select
        earlier_ones.posting_key,
        earlier_ones.version_no,
        earlier_ones.salary_no,
        earlier_ones.salary_min,
        earlier_ones.salary_max,
        earlier_ones.currency,
        earlier_ones.period,
        earlier_ones.kind,
        earlier_ones.amount_basis,
        earlier_ones.currency_basis,
        earlier_ones.span_start,
        earlier_ones.span_end,
        earlier_ones.annualisation_factor,
        earlier_ones.salary_min_annual,
        earlier_ones.salary_max_annual,
        earlier_ones.fx_rate_date,
        earlier_ones.usd_per_unit,
        earlier_ones.salary_min_usd_annual,
        earlier_ones.salary_max_usd_annual,
        earlier_ones.is_preferred
    from earlier_ones

)

select * from final
