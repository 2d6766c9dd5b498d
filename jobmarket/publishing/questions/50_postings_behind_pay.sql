-- Which postings are behind a median of pay? postings_behind_pay('2026-W33', 'US', seniority := 'senior'), optionally
-- with role_family and measure as in salary_trend. Name the week by its number or any of its days. Lists every posting
-- whose pay counts, with the amount that counts (their median is salary_median_usd_annual) and the ends of the stated
-- ranges in its currency, from its content at the end of the week. version_salaries has each range and where it is
-- stated. One row per posting_key.
create macro postings_behind_pay(
    week, country := 'all', role_family := 'all', measure := 'stock', seniority := 'all'
) as table
select
    versions.title, companies.company_name, paid.salary_usd_annual, paid.salary_annual, paid.currency, paid.salary_min,
    paid.salary_max, paid.period, paid.amount_basis, versions.is_by_agency, versions.url, postings.board,
    postings.posted_at, postings.first_run_id, postings.last_run_id, versions.posting_key, versions.version_no
-- fct_counted_pay knows the countries, so that the places of each posting need not be looked at
from cell_named(week, country, role_family, measure, seniority, 'all') as chosen
inner join fct_counted_pay as paid on chosen.country = paid.country
inner join fct_posting_weeks as weeks on paid.posting_key = weeks.posting_key and paid.version_no = weeks.version_no
    and chosen.week_start = weeks.week_start and chosen.measure = weeks.measure
inner join posting_versions as versions
    on paid.posting_key = versions.posting_key and paid.version_no = versions.version_no
inner join fct_postings as postings on paid.posting_key = postings.posting_key
inner join dim_companies as companies on postings.company_key = companies.company_key
where weeks.is_canonical
    and chosen.role_family in ('all', versions.role_family)
    and chosen.seniority in ('all', versions.seniority)
order by paid.salary_usd_annual desc, companies.company_name asc, versions.posting_key asc;
