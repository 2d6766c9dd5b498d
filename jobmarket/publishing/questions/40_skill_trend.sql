-- How does the demand for a skill move? skill_trend('pytorch'), skill_trend('pytorch', 'US'), skill_trend('rust',
-- role := 'ml_engineer', kind := 'flow'), and of one level or workplace: skill_trend('rust', level := 'senior'),
-- skill_trend('rust', place_of_work := 'remote'). A skill by its id or its name,
-- a country by its two letters; one that is not here is an error. One row per week_start.
create macro skill_trend(skill, place := 'all', role := 'all', kind := 'stock', level := 'all', place_of_work := 'all') as table
select
    week_start, is_over, skill_name, share, share_low, share_high, n_with_skill, n_postings, n_companies, status, coverage_ratio
from rpt_skill_demand_weekly
join dim_weeks using (week_start)
where skill_id = (
    select coalesce(
        min(known.skill_id) filter (where known.skill_id = lower(skill)), min(known.skill_id),
        error('There is no skill ''' || skill || ''' in these figures: dim_skills lists them.')
    )
    from dim_skills as known
    where lower(skill) in (known.skill_id, lower(known.skill_name))
) and country = (
    select coalesce(
        if(lower(place) = 'all', 'all', min(known.country)),
        error('There is no country ''' || place || ''' in these figures: dim_locations lists them, as US or GB.')
    )
    from dim_locations as known
    where known.country = upper(place)
) and role_family = role and measure = kind
    and seniority = level and workplace = place_of_work
order by week_start;
