with

posting_weeks as (

    select * from {{ ref('int_posting_weeks') }}

),

final as (

    select
        posting_weeks.week_start,
        posting_weeks.measure,
        posting_weeks.posting_key,
        posting_weeks.version_no,
        posting_weeks.company_key,
        posting_weeks.is_canonical
    from posting_weeks

)

select * from final
