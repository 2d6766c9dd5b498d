-- What is paid by experience, size of the employer and region? salary_grid('FR'), salary_grid('US', role := 'ml_engineer').
-- A year's pay in the country's currency over the last half year. One row per (experience_band, company_size_band, pay_region_name).
create macro salary_grid(place := 'all', role := 'all') as table
select
    experience_band, company_size_band, pay_region_name, currency, salary_p25_annual, salary_median_annual, median_low,
    median_high, salary_p75_annual, region_premium, region_premium_low, region_premium_high, is_region_premium_significant, n_with_pay, n_postings,
    n_companies, share_size_from_registry, share_size_from_text, week_start, status, coverage_ratio, floor_reason
from rpt_salary_grid
where country = (from country_named(place))
    and role_family = (from value_named('role', role, (select list(role_family) from known_roles)))
order by
    list_position(['junior', 'confirmed', 'senior', 'staff_principal', 'unspecified', 'all'], experience_band),
    list_position(['sme', 'large', 'unspecified', 'all'], company_size_band),
    list_position(['elsewhere', 'all'], pay_region), pay_region;
