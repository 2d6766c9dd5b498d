with

effects as (

    select * from {{ ref('int_pay_effects') }}

),

skills as (

    select * from {{ ref('dim_skills') }}

),

window_coverage as (

    select * from {{ ref('int_window_coverage') }}
    where window_name = 'pay'

),

{{ judged_effects('effects', 'skill') }},

final as (

    select
        judged.role_family,
        judged.country,
        judged.attribute as skill_id,
        skills.skill_name,
        skills.category,
        {{ effect_columns('judged') }},
        {{ window_status('judged.effect_floor_reason') }} as status,
        window_coverage.coverage_ratio,
        judged.effect_floor_reason as floor_reason
    from judged
    inner join skills on judged.attribute = skills.skill_id
    left join window_coverage on {{ same('judged', 'window_coverage', ['role_family', 'country']) }}

)

select * from final
