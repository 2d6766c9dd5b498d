-- How does stated pay change? salary_trend(), salary_trend('US'), salary_trend('GB', seniority := 'senior'). In US
-- dollars a year and, where nearly all of a country's pay is in its own currency, the median in that currency
-- (salary_median_annual), which no exchange rate moves. Medians also move with the sources crawled and with the mix of
-- jobs; controlled_change_13w is the change of pay of comparable jobs. Every week has a row. Where too few postings
-- state pay, the status is suppressed and floor_reason states why, even where rpt_salary_trend_weekly has no row
-- because there is no such opening. One row per week_start.
create macro salary_trend(country := 'all', seniority := 'all', role_family := 'all', measure := 'stock') as table
with chosen (country, seniority, role_family, measure) as (
    select
        (from country_named(country)),
        (
            from value_named(
                'seniority', seniority, (select list(distinct known.seniority) from rpt_salary_trend_weekly as known)
            )
        ),
        (from role_named(role_family)),
        (from value_named('measure', measure, ['flow', 'stock']))
),
of_kind as (
    select trend.*
    from rpt_salary_trend_weekly as trend
    inner join chosen on trend.country = chosen.country and trend.seniority = chosen.seniority
        and trend.role_family = chosen.role_family and trend.measure = chosen.measure
)
select
    weeks.week_start, weeks.is_over, pay.salary_median_usd_annual, pay.salary_median_usd_annual_low,
    pay.salary_median_usd_annual_high, pay.salary_p25_usd_annual, pay.salary_p75_usd_annual, pay.currency,
    pay.salary_median_annual, pay.salary_median_annual_low, pay.salary_median_annual_high, pay.n_in_currency,
    pay.controlled_change_13w, pay.controlled_change_13w_low, pay.controlled_change_13w_high,
    pay.n_with_pay, pay.n_companies, coalesce(pay.status, 'suppressed') as status, pay.disclosure_share,
    pay.disclosure_low, pay.disclosure_high, pay.n_postings, pay.n_companies_asked,
    coalesce(pay.disclosure_status, 'suppressed') as disclosure_status, pay.coverage_ratio, pay.break_reason,
    case
        when pay.week_start is not null then pay.floor_reason
        else coalesce(weeks.unknown_reason, 'no posting of the kind')
    end as floor_reason
from measured_weeks as weeks
inner join chosen on weeks.measure = chosen.measure
left join of_kind as pay on weeks.week_start = pay.week_start
order by weeks.week_start;
