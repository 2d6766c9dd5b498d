-- Which postings is a skill's share made of? postings_behind('pytorch', '2026-08-10'), further with place, role, kind,
-- level and place_of_work as in skill_trend. The week by any of its days. Every posting that was
-- asked, those that ask for the skill first, in the words it had by the week's end.
-- One row per posting_key.
create macro postings_behind(
    skill, week, place := 'all', role := 'all', kind := 'stock', level := 'all', place_of_work := 'all'
) as table
with asked as (
    select
        (from week_named(week)) as week_start,
        (from skill_named(skill)) as skill_id,
        (from country_named(place)) as country,
        (from value_named('role', role, (select list(role_family) from known_roles))) as role_family,
        (from value_named('kind', kind, ['flow', 'stock'])) as measure,
        (from value_named('level', level, (select list(distinct seniority) from rpt_skill_demand_weekly))) as seniority,
        (from value_named('place_of_work', place_of_work, (select list(distinct workplace) from rpt_skill_demand_weekly))) as workplace
)
select
    mentions.skill_id is not null as asks_for_it, said.title, companies.company_name, mentions.surface,
    mentions.level, said.url, postings.board, postings.posted_at, postings.first_run_id, postings.last_run_id,
    postings.posting_key, said.version_no
from asked
join fct_posting_weeks as weeks on weeks.week_start = asked.week_start
join posting_versions as said using (posting_key, version_no)
join fct_postings as postings using (posting_key)
join dim_companies as companies on companies.company_key = postings.company_key
left join (
    select stated.* from version_skills as stated join asked using (skill_id)
    where stated.level <> 'context'
) as mentions using (posting_key, version_no)
where weeks.measure = asked.measure and weeks.is_canonical and said.has_description
    and asked.role_family in ('all', said.role_family)
    and asked.seniority in ('all', said.seniority)
    and asked.workplace in ('all', said.workplace)
    and (
        asked.country = 'all'
        or list_contains(list_transform(said.locations, lambda stated: stated.country), asked.country)
    )
order by asks_for_it desc, companies.company_name, postings.posting_key;
