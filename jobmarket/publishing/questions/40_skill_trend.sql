-- How does the demand for a skill move? skill_trend('pytorch'), skill_trend('pytorch', 'US'), skill_trend('rust',
-- role_family := 'ml_engineer', measure := 'flow'), and of one level or workplace: skill_trend('rust', seniority := 'senior'),
-- skill_trend('rust', workplace := 'remote'). matched_share is the share without what a change of sources did to it, and
-- the changes are of it. A skill by its id, its name or another of its spellings, a country by its two letters; what is not here
-- is an error, and so are questions that are not tabulated: a level with a workplace, and either with a role and a country
-- (postings_behind lists what they would be counted from). No rows: nobody of the kind asked about asks for the skill in any
-- week, or too few openings are of that kind to tell. One row per week_start.
create macro skill_trend(
    skill, country := 'all', role_family := 'all', measure := 'stock', seniority := 'all', workplace := 'all'
) as table
with asked (skill_id, country, role_family, measure, seniority, workplace, is_tabulated) as (
    select
        (from skill_named(skill)),
        (from country_named(country)),
        (from role_named(role_family)),
        (from value_named('measure', measure, ['flow', 'stock'])),
        (from value_named('seniority', seniority, (select list(distinct known.seniority) from rpt_skill_demand_weekly as known))),
        (from value_named('workplace', workplace, (select list(distinct known.workplace) from rpt_skill_demand_weekly as known))),
        case
            when 'all' not in (lower(seniority), lower(workplace))
                then error(
                    'Shares are tabulated by seniority or by workplace, not by both together: leave one of them out.'
                )
            when 'all' not in (lower(country), lower(role_family)) and (lower(seniority) != 'all' or lower(workplace) != 'all')
                then error(
                    'Shares of a seniority or workplace are tabulated by role_family or by country, not by both together: leave '
                    || 'one of them out. postings_behind lists the postings of any of them.'
                )
            else true
        end
)
select
    demand.week_start, weeks.is_over, demand.skill_name, demand.share, demand.share_low, demand.share_high,
    demand.matched_share, demand.change_4w, demand.is_significant_4w, demand.change_13w, demand.change_13w_low,
    demand.change_13w_high, demand.is_significant_13w, demand.n_with_skill, demand.n_postings, demand.n_companies,
    demand.status, demand.coverage_ratio, demand.break_reason
from rpt_skill_demand_weekly as demand
join asked on demand.skill_id = asked.skill_id and demand.country = asked.country and demand.role_family = asked.role_family
    and demand.measure = asked.measure and demand.seniority = asked.seniority and demand.workplace = asked.workplace
    and asked.is_tabulated
join dim_weeks as weeks on weeks.week_start = demand.week_start
order by demand.week_start;
