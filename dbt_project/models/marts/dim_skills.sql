with

skills as (

    select * from {{ ref('skills') }}

),

skill_aliases as (

    select * from {{ ref('skill_aliases') }}

),

skill_themes as (

    select * from {{ ref('skill_themes') }}

),

posting_skills as (

    select * from {{ ref('fct_posting_skills') }}

),

postings as (

    select * from {{ ref('fct_postings') }}

),

counts as (

    select
        posting_skills.skill_id,
        count(*) as n_postings
    from posting_skills
    inner join postings on posting_skills.posting_key = postings.posting_key
    where
        postings.is_canonical
        and posting_skills.level != 'context'
    group by posting_skills.skill_id

),

spellings as (

    select
        skill_aliases.skill_id,
        list_sort(list(distinct lower(skill_aliases.alias))) as aliases
    from skill_aliases
    group by skill_aliases.skill_id

),

themes as (

    select
        skill_themes.skill_id,
        list(skill_themes.theme order by skill_themes.theme) as themes
    from skill_themes
    group by skill_themes.skill_id

),

final as (

    select
        skills.skill_id,
        skills.name as skill_name,
        skills.category,
        coalesce(spellings.aliases, []) as aliases,
        coalesce(themes.themes, []) as themes,
        cast(coalesce(counts.n_postings, 0) as integer) as n_postings
    from skills
    left join counts on skills.skill_id = counts.skill_id
    left join spellings on skills.skill_id = spellings.skill_id
    left join themes on skills.skill_id = themes.skill_id

)

select * from final
