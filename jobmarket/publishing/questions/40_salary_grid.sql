-- What is paid, by experience, size of the employer and region? salary_grid('FR'), salary_grid('US', role_family :=
-- 'ml_engineer'). Pay per year in the country's currency over the last half year; totals come before their parts. One
-- row per (experience_band, company_size_band, pay_region_name).
create macro salary_grid(country := 'all', role_family := 'all') as table
with chosen (country, role_family) as (
    select (from country_named(country)), (from role_named(role_family))
)
select
    grid.experience_band, grid.company_size_band, grid.pay_region_name, grid.currency, grid.salary_p25_annual,
    grid.salary_median_annual, grid.median_low, grid.median_high, grid.salary_p75_annual, grid.region_premium,
    grid.region_premium_low, grid.region_premium_high, grid.is_region_premium_significant, grid.n_with_pay, grid.n_postings,
    grid.n_companies, grid.share_size_from_registry, grid.share_size_from_text, grid.week_start, grid.status,
    grid.coverage_ratio, grid.floor_reason
from rpt_salary_grid as grid
join chosen on grid.country = chosen.country and grid.role_family = chosen.role_family
order by
    list_position(['all', 'intern', 'junior', 'confirmed', 'senior', 'staff_principal', 'unspecified'], grid.experience_band),
    list_position(['all', 'sme', 'large', 'unspecified'], grid.company_size_band),
    case grid.pay_region when 'all' then 1 when 'elsewhere' then 3 else 2 end, grid.pay_region;
