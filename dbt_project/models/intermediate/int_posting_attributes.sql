with

contents as (

    select * from {{ ref('int_posting_contents') }}

),

-- each posting has one value of most kinds; of what it says of pay and of certifications it may have several
values_of_contents as (

    select
        contents.posting_key,
        contents.version_no,
        unnest([
            { 'kind': 'workplace', 'value': contents.workplace },
            { 'kind': 'requirement', 'value': 'degree:' || contents.degree_min },
            { 'kind': 'requirement', 'value': 'experience:' || contents.experience_band },
            { 'kind': 'pay', 'value': case when len(contents.salaries) > 0 then 'any' end },
            {
                'kind': 'pay',
                'value': case
                    when list_contains([salary.amount_basis for salary in contents.salaries], 'board_field')
                        then 'board_field'
                    when list_contains([salary.amount_basis for salary in contents.salaries], 'markup') then 'markup'
                    when len(contents.salaries) > 0 then 'text'
                end
            },
            {
                'kind': 'pay',
                'value': case
                    when list_bool_or([salary.min < salary.max for salary in contents.salaries]) then 'range'
                end
            },
            { 'kind': 'sector', 'value': contents.sector },
            { 'kind': 'certification', 'value': case when len(contents.certifications) > 0 then 'any' end }
        ]) as attribute
    from contents
    where contents.has_description

),

certifications as (

    select
        contents.posting_key,
        contents.version_no,
        unnest(list_distinct(contents.certifications)) as certification
    from contents
    where contents.has_description

),

final as (

    select
        values_of_contents.posting_key,
        values_of_contents.version_no,
        values_of_contents.attribute.kind as attribute_kind,
        values_of_contents.attribute.value as attribute
    from values_of_contents
    where values_of_contents.attribute.value is not null
    union all
    select
        certifications.posting_key,
        certifications.version_no,
        'certification' as attribute_kind,
        certifications.certification as attribute
    from certifications

)

select * from final
