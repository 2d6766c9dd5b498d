-- How does the demand for a skill move? skill_trend('pytorch'), skill_trend('pytorch', 'US'), skill_trend('rust',
-- role := 'ml_engineer', kind := 'flow'), and of one level or workplace: skill_trend('rust', level := 'senior'),
-- skill_trend('rust', place_of_work := 'remote'). matched_share is the share without what a change of sources did to it, and
-- the changes are of it. A skill by its id, its name or another of its spellings, a country by its two letters; what is not here
-- is an error, and so are questions that are not tabulated: a level with a workplace, and either with a role and a country
-- (postings_behind lists what they would be counted from). No rows: nobody of the kind asked about asks for the skill in any
-- week, or too few openings are of that kind to tell. One row per week_start.
create macro skill_trend(skill, place := 'all', role := 'all', kind := 'stock', level := 'all', place_of_work := 'all') as table
select
    week_start, is_over, skill_name, share, share_low, share_high, matched_share, change_4w, is_significant_4w, change_13w,
    change_13w_low, change_13w_high, is_significant_13w, n_with_skill, n_postings, n_companies, status, coverage_ratio,
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
    and if(
        'all' in (lower(place), lower(role)) or (lower(level) = 'all' and lower(place_of_work) = 'all'),
        true,
        error(
            'Shares of a level or place_of_work are tabulated by role or by country, not by both together: leave one of '
            || 'them out. postings_behind lists the postings of any of them.'
        )
    )
order by week_start;
