with

contents as (

    select * from {{ ref('int_posting_contents') }}

),

lives as (

    select * from {{ ref('int_posting_lives') }}

),

pay_period_factors as (

    select * from {{ ref('pay_period_factors') }}

),

countries as (

    select * from {{ ref('countries') }}

),

exchange_rates as (

    select * from {{ ref('stg_exchange_rates') }}

),

-- current contents, and of the replaced ones those in the market
versions as (

    select
        contents.posting_key,
        contents.version_no,
        contents.is_current,
        contents.locations,
        contents.salaries,
        contents.pay_terms
    from contents
    where
        contents.is_current
        or contents.role_family in {{ ml_role_families() }}

),

places as (

    select
        versions.posting_key,
        versions.version_no,
        unnest(versions.locations).country as country,
        unnest(range(len(versions.locations))) as place_no
    from versions

),

-- the country whose factors apply to a currency: the first of the posting's countries with that currency
payers as (

    select
        places.posting_key,
        places.version_no,
        countries.currency,
        arg_min(places.country, places.place_no) as country
    from places
    inner join countries on places.country = countries.country
    group by all

),

listed as (

    select
        versions.posting_key,
        versions.version_no,
        versions.is_current,
        versions.locations[1].country as country,
        cast(lives.posted_at as date) as posted_on,
        unnest(versions.salaries) as salary,
        unnest(versions.pay_terms) as terms,
        unnest(range(1, len(versions.salaries) + 1)) as salary_no
    from versions
    inner join lives on versions.posting_key = lives.posting_key

),

stated as (

    select
        listed.posting_key,
        listed.version_no,
        listed.is_current,
        cast(listed.salary_no as integer) as salary_no,
        coalesce(payers.country, listed.country) as country,
        listed.posted_on,
        listed.salary.min as salary_min,
        listed.salary.max as salary_max,
        listed.salary.currency as currency,
        listed.salary.period as period,
        listed.salary.kind as kind,
        listed.salary.amount_basis as amount_basis,
        listed.salary.currency_basis as currency_basis,
        listed.salary.span_start as span_start,
        listed.salary.span_end as span_end,
        listed.terms.monthly_payments as monthly_payments,
        coalesce(listed.terms.is_net, false) as is_net
    from listed
    left join payers
        on
            listed.posting_key = payers.posting_key
            and listed.version_no = payers.version_no
            and listed.salary.currency = payers.currency

),

-- the number of payments that the posting states, else the country's; net pay has no year beside gross pay
annualised as (

    select
        stated.*,
        case
            when not stated.is_net then coalesce(stated.monthly_payments, {{ factor_to_year() }})
        end as annualisation_factor
    from stated
    {{ join_factors_to_year('stated.country', 'stated.period') }}

),

by_basis as (

    select
        annualised.*,
        bool_or(annualised.annualisation_factor is not null and annualised.currency is not null) over (
            partition by annualised.posting_key, annualised.version_no, annualised.amount_basis
        ) as is_comparable,
        -- of the kinds that figures of pay count
        case
            when annualised.kind in ('base', 'unspecified')
                then annualised.annualisation_factor * (
                    coalesce(annualised.salary_min, annualised.salary_max)
                    + coalesce(annualised.salary_max, annualised.salary_min)
                ) / 2
        end as middle_annual
    from annualised

),

-- The board's field takes precedence over markup, and markup over the text; bases are never mixed. A basis without any
-- range of known period and currency, or of net pay only, does not hide another one with both. Pay zones and levels
-- differ by less than three times: a range below a third of the highest is other money, or of a wrong period.
preferred as (

    select
        by_basis.*,
        dense_rank() over (
            partition by by_basis.posting_key, by_basis.version_no
            order by
                by_basis.is_comparable desc,
                list_position(['board_field', 'markup', 'text'], by_basis.amount_basis)
        ) = 1
        and not by_basis.is_net
        and coalesce(
            by_basis.middle_annual * 3 >= max(by_basis.middle_annual) over (
                partition by by_basis.posting_key, by_basis.version_no, by_basis.amount_basis, by_basis.currency
            ),
            true
        ) as is_preferred
    from by_basis

),

-- the rate of the day of posting, or of the last day before that has one; a US dollar needs no rate
rated as (

    select
        preferred.*,
        {{ of_rate('preferred', 'currency', 'preferred.posted_on', 'exchange_rates.rate_date') }} as fx_rate_date,
        {{ of_rate('preferred', 'currency', '1', 'exchange_rates.usd_per_unit') }} as usd_per_unit
    from preferred
    asof left join exchange_rates
        on
            preferred.currency = exchange_rates.currency
            and preferred.posted_on >= exchange_rates.rate_date

),

final as (

    select
        rated.posting_key,
        rated.version_no,
        rated.salary_no,
        rated.salary_min,
        rated.salary_max,
        rated.currency,
        rated.period,
        rated.kind,
        rated.amount_basis,
        rated.currency_basis,
        rated.span_start,
        rated.span_end,
        rated.monthly_payments,
        rated.annualisation_factor,
        rated.salary_min * rated.annualisation_factor as salary_min_annual,
        rated.salary_max * rated.annualisation_factor as salary_max_annual,
        rated.fx_rate_date,
        rated.usd_per_unit,
        rated.salary_min * rated.annualisation_factor * rated.usd_per_unit as salary_min_usd_annual,
        rated.salary_max * rated.annualisation_factor * rated.usd_per_unit as salary_max_usd_annual,
        rated.is_preferred,
        rated.is_current
    from rated

)

select * from final
