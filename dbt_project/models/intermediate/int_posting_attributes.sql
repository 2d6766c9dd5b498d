with

contents as (

    select * from {{ ref('int_posting_contents') }}

),

companies as (

    select * from {{ ref('int_companies') }}

),

stated_skills as (

    select * from {{ ref('int_version_skills') }}

),

skill_themes as (

    select * from {{ ref('skill_themes') }}

),

-- a posting has one value for each question, but may have several for pay and certifications
values_of_contents as (

    select
        contents.posting_key,
        contents.version_no,
        unnest([
            { 'kind': 'workplace', 'question': 'workplace', 'value': contents.workplace },
            { 'kind': 'requirement', 'question': 'degree', 'value': 'degree:' || contents.degree_min },
            { 'kind': 'requirement', 'question': 'experience', 'value': 'experience:' || contents.experience_band },
            { 'kind': 'sector', 'question': 'sector', 'value': contents.sector },
            { 'kind': 'pay', 'question': null, 'value': case when len(contents.salaries) > 0 then 'any' end },
            {
                'kind': 'pay',
                'question': null,
                'value': case
                    when list_contains([salary.amount_basis for salary in contents.salaries], 'board_field')
                        then 'board_field'
                    when list_contains([salary.amount_basis for salary in contents.salaries], 'markup') then 'markup'
                    when len(contents.salaries) > 0 then 'text'
                end
            },
            {
                'kind': 'pay',
                'question': null,
                'value': case
                    when list_bool_or([salary.min < salary.max for salary in contents.salaries]) then 'range'
                end
            },
            {
                'kind': 'certification',
                'question': null,
                'value': case when len(contents.certifications) > 0 then 'any' end
            }
        ]) as attribute
    from contents
    where contents.has_description

),

posters as (

    select
        contents.posting_key,
        contents.version_no,
        if({{ is_by_agency('contents', 'companies') }}, 'agency', 'employer') as advertised_by
    from contents
    inner join companies on contents.company_key = companies.company_key
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

-- a posting has a theme if it asks for any of the theme's skills; company boilerplate (context) is not demand
themes as (

    select distinct
        stated_skills.posting_key,
        stated_skills.version_no,
        skill_themes.theme
    from stated_skills
    inner join skill_themes on stated_skills.skill_id = skill_themes.skill_id
    inner join contents on {{ same('stated_skills', 'contents', ['posting_key', 'version_no']) }}
    where
        stated_skills.level != 'context'
        and contents.has_description

),

named as (

    select
        values_of_contents.posting_key,
        values_of_contents.version_no,
        values_of_contents.attribute.kind as attribute_kind,
        values_of_contents.attribute.value as attribute,
        values_of_contents.attribute.question as question
    from values_of_contents
    where values_of_contents.attribute.value is not null
    union all
    select
        posters.posting_key,
        posters.version_no,
        'advertised_by' as attribute_kind,
        posters.advertised_by as attribute,
        'advertised_by' as question
    from posters
    union all
    select
        certifications.posting_key,
        certifications.version_no,
        'certification' as attribute_kind,
        certifications.certification as attribute,
        null as question
    from certifications
    union all
    select
        themes.posting_key,
        themes.version_no,
        'theme' as attribute_kind,
        themes.theme as attribute,
        null as question
    from themes

),

final as (

    select
        named.posting_key,
        named.version_no,
        named.attribute_kind,
        named.attribute,
        named.question,
        named.question is not null and not ends_with(named.attribute, 'unspecified') as is_answer
    from named

)

select * from final
