-- Which postings is a skill's share made of? postings_behind('pytorch', '2026-08-10'), further with place, role, kind,
-- level and place_of_work as in skill_trend. Every posting that was asked, those that ask for the skill first.
-- One row per posting_key.
create macro postings_behind(
    skill, week, place := 'all', role := 'all', kind := 'stock', level := 'all', place_of_work := 'all'
) as table
select
    mentions.skill_id is not null as asks_for_it, postings.title, companies.company_name, mentions.surface,
    mentions.level, postings.url, postings.board, postings.posted_at, postings.first_run_id, postings.last_run_id,
    postings.posting_key
from fct_posting_weeks as weeks
join fct_postings as postings using (posting_key)
join dim_companies as companies on companies.company_key = postings.company_key
left join (
    select * from fct_posting_skills
    where fct_posting_skills.level <> 'context' and (skill_id = lower(skill) or lower(skill_name) = lower(skill))
) as mentions using (posting_key)
where weeks.week_start = week::date and weeks.measure = kind and weeks.is_canonical and postings.has_description
    and (role = 'all' or postings.role_family = role)
    and (level = 'all' or postings.seniority = level)
    and (place_of_work = 'all' or postings.workplace = place_of_work)
    and (place = 'all' or list_contains(list_transform(postings.locations, lambda stated: stated.country), place))
order by asks_for_it desc, companies.company_name, postings.posting_key;
