-- Which postings are behind a median of pay? postings_behind_pay('2026-W33', 'US', seniority := 'senior'), optionally
-- with role_family and measure as in salary_trend. Name the week by its number or any of its days. Lists every posting
-- whose pay counts, with the amount that counts (their median is salary_median_usd_annual) and the ends of the stated
-- range, from its content at the end of the week. version_salaries has each range and where it is stated. One row per
-- posting_key.
create macro postings_behind_pay(
    week, country := 'all', role_family := 'all', measure := 'stock', seniority := 'all'
) as table
select
    counted.title, counted.company_name, paid.salary_usd_annual, paid.salary_annual, paid.currency, stated.salary_min,
    stated.salary_max, paid.period, paid.amount_basis, counted.url, counted.board, counted.posted_at,
    counted.first_run_id, counted.last_run_id, counted.posting_key, counted.version_no
from postings_counted(week, country, role_family, measure, seniority) as counted
join fct_counted_pay as paid on paid.posting_key = counted.posting_key and paid.version_no = counted.version_no
    and paid.country = counted.counted_in
left join version_pay as stated on stated.posting_key = counted.posting_key and stated.version_no = counted.version_no
order by paid.salary_usd_annual desc, counted.company_name, counted.posting_key;
