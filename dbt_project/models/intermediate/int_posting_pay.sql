with

posting_cells as (

    select * from {{ ref('int_posting_cells') }}

),

posting_salaries as (

    select * from {{ ref('int_version_salaries') }}

),

countries as (

    select * from {{ ref('countries') }}

),

pay_period_factors as (

    select * from {{ ref('pay_period_factors') }}

),

exchange_rates as (

    select * from {{ ref('stg_exchange_rates') }}

),

-- one rate for all weeks, so that exchange rates do not show as changes of pay
constant_rates as (

    select
        exchange_rates.currency,
        arg_max(exchange_rates.usd_per_unit, exchange_rates.rate_date) as usd_per_unit
    from exchange_rates
    where exchange_rates.rate_date <= date '{{ var("constant_rates_on") }}'
    group by exchange_rates.currency

),

-- the midpoint of each preferred base range
ranges as (

    select
        posting_salaries.posting_key,
        posting_salaries.version_no,
        posting_salaries.amount_basis,
        posting_salaries.currency,
        posting_salaries.period,
        posting_salaries.monthly_payments,
        posting_salaries.annualisation_factor,
        posting_salaries.salary_min,
        posting_salaries.salary_max,
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

-- pay does not depend on the role family: each country once
countries_of_paid as (

    select
        posting_cells.posting_key,
        posting_cells.version_no,
        posting_cells.country
    from posting_cells
    semi join ranges on {{ same('posting_cells', 'ranges', ['posting_key', 'version_no']) }}
    where posting_cells.role_family = 'all'

),

country_counts as (

    select
        countries_of_paid.posting_key,
        countries_of_paid.version_no,
        count(*) filter (where countries_of_paid.country != 'all') as n_countries
    from countries_of_paid
    group by all

),

places as (

    select
        countries_of_paid.posting_key,
        countries_of_paid.version_no,
        countries_of_paid.country,
        country_counts.n_countries > 1 and countries_of_paid.country != 'all' as is_one_of_several,
        countries.currency
    from countries_of_paid
    inner join country_counts on {{ same('countries_of_paid', 'country_counts', ['posting_key', 'version_no']) }}
    left join countries on countries_of_paid.country = countries.country

),

-- the factor from a month or an hour to a year differs by country, and a country's cells use its own unless the posting
-- states how often a month's pay is paid
annualised as (

    select
        places.posting_key,
        places.version_no,
        places.country,
        ranges.currency = places.currency as is_own_currency,
        ranges.amount_basis,
        ranges.currency,
        ranges.period,
        ranges.salary_min,
        ranges.salary_max,
        ranges.usd_annual,
        ranges.local_annual,
        case
            when places.country = 'all' or ranges.monthly_payments is not null then 1
            else {{ factor_to_year() }} / ranges.annualisation_factor
        end as country_factor
    from ranges
    inner join places on {{ same('ranges', 'places', ['posting_key', 'version_no']) }}
    {{ join_factors_to_year('places.country', 'ranges.period') }}

),

zones as (

    select
        annualised.posting_key,
        annualised.version_no,
        annualised.country,
        annualised.is_own_currency,
        annualised.amount_basis,
        annualised.currency,
        annualised.period,
        annualised.salary_min,
        annualised.salary_max,
        annualised.usd_annual * annualised.country_factor as usd_annual,
        annualised.local_annual * annualised.country_factor as local_annual,
        annualised.local_annual * annualised.country_factor * constant_rates.usd_per_unit as constant_usd_annual
    from annualised
    left join constant_rates on annualised.currency = constant_rates.currency

),

-- the mean over the zones of a content, added in order of size: the last digit of a sum depends on the order
pay_anywhere as (

    select
        zones.posting_key,
        zones.version_no,
        zones.country,
        any_value(zones.amount_basis) as amount_basis,
        coalesce(bool_or(zones.is_own_currency), false) as has_own_currency,
        case when count(distinct zones.currency) = 1 then min(zones.currency) end as currency,
        avg(zones.usd_annual order by zones.usd_annual) as usd_annual,
        avg(zones.constant_usd_annual order by zones.constant_usd_annual) as constant_usd_annual
    from zones
    group by all

),

pay_by_currency as (

    select
        zones.posting_key,
        zones.version_no,
        zones.country,
        zones.currency,
        min(zones.period) as period,
        count(distinct zones.period) = 1 as is_one_period,
        count(zones.salary_min) > 0 as has_min,
        count(zones.salary_max) > 0 as has_max,
        -- among others, a range with one end counts with that end as both
        min(coalesce(zones.salary_min, zones.salary_max)) as lowest,
        max(coalesce(zones.salary_max, zones.salary_min)) as highest,
        avg(zones.usd_annual order by zones.usd_annual) as usd_annual,
        avg(zones.local_annual order by zones.local_annual) as local_annual,
        avg(zones.constant_usd_annual order by zones.constant_usd_annual) as constant_usd_annual
    from zones
    group by all

),

-- A country takes the zones in its own currency: the others are for other countries, named or not. Only the single
-- country of a posting without such a zone takes all of them, as `all` does. Zones in several currencies have a mean in
-- US dollars alone.
chosen as (

    select
        places.posting_key,
        places.version_no,
        places.country,
        places.is_one_of_several or pay_anywhere.has_own_currency as is_by_currency,
        case
            when places.is_one_of_several or pay_anywhere.has_own_currency then places.currency
            else pay_anywhere.currency
        end as currency,
        pay_anywhere.usd_annual,
        pay_anywhere.constant_usd_annual,
        pay_anywhere.amount_basis
    from places
    inner join pay_anywhere
        on {{ same('places', 'pay_anywhere', ['posting_key', 'version_no', 'country']) }}

),

final as (

    select
        chosen.posting_key,
        chosen.version_no,
        chosen.country,
        case when chosen.is_by_currency then pay_by_currency.usd_annual else chosen.usd_annual end as usd_annual,
        case when chosen.is_by_currency then pay_by_currency.constant_usd_annual else chosen.constant_usd_annual end
            as constant_usd_annual,
        pay_by_currency.local_annual,
        pay_by_currency.currency,
        pay_by_currency.period,
        case when pay_by_currency.is_one_period and pay_by_currency.has_min then pay_by_currency.lowest end
            as salary_min,
        case when pay_by_currency.is_one_period and pay_by_currency.has_max then pay_by_currency.highest end
            as salary_max,
        chosen.amount_basis
    from chosen
    left join pay_by_currency
        on {{ same('chosen', 'pay_by_currency', ['posting_key', 'version_no', 'country', 'currency']) }}
    -- one of several countries without a zone in its currency has no pay
    where not chosen.is_by_currency or pay_by_currency.currency is not null

)

select * from final
