with

window_openings as (

    select * from {{ ref('int_window_openings') }}
    where window_name = 'pairs' and is_counted

),

contents as (

    select * from {{ ref('int_posting_contents') }}

),

stated_skills as (

    select * from {{ ref('int_version_skills') }}

),

openings as (

    select
        window_openings.week_start,
        contents.role_family,
        contents.company_key,
        contents.posting_key,
        contents.version_no
    from window_openings
    inner join contents on {{ same('window_openings', 'contents', ['posting_key', 'version_no']) }}
    where contents.has_description

),

-- company boilerplate (context) is not demand
demanded as (

    select
        openings.posting_key,
        list(stated_skills.skill_id order by stated_skills.skill_id) as skill_ids
    from openings
    inner join stated_skills on {{ same('openings', 'stated_skills', ['posting_key', 'version_no']) }}
    where stated_skills.level != 'context'
    group by all

),

final as (

    select
        openings.week_start,
        openings.role_family,
        openings.company_key,
        openings.posting_key,
        coalesce(demanded.skill_ids, []) as skill_ids
    from openings
    left join demanded on openings.posting_key = demanded.posting_key

)

select * from final
