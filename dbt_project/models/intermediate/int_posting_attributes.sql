with

postings as (

    select * from {{ ref('int_postings') }}

),

-- each posting has one value of most kinds; of what it says of pay and of certifications it may have several
values_of_postings as (

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
            },
            { 'kind': 'sector', 'value': postings.sector },
            { 'kind': 'certification', 'value': case when len(postings.certifications) > 0 then 'any' end }
        ]) as attribute
    from postings
    where postings.has_description

),

certifications as (

    select
        postings.posting_key,
        unnest(list_distinct(postings.certifications)) as certification
    from postings
    where postings.has_description

),

final as (

    select
        values_of_postings.posting_key,
        values_of_postings.attribute.kind as attribute_kind,
        values_of_postings.attribute.value as attribute
    from values_of_postings
    where values_of_postings.attribute.value is not null
    union all
    select
        certifications.posting_key,
        'certification' as attribute_kind,
        certifications.certification as attribute
    from certifications

)

select * from final
