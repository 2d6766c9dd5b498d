with

published_figures as (

    select * from {{ ref('stg_published_figures') }}

),

versions as (

    select * from {{ ref('int_versions') }}

),

vintages as (

    select distinct
        published_figures.vintage_id,
        published_figures.as_of,
        published_figures.published_at,
        published_figures.week_start,
        published_figures.extractor_version,
        published_figures.taxonomy_version,
        published_figures.method_version,
        published_figures.data_version
    from published_figures

),

-- a vintage of the same moment with the same versions and data is this one, published before
others as (

    select vintages.*
    from vintages
    cross join versions
    where
        vintages.as_of < {{ as_of(ref('stg_crawl_runs')) }}
        or not ({{ same(
            'vintages',
            'versions',
            ['extractor_version', 'taxonomy_version', 'method_version', 'data_version']
        ) }})

),

final as (

    select others.*
    from others
    qualify row_number() over (order by others.as_of desc, others.published_at desc, others.vintage_id desc) = 1

)

select * from final
