with

posting_cells as (

    select * from {{ ref('int_posting_cells') }}

),

postings as (

    select * from {{ ref('int_postings') }}
    where has_description

),

-- the level and the workplace that a posting counts under, each alone, beside all together; what it does not state is
-- no segment
segments as (

    select
        postings.posting_key,
        unnest([
            { 'seniority': 'all', 'workplace': 'all' },
            {
                'seniority': case
                    when postings.seniority not in ('unspecified', 'multiple') then postings.seniority
                end,
                'workplace': 'all'
            },
            {
                'seniority': 'all',
                'workplace': case when postings.workplace != 'unspecified' then postings.workplace end
            }
        ]) as segment
    from postings

),

-- with a family and a country at once levels and workplaces would be small cells, and many
final as (

    select
        posting_cells.posting_key,
        posting_cells.role_family,
        posting_cells.country,
        segments.segment.seniority as seniority,
        segments.segment.workplace as workplace
    from posting_cells
    inner join segments on posting_cells.posting_key = segments.posting_key
    where
        segments.segment.seniority is not null
        and segments.segment.workplace is not null
        and (
            segments.segment.seniority = 'all' and segments.segment.workplace = 'all'
            or posting_cells.role_family = 'all'
            or posting_cells.country = 'all'
        )

)

select * from final
