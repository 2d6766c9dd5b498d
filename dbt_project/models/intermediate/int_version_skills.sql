with

current_ones as (

    select * from {{ ref('fct_posting_skills') }}

),

earlier_ones as (

    select * from {{ ref('fct_earlier_version_skills') }}

),

final as (

    select
        current_ones.posting_key,
        current_ones.version_no,
        current_ones.skill_id,
        current_ones.skill_name,
        current_ones.category,
        current_ones.surface,
        current_ones.level,
        current_ones.span_start,
        current_ones.span_end
    from current_ones
    union all
    select
        earlier_ones.posting_key,
        earlier_ones.version_no,
        earlier_ones.skill_id,
        earlier_ones.skill_name,
        earlier_ones.category,
        earlier_ones.surface,
        earlier_ones.level,
        earlier_ones.span_start,
        earlier_ones.span_end
    from earlier_ones

)

select * from final
