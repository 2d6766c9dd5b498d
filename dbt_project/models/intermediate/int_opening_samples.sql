with

posting_weeks as (

    select * from {{ ref('int_posting_weeks') }}

),

posting_cells as (

    select * from {{ ref('int_posting_cells') }}

),

-- the canonical postings of each week, cell, employer and source
final as (

    select
        posting_weeks.week_start,
        posting_weeks.measure,
        posting_cells.role_family,
        posting_cells.country,
        posting_weeks.company_key,
        posting_weeks.board,
        posting_weeks.company_slug,
        count(*) as n_postings
    from posting_weeks
    inner join posting_cells on {{ same('posting_weeks', 'posting_cells', ['posting_key', 'version_no']) }}
    where posting_weeks.is_canonical
    group by all

)

select * from final
-- a cell is read at once
order by measure, role_family, country, week_start
