with

posting_cells as (

    select * from {{ ref('int_posting_cells') }}

),

postings as (

    select * from {{ ref('fct_postings') }}

),

posting_pay as (

    select * from {{ ref('int_posting_pay') }}

),

-- those with a text could have said what they pay; those without one count where they state it all the same
final as (

    select
        posting_cells.posting_key,
        posting_cells.role_family,
        posting_cells.country,
        unnest(['all', postings.seniority]) as seniority,
        postings.has_description,
        posting_pay.usd_annual,
        posting_pay.constant_usd_annual,
        posting_pay.local_annual,
        posting_pay.amount_basis,
        -- like is compared with like: a change of the mix of these is no change of pay
        case
            when posting_pay.usd_annual is not null
                then concat_ws(
                    '/',
                    postings.role_family,
                    postings.seniority,
                    case when posting_cells.country = 'all' then postings.country else posting_cells.country end,
                    posting_pay.period,
                    posting_pay.currency
                )
        end as job_kind
    from posting_cells
    inner join postings on posting_cells.posting_key = postings.posting_key
    left join posting_pay
        on
            posting_cells.posting_key = posting_pay.posting_key
            and posting_cells.country = posting_pay.country
    where
        postings.has_description
        or postings.has_pay

)

select * from final
