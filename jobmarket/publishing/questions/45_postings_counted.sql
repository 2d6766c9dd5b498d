-- Which postings does a week count? postings_counted('2026-W33'), optionally with country, role_family, measure,
-- seniority and workplace as in skill_trend. Name the week by its number or any of its days. Lists every posting of
-- the cell with its content at the end of the week, including those without a text (has_description), which no share
-- counts. One row per posting_key.
create macro postings_counted(
    week, country := 'all', role_family := 'all', measure := 'stock', seniority := 'all', workplace := 'all'
) as table
select
    versions.title, companies.company_name, versions.url, postings.board, postings.posted_at, postings.first_run_id,
    postings.last_run_id, versions.posting_key, versions.version_no, versions.has_description,
    versions.is_by_agency
from cell_named(week, country, role_family, measure, seniority, workplace) as chosen
inner join fct_posting_weeks as weeks on chosen.week_start = weeks.week_start and chosen.measure = weeks.measure
inner join posting_versions as versions
    on weeks.posting_key = versions.posting_key and weeks.version_no = versions.version_no
inner join fct_postings as postings on weeks.posting_key = postings.posting_key
inner join dim_companies as companies on postings.company_key = companies.company_key
where weeks.is_canonical
    and chosen.role_family in ('all', versions.role_family)
    and chosen.seniority in ('all', versions.seniority)
    and chosen.workplace in ('all', versions.workplace)
    and (chosen.country = 'all' or list_contains(versions.countries, chosen.country));
