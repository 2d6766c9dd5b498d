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

posting_skills as (

    select * from {{ ref('fct_posting_skills') }}

),

-- boiler-plate about the company is no demand
final as (

    select
        posting_weeks.week_start,
        posting_weeks.measure,
        posting_cells.role_family,
        posting_cells.country,
        posting_weeks.company_key,
        posting_weeks.board,
        posting_weeks.company_slug,
        posting_skills.skill_id,
        count(*) as n_with,
        count(*) filter (where posting_skills.level = 'required') as n_required,
        count(*) filter (where posting_skills.level = 'preferred') as n_preferred
    from posting_weeks
    inner join posting_cells on posting_weeks.posting_key = posting_cells.posting_key
    inner join postings on posting_weeks.posting_key = postings.posting_key
    inner join posting_skills on posting_weeks.posting_key = posting_skills.posting_key
    where
        posting_weeks.is_canonical
        and postings.has_description
        and posting_skills.level != 'context'
    group by all

)

select * from final
-- a cell is read at once
order by measure, role_family, country, week_start
