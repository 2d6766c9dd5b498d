{{ config(materialized='table') }}

with

crawl_runs as (

    select * from {{ ref('stg_crawl_runs') }}

),

origin as (

    select coalesce(bool_or(crawl_runs.origin = 'sample'), false) as is_sample
    from crawl_runs

),

real_employers as (

    {{ registry_rows('companies.csv') }}

),

invented_employers as (

    {{ registry_rows('sample/companies.csv') }}

),

-- a home has either real or sample boards, and an invented employer's facts must not reach a real one of its name
registry as (

    select real_employers.*
    from real_employers
    inner join origin on not origin.is_sample
    union all by name
    select invented_employers.*
    from invented_employers
    inner join origin on origin.is_sample

),

final as (

    select
        registry.board,
        registry.slug as company_slug,
        nullif(trim(registry.company), '') as company_name,
        nullif(trim(registry.sector), '') as sector,
        nullif(trim(registry.size_band), '') as size_band,
        nullif(upper(trim(registry.hq_country)), '') as hq_country,
        nullif(trim(registry.basis), '') as registry_basis
    from registry
    qualify row_number() over (partition by registry.board, registry.slug order by registry.company) = 1

)

select * from final
