-- How does stated pay move? salary_trend(), salary_trend('US'), salary_trend('GB', level := 'senior'). USD a year. The median
-- moves with what is crawled and with the mix of jobs, too: controlled_change_13w is the change of pay of like jobs.
-- One row per week_start.
create macro salary_trend(place := 'all', level := 'all', role := 'all', kind := 'stock') as table
select
    week_start, is_over, salary_median_usd_annual, median_low, median_high, salary_p25_usd_annual, salary_p75_usd_annual,
    controlled_change_13w, controlled_change_13w_low, controlled_change_13w_high,
    n_with_pay, n_companies, status, disclosure_share, n_postings, disclosure_status, coverage_ratio,
    break_reason
from rpt_salary_trend_weekly
join dim_weeks using (week_start)
where country = (from country_named(place))
    and seniority = (from value_named('level', level, (select list(distinct seniority) from rpt_salary_trend_weekly)))
    and role_family = (from value_named('role', role, (select list(role_family) from known_roles)))
    and measure = (from value_named('kind', kind, ['flow', 'stock']))
order by week_start;
