with

{{ sample_imports() }},

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

    {{ samples(
        by=['attributes.attribute.kind as attribute_kind', 'attributes.attribute.value as attribute'],
        counts=['count(*) as n_with'],
        joined=['attributes'],
        conditions=['attributes.attribute.value is not null']
    ) }}

)

select * from final
-- a cell is read at once
order by measure, role_family, country, week_start
