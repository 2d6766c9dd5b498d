{{ config(materialized='table') }}

with

registry as (

    {{ registry_rows() }}

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
