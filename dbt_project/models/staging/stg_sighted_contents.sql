-- a table, because half of the models read it and there are ten sightings per content
{{ config(materialized='table') }}

with

sightings as (

    select * from {{ ref('stg_sightings') }}

),

final as (

    select distinct
        sightings.posting_key,
        sightings.content_hash
    from sightings

)

select * from final
