-- Which theme do these figures list under a name? theme_named('mlops'), theme_named('Computer vision'). If a skill has
-- the same name as a theme, its other spellings work too: theme_named('LLM'). An unknown theme is an error that lists
-- the known ones, because an empty result would look like no demand. A spelling of several themes is an error that
-- lists these. One row per theme.
create macro theme_named(stated) as table
with themes as (
    select distinct unnest(of_skill.themes) as theme_id
    from dim_skills as of_skill
),
known as (
    select
        themes.theme_id,
        themes.theme_id = lower(replace(stated, ' ', '_')) as is_theme,
        coalesce(lower(skills.skill_name) = lower(stated), false) as is_skill,
        coalesce(list_contains(skills.aliases, lower(stated)), false) as is_spelling
    from themes
    left join dim_skills as skills on themes.theme_id = skills.skill_id
)
select coalesce(
    min(known.theme_id) filter (where known.is_theme),
    min(known.theme_id) filter (where known.is_skill),
    case
        when count(*) filter (where known.is_spelling) > 1
            then error(concat(
                '''', stated, ''' is a spelling of several themes: ',
                string_agg(known.theme_id, ', ' order by known.theme_id) filter (where known.is_spelling),
                '. Use one of these names.'
            ))
    end,
    min(known.theme_id) filter (where known.is_spelling),
    error(concat(
        'There is no theme ''', stated, ''' in these figures; there are ',
        string_agg(known.theme_id, ', ' order by known.theme_id), '.'
    ))
) as theme
from known;
