with

posting_weeks as (

    select * from {{ ref('int_posting_weeks') }}

),

pay_cells as (

    select * from {{ ref('int_pay_cells') }}

),

final as (

    select
        posting_weeks.week_start,
        posting_weeks.measure,
        pay_cells.role_family,
        pay_cells.country,
        pay_cells.seniority,
        posting_weeks.posting_key,
        posting_weeks.company_key,
        posting_weeks.board,
        posting_weeks.company_slug,
        pay_cells.has_description,
        pay_cells.usd_annual,
        pay_cells.constant_usd_annual,
        pay_cells.local_annual,
        pay_cells.amount_basis,
        pay_cells.job_kind
    from posting_weeks
    inner join pay_cells on {{ same('posting_weeks', 'pay_cells', ['posting_key', 'version_no']) }}
    where posting_weeks.is_canonical

)

select * from final
