with

window_openings as (

    select * from {{ ref('int_window_openings') }}

),

posting_cells as (

    select * from {{ ref('int_posting_cells') }}

),

contents as (

    select * from {{ ref('int_posting_contents') }}

),

lives as (

    select * from {{ ref('int_posting_lives') }}

),

sizes as (

    select * from {{ ref('int_company_sizes') }}

),

posting_pay as (

    select * from {{ ref('int_posting_pay') }}

),

pay_regions as (

    select * from {{ ref('pay_regions') }}

),

countries as (

    select * from {{ ref('countries') }}

),

exchange_rates as (

    select * from {{ ref('stg_exchange_rates') }}

),

-- currencies that still have a rate: nothing can be converted into another one
quoted as (

    select exchange_rates.currency
    from exchange_rates
    group by exchange_rates.currency
    qualify
        max(exchange_rates.rate_date)
        >= max(max(exchange_rates.rate_date)) over () - {{ var('max_rate_age_days') }}

),

latest as (

    select
        window_openings.week_start,
        window_openings.posting_key,
        window_openings.version_no
    from window_openings
    where
        window_openings.window_name = 'pay'
        and window_openings.is_counted

),

places as (

    select
        latest.posting_key,
        unnest(contents.locations) as place
    from latest
    inner join contents on {{ same('latest', 'contents', ['posting_key', 'version_no']) }}

),

-- the only region of an opening's cities in a country, 'elsewhere' if none has a name; null if there are several
regions as (

    select
        places.posting_key,
        places.place.country as country,
        case
            when count(distinct coalesce(pay_regions.pay_region, 'elsewhere')) = 1
                then min(coalesce(pay_regions.pay_region, 'elsewhere'))
        end as pay_region
    from places
    left join pay_regions
        on
            places.place.country = pay_regions.country
            and places.place.city = pay_regions.city
            and coalesce(places.place.region, '') = coalesce(pay_regions.region, '')
    where places.place.city is not null
    group by all

),

located as (

    select
        latest.week_start,
        posting_cells.role_family,
        posting_cells.country,
        latest.posting_key,
        latest.version_no,
        contents.company_key,
        contents.role_family as own_role_family,
        coalesce(contents.locations[1].country, 'unspecified') as first_country,
        contents.seniority,
        contents.experience_band,
        contents.workplace,
        contents.degree_min,
        contents.visa_sponsorship,
        contents.has_description,
        sizes.company_size_band,
        sizes.size_basis,
        regions.pay_region,
        cast(lives.posted_at as date) as posted_on,
        coalesce(quoted.currency, 'USD') as country_currency
    from latest
    inner join posting_cells on {{ same('latest', 'posting_cells', ['posting_key', 'version_no']) }}
    inner join contents on {{ same('latest', 'contents', ['posting_key', 'version_no']) }}
    inner join lives on latest.posting_key = lives.posting_key
    left join sizes on contents.company_key = sizes.company_key
    left join countries on posting_cells.country = countries.country
    left join quoted on countries.currency = quoted.currency
    left join regions
        on
            latest.posting_key = regions.posting_key
            and posting_cells.country = regions.country

),

rated as (

    select
        located.*,
        {{ of_rate('located', 'country_currency', '1', 'exchange_rates.usd_per_unit') }} as usd_per_unit
    from located
    asof left join exchange_rates
        on
            located.country_currency = exchange_rates.currency
            and located.posted_on >= exchange_rates.rate_date

),

final as (

    select
        rated.week_start,
        rated.role_family,
        rated.country,
        rated.posting_key,
        rated.version_no,
        rated.company_key,
        rated.own_role_family,
        rated.first_country,
        rated.seniority,
        rated.experience_band,
        rated.workplace,
        rated.degree_min,
        rated.visa_sponsorship,
        rated.has_description,
        rated.company_size_band,
        rated.size_basis,
        rated.pay_region,
        rated.posted_on,
        rated.country_currency,
        posting_pay.usd_annual,
        case
            when posting_pay.currency = rated.country_currency then posting_pay.local_annual
            else posting_pay.usd_annual / rated.usd_per_unit
        end as country_annual,
        posting_pay.currency,
        posting_pay.period,
        posting_pay.amount_basis
    from rated
    left join posting_pay
        on {{ same('rated', 'posting_pay', ['posting_key', 'version_no', 'country']) }}

)

select * from final
-- stores the rows of a cell together, as they are read together
order by role_family, country, posting_key
