-- What pay does each content of a posting state? From the lowest to the highest of its preferred base or unspecified
-- ranges, over all pay zones, without on-target earnings and total packages. The stated amounts are null where the
-- ranges differ in currency or period; use US dollars a year to compare them. For each single range see
-- version_salaries. One row per (posting_key, version_no).
create table version_pay as
with ranges as (
    select
        posting_key,
        version_no,
        any_value(amount_basis) as amount_basis,
        count(distinct struct_pack(currency := currency, period := period)) = 1 as is_one_unit,
        any_value(currency) as currency,
        any_value(period) as period,
        -- among others, a range with one end counts with that end as both
        min(coalesce(salary_min, salary_max)) as lowest,
        max(coalesce(salary_max, salary_min)) as highest,
        min(coalesce(salary_min_usd_annual, salary_max_usd_annual)) as lowest_usd_annual,
        max(coalesce(salary_max_usd_annual, salary_min_usd_annual)) as highest_usd_annual,
        count(salary_min) > 0 as has_min,
        count(salary_max) > 0 as has_max
    from version_salaries
    where is_preferred and kind in ('base', 'unspecified')
    group by posting_key, version_no
)
select
    posting_key,
    version_no,
    if(is_one_unit and has_min, lowest, null) as salary_min,
    if(is_one_unit and has_max, highest, null) as salary_max,
    if(is_one_unit, currency, null) as currency,
    if(is_one_unit, period, null) as period,
    if(has_min, lowest_usd_annual, null) as salary_min_usd_annual,
    if(has_max, highest_usd_annual, null) as salary_max_usd_annual,
    amount_basis
from ranges
order by posting_key, version_no;
