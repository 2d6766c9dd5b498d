-- a table: half of the models ask which contents are postings, and there are ten sightings of each
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
