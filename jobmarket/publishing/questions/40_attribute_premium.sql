-- Does remote work, a degree or a sponsored visa go with higher or lower pay? attribute_premium('workplace'),
-- attribute_premium('degree', 'US', role_family := 'ml_engineer'), attribute_premium('visa_sponsorship'). The premium
-- of each value over compared_with among comparable jobs, over the last half year; plain medians would compare
-- different jobs, countries and currencies. No rows: no opening with pay states a value. One row per attribute_value.
create macro attribute_premium(attribute, country := 'all', role_family := 'all') as table
with chosen (attribute, country, role_family) as (
    select
        (from value_named('attribute', attribute, ['degree', 'visa_sponsorship', 'workplace'])),
        (from country_named(country)),
        (from role_named(role_family))
)
select
    premiums.attribute_value, premiums.compared_with, premiums.premium, premiums.premium_low, premiums.premium_high,
    premiums.premium_q_value, premiums.is_significant, premiums.premium_within_company, premiums.within_company_low,
    premiums.within_company_high, premiums.n_with, premiums.n_companies_with, premiums.n_compared_with,
    premiums.n_companies_compared_with, premiums.n_companies_with_both, premiums.n_postings, premiums.n_controls,
    premiums.week_start, premiums.status, premiums.coverage_ratio, premiums.floor_reason
from rpt_attribute_salary_premium as premiums
inner join chosen on premiums.attribute = chosen.attribute and premiums.country = chosen.country
    and premiums.role_family = chosen.role_family
order by list_position(['none', 'master', 'phd', 'hybrid', 'remote', 'offered'], premiums.attribute_value);
