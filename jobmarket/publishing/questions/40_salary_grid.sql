-- What is paid, by experience, size of the employer and region? salary_grid('FR'), salary_grid('US', role_family :=
-- 'ml_engineer'). Pay per year over the last half year, in the country's currency, or in US dollars where that has no
-- exchange rate (see currency); totals come before their parts. Where no opening is counted, the total is suppressed
-- and its floor_reason states why. One row per (experience_band, company_size_band, pay_region_name).
create macro salary_grid(country := 'all', role_family := 'all') as table
with chosen (country, role_family) as (
    select (from country_named(country)), (from role_named(role_family))
)
select
    coalesce(grid.experience_band, 'all') as experience_band,
    coalesce(grid.company_size_band, 'all') as company_size_band,
    coalesce(grid.pay_region_name, 'all') as pay_region_name, grid.currency, grid.salary_p25_annual,
    grid.salary_median_annual, grid.median_low, grid.median_high, grid.salary_p75_annual, grid.region_premium,
    grid.region_premium_low, grid.region_premium_high, grid.is_region_premium_significant, grid.n_with_pay,
    grid.n_postings,
    grid.n_companies, grid.share_size_from_registry, grid.share_size_from_text, grid.week_start,
    coalesce(grid.status, 'suppressed') as status, grid.coverage_ratio,
    if(grid.status is null, 'no posting of the kind', grid.floor_reason) as floor_reason
from chosen
left join rpt_salary_grid as grid on chosen.country = grid.country and chosen.role_family = grid.role_family
order by
    list_position(
        ['all', 'intern', 'junior', 'confirmed', 'senior', 'staff_principal', 'unspecified'], grid.experience_band
    ),
    list_position(['all', 'sme', 'large', 'unspecified'], grid.company_size_band),
    case grid.pay_region when 'all' then 1 when 'elsewhere' then 3 else 2 end, grid.pay_region;
