with

contents as (

    select * from {{ ref('int_posting_contents') }}

),

market as (

    select
        contents.posting_key,
        contents.version_no,
        contents.role_family,
        contents.countries
    from contents
    where contents.role_family in {{ ml_role_families() }}

),

families as (

    select
        market.posting_key,
        market.version_no,
        unnest(['all', market.role_family]) as role_family,
        market.countries
    from market

),

-- a posting in two countries counts in each of them, and once in all
final as (

    select
        families.posting_key,
        families.version_no,
        families.role_family,
        unnest(list_prepend('all', families.countries)) as country
    from families

)

select * from final
