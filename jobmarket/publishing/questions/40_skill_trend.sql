-- How does the demand for a skill move? skill_trend('pytorch'), skill_trend('pytorch', 'US'), skill_trend('rust',
-- role := 'ml_engineer', kind := 'flow'), and of one level or workplace: skill_trend('rust', level := 'senior'),
-- skill_trend('rust', place_of_work := 'remote'). A skill by its id or its name, a country by its two letters; what is not
-- here is an error, and a level with a workplace is one too, for these are not tabulated together. No rows: nobody of the
-- kind asked about asks for the skill in any week, or too few openings are of that kind to tell. One row per week_start.
create macro skill_trend(skill, place := 'all', role := 'all', kind := 'stock', level := 'all', place_of_work := 'all') as table
select
    week_start, is_over, skill_name, share, share_low, share_high, n_with_skill, n_postings, n_companies, status, coverage_ratio,
    break_reason
from rpt_skill_demand_weekly
join dim_weeks using (week_start)
where skill_id = (from skill_named(skill)) and country = (from country_named(place))
    and role_family = (from value_named('role', role, (select list(role_family) from known_roles)))
    and measure = (from value_named('kind', kind, ['flow', 'stock']))
    and seniority = (from value_named('level', level, (select list(distinct seniority) from rpt_skill_demand_weekly)))
    and workplace = (
        select if(
            'all' in (value, lower(level)),
            value,
            error('Shares are tabulated by level or by place_of_work, not by both together: leave one of them out.')
        )
        from value_named('place_of_work', place_of_work, (select list(distinct workplace) from rpt_skill_demand_weekly))
    )
order by week_start;
