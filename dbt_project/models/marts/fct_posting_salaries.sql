with

postings as (

    select * from {{ ref('int_postings') }}

),

lives as (

    select * from {{ ref('int_posting_lives') }}

),

pay_period_factors as (

    select * from {{ ref('pay_period_factors') }}

),

exchange_rates as (

    select * from {{ ref('stg_exchange_rates') }}

),

listed as (

    select
        postings.posting_key,
        postings.locations[1].country as country,
        cast(lives.posted_at as date) as posted_on,
        unnest(postings.salaries) as salary,
        unnest(range(1, len(postings.salaries) + 1)) as salary_no
    from postings
    inner join lives on postings.posting_key = lives.posting_key

),

stated as (

    select
        listed.posting_key,
        cast(listed.salary_no as integer) as salary_no,
        listed.country,
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
        -- the board's own field before its markup before the words of the text; never a mixture
        dense_rank() over (
            partition by listed.posting_key
            order by list_position(['board_field', 'markup', 'text'], listed.salary.amount_basis)
        ) = 1 as is_preferred
    from listed

),

annualised as (

    select
        stated.*,
        coalesce(of_country.factor_to_year, of_world.factor_to_year) as annualisation_factor
    from stated
    left join pay_period_factors as of_country
        on
            stated.period = of_country.period
            and stated.country = of_country.country
    left join pay_period_factors as of_world
        on
            stated.period = of_world.period
            and of_world.country = 'default'

),

final as (

    select
        annualised.posting_key,
        annualised.salary_no,
        annualised.salary_min,
        annualised.salary_max,
        annualised.currency,
        annualised.period,
        annualised.kind,
        annualised.amount_basis,
        annualised.currency_basis,
        annualised.span_start,
        annualised.span_end,
        annualised.annualisation_factor,
        annualised.salary_min * annualised.annualisation_factor as salary_min_annual,
        annualised.salary_max * annualised.annualisation_factor as salary_max_annual,
        exchange_rates.rate_date as fx_rate_date,
        exchange_rates.usd_per_unit,
        annualised.salary_min * annualised.annualisation_factor * exchange_rates.usd_per_unit
            as salary_min_usd_annual,
        annualised.salary_max * annualised.annualisation_factor * exchange_rates.usd_per_unit
            as salary_max_usd_annual,
        annualised.is_preferred
    from annualised
    -- as of: the rate of the day it was posted, or of the last day before that has one
    asof left join exchange_rates
        on
            annualised.currency = exchange_rates.currency
            and annualised.posted_on >= exchange_rates.rate_date

)

select * from final
