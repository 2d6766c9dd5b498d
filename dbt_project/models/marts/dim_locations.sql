with

postings as (

    select * from {{ ref('fct_postings') }}

),

countries as (

    select * from {{ ref('countries') }}

),

places as (

    select
        postings.posting_key,
        postings.is_canonical,
        unnest(postings.locations) as place
    from postings

),

keyed as (

    select
        places.posting_key,
        places.is_canonical,
        {{ location_key('places.place.city', 'places.place.region', 'places.place.country') }} as location_key,
        places.place.city as city,
        places.place.region as region,
        places.place.country as country
    from places

),

counted as (

    select
        keyed.location_key,
        any_value(keyed.city) as city,
        any_value(keyed.region) as region,
        any_value(keyed.country) as country,
        count(distinct keyed.posting_key) filter (where keyed.is_canonical) as n_postings
    from keyed
    where keyed.location_key is not null
    group by keyed.location_key

),

final as (

    select
        counted.location_key,
        counted.city,
        counted.region,
        counted.country,
        countries.country_name,
        cast(counted.n_postings as integer) as n_postings
    from counted
    left join countries on counted.country = countries.country

)

select * from final
