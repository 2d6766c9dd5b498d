with

{{ sample_imports() }},

{{ sample_segments() }},

posting_skills as (

    select * from {{ ref('fct_posting_skills') }}

),

-- boiler-plate about the company is no demand
final as (

    {{ samples(
        by=['segments.seniority', 'segments.workplace', 'posting_skills.skill_id'],
        counts=[
            'count(*) as n_with',
            "count(*) filter (where posting_skills.level = 'required') as n_required",
            "count(*) filter (where posting_skills.level = 'preferred') as n_preferred"
        ],
        joined=['segments', 'posting_skills'],
        conditions=[segments_counted(), "posting_skills.level != 'context'"]
    ) }}

)

select * from final
-- a cell is read at once
order by measure, role_family, country, seniority, workplace, week_start
