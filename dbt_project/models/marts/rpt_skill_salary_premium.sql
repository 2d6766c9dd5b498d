with

effects as (

    select * from {{ ref('int_pay_effects') }}

),

openings as (

    select * from {{ ref('int_recent_openings') }}

),

skills as (

    select * from {{ ref('dim_skills') }}

),

cell_coverage as (

    select * from {{ ref('int_cell_coverage') }}

),

weeks as (

    select * from {{ ref('int_weeks') }}

),

{{ window_coverage('openings') }},

{{ judged_effects('effects', 'skill') }},

final as (

    select
        judged.role_family,
        judged.country,
        judged.attribute as skill_id,
        skills.skill_name,
        skills.category,
        {{ effect_columns('judged') }},
        {{ window_status('judged.floor_reason') }} as status,
        window_coverage.coverage_ratio,
        judged.floor_reason
    from judged
    inner join skills on judged.attribute = skills.skill_id
    left join window_coverage on {{ same('judged', 'window_coverage', ['role_family', 'country']) }}

)

select * from final
