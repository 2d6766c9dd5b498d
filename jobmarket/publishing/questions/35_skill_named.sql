-- Which skill do these figures list under a name? skill_named('PyTorch'), by id, name or another spelling ('LLM'). An
-- unknown skill is an error that names similar ones, because an empty result would look like no demand. A spelling of
-- several skills is an error that lists their ids. One row per skill_id.
create macro skill_named(skill) as table
select coalesce(
    min(known.skill_id) filter (where known.skill_id = lower(skill)),
    min(known.skill_id) filter (where lower(known.skill_name) = lower(skill)),
    case
        when count(*) filter (where list_contains(known.aliases, lower(skill))) > 1
            then error(concat(
                '''', skill, ''' is a spelling of several skills: ',
                string_agg(concat(known.skill_id, ' (', known.skill_name, ')'), ', ' order by known.skill_id)
                filter (where list_contains(known.aliases, lower(skill))),
                '. Use the id of one of them.'
            ))
    end,
    min(known.skill_id) filter (where list_contains(known.aliases, lower(skill))),
    error(concat(
        'There is no skill ''', skill, ''' in these figures: dim_skills lists them. Similar names: ',
        array_to_string(
            max_by(known.skill_name, jaro_winkler_similarity(lower(known.skill_name), lower(skill)), 3), ', '
        ), '.'
    ))
) as skill_id
from dim_skills as known;
