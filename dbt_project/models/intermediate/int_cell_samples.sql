with

posting_weeks as (

    select * from {{ ref('int_posting_weeks') }}

),

posting_cells as (

    select * from {{ ref('int_posting_cells') }}

),

postings as (

    select * from {{ ref('int_postings') }}

),

-- who can be asked: canonical postings whose text can be read
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
    inner join posting_cells on posting_weeks.posting_key = posting_cells.posting_key
    inner join postings on posting_weeks.posting_key = postings.posting_key
    where
        posting_weeks.is_canonical
        and postings.has_description
    group by all

)

select * from final
-- a cell is read at once
order by measure, role_family, country, week_start
