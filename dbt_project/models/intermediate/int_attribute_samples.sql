with

posting_weeks as (

    select * from {{ ref('int_posting_weeks') }}

),

posting_cells as (

    select * from {{ ref('int_posting_cells') }}

),

postings as (

    select * from {{ ref('int_postings') }}

),

-- each posting has one value of most kinds; of what it says of pay it may have several
attributes as (

    select
        postings.posting_key,
        unnest([
            { 'kind': 'workplace', 'value': postings.workplace },
            { 'kind': 'requirement', 'value': 'degree:' || postings.degree_min },
            { 'kind': 'requirement', 'value': 'experience:' || postings.experience_band },
            { 'kind': 'pay', 'value': case when len(postings.salaries) > 0 then 'any' end },
            {
                'kind': 'pay',
                'value': case
                    when list_contains([salary.amount_basis for salary in postings.salaries], 'board_field')
                        then 'board_field'
                    when list_contains([salary.amount_basis for salary in postings.salaries], 'markup') then 'markup'
                    when len(postings.salaries) > 0 then 'text'
                end
            },
            {
                'kind': 'pay',
                'value': case
                    when list_bool_or([salary.min < salary.max for salary in postings.salaries]) then 'range'
                end
            }
        ]) as attribute
    from postings
    where postings.has_description

),

final as (

    select
        posting_weeks.week_start,
        posting_weeks.measure,
        posting_cells.role_family,
        posting_cells.country,
        posting_weeks.company_key,
        posting_weeks.board,
        posting_weeks.company_slug,
        attributes.attribute.kind as attribute_kind,
        attributes.attribute.value as attribute,
        count(*) as n_with
    from posting_weeks
    inner join posting_cells on posting_weeks.posting_key = posting_cells.posting_key
    inner join attributes on posting_weeks.posting_key = attributes.posting_key
    where
        posting_weeks.is_canonical
        and attributes.attribute.value is not null
    group by all

)

select * from final
-- a cell is read at once
order by measure, role_family, country, week_start
