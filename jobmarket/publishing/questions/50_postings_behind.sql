-- Which postings are behind a skill's share? postings_behind('pytorch', '2026-W33'), optionally with country,
-- role_family, measure, seniority and workplace as in skill_trend. Name the week by its number or any of its days.
-- Lists every posting counted, those that ask for the skill first, with its content at the end of the week. One row
-- per posting_key.
create macro postings_behind(
    skill, week, country := 'all', role_family := 'all', measure := 'stock', seniority := 'all', workplace := 'all'
) as table
with mentions as (
    select stated.posting_key, stated.version_no, stated.skill_id, stated.surface, stated.level
    from version_skills as stated
    where stated.skill_id = (from skill_named(skill)) and stated.level != 'context'
)
select
    mentions.skill_id is not null as asks_for_it, counted.title, counted.company_name, mentions.surface,
    mentions.level, counted.is_by_agency, counted.url, counted.board, counted.posted_at, counted.first_run_id,
    counted.last_run_id, counted.posting_key, counted.version_no
from postings_counted(week, country, role_family, measure, seniority, workplace) as counted
left join mentions
    on counted.posting_key = mentions.posting_key and counted.version_no = mentions.version_no
where counted.has_description
order by asks_for_it desc, counted.company_name asc, counted.posting_key asc;
