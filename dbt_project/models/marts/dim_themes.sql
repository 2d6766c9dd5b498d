with

themes as (

    select * from {{ ref('themes') }}

),

skill_themes as (

    select * from {{ ref('skill_themes') }}

),

sizes as (

    select
        skill_themes.theme,
        count(*) as n_skills
    from skill_themes
    group by skill_themes.theme

),

final as (

    select
        themes.theme,
        themes.definition,
        cast(sizes.n_skills as integer) as n_skills
    from themes
    inner join sizes on themes.theme = sizes.theme

)

select * from final
