-- What is paid now? Stated pay of the open postings of the last finished week, in US dollars a year, for every role
-- family, country and seniority, and the share that states it. The share has its own sample (n_postings of
-- n_companies_asked employers; pay is that of n_with_pay of n_companies), floor and status: either may be withheld
-- while the other is shown. Cells of which both are withheld have a row too, with the reason in floor_reason. One row
-- per (role_family, country, seniority).
create view what_is_paid_now as
select
    week_start, role_family, country, seniority, salary_p10_usd_annual, salary_p25_usd_annual,
    salary_median_usd_annual, salary_median_usd_annual_low, salary_median_usd_annual_high, salary_p75_usd_annual,
    salary_p90_usd_annual, n_with_pay, n_companies, status, floor_reason, disclosure_share, disclosure_low,
    disclosure_high, n_postings, n_companies_asked, disclosure_status, coverage_ratio, break_reason
from rpt_salary_trend_weekly
where measure = 'stock' and week_start = (select week_start from current_week)
order by role_family, country, seniority;
