-- Which theme do these figures list under a name? theme_named('mlops'), theme_named('Computer vision'). If a skill has
-- the same name as a theme, its other spellings work too: theme_named('LLM'). An unknown theme is an error that lists
-- the known ones, because an empty result would look like no demand. One row per theme.
create macro theme_named(stated) as table
with known as (
    select list(distinct of_skill.one) as names from (select unnest(themes) as one from dim_skills) as of_skill
)
select named.value as theme
from value_named(
    'theme',
    (
        select coalesce(
            if(list_contains(known.names, lower(replace(stated, ' ', '_'))), replace(stated, ' ', '_'), null),
            (
                select min(skills.skill_id) from dim_skills as skills
                where list_contains(known.names, skills.skill_id)
                    and (lower(skills.skill_name) = lower(stated) or list_contains(skills.aliases, lower(stated)))
            ),
            stated
        )
        from known
    ),
    (select names from known)
) as named;
