-- Which postings are behind a theme's share? postings_behind_theme('mlops', '2026-W33'), optionally with country,
-- role_family and measure as in theme_trend. Lists every posting counted, those that ask for a skill of the theme
-- first, with these skills and the words used for them in its content at the end of the week. One row per posting_key.
create macro postings_behind_theme(theme, week, country := 'all', role_family := 'all', measure := 'stock') as table
with asked as (
    select skills.skill_id
    from dim_skills as skills
    inner join theme_named(theme) as named on list_contains(skills.themes, named.theme)
),
mentions as (
    select
        stated.posting_key, stated.version_no,
        list(stated.skill_name order by stated.skill_name) as skill_names,
        list(stated.surface order by stated.skill_name) as surfaces
    from version_skills as stated
    inner join asked on stated.skill_id = asked.skill_id
    where stated.level != 'context'
    group by stated.posting_key, stated.version_no
)
select
    mentions.skill_names is not null as asks_for_it, counted.title, counted.company_name,
    mentions.skill_names, mentions.surfaces, counted.is_by_agency, counted.url, counted.board, counted.posted_at,
    counted.first_run_id, counted.last_run_id, counted.posting_key, counted.version_no
from postings_counted(week, country, role_family, measure) as counted
left join mentions
    on counted.posting_key = mentions.posting_key and counted.version_no = mentions.version_no
where counted.has_description
order by asks_for_it desc, counted.company_name asc, counted.posting_key asc;
