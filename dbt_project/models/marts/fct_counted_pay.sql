with

posting_pay as (

    select * from {{ ref('int_posting_pay') }}

),

final as (

    select
        posting_pay.posting_key,
        posting_pay.version_no,
        posting_pay.country,
        posting_pay.local_annual as salary_annual,
        posting_pay.currency,
        posting_pay.period,
        posting_pay.salary_min,
        posting_pay.salary_max,
        posting_pay.usd_annual as salary_usd_annual,
        posting_pay.constant_usd_annual as salary_constant_usd_annual,
        posting_pay.amount_basis
    from posting_pay

)

select * from final
