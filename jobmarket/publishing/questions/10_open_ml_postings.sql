-- Which machine-learning jobs are open at the moment of this vintage (about.as_of)? The rows of open_postings in
-- families of the market, with the employer's name and the pay; not tied to a week. Join by posting_key and version_no
-- to fct_postings for everything else known about them, to version_skills and to fct_counted_pay. Take shares of those
-- with has_description only: the others have no text to read. One row per posting_key.
create table open_ml_postings as
select
    postings.posting_key, postings.title, companies.company_name, postings.role_family, postings.seniority,
    postings.workplace, postings.employment_type, postings.city, postings.region, postings.country,
    pay.salary_min, pay.salary_max, pay.currency, pay.period, pay.salary_min_usd_annual, pay.salary_max_usd_annual,
    postings.posted_at, postings.posted_at_basis, postings.url, postings.company_key, postings.version_no,
    postings.experience_band, postings.degree_min, postings.has_pay, postings.has_description
from open_postings as postings
inner join dim_companies as companies on postings.company_key = companies.company_key
left join posting_pay as pay on postings.posting_key = pay.posting_key
where postings.role_family in (from known_roles)
order by postings.posting_key;
