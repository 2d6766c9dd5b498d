-- Which skill of these figures is meant? skill_named('PyTorch'), by its id or its name; one that is not here is an error,
-- for no rows would read as no demand. One row per skill_id.
create macro skill_named(skill) as table
select coalesce(
    min(known.skill_id) filter (where known.skill_id = lower(skill)), min(known.skill_id),
    error(concat('There is no skill ''', skill, ''' in these figures: dim_skills lists them.'))
) as skill_id
from dim_skills as known
where lower(skill) in (known.skill_id, lower(known.skill_name));
