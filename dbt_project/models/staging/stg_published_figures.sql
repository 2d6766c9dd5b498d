with

published_figures as (

    select * from {{ source('ops', 'published_figures') }}

),

-- keeps all vintages of one moment: they differ in extractor, taxonomy or method
final as (

    select
        published_figures.vintage_id,
        published_figures.as_of,
        published_figures.published_at,
        published_figures.figure,
        published_figures.week_start,
        published_figures.n_postings,
        published_figures.n_companies,
        published_figures.value,
        published_figures.value_low,
        published_figures.value_high,
        published_figures.status,
        published_figures.coverage_ratio,
        published_figures.previous_vintage_id,
        published_figures.previous_week_start,
        published_figures.previous_value,
        published_figures.change,
        published_figures.new_data_effect,
        published_figures.late_data_effect,
        published_figures.taxonomy_effect,
        published_figures.parser_effect,
        published_figures.taxonomy_or_parser_effect,
        published_figures.method_effect,
        published_figures.extractor_version,
        published_figures.taxonomy_version,
        published_figures.method_version,
        published_figures.data_version
    from published_figures
    where published_figures.as_of <= {{ as_of(source('raw', 'crawl_runs')) }}

)

select * from final
