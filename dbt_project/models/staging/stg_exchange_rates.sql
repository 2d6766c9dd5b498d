with

exchange_rates as (

    select * from {{ source('raw', 'exchange_rates') }}

),

dollars as (

    select
        exchange_rates.rate_date,
        exchange_rates.per_eur
    from exchange_rates
    where exchange_rates.currency = 'USD'

),

final as (

    select
        exchange_rates.rate_date,
        exchange_rates.currency,
        dollars.per_eur / exchange_rates.per_eur as usd_per_unit,
        exchange_rates.source
    from exchange_rates
    inner join dollars on exchange_rates.rate_date = dollars.rate_date
    where
        exchange_rates.per_eur > 0
        and exchange_rates.rate_date <= cast({{ as_of(source('raw', 'crawl_runs')) }} as date)

)

select * from final
