with

posting_cells as (

    select * from {{ ref('int_posting_cells') }}

),

posting_salaries as (

    select * from {{ ref('fct_posting_salaries') }}

),

countries as (

    select * from {{ ref('countries') }}

),

exchange_rates as (

    select * from {{ ref('stg_exchange_rates') }}

),

-- one rate for all weeks: what is left of a change is not the currency's
constant_rates as (

    select
        exchange_rates.currency,
        arg_max(exchange_rates.usd_per_unit, exchange_rates.rate_date) as usd_per_unit
    from exchange_rates
    where exchange_rates.rate_date <= date '{{ var("constant_rates_on") }}'
    group by exchange_rates.currency

),

zones as (

    select
        posting_salaries.posting_key,
        posting_salaries.amount_basis,
        posting_salaries.currency,
        posting_salaries.period,
        (
            coalesce(posting_salaries.salary_min_usd_annual, posting_salaries.salary_max_usd_annual)
            + coalesce(posting_salaries.salary_max_usd_annual, posting_salaries.salary_min_usd_annual)
        ) / 2 as usd_annual,
        (
            coalesce(posting_salaries.salary_min_annual, posting_salaries.salary_max_annual)
            + coalesce(posting_salaries.salary_max_annual, posting_salaries.salary_min_annual)
        ) / 2 as local_annual
    from posting_salaries
    where
        posting_salaries.is_preferred
        and posting_salaries.kind in ('base', 'unspecified')
        and coalesce(posting_salaries.salary_min_usd_annual, posting_salaries.salary_max_usd_annual) > 0

),

-- each posting once: the middle of its preferred base ranges, the mean over its zones
pay_anywhere as (

    select
        zones.posting_key,
        any_value(zones.amount_basis) as amount_basis,
        min(zones.currency) as currency,
        avg(zones.usd_annual) as usd_annual,
        avg(zones.local_annual * constant_rates.usd_per_unit) as constant_usd_annual
    from zones
    left join constant_rates on zones.currency = constant_rates.currency
    group by zones.posting_key

),

-- of a posting in several countries, a country has the zones in its own currency
pay_by_currency as (

    select
        zones.posting_key,
        zones.currency,
        min(zones.period) as period,
        avg(zones.usd_annual) as usd_annual,
        avg(zones.local_annual) as local_annual,
        avg(zones.local_annual * constant_rates.usd_per_unit) as constant_usd_annual
    from zones
    left join constant_rates on zones.currency = constant_rates.currency
    group by all

),

country_counts as (

    select
        posting_cells.posting_key,
        count(distinct posting_cells.country) filter (where posting_cells.country != 'all') as n_countries
    from posting_cells
    group by posting_cells.posting_key

),

places as (

    select distinct
        posting_cells.posting_key,
        posting_cells.country,
        country_counts.n_countries > 1 and posting_cells.country != 'all' as is_one_of_several,
        countries.currency
    from posting_cells
    inner join country_counts on posting_cells.posting_key = country_counts.posting_key
    left join countries on posting_cells.country = countries.country

),

final as (

    select
        places.posting_key,
        places.country,
        case when places.is_one_of_several then pay_by_currency.usd_annual else pay_anywhere.usd_annual end
            as usd_annual,
        case
            when places.is_one_of_several then pay_by_currency.constant_usd_annual
            else pay_anywhere.constant_usd_annual
        end as constant_usd_annual,
        pay_by_currency.local_annual,
        pay_by_currency.currency,
        pay_by_currency.period,
        pay_anywhere.amount_basis
    from places
    inner join pay_anywhere on places.posting_key = pay_anywhere.posting_key
    inner join pay_by_currency
        on
            places.posting_key = pay_by_currency.posting_key
            and pay_by_currency.currency
            = case when places.is_one_of_several then places.currency else pay_anywhere.currency end

)

select * from final
