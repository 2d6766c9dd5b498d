with

{{ sample_imports() }},

postings as (

    select * from {{ ref('int_postings') }}

),

posting_skills as (

    select * from {{ ref('fct_posting_skills') }}

),

-- boiler-plate about the company is no demand
final as (

    {{ samples(
        by=['posting_skills.skill_id'],
        counts=[
            'count(*) as n_with',
            "count(*) filter (where posting_skills.level = 'required') as n_required",
            "count(*) filter (where posting_skills.level = 'preferred') as n_preferred"
        ],
        joined=['postings', 'posting_skills'],
        conditions=['postings.has_description', "posting_skills.level != 'context'"]
    ) }}

)

select * from final
-- a cell is read at once
order by measure, role_family, country, week_start
