-- How does stated pay move? salary_trend(), salary_trend('US'), salary_trend('GB', seniority := 'senior'). USD a year, and where
-- nearly all of a country's pay is in its currency, the median in that (salary_median_annual), which no exchange rate moves. Medians
-- move with what is crawled and with the mix of jobs, too: controlled_change_13w is the change of pay of like jobs.
-- One row per week_start.
create macro salary_trend(country := 'all', seniority := 'all', role_family := 'all', measure := 'stock') as table
with asked (country, seniority, role_family, measure) as (
    select
        (from country_named(country)),
        (from value_named('seniority', seniority, (select list(distinct known.seniority) from rpt_salary_trend_weekly as known))),
        (from role_named(role_family)),
        (from value_named('measure', measure, ['flow', 'stock']))
)
select
    pay.week_start, weeks.is_over, pay.salary_median_usd_annual, pay.median_low, pay.median_high,
    pay.salary_p25_usd_annual, pay.salary_p75_usd_annual, pay.currency, pay.salary_median_annual,
    pay.salary_median_annual_low, pay.salary_median_annual_high, pay.n_in_currency,
    pay.controlled_change_13w, pay.controlled_change_13w_low, pay.controlled_change_13w_high,
    pay.n_with_pay, pay.n_companies, pay.status, pay.disclosure_share, pay.n_postings, pay.disclosure_status,
    pay.coverage_ratio, pay.break_reason, pay.floor_reason
from rpt_salary_trend_weekly as pay
join asked on pay.country = asked.country and pay.seniority = asked.seniority and pay.role_family = asked.role_family
    and pay.measure = asked.measure
join dim_weeks as weeks on weeks.week_start = pay.week_start
order by pay.week_start;
