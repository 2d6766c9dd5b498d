with

posting_cells as (

    select * from {{ ref('int_posting_cells') }}

),

contents as (

    select * from {{ ref('int_posting_contents') }}
    where has_description

),

-- all together, and the stated seniority and workplace, each on its own
segments as (

    select
        contents.posting_key,
        contents.version_no,
        unnest([
            { 'seniority': 'all', 'workplace': 'all' },
            {
                'seniority': case
                    when contents.seniority not in ('unspecified', 'multiple') then contents.seniority
                end,
                'workplace': 'all'
            },
            {
                'seniority': 'all',
                'workplace': case when contents.workplace != 'unspecified' then contents.workplace end
            }
        ]) as segment
    from contents

),

-- seniority and workplace are not combined with a role family and a country at once: the cells would be many and small
final as (

    select
        posting_cells.posting_key,
        posting_cells.version_no,
        posting_cells.role_family,
        posting_cells.country,
        segments.segment.seniority as seniority,
        segments.segment.workplace as workplace
    from posting_cells
    inner join segments on {{ same('posting_cells', 'segments', ['posting_key', 'version_no']) }}
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
