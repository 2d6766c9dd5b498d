-- What is paid, by level? salary_levels('US'), salary_levels('FR', role_family := 'ml_engineer'). Pay per year over
-- the last half year, in the country's currency, or in US dollars where that has no exchange rate (see currency); from
-- interns upward, with the total first. Where no opening is counted, the total is suppressed and its floor_reason
-- states why. One row per seniority.
create macro salary_levels(country := 'all', role_family := 'all') as table
with chosen (country, role_family) as (
    select (from country_named(country)), (from role_named(role_family))
)
select
    coalesce(levels.seniority, 'all') as seniority, levels.currency, levels.salary_p25_annual,
    levels.salary_median_annual, levels.median_low,
    levels.median_high, levels.salary_p75_annual, levels.salary_median_usd_annual, levels.salary_median_usd_annual_low,
    levels.salary_median_usd_annual_high, levels.n_with_pay, levels.n_postings,
    levels.n_companies, levels.week_start, coalesce(levels.status, 'suppressed') as status, levels.coverage_ratio,
    if(levels.status is null, 'no posting of the kind', levels.floor_reason) as floor_reason
from chosen
left join rpt_seniority_salary as levels on chosen.country = levels.country and chosen.role_family = levels.role_family
order by list_position(
    [
        'all', 'intern', 'junior', 'mid', 'senior', 'lead', 'staff', 'principal', 'manager', 'executive', 'unspecified',
        'multiple'
    ],
    levels.seniority
);
