with

effects as (

    select * from {{ ref('int_pay_effects') }}

),

window_coverage as (

    select * from {{ ref('int_window_coverage') }}
    where window_name = 'pay'

),

{{ judged_effects('effects', 'value', compared='to compare the value with') }},

final as (

    select
        judged.role_family,
        judged.country,
        split_part(judged.attribute, ':', 1) as attribute,
        split_part(judged.attribute, ':', 2) as attribute_value,
        judged.compared_with,
        {{ effect_columns('judged') }},
        judged.n_compared_with,
        judged.n_companies_compared_with,
        {{ window_status('judged.effect_floor_reason') }} as status,
        window_coverage.coverage_ratio,
        judged.effect_floor_reason as floor_reason
    from judged
    left join window_coverage on {{ same('judged', 'window_coverage', ['role_family', 'country']) }}

)

select * from final
