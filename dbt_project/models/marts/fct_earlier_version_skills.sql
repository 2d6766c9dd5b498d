with

versions as (

    select * from {{ ref('int_version_skills') }}

),

final as (

    select
        versions.posting_key,
        versions.version_no,
        versions.skill_id,
        versions.skill_name,
        versions.category,
        versions.surface,
        versions.level,
        versions.span_start,
        versions.span_end
    from versions
    where not versions.is_current

)

select * from final
