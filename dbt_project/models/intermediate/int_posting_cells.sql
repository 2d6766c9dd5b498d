with

postings as (

    select * from {{ ref('int_postings') }}

),

market as (

    select
        postings.posting_key,
        postings.role_family,
        postings.countries
    from postings
    where postings.role_family in {{ ml_role_families() }}

),

families as (

    select
        market.posting_key,
        unnest(['all', market.role_family]) as role_family,
        market.countries
    from market

),

-- a posting open in two countries is one of each, and one of all
final as (

    select
        families.posting_key,
        families.role_family,
        unnest(list_prepend('all', families.countries)) as country
    from families

)

select * from final
