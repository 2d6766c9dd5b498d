-- How does the demand for a skill move? skill_trend('pytorch'), skill_trend('pytorch', 'US'), skill_trend('rust',
-- role := 'ml_engineer', kind := 'flow'), and of one level or workplace: skill_trend('rust', level := 'senior'),
-- skill_trend('rust', place_of_work := 'remote'). A skill by its id or its name,
-- a country by its two letters; one that is not here is an error. One row per week_start.
create macro skill_trend(skill, place := 'all', role := 'all', kind := 'stock', level := 'all', place_of_work := 'all') as table
select
    week_start, is_over, skill_name, share, share_low, share_high, n_with_skill, n_postings, n_companies, status, coverage_ratio
from rpt_skill_demand_weekly
join dim_weeks using (week_start)
where skill_id = (from skill_named(skill)) and country = (from country_named(place)) and role_family = role and measure = kind
    and seniority = level and workplace = place_of_work
order by week_start;
