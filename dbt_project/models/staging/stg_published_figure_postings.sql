with

published_figure_postings as (

    select * from {{ source('ops', 'published_figure_postings') }}

),

final as (

    select
        published_figure_postings.vintage_id,
        published_figure_postings.figure,
        published_figure_postings.posting_key,
        published_figure_postings.content_hash,
        published_figure_postings.value
    from published_figure_postings

)

select * from final
